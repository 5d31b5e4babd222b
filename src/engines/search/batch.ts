import { Worker } from 'node:worker_threads'
import type { BatchWork, FromBatch } from './batch-worker.ts'
import type { SearchIndex, SearchOptions } from './index.ts'
import { writeSnapshot } from './snapshot.ts'

/** What a hit of a batch says: enough to rank by. */
export interface BatchHit {
  id: string
  score: number
}

export interface BatchQuery {
  text: string
  lang?: string
}

export interface BatchOptions extends Pick<SearchOptions, 'k' | 'plain' | 'pairs'> {
  /** How many threads share the work. */
  threads: number
}

/**
 * Answers many queries on several threads, which read one copy of the index in shared memory. The answers stand in the
 * order of the queries and are those of `search`. Threads take the next query when they are done with one.
 */
export async function searchBatch(
  index: SearchIndex,
  queries: readonly BatchQuery[],
  { threads, ...options }: BatchOptions,
): Promise<BatchHit[][]> {
  index.compact()
  const snapshot = writeSnapshot(index, (bytes) => new SharedArrayBuffer(bytes))
  const next = new Int32Array(new SharedArrayBuffer(4))
  const count = Math.max(1, Math.min(threads, queries.length))
  const answers = new Array<BatchHit[]>(queries.length)
  const work: BatchWork = { snapshot, next, queries, options }
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (const { query, hits } of await runWorker(work)) answers[query] = hits
    }),
  )
  return answers
}

function runWorker(work: BatchWork): Promise<FromBatch> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { workerData: work })
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('A searching thread ended without an answer.')))
  })
}
