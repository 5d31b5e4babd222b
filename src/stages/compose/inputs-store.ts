import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { askedNeed, questionOf } from '../match/asking.ts'
import { corpusVersion } from '../match/corpus.ts'
import { type Cover, type CoverRow, isNewTo } from '../match/cover.ts'
import type { Kind } from '../registry/model.ts'
import type { Texts } from '../texts.ts'
import { byFigures } from './by-figures.ts'
import type { ComposeOptions, SeatCost } from './model.ts'
import { isIn, isSme } from './rules.ts'

/** Kinds that may take a seat for what they are, without covering a capability. */
const KINDS_WITHOUT_CAPABILITY: readonly Kind[] = ['fund', 'government', 'association']
const SEAT_FILLERS_MAX = 50
/** Of so many of a kind those are taken who fill a seat best. */
const FILLERS_READ_MAX = 5_000
/** Kinds of which rules on the whole team may call for more than cover something. */
const KINDS_THAT_RULES_COUNT: readonly Kind[] = ['company', 'university', 'institute']

/**
 * The state of all that a composition of a need starts from, as one hash: the need, what was judged and answered, and the
 * registry. Two that are equal stand for the same inputs.
 */
export async function pulseOf(tx: Tx, caller: Caller, needId: string): Promise<string> {
  const need = await askedNeed(tx, caller, needId)
  const question = await questionOf(tx, caller.zoneId, need)
  const version = await corpusVersion(tx, caller.zoneId)
  const { revision, state, content } = need
  return sha256(
    canonicalJson({ version, revision, state, conditions: content.conditions, budget: content.budget, question }),
  )
}

