import { tokensOf } from '#engines/text/tokens.ts'
import { inverseDocumentFrequency, lengthNorm, saturation } from './bm25.ts'
import type { Postings, Reading } from './build.ts'

export interface SearchOptions {
  /** How many hits are wanted, at most `HITS_MAX`. */
  k?: number
  /** Keeps the documents for which it is true. */
  filter?: (id: string) => boolean
  lang?: string
}

export interface Hit {
  id: string
  /** Good for ordering within one query only; says nothing across queries. */
  score: number
  /** What each term of the query brought, the greatest first. */
  terms: { term: string; weight: number }[]
}

export interface IndexData extends Reading, Postings {
  ids: readonly string[]
  fieldNames: readonly string[]
  fieldWeights: readonly number[]
  k1: number
  b: number
}

export const HITS_MAX = 10_000
/** What a query says beyond this many characters is not read. */
export const QUERY_CHARS_MAX = 20_000
/** Of a longer query the most telling terms are taken. */
export const QUERY_TERMS_MAX = 256

interface QueryTerm {
  term: string
  number: number
  /** Inverse document frequency times the occurrences in the query. */
  weight: number
}

/** An inverted index as `buildIndex` makes it: plain data, and the questions it answers. */
export class SearchIndex {
  readonly data: IndexData
  private readonly norms: Float32Array
  private readonly scores: Float64Array

  constructor(data: IndexData) {
    this.data = data
    this.norms = data.lengths.map((length) => lengthNorm(length, data.averageLength, data.k1, data.b))
    this.scores = new Float64Array(data.ids.length)
  }

  get documentsCount(): number {
    return this.data.ids.length
  }

  /** In how many documents a term, as the tokeniser gives it, stands. */
  documentFrequency(term: string): number {
    const number = this.data.terms.get(term)
    return number === undefined ? 0 : this.data.postingStarts[number + 1]! - this.data.postingStarts[number]!
  }

  /** Documents by BM25, the best first, equal ones by id. A query without a term that is indexed finds nothing. */
  search(queryText: string, options: SearchOptions = {}): Hit[] {
    const query = this.queryTerms(queryText, options.lang)
    const found = this.score(query)
    const { ids } = this.data
    const kept = options.filter ? found.filter((ordinal) => options.filter!(ids[ordinal]!)) : found
    const ranked = kept
      .sort((a, b) => this.scores[b]! - this.scores[a]! || a - b)
      .slice(0, Math.min(options.k ?? 10, HITS_MAX))
    const hits = ranked.map((ordinal) => this.hitOf(ordinal, query))
    for (const ordinal of found) this.scores[ordinal] = 0
    return hits
  }

  private queryTerms(queryText: string, lang: string | undefined): QueryTerm[] {
    const tokens = tokensOf(queryText.slice(0, QUERY_CHARS_MAX), lang === undefined ? {} : { lang })
    const telling = tokens.some(({ stop }) => !stop) ? tokens.filter(({ stop }) => !stop) : tokens
    const occurrences = new Map<string, number>()
    for (const { term } of telling) occurrences.set(term, (occurrences.get(term) ?? 0) + 1)
    const terms: QueryTerm[] = []
    for (const [term, count] of occurrences) {
      const number = this.data.terms.get(term)
      if (number === undefined) continue
      const idf = inverseDocumentFrequency(this.documentsCount, this.documentFrequency(term))
      terms.push({ term, number, weight: idf * count })
    }
    return terms.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1)).slice(0, QUERY_TERMS_MAX)
  }

  /** Adds every term's part to `scores`; the ordinals of the documents that any of them touched. */
  private score(query: readonly QueryTerm[]): number[] {
    const { postingStarts, postingDocuments, postingFrequencies, k1 } = this.data
    const found: number[] = []
    for (const { number, weight } of query)
      for (let at = postingStarts[number]!; at < postingStarts[number + 1]!; at += 1) {
        const document = postingDocuments[at]!
        if (this.scores[document] === 0) found.push(document)
        this.scores[document]! += weight * saturation(postingFrequencies[at]!, this.norms[document]!, k1)
      }
    return found
  }

  private hitOf(ordinal: number, query: readonly QueryTerm[]): Hit {
    const terms: Hit['terms'] = []
    for (const { term, number, weight } of query) {
      const posting = this.postingOf(number, ordinal)
      if (posting < 0) continue
      const part = weight * saturation(this.data.postingFrequencies[posting]!, this.norms[ordinal]!, this.data.k1)
      terms.push({ term, weight: part })
    }
    terms.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    return { id: this.data.ids[ordinal]!, score: this.scores[ordinal]!, terms }
  }

  /** The place of a document among a term's postings, or -1. */
  private postingOf(term: number, document: number): number {
    const { postingStarts, postingDocuments } = this.data
    let low = postingStarts[term]!
    let high = postingStarts[term + 1]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (postingDocuments[middle]! < document) low = middle + 1
      else high = middle
    }
    return low < postingStarts[term + 1]! && postingDocuments[low] === document ? low : -1
  }
}
