import { Worker } from 'node:worker_threads'
import { type SqlBool, sql } from 'kysely'
import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import type { Work } from '#db/jobs.ts'
import type { PartnersModel, QuestionForm } from '#engines/partners/learn.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'
import { FOLLOWED } from '../match/changes.ts'
import { corpusVersion } from '../match/corpus.ts'
import type { FromLearner, ToLearner } from './partners-learner.ts'
import type { Partners } from './partners-model.ts'
import { LEARNED_AT_ONCE_MAX, type Taught } from './partners-rank.ts'
import { readPartnerRecords } from './partners-store.ts'

export const LEARN_PARTNERS = 'compose.learn_partners'
const FORMS: readonly QuestionForm[] = ['completing', 'opening']
/** A past that has changed is learned from anew, but not sooner after the last time than this. */
const LEARNED_MS_MIN = 3_600_000
const SHARES = 100

/** What work has learned for a zone, and how far such work is where some is ordered or under way. Read as the server. */
export async function readTaught(tx: Tx, zoneId: string): Promise<{ taught: Taught; learning: Partners['learning'] }> {
  const rows = await tx
    .selectFrom('partners_model')
    .select(['form', 'model'])
    .where('zone_id', '=', zoneId)
    .orderBy('form')
    .execute()
  const work = await lastWork(tx, zoneId)
  const isUnderWay = work?.state === 'queued' || work?.state === 'running'
  return {
    taught: Object.fromEntries(rows.map(({ form, model }) => [form, model as PartnersModel | null])),
    learning: isUnderWay ? { share: Number(work.done ?? 0) / Number(work.total ?? SHARES) } : null,
  }
}

const lastWork = (tx: Tx, zoneId: string) =>
  tx
    .selectFrom('work')
    .select(['state', 'done', 'total', 'created_at'])
    .where('zone_id', '=', zoneId)
    .where('kind', '=', LEARN_PARTNERS)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Orders that a zone's past be learned from, where it is too long to learn from at once and has changed. Null where it is not due. */
export async function orderDueLearning(world: World, zoneId: string): Promise<string | null> {
  const system = systemCaller(zoneId)
  const at = world.clock.now()
  const due = await readAs(world.database, system, (tx) => dueAt(tx, zoneId, at.getTime()))
  if (due === null) return null
  const order = { name: 'compose.order_learning', input: {}, key: `learning-${due}`, at }
  const { output, replayed } = await command(world.database, system, order, async ({ tx }) => ({
    workId: await world.jobs.enqueue(tx, system, { kind: LEARN_PARTNERS }),
  }))
  return replayed ? null : output.workId
}

/** Names the learning that is due, alike on every server; null where none is. */
async function dueAt(tx: Tx, zoneId: string, now: number): Promise<string | null> {
  const { rows } = await sql<{ long: boolean }>`
    select count(*) > ${LEARNED_AT_ONCE_MAX} as long from (
      select 1 from participation where zone_id = ${zoneId} limit ${LEARNED_AT_ONCE_MAX + 1}) p`.execute(tx)
  if (!rows[0]?.long) return null
  const work = await lastWork(tx, zoneId)
  if (work && (work.state === 'queued' || work.state === 'running')) return null
  if (work && now - work.created_at.getTime() < LEARNED_MS_MIN) return null
  const seq = await pastVersion(tx, zoneId)
  const { seen } = await tx
    .selectFrom('partners_model')
    .select((eb) => eb.fn.min('seen_seq').as('seen'))
    .where('zone_id', '=', zoneId)
    .executeTakeFirstOrThrow()
  return seen !== null && BigInt(seen) >= seq ? null : `${seq}-${work?.created_at.getTime() ?? 0}`
}

/** The last entry of the zone's chain that may have changed who took part in what. */
async function pastVersion(tx: Tx, zoneId: string): Promise<bigint> {
  const { seq } = await tx
    .selectFrom('journal')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('zone_id', '=', zoneId)
    .where(sql<SqlBool>`command ~ '^(registry|imports|demo)\\.'`)
    .where('command', 'not in', FOLLOWED)
    .executeTakeFirstOrThrow()
  return BigInt(seq ?? 0)
}

/** Learns both forms in a thread of its own and keeps them; meanwhile questions are answered as before. */
export const runLearnPartners = (world: World) => async (work: Work) => {
  const { zoneId, signal, progress } = work
  const system = systemCaller(zoneId)
  progress('compose.reading_past', 0, SHARES)
  const { version, records } = await readAs(world.database, system, async (tx) => ({
    version: await corpusVersion(tx, zoneId),
    records: await readPartnerRecords(tx, zoneId),
  }))
  const today = world.clock.now().toISOString().slice(0, 10)
  const learned = await learnAway({ records, today, forms: FORMS }, signal, (share) =>
    progress('compose.learning', share * SHARES, SHARES),
  )
  if (!learned) return null
  const order = { name: 'compose.keep_learning', input: { work: work.workId }, at: world.clock.now() }
  await command(world.database, system, order, async ({ tx, at }) => {
    for (const { form, model } of learned) {
      const values = { seen_seq: BigInt(version), before_day: today, model: model && json(model), at }
      await tx
        .insertInto('partners_model')
        .values({ zone_id: zoneId, form, ...values })
        .onConflict((conflict) => conflict.columns(['zone_id', 'form']).doUpdateSet(values))
        .execute()
    }
    return {}
  })
  return { consortia: Math.max(...learned.map(({ model }) => model?.examples ?? 0)) }
}

type Learned = { form: QuestionForm; model: PartnersModel | null }[]

/** Null where it was told to stop. */
async function learnAway(
  order: ToLearner,
  signal: AbortSignal,
  told: (share: number) => void,
): Promise<Learned | null> {
  const worker = new Worker(new URL('./partners-learner.ts', import.meta.url), { workerData: order })
  const { promise, resolve, reject } = Promise.withResolvers<Learned | null>()
  const stop = () => resolve(null)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('message', (message: FromLearner) => ('share' in message ? told(message.share) : resolve(message.learned)))
  worker.on('error', reject)
  worker.on('exit', () => reject(new Error('The learning thread ended.')))
  try {
    return signal.aborted ? null : await promise
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
