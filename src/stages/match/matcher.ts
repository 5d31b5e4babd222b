import { Worker } from 'node:worker_threads'
import { Fault } from '#kit/fault.ts'
import type { Mark } from './corpus.ts'
import type { SnapshotNote } from './keeper.ts'
import type { Changes } from './prepared.ts'
import type { Corpus, Question } from './question.ts'
import type { Brief } from './ranking.ts'
import type { Unusable } from './snapshot-file.ts'
import type { Asking, Party, WantingFound } from './wanted-ranking.ts'
import type { FromWorker, RankingAnswer, Told, ToWorker, WorkerSettings } from './worker.ts'

const ANSWER_MS_MAX = 60_000
/** A registry is read once and serves from then on: ending that would only begin it again. */
const LEARN_MS_MAX = 300_000
/** How long the end may wait for snapshots: what is not written then is read from the database again. */
const CLOSE_MS_MAX = 4_000

/** A question may meet a registry that moves on while it is read; it is read so many times at most. */
const READS_MAX = 4

/** Which state of which zone is asked for at least, and where it is to be had. */
export interface AskedBook {
  zoneId: string
  version: string
  readCorpus: () => Promise<{ mark: Mark; corpus: Corpus }>
  /** What has changed since a version; null where all is to be read. */
  readChanges: (since: string) => Promise<Changes | null>
  /** Whether what was read up to an entry was read of this very chain. */
  stands: (mark: Mark) => Promise<boolean>
}

/**
 * Ranks away from the server's own thread, in one worker that keeps what it has read of each zone and follows its changes.
 * Nobody gets an answer from before the version asked for; while a zone is read, those who ask for it wait. With a folder,
 * the worker takes zones up from their snapshots there, and keeps these once it is told to.
 */
export interface Matcher {
  rank(asked: AskedBook & { question: Question; told: Told }): Promise<RankingAnswer>
  rankBriefly(asked: AskedBook & { question: Question }): Promise<Brief[]>
  wanting(asked: AskedBook & { askings: readonly Asking[]; party: Party; told: number }): Promise<WantingFound[]>
  /** Brings a zone up to date before anybody asks. */
  follow(asked: AskedBook): Promise<void>
  /** The zones that are held, or have a snapshot, and up to which version they are held. */
  zones(): ReadonlyMap<string, string | null>
  /** From now on snapshots are written. */
  keepSnapshots(): Promise<void>
  stop(): Promise<void>
}

export interface MatcherOptions {
  /** Where snapshots are. */
  folder?: string
  /** Hears what becomes of them. */
  tell?: (note: SnapshotNote) => void
}

type Unsent<M> = M extends { id: number } ? Omit<M, 'id'> : never

export function openMatcher({ folder, tell = () => {} }: MatcherOptions = {}): Matcher {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, { resolve: (answer: FromWorker) => void; reject: (error: Error) => void }>()

  const held = new Map<string, string | null>()
  let isKeeping = false

  const failAll = (error: Error) => {
    for (const zoneId of held.keys()) held.set(zoneId, null)
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    worker = undefined
  }

  function running(): Worker {
    if (worker) return worker
    const workerData: WorkerSettings = { folder: folder ?? null }
    const started = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
    started.unref()
    started.on('message', (answer: FromWorker) => {
      if ('note' in answer) tell(answer.note)
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    })
    started.on('error', (cause) => failAll(new Error('The matching thread ended.', { cause })))
    started.on('exit', () => failAll(new Error('The matching thread ended.')))
    worker = started
    if (isKeeping) started.postMessage({ id: 0, do: 'keep' } satisfies ToWorker)
    return started
  }

  function send(message: Unsent<ToWorker>): Promise<FromWorker> {
    const id = ++lastId
    const msMax = message.do === 'learn' || message.do === 'load' ? LEARN_MS_MAX : ANSWER_MS_MAX
    return new Promise<FromWorker>((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(id)
        void worker?.terminate()
        reject(
          new Fault('out_of_time', 'Matching took too long and was ended.', {
            rule: 'match.time',
            limit: msMax / 1000,
          }),
        )
      }, msMax)
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

  async function readAnew(asked: AskedBook, heldVersion: string | null): Promise<void> {
    const { zoneId, version, readCorpus, readChanges } = asked
    const from = heldVersion ?? (folder ? await loadSnapshot(asked) : null)
    if (from !== null && BigInt(from) >= BigInt(version)) return
    const changes = from === null ? null : await readChanges(from)
    const answer = await send(
      changes ? { do: 'follow', zoneId, changes } : { do: 'learn', zoneId, ...(await readCorpus()) },
    )
    if (!('learned' in answer)) return
    held.set(zoneId, answer.held)
    for (const evicted of answer.evicted) held.delete(evicted)
  }

  /** Takes a zone up from its snapshot, if that is of this chain. Answers up to where it is held then. */
  async function loadSnapshot({ zoneId, stands }: AskedBook): Promise<string | null> {
    const answer = await send({ do: 'load', zoneId })
    if (!('loaded' in answer) || !answer.loaded) return null
    if (!(await stands(answer.loaded))) {
      await send({ do: 'forget', zoneId, why: 'chain' satisfies Unusable })
      return null
    }
    held.set(zoneId, answer.loaded.version)
    return answer.loaded.version
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
    async rank({ question, told, ...asked }) {
      const { zoneId, version } = asked
      const answer = await ask(asked, { do: 'rank', zoneId, version, question, told })
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
    async follow(asked) {
      const { zoneId, version } = asked
      await ask(asked, { do: 'look', zoneId, version })
    },
    zones: () => held,
    async keepSnapshots() {
      if (!folder) return
      isKeeping = true
      const answer = await send({ do: 'keep' })
      if ('zones' in answer) for (const zoneId of answer.zones) held.set(zoneId, held.get(zoneId) ?? null)
    },
    async stop() {
      if (worker && isKeeping) await inTime(send({ do: 'close' }), CLOSE_MS_MAX)
      await worker?.terminate()
    },
  }
}

/** Waits for something to end, whichever way, and no longer than that. */
async function inTime(promise: Promise<unknown>, msMax: number): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, msMax)
  await Promise.race([promise.catch(() => {}), late.promise])
  clearTimeout(timer)
}
