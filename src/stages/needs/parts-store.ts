import type { Tx } from '#db/db.ts'
import { json } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { newId } from '#kit/ids.ts'
import { allText } from '../texts.ts'
import { capabilityKeys, type NeedContent } from './content-rules.ts'
import type { Capability } from './model.ts'

export async function keepPrivate(
  tx: Tx,
  zoneId: string,
  needId: string,
  { problem, tried }: Pick<NeedContent, 'problem' | 'tried'>,
): Promise<void> {
  const secret = { problem: json(problem), tried: json(tried) }
  await tx
    .insertInto('need_private')
    .values({ zone_id: zoneId, need_id: needId, ...secret })
    .onConflict((conflict) => conflict.columns(['zone_id', 'need_id']).doUpdateSet(secret))
    .execute()
}

/** Puts these capabilities in the place of those before; one that keeps a name keeps its id. */
export async function keepCapabilities(
  tx: Tx,
  zoneId: string,
  {
    needId,
    before,
    capabilities,
    at,
  }: { needId: string; before: readonly Capability[]; capabilities: readonly Capability[]; at: Date },
): Promise<void> {
  await tx.deleteFrom('need_capability').where('zone_id', '=', zoneId).where('need_id', '=', needId).execute()
  const ids = new Map(before.flatMap(({ id, name }) => capabilityKeys(name).map((key) => [key, id] as const)))
  const taken = new Set<string>()
  const rows = capabilities.map(({ name, weight, critical, levelWanted }, ordinal) => {
    const known = capabilityKeys(name).flatMap((key) => ids.get(key) ?? [])
    const id = known.find((one) => !taken.has(one)) ?? newId(at)
    taken.add(id)
    return {
      zone_id: zoneId,
      need_id: needId,
      capability_id: id,
      ordinal,
      name: json(name),
      weight,
      critical,
      level_wanted: levelWanted,
      search_text: foldText(allText(name)),
    }
  })
  if (rows.length) await tx.insertInto('need_capability').values(rows).execute()
}
