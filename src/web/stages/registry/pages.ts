import { mayReadRegistry } from '#stages/registry/access.ts'
import { registryApi } from '#stages/registry/api.ts'
import type { HIT_KINDS } from '#stages/registry/search-model.ts'
import { call } from '../../lib/client.ts'
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
  ],
  nav: [
    {
      path: '/organisations',
      group: 'registry',
      icon: 'organisations',
      title: titleOf(registryTitles, 'organisations'),
      may: mayReadRegistry,
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
