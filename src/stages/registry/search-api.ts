import { endpoint } from '#http/contract.ts'
import { mayReadRegistry } from './access.ts'
import { Facets, Hits, SearchQuery } from './search-model.ts'

export const searchApi = {
  registryFacets: endpoint({
    method: 'get',
    path: '/zones/{zone}/registry/facets',
    summary: 'What the registry’s lists can be filtered by, with counts.',
    may: mayReadRegistry,
    answer: Facets,
  }),
  search: endpoint({
    method: 'get',
    path: '/zones/{zone}/search',
    summary: 'Finds records of every kind by a few words.',
    may: mayReadRegistry,
    query: SearchQuery,
    answer: Hits,
  }),
}
