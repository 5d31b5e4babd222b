import { Worker } from 'node:worker_threads'
import { Fault, type FaultCode, type FaultDetails } from '#kit/fault.ts'
import type { Alternative, AlternativesOptions } from './alternatives.ts'
import { BULK_SECONDS_MAX_DEFAULT, type BulkAnswer, type BulkProblem, type BulkProgress } from './bulk-model.ts'
import type { Loss } from './explain.ts'
import {
  type Answer,
  type KnownTeam,
  type Problem,
  type Progress,
  SECONDS_MAX_DEFAULT,
  type TeamAnswer,
} from './model.ts'
import type { Price } from './prices.ts'
import { SET_COVER_SECONDS_MAX_DEFAULT, type SetCoverAnswer, type SetCoverProblem } from './set-cover.ts'

interface Limits {
  secondsMax?: number
  seed?: number
}

/** What the worker can be asked for. */
export type Job =
  | { kind: 'solve'; problem: Problem; options: Limits }
  | { kind: 'losses'; problem: Problem; answer: TeamAnswer; options: Limits }
  | { kind: 'prices'; problem: Problem; answer: KnownTeam; options: Limits }
  | {
      kind: 'alternatives'
      problem: Problem
      answer: KnownTeam
      options: Limits & Pick<AlternativesOptions, 'count' | 'apartMin' | 'worseShareMax'>
    }
  | { kind: 'set-cover'; problem: SetCoverProblem; options: Limits }
  | { kind: 'bulk'; problem: BulkProblem; options: Limits & { secondsEachMax?: number } }

export interface JobResult {
  solve: Answer
  losses: Loss[]
  prices: Price[]
  alternatives: Alternative[]
  'set-cover': SetCoverAnswer
  bulk: BulkAnswer
}

export interface WorkerTask {
  job: Job
  cancelFlag: SharedArrayBuffer
}

export type WorkerMessage =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'bulk-progress'; progress: BulkProgress }
  | { kind: 'result'; result: JobResult[Job['kind']] }
  | { kind: 'fault'; code: FaultCode; message: string; details: FaultDetails }

export interface WatchOptions {
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  onBulkProgress?: (progress: BulkProgress) => void
  /** Of the worker's heap; default 1,024. */
  heapMegabytesMax?: number
}

export type WorkerOptions = Limits & WatchOptions

/** After a cancel the worker has so long to hand over what it found, then it is ended. */
const CANCEL_GRACE_MILLISECONDS = 1_500
/** Solves and re-solves keep their own limits; a worker that overruns them by this is ended. */
const OVERRUN_SECONDS_MAX = 30
const HEAP_MEGABYTES_MAX = 1_024
const SOLVES_MAX = 2
/** A loss is solved for each member, an alternative for each asked for. */
const SOLVES_OF_A_SERIES_MAX = 60

/**
 * `solveCover` in a thread of its own, so that the caller's is never blocked. A cancel ends it and gives the best team
 * found so far (status `cancelled`).
 *
 * @throws Fault `invalid` or `too_many` for the problem; `cancelled` when a cancel found nothing to hand over;
 *   `out_of_time` when the worker overran its limit. A plain Error when the worker crashed; the caller lives on.
 */
export function solveInWorker(problem: Problem, options: WorkerOptions = {}): Promise<Answer> {
  const limits = limitsOf(options)
  const secondsMax = (limits.secondsMax ?? SECONDS_MAX_DEFAULT) * SOLVES_MAX
  return runInWorker({ kind: 'solve', problem, options: limits }, { ...options, secondsMax })
}

/** `lossesWithout` in a thread of its own. `secondsMax` holds for each member. Throws as `solveInWorker` does. */
export function explainInWorker(problem: Problem, answer: TeamAnswer, options: WorkerOptions = {}): Promise<Loss[]> {
  const limits = limitsOf(options)
  const secondsMax = (limits.secondsMax ?? SECONDS_MAX_DEFAULT) * SOLVES_OF_A_SERIES_MAX
  return runInWorker({ kind: 'losses', problem, answer, options: limits }, { ...options, secondsMax })
}

/** `priceConditions` in a thread of its own. `secondsMax` holds for each condition. Throws as `solveInWorker` does. */
export function priceInWorker(problem: Problem, answer: KnownTeam, options: WorkerOptions = {}): Promise<Price[]> {
  const limits = limitsOf(options)
  const secondsMax = (limits.secondsMax ?? SECONDS_MAX_DEFAULT) * SOLVES_OF_A_SERIES_MAX
  return runInWorker({ kind: 'prices', problem, answer, options: limits }, { ...options, secondsMax })
}

