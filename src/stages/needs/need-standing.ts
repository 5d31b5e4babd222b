import { sql } from 'kysely'
import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { isSponsorOrStaff, maySeeNeed, type WhoMay } from './access.ts'
import type { NeedContent } from './content-rules.ts'
import { capabilityOf, contentOfRow, type StoredNeed, standingOf } from './need-row.ts'
import { findNeed, findPrivate, listCapabilities } from './need-store.ts'
import { stateOn } from './rules.ts'

/** A need that the caller may see, in its state of today. One that is hidden from the caller is as unknown as one that is not there. */
export async function seenNeed(tx: Tx, caller: Caller, id: string, today: string): Promise<StoredNeed> {
  const row = await findNeed(tx, caller.zoneId, id)
  if (!row || !maySeeNeed(caller, standingOf(row))) throw unknownNeed()
  return { ...row, state: stateOn(dated(row), today) }
}

/** A need that the caller may write to, held until the command ends, and moved to `expired` if its time is over. */
export async function heldNeed(
  done: Command,
  caller: Caller,
  id: string,
  today: string,
  who: WhoMay = isSponsorOrStaff,
): Promise<StoredNeed> {
  const { tx } = done
  const seen = await seenNeed(tx, caller, id, today)
  if (!who(caller, standingOf(seen))) throw notYours()
  const row = await findNeed(tx, caller.zoneId, id, true)
  if (!row) throw unknownNeed()
  if (!who(caller, standingOf(row))) throw notYours()
  const state = stateOn(dated(row), today)
  if (state !== row.state) await keepExpired(done, caller.zoneId, row)
  return { ...row, state }
}

/** The revision stays: readers have seen the need as expired since its day was over. */
export async function keepExpired({ tx, changed }: Command, zoneId: string, row: StoredNeed): Promise<void> {
  await tx
    .updateTable('need')
    .set({ state: 'expired' })
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', row.need_id)
    .execute()
  const changes = { state: { from: row.state, to: 'expired' } }
  changed({ subject: { kind: 'need', id: row.need_id }, action: 'expired', changes })
}

const dated = (row: StoredNeed) => ({ state: standingOf(row).state, deadline: row.deadline })

/** All that a need says, the private text included where the caller may read it. */
export async function fullContent(tx: Tx, zoneId: string, row: StoredNeed): Promise<NeedContent> {
  const capabilities = (await listCapabilities(tx, zoneId, [row.need_id])).map(capabilityOf)
  return contentOfRow(row, capabilities, await findPrivate(tx, zoneId, row.need_id))
}

/** Writes columns of a need as a new revision. */
export async function putNeed(done: Command, zoneId: string, row: StoredNeed, columns: object): Promise<number> {
  await done.tx
    .updateTable('need')
    .set({ ...columns, revision: sql<number>`revision + 1`, updated_at: done.at } as never)
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', row.need_id)
    .execute()
  return row.revision + 1
}

export const unknownNeed = () =>
  new Fault('not_found', 'There is no such need, or it is not open to you.', { rule: 'need.unknown' })

export const notYours = () => new Fault('forbidden', 'This need is not yours to change.', { rule: 'access.record' })
