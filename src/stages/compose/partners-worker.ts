import { parentPort } from 'node:worker_threads'
import { present } from '#kit/assert.ts'
import { Fault } from '#kit/fault.ts'
import { type LikelyAsked, type LikelyRated, rateLikelyOf } from './partners-likely.ts'
import {
  openBook,
  type PartnersAsked,
  type PartnersBook,
  type PartnersRanked,
  rankPartnersOf,
  type Taught,
} from './partners-rank.ts'
import { applyPartnerChanges, type KeyedRecords, type PartnerChanges } from './partners-records.ts'

/** A zone's records stay laid out until they change or the day ends; they take more room than those of the match board. */
const BOOKS_KEPT_MAX = 3

export type ToPartnersWorker =
  | { id: number; do: 'open'; zoneId: string; version: string; day: string; records: KeyedRecords }
  /** Brings what is held up to date; forgets it where nothing is. */
  | { id: number; do: 'follow'; zoneId: string; day: string; changes: PartnerChanges }
  | { id: number; do: 'rank'; zoneId: string; version: string; day: string; asked: PartnersAsked; taught: Taught }
  | { id: number; do: 'rate'; zoneId: string; version: string; day: string; asked: LikelyAsked; taught: Taught }

export type FromPartnersWorker =
  /** The zone is not held, or only as it was up to `held`, or on another day. */
  | { id: number; missing: true; held: string | null }
  | { id: number; opened: true }
  | { id: number; ranked: PartnersRanked }
  | { id: number; rated: LikelyRated }
  | { id: number; refused: ConstructorParameters<typeof Fault> }
  | { id: number; error: string }

const port = present(parentPort, 'the port of a worker thread')
const books = new Map<string, { version: string; book: PartnersBook }>()

port.on('message', (message: ToPartnersWorker) => {
  try {
    port.postMessage(answer(message))
  } catch (error) {
    port.postMessage(failure(message.id, error))
  }
})

function answer(message: ToPartnersWorker): FromPartnersWorker {
  const { id, zoneId, day } = message
  const held = books.get(zoneId)
  if (message.do === 'open') return keep(message, message.version, openBook(message.records, day))
  if (message.do === 'follow') {
    books.delete(zoneId)
    if (!held) return { id, opened: true }
    const { changes } = message
    return keep(message, changes.version, openBook(applyPartnerChanges(held.book.records, changes), day, held.book))
  }
  if (!held || BigInt(held.version) < BigInt(message.version) || held.book.today !== day)
    return { id, missing: true, held: held?.version ?? null }
  books.delete(zoneId)
  books.set(zoneId, held)
  return message.do === 'rank'
    ? { id, ranked: rankPartnersOf(held.book, message.asked, message.taught) }
    : { id, rated: rateLikelyOf(held.book, message.asked, message.taught) }
}

function keep({ id, zoneId }: ToPartnersWorker, version: string, book: PartnersBook): FromPartnersWorker {
  books.delete(zoneId)
  for (const one of books.keys()) if (books.size >= BOOKS_KEPT_MAX) books.delete(one)
  books.set(zoneId, { version, book })
  return { id, opened: true }
}

function failure(id: number, error: unknown): FromPartnersWorker {
  if (error instanceof Fault) return { id, refused: [error.code, error.message, error.details] }
  return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
