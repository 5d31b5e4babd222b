import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { verifyChain } from '#db/journal.ts'
import { Fault } from '#kit/fault.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, isAdministrator } from '../caller.ts'
import { type ListQuery, paged } from '../lists.ts'
import { maySeeWork } from './access.ts'
import type { JournalPage, JournalVerdict, Members, Notices, Outbox, SavedViews, Work, Zone } from './model.ts'
import { opensAccount } from './outbox.ts'
import {
  findWork,
  findZone,
  letterOf,
  listJournal,
  listLetters,
  listMembers,
  listMembershipsOf,
  listTerms,
  listViews,
  listWork,
  markNoticesRead,
  workOf,
} from './store.ts'

export async function readZone(tx: Tx, { zoneId }: Caller): Promise<Zone> {
  const zone = await findZone(tx, zoneId)
  if (!zone) throw new Fault('not_found', 'There is no zone of this name here.', { rule: 'zone.unknown' })
  return zone
}

export async function readMembers(tx: Tx, { zoneId }: Caller): Promise<z.infer<typeof Members>> {
  const rows = await listMembers(tx, zoneId)
  return {
    rows: rows.map((row) => ({
      accountId: row.account_id,
      name: row.name,
      email: row.email,
      role: row.role as z.infer<typeof Members>['rows'][number]['role'],
      organisationId: row.organisation_id,
      organisationName: row.display_name,
      since: row.created_at.toISOString(),
    })),
  }
}

export async function readWork(tx: Tx, caller: Caller, workId: string): Promise<Work> {
  const row = await findWork(tx, caller.zoneId, workId)
  if (!row || !maySeeWork(caller, row)) throw new Fault('not_found', 'There is no such work.', { rule: 'work.unknown' })
  return workOf(row)
}

export async function readOpenWork(tx: Tx, { zoneId, accountId }: Caller): Promise<{ rows: Work[] }> {
  return { rows: (await listWork(tx, zoneId, accountId)).map(workOf) }
}

export async function cancelWork(world: World, caller: Caller, workId: string): Promise<Work> {
  await readAs(world.database, caller, (tx) => readWork(tx, caller, workId))
  await world.jobs.cancel(caller.zoneId, workId)
  const order = { name: 'house.cancel_work', input: { work: workId }, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, ({ tx }) => readWork(tx, caller, workId))
  return output
}

/** So long a link under which a password is chosen holds. */
const PASSWORD_LINK_MS_MAX = 3_600_000

/** The zone's letters, whoever they are to, with those of their links that the caller may hand on. */
export async function readOutbox(world: World, caller: Caller): Promise<z.infer<typeof Outbox>> {
  const letters = await readAs(world.database, caller, (tx) => listLetters(tx, caller.zoneId, {}))
  const rows = []
  for (const letter of letters) {
    const shown = !opensAccount(letter.link) || (await mayHandOn(world, caller, letter))
    rows.push({ ...letterOf(letter), ...(shown ? {} : { link: null }) })
  }
  return { rows, mailServer: world.mailServer }
}

/**
 * Whoever holds the link takes the account over, and with it all that its owner may in any zone. So where no mail leaves,
 * an administrator hands it to a member of this zone alone; for others the server's operator makes a link in the shell.
 */
async function mayHandOn(world: World, caller: Caller, letter: { to_account: string | null; created_at: Date }) {
  const { to_account: accountId, created_at: written } = letter
  if (world.mailServer || !isAdministrator(caller) || accountId === null) return false
  if (world.clock.now().getTime() - written.getTime() > PASSWORD_LINK_MS_MAX) return false
  const owner = { zoneId: NIL_ID, accountId, role: 'stranger', organisationId: null }
  const memberships = await readAs(world.database, owner, (tx) => listMembershipsOf(tx, accountId))
  return memberships.every(({ id }) => id === caller.zoneId)
}

export async function readNotices(tx: Tx, { zoneId, accountId }: Caller): Promise<z.infer<typeof Notices>> {
  const rows = (await listLetters(tx, zoneId, { accountId: accountId ?? '' })).map(letterOf)
  return { rows, unread: rows.filter((row) => row.state !== 'read').length }
}

export async function endNotices({ tx }: Command, { zoneId, accountId }: Caller): Promise<{ read: number }> {
  return { read: await markNoticesRead(tx, zoneId, accountId ?? '') }
}

export async function readJournal(
  tx: Tx,
  { zoneId }: Caller,
  query: z.output<typeof ListQuery>,
): Promise<z.infer<typeof JournalPage>> {
  const { rows, total } = await listJournal(tx, zoneId, query)
  const entries = rows.map(({ seq, at, name, subjects, ...row }) => ({
    ...row,
    seq: String(seq),
    at: at.toISOString(),
    actorName: name,
    subjects: subjects as { kind: string; id: string }[],
  }))
  return paged(query, { rows: entries, total })
}

export async function verifyJournal({ database }: World, { zoneId }: Caller): Promise<z.infer<typeof JournalVerdict>> {
  const { intact, entries, head, brokenAt } = await verifyChain(database, zoneId)
  return { intact, entries, head, brokenAt: brokenAt ?? null }
}

export async function readTerms(tx: Tx, { zoneId }: Caller) {
  return { rows: await listTerms(tx, zoneId) }
}

export async function readViews(tx: Tx, { zoneId, accountId }: Caller): Promise<z.infer<typeof SavedViews>> {
  return { rows: await listViews(tx, zoneId, accountId ?? '') }
}
