import { tokensOf } from '#engines/text/tokens.ts'
import type { Dictionary, Statistics } from './statistics.ts'
import { WEIGHT_MAX, type Weighed } from './top.ts'

/** A term that documents are scored by. */
export interface QueryTerm {
  term: string
  number: number
  weight: number
  /** Why a term is asked for that the query does not say; absent where the query says it itself. */
  expandedFrom?: Expansion
}

export interface Expansion {
  /** Learnt from the documents that rank first, or from pairs of terms in two languages. */
  by: 'feedback' | 'pairs'
  /** The ids of those documents, or the query's own terms. */
  from: readonly string[]
}

/** Terms in another language for a query's terms, each with how surely it says the same, from 0 to 1. */
export type TermPairs = ReadonlyMap<string, readonly { term: string; share: number }[]>

/** What a query says beyond this many characters is not read. */
export const QUERY_CHARS_MAX = 20_000
/** Of a longer query the most telling terms are taken. */
export const QUERY_TERMS_MAX = 256

/** A query's terms that are indexed, the most telling first, and those that `pairs` has for them. */
export function queryTermsOf(
  text: string,
  { lang, pairs }: { lang?: string | undefined; pairs?: TermPairs | undefined },
  dictionary: Dictionary,
  statistics: Statistics,
): QueryTerm[] {
  const tokens = tokensOf(text.slice(0, QUERY_CHARS_MAX), lang === undefined ? {} : { lang })
  const telling = tokens.some(({ stop }) => !stop) ? tokens.filter(({ stop }) => !stop) : tokens
  const occurrences = new Map<string, number>()
  for (const { term } of telling) occurrences.set(term, (occurrences.get(term) ?? 0) + 1)
  const terms = new Map<string, QueryTerm>()
  const add = (term: string, count: number, expandedFrom?: Expansion) => {
    const number = dictionary.numbers.get(term)
    const weight = number === undefined ? 0 : count * statistics.tellingness(number)
    if (number !== undefined && weight > 0)
      terms.set(term, { term, number, weight, ...(expandedFrom ? { expandedFrom } : {}) })
  }
  for (const [term, count] of occurrences) add(term, count)
  if (pairs)
    for (const [term, { count, from }] of pairedTerms(occurrences, pairs))
      if (!occurrences.has(term)) add(term, count, { by: 'pairs', from })
  return heaviest([...terms.values()], QUERY_TERMS_MAX)
}

/** Terms by weight, equal ones by name, so that their numbers do not matter. */
export function heaviest<T extends { term: string; weight: number }>(terms: T[], countMax: number): T[] {
  return terms.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1)).slice(0, countMax)
}

/** Weights as whole numbers in proportion, for exact sums, and what one unit of them is worth. */
export function wholeWeights(terms: readonly QueryTerm[]): { weighed: Weighed[]; unit: number } {
  const greatest = Math.max(...terms.map(({ weight }) => weight))
  const unit = greatest / WEIGHT_MAX
  return {
    unit,
    weighed: terms.map(({ number, weight }) => ({ number, weight: Math.max(1, Math.round(weight / unit)) })),
  }
}

function pairedTerms(occurrences: ReadonlyMap<string, number>, pairs: TermPairs) {
  const found = new Map<string, { count: number; from: string[] }>()
  for (const [asked, count] of occurrences)
    for (const { term, share } of pairs.get(asked) ?? []) {
      const known = found.get(term) ?? { count: 0, from: [] }
      found.set(term, { count: known.count + count * share, from: [...known.from, asked] })
    }
  return found
}
