import { Worker } from 'node:worker_threads'
import { Fault } from '#kit/fault.ts'
import type { NamedRecord, SuspectedPair } from './find.ts'

export interface DuplicatesTask {
  records: readonly NamedRecord[]
  among: readonly string[] | null
}

const SECONDS_MAX = 120
const HEAP_MEGABYTES_MAX = 1_024

/**
 * `findDuplicates` in a thread of its own, so that the caller's is never blocked. A cancel ends it.
 *
 * @throws Fault `cancelled`, or `out_of_time` after two minutes. A plain Error when the worker crashed; the caller lives on.
 */
export async function findDuplicatesInWorker(
  task: DuplicatesTask,
  { signal }: { signal?: AbortSignal } = {},
): Promise<SuspectedPair[]> {
  if (signal?.aborted) throw cancelled()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES_MAX },
  })
  const { promise, resolve, reject } = Promise.withResolvers<SuspectedPair[]>()
  const timer = setTimeout(() => reject(outOfTime()), SECONDS_MAX * 1000)
  const stop = () => reject(cancelled())
  signal?.addEventListener('abort', stop, { once: true })
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`The worker that looks for duplicates ended with ${code}.`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    worker.removeAllListeners()
    await worker.terminate()
  }
}

const cancelled = () => new Fault('cancelled', 'The search for duplicates was stopped.', { rule: 'work.cancelled' })
const outOfTime = () =>
  new Fault('out_of_time', 'The search for duplicates took too long.', { rule: 'work.seconds', limit: SECONDS_MAX })
