import type { Hono } from 'hono'
import { read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { zoneApi } from './api.ts'
import { addIndustry, addRecord, changeRecord, readIndustry, removeRecord, setTarget } from './service.ts'
import { listCapital, listIndustries, listRecords } from './store.ts'

export function mountZone(app: Hono, world: World): void {
  serve(app, world, zoneApi, {
    industries: read(async (tx, { caller }) => ({ rows: await listIndustries(tx, caller.zoneId) })),
    industry: read((tx, { caller, params }) => readIndustry(tx, caller, params.industry)),
    addIndustry: write((done, { caller, body }) => addIndustry(done, caller, body)),
    setTarget: write((done, { caller, params, body }) => setTarget(done, caller, params.industry, params.one, body)),
    records: read(async (tx, { caller, query }) => ({
      ...(await listRecords(tx, caller.zoneId, query)),
      page: query.page,
      size: query.size,
    })),
    addRecord: write((done, { caller, body }) => addRecord(done, caller, body)),
    changeRecord: write((done, { caller, params, body }) => changeRecord(done, caller, params.record, body)),
    removeRecord: write((done, { caller, params }) => removeRecord(done, caller, params.record)),
    capital: read(async (tx, { caller, query }) => ({
      ...(await listCapital(tx, caller.zoneId, query)),
      page: query.page,
      size: query.size,
    })),
  })
}
