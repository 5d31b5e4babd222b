import { sql } from 'kysely'
import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { capabilityKeys } from '../needs/content-rules.ts'
import { type Conditions, NeedQuery, type NeedRow } from '../needs/model.ts'
import { capabilityOf } from '../needs/need-row.ts'
import { listCapabilities, listNeeds, listSponsors } from '../needs/need-store.ts'
import { todayIn } from '../registry/list-store.ts'
import { textIn } from '../texts.ts'
import { corpusVersion } from './corpus.ts'
import type { CapabilityBrief } from './model.ts'
import { type PartyPast, pastWith, readPartyPast } from './party-past.ts'
import type { Question } from './question.ts'
import { bookOf } from './service.ts'
import { listJudgements } from './store.ts'
import type { Asking, Party, Wanting } from './wanted-ranking.ts'

/** The latest open needs; no zone of the size that this is for has more at once. */
export const NEEDS_LOOKED_MAX = 500

export interface WantingNeed extends Wanting {
  need: NeedRow
  capabilities: z.infer<typeof CapabilityBrief>[]
}

/**
 * The open needs that the caller may see and that want the party, the best fit first; the first `told` of them with
 * reasons, of all the others only the ids. What is asked holds nothing of a need's private part, whoever asks.
 */
export async function wantedFor(
  world: World,
  caller: Caller,
  party: Party,
  told: number,
): Promise<{ ids: string[]; rows: WantingNeed[]; looked: number }> {
  const { needs, askings, briefs, version } = await readAs(world.database, caller, (tx) =>
    readAskings(world, tx, caller, party),
  )
  if (!askings.length) return { ids: [], rows: [], looked: 0 }
  const found = await world.matcher.wanting({ ...bookOf(world, caller.zoneId, version), askings, party, told })
  return {
    ids: found.map(({ needId }) => needId),
    rows: found.flatMap(({ needId, wanting }) =>
      wanting ? [{ ...wanting, need: needs.get(needId)!, capabilities: briefs.get(needId) ?? [] }] : [],
    ),
    looked: askings.length,
  }
}

async function readAskings(world: World, tx: Tx, caller: Caller, party: Party) {
  const { zoneId } = caller
  const query = NeedQuery.parse({ state: 'open', sort: 'opened', order: 'desc' })
  const today = await todayIn(tx, zoneId, world.clock.now())
  const { rows } = await listNeeds(tx, caller, query, today, NEEDS_LOOKED_MAX)
  const ids = rows.map(({ id }) => id)
  const capabilities = Map.groupBy(await listCapabilities(tx, zoneId, ids), (row) => row.need_id)
  const sponsors = Map.groupBy(await listSponsors(tx, zoneId, ids), (row) => row.need_id)
  const conditions = await listConditions(tx, zoneId, ids)
  const allKeys = [...capabilities.values()].flat().flatMap((row) => capabilityKeys(capabilityOf(row).name))
  const judged = party.resultId === null ? await listJudged(tx, zoneId, party, [...new Set(allKeys)]) : []
  const behindAll = [...new Set([...sponsors.values()].flat().map(({ organisation_id }) => organisation_id))].sort()
  const past = await readPartyPast(tx, zoneId, party, behindAll)
  const briefs = new Map<string, WantingNeed['capabilities']>()
  const askings = rows.map((need): Asking => {
    const own = (capabilities.get(need.id) ?? []).map(capabilityOf)
    const behind = sponsors.get(need.id) ?? []
    briefs.set(
      need.id,
      own.map(({ id, name, weight, critical, levelWanted }) => ({
        ...{ id, name: textIn(name, 'zh'), names: name, weight, critical, levelWanted },
      })),
    )
    return { needId: need.id, question: questionOf(need, own, behind, { conditions, judged, past }) }
  })
  return {
    needs: new Map(rows.map((row) => [row.id, row])),
    askings,
    briefs,
    version: await corpusVersion(tx, zoneId),
  }
}

interface Known {
  conditions: ReadonlyMap<string, Conditions>
  judged: Awaited<ReturnType<typeof listJudgements>>
  past: PartyPast
}

function questionOf(
  need: NeedRow,
  own: readonly ReturnType<typeof capabilityOf>[],
  behind: readonly { organisation_id: string; city: string | null; region: string | null }[],
  { conditions, judged, past }: Known,
): Question {
  const sponsors = behind.map(({ organisation_id }) => organisation_id)
  return {
    text: '',
    capabilities: own.map(({ id, name, weight, critical }) => ({
      id,
      names: Object.values(name).map(({ text }) => text),
      weight,
      critical,
    })),
    trl: { from: need.trl?.from ?? null, to: need.trl?.to ?? null },
    sponsors,
    places:
      conditions.get(need.id)?.regions ??
      behind.flatMap(({ city, region }) => [city, region].filter((place) => place !== null)),
    placesAsked: Boolean(conditions.get(need.id)?.regions),
    judgements: own.flatMap(({ id, name }) => {
      const keys = capabilityKeys(name)
      return judged
        .filter(({ capability_key }) => keys.includes(capability_key))
        .map(({ organisation_id, verdict, level }) => ({
          capabilityId: id,
          organisationId: organisation_id,
          verdict,
          level,
        }))
    }),
    ...pastWith(past, sponsors),
    // What the two sides have answered each other is theirs alone.
    refused: [],
    refusals: [],
  }
}

async function listConditions(tx: Tx, zoneId: string, ids: readonly string[]) {
  const { rows } = await sql<{ need_id: string; conditions: Conditions }>`
    select need_id, conditions from need where zone_id = ${zoneId} and need_id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ need_id, conditions }) => [need_id, conditions]))
}

async function listJudged(tx: Tx, zoneId: string, { organisationIds }: Party, keys: readonly string[]) {
  const found = []
  for (const id of organisationIds) found.push(...(await listJudgements(tx, zoneId, keys, id)))
  return found
}
