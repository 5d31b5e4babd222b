import type { Caller } from '#stages/caller.ts'
import { mayDecideDuplicates, mayReadRegistry } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import type { HIT_KINDS } from '#stages/registry/search-model.ts'
import { call } from '../../lib/client.ts'
import { useRead } from '../../lib/query.tsx'
import { type Found, page, type StagePages } from '../../lib/stage.ts'
import { titleOf } from '../../lib/words.ts'
import './refusals.ts'
import { registryTitles } from './titles.ts'

type HitKind = (typeof HIT_KINDS)[number]
const PLACES: Record<HitKind, { icon: string; path: string }> = {
  organisation: { icon: 'organisations', path: '/organisations' },
  result: { icon: 'results', path: '/results' },
  project: { icon: 'projects', path: '/projects' },
  person: { icon: 'people', path: '/people' },
  need: { icon: 'needs', path: '/needs' },
}

async function find(zone: string, q: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(registryApi.search, { params: { zone }, query: { q }, signal })
  return rows.map(({ kind, id, title, detail }) => ({
    id,
    title,
    icon: PLACES[kind].icon,
    path: `${PLACES[kind].path}/${id}`,
    ...(detail ? { hint: detail } : {}),
  }))
}

/** Pairs of organisations that wait for a person's word. */
function useSuspectedPairs(caller: Caller): number {
  const { data } = useRead(registryApi.duplicates, {
    query: { state: 'suspected', size: 1 },
    enabled: mayDecideDuplicates(caller),
  })
  return data?.total ?? 0
}

export const registryPages: StagePages = {
  pages: [
    {
      path: 'organisations',
      title: titleOf(registryTitles, 'organisations'),
      component: page(() => import('./organisations.tsx'), 'Organisations'),
    },
    {
      path: 'organisations/new',
      title: titleOf(registryTitles, 'addOrganisation'),
      component: page(() => import('./organisation-edit.tsx'), 'AddOrganisation'),
    },
    {
      path: 'organisations/$organisation',
      title: titleOf(registryTitles, 'organisations'),
      component: page(() => import('./organisation.tsx'), 'OrganisationRecord'),
    },
    {
      path: 'organisations/$organisation/edit',
      title: titleOf(registryTitles, 'editOrganisation'),
      component: page(() => import('./organisation-edit.tsx'), 'EditOrganisation'),
    },
    {
      path: 'results',
      title: titleOf(registryTitles, 'results'),
      component: page(() => import('./results.tsx'), 'Results'),
    },
    {
      path: 'results/new',
      title: titleOf(registryTitles, 'addResult'),
      component: page(() => import('./result-edit.tsx'), 'AddResult'),
    },
    {
      path: 'results/$result',
      title: titleOf(registryTitles, 'results'),
      component: page(() => import('./result.tsx'), 'ResultRecord'),
    },
    {
      path: 'results/$result/edit',
      title: titleOf(registryTitles, 'editResult'),
      component: page(() => import('./result-edit.tsx'), 'EditResult'),
    },
    {
      path: 'projects',
      title: titleOf(registryTitles, 'projects'),
      component: page(() => import('./projects.tsx'), 'Projects'),
    },
    {
      path: 'projects/$project',
      title: titleOf(registryTitles, 'projects'),
      component: page(() => import('./project.tsx'), 'ProjectRecord'),
    },
    {
      path: 'people',
      title: titleOf(registryTitles, 'people'),
      component: page(() => import('./people.tsx'), 'People'),
    },
    {
      path: 'people/new',
      title: titleOf(registryTitles, 'addPerson'),
      component: page(() => import('./person-edit.tsx'), 'AddPerson'),
    },
    {
      path: 'people/$person',
      title: titleOf(registryTitles, 'people'),
      component: page(() => import('./person.tsx'), 'PersonRecord'),
    },
    {
      path: 'people/$person/edit',
      title: titleOf(registryTitles, 'editPerson'),
      component: page(() => import('./person-edit.tsx'), 'EditPerson'),
    },
    {
      path: 'duplicates',
      title: titleOf(registryTitles, 'duplicates'),
      component: page(() => import('./duplicates.tsx'), 'Duplicates'),
    },
    {
      path: 'duplicates/$first/$second',
      title: titleOf(registryTitles, 'duplicates'),
      component: page(() => import('./duplicate.tsx'), 'DuplicateRecord'),
    },
  ],
  nav: [
    {
      path: '/organisations',
      group: 'registry',
      icon: 'organisations',
      title: titleOf(registryTitles, 'organisations'),
      may: mayReadRegistry,
    },
    {
      path: '/results',
      group: 'registry',
      icon: 'results',
      title: titleOf(registryTitles, 'results'),
      may: mayReadRegistry,
    },
    {
      path: '/projects',
      group: 'registry',
      icon: 'projects',
      title: titleOf(registryTitles, 'projects'),
      may: mayReadRegistry,
    },
    {
      path: '/people',
      group: 'registry',
      icon: 'people',
      title: titleOf(registryTitles, 'people'),
      may: mayReadRegistry,
    },
    {
      path: '/duplicates',
      group: 'registry',
      icon: 'duplicates',
      title: titleOf(registryTitles, 'duplicates'),
      may: mayDecideDuplicates,
      useWaiting: useSuspectedPairs,
    },
  ],
  finders: [{ key: 'records', title: titleOf(registryTitles, 'records'), may: mayReadRegistry, find }],
  starts: [
    {
      path: '/organisations',
      icon: 'organisations',
      title: titleOf(registryTitles, 'startOrganisations'),
      text: titleOf(registryTitles, 'startOrganisationsText'),
      may: mayReadRegistry,
    },
  ],
}
