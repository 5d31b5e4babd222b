import { open } from '#http/serve.ts'
import type { World } from '../../world.ts'
import type { needsApi } from './api.ts'

export const exportNeeds = (_world: World) => open<typeof needsApi.exportNeeds>(async () => new Response(''))
