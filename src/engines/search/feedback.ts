import { heaviest, QUERY_TERMS_MAX, type QueryTerm } from './query.ts'
import type { Sketches } from './sketch.ts'

/** A document found, with its score. */
export interface Found {
  document: number
  score: number
}

/** So many of the best documents are taken to be about what was asked; fewer than a number has bits. */
export const FEEDBACK_DOCUMENTS = 15
const FEEDBACK_TERMS_MAX = 60
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
  termsCount: number,
  nameOf: (term: number) => string,
  idOf: (document: number) => string,
): QueryTerm[] {
  const share = FEEDBACK_SHARE_MAX * evenness(found) ** STANDING_OUT_EXPONENT
  if (share < FEEDBACK_SHARE_MIN) return [...query]
  const common = heaviest(
    commonTerms(found.slice(0, FEEDBACK_DOCUMENTS), sketches, termsCount, nameOf),
    FEEDBACK_TERMS_MAX,
  )
  const [querySum, commonSum] = [sumOf(query), sumOf(common)]
  if (commonSum === 0) return [...query]
  const expanded = new Map(query.map((one) => [one.number, { ...one, weight: one.weight * (1 - share) }]))
  for (const { term, number, weight, holders } of common) {
    const added = (share * weight * querySum) / commonSum
    const known = expanded.get(number)
    if (known) known.weight += added
    else
      expanded.set(number, {
        term,
        number,
        weight: added,
        expandedFrom: { by: 'feedback', from: holdersOf(holders, found).map(idOf) },
      })
  }
  return heaviest([...expanded.values()], QUERY_TERMS_MAX + FEEDBACK_TERMS_MAX)
}

interface CommonTerm {
  term: string
  number: number
  weight: number
  /** The documents that hold it: a bit for the place of each. */
  holders: number
}

/** By term: its place in what follows, counted from 1. All 0 between calls. */
let placeOfTerm = new Int32Array(0)
const commonNumbers: number[] = []
const commonWeights: number[] = []
const commonHolders: number[] = []

function commonTerms(
  found: readonly Found[],
  sketches: Sketches,
  termsCount: number,
  nameOf: (term: number) => string,
): CommonTerm[] {
  if (placeOfTerm.length < termsCount) placeOfTerm = new Int32Array(termsCount)
  const best = found[0]!.score
  let count = 0
  found.forEach(({ document, score }, holder) => {
    const say = (score / best) ** SAY_EXPONENT
    const { terms, weights, count: ownCount } = sketches.wholeOf(document)
    for (let at = 0; at < ownCount; at += 1) {
      const number = terms[at]!
      let place = placeOfTerm[number]!
      if (place === 0) {
        count += 1
        place = count
        placeOfTerm[number] = place
        commonNumbers[place] = number
        commonWeights[place] = 0
        commonHolders[place] = 0
      }
      commonWeights[place]! += weights[at]! * say
      commonHolders[place]! |= 1 << holder
    }
  })
  const common: CommonTerm[] = []
  for (let place = 1; place <= count; place += 1) {
    const number = commonNumbers[place]!
    placeOfTerm[number] = 0
    const holders = commonHolders[place]!
    if (isHeldEnough(holders)) common.push({ term: nameOf(number), number, weight: commonWeights[place]!, holders })
  }
  return common
}

/** Whether more than one bit is set: a term that only one document says is its own affair. */
function isHeldEnough(holders: number): boolean {
  return (holders & (holders - 1)) !== 0
}

function holdersOf(holders: number, found: readonly Found[]): number[] {
  return found.flatMap(({ document }, place) =>
    place < FEEDBACK_DOCUMENTS && (holders >> place) & 1 ? [document] : [],
  )
}

function sumOf(terms: readonly { weight: number }[]): number {
  return terms.reduce((sum, { weight }) => sum + weight, 0)
}
