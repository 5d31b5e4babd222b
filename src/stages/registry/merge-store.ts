import { type RawBuilder, sql } from 'kysely'
import { actAs } from '#db/caller.ts'
import { json, type Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'

/**
 * Where the records of an organisation stand: the column that names it, what tells the table's rows of one organisation
 * apart (a row of the one that stays wins over the other's with the same), and the record that a row hangs on.
 */
interface Place {
  table: string
  /** How the answer calls them. */
  as: string
  column?: string
  rest: readonly string[]
  where?: RawBuilder<unknown>
  parent?: { table: string; id: string }
}

const need = { table: 'need', id: 'need_id' }
const PLACES: readonly Place[] = [
  { table: 'zone_identifier', as: 'identifiers', rest: ['scheme', 'value'] },
  { table: 'result_owner', as: 'results', rest: ['result_id'], parent: { table: 'result', id: 'result_id' } },
  { table: 'participation', as: 'projects', rest: ['project_id'], parent: { table: 'project', id: 'project_id' } },
  {
    table: 'evidence',
    as: 'evidence',
    column: 'subject_id',
    rest: ['evidence_id'],
    where: sql`t.subject_kind = 'organisation'`,
  },
  { table: 'organisation_year', as: 'years', rest: ['year'] },
  { table: 'person', as: 'people', rest: ['person_id'] },
  { table: 'membership', as: 'members', rest: ['account_id'] },
  { table: 'need_sponsor', as: 'needs', rest: ['need_id'], parent: need },
  { table: 'need_sponsor_request', as: 'requests', rest: ['need_id'], parent: need },
  { table: 'coverage_judgement', as: 'judgements', rest: ['capability_key'] },
  {
    table: 'response',
    as: 'responses',
    rest: ['need_id', 'side', 'result_id'],
    parent: need,
  },
  {
    table: 'consortium_member',
    as: 'consortia',
    rest: ['consortium_id'],
    parent: { table: 'consortium', id: 'consortium_id' },
  },
  { table: 'invitation', as: 'invitations', rest: ['invitation_id'] },
  { table: 'capital_event', as: 'capital', rest: ['event_id'] },
  { table: 'zone_record', as: 'records', rest: ['record_id'] },
]

/** Every table in which `moveRecords` looks; a test sees that no table with organisations is forgotten. */
export const MOVED_TABLES: readonly string[] = PLACES.map((place) => place.table)

export interface MovedRecords {
  /** By table: what tells each row that moved. */
  moved: Record<string, string[]>
  /** By table: the rows that gave way to one of the organisation that stays, whole. */
  dropped: Record<string, unknown[]>
  /** Participations of the one that stays, as they were before the other's share was added. */
  before: unknown[]
  /** Organisations that had been merged into the one that goes. */
  followers: string[]
}

/** Points everything that names `from` at `to`. Returns what is needed to take it back. */
export async function moveRecords(tx: Tx, caller: Caller, from: string, to: string): Promise<MovedRecords> {
  const { zoneId } = caller
  const before = await addShares(tx, zoneId, from, to)
  const moved: MovedRecords['moved'] = {}
  const dropped: MovedRecords['dropped'] = {}
  // What an organisation asked for itself may be moved only in its name.
  await actAs(tx, { ...caller, organisationId: to })
  for (const { table, column = 'organisation_id', rest, where = sql`true` } of PLACES) {
    const { rows: gone } = await sql<{ row: unknown }>`
      delete from ${sql.table(table)} t where t.zone_id = ${zoneId} and ${sql.ref(`t.${column}`)} = ${from} and ${where}
        and exists (select from ${sql.table(table)} k where k.zone_id = ${zoneId} and ${sql.ref(`k.${column}`)} = ${to} and ${keyOf('k', rest)} = ${keyOf('t', rest)})
      returning to_jsonb(t) as row`.execute(tx)
    const { rows } = await sql<{ key: string }>`
      update ${sql.table(table)} t set ${sql.ref(column)} = ${to}
      where t.zone_id = ${zoneId} and ${sql.ref(`t.${column}`)} = ${from} and ${where}
      returning ${keyOf('t', rest)} as key`.execute(tx)
    if (gone.length) dropped[table] = gone.map((row) => row.row)
    if (rows.length) moved[table] = rows.map((row) => row.key)
  }
  await actAs(tx, caller)
  return { moved, dropped, before, followers: await moveFollowers(tx, zoneId, from, to) }
}

const keyOf = (alias: string, columns: readonly string[]) =>
  sql`concat_ws(' ', ${sql.join(columns.map((column) => sql`${sql.ref(`${alias}.${column}`)}::text`))})`

/** Two rows of one body in one project are one share: the sums are added, and who coordinates coordinates. */
async function addShares(tx: Tx, zoneId: string, from: string, to: string): Promise<unknown[]> {
  const { rows } = await sql<{ row: unknown }>`
    with before as (
      select to_jsonb(k) as row from participation k
      where k.zone_id = ${zoneId} and k.organisation_id = ${to} and exists (
        select from participation t where t.zone_id = ${zoneId} and t.organisation_id = ${from} and t.project_id = k.project_id)
    ), added as (
      update participation k set
        contribution_minor = case when k.contribution_minor is null and t.contribution_minor is null then null
          else coalesce(k.contribution_minor, 0) + coalesce(t.contribution_minor, 0) end,
        total_cost_minor = case when k.total_cost_minor is null and t.total_cost_minor is null then null
          else coalesce(k.total_cost_minor, 0) + coalesce(t.total_cost_minor, 0) end,
        role = case when t.role = 'coordinator' then t.role else k.role end,
        ended = k.ended and t.ended
      from participation t
      where k.zone_id = ${zoneId} and k.organisation_id = ${to}
        and t.zone_id = ${zoneId} and t.organisation_id = ${from} and t.project_id = k.project_id
    )
    select row from before`.execute(tx)
  return rows.map((row) => row.row)
}

async function moveFollowers(tx: Tx, zoneId: string, from: string, to: string): Promise<string[]> {
  const rows = await tx
    .updateTable('zone_organisation')
    .set({ merged_into: to })
    .where('zone_id', '=', zoneId)
    .where('merged_into', '=', from)
    .returning('organisation_id')
    .execute()
  return rows.map((row) => row.organisation_id)
}

/** Takes a move back: what moved and still stands goes back; what gave way stands again where its record still does. */
export async function moveBack(tx: Tx, caller: Caller, from: string, to: string, records: MovedRecords): Promise<void> {
  const { zoneId } = caller
  await actAs(tx, { ...caller, organisationId: from })
  for (const { table, column = 'organisation_id', rest, parent } of PLACES) {
    const keys = records.moved[table] ?? []
    if (keys.length)
      await sql`
        update ${sql.table(table)} t set ${sql.ref(column)} = ${from}
        where t.zone_id = ${zoneId} and ${sql.ref(`t.${column}`)} = ${to} and ${keyOf('t', rest)} = any(${keys}::text[])`.execute(
        tx,
      )
    const rows = records.dropped[table] ?? []
    if (rows.length)
      await sql`
        insert into ${sql.table(table)}
        select (jsonb_populate_record(null::${sql.table(table)}, d.row)).*
        from jsonb_array_elements(${json(rows)}) as d (row)
        where ${parent ? standsStill(zoneId, parent) : sql`true`}
        on conflict do nothing`.execute(tx)
  }
  await actAs(tx, caller)
  await takeSharesBack(tx, zoneId, to, records.before)
  if (records.followers.length)
    await tx
      .updateTable('zone_organisation')
      .set({ merged_into: from })
      .where('zone_id', '=', zoneId)
      .where('organisation_id', 'in', records.followers)
      .where('merged_into', '=', to)
      .execute()
}

const standsStill = (zoneId: string, { table, id }: { table: string; id: string }) =>
  sql`exists (select from ${sql.table(table)} p where p.zone_id = ${zoneId} and ${sql.ref(`p.${id}`)} = (d.row->>${sql.lit(id)})::uuid)`

async function takeSharesBack(tx: Tx, zoneId: string, to: string, before: readonly unknown[]): Promise<void> {
  if (!before.length) return
  await sql`
    update participation k set contribution_minor = b.contribution_minor, total_cost_minor = b.total_cost_minor,
      role = b.role, ended = b.ended
    from jsonb_to_recordset(${json(before)}) as b (project_id uuid, role text, contribution_minor bigint, total_cost_minor bigint, ended boolean)
    where k.zone_id = ${zoneId} and k.organisation_id = ${to} and k.project_id = b.project_id`.execute(tx)
}

/** How many records of each sort a move touched, as the answer calls them. */
export function countMoved({ moved, dropped }: MovedRecords): Record<string, number> {
  const counts = PLACES.map(
    ({ table, as }) => [as, (moved[table]?.length ?? 0) + (dropped[table]?.length ?? 0)] as const,
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}
