import type { Hono } from 'hono'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { matchApi } from './api.ts'
import {
  judgeCoverage,
  matchNeed,
  openCell,
  readMyResponses,
  readResponses,
  respond,
  withdrawJudgement,
} from './service.ts'

export function mountMatch(app: Hono, world: World): void {
  serve(app, world, matchApi, {
    match: open(({ caller, params }) => matchNeed(world, caller, params.need)),
    cell: open(({ caller, params }) => openCell(world, caller, params.need, params.capability, params.organisation)),
    judge: write((done, { caller, params, body }) => judgeCoverage(done, caller, params, body)),
    unjudge: write((done, { caller, params }) => withdrawJudgement(done, caller, params)),
    respond: write((done, { caller, params, body }) => respond(done, caller, params.need, body)),
    responses: read((tx, { caller, params }) => readResponses(tx, caller, params.need)),
    myResponses: read((tx, { caller }) => readMyResponses(tx, caller)),
  })
}
