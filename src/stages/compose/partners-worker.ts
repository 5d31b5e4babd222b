import { parentPort } from 'node:worker_threads'
import type { PartnerRecords } from '#engines/partners/types.ts'
import { present } from '#kit/assert.ts'
import { Fault } from '#kit/fault.ts'
import {
  openBook,
  type PartnersAsked,
  type PartnersBook,
  type PartnersRanked,
  rankPartnersOf,
} from './partners-rank.ts'

/** A zone's records stay laid out until they change or the day ends; they take more room than those of the match board. */
const BOOKS_KEPT_MAX = 3

export type ToPartnersWorker =
  | { id: number; do: 'open'; zoneId: string; version: string; day: string; records: PartnerRecords }
  | { id: number; do: 'rank'; zoneId: string; version: string; day: string; asked: PartnersAsked }

export type FromPartnersWorker =
  /** The zone is not held as it is by that version and on that day. */
  | { id: number; missing: true }
  | { id: number; opened: true }
  | { id: number; ranked: PartnersRanked }
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
  const { id, zoneId, version, day } = message
  const held = books.get(zoneId)
  books.delete(zoneId)
  if (message.do === 'open') {
    for (const one of books.keys()) if (books.size >= BOOKS_KEPT_MAX) books.delete(one)
    books.set(zoneId, { version, book: openBook(message.records, day) })
    return { id, opened: true }
  }
  if (!held || BigInt(held.version) < BigInt(version) || held.book.today !== day) return { id, missing: true }
  books.set(zoneId, held)
  return { id, ranked: rankPartnersOf(held.book, message.asked) }
}

function failure(id: number, error: unknown): FromPartnersWorker {
  if (error instanceof Fault) return { id, refused: [error.code, error.message, error.details] }
  return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
