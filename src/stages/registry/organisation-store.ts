import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import type { Caller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { mayReadPrivate } from './access.ts'
import { saysAll } from './list-store.ts'
import type { Kind, OrganisationQuery, OrganisationRow, Partner, ProjectBrief, ResultBrief } from './model.ts'
import type { Identifiers } from './rules.ts'
import { listYears, type StoredYear } from './year-store.ts'

type Query = z.output<typeof OrganisationQuery>
type Where = ExpressionBuilder<Tables & { o: Tables['zone_organisation'] }, 'o'>

const PARTNERS_SHOWN_MAX = 50
const PROJECTS_SHOWN_MAX = 100

export { likePattern } from './list-store.ts'

const resultCount = sql<number>`(select count(*)::int from result_owner r where r.zone_id = o.zone_id and r.organisation_id = o.organisation_id)`
const projectCount = sql<number>`(select count(*)::int from participation p where p.zone_id = o.zone_id and p.organisation_id = o.organisation_id)`
const sizeRank = sql`array_position(array['micro','small','medium','large'], o.size)`

function conditions(eb: Where, caller: Caller, query: Query) {
  const all: Expression<SqlBool>[] = [eb('o.zone_id', '=', caller.zoneId), eb('o.merged_into', 'is', null)]
  if (query.q) all.push(saysAll('o.search_text', query.q))
  if (query.kind?.length) all.push(eb('o.kind', 'in', query.kind))
  if (query.size_class?.length) all.push(eb('o.size', 'in', query.size_class))
  if (query.country?.length) all.push(eb('o.country', 'in', query.country))
  if (query.region?.length) all.push(eb('o.region', 'in', query.region))
  if (query.segment?.length) all.push(eb('o.segment', 'in', query.segment))
  if (query.field?.length) all.push(sql<SqlBool>`o.fields && ${query.field}::text[]`)
  if (query.title?.length) all.push(sql<SqlBool>`o.titles && ${query.title}::text[]`)
  if (query.titled !== undefined) all.push(sql<SqlBool>`(o.titles <> '{}') = ${query.titled}`)
  if (query.import) all.push(eb('o.source_id', '=', query.import))
  if (query.nameless !== undefined) all.push(eb('o.nameless', '=', query.nameless))
  if (query.mine)
    all.push(caller.organisationId ? eb('o.organisation_id', '=', caller.organisationId) : sql<SqlBool>`false`)
  return eb.and(all)
}

/** One page of organisations. */
export async function listOrganisations(
  tx: Tx,
  caller: Caller,
  query: Query,
): Promise<{ rows: OrganisationRow[]; total: number }> {
  const rows = await ordered(tx, caller, query)
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { total: await countOrganisations(tx, caller, query), rows: rows.map(rowOf) }
}

/** An organisation as it leaves in a file: what every member of the zone may read, and the years that the caller may. */
export interface OrganisationExportRow extends OrganisationRow {
  shortName: string | null
  identifiers: Identifiers
  staff: number | null
  founded: string | null
  address: string | null
  url: string | null
  products: Texts
  summary: Texts
  /** Those that the caller may read. */
  years: readonly StoredYear[]
}

/** The first `limit` organisations of all pages, with all that a file shows of them. */
export async function listOrganisationsWhole(
  tx: Tx,
  caller: Caller,
  query: Query,
  limit: number,
): Promise<{ rows: OrganisationExportRow[]; total: number }> {
  const rows = await ordered(tx, caller, query)
    .select(['o.short_name', 'o.identifiers', 'o.staff', 'o.founded', 'o.address', 'o.url', 'o.products', 'o.summary'])
    .limit(limit)
    .execute()
  const ids = rows.map((row) => row.organisation_id).filter((id) => mayReadPrivate(caller, id))
  const years = Map.groupBy(await listYears(tx, caller.zoneId, ids), ({ organisationId }) => organisationId)
  const whole = rows.map((row) => ({
    ...rowOf(row),
    shortName: row.short_name,
    identifiers: row.identifiers as Identifiers,
    staff: row.staff,
    founded: row.founded,
    address: row.address,
    url: row.url,
    products: row.products as Texts,
    summary: row.summary as Texts,
    years: years.get(row.organisation_id) ?? [],
  }))
  return { total: await countOrganisations(tx, caller, query), rows: whole }
}

const filtered = (tx: Tx, caller: Caller, query: Query) =>
  tx.selectFrom('zone_organisation as o').where((eb) => conditions(eb as never, caller, query))

/** The ids of all organisations that fit, for whoever joins them to something else. */
export const organisationsThatFit = (tx: Tx, caller: Caller, query: Query) =>
  filtered(tx, caller, query).select('o.organisation_id as id')

async function countOrganisations(tx: Tx, caller: Caller, query: Query): Promise<number> {
  const counted = filtered(tx, caller, query).select(sql<number>`count(*)::int`.as('total'))
  return (await counted.executeTakeFirstOrThrow()).total
}

function ordered(tx: Tx, caller: Caller, query: Query) {
  const sorts = {
    name: sql`o.sort_key`,
    kind: sql`o.kind`,
    size: sizeRank,
    region: sql`o.region`,
    results: resultCount,
    projects: projectCount,
    updated: sql`o.updated_at`,
  }
  return filtered(tx, caller, query)
    .select(['o.organisation_id', 'o.display_name', 'o.names', 'o.nameless', 'o.kind', 'o.size', 'o.country'])
    .select(['o.region', 'o.city', 'o.segment', 'o.fields', 'o.titles', 'o.updated_at'])
    .select([resultCount.as('results'), projectCount.as('projects')])
    .orderBy(sorts[query.sort] as Expression<unknown>, (by) =>
      query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast(),
    )
    .orderBy('o.sort_key')
    .orderBy('o.organisation_id')
}

function rowOf(row: {
  organisation_id: string
  display_name: string
  names: unknown
  nameless: boolean
  kind: string
  size: string | null
  country: string | null
  region: string | null
  city: string | null
  segment: string | null
  fields: string[]
  titles: string[]
  updated_at: Date
  results: number
  projects: number
}): OrganisationRow {
  return {
    id: row.organisation_id,
    name: row.display_name,
    names: row.names as Texts,
    nameless: row.nameless,
    kind: row.kind as Kind,
    size: row.size as OrganisationRow['size'],
    country: row.country,
    region: row.region,
    city: row.city,
    segment: row.segment,
    fields: row.fields,
    titles: row.titles,
    results: row.results,
    projects: row.projects,
    updatedAt: row.updated_at.toISOString(),
  }
}

export async function findOrganisation(tx: Tx, zoneId: string, id: string, lock = false) {
  const query = tx
    .selectFrom('zone_organisation')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('organisation_id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export async function listResultsOf(
  tx: Tx,
  zoneId: string,
  organisationId: string,
): Promise<z.infer<typeof ResultBrief>[]> {
  const rows = await tx
    .selectFrom('result_owner as w')
    .innerJoin('result as r', (join) =>
      join.onRef('r.zone_id', '=', 'w.zone_id').onRef('r.result_id', '=', 'w.result_id'),
    )
    .select(['r.result_id', 'r.display_title', 'r.title', 'r.trl', 'r.fields'])
    .where('w.zone_id', '=', zoneId)
    .where('w.organisation_id', '=', organisationId)
    .orderBy('r.sort_key')
    .orderBy('r.result_id')
    .limit(PROJECTS_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.result_id,
    title: row.display_title,
    titles: row.title as Texts,
    trl: row.trl,
    fields: row.fields,
  }))
}

