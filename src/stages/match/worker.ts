import { parentPort, workerData } from 'node:worker_threads'
import { present } from '#kit/assert.ts'
import { contentTermsOf } from './content-words.ts'
import type { Mark } from './corpus.ts'
import { type Keeper, openKeeper, type SnapshotNote } from './keeper.ts'
import { openLearner } from './learner.ts'
import { madeBy } from './made.ts'
import type { Origin, PairsLearnt, Quote } from './model.ts'
import {
  applyChanges,
  bilingualChanged,
  type Changes,
  type PreparedCorpus,
  prepareCorpus,
  takesAway,
} from './prepared.ts'
import type { Corpus, Question } from './question.ts'
import { type Brief, quoteOf, type Ranking, rank, rankBriefly } from './ranking.ts'
import type { Unusable } from './snapshot-file.ts'
import { type Asking, type Party, type WantingFound, wantingOf } from './wanted-ranking.ts'

/** A zone's corpus stays here until it changes, so that a question costs a search and not a reading. */
const CORPORA_KEPT_MAX = 8
/** A board shows the best evidence of a cell; an opened cell asks for that cell alone and gets all. */
const EVIDENCE_ON_BOARD_MAX = 1
const EVIDENCE_IN_CELL_MAX = 12

/** How often it is looked whether a snapshot is due. */
const KEEP_LOOK_MS = 2_000

export interface WorkerSettings {
  /** Where snapshots are kept; null where they are not. */
  folder: string | null
}

/** What of an answer is wanted: the candidates alone, also what every organisation covers, or one's cells in full. */
export type Told = 'board' | 'cover' | { cell: string }

export type ToWorker =
  /** From now on snapshots are written; answers for which zones there is one. */
  | { id: number; do: 'keep' }
  /** Takes a zone up from its snapshot. */
  | { id: number; do: 'load'; zoneId: string }
  /** What was taken up must not be used. */
  | { id: number; do: 'forget'; zoneId: string; why: Unusable }
  | { id: number; do: 'learn'; zoneId: string; mark: Mark; corpus: Corpus }
  /** Brings what is held up to date; forgets it where that can't be done. */
  | { id: number; do: 'follow'; zoneId: string; changes: Changes }
  /** Only whether a zone is held as it was at a version or later. */
  | { id: number; do: 'look'; zoneId: string; version: string }
  | { id: number; do: 'brief'; zoneId: string; version: string; question: Question }
  /** Of many needs, which want a party. */
  | {
      id: number
      do: 'wanting'
      zoneId: string
      version: string
      askings: readonly Asking[]
      party: Party
      told: number
    }
  | { id: number; do: 'rank'; zoneId: string; version: string; question: Question; told: Told }
  /** Writes what is not kept yet: the server ends. */
  | { id: number; do: 'close' }

export type FromWorker =
  /** The zone is not held, or only as it was up to `held`. */
  | { id: number; missing: true; held: string | null }
  | { id: number; learned: true; held: string | null; evicted: string[] }
  | { id: number; loaded: Mark | null }
  | { id: number; zones: string[] }
  | { id: number; ready: true }
  | { id: number; ranking: RankingAnswer }
  | { id: number; brief: Brief[] }
  | { id: number; wanting: WantingFound[] }
  | { id: number; error: string }
  | { id: 0; note: SnapshotNote }

export interface SupportAnswer {
  capabilityId: string
  level: 0 | 1 | 2 | 3
  computed: 0 | 1 | 2 | 3
  judged: 'confirm' | 'deny' | null
  fit: number
  evidence: (Quote & { fit: number; level: 0 | 1 | 2 | 3; named: boolean; trl: number | null })[]
}

export interface RankingAnswer {
  /** Up to where the registry was read: what was asked for, or later. */
  version: string
  candidates: Ranking['candidates']
  supports: { organisationId: string; cells: SupportAnswer[] }[]
  near: { capabilityId: string; organisationId: string; fit: number; evidence: Quote }[]
  looked: { organisations: number; results: number; texts: number }
  origin: Origin
  /** What terms of two languages were asked for alike; null where none were, or none are told. */
  pairs: PairsLearnt | null
}

interface Held {
  mark: Mark
  prepared: PreparedCorpus
  origin: Origin
}

const port = present(parentPort, 'the port of a worker thread')
const { folder } = workerData as WorkerSettings
const say = (answer: FromWorker) => port.postMessage(answer)
const corpora = new Map<string, Held>()
const refusals = new Map<string, Unusable>()
const keeper: Keeper | null = folder ? openKeeper(folder, madeBy(), (note) => say({ id: 0, note })) : null
const learner = openLearner(
  (zoneId) => corpora.get(zoneId)?.prepared,
  (zoneId, error) => say({ id: 0, note: { about: 'unlearnt', zoneId, why: String(error) } }),
)
if (keeper) setInterval(() => keeper.keepDue(corpora), KEEP_LOOK_MS).unref()

