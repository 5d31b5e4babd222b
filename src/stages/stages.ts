import type { Hono } from 'hono'
import type { Api } from '#http/contract.ts'
import type { World } from '../world.ts'
import { composeApi } from './compose/api.ts'
import { mountCompose } from './compose/routes.ts'
import { houseApi } from './house/api.ts'
import { mountHouse } from './house/routes.ts'
import { importsApi } from './imports/api.ts'
import { mountImports } from './imports/routes.ts'
import { matchApi } from './match/api.ts'
import { mountMatch } from './match/routes.ts'
import { needsApi } from './needs/api.ts'
import { findNeeds } from './needs/need-store.ts'
import { mountNeeds } from './needs/routes.ts'
import { registryApi } from './registry/api.ts'
import { mountRegistry } from './registry/routes.ts'
import { type Finder, findInRegistry } from './registry/search-store.ts'
import { watchApi } from './watch/api.ts'
import { mountWatch } from './watch/routes.ts'
import { zoneApi } from './zone/api.ts'
import { mountZone } from './zone/routes.ts'

interface Stage {
  name: string
  api: Api
  mount: (app: Hono, world: World) => void
}

/** Who finds what for Ctrl-K, in the order in which it is shown. */
const FINDERS: readonly Finder[] = [findInRegistry, findNeeds]

/** The spine, in order: a stage looks only back. */
export const STAGES: readonly Stage[] = [
  { name: 'house', api: houseApi, mount: mountHouse },
  { name: 'registry', api: registryApi, mount: (app, world) => mountRegistry(app, world, FINDERS) },
  { name: 'imports', api: importsApi, mount: mountImports },
  { name: 'needs', api: needsApi, mount: mountNeeds },
  { name: 'match', api: matchApi, mount: mountMatch },
  { name: 'compose', api: composeApi, mount: mountCompose },
  { name: 'watch', api: watchApi, mount: mountWatch },
  { name: 'zone', api: zoneApi, mount: mountZone },
]

export function mountStages(app: Hono, world: World): void {
  for (const stage of STAGES) stage.mount(app, world)
}
