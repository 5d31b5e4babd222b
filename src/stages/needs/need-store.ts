import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { type Caller, isMember, isStaff } from '../caller.ts'
import { likePattern, saysAll } from '../registry/list-store.ts'
import type { Finder } from '../registry/search-store.ts'
import type { Texts } from '../texts.ts'
import { SHOWN_STATES } from './access.ts'
import { type Circle, NEED_STATES, type NeedQuery, type NeedRow, type NeedState } from './model.ts'
import { budgetOf, capabilityOf, type StoredNeed, sponsorOf, trlOf } from './need-row.ts'

type Query = z.output<typeof NeedQuery>

const MERGED_SHOWN_MAX = 50
const ASKING_SHOWN_MAX = 500
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The state as rules.stateOn() has it. */
const stateOf = (today: string) =>
  sql<NeedState>`case when n.state = 'open' and n.deadline < ${today} then 'expired' else n.state end`

/** Which needs a caller may know of, as access.maySeeNeed() has it. */
function visibleTo(caller: Caller): RawBuilder<SqlBool> {
  const circles = isMember(caller) ? ['public', 'signed_in'] : ['public']
  return sql<SqlBool>`(${isStaff(caller)}::boolean or ${organisationOf(caller)} = any(n.sponsor_ids)
    or (n.state = any(${[...SHOWN_STATES]}::text[]) and n.circle = any(${circles}::text[])))`
}

const organisationOf = (caller: Caller) => sql`${isMember(caller) ? caller.organisationId : null}::uuid`

const isMine = (caller: Caller) =>
  sql<SqlBool>`(${organisationOf(caller)} = any(n.sponsor_ids) or (${isMember(caller)}::boolean and n.account_id = ${caller.accountId}))`

function conditions(caller: Caller, query: Query, today: string): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [sql`n.zone_id = ${caller.zoneId}`, visibleTo(caller)]
  if (query.q) all.push(saysAll('n.search_text', query.q))
  if (query.state?.length) all.push(sql`${stateOf(today)} = any(${query.state}::text[])`)
  if (query.circle?.length) all.push(sql`n.circle = any(${query.circle}::text[])`)
  if (query.sponsor?.length) all.push(isSponsoredBy(query.sponsor))
  if (query.capability)
    all.push(sql`exists (select from need_capability c where c.zone_id = n.zone_id and c.need_id = n.need_id
      and ${saysAll('c.search_text', query.capability)})`)
  if (query.field?.length) all.push(sql`n.fields && ${query.field}::text[]`)
  if (query.segment?.length) all.push(sql`n.segment = any(${query.segment}::text[])`)
  if (query.trl !== undefined) all.push(sql`${query.trl}::integer between n.trl_from and n.trl_to`)
  if (query.due_from) all.push(sql`n.deadline >= ${query.due_from}`)
  if (query.due_to) all.push(sql`n.deadline <= ${query.due_to}`)
  if (query.joint !== undefined) all.push(sql`n.joint = ${query.joint}`)
  if (query.mine !== undefined) all.push(sql`coalesce(${isMine(caller)}, false) = ${query.mine}`)
  return sql<SqlBool>`${sql.join(all, sql` and `)}`
}

function isSponsoredBy(sponsors: readonly string[]): RawBuilder<SqlBool> {
  const ids = sponsors.filter((sponsor) => UUID.test(sponsor))
  const patterns = sponsors.filter((sponsor) => !UUID.test(sponsor)).map(likePattern)
  return sql`exists (select from need_sponsor s
    join zone_organisation o on o.zone_id = s.zone_id and o.organisation_id = s.organisation_id
    where s.zone_id = n.zone_id and s.need_id = n.need_id
      and (s.organisation_id = any(${ids}::uuid[]) or o.search_text like any(${patterns}::text[])))`
}

