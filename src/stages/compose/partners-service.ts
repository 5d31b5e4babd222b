import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { corpusVersion } from '../match/corpus.ts'
import { listCapabilities } from '../needs/need-store.ts'
import type { Kind } from '../registry/model.ts'
import { allText, type Texts } from '../texts.ts'
import { guarded, RANKING_ENDED } from './guarded.ts'
import { readPartnerChanges } from './partners-changes.ts'
import { readTaught } from './partners-learning.ts'
import type { LikelyAsked, LikelyRated } from './partners-likely.ts'
import type { NextPartner, Partners, PartnersQuery } from './partners-model.ts'
import type { PartnersRanked } from './partners-rank.ts'
import type { PartnersOrder } from './partners-ranker.ts'
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
  const { taught, learning } = await taughtOf(world, zoneId)
  const asked = { given, without, by, text }
  const rank = () => world.partners.rank({ ...orderOf(world, caller, version), asked, taught })
  const ranked = await guarded(world, rank, RANKING_ENDED)
  return { ...ranked, learning, rows: await asCaller((tx) => withNames(tx, zoneId, ranked.rows)) }
}

/**
 * How likely each of some organisations is to join those given for a need; a need that is only in a file brings its own
 * text. Null where the zone has no past to learn from. Throws as `readPartners` does
 */
export async function rateLikely(
  world: World,
  caller: Caller,
  { needId, text, given, among }: Omit<LikelyAsked, 'text'> & ({ needId: string; text?: never } | LikelyOfFile),
): Promise<LikelyRated> {
  const { zoneId } = caller
  const read = await readAs(world.database, caller, async (tx) => ({
    text: needId === undefined ? text : await publicTextOf(tx, caller, needId),
    version: await corpusVersion(tx, zoneId),
  }))
  const { taught } = await taughtOf(world, zoneId)
  const asked = { given, among, text: read.text }
  const rate = () => world.partners.rate({ ...orderOf(world, caller, read.version), asked, taught })
  return guarded(world, rate, RANKING_ENDED)
}

interface LikelyOfFile {
  needId?: never
  text: string
}

const taughtOf = (world: World, zoneId: string) =>
  readAs(world.database, systemCaller(zoneId), (tx) => readTaught(tx, zoneId))

function orderOf(world: World, caller: Caller, version: string): Omit<PartnersOrder, 'asked' | 'taught'> {
  const { zoneId } = caller
  const asCaller = <T>(read: (tx: Tx) => Promise<T>) => readAs(world.database, caller, read)
  return {
    zoneId,
    version,
    day: world.clock.now().toISOString().slice(0, 10),
    readRecords: () =>
      asCaller(async (tx) => ({
        version: await corpusVersion(tx, zoneId),
        records: await readPartnerRecords(tx, zoneId),
      })),
    readChanges: (since) => asCaller((tx) => readPartnerChanges(tx, zoneId, since)),
  }
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
