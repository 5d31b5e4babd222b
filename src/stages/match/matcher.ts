import { Worker } from 'node:worker_threads'
import { Fault } from '#kit/fault.ts'
import type { Corpus, Question } from './question.ts'
import type { FromWorker, RankingAnswer, ToWorker } from './worker.ts'

const ANSWER_MS_MAX = 60_000

/** Ranks away from the server's own thread, in one worker that keeps what it has read of each zone. */
export interface Matcher {
  /** `readCorpus` is asked only when the worker does not hold this version of the zone. */
  rank(asked: {
    zoneId: string
    version: string
    question: Question
    cell?: string
    readCorpus: () => Promise<Corpus>
  }): Promise<RankingAnswer>
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

  return {
    async rank({ zoneId, version, question, cell, readCorpus }) {
      const ask = () => send({ do: 'rank', zoneId, version, question, ...(cell ? { cell } : {}) })
      let answer = await ask()
      if ('missing' in answer) {
        await send({ do: 'learn', zoneId, version, corpus: await readCorpus() })
        answer = await ask()
      }
      if ('ranking' in answer) return answer.ranking
      throw new Error('error' in answer ? answer.error : 'The matching thread forgot what it had just read.')
    },
    async stop() {
      await worker?.terminate()
    },
  }
}
