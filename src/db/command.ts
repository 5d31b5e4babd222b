import { sql } from 'kysely'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import { type Acting, actAs } from './caller.ts'
import { type Database, json, type Tx } from './db.ts'
import { append, type Subject } from './journal.ts'

export interface Order {
  /** The command's name, `stage.verb_noun`. */
  name: string
  input: unknown
  /** The caller's idempotency key: the same key is answered again, not run again. */
  key?: string | undefined
  /** Runs everything, answers, and keeps nothing. */
  rehearse?: boolean | undefined
  at: Date
}

export interface Change {
  subject: Subject
  action: string
  /** Field → what it was and what it is. */
  changes?: Record<string, { from: unknown; to: unknown }>
  importId?: string
}

export interface Command {
  tx: Tx
  at: Date
  /** Says what the command changed: it goes into the journal's entry and the record's history. */
  changed(change: Change): void
}

export interface Outcome<T> {
  output: T
  /** The key had been answered before; nothing was run. */
  replayed: boolean
}

const RUNS_MAX = 4
const KEY_LENGTH_MAX = 200
/** Serialization failure and deadlock: the engine asks to run again. */
const RUN_AGAIN = ['40001', '40P01']

class Rehearsed extends Error {
  readonly output: unknown
  constructor(output: unknown) {
    super('A rehearsal keeps nothing.')
    this.output = output
  }
}

/**
 * The one road for every write: take the key's lock; replay an answered key, or run; append to the journal and the
 * history; commit, or roll back a rehearsal. The output must be plain JSON.
 *
 * A key belongs to an account in a zone, in the role and for the organisation in which it was used.
 */
export async function command<T>(
  database: Database,
  caller: Acting,
  order: Order,
  run: (command: Command) => Promise<T>,
): Promise<Outcome<T>> {
  if (order.key && order.key.length > KEY_LENGTH_MAX)
    throw new Fault('invalid', 'The idempotency key is too long.', { rule: 'key.length', limit: KEY_LENGTH_MAX })
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.kysely.transaction().execute((tx) => runOnce(tx, caller, order, run))
    } catch (error) {
      if (error instanceof Rehearsed) return { output: error.output as T, replayed: false }
      if (attempt < RUNS_MAX && RUN_AGAIN.includes(String((error as { code?: unknown }).code))) continue
      throw error
    }
  }
}

async function runOnce<T>(
  tx: Tx,
  caller: Acting,
  order: Order,
  run: (command: Command) => Promise<T>,
): Promise<Outcome<T>> {
  await actAs(tx, caller)
  // Who was heard counts with what was said: an answer is not given again to an account that has since another role.
  const asked = { input: order.input ?? null, role: caller.role, organisation: caller.organisationId }
  const inputHash = sha256(canonicalJson(asked))
  const keyHash = order.key && sha256(`${caller.zoneId}\n${caller.accountId ?? caller.role}\n${order.key}`)
  if (keyHash) {
    const answered = await lockAndLookUp<T>(tx, caller, order, keyHash, inputHash)
    if (answered) return answered
  }

  const changes: Change[] = []
  const output = await run({ tx, at: order.at, changed: (change) => changes.push(change) })
  if (order.rehearse) throw new Rehearsed(output)

  const seq = await append(tx, {
    zoneId: caller.zoneId,
    actor: caller.accountId ?? caller.actor ?? caller.role,
    command: order.name,
    input: order.input ?? null,
    subjects: changes.map((change) => change.subject),
    at: order.at,
  })
  await remember(tx, caller, changes, seq, order.at)
  if (keyHash)
    await tx
      .insertInto('answer')
      .values({
        zone_id: caller.zoneId,
        key_hash: keyHash,
        command: order.name,
        input_hash: inputHash,
        output: json(output ?? null),
        at: order.at,
      })
      .execute()
  return { output, replayed: false }
}

async function lockAndLookUp<T>(
  tx: Tx,
  caller: Acting,
  order: Order,
  keyHash: string,
  inputHash: string,
): Promise<Outcome<T> | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${keyHash}, 0))`.execute(tx)
  const before = await tx
    .selectFrom('answer')
    .select(['command', 'input_hash', 'output'])
    .where('zone_id', '=', caller.zoneId)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()
  if (!before) return undefined
  if (before.command !== order.name || before.input_hash !== inputHash)
    throw new Fault('key_reused', 'This idempotency key was used for another request.', {
      rule: 'key.reused',
      tip: 'Send a new key with a new request.',
    })
  return { output: before.output as T, replayed: true }
}

async function remember(tx: Tx, caller: Acting, changes: Change[], seq: bigint, at: Date) {
  if (!changes.length) return
  await tx
    .insertInto('record_change')
    .values(
      changes.map(({ subject, action, changes: fields, importId }, part) => ({
        zone_id: caller.zoneId,
        subject_kind: subject.kind,
        subject_id: subject.id,
        seq,
        part,
        at,
        account_id: caller.accountId,
        import_id: importId ?? null,
        action,
        changes: json(fields ?? {}),
      })),
    )
    .execute()
}
