import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import { EXPORT_ROWS_MAX } from '#http/export-file.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { type ExportQuery, paged } from '../lists.ts'
import type { DuplicateQuery } from './duplicate-model.ts'
import { listPairs } from './duplicate-store.ts'
import { exportList, ORGANISATION_LIST, PROJECT_LIST, RESULT_LIST } from './export-service.ts'
import { readFacets } from './facet-store.ts'
import { todayIn } from './list-store.ts'
import type { OrganisationQuery } from './model.ts'
import { listOrganisations, listOrganisationsWhole } from './organisation-store.ts'
import type { PersonQuery } from './person-model.ts'
import { listPeople } from './person-store.ts'
import type { ProjectQuery } from './project-model.ts'
import { listProjects } from './project-store.ts'
import type { ResultQuery } from './result-model.ts'
import { listResults, listResultsWhole } from './result-store.ts'

type AsFile<Query> = Query & z.output<typeof ExportQuery>
type OrganisationsAsked = z.output<typeof OrganisationQuery>

export async function readOrganisations(tx: Tx, caller: Caller, query: OrganisationsAsked) {
  return paged(query, await listOrganisations(tx, caller, query))
}

export function exportOrganisations(world: World, caller: Caller, query: AsFile<OrganisationsAsked>) {
  return exportList(world, caller, query, ORGANISATION_LIST, (tx) =>
    listOrganisationsWhole(tx, caller, query, EXPORT_ROWS_MAX),
  )
}

export async function readResults(tx: Tx, caller: Caller, query: ResultQuery, at: Date) {
  return paged(query, await listResults(tx, caller, query, await todayIn(tx, caller.zoneId, at)))
}

export function exportResults(world: World, caller: Caller, query: AsFile<ResultQuery>) {
  return exportList(world, caller, query, RESULT_LIST, (tx, today) =>
    listResultsWhole(tx, caller, query, today, EXPORT_ROWS_MAX),
  )
}

export async function readProjects(tx: Tx, caller: Caller, query: ProjectQuery) {
  return paged(query, await listProjects(tx, caller, query))
}

export function exportProjects(world: World, caller: Caller, query: AsFile<ProjectQuery>) {
  return exportList(world, caller, query, PROJECT_LIST, (tx) => listProjects(tx, caller, query, EXPORT_ROWS_MAX))
}

export async function readPeople(tx: Tx, caller: Caller, query: PersonQuery) {
  return paged(query, await listPeople(tx, caller, query))
}

export async function readPairs(tx: Tx, { zoneId }: Caller, query: DuplicateQuery) {
  return paged(query, await listPairs(tx, zoneId, query))
}

export const readFilters = (tx: Tx, { zoneId }: Caller) => readFacets(tx, zoneId)
