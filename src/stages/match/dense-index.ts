import { Worker } from 'node:worker_threads'
import type { Nearest } from '../../embedding/vectors.ts'
import type { StoredVector } from './dense-store.ts'
import type { FromVectors, ToVectors, VectorPage } from './dense-worker.ts'

const ROWS_READ_AT_ONCE = 4_000
/** Vectors may come while they are read; they are read so many times at most. */
const READS_MAX = 4

export interface AskedVectors {
  zoneId: string
  model: string
  /** Which state is asked for at least, and since when nothing was taken away. */
  revision: bigint
  wholeSince: bigint
  query: Float32Array
  k: number
  read: (since: bigint, after: StoredVector | null, limit: number) => Promise<StoredVector[]>
}

/** Keeps the vectors of zones in a thread, follows what comes to them, and finds the nearest to a need's. */
export interface VectorIndex {
  /** With the hash of the words of each text that is near. */
  nearest(asked: AskedVectors): Promise<Nearest & { hashes: string[] }>
  stop(): Promise<void>
}

type Unsent<M> = M extends { id: number } ? Omit<M, 'id'> : never

export function openVectorIndex(): VectorIndex {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, { resolve: (answer: FromVectors) => void; reject: (error: Error) => void }>()
  const reading = new Map<string, Promise<void>>()

  const failAll = (cause?: unknown) => {
    for (const { reject } of waiting.values()) reject(new Error('The thread of vectors ended.', { cause }))
    waiting.clear()
    worker = undefined
  }

  function running(): Worker {
    if (worker) return worker
    const started = new Worker(new URL('./dense-worker.ts', import.meta.url))
    started.unref()
    started.on('message', (answer: FromVectors) => {
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    })
    started.on('error', failAll)
    started.on('exit', () => failAll())
    worker = started
    return started
  }

  async function send(message: Unsent<ToVectors>): Promise<FromVectors> {
    const id = ++lastId
    const answer = await new Promise<FromVectors>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      const moved = message.do === 'put' ? [message.page.numbers.buffer as ArrayBuffer] : []
      running().postMessage({ id, ...message }, moved)
    })
    if ('error' in answer) throw new Error(answer.error)
    return answer
  }

  /** Reads once for all who wait for a zone. */
  function refresh(asked: AskedVectors, held: string | null): Promise<void> {
    const known = reading.get(asked.zoneId)
    if (known) return known
    const started = readAnew(asked, held).finally(() => reading.delete(asked.zoneId))
    reading.set(asked.zoneId, started)
    return started
  }

  async function readAnew(asked: AskedVectors, held: string | null): Promise<void> {
    const { zoneId, model, revision, wholeSince, query, read } = asked
    const since = held !== null && BigInt(held) >= wholeSince ? BigInt(held) : null
    let after: StoredVector | null = null
    for (let isFirst = since === null; ; isFirst = false) {
      const rows: StoredVector[] = await read(since ?? 0n, after, ROWS_READ_AT_ONCE)
      const isLast = rows.length < ROWS_READ_AT_ONCE
      const dimensions = query.length
      const page = pageOf(rows, dimensions)
      await send({ do: 'put', zoneId, model, dimensions, page, isFirst, revision: isLast ? String(revision) : null })
      if (isLast) return
      after = rows.at(-1) ?? null
    }
  }

  return {
    async nearest(asked) {
      const { zoneId, model, query, k } = asked
      for (let reads = 0; reads <= READS_MAX; reads += 1) {
        const answer = await send({ do: 'near', zoneId, model, revision: String(asked.revision), query, k })
        if ('nearest' in answer) return { ...answer.nearest, hashes: answer.hashes }
        if ('missing' in answer) await refresh(asked, answer.held)
      }
      throw new Error('The thread of vectors forgot what it had just read.')
    },
    async stop() {
      await worker?.terminate()
    },
  }
}

/** One page as the thread takes it; vectors of other dimensions are left out. */
function pageOf(rows: readonly StoredVector[], dimensions: number): VectorPage {
  const fitting = rows.filter(({ vector }) => vector.length === dimensions)
  const numbers = new Int8Array(fitting.length * dimensions)
  for (const [at, { vector }] of fitting.entries())
    numbers.set(new Int8Array(vector.buffer, vector.byteOffset, vector.length), at * dimensions)
  return {
    keys: fitting.map(({ kind, id }) => `${kind}:${id}`),
    hashes: fitting.map(({ hash }) => hash),
    numbers,
  }
}
