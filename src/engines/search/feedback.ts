import { heaviest, QUERY_TERMS_MAX, type QueryTerm } from './query.ts'
import type { Sketches } from './sketch.ts'

/** A document found, with its score. */
export interface Found {
  document: number
  score: number
}

/** So many of the best documents are taken to be about what was asked. */
export const FEEDBACK_DOCUMENTS = 15
const FEEDBACK_TERMS_MAX = 60
/** A term that only one of them says is its own affair. */
const HOLDING_MIN = 2
/** The share of the expanded query that feedback may have, where the documents that rank first are all alike in score. */
const FEEDBACK_SHARE_MAX = 0.7
/** How fast that share falls where one document stands out: a title asked for by name needs no other words. */
const STANDING_OUT_EXPONENT = 2.5
/** Below this share the second look is not worth its time. */
const FEEDBACK_SHARE_MIN = 0.02
const FIRST_DOCUMENTS = 10
/** How fast a document's say in feedback falls with its score, as a share of the best. */
const SAY_EXPONENT = 4
/** A need of more distinct terms than this, about a page, says enough itself. */
const FEEDBACK_QUERY_TERMS_MAX = 40

/**
 * How alike the best documents score, from 0 (one stands alone) to 1: the mean of the second to tenth score as a share
 * of the first. It decides how far feedback and neighbours are trusted.
 */
export function evenness(found: readonly Found[]): number {
  const [first, ...others] = found.slice(0, FIRST_DOCUMENTS)
  if (!first || others.length === 0) return 0
  return others.reduce((sum, { score }) => sum + score, 0) / others.length / first.score
}

/** Whether a query is short enough for feedback to be tried. */
export function wantsFeedback(query: readonly QueryTerm[]): boolean {
  return query.length <= FEEDBACK_QUERY_TERMS_MAX
}

/**
 * The query with terms that the best documents share (Rocchio 1971, without negative feedback), in proportion to how
 * evenly they score; the query itself where one document stands out.
 */
export function expandByFeedback(
  query: readonly QueryTerm[],
  found: readonly Found[],
  sketches: Sketches,
  nameOf: (term: number) => string,
  idOf: (document: number) => string,
): QueryTerm[] {
  const share = FEEDBACK_SHARE_MAX * evenness(found) ** STANDING_OUT_EXPONENT
  if (share < FEEDBACK_SHARE_MIN) return [...query]
  const common = heaviest(commonTerms(found, sketches, nameOf), FEEDBACK_TERMS_MAX)
  const [querySum, commonSum] = [sumOf(query), sumOf(common)]
  if (commonSum === 0) return [...query]
  const expanded = new Map(query.map((one) => [one.number, { ...one, weight: one.weight * (1 - share) }]))
  for (const { term, number, weight, holders } of common) {
    const added = (share * weight * querySum) / commonSum
    const known = expanded.get(number)
    if (known) known.weight += added
    else
      expanded.set(number, { term, number, weight: added, expandedFrom: { by: 'feedback', from: holders.map(idOf) } })
  }
  return heaviest([...expanded.values()], QUERY_TERMS_MAX + FEEDBACK_TERMS_MAX)
}

function commonTerms(found: readonly Found[], sketches: Sketches, nameOf: (term: number) => string) {
  const common = new Map<number, { term: string; number: number; weight: number; holders: number[] }>()
  const best = found[0]!.score
  for (const { document, score } of found.slice(0, FEEDBACK_DOCUMENTS)) {
    const say = (score / best) ** SAY_EXPONENT
    const { terms, weights } = sketches.of(document)
    for (let at = 0; at < terms.length; at += 1) {
      if (weights[at] === 0) continue
      const number = terms[at]!
      let one = common.get(number)
      if (!one) {
        one = { term: nameOf(number), number, weight: 0, holders: [] }
        common.set(number, one)
      }
      one.weight += weights[at]! * say
      one.holders.push(document)
    }
  }
  return [...common.values()].filter(({ holders }) => holders.length >= HOLDING_MIN)
}

function sumOf(terms: readonly { weight: number }[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0)
}
