import type { Context, Hono } from 'hono'
import { readAs } from '#db/caller.ts'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { composeApi } from './api.ts'
import { exportBulkRun, orderBulk, readBulkPlan, readBulkRun, readBulkRuns } from './bulk-service.ts'
import { composeOrEnqueue } from './compose-service.ts'
import { changeConsortium, readConsortia, removeConsortium, saveConsortium } from './consortium-service.ts'
import { readDraft } from './consortium-view.ts'
import { exportProposal } from './export.ts'
import { handleInvitations } from './invitation-routes.ts'
import { readLinks, readShared, revokeLink, shareProposal } from './link-service.ts'
import { handleLocalPacks } from './local-pack-routes.ts'
import { readPacks } from './pack-service.ts'
import { readPartners } from './partners-service.ts'
import { readProposal, readProposals, timeZoneOf } from './proposal-service.ts'
import { readStudy, studyProposal } from './study-service.ts'

/** What the command road takes from a request by itself, for handlers that open their own commands. */
const orderOf = (context: Context) => ({
  key: context.req.header('idempotency-key'),
  rehearse: context.req.query('rehearse') === 'true',
})

export function mountCompose(app: Hono, world: World): void {
  serve(app, world, composeApi, {
    compose: open(({ caller, params, body }, context) =>
      composeOrEnqueue(world, caller, { needId: params.need, options: body.options, ...orderOf(context) }),
    ),
    proposals: read((tx, { caller, params, query }) => readProposals(tx, caller, params.need, query)),
    proposal: read((tx, { caller, params }) => readProposal(tx, caller, params.proposal)),
    partners: open(({ caller, params, query }) => readPartners(world, caller, params.need, query)),
    study: read((tx, { caller, params }) => readStudy(tx, caller, params.proposal)),
    studyProposal: open(({ caller, params }, context) =>
      studyProposal(world, caller, { proposalId: params.proposal, ...orderOf(context) }),
    ),
    exportProposal: open(async ({ caller, params, query }) => {
      const { proposal, timeZone } = await readAs(world.database, caller, async (tx) => ({
        proposal: await readProposal(tx, caller, params.proposal),
        timeZone: await timeZoneOf(tx, caller.zoneId),
      }))
      return exportProposal(proposal, { ...query, timeZone })
    }),
    packs: read((tx, { caller }) => readPacks(tx, caller, world.clock.now())),
    saveConsortium: write((done, { caller, params, body }) => saveConsortium(done, caller, params.proposal, body)),
    links: read((tx, { caller, params }) => readLinks(tx, caller, params.proposal, world.clock.now())),
    shareProposal: open(({ caller, params, body }, context) =>
      shareProposal(world, caller, { proposalId: params.proposal, input: body, ...orderOf(context) }),
    ),
    revokeLink: write((done, { caller, params }) => revokeLink(done, caller, params.proposal, params.link)),
    shared: open(async ({ params }, context) => {
      context.header('Cache-Control', 'no-store')
      return readShared(world, params.token)
    }),
    consortia: read((tx, { caller, query }) => readConsortia(tx, caller, query)),
    consortium: read((tx, { caller, params }) => readDraft(tx, caller, params.consortium)),
    changeConsortium: write((done, { caller, params, body }) =>
      changeConsortium(done, caller, params.consortium, body),
    ),
    removeConsortium: write((done, { caller, params }) => removeConsortium(done, caller, params.consortium)),
    ...handleInvitations(world),
    ...handleLocalPacks(world),
    bulkPlan: read((tx, { caller }) => readBulkPlan(tx, caller)),
    orderBulk: write((done, { caller, body }) => orderBulk(world, done, caller, body)),
    bulkRuns: read((tx, { caller, query }) => readBulkRuns(tx, caller, query)),
    bulkRun: read((tx, { caller, params }) => readBulkRun(tx, caller, params.run)),
    exportBulkRun: open(({ caller, params, query }) => exportBulkRun(world, caller, params.run, query)),
  })
}