const SORTS = {
  title: () => sql`n.sort_key`,
  state: (today: string) => sql`array_position(${[...NEED_STATES]}::text[], ${stateOf(today)})`,
  deadline: () => sql`n.deadline`,
  budget: () => sql`n.budget_minor`,
  trl: () => sql`n.trl_from * 10 + n.trl_to`,
  opened: () => sql`n.opened_at`,
  updated: () => sql`n.updated_at`,
} as const

/** The ids of all needs that the caller may see and that fit, for whoever joins them to something else. */
export const needsThatFit = (tx: Tx, caller: Caller, query: Query, today: string) =>
  tx
    .selectFrom('need as n')
    .where(conditions(caller, query, today))
    .select('n.need_id as id')

/** The needs that the caller may see, filtered and sorted; `total` counts no other. */
export async function listNeeds(
  tx: Tx,
  caller: Caller,
  query: Query,
  today: string,
  limit = query.size,
): Promise<{ rows: NeedRow[]; total: number }> {
  const filtered = tx.selectFrom('need as n').where(conditions(caller, query, today))
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await filtered
    .selectAll('n')
    .select(stateOf(today).as('state_now'))
    .orderBy(SORTS[query.sort](today) as Expression<unknown>, (by) =>
      query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast(),
    )
    .orderBy('n.sort_key')
    .orderBy('n.need_id')
    .limit(limit)
    .offset((query.page - 1) * query.size)
    .execute()
  const ids = rows.map((row) => row.need_id)
  const sponsors = Map.groupBy(await listSponsors(tx, caller.zoneId, ids), (row) => row.need_id)
  const capabilities = Map.groupBy(await listCapabilities(tx, caller.zoneId, ids), (row) => row.need_id)
  return {
    total,
    rows: rows.map((row) => ({
      ...shownOf(row, row.state_now),
      sponsors: (sponsors.get(row.need_id) ?? []).map((one) => ({ id: one.organisation_id, name: one.display_name })),
      capabilities: (capabilities.get(row.need_id) ?? []).map((one) => {
        const { name, weight, critical } = capabilityOf(one)
        return { name, weight, critical }
      }),
    })),
  }
}

