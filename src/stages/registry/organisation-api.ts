import { endpoint } from '#http/contract.ts'
import { EXPORT_TYPES, ExportQuery } from '../lists.ts'
import { mayAddOrganisation, mayEditSomeOrganisation, mayExportRegistry, mayReadRegistry } from './access.ts'
import {
  Organisation,
  OrganisationChange,
  OrganisationInput,
  OrganisationPage,
  OrganisationQuery,
  Saved,
} from './model.ts'

export const organisationApi = {
  organisations: endpoint({
    method: 'get',
    path: '/zones/{zone}/organisations',
    summary: 'The organisations that the zone knows, filtered, sorted and paged.',
    may: mayReadRegistry,
    query: OrganisationQuery,
    answer: OrganisationPage,
  }),
  exportOrganisations: endpoint({
    method: 'get',
    path: '/zones/{zone}/organisations/export',
    summary: 'The same list, all its pages, as a file that is safe from formulas.',
    may: mayExportRegistry,
    query: OrganisationQuery.extend(ExportQuery.shape),
    gives: EXPORT_TYPES,
  }),
  organisation: endpoint({
    method: 'get',
    path: '/zones/{zone}/organisations/{organisation}',
    summary: 'An organisation with its results, past projects, partners and sources.',
    may: mayReadRegistry,
    answer: Organisation,
  }),
  addOrganisation: endpoint({
    method: 'post',
    path: '/zones/{zone}/organisations',
    summary: 'Adds an organisation.',
    may: mayAddOrganisation,
    command: 'registry.add_organisation',
    body: OrganisationInput,
    answer: Saved,
    status: 201,
  }),
  changeOrganisation: endpoint({
    method: 'patch',
    path: '/zones/{zone}/organisations/{organisation}',
    summary: 'Changes what is said of an organisation, on the revision that was read.',
    may: mayEditSomeOrganisation,
    command: 'registry.change_organisation',
    body: OrganisationChange,
    answer: Saved,
  }),
}
