import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { parse } from '#http/valid.ts'
import type { Caller } from '../caller.ts'
import { NeedQuery } from '../needs/model.ts'
import { needsThatFit } from '../needs/need-store.ts'
import { OrganisationQuery } from '../registry/model.ts'
import { organisationsThatFit } from '../registry/organisation-store.ts'
import { ProjectQuery } from '../registry/project-model.ts'
import { projectsThatFit } from '../registry/project-store.ts'
import { ResultQuery } from '../registry/result-model.ts'
import { resultsThatFit } from '../registry/result-store.ts'
import type { Texts } from '../texts.ts'
import type { List, RecordKind } from './model.ts'

const QUERIES = { organisations: OrganisationQuery, results: ResultQuery, needs: NeedQuery, projects: ProjectQuery }
/** Where a row stands in the list says nothing of whether it fits. */
const OF_THE_PAGE = ['sort', 'order', 'page', 'size']

/** The part of a list's query that says what fits. Throws `invalid` where the list itself would refuse it. */
export function searchOf(list: List, query: Readonly<Record<string, string>>): Record<string, string> {
  const known = Object.keys(QUERIES[list].shape).filter((key) => !OF_THE_PAGE.includes(key))
  const said = Object.fromEntries(Object.entries(query).filter(([key, value]) => known.includes(key) && value !== ''))
  parse(QUERIES[list], said, 'query')
  return said
}

/** The ids of what fits a search now, as far as the caller sees it. `today` is the zone's date. */
export function fitting(
  tx: Tx,
  caller: Caller,
  list: List,
  query: unknown,
  today: string,
): SelectQueryBuilder<Tables, never, { id: string }> {
  return fittingIn(tx, caller, list, query, today) as unknown as SelectQueryBuilder<Tables, never, { id: string }>
}

function fittingIn(tx: Tx, caller: Caller, list: List, query: unknown, today: string) {
  switch (list) {
    case 'organisations':
      return organisationsThatFit(tx, caller, OrganisationQuery.parse(query))
    case 'results':
      return resultsThatFit(tx, caller, ResultQuery.parse(query))
    case 'needs':
      return needsThatFit(tx, caller, NeedQuery.parse(query), today)
    case 'projects':
      return projectsThatFit(tx, caller, ProjectQuery.parse(query))
  }
}

/** What of it a watch has not found before, at most `limit`. */
export async function findNew(
  tx: Tx,
  caller: Caller,
  watch: { watch_id: string; kind: List; query: unknown },
  today: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .selectFrom(fitting(tx, caller, watch.kind, watch.query, today).as('f'))
    .select('f.id')
    .where(
      sql<SqlBool>`not exists (select from watch_hit h where h.zone_id = ${caller.zoneId}
        and h.watch_id = ${watch.watch_id} and h.record_id = f.id)`,
    )
    .orderBy('f.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export interface Titled {
  name: string
  names: Texts
}

/** Records by their names, without those that the caller may not see or that are gone. */
export async function titlesOf(
  tx: Tx,
  { zoneId }: Caller,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, Titled>> {
  if (!ids.length) return new Map()
  const { rows } = await TITLES[kind](zoneId, ids).execute(tx)
  return new Map(rows.map(({ id, ...titled }) => [id, titled]))
}

type TitledRow = Titled & { id: string }
/** Row-level security leaves out the needs that the caller may not see. */
const TITLES = {
  organisation: (zoneId: string, ids: readonly string[]) => sql<TitledRow>`
    select organisation_id as id, display_name as name, names from zone_organisation
    where zone_id = ${zoneId} and organisation_id = any(${ids}::uuid[]) and merged_into is null`,
  result: (zoneId: string, ids: readonly string[]) => sql<TitledRow>`
    select result_id as id, display_title as name, title as names from result
    where zone_id = ${zoneId} and result_id = any(${ids}::uuid[])`,
  need: (zoneId: string, ids: readonly string[]) => sql<TitledRow>`
    select need_id as id, display_title as name, title as names from need
    where zone_id = ${zoneId} and need_id = any(${ids}::uuid[])`,
  project: (zoneId: string, ids: readonly string[]) => sql<TitledRow>`
    select project_id as id, display_title as name, title as names from project
    where zone_id = ${zoneId} and project_id = any(${ids}::uuid[])`,
}
