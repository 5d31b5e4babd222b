import type { Hono } from 'hono'
import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { verifyChain } from '#db/journal.ts'
import { open, read, serve, write } from '#http/serve.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { houseApi } from './api.ts'
import {
  addMember,
  changeMember,
  describeMe,
  readHistory,
  readWork,
  removeMember,
  removeView,
  saveView,
  startOwnZone,
  startServer,
} from './service.ts'
import { findZone, letterOf, listJournal, listLetters, listMembers, listTerms, listWork, workOf } from './store.ts'

export function mountHouse(app: Hono, world: World): void {
  serve(app, world, houseApi, {
    me: open(async ({ caller }, context) =>
      describeMe(world, caller.accountId, await world.accounts.accountOf(context.req.raw.headers)),
    ),
    zone: read(async (tx, { caller }) => {
      const zone = await findZone(tx, caller.zoneId)
      if (!zone) throw new Fault('not_found', 'There is no zone of this name here.', { rule: 'zone.unknown' })
      return zone
    }),
    startServer: open(({ body }) => startServer(world, body)),
    startZone: open(({ caller, body }) => startOwnZone(world, caller, body)),
    members: read(async (tx, { caller }) => ({
      rows: (await listMembers(tx, caller.zoneId)).map((row) => ({
        accountId: row.account_id,
        name: row.name,
        email: row.email,
        role: row.role as never,
        organisationId: row.organisation_id,
        organisationName: row.display_name,
        since: row.created_at.toISOString(),
      })),
    })),
    addMember: open(({ caller, body }, context) =>
      addMember(world, caller, body, context.req.header('idempotency-key')),
    ),
    changeMember: write((done, { caller, params, body }) => changeMember(done, caller, params.account, body)),
    removeMember: write((done, { caller, params }) => removeMember(done, caller, params.account)),
    work: read((tx, { caller, params }) => readWork(tx, caller, params.work)),
    openWork: read(async (tx, { caller }) => ({
      rows: (await listWork(tx, caller.zoneId, caller.accountId)).map(workOf),
    })),
    cancelWork: open(async ({ caller, params }) => {
      await readAs(world.database, caller, (tx) => readWork(tx, caller, params.work))
      await world.jobs.cancel(caller.zoneId, params.work)
      const order = { name: 'house.cancel_work', input: params, at: world.clock.now() }
      const { output } = await command(world.database, caller, order, ({ tx }) => readWork(tx, caller, params.work))
      return output
    }),
    outbox: read(async (tx, { caller }) => ({
      rows: (await listLetters(tx, caller.zoneId, {})).map(letterOf),
      mailServer: world.mailServer,
    })),
    notices: read(async (tx, { caller }) => {
      const rows = (await listLetters(tx, caller.zoneId, { accountId: caller.accountId ?? '' })).map(letterOf)
      return { rows, unread: rows.filter((row) => row.state !== 'read').length }
    }),
    readNotices: write(async ({ tx }, { caller }) => {
      const { numUpdatedRows } = await tx
        .updateTable('outbox')
        .set({ state: 'read' })
        .where('zone_id', '=', caller.zoneId)
        .where('kind', '=', 'notice')
        .where('to_account', '=', caller.accountId ?? '')
        .where('state', '<>', 'read')
        .executeTakeFirst()
      return { read: Number(numUpdatedRows) }
    }),
    journal: read(async (tx, { caller, query }) => {
      const { rows, total } = await listJournal(tx, caller.zoneId, query)
      return {
        rows: rows.map(({ seq, at, name, subjects, ...row }) => ({
          ...row,
          seq: String(seq),
          at: at.toISOString(),
          actorName: name,
          subjects: subjects as { kind: string; id: string }[],
        })),
        total,
        page: query.page,
        size: query.size,
      }
    }),
    verifyJournal: open(async ({ caller }) => {
      const { intact, entries, head, brokenAt } = await verifyChain(world.database, caller.zoneId)
      return { intact, entries, head, brokenAt: brokenAt ?? null }
    }),
    history: read((tx, { caller, params }) => readHistory(tx, caller, params.kind, params.id)),
    terms: read(async (tx, { caller }) => ({ rows: await listTerms(tx, caller.zoneId) })),
    views: read(async (tx, { caller }) => ({
      rows: await tx
        .selectFrom('saved_view')
        .select(['id', 'page', 'name', 'search'])
        .where('zone_id', '=', caller.zoneId)
        .where('account_id', '=', caller.accountId ?? '')
        .orderBy('name')
        .execute(),
    })),
    saveView: write((done, { caller, body }) => saveView(done, caller, body)),
    removeView: write((done, { caller, params }) => removeView(done, caller, params.view)),
  })
}
