import { type Token, tokensOf } from '#engines/text/tokens.ts'
import { withoutAsking } from './asking.ts'
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
/** What a joined form, a part or a word laid over its bigrams counts beside the words it says once more. */
const SAID_AGAIN_WEIGHT = 0.4
/** How soon it stops mattering that a query says a term again (BM25's k3). */
const QUERY_SATURATION = 1
/** A telling term counts more than its share: of two documents, the one with the rarer words was meant. */
const TELLINGNESS_EXPONENT = 1.35

/** What a query asks for, as an index knows it. */
export interface ReadQuery {
  /** The terms that are indexed, the most telling first, and those that `pairs` has for them. */
  terms: QueryTerm[]
  /** Those that stand beside each other in the query, each two once. */
  adjacent: AdjacentTerms[]
}

export interface AdjacentTerms {
  first: QueryTerm
  second: QueryTerm
  /** The lesser of their weights. */
  weight: number
}

export function readQuery(
  text: string,
  { lang, pairs }: { lang?: string | undefined; pairs?: TermPairs | undefined },
  dictionary: Dictionary,
  statistics: Statistics,
): ReadQuery {
  const tokens = tokensOf(withoutAsking(text.slice(0, QUERY_CHARS_MAX)), lang === undefined ? {} : { lang })
  const occurrences = occurrencesOf(tokens.some(({ stop }) => !stop) ? tokens.filter(({ stop }) => !stop) : tokens)
  const terms = new Map<string, QueryTerm>()
  const add = (term: string, count: number, expandedFrom?: Expansion) => {
    const number = dictionary.numbers.get(term)
    const weight = number === undefined ? 0 : count * statistics.tellingness(number) ** TELLINGNESS_EXPONENT
    if (number !== undefined && weight > 0)
      terms.set(term, expandedFrom ? { term, number, weight, expandedFrom } : { term, number, weight })
  }
  for (const [term, count] of occurrences) add(term, count)
  if (pairs)
    for (const [term, { count, from }] of pairedTerms(occurrences, pairs))
      if (!occurrences.has(term)) add(term, count, { by: 'pairs', from })
  const chosen = heaviest([...terms.values()], QUERY_TERMS_MAX)
  return { terms: chosen, adjacent: adjacentTerms(tokens, chosen) }
}

/** Words of the query that say nothing, or that no document holds, do not stand between others. */
function adjacentTerms(tokens: readonly Token[], chosen: readonly QueryTerm[]): AdjacentTerms[] {
  const known = new Map(chosen.map((one) => [one.term, one]))
  const sequence = tokens.flatMap(({ term, moves, stop }) => (moves && !stop ? (known.get(term) ?? []) : []))
  const found = new Map<string, AdjacentTerms>()
  for (let at = 1; at < sequence.length; at += 1) {
    const [first, second] = [sequence[at - 1]!, sequence[at]!]
    const [lower, upper] = [first, second].map(({ number }) => number).sort((a, b) => a - b)
    if (lower !== upper && !found.has(`${lower} ${upper}`))
      found.set(`${lower} ${upper}`, { first, second, weight: Math.min(first.weight, second.weight) })
  }
  return [...found.values()]
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

/** How much a query says each term: less and less for each time. */
function occurrencesOf(tokens: readonly Token[]): Map<string, number> {
  const occurrences = new Map<string, number>()
  for (const { term, moves } of tokens)
    occurrences.set(term, (occurrences.get(term) ?? 0) + (moves ? 1 : SAID_AGAIN_WEIGHT))
  for (const [term, count] of occurrences)
    occurrences.set(term, (count * (QUERY_SATURATION + 1)) / (count + QUERY_SATURATION))
  return occurrences
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