port.on('message', async (message: ToWorker) => {
  try {
    say(await answer(message))
  } catch (error) {
    say({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

function answer(message: ToWorker): FromWorker | Promise<FromWorker> {
  switch (message.do) {
    case 'keep':
      return beginKeeping(message.id)
    case 'close':
      return close(message.id)
    case 'load':
      return load(message.id, message.zoneId)
    case 'forget':
      return forget(message.id, message.zoneId, message.why)
    case 'learn':
      return learn(message.id, message.zoneId, message)
    case 'follow':
      return follow(message.id, message.zoneId, message.changes)
    default:
      return answerFrom(corpora.get(message.zoneId), message)
  }
}

function answerFrom(held: Held | undefined, message: Extract<ToWorker, { version: string }>): FromWorker {
  const { id } = message
  if (!held || BigInt(held.mark.version) < BigInt(message.version))
    return { id, missing: true, held: held?.mark.version ?? null }
  const { prepared, origin, mark } = held
  if (message.do === 'look') return { id, ready: true }
  if (message.do === 'brief') return { id, brief: rankBriefly(prepared, message.question) }
  if (message.do === 'wanting')
    return { id, wanting: wantingOf(prepared, message.askings, message.party, message.told) }
  return { id, ranking: { version: mark.version, origin, ...answerOf(prepared, message.question, message.told) } }
}

async function beginKeeping(id: number): Promise<FromWorker> {
  return { id, zones: (await keeper?.begin()) ?? [] }
}

async function close(id: number): Promise<FromWorker> {
  await keeper?.keepAll(corpora)
  return { id, ready: true }
}

async function load(id: number, zoneId: string): Promise<FromWorker> {
  const { loaded, refused } = (await keeper?.load(zoneId)) ?? { loaded: null, refused: null }
  if (refused) refusals.set(zoneId, refused)
  if (!loaded) return { id, loaded: null }
  corpora.set(zoneId, { ...loaded, origin: { from: 'snapshot', refused: null } })
  learner.note(zoneId, 'all')
  return { id, loaded: loaded.mark }
}

function forget(id: number, zoneId: string, why: Unusable): FromWorker {
  corpora.delete(zoneId)
  refusals.set(zoneId, why)
  keeper?.drop(zoneId)
  say({ id: 0, note: { about: 'refused', zoneId, why } })
  return { id, ready: true }
}

function learn(id: number, zoneId: string, { mark, corpus }: { mark: Mark; corpus: Corpus }): FromWorker {
  // Read anew because it could not be followed: what the snapshot says may be gone.
  if (corpora.has(zoneId)) keeper?.drop(zoneId)
  const refused = refusals.get(zoneId) ?? null
  refusals.delete(zoneId)
  const answer = keep(id, zoneId, { mark, prepared: prepareCorpus(corpus), origin: { from: 'database', refused } })
  learner.note(zoneId, 'all')
  return answer
}

function follow(id: number, zoneId: string, changes: Changes): FromWorker {
  const known = corpora.get(zoneId)
  corpora.delete(zoneId)
  if (known && takesAway(known.prepared, changes)) keeper?.drop(zoneId)
  keeper?.changed(zoneId, changes.texts.named.length)
  const changed = known ? bilingualChanged(known.prepared, changes) : 0
  const prepared = known && applyChanges(known.prepared, changes)
  if (!prepared) keeper?.drop(zoneId)
  const answer = keep(id, zoneId, prepared ? { ...known, prepared, mark: changes.mark } : null)
  learner.note(zoneId, changed)
  return answer
}

/** Holds a zone as the last one asked for, and lets go of those that were asked for longest ago, their snapshots too. */
function keep(id: number, zoneId: string, held: Held | null): FromWorker {
  corpora.delete(zoneId)
  if (held) corpora.set(zoneId, held)
  const evicted = [...corpora.keys()].slice(0, Math.max(0, corpora.size - CORPORA_KEPT_MAX))
  for (const one of evicted) {
    corpora.delete(one)
    keeper?.drop(one)
  }
  return { id, learned: true, held: held?.mark.version ?? null, evicted }
}

function answerOf(prepared: PreparedCorpus, question: Question, told: Told): Omit<RankingAnswer, 'version' | 'origin'> {
  const { book } = prepared
  const cell = typeof told === 'object' ? told.cell : undefined
  const toldMax = cell === undefined ? EVIDENCE_ON_BOARD_MAX : EVIDENCE_IN_CELL_MAX
  const { candidates, supports, near } = rank(prepared, question)
  const { learnt } = prepared
  const terms = new Map(question.capabilities.map(({ id, names }) => [id, names.flatMap(contentTermsOf)]))
  return {
    candidates,
    pairs: told === 'board' && learnt ? { records: learnt.records, terms: learnt.pairs.size, hash: learnt.hash } : null,
    supports: [...supports]
      .filter(([organisationId]) => told === 'cover' || organisationId === cell)
      .map(([organisationId, cells]) => ({
        organisationId,
        cells: cells.map(({ texts, ...support }) => ({
          ...support,
          evidence: texts.slice(0, toldMax).map(({ text, fit, level, named }) => ({
            ...quoteOf(book, text, terms.get(support.capabilityId) ?? []),
            fit,
            level,
            named,
            trl: book.texts[text]!.trl,
          })),
        })),
      })),
    near: near.map(({ text, ...one }) => ({
      ...one,
      evidence: quoteOf(book, text, terms.get(one.capabilityId) ?? []),
    })),
    looked: {
      organisations: book.organisations.length,
      results: book.texts.filter(({ kind }) => kind === 'result').length,
      texts: book.texts.filter(({ kind, text, title }) => kind !== 'part' && (text || title)).length,
    },
  }
}
