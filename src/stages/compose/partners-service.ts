import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { corpusVersion } from '../match/corpus.ts'
import { listCapabilities } from '../needs/need-store.ts'
import type { Kind } from '../registry/model.ts'
import { allText, type Texts } from '../texts.ts'
import { readPartnerChanges } from './partners-changes.ts'
import { readTaught } from './partners-learning.ts'
import type { NextPartner, Partners, PartnersQuery } from './partners-model.ts'
import type { PartnersRanked } from './partners-rank.ts'
import { readPartnerRecords } from './partners-store.ts'
import { needToCompose } from './proposal-service.ts'

/**
 * Who belongs with those given: the organisations that the zone's past and the need's public text put next. Read in one
 * snapshot as the caller, ranked in a thread. @throws Fault as `needToCompose`, `readPartnerRecords` and the ranker do
 */
export async function readPartners(
  world: World,
  caller: Caller,
  needId: string,
  { given = [], without = [], by }: PartnersQuery,
): Promise<Partners> {
  const { zoneId } = caller
  const asCaller = <T>(read: (tx: Tx) => Promise<T>) => readAs(world.database, caller, read)
  const { text, version } = await asCaller(async (tx) => ({
    text: await publicTextOf(tx, caller, needId),
    version: await corpusVersion(tx, zoneId),
  }))
  const { taught, learning } = await readAs(world.database, systemCaller(zoneId), (tx) => readTaught(tx, zoneId))
  const ranked = await world.partners.rank({
    zoneId,
    version,
    day: world.clock.now().toISOString().slice(0, 10),
    asked: { given, without, by, text },
    taught,
    readRecords: () =>
      asCaller(async (tx) => ({
        version: await corpusVersion(tx, zoneId),
        records: await readPartnerRecords(tx, zoneId),
      })),
    readChanges: (since) => asCaller((tx) => readPartnerChanges(tx, zoneId, since)),
  })
  return { ...ranked, learning, rows: await asCaller((tx) => withNames(tx, zoneId, ranked.rows)) }
}

/** What the circle of the need's readers may read: never the problem, nor what was tried. */
async function publicTextOf(tx: Tx, caller: Caller, needId: string): Promise<string> {
  const need = await needToCompose(tx, caller, needId)
  const capabilities = await listCapabilities(tx, caller.zoneId, [needId])
  return [need.title, need.summary, ...capabilities.map(({ name }) => name)]
    .map((texts) => allText(texts as Texts))
    .join('\n')
}

async function withNames(tx: Tx, zoneId: string, ranked: PartnersRanked['rows']): Promise<NextPartner[]> {
  if (ranked.length === 0) return []
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name', 'names', 'kind', 'country', 'region', 'city'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .where(
      'organisation_id',
      'in',
      ranked.map(({ id }) => id),
    )
    .execute()
  const byId = new Map(rows.map((row) => [row.id, { ...row, names: row.names as Texts, kind: row.kind as Kind }]))
  return ranked.flatMap((one) => {
    const row = byId.get(one.id)
    return row ? [{ ...row, ...one }] : []
  })
}
