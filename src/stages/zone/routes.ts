import type { Hono } from 'hono'
import { read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { zoneApi } from './api.ts'
import {
  addIndustry,
  addRecord,
  changeRecord,
  readCapital,
  readIndustries,
  readIndustry,
  readRecords,
  removeRecord,
  setTarget,
} from './service.ts'

export function mountZone(app: Hono, world: World): void {
  serve(app, world, zoneApi, {
    industries: read((tx, { caller }) => readIndustries(tx, caller)),
    industry: read((tx, { caller, params }) => readIndustry(tx, caller, params.industry)),
    addIndustry: write((done, { caller, body }) => addIndustry(done, caller, body)),
    setTarget: write((done, { caller, params, body }) => setTarget(done, caller, params.industry, params.one, body)),
    records: read((tx, { caller, query }) => readRecords(tx, caller, query)),
    addRecord: write((done, { caller, body }) => addRecord(done, caller, body)),
    changeRecord: write((done, { caller, params, body }) => changeRecord(done, caller, params.record, body)),
    removeRecord: write((done, { caller, params }) => removeRecord(done, caller, params.record)),
    capital: read((tx, { caller, query }) => readCapital(tx, caller, query)),
  })
}
