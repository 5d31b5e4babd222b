import { sql } from 'kysely'
import { fromKysely, fromPglite, PgBoss } from 'pg-boss'
import type { Clock } from '#kit/clock.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import { type Acting, actAs, readAs } from './caller.ts'
import { type Database, json, type Tx } from './db.ts'

/** Long work in the hands of its runner: what it was asked, how it says how far it is, and the word to stop. */
export interface Work {
  zoneId: string
  workId: string
  subjectId: string | null
  accountId: string | null
  input: unknown
  signal: AbortSignal
  /** `doing` is a stable key that the web words in the reader's language. Written at most a few times a second. */
  progress(doing: string, done: number, total?: number): void
}

export interface WorkOrder {
  kind: string
  subjectId?: string
  input?: unknown
}

export interface Jobs {
  /** Names who runs a kind of work. Before `start`. */
  register(kind: string, run: (work: Work) => Promise<unknown>): void
  start(): Promise<void>
  stop(): Promise<void>
  /** Orders work within a command's transaction: it is done if and only if the command is kept. Returns the work's id. */
  enqueue(tx: Tx, caller: Acting, order: WorkOrder): Promise<string>
  cancel(zoneId: string, workId: string): Promise<void>
  /** Waits until the work has ended, whichever way. */
  settled(zoneId: string, workId: string): Promise<void>
}

const QUEUE = 'work'
/** So much work one server does at once. */
export const WORK_AT_ONCE = 2
const RETRIES_MAX = 1
const HEARTBEAT_SECONDS = 30
const WORK_SECONDS_MAX = 3_600
const BEAT_MS = 250
const POLL_MS = 100
const POLL_SECONDS = 2

interface Ticket {
  zoneId: string
  workId: string
}

