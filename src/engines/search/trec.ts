import { type BatchHit, searchBatch } from './batch.ts'
import { buildIndex, type IndexOptions } from './build.ts'

export interface TrecDocument {
  id: string
  lang?: string
  title?: string
  text: string
}

export interface TrecQuery {
  id: string
  lang?: string
  text: string
}

/** Fewer queries than this are answered before other threads have started. */
const SHARED_QUERIES_MIN = 200

export interface TrecOptions extends IndexOptions {
  k?: number
  tag?: string
  /** How many threads share the queries, where there are many. */
  threads?: number
}

/** A run in TREC form, a line a hit: `query Q0 document rank score tag`, ranks from 1, in the order of the queries. */
export async function* trecRun(
  documents: Iterable<TrecDocument>,
  queries: readonly TrecQuery[],
  { k = 100, tag = 'consortia', threads = 1, ...options }: TrecOptions = {},
): AsyncGenerator<string> {
  const index = buildIndex(searchDocuments(documents), options)
  const isShared = threads > 1 && queries.length >= SHARED_QUERIES_MIN
  const answers = isShared ? await searchBatch(index, queries, { threads, k }) : []
  for (const [place, query] of queries.entries()) {
    const hits: readonly BatchHit[] = answers[place] ?? index.search(query.text, { k, ...langOf(query) })
    for (const [at, { id, score }] of hits.entries()) yield `${query.id} Q0 ${id} ${at + 1} ${score.toFixed(6)} ${tag}`
  }
}

function* searchDocuments(documents: Iterable<TrecDocument>) {
  for (const document of documents) {
    const { id, title, text } = document
    yield { id, fields: { title, text }, ...langOf(document) }
  }
}

function langOf({ lang }: { lang?: string }): { lang?: string } {
  return lang === undefined ? {} : { lang }
}