export async function listProjectsOf(
  tx: Tx,
  zoneId: string,
  organisationId: string,
): Promise<{ rows: z.infer<typeof ProjectBrief>[]; total: number }> {
  const found = tx
    .selectFrom('participation as p')
    .innerJoin('project as j', (join) =>
      join.onRef('j.zone_id', '=', 'p.zone_id').onRef('j.project_id', '=', 'p.project_id'),
    )
    .where('p.zone_id', '=', zoneId)
    .where('p.organisation_id', '=', organisationId)
  const { total } = await found.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await found
    .select([
      'j.project_id',
      'j.rcn',
      'j.acronym',
      'j.display_title',
      'j.title',
      'j.start_date',
      'j.end_date',
      'j.parts',
      'p.role',
    ])
    .select(
      sql<number>`(select count(*)::int from participation q where q.zone_id = p.zone_id and q.project_id = p.project_id)`.as(
        'members',
      ),
    )
    .orderBy('j.start_date', (order) => order.desc().nullsLast())
    .orderBy('j.project_id')
    .limit(PROJECTS_SHOWN_MAX)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.project_id,
      rcn: row.rcn,
      acronym: row.acronym,
      title: row.display_title,
      titles: row.title as Texts,
      startDate: row.start_date,
      endDate: row.end_date,
      parts: row.parts,
      role: row.role,
      members: row.members,
    })),
  }
}

/** With whom an organisation has worked, most shared projects first. */
export async function listPartnersOf(
  tx: Tx,
  zoneId: string,
  organisationId: string,
): Promise<z.infer<typeof Partner>[]> {
  const { rows } = await sql<{ id: string; name: string; kind: Kind; projects: number; latest: string | null }>`
    select o.organisation_id as id, o.display_name as name, o.kind, count(*)::int as projects, max(j.start_date) as latest
    from participation mine
    join participation theirs on theirs.zone_id = mine.zone_id and theirs.project_id = mine.project_id
      and theirs.organisation_id <> mine.organisation_id
    join zone_organisation o on o.zone_id = theirs.zone_id and o.organisation_id = theirs.organisation_id
    join project j on j.zone_id = mine.zone_id and j.project_id = mine.project_id
    where mine.zone_id = ${zoneId} and mine.organisation_id = ${organisationId}
    group by o.organisation_id, o.display_name, o.kind
    order by projects desc, latest desc nulls last, o.organisation_id
    limit ${PARTNERS_SHOWN_MAX}`.execute(tx)
  return rows
}
