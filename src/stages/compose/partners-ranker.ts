import { Worker } from 'node:worker_threads'
import { Fault } from '#kit/fault.ts'
import type { LikelyAsked, LikelyRated } from './partners-likely.ts'
import type { PartnersAsked, PartnersRanked, Taught } from './partners-rank.ts'
import type { KeyedRecords, PartnerChanges } from './partners-records.ts'
import type { FromPartnersWorker, ToPartnersWorker } from './partners-worker.ts'

const PARTNERS_SECONDS_MAX = 45
/** A great registry is laid out once, and that may take longer than any question: what was ended would begin from nothing. */
const OPENED_SECONDS_MAX = 180
/** The registry may move on while it is read; it is read so many times at most. */
const READS_MAX = 3

/** Which state of which zone's records is asked, on which day, and where they are to be had. */
export interface PartnersOrder<Asked = PartnersAsked> {
  zoneId: string
  version: string
  /** `YYYY-MM-DD` */
  day: string
  asked: Asked
  taught: Taught
  readRecords: () => Promise<{ version: string; records: KeyedRecords }>
  /** What has changed since a version; null where all is to be read. */
  readChanges: (since: string) => Promise<PartnerChanges | null>
}

/**
 * Ranks partners away from the server's own thread, in one worker that keeps each zone's records and follows
 * their changes once somebody asks for a later state of them. @throws Fault `out_of_time`, or what the engine refuses
 */
export interface PartnersRanker {
  rank(order: PartnersOrder): Promise<PartnersRanked>
  /** How likely each of some is to join. */
  rate(order: PartnersOrder<LikelyAsked>): Promise<LikelyRated>
  stop(): Promise<void>
}

type Unsent<M> = M extends { id: number } ? Omit<M, 'id'> : never

export function openPartnersRanker(): PartnersRanker {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, { resolve: (answer: FromPartnersWorker) => void; reject: (error: Error) => void }>()
  const reading = new Map<string, Promise<unknown>>()

  function running(): Worker {
    if (worker) return worker
    const started = new Worker(new URL('./partners-worker.ts', import.meta.url))
    const failAll = (cause?: unknown) => {
      if (worker !== started) return
      worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('The thread for partners ended.', { cause }))
      waiting.clear()
    }
    started.unref()
    started.on('message', (answer: FromPartnersWorker) => waiting.get(answer.id)?.resolve(answer))
    started.on('error', failAll)
    started.on('exit', failAll)
    worker = started
    return started
  }

  async function send(message: Unsent<ToPartnersWorker>): Promise<FromPartnersWorker> {
    const id = ++lastId
    const { promise, resolve, reject } = Promise.withResolvers<FromPartnersWorker>()
    const secondsMax = message.do === 'rank' || message.do === 'rate' ? PARTNERS_SECONDS_MAX : OPENED_SECONDS_MAX
    const timer = setTimeout(() => {
      reject(
        new Fault('out_of_time', 'Ranking partners took too long and was ended.', {
          rule: 'partners.time',
          limit: secondsMax,
        }),
      )
      waiting.delete(id)
      void worker?.terminate()
    }, secondsMax * 1000)
    waiting.set(id, { resolve, reject })
    try {
      running().postMessage({ id, ...message })
      return told(await promise)
    } finally {
      clearTimeout(timer)
      waiting.delete(id)
    }
  }

  /** Brings a zone up to date once for all who wait for it. */
  function refresh(order: PartnersOrder<unknown>, held: string | null): Promise<unknown> {
    const { zoneId } = order
    const running = reading.get(zoneId)
    if (running) return running
    const started = readAnew(order, held).finally(() => reading.delete(zoneId))
    reading.set(zoneId, started)
    return started
  }

  async function readAnew(
    { zoneId, day, version, ...order }: PartnersOrder<unknown>,
    held: string | null,
  ): Promise<unknown> {
    // Where the records stand and only the day is another, there is nothing to follow.
    const changes = held === null || BigInt(held) >= BigInt(version) ? null : await order.readChanges(held)
    if (changes) return send({ do: 'follow', zoneId, day, changes })
    return send({ do: 'open', zoneId, day, ...(await order.readRecords()) })
  }

  /** Asks until the thread holds what is asked of. */
  async function ask<Told>(
    order: PartnersOrder<unknown>,
    question: Unsent<ToPartnersWorker>,
    read: (answer: FromPartnersWorker) => { told: Told } | null,
  ): Promise<Told> {
    for (let reads = 0; reads <= READS_MAX; reads += 1) {
      const answer = await send(question)
      const found = read(answer)
      if (found) return found.told
      await refresh(order, 'held' in answer ? answer.held : null)
    }
    throw new Error('The thread for partners forgot what it had just read.')
  }

  return {
    rank(order) {
      const { zoneId, version, day, asked, taught } = order
      return ask(order, { do: 'rank', zoneId, version, day, asked, taught }, (answer) =>
        'ranked' in answer ? { told: answer.ranked } : null,
      )
    },
    rate(order) {
      const { zoneId, version, day, asked, taught } = order
      return ask(order, { do: 'rate', zoneId, version, day, asked, taught }, (answer) =>
        'rated' in answer ? { told: answer.rated } : null,
      )
    },
    async stop() {
      await worker?.terminate()
    },
  }
}

function told(answer: FromPartnersWorker): FromPartnersWorker {
  if ('refused' in answer) throw new Fault(...answer.refused)
  if ('error' in answer) throw new Error(answer.error)
  return answer
}
