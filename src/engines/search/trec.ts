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

/** A run in TREC form, a line a hit: `query Q0 document rank score tag`, ranks from 1. */
export function* trecRun(
  documents: Iterable<TrecDocument>,
  queries: Iterable<TrecQuery>,
  options: IndexOptions & { k?: number; tag?: string } = {},
): Generator<string> {
  const index = buildIndex(searchDocuments(documents), options)
  for (const query of queries)
    for (const [at, hit] of index.search(query.text, { k: options.k ?? 100, ...langOf(query) }).entries())
      yield `${query.id} Q0 ${hit.id} ${at + 1} ${hit.score.toFixed(6)} ${options.tag ?? 'consortia'}`
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
