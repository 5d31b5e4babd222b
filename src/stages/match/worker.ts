import { parentPort } from 'node:worker_threads'
import { present } from '#kit/assert.ts'
import { contentTermsOf } from './content-words.ts'
import type { Quote } from './model.ts'
import { applyChanges, type Changes, type PreparedCorpus, prepareCorpus } from './prepared.ts'
import type { Corpus, Question } from './question.ts'
import { type Brief, quoteOf, type Ranking, rank, rankBriefly } from './ranking.ts'
import { type Asking, type Party, type WantingFound, wantingOf } from './wanted-ranking.ts'

/** A zone's corpus stays here until it changes, so that a question costs a search and not a reading. */
const CORPORA_KEPT_MAX = 8
/** A board shows the best evidence of a cell; an opened cell asks for that cell alone and gets all. */
const EVIDENCE_ON_BOARD_MAX = 1
const EVIDENCE_IN_CELL_MAX = 12

export type ToWorker =
  | { id: number; do: 'learn'; zoneId: string; version: string; corpus: Corpus }
  /** Brings what is held up to date; forgets it where that can't be done. */
  | { id: number; do: 'follow'; zoneId: string; changes: Changes }
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
  /** `cell` asks for one organisation's cells with all their evidence. */
  | { id: number; do: 'rank'; zoneId: string; version: string; question: Question; cell?: string }

export type FromWorker =
  /** The zone is not held, or only as it was up to `held`. */
  | { id: number; missing: true; held: string | null }
  | { id: number; learned: true }
  | { id: number; ranking: RankingAnswer }
  | { id: number; brief: Brief[] }
  | { id: number; wanting: WantingFound[] }
  | { id: number; error: string }

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
}

const port = present(parentPort, 'the port of a worker thread')
const corpora = new Map<string, { version: string; prepared: PreparedCorpus }>()

port.on('message', (message: ToWorker) => {
  try {
    port.postMessage(answer(message))
  } catch (error) {
    port.postMessage({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

function answer(message: ToWorker): FromWorker {
  const { id, zoneId } = message
  const known = corpora.get(zoneId)
  if (message.do === 'learn')
    return keep(message, { version: message.version, prepared: prepareCorpus(message.corpus) })
  if (message.do === 'follow') {
    corpora.delete(zoneId)
    const prepared = known && applyChanges(known.prepared, message.changes)
    return keep(message, prepared ? { version: message.changes.version, prepared } : null)
  }
  if (!known || BigInt(known.version) < BigInt(message.version))
    return { id, missing: true, held: known?.version ?? null }
  if (message.do === 'brief') return { id, brief: rankBriefly(known.prepared, message.question) }
  if (message.do === 'wanting')
    return { id, wanting: wantingOf(known.prepared, message.askings, message.party, message.told) }
  return { id, ranking: { version: known.version, ...answerOf(known.prepared, message.question, message.cell) } }
}

function keep({ id, zoneId }: ToWorker, held: { version: string; prepared: PreparedCorpus } | null): FromWorker {
  corpora.delete(zoneId)
  if (held) corpora.set(zoneId, held)
  for (const one of corpora.keys()) if (corpora.size > CORPORA_KEPT_MAX) corpora.delete(one)
  return { id, learned: true }
}

function answerOf(
  prepared: PreparedCorpus,
  question: Question,
  cell: string | undefined,
): Omit<RankingAnswer, 'version'> {
  const { book } = prepared
  const toldMax = cell === undefined ? EVIDENCE_ON_BOARD_MAX : EVIDENCE_IN_CELL_MAX
  const { candidates, supports, near } = rank(prepared, question)
  const terms = new Map(question.capabilities.map(({ id, names }) => [id, names.flatMap(contentTermsOf)]))
  return {
    candidates,
    supports: [...supports]
      .filter(([organisationId]) => cell === undefined || organisationId === cell)
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
