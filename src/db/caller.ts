import { sql } from 'kysely'
import { present } from '#kit/assert.ts'
import type { Database, Tx } from './db.ts'

/** The role that owns nothing: row-level security holds for it on both engines. */
const APP_ROLE = 'consortia_app'

/** As whom a transaction acts: what the policies in `migrations/` ask for. */
export interface Acting {
  zoneId: string
  accountId: string | null
  role: string
  organisationId: string | null
  /** What the journal calls who acts, where that is not the account or the role. */
  actor?: string
}

/** Makes the transaction the caller's: from here on the database shows and takes only what the caller may see and write. */
export async function actAs(tx: Tx, { zoneId, accountId, role, organisationId }: Acting): Promise<void> {
  await sql`select set_config('role', ${APP_ROLE}, true),
    set_config('app.zone', ${zoneId}, true),
    set_config('app.account', ${accountId ?? ''}, true),
    set_config('app.role', ${role}, true),
    set_config('app.organisation', ${organisationId ?? ''}, true)`.execute(tx)
}

/** Does something within a caller's transaction as another, and gives the transaction back to the caller, whatever comes. */
export async function actingAs<T>(tx: Tx, caller: Acting, other: Acting, run: () => Promise<T>): Promise<T> {
  await actAs(tx, other)
  try {
    return await run()
  } finally {
    // A transaction that has failed takes no more words, and ends.
    await actAs(tx, caller).catch(() => undefined)
  }
}

/** Reads as the caller, in one snapshot. */
export async function readAs<T>(database: Database, caller: Acting, read: (tx: Tx) => Promise<T>): Promise<T> {
  return database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await actAs(tx, caller)
      return read(tx)
    })
}

/**
 * Reads within a caller's transaction what the caller may not, for a decision whose outcome alone is told. The zone's wall
 * stands; from the read's end on the transaction is the caller's again.
 */
export async function readAsServer<T>(tx: Tx, read: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ role: string }>`select current_setting('app.role') as role`.execute(tx)
  const become = (role: string) => sql`select set_config('app.role', ${role}, true)`.execute(tx)
  await become('system')
  try {
    return await read()
  } finally {
    // A transaction that has failed takes no more words, and ends.
    await become(present(rows[0], 'the role that the transaction acts in').role).catch(() => undefined)
  }
}