/** How many organisations the zone knows. */
export async function countOrganisations(tx: Tx, zoneId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('zone_organisation')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Organisations that take part though they cover nothing of the need: those that are pinned, those of a demanded kind
 * that is not asked for a capability, such as a fund, and where rules count heads some that can fill a seat.
 * @throws Fault `invalid` that names each pinned one the zone does not know
 */
export async function listOthers(
  tx: Tx,
  zoneId: string,
  cover: Cover,
  { options, kinds }: { options: ComposeOptions; kinds: readonly string[] },
): Promise<CoverRow[]> {
  const known = new Set(cover.organisations.map(({ id }) => id))
  const withoutCover = (row: Unplaced): CoverRow => {
    const newcomer = isNewTo(cover.need.sponsors, cover.acquainted, row.id)
    return { ...row, newcomer, cells: {} }
  }
  const pinned = await listRows(
    tx,
    zoneId,
    options.pins.filter((id) => !known.has(id)),
  )
  for (const { id } of pinned) known.add(id)
  const issues = options.pins.flatMap((id, at) =>
    known.has(id) ? [] : [{ path: `options.pins.${at}`, rule: 'organisation.unknown' }],
  )
  if (issues.length)
    throw new Fault('invalid', 'The zone does not know an organisation that is pinned.', { rule: 'body.form', issues })
  const seats: CoverRow[] = []
  const asksForSeats = options.packs.length > 0 || Boolean(options.newcomersMin) || Boolean(options.smeShareMin)
  const filling = asksForSeats ? KINDS_THAT_RULES_COUNT : []
  for (const kind of [...KINDS_WITHOUT_CAPABILITY.filter((one) => kinds.includes(one)), ...filling]) {
    const ofKind = (await listOfKind(tx, zoneId, kind)).filter(({ id }) => !known.has(id)).map(withoutCover)
    seats.push(...bestFillers(ofKind, options.regions ?? cover.need.conditions.regions ?? []))
  }
  return [...pinned.map(withoutCover), ...seats]
}

/** Who can fill a seat under most conditions: within the places, then newcomers, then small firms; by id. */
function bestFillers(rows: readonly CoverRow[], places: readonly string[]): CoverRow[] {
  const within = new Set(rows.filter((row) => isIn(places, row)))
  const order = byFigures<CoverRow>([
    (row) => Number(within.has(row)),
    (row) => Number(row.newcomer),
    (row) => Number(isSme(row)),
  ])
  return [...rows].sort(order).slice(0, SEAT_FILLERS_MAX)
}

type Unplaced = Omit<CoverRow, 'newcomer' | 'cells'>

const rowsOf = (tx: Tx, zoneId: string) =>
  tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name', 'kind', 'size', 'country', 'region', 'city'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .orderBy('organisation_id')

const listRows = async (tx: Tx, zoneId: string, ids: readonly string[]): Promise<Unplaced[]> =>
  ids.length === 0 ? [] : rowsOf(tx, zoneId).where('organisation_id', 'in', ids).execute()

const listOfKind = (tx: Tx, zoneId: string, kind: Kind): Promise<Unplaced[]> =>
  rowsOf(tx, zoneId).where('kind', '=', kind).limit(FILLERS_READ_MAX).execute()

/** How many consortia of other needs each organisation sits in, of those that sit in any. */
export async function loadsOf(tx: Tx, zoneId: string, needId: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('consortium_member as m')
    .innerJoin('consortium as c', (join) =>
      join.onRef('c.zone_id', '=', 'm.zone_id').onRef('c.consortium_id', '=', 'm.consortium_id'),
    )
    .select(['m.organisation_id', sql<number>`count(distinct c.need_id)::int`.as('count')])
    .where('m.zone_id', '=', zoneId)
    // A need out of a file has no id of this kind.
    .where(sql`c.need_id::text`, '<>', needId)
    .groupBy('m.organisation_id')
    .execute()
  return new Map(rows.map((row) => [row.organisation_id, row.count]))
}

interface Estimate {
  key: string
  minor: bigint
  count: number
}

/**
 * The quartile that estimates a seat. Past projects were larger and smaller than this need, and a budget must not call
 * a team impossible which a smaller seat would make possible: three of four past seats cost as much or more.
 */
const ESTIMATE_QUANTILE = 0.25

/**
 * What a seat is likely to cost in a currency, at the least: the lower quartile of the contributions that the organisation
 * itself was given in past projects, else of its kind in this zone, else unknown and counted as nothing.
 */
export async function estimateCosts(
  tx: Tx,
  zoneId: string,
  currency: string,
  organisations: readonly { id: string; kind: string }[],
): Promise<Map<string, SeatCost>> {
  const ids = organisations.map(({ id }) => id)
  // Tables that have grown since they were last analysed look empty to the planner, which would then loop over each project.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx)
  const own = await quartiles(
    tx,
    zoneId,
    currency,
    sql`p.organisation_id::text`,
    sql`p.organisation_id = any(${ids}::uuid[])`,
  )
  const ofKind = await quartiles(tx, zoneId, currency, sql`o.kind`, sql`true`)
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx)
  return new Map(
    organisations.map(({ id, kind }) => {
      const found = own.get(id) ?? ofKind.get(kind)
      const basis = own.has(id) ? 'own' : found ? 'kind' : 'unknown'
      const amount = { minor: String(found?.minor ?? 0n), currency }
      return [id, { amount, basis, participations: found?.count ?? 0 }]
    }),
  )
}

async function quartiles(
  tx: Tx,
  zoneId: string,
  currency: string,
  key: ReturnType<typeof sql>,
  only: ReturnType<typeof sql>,
): Promise<Map<string, Estimate>> {
  const { rows } = await sql<Estimate>`
    select ${key} as key, percentile_disc(${ESTIMATE_QUANTILE}) within group (order by p.contribution_minor) as minor, count(*)::int as count
    from participation p
    join project j on j.zone_id = p.zone_id and j.project_id = p.project_id
    join zone_organisation o on o.zone_id = p.zone_id and o.organisation_id = p.organisation_id
    where p.zone_id = ${zoneId} and j.currency = ${currency} and p.contribution_minor > 0 and ${only}
    group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.key, row]))
}

/** The zone's own currency, for a need that names none. */
export async function currencyOf(tx: Tx, zoneId: string): Promise<string> {
  const { currency } = await tx.selectFrom('zone').select('currency').where('id', '=', zoneId).executeTakeFirstOrThrow()
  return currency
}

/** The names of organisations by language. */
export async function namesOf(
  tx: Tx,
  zoneId: string,
  ids: readonly string[],
): Promise<Map<string, { name: string; names: Texts }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id', 'display_name', 'names'])
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.organisation_id, { name: row.display_name, names: row.names as Texts }]))
}