/** The needs that the caller may see and whose title says the words first, then the others, for Ctrl-K. */
export const findNeeds: Finder = async (tx, caller, words, limit) => {
  const rows = await tx
    .selectFrom('need as n')
    .select(['n.need_id', 'n.display_title'])
    .select(
      sql<string | null>`(select o.display_name from need_sponsor s
        join zone_organisation o on o.zone_id = s.zone_id and o.organisation_id = s.organisation_id
        where s.zone_id = n.zone_id and s.need_id = n.need_id order by s.joined_at, s.organisation_id limit 1)`.as(
        'sponsor',
      ),
    )
    .where('n.zone_id', '=', caller.zoneId)
    .where(visibleTo(caller))
    .where(saysAll('n.search_text', words))
    .orderBy(sql`position(${foldText(words)} in n.search_text) = 0`)
    .orderBy(sql`position(${foldText(words)} in n.search_text)`)
    .orderBy('n.need_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ kind: 'need', id: row.need_id, title: row.display_title, detail: row.sponsor }))
}

/** What a list and a page both show of a need. */
export function shownOf(row: StoredNeed, state: NeedState) {
  return {
    id: row.need_id,
    name: row.display_title,
    title: row.title as Texts,
    state,
    circle: row.circle as Circle,
    trl: trlOf(row),
    budget: budgetOf(row),
    deadline: row.deadline,
    fields: row.fields,
    segment: row.segment,
    joint: row.joint,
    openedAt: row.opened_at?.toISOString() ?? null,
    updatedAt: row.updated_at.toISOString(),
  }
}

/** How many needs of each state the caller may see, and which of them are the caller's. */
export async function countNeeds(tx: Tx, caller: Caller, today: string) {
  return tx
    .selectFrom('need as n')
    .select(stateOf(today).as('state'))
    .select(sql<number>`count(*)::int`.as('total'))
    .select(sql<number>`(count(*) filter (where ${isMine(caller)}))::int`.as('mine'))
    .where('n.zone_id', '=', caller.zoneId)
    .where(visibleTo(caller))
    .groupBy(sql`1`)
    .execute()
}

/** How many organisations ask to join a need of the caller's organisation. */
export async function countAsking(tx: Tx, caller: Caller): Promise<number> {
  const { asking } = await tx
    .selectFrom('need_sponsor_request as r')
    .innerJoin('need as n', (join) => join.onRef('n.zone_id', '=', 'r.zone_id').onRef('n.need_id', '=', 'r.need_id'))
    .select(sql<number>`count(*)::int`.as('asking'))
    .where('r.zone_id', '=', caller.zoneId)
    .where(sql<SqlBool>`${organisationOf(caller)} = any(n.sponsor_ids)`)
    .executeTakeFirstOrThrow()
  return asking
}

export async function findNeed(tx: Tx, zoneId: string, id: string, lock = false): Promise<StoredNeed | undefined> {
  const query = tx.selectFrom('need').selectAll().where('zone_id', '=', zoneId).where('need_id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function listCapabilities(tx: Tx, zoneId: string, needIds: readonly string[]) {
  if (!needIds.length) return []
  return tx
    .selectFrom('need_capability')
    .select(['need_id', 'capability_id', 'name', 'weight', 'critical', 'level_wanted'])
    .where('zone_id', '=', zoneId)
    .where(sql<SqlBool>`need_id = any(${[...needIds]}::uuid[])`)
    .orderBy('need_id')
    .orderBy('ordinal')
    .execute()
}

export async function listSponsors(tx: Tx, zoneId: string, needIds: readonly string[]) {
  if (!needIds.length) return []
  return tx
    .selectFrom('need_sponsor as s')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 's.zone_id').onRef('o.organisation_id', '=', 's.organisation_id'),
    )
    .select(['s.need_id', 'o.organisation_id', 'o.display_name', 'o.kind', 'o.region', 'o.city'])
    .where('s.zone_id', '=', zoneId)
    .where(sql<SqlBool>`s.need_id = any(${[...needIds]}::uuid[])`)
    .orderBy('s.joined_at')
    .orderBy('o.sort_key')
    .orderBy('o.organisation_id')
    .execute()
}

export async function listAsking(tx: Tx, zoneId: string, needId: string) {
  const rows = await tx
    .selectFrom('need_sponsor_request as r')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'r.zone_id').onRef('o.organisation_id', '=', 'r.organisation_id'),
    )
    .select(['r.asked_at', 'o.organisation_id', 'o.display_name', 'o.kind', 'o.region', 'o.city'])
    .where('r.zone_id', '=', zoneId)
    .where('r.need_id', '=', needId)
    .orderBy('r.asked_at')
    .orderBy('o.organisation_id')
    .limit(ASKING_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({ ...sponsorOf(row), askedAt: row.asked_at.toISOString() }))
}

/** The private text, or null for those whom the database does not show it. */
export async function findPrivate(tx: Tx, zoneId: string, needId: string) {
  const row = await tx
    .selectFrom('need_private')
    .select(['problem', 'tried'])
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', needId)
    .executeTakeFirst()
  return row ? { problem: row.problem as Texts, tried: row.tried as Texts } : null
}

/** The needs that were merged into one, as far as the caller sees them. */
export async function listMergedInto(tx: Tx, zoneId: string, needId: string) {
  const rows = await tx
    .selectFrom('need')
    .select(['need_id', 'display_title'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', '=', needId)
    .orderBy('sort_key')
    .orderBy('need_id')
    .limit(MERGED_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({ id: row.need_id, name: row.display_title }))
}

/** Open needs whose last day is over. */
export async function listOverdue(tx: Tx, zoneId: string, today: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('need')
    .select('need_id')
    .where('zone_id', '=', zoneId)
    .where('state', '=', 'open')
    .where('deadline', '<', today)
    .orderBy('need_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.need_id)
}
