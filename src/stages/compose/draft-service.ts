import { sql } from 'kysely'
import type { Command } from '#db/command.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { readableConsortium } from './consortium-service.ts'
import type { StoredConsortium } from './consortium-store.ts'

/** The draft, held, on the revision that was read. @throws Fault `changed_meanwhile` where somebody was first */
export async function heldDraft(
  { tx }: Command,
  caller: Caller,
  id: string,
  revision: number,
): Promise<StoredConsortium> {
  const { row } = await readableConsortium(tx, caller, id, true)
  if (row.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this draft since you opened it.', {
      rule: 'consortium.changed',
      now: { revision: row.revision },
      tip: 'Look at what it says now and make your change on that.',
    })
  return row
}

/** Writes a draft that is held, and moves its revision on. */
export async function putDraft({ tx, at }: Command, zoneId: string, id: string, change: object = {}): Promise<void> {
  await tx
    .updateTable('consortium')
    .set({ ...change, revision: sql<number>`revision + 1`, updated_at: at })
    .where('zone_id', '=', zoneId)
    .where('consortium_id', '=', id)
    .execute()
}