export function openJobs(
  database: Database,
  {
    clock,
    schema = 'jobs',
    onError,
  }: { clock: Clock; schema?: string; onError: (error: unknown, about: object) => void },
): Jobs {
  const runners = new Map<string, (work: Work) => Promise<unknown>>()
  const running = new Map<string, AbortController>()
  const boss = new PgBoss({
    schema,
    useListenNotify: true,
    ...(database.lite
      ? { db: fromPglite(database.lite), backend: 'pglite' as const }
      : { connectionString: database.url!, max: 3 }),
  })
  boss.on('error', (error) => onError(error, { part: 'jobs' }))
  let started = false

  async function run({ zoneId, workId }: Ticket): Promise<void> {
    const begun = { state: 'running', doing: 'started', started_at: clock.now(), beat_at: clock.now() }
    const row =
      (await update(database, zoneId, workId, begun, 'queued')) ??
      (await update(
        database,
        zoneId,
        workId,
        begun,
        'running',
        new Date(clock.now().getTime() - HEARTBEAT_SECONDS * 1000),
      ))
    const runner = row && runners.get(row.kind)
    if (!row || !runner) return
    const stopper = new AbortController()
    running.set(workId, stopper)
    const beat = beater(database, zoneId, workId, stopper)
    try {
      const output = await runner({
        zoneId,
        workId,
        subjectId: row.subject_id,
        accountId: row.account_id,
        input: row.input,
        signal: stopper.signal,
        progress: beat.progress,
      })
      await beat.stop()
      await update(
        database,
        zoneId,
        workId,
        { state: 'done', output: json(output ?? null), ended_at: clock.now() },
        'running',
      )
    } catch (error) {
      await beat.stop()
      const refused = error instanceof Fault
      if (!refused && !stopper.signal.aborted) onError(error, { part: 'work', kind: row.kind, workId })
      const fault = refused
        ? { code: error.code, message: error.message, ...error.details }
        : { code: 'internal', message: 'The server met an error of its own. It is in the log.' }
      await update(database, zoneId, workId, { state: 'failed', fault: json(fault), ended_at: clock.now() }, 'running')
    } finally {
      running.delete(workId)
    }
  }

  return {
    register: (kind, runner) => void runners.set(kind, runner),
    async start() {
      await boss.start()
      await boss.createQueue(QUEUE, {
        notify: true,
        retryLimit: RETRIES_MAX,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        expireInSeconds: WORK_SECONDS_MAX,
      })
      if (database.engine === 'pglite') await resumeAll(database, boss)
      await boss.work<Ticket>(
        QUEUE,
        {
          batchSize: 1,
          localConcurrency: WORK_AT_ONCE,
          pollingIntervalSeconds: POLL_SECONDS,
          // A notice of new work may be missed; by itself the queue would then look again after half a minute or more.
          notifyPollingIntervalSeconds: POLL_SECONDS,
        },
        async ([job]) => {
          if (job) await run(job.data)
        },
      )
      started = true
    },
    async stop() {
      if (!started) return
      for (const stopper of running.values()) stopper.abort()
      await boss.stop({ graceful: true, timeout: 5_000, close: true })
      started = false
    },
    async enqueue(tx, caller, { kind, subjectId, input }) {
      const workId = newId(clock.now())
      await tx
        .insertInto('work')
        .values({
          zone_id: caller.zoneId,
          id: workId,
          kind,
          subject_id: subjectId ?? null,
          input: json(input ?? {}),
          account_id: caller.accountId,
          created_at: clock.now(),
        })
        .execute()
      // The queue belongs to the server, not to the caller's role.
      await sql`select set_config('role', 'none', true)`.execute(tx)
      await boss.send(QUEUE, { zoneId: caller.zoneId, workId }, { db: fromKysely(tx as never) })
      await actAs(tx, caller)
      return workId
    },
    async cancel(zoneId, workId) {
      const ended = { state: 'cancelled', ended_at: clock.now() } as const
      // In the order in which work moves on, or what begins in between would be missed by both.
      const row =
        (await update(database, zoneId, workId, ended, 'queued')) ??
        (await update(database, zoneId, workId, ended, 'running'))
      if (row) running.get(workId)?.abort()
    },
    async settled(zoneId, workId) {
      for (;;) {
        const { state } = await readAs(database, server(zoneId), (tx) =>
          tx
            .selectFrom('work')
            .select('state')
            .where('zone_id', '=', zoneId)
            .where('id', '=', workId)
            .executeTakeFirstOrThrow(),
        )
        if (state !== 'queued' && state !== 'running') return
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
  }
}

const server = (zoneId: string): Acting => ({ zoneId, accountId: null, role: 'system', organisationId: null })

type WorkChange = Partial<Record<'state' | 'doing', string>> & Record<string, unknown>

/** Moves a work's row on if it is in the state `from` (and silent since `silentSince`, its runner having died). */
async function update(
  database: Database,
  zoneId: string,
  workId: string,
  change: WorkChange,
  from: string,
  silentSince?: Date,
) {
  return database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, server(zoneId))
    let query = tx
      .updateTable('work')
      .set(change as never)
      .where('zone_id', '=', zoneId)
      .where('id', '=', workId)
      .where('state', '=', from)
    if (silentSince) query = query.where('beat_at', '<', silentSince)
    return query.returningAll().executeTakeFirst()
  })
}

/** Writes progress a few times a second at most, and hears there when another server has cancelled the work. */
function beater(database: Database, zoneId: string, workId: string, stopper: AbortController) {
  let latest: { doing: string; done: number; total: number | null } | undefined
  let writing = Promise.resolve()
  const timer = setInterval(() => {
    const said = latest
    if (!said) return
    latest = undefined
    writing = writing.then(async () => {
      const change = {
        ...said,
        done: BigInt(said.done),
        total: said.total === null ? null : BigInt(said.total),
        beat_at: new Date(),
      }
      const row = await update(database, zoneId, workId, change, 'running').catch(() => 'unknown')
      if (row === undefined) stopper.abort()
    })
  }, BEAT_MS)
  return {
    progress: (doing: string, done: number, total?: number) => {
      latest = { doing, done: Math.round(done), total: total === undefined ? null : Math.round(total) }
    },
    stop: async () => {
      clearInterval(timer)
      await writing
    },
  }
}

/** The embedded engine has one server only: what was running when it died is nobody's, so it is begun again. */
async function resumeAll(database: Database, boss: PgBoss) {
  const rows = await database.kysely
    .updateTable('work')
    .set({ state: 'queued', doing: 'queued' })
    .where('state', 'in', ['queued', 'running'])
    .returning(['zone_id', 'id'])
    .execute()
  await boss.deleteAllJobs(QUEUE)
  for (const { zone_id: zoneId, id: workId } of rows) await boss.send(QUEUE, { zoneId, workId })
}
