import { lengthNorm } from './bm25.ts'
import type { Expansion, QueryTerm } from './query.ts'
import { type DocumentTerms, impactOf, impactUnit, type Scheme } from './segment.ts'
import type { Addition, Place } from './standing.ts'

export interface Hit {
  id: string
  /** Good for ordering within one query only; says nothing across queries. The sum of the weights below. */
  score: number
  /** What each term brought, the greatest first; computed when it is first read. */
  terms: HitTerm[]
  /** What documents about the same that rank well too brought. */
  neighbours: { id: string; weight: number }[]
  /** What the way it says things brought; computed when it is first read. */
  additions: Addition[]
}

export interface HitTerm {
  term: string
  weight: number
  /** Why the term was asked for, where the query does not say it. */
  expandedFrom?: Expansion
}

/** What each of a query's terms brought to a document that `reader` has just read; `worthOf` says by the term's place. */
export function explainTerms(
  query: readonly QueryTerm[],
  { segment, local }: Place,
  reader: DocumentTerms,
  { k1, b }: Scheme,
  worthOf: (at: number) => number,
): HitTerm[] {
  const norm = lengthNorm(segment.lengths[local]!, segment.averageLength, k1, b)
  const terms: HitTerm[] = []
  query.forEach(({ term, number, expandedFrom }, at) => {
    const frequency = reader.frequencies[number]!
    if (frequency === 0) return
    const weight = worthOf(at) * impactOf(frequency, norm, k1, impactUnit(k1))
    terms.push(expandedFrom ? { term, weight, expandedFrom } : { term, weight })
  })
  return terms.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
}
