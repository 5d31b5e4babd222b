import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import type { Caller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { saysAll } from './list-store.ts'
import type { Kind } from './model.ts'
import { moneyOf } from './organisation-row.ts'
import { PARTICIPANTS_SHOWN_MAX, type Participant, type ProjectQuery, type ProjectRow } from './project-model.ts'

type Row = Selectable<Tables['project']>
type Where = ExpressionBuilder<Tables & { j: Tables['project'] }, 'j'>

const memberCount = sql<number>`(select count(*)::int from participation p where p.zone_id = j.zone_id and p.project_id = j.project_id)`

function conditions(eb: Where, caller: Caller, query: ProjectQuery) {
  const all: Expression<SqlBool>[] = [eb('j.zone_id', '=', caller.zoneId)]
  if (query.q) all.push(saysAll('j.search_text', query.q))
  if (query.part?.length) all.push(sql<SqlBool>`j.parts && ${query.part}::text[]`)
  if (query.field?.length) all.push(sql<SqlBool>`j.fields && ${query.field}::text[]`)
  if (query.framework?.length) all.push(eb('j.framework', 'in', query.framework))
  if (query.start_from !== undefined) all.push(eb('j.start_date', '>=', String(query.start_from)))
  if (query.start_to !== undefined) all.push(eb('j.start_date', '<', String(query.start_to + 1)))
  if (query.import) all.push(eb('j.source_id', '=', query.import))
  if (query.organisation?.length) all.push(tookPart(query.organisation))
  if (query.mine) all.push(caller.organisationId ? tookPart([caller.organisationId]) : sql<SqlBool>`false`)
  return eb.and(all)
}

const tookPart = (organisations: readonly string[]) =>
  sql<SqlBool>`exists (select from participation p where p.zone_id = j.zone_id and p.project_id = j.project_id and p.organisation_id = any(${organisations}::uuid[]))`

/** The ids of all past projects that fit, for whoever joins them to something else. */
export const projectsThatFit = (tx: Tx, caller: Caller, query: ProjectQuery) =>
  filtered(tx, caller, query).select('j.project_id as id')

const filtered = (tx: Tx, caller: Caller, query: ProjectQuery) =>
  tx.selectFrom('project as j').where((eb) => conditions(eb as never, caller, query))

/** One page of past projects; or, with `all`, the first so many of all pages. */
export async function listProjects(
  tx: Tx,
  caller: Caller,
  query: ProjectQuery,
  all?: number,
): Promise<{ rows: ProjectRow[]; total: number }> {
  const fitting = filtered(tx, caller, query)
  const { total } = await fitting.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const sorts = {
    title: sql`j.sort_key`,
    start: sql`j.start_date`,
    members: memberCount,
    contribution: sql`j.contribution_minor`,
  }
  const rows = await fitting
    .select(['j.project_id', 'j.rcn', 'j.grant_number', 'j.acronym', 'j.display_title', 'j.title', 'j.start_date'])
    .select(['j.end_date', 'j.framework', 'j.parts', 'j.fields', 'j.status', 'j.total_cost_minor'])
    .select(['j.contribution_minor', 'j.currency', memberCount.as('members')])
    .orderBy(sorts[query.sort] as Expression<unknown>, (by) =>
      query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast(),
    )
    .orderBy('j.sort_key')
    .orderBy('j.project_id')
    .limit(all ?? query.size)
    .offset(all === undefined ? (query.page - 1) * query.size : 0)
    .execute()
  return { total, rows: rows.map((row) => projectRowOf(row, row.members)) }
}

type Listed = Pick<
  Row,
  | 'project_id'
  | 'rcn'
  | 'grant_number'
  | 'acronym'
  | 'display_title'
  | 'title'
  | 'start_date'
  | 'end_date'
  | 'framework'
  | 'parts'
  | 'fields'
  | 'status'
  | 'total_cost_minor'
  | 'contribution_minor'
  | 'currency'
>

export function projectRowOf(row: Listed, members: number): ProjectRow {
  return {
    id: row.project_id,
    rcn: row.rcn,
    grantNumber: row.grant_number,
    acronym: row.acronym,
    title: row.display_title,
    titles: row.title as Texts,
    startDate: row.start_date,
    endDate: row.end_date,
    framework: row.framework,
    parts: row.parts,
    fields: row.fields,
    status: row.status,
    totalCost: moneyOf(row.total_cost_minor, row.currency),
    contribution: moneyOf(row.contribution_minor, row.currency),
    members,
  }
}

export async function findProject(
  tx: Tx,
  zoneId: string,
  id: string,
): Promise<(Row & { members: number }) | undefined> {
  return tx
    .selectFrom('project as j')
    .selectAll('j')
    .select(memberCount.as('members'))
    .where('j.zone_id', '=', zoneId)
    .where('j.project_id', '=', id)
    .executeTakeFirst()
}

/** Who took part, the coordinator first, then by what they were given. */
export async function listParticipants(
  tx: Tx,
  zoneId: string,
  projectId: string,
  currency: string | null,
): Promise<Participant[]> {
  const rows = await tx
    .selectFrom('participation as p')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'p.zone_id').onRef('o.organisation_id', '=', 'p.organisation_id'),
    )
    .select(['o.organisation_id', 'o.display_name', 'o.kind', 'o.country', 'p.role', 'p.contribution_minor', 'p.ended'])
    .where('p.zone_id', '=', zoneId)
    .where('p.project_id', '=', projectId)
    .orderBy(sql`p.role <> 'coordinator'`)
    .orderBy('p.contribution_minor', (by) => by.desc().nullsLast())
    .orderBy('o.sort_key')
    .orderBy('o.organisation_id')
    .limit(PARTICIPANTS_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.organisation_id,
    name: row.display_name,
    kind: row.kind as Kind,
    country: row.country,
    role: row.role,
    contribution: moneyOf(row.contribution_minor, currency),
    ended: row.ended,
  }))
}
