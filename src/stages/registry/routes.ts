import type { Hono } from 'hono'
import { readAs } from '#db/caller.ts'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { registryApi } from './api.ts'
import { addOrganisation, changeOrganisation, readOrganisation } from './organisation-service.ts'
import { listOrganisations } from './organisation-store.ts'

export function mountRegistry(app: Hono, world: World): void {
  serve(app, world, registryApi, {
    organisations: read(async (tx, { caller, query }) => ({
      ...(await listOrganisations(tx, caller.zoneId, query)),
      page: query.page,
      size: query.size,
    })),
    exportOrganisations: open(async ({ caller, query }) => {
      const { rows } = await readAs(world.database, caller, (tx) => listOrganisations(tx, caller.zoneId, query))
      return new Response(String(rows.length))
    }),
    organisation: read((tx, { caller, params }) => readOrganisation(tx, caller, params.organisation)),
    addOrganisation: write((done, { caller, body }) => addOrganisation(done, caller, body)),
    changeOrganisation: write((done, { caller, params, body }) =>
      changeOrganisation(done, caller, params.organisation, body),
    ),
  })
}
