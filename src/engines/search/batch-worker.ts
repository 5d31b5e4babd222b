import { parentPort, workerData } from 'node:worker_threads'
import type { BatchHit, BatchOptions, BatchQuery } from './batch.ts'
import { readSnapshot } from './snapshot.ts'

export interface BatchWork {
  /** In memory that all threads share. */
  snapshot: Uint8Array
  /** The query that nobody has taken yet. */
  next: Int32Array
  queries: readonly BatchQuery[]
  options: Omit<BatchOptions, 'threads'>
}

export type FromBatch = { query: number; hits: BatchHit[] }[]

const { snapshot, next, queries, options } = workerData as BatchWork
const index = readSnapshot(snapshot)
const answers: FromBatch = []
for (let query = Atomics.add(next, 0, 1); query < queries.length; query = Atomics.add(next, 0, 1)) {
  const { text, ...lang } = queries[query]!
  answers.push({ query, hits: index.search(text, { ...options, ...lang }).map(({ id, score }) => ({ id, score })) })
}
parentPort?.postMessage(answers)
