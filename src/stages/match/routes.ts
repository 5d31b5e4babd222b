import type { Hono } from 'hono'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { matchApi } from './api.ts'
import { changeSettings, orderExposure, readExposure, tellSettings } from './fairness-service.ts'
import { readMyResponses, readResponses, respond, withdrawResponse } from './response-service.ts'
import { judgeCoverage, matchNeed, openCell, withdrawJudgement } from './service.ts'

export function mountMatch(app: Hono, world: World): void {
  serve(app, world, matchApi, {
    match: open(({ caller, params, query }) => matchNeed(world, caller, params.need, query.order)),
    cell: open(({ caller, params }) => openCell(world, caller, params.need, params.capability, params.organisation)),
    judge: write((done, { caller, params, body }) => judgeCoverage(done, caller, params, body)),
    unjudge: write((done, { caller, params }) => withdrawJudgement(done, caller, params)),
    respond: write((done, { caller, params, body }) => respond(done, caller, params.need, body)),
    withdraw: write((done, { caller, params }) => withdrawResponse(done, caller, params)),
    responses: read((tx, { caller, params }) => readResponses(tx, caller, params.need)),
    myResponses: read((tx, { caller }) => readMyResponses(tx, caller)),
    settings: read((tx, { caller }) => tellSettings(tx, caller)),
    changeSettings: write((done, { caller, body }) => changeSettings(world, done, caller, body)),
    exposure: read((tx, { caller }) => readExposure(tx, caller)),
    measureExposure: write((done, { caller }) => orderExposure(world, done, caller)),
  })
}
