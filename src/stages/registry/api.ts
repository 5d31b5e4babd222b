import { duplicateApi } from './duplicate-api.ts'
import { evidenceApi } from './evidence-api.ts'
import { organisationApi } from './organisation-api.ts'
import { personApi, projectApi } from './project-api.ts'
import { resultApi } from './result-api.ts'
import { searchApi } from './search-api.ts'

export const registryApi = {
  ...organisationApi,
  ...resultApi,
  ...projectApi,
  ...personApi,
  ...evidenceApi,
  ...duplicateApi,
  ...searchApi,
}
