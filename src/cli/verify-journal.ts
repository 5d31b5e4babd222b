import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Verdict, verifyChain } from '#db/journal.ts'
import { Fault } from '#kit/fault.ts'
import { NIL_ID } from '#kit/ids.ts'
import { systemCaller } from '#stages/caller.ts'
import type { World } from '../world.ts'
import type { CommandLine } from './commands.ts'
import { inWorld, listZones } from './session.ts'
import { Misuse, print } from './tell.ts'

const SHARED = '(shared)'

/** The JSON answer of an earlier run, kept elsewhere: it shows a tail that was cut, which a chain by itself can't. */
const Anchor = z.object({
  zones: z.array(z.object({ zone: z.string(), zoneId: z.uuid(), entries: z.number(), head: z.string() })),
})
type Anchor = z.infer<typeof Anchor>

export async function runVerifyJournal(line: CommandLine): Promise<void> {
  const against = line.values.against as string | undefined
  const anchor = against === undefined ? undefined : readAnchor(await readFile(against, 'utf8'))
  await inWorld(line, async (world) => {
    const zones = await verifyAll(world, line.values.zone as string | undefined)
    const lost = anchor ? await findLost(world, anchor) : []
    const lines = zones.map(({ zone, entries, head }) => `${zone}: ${entries} entries, head ${head.slice(0, 16)}…`)
    const intact = lost.length === 0 && zones.every((verdict) => verdict.intact)
    print(line, { intact, zones }, lines.join('\n') || 'There is no journal yet.')
    if (!intact) throw brokenFault(zones, lost)
  })
}

async function verifyAll(world: World, slug: string | undefined) {
  const zones = await listZones(world)
  const chosen = slug === undefined ? zones : zones.filter((zone) => zone.slug === slug)
  if (slug !== undefined && chosen.length === 0)
    throw new Fault('not_found', `There is no zone ${slug} here.`, { rule: 'zone.unknown' })
  const verdicts: (Verdict & { zone: string })[] = []
  for (const { id, slug } of chosen) verdicts.push({ zone: slug, ...(await verifyChain(world.database, id)) })
  const shared = slug === undefined ? await verifyChain(world.database, NIL_ID) : undefined
  if (shared && (shared.entries > 0 || !shared.intact)) verdicts.push({ zone: SHARED, ...shared })
  return verdicts
}

function readAnchor(text: string): Anchor {
  try {
    return Anchor.parse(JSON.parse(text))
  } catch {
    throw new Misuse('--against takes the JSON that an earlier `verify-journal --json` printed.')
  }
}

/** The zones of an earlier answer whose head is no longer in the chain at its place. */
async function findLost({ database }: World, { zones }: Anchor): Promise<string[]> {
  const lost: string[] = []
  for (const { zone, zoneId, entries, head } of zones) {
    if (entries === 0) continue
    const entry = await readAs(database, systemCaller(zoneId), (tx) =>
      tx
        .selectFrom('journal')
        .select('hash')
        .where('zone_id', '=', zoneId)
        .where('seq', '=', BigInt(entries))
        .executeTakeFirst(),
    )
    if (entry?.hash !== head) lost.push(zone)
  }
  return lost
}

function brokenFault(zones: readonly (Verdict & { zone: string })[], lost: readonly string[]): Fault {
  const broken = zones.filter((verdict) => !verdict.intact)
  return new Fault('conflict', 'The journal is not what it was.', {
    rule: 'journal.broken',
    issues: [
      ...broken.map(({ zone, brokenAt, reason }) => ({ path: zone, rule: `journal.${reason}`, limit: brokenAt ?? '' })),
      ...lost.map((zone) => ({ path: zone, rule: 'journal.cut' })),
    ],
    tip: 'Keep this data as it is, and restore the last backup that verifies into another folder.',
  })
}
