import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import type { Caller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { saysAll } from './list-store.ts'
import type { Ip, Owner, ResultQuery, ResultRow } from './result-model.ts'
import { nextExpiry } from './result-rules.ts'

type Row = Selectable<Tables['result']>
type Where = ExpressionBuilder<Tables & { r: Tables['result'] }, 'r'>

const ownersOf = sql<Owner[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', o.organisation_id, 'name', o.display_name, 'kind', o.kind)
                   order by w.ordinal, o.organisation_id)
  from result_owner w
  join zone_organisation o on o.zone_id = w.zone_id and o.organisation_id = w.organisation_id
  where w.zone_id = r.zone_id and w.result_id = r.result_id), '[]')`

function conditions(eb: Where, caller: Caller, query: ResultQuery) {
  const all: Expression<SqlBool>[] = [eb('r.zone_id', '=', caller.zoneId)]
  if (query.q) all.push(saysAll('r.search_text', query.q))
  if (query.field?.length) all.push(sql<SqlBool>`r.fields && ${query.field}::text[]`)
  if (query.segment?.length) all.push(eb('r.segment', 'in', query.segment))
  if (query.trl_from !== undefined) all.push(eb('r.trl', '>=', query.trl_from))
  if (query.trl_to !== undefined) all.push(eb('r.trl', '<=', query.trl_to))
  if (query.deal?.length) all.push(sql<SqlBool>`r.wanted_deal && ${query.deal}::text[]`)
  if (query.ip_kind?.length) all.push(hasRight('kind', query.ip_kind))
  if (query.ip_status?.length) all.push(hasRight('status', query.ip_status))
  if (query.import) all.push(eb('r.source_id', '=', query.import))
  if (query.owner?.length) all.push(isOwnedBy(query.owner))
  if (query.mine) all.push(caller.organisationId ? isOwnedBy([caller.organisationId]) : sql<SqlBool>`false`)
  return eb.and(all)
}

const hasRight = (part: 'kind' | 'status', values: readonly string[]) =>
  sql<SqlBool>`exists (select from jsonb_array_elements(r.ip) i where i->>${sql.lit(part)} = any(${values}::text[]))`
const isOwnedBy = (owners: readonly string[]) =>
  sql<SqlBool>`exists (select from result_owner w where w.zone_id = r.zone_id and w.result_id = r.result_id and w.organisation_id = any(${owners}::uuid[]))`

/** The first right to run out from `today` on; a date known to its year or month counts to its end. */
const firstExpiry = (today: string) => sql<string | null>`(
  select min(i->>'expires') from jsonb_array_elements(r.ip) i
  where rpad(i->>'expires', 10, '-99-99') >= ${today} and coalesce(i->>'status', '') not in ('expired', 'withdrawn'))`

/** One page of results. `today` is the zone's date. */
export async function listResults(
  tx: Tx,
  caller: Caller,
  query: ResultQuery,
  today: string,
): Promise<{ rows: ResultRow[]; total: number }> {
  const rows = await ordered(tx, caller, query, today)
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total: await countResults(tx, caller, query),
    rows: rows.map((row) => resultRowOf(row, row.owners, today)),
  }
}

/** A result as it leaves in a file. */
export interface ResultExportRow extends ResultRow {
  summary: Texts
  trlSaid: string | null
  inventors: string[]
}

/** The first `limit` results of all pages, with all that a file shows of them. */
export async function listResultsWhole(
  tx: Tx,
  caller: Caller,
  query: ResultQuery,
  today: string,
  limit: number,
): Promise<{ rows: ResultExportRow[]; total: number }> {
  const rows = await ordered(tx, caller, query, today)
    .select(['r.summary', 'r.trl_said', 'r.inventors'])
    .limit(limit)
    .execute()
  const whole = rows.map((row) => ({
    ...resultRowOf(row, row.owners, today),
    summary: row.summary as Texts,
    trlSaid: row.trl_said,
    inventors: row.inventors,
  }))
  return { total: await countResults(tx, caller, query), rows: whole }
}

const filtered = (tx: Tx, caller: Caller, query: ResultQuery) =>
  tx.selectFrom('result as r').where((eb) => conditions(eb as never, caller, query))

/** The ids of all results that fit, for whoever joins them to something else. */
export const resultsThatFit = (tx: Tx, caller: Caller, query: ResultQuery) =>
  filtered(tx, caller, query).select('r.result_id as id')

async function countResults(tx: Tx, caller: Caller, query: ResultQuery): Promise<number> {
  const counted = filtered(tx, caller, query).select(sql<number>`count(*)::int`.as('total'))
  return (await counted.executeTakeFirstOrThrow()).total
}

function ordered(tx: Tx, caller: Caller, query: ResultQuery, today: string) {
  const sorts = {
    title: sql`r.sort_key`,
    trl: sql`r.trl`,
    segment: sql`r.segment`,
    dated: sql`r.dated`,
    expires: firstExpiry(today),
    updated: sql`r.updated_at`,
  }
  return filtered(tx, caller, query)
    .select(['r.result_id', 'r.display_title', 'r.title', 'r.fields', 'r.segment', 'r.trl', 'r.ip', 'r.wanted_deal'])
    .select(['r.dated', 'r.updated_at', ownersOf.as('owners')])
    .orderBy(sorts[query.sort] as Expression<unknown>, (by) =>
      query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast(),
    )
    .orderBy('r.sort_key')
    .orderBy('r.result_id')
}

export function resultRowOf(
  row: Pick<
    Row,
    | 'result_id'
    | 'display_title'
    | 'title'
    | 'fields'
    | 'segment'
    | 'trl'
    | 'ip'
    | 'wanted_deal'
    | 'dated'
    | 'updated_at'
  >,
  owners: Owner[],
  today: string,
): ResultRow {
  const ip = row.ip as Ip[]
  return {
    id: row.result_id,
    title: row.display_title,
    titles: row.title as Texts,
    fields: row.fields,
    segment: row.segment,
    trl: row.trl,
    ip,
    owners,
    wantedDeal: row.wanted_deal as ResultRow['wantedDeal'],
    dated: row.dated,
    expires: nextExpiry(ip, today),
    updatedAt: row.updated_at.toISOString(),
  }
}

export async function findResult(tx: Tx, zoneId: string, id: string, lock = false): Promise<Row | undefined> {
  const query = tx.selectFrom('result').selectAll().where('zone_id', '=', zoneId).where('result_id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function listOwners(tx: Tx, zoneId: string, resultId: string): Promise<Owner[]> {
  const row = await tx
    .selectFrom('result as r')
    .select(ownersOf.as('owners'))
    .where('r.zone_id', '=', zoneId)
    .where('r.result_id', '=', resultId)
    .executeTakeFirst()
  return row?.owners ?? []
}

export async function putOwners(tx: Tx, zoneId: string, resultId: string, owners: readonly string[]): Promise<void> {
  await tx.deleteFrom('result_owner').where('zone_id', '=', zoneId).where('result_id', '=', resultId).execute()
  const rows = owners.map((organisationId, ordinal) => ({
    zone_id: zoneId,
    result_id: resultId,
    organisation_id: organisationId,
    ordinal,
  }))
  if (rows.length) await tx.insertInto('result_owner').values(rows).execute()
}

/** The organisations of these ids that stand in the zone, each with the one it was merged into. */
export async function listStanding(tx: Tx, zoneId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map()
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id', 'merged_into'])
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.organisation_id, row.merged_into ?? row.organisation_id]))
}
