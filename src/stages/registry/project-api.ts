import { endpoint } from '#http/contract.ts'
import { EXPORT_TYPES, ExportQuery } from '../lists.ts'
import { mayEditSomePerson, mayExportRegistry, mayReadRegistry } from './access.ts'
import { Saved } from './model.ts'
import { Person, PersonChange, PersonInput, PersonPage, PersonQuery } from './person-model.ts'
import { Project, ProjectPage, ProjectQuery } from './project-model.ts'

export const projectApi = {
  projects: endpoint({
    method: 'get',
    path: '/zones/{zone}/projects',
    summary: 'Past projects, filtered, sorted and paged.',
    may: mayReadRegistry,
    query: ProjectQuery,
    answer: ProjectPage,
  }),
  exportProjects: endpoint({
    method: 'get',
    path: '/zones/{zone}/projects/export',
    summary: 'The same list, all its pages, as a file that is safe from formulas.',
    may: mayExportRegistry,
    query: ProjectQuery.extend(ExportQuery.shape),
    gives: EXPORT_TYPES,
  }),
  project: endpoint({
    method: 'get',
    path: '/zones/{zone}/projects/{project}',
    summary: 'A past project with its participants.',
    may: mayReadRegistry,
    answer: Project,
  }),
}

export const personApi = {
  people: endpoint({
    method: 'get',
    path: '/zones/{zone}/people',
    summary: 'The people that the zone knows, filtered, sorted and paged.',
    may: mayReadRegistry,
    query: PersonQuery,
    answer: PersonPage,
  }),
  person: endpoint({
    method: 'get',
    path: '/zones/{zone}/people/{person}',
    summary: 'A person.',
    may: mayReadRegistry,
    answer: Person,
  }),
  addPerson: endpoint({
    method: 'post',
    path: '/zones/{zone}/people',
    summary: 'Adds a person.',
    may: mayEditSomePerson,
    command: 'registry.add_person',
    body: PersonInput,
    answer: Saved,
    status: 201,
  }),
  changePerson: endpoint({
    method: 'patch',
    path: '/zones/{zone}/people/{person}',
    summary: 'Changes what is said of a person, on the revision that was read.',
    may: mayEditSomePerson,
    command: 'registry.change_person',
    body: PersonChange,
    answer: Saved,
  }),
}
