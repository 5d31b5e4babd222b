import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#kit/canonical.ts'
import { sha256 } from '#kit/ids.ts'
import { readAs } from './caller.ts'
import { type Database, json, type Tx } from './db.ts'

/** What stands before the first entry of a chain. */
export const GENESIS_HASH = '0'.repeat(64)
const ENTRIES_READ_AT_ONCE = 2_000

export interface Subject {
  kind: string
  id: string
}

export interface Entry {
  zone_id: string
  seq: bigint
  at: Date
  actor: string
  command: string
  input_hash: string
  subjects: Subject[]
  previous_hash: string
}

/** The hash of an entry covers all it says and the hash before it, so that no entry can be changed, dropped or moved unseen. */
export function hashEntry(entry: Entry): string {
  return sha256(canonicalJson(entry))
}

/** Appends to the zone's chain and holds the chain until the transaction ends. Returns the entry's place in it. */
export async function append(
  tx: Tx,
  { zoneId, actor, command, input, subjects, at }: Omission & { subjects: Subject[] },
): Promise<bigint> {
  await tx
    .insertInto('journal_head')
    .values({ zone_id: zoneId, seq: 0n, hash: GENESIS_HASH })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const head = await tx
    .selectFrom('journal_head')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const salt = randomBytes(16).toString('hex')
  const entry: Entry = {
    zone_id: zoneId,
    seq: head.seq + 1n,
    at,
    actor,
    command,
    input_hash: sha256(salt + canonicalJson(input)),
    subjects,
    previous_hash: head.hash,
  }
  const hash = hashEntry(entry)
  await tx
    .insertInto('journal')
    .values({ ...entry, subjects: json(subjects), hash })
    .execute()
  await tx.insertInto('journal_salt').values({ zone_id: zoneId, seq: entry.seq, salt }).execute()
  await tx.updateTable('journal_head').set({ seq: entry.seq, hash }).where('zone_id', '=', zoneId).execute()
  await sql`select pg_notify('consortia_journal', ${`${zoneId}:${entry.seq}`})`.execute(tx)
  return entry.seq
}

interface Omission {
  zoneId: string
  actor: string
  command: string
  input: unknown
  at: Date
}

export interface Verdict {
  zoneId: string
  entries: number
  head: string
  intact: boolean
  /** The first entry that does not follow from the one before it. */
  brokenAt?: string
  reason?: 'gap' | 'previous_hash' | 'hash' | 'head'
}

/** Recomputes a zone's chain from its first entry. An outside copy of `head` shows a tail that was cut. */
export async function verifyChain(database: Database, zoneId: string): Promise<Verdict> {
  const caller = { zoneId, accountId: null, role: 'system', organisationId: null }
  return readAs(database, caller, (tx) => verifyChainIn(tx, zoneId))
}

/** The same within a transaction that already acts within the zone. */
export async function verifyChainIn(tx: Tx, zoneId: string): Promise<Verdict> {
  let previous = GENESIS_HASH
  let seq = 0n
  for (;;) {
    const rows = await tx
      .selectFrom('journal')
      .selectAll()
      .where('zone_id', '=', zoneId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(ENTRIES_READ_AT_ONCE)
      .execute()
    for (const { hash, ...row } of rows) {
      const entry = { ...row, subjects: row.subjects as Subject[] }
      const reason = faultIn(entry, hash, { seq, hash: previous })
      if (reason) return broken(zoneId, seq, previous, String(entry.seq), reason)
      previous = hash
      seq = entry.seq
    }
    if (rows.length < ENTRIES_READ_AT_ONCE) break
  }
  const head = await tx.selectFrom('journal_head').selectAll().where('zone_id', '=', zoneId).executeTakeFirst()
  const told = head ?? { seq: 0n, hash: GENESIS_HASH }
  if (told.seq !== seq || told.hash !== previous) return broken(zoneId, seq, previous, String(told.seq), 'head')
  return { zoneId, entries: Number(seq), head: previous, intact: true }
}

/** Why an entry does not follow from the one before it, if it does not. */
function faultIn(entry: Entry, hash: string, before: { seq: bigint; hash: string }): Verdict['reason'] {
  if (entry.seq !== before.seq + 1n) return 'gap'
  if (entry.previous_hash !== before.hash) return 'previous_hash'
  return hashEntry(entry) === hash ? undefined : 'hash'
}

function broken(
  zoneId: string,
  seq: bigint,
  head: string,
  brokenAt: string,
  reason: NonNullable<Verdict['reason']>,
): Verdict {
  return { zoneId, entries: Number(seq), head, intact: false, brokenAt, reason }
}
