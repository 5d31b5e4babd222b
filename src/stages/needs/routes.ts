import type { Hono } from 'hono'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { needsApi } from './api.ts'
import { mergeNeeds, unmergeNeed } from './merge-service.ts'
import { addNeed, changeNeed, removeNeed } from './need-service.ts'
import { exportNeeds, readCounts, readNeed, readNeeds } from './read-service.ts'
import { addSponsor, removeSponsor } from './sponsor-service.ts'
import { moveNeed, postNeed } from './step-service.ts'

export function mountNeeds(app: Hono, world: World): void {
  const now = () => world.clock.now()
  serve(app, world, needsApi, {
    needs: read((tx, { caller, query }) => readNeeds(tx, caller, query, now())),
    exportNeeds: open(({ caller, query }) => exportNeeds(world, caller, query)),
    needCounts: read((tx, { caller }) => readCounts(tx, caller, now())),
    need: read((tx, { caller, params }) => readNeed(tx, caller, params.need, now())),
    addNeed: write((done, { caller, body }) => addNeed(done, caller, body)),
    postNeed: write((done, { caller, body }) => postNeed(done, caller, body)),
    mergeNeeds: write((done, { caller, body }) => mergeNeeds(done, caller, body)),
    changeNeed: write((done, { caller, params, body }) => changeNeed(done, caller, params.need, body)),
    removeNeed: write((done, { caller, params }) => removeNeed(done, caller, params.need)),
    moveNeed: write((done, { caller, params, body }) => moveNeed(done, caller, params.need, body)),
    unmergeNeed: write((done, { caller, params }) => unmergeNeed(done, caller, params.need)),
    addSponsor: write((done, { caller, params, body }) => addSponsor(done, caller, params.need, body)),
    removeSponsor: write((done, { caller, params }) => removeSponsor(done, caller, params.need, params.organisation)),
  })
}
