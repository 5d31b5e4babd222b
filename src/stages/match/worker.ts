import { parentPort } from 'node:worker_threads'
import { termsOf } from '#engines/text/tokens.ts'
import { present } from '#kit/assert.ts'
import type { Quote } from './model.ts'
import type { Corpus, Question } from './question.ts'
import { type PreparedCorpus, prepareCorpus, quoteOf, type Ranking, rank } from './ranking.ts'

/** A zone's corpus stays here until it changes, so that a question costs a search and not a reading. */
const CORPORA_KEPT_MAX = 8
/** A board shows the best evidence of a cell; an opened cell asks for that cell alone and gets all. */
const EVIDENCE_ON_BOARD_MAX = 1
const EVIDENCE_IN_CELL_MAX = 12

export type ToWorker =
  | { id: number; do: 'learn'; zoneId: string; version: string; corpus: Corpus }
  /** `cell` asks for one organisation's cells with all their evidence. */
  | { id: number; do: 'rank'; zoneId: string; version: string; question: Question; cell?: string }

export type FromWorker =
  | { id: number; missing: true }
  | { id: number; learned: true }
  | { id: number; ranking: RankingAnswer }
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
  if (message.do === 'learn') {
    corpora.delete(message.zoneId)
    corpora.set(message.zoneId, { version: message.version, prepared: prepareCorpus(message.corpus) })
    for (const zoneId of corpora.keys()) if (corpora.size > CORPORA_KEPT_MAX) corpora.delete(zoneId)
    return { id: message.id, learned: true }
  }
  const known = corpora.get(message.zoneId)
  if (known?.version !== message.version) return { id: message.id, missing: true }
  return { id: message.id, ranking: answerOf(known.prepared, message.question, message.cell) }
}

function answerOf(prepared: PreparedCorpus, question: Question, cell: string | undefined): RankingAnswer {
  const { book } = prepared
  const toldMax = cell === undefined ? EVIDENCE_ON_BOARD_MAX : EVIDENCE_IN_CELL_MAX
  const { candidates, supports, near } = rank(prepared, question)
  const terms = new Map(question.capabilities.map(({ id, names }) => [id, names.flatMap((name) => termsOf(name))]))
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