/** `findAlternatives` in a thread of its own. `secondsMax` holds for each. Throws as `solveInWorker` does. */
export function alternativesInWorker(
  problem: Problem,
  answer: KnownTeam,
  options: WorkerOptions & Pick<AlternativesOptions, 'count' | 'apartMin' | 'worseShareMax'> = {},
): Promise<Alternative[]> {
  const { signal, onProgress, heapMegabytesMax, ...limits } = options
  const secondsMax = (limits.secondsMax ?? SECONDS_MAX_DEFAULT) * SOLVES_OF_A_SERIES_MAX
  return runInWorker({ kind: 'alternatives', problem, answer, options: limits }, { ...options, secondsMax })
}

/** `solveSetCover` in a thread of its own. Throws as `solveInWorker` does. */
export function solveSetCoverInWorker(problem: SetCoverProblem, options: WorkerOptions = {}): Promise<SetCoverAnswer> {
  const limits = limitsOf(options)
  const secondsMax = limits.secondsMax ?? SET_COVER_SECONDS_MAX_DEFAULT
  return runInWorker({ kind: 'set-cover', problem, options: limits }, { ...options, secondsMax })
}

/**
 * `solveBulk` in a thread of its own. A cancel ends it and gives the teams found so far (`stopped`: cancelled). Throws as
 * `solveInWorker` does.
 */
export function solveBulkInWorker(
  problem: BulkProblem,
  options: Limits & Omit<WatchOptions, 'onProgress'> & { secondsEachMax?: number } = {},
): Promise<BulkAnswer> {
  const { signal, onBulkProgress, heapMegabytesMax, ...limits } = options
  const { secondsMax = BULK_SECONDS_MAX_DEFAULT } = limits
  return runInWorker({ kind: 'bulk', problem, options: limits }, { ...options, secondsMax })
}

function limitsOf({ secondsMax, seed }: WorkerOptions): Limits {
  return { ...(secondsMax !== undefined && { secondsMax }), ...(seed !== undefined && { seed }) }
}

async function runInWorker<Kind extends Job['kind']>(
  job: Job & { kind: Kind },
  options: WatchOptions & { secondsMax: number },
): Promise<JobResult[Kind]> {
  const { signal, onProgress, onBulkProgress, secondsMax, heapMegabytesMax = HEAP_MEGABYTES_MAX } = options
  if (signal?.aborted) throw cancelled()
  const cancelFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { job, cancelFlag } satisfies WorkerTask,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  const timers: NodeJS.Timeout[] = []
  const endAfter = (milliseconds: number, reason: Fault, reject: (reason: Fault) => void) =>
    timers.push(setTimeout(() => reject(reason), milliseconds).unref())
  let cancel = () => {}
  try {
    return await new Promise<JobResult[Kind]>((resolve, reject) => {
      cancel = () => {
        Atomics.store(new Int32Array(cancelFlag), 0, 1)
        endAfter(CANCEL_GRACE_MILLISECONDS, cancelled(), reject)
      }
      signal?.addEventListener('abort', cancel, { once: true })
      endAfter((secondsMax + OVERRUN_SECONDS_MAX) * 1000, overran(secondsMax), reject)
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') onProgress?.(message.progress)
        else if (message.kind === 'bulk-progress') onBulkProgress?.(message.progress)
        else if (message.kind === 'result') resolve(message.result as JobResult[Kind])
        else reject(new Fault(message.code, message.message, message.details))
      })
      worker.on('error', (cause) => reject(crashed(cause)))
      worker.on('exit', (code) => reject(crashed(new Error(`The thread ended with code ${code} and no answer.`))))
    })
  } finally {
    signal?.removeEventListener('abort', cancel)
    for (const timer of timers) clearTimeout(timer)
    await worker.terminate()
  }
}

function cancelled(): Fault {
  return new Fault('cancelled', 'The search was cancelled.', { rule: 'cover.cancelled' })
}

function overran(secondsMax: number): Fault {
  return new Fault('out_of_time', 'The search did not end at its limit and was stopped.', {
    rule: 'cover.out_of_time',
    limit: secondsMax,
    tip: 'Ask with fewer candidates, or fewer pairs.',
  })
}

function crashed(cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`The solver's thread crashed: ${reason}`, { cause })
}
