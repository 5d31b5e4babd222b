import type { Hono } from 'hono'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { houseApi } from './api.ts'
import {
  cancelWork,
  endNotices,
  readJournal,
  readMembers,
  readNotices,
  readOpenWork,
  readOutbox,
  readTerms,
  readViews,
  readWork,
  readZone,
  verifyJournal,
} from './read-service.ts'
import {
  addMember,
  changeMember,
  describeMe,
  readHistory,
  removeMember,
  removeView,
  saveView,
  startOwnZone,
  startServer,
} from './service.ts'

export function mountHouse(app: Hono, world: World): void {
  serve(app, world, houseApi, {
    me: open(async ({ caller }, context) =>
      describeMe(world, caller.accountId, await world.accounts.accountOf(context.req.raw.headers)),
    ),
    zone: read((tx, { caller }) => readZone(tx, caller)),
    startServer: open(({ body }) => startServer(world, body)),
    startZone: open(({ caller, body }) => startOwnZone(world, caller, body)),
    members: read((tx, { caller }) => readMembers(tx, caller)),
    addMember: open(({ caller, body }, context) =>
      addMember(world, caller, body, context.req.header('idempotency-key')),
    ),
    changeMember: write((done, { caller, params, body }) => changeMember(done, caller, params.account, body)),
    removeMember: write((done, { caller, params }) => removeMember(done, caller, params.account)),
    work: read((tx, { caller, params }) => readWork(tx, caller, params.work)),
    openWork: read((tx, { caller }) => readOpenWork(tx, caller)),
    cancelWork: open(({ caller, params }) => cancelWork(world, caller, params.work)),
    outbox: open(({ caller }) => readOutbox(world, caller)),
    notices: read((tx, { caller }) => readNotices(tx, caller)),
    readNotices: write((done, { caller }) => endNotices(done, caller)),
    journal: read((tx, { caller, query }) => readJournal(tx, caller, query)),
    verifyJournal: open(({ caller }) => verifyJournal(world, caller)),
    history: read((tx, { caller, params }) => readHistory(tx, caller, params.kind, params.id)),
    terms: read((tx, { caller }) => readTerms(tx, caller)),
    views: read((tx, { caller }) => readViews(tx, caller)),
    saveView: write((done, { caller, body }) => saveView(done, caller, body)),
    removeView: write((done, { caller, params }) => removeView(done, caller, params.view)),
  })
}
