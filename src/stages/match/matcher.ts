import { Worker } from 'node:worker_threads'
import { Fault } from '#kit/fault.ts'
import type { Changes } from './prepared.ts'
import type { Corpus, Question } from './question.ts'
import type { Brief } from './ranking.ts'
import type { Asking, Party, WantingFound } from './wanted-ranking.ts'
import type { FromWorker, RankingAnswer, ToWorker } from './worker.ts'

const ANSWER_MS_MAX = 60_000

/** A question may meet a registry that moves on while it is read; it is read so many times at most. */
const READS_MAX = 4

/** Which state of which zone is asked for at least, and where it is to be had. */
export interface AskedBook {
  zoneId: string
  version: string
  readCorpus: () => Promise<{ version: string; corpus: Corpus }>
  /** What has changed since a version; null where all is to be read. */
  readChanges: (since: string) => Promise<Changes | null>
}

/**
 * Ranks away from the server's own thread, in one worker that keeps what it has read of each zone and follows its changes.
 * Nobody gets an answer from before the version asked for; while a zone is read, those who ask for it wait.
 */
export interface Matcher {
  rank(asked: AskedBook & { question: Question; cell?: string }): Promise<RankingAnswer>
  rankBriefly(asked: AskedBook & { question: Question }): Promise<Brief[]>
  wanting(asked: AskedBook & { askings: readonly Asking[]; party: Party; told: number }): Promise<WantingFound[]>
  stop(): Promise<void>
}

type Unsent<M> = M extends { id: number } ? Omit<M, 'id'> : never

export function openMatcher(): Matcher {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, { resolve: (answer: FromWorker) => void; reject: (error: Error) => void }>()

  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    worker = undefined
  }

  function running(): Worker {
    if (worker) return worker
    const started = new Worker(new URL('./worker.ts', import.meta.url))
    started.unref()
    started.on('message', (answer: FromWorker) => {
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    })
    started.on('error', (cause) => failAll(new Error('The matching thread ended.', { cause })))
    started.on('exit', () => failAll(new Error('The matching thread ended.')))
    worker = started
    return started
  }

  function send(message: Unsent<ToWorker>): Promise<FromWorker> {
    const id = ++lastId
    return new Promise<FromWorker>((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(id)
        void worker?.terminate()
        reject(
          new Fault('out_of_time', 'Matching took too long and was ended.', {
            rule: 'match.time',
            limit: ANSWER_MS_MAX / 1000,
          }),
        )
      }, ANSWER_MS_MAX)
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(late)
          then(value)
        }
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
      running().postMessage({ id, ...message })
    })
  }

  const reading = new Map<string, Promise<void>>()

  /** Brings a zone up to date once for all who wait for it. */
  function refresh(asked: AskedBook, held: string | null): Promise<void> {
    const { zoneId } = asked
    const running = reading.get(zoneId)
    if (running) return running
    const started = readAnew(asked, held).finally(() => reading.delete(zoneId))
    reading.set(zoneId, started)
    return started
  }

  async function readAnew({ zoneId, readCorpus, readChanges }: AskedBook, held: string | null): Promise<void> {
    const changes = held === null ? null : await readChanges(held)
    if (changes) await send({ do: 'follow', zoneId, changes })
    else await send({ do: 'learn', zoneId, ...(await readCorpus()) })
  }

  async function ask(asked: AskedBook, message: Unsent<ToWorker>): Promise<FromWorker> {
    for (let reads = 0; reads <= READS_MAX; reads += 1) {
      const answer = await send(message)
      if ('error' in answer) throw new Error(answer.error)
      if (!('missing' in answer)) return answer
      await refresh(asked, answer.held)
    }
    throw new Error('The matching thread forgot what it had just read.')
  }

  return {
    async rank({ question, cell, ...asked }) {
      const { zoneId, version } = asked
      const answer = await ask(asked, { do: 'rank', zoneId, version, question, ...(cell ? { cell } : {}) })
      if ('ranking' in answer) return answer.ranking
      throw new Error('The matching thread answered something else.')
    },
    async rankBriefly({ question, ...asked }) {
      const { zoneId, version } = asked
      const answer = await ask(asked, { do: 'brief', zoneId, version, question })
      if ('brief' in answer) return answer.brief
      throw new Error('The matching thread answered something else.')
    },
    async wanting({ askings, party, told, ...asked }) {
      const { zoneId, version } = asked
      const answer = await ask(asked, { do: 'wanting', zoneId, version, askings, party, told })
      if ('wanting' in answer) return answer.wanting
      throw new Error('The matching thread answered something else.')
    },
    async stop() {
      await worker?.terminate()
    },
  }
}
