import { lengthNorm, saturation } from './bm25.ts'
import type { Smoothed } from './neighbours.ts'
import type { AdjacentTerms } from './query.ts'
import { BESIDE, FIELD_BREAK, type Scheme, type Segment } from './segment.ts'

/** What a hit has for how it says things, beside what it says. */
export interface Addition {
  /** The query's adjacent words stand near each other in it; its title is short, or it has none; it is like the others found. */
  by: 'together' | 'title' | 'likeness'
  weight: number
  /** The words that stand together, the weightiest first, where it is `by` that. */
  words?: readonly (readonly [string, string])[]
}

/** The share of the best score that each may add. */
const TOGETHER_SHARE = 0.04
const LIKENESS_SHARE = 0.02
/** The share that a title loses each time it is e times as long, up to `TITLE_TERMS_MAX`. */
const TITLE_SHARE = 0.025
const TITLE_TERMS_MAX = 32
/** Words so many places apart stand together still. */
const TOGETHER_PLACES_MAX = 8
/** So many words before one are remembered: a power of two, not below that. */
const REMEMBERED = 8

type TitledScheme = Scheme & { fieldNames: readonly string[] }

/** Where a document stands. */
export interface Place {
  segment: Segment
  local: number
}

export interface Standing extends Smoothed {
  together: number
  title: number
  likeness: number
}

/**
 * Adds to the scores of documents that have been compared with each other, each part a share of the best score and never
 * less than nothing, so that those behind stay behind: adjacent words of the query within a few places (the unordered
 * windows of Metzler and Croft 2005), a short title, and likeness to all that was found (Kurland and Lee 2005).
 */
export function addStanding(
  smoothed: readonly Smoothed[],
  together: WordsTogether,
  readOf: (document: number) => Place,
): Standing[] {
  const best = smoothed.reduce((most, { score }) => Math.max(most, score), 0)
  const compared = smoothed.filter(({ centrality }) => centrality !== undefined)
  const regards: Regard[] = []
  together.readAll(
    compared.map(({ document }) => readOf(document)),
    (regard) => regards.push(regard),
  )
  const nearMost = regards.reduce((most, { weight }) => Math.max(most, weight), 0)
  const likenessMost = compared.reduce((most, { centrality = 0 }) => Math.max(most, centrality), 0)
  return smoothed.map((one, at) => {
    const regard = regards[at]
    if (!regard) return { ...one, together: 0, title: 0, likeness: 0 }
    const titleLength = Math.min(regard.titleLength, TITLE_TERMS_MAX)
    const together = nearMost > 0 ? (best * TOGETHER_SHARE * regard.weight) / nearMost : 0
    const title = best * TITLE_SHARE * Math.log((1 + TITLE_TERMS_MAX) / (1 + titleLength))
    const likeness = likenessMost > 0 ? (best * LIKENESS_SHARE * (one.centrality ?? 0)) / likenessMost : 0
    return { ...one, score: one.score + together + title + likeness, together, title, likeness }
  })
}

/** The additions of a document that stands at `place`, those that are any. */
export function additionsOf(standing: Standing, together: WordsTogether, place: Place): Addition[] {
  const additions: Addition[] = []
  if (standing.together > 0)
    additions.push({ by: 'together', weight: standing.together, words: together.wordsIn(place) })
  if (standing.title > 0) additions.push({ by: 'title', weight: standing.title })
  if (standing.likeness > 0) additions.push({ by: 'likeness', weight: standing.likeness })
  return additions
}

/** How a document says what a query asks for. */
interface Regard {
  /** What the pairs that stand together in it weigh. */
  weight: number
  titleLength: number
}

/** Reads documents for the words that stand beside each other in a query. */
export class WordsTogether {
  private readonly pairs: readonly AdjacentTerms[]
  private readonly scheme: TitledScheme
  /** By term: its place among the words of the pairs, counted from 1. All 0 but while documents are read. */
  private readonly places: Uint8Array
  private readonly placed: readonly number[]
  /** By the places of two words: their pair counted from 1; 0 where they are none. */
  private readonly pairAt: Uint16Array
  private readonly counts: Float64Array
  private readonly lastPlaces = new Uint8Array(REMEMBERED)
  private readonly lastPositions = new Int32Array(REMEMBERED)

  /** `places` has room for every term, all 0, and may be shared by all who do not read at once. */
  constructor(pairs: readonly AdjacentTerms[], scheme: TitledScheme, places: Uint8Array) {
    this.pairs = pairs
    this.scheme = scheme
    this.places = places
    this.placed = [...new Set(pairs.flatMap(({ first, second }) => [first.number, second.number]))]
    this.pairAt = new Uint16Array((this.placed.length + 1) ** 2)
    this.counts = new Float64Array(pairs.length)
    const placeOf = new Map(this.placed.map((number, at) => [number, at + 1]))
    pairs.forEach(({ first, second }, at) => {
      const [one, other] = [placeOf.get(first.number)!, placeOf.get(second.number)!]
      this.pairAt[this.at(one, other)] = at + 1
      this.pairAt[this.at(other, one)] = at + 1
    })
  }

  /** Reads documents one after another. */
  readAll(documents: readonly Place[], visit: (regard: Regard, at: number) => void): void {
    this.placed.forEach((number, at) => {
      this.places[number] = at + 1
    })
    documents.forEach((document, at) => {
      visit(this.read(document), at)
    })
    for (const number of this.placed) this.places[number] = 0
  }

  /** The pairs that stand together in a document, the weightiest first. */
  wordsIn(document: Place): (readonly [string, string])[] {
    let found: { words: readonly [string, string]; weight: number }[] = []
    this.readAll([document], () => {
      found = this.pairs.flatMap(({ first, second, weight }, at) =>
        this.counts[at]! > 0 ? [{ words: [first.term, second.term] as const, weight: weight * this.counts[at]! }] : [],
      )
    })
    return found.sort((a, b) => b.weight - a.weight).map(({ words }) => words)
  }

  private read({ segment, local }: Place): Regard {
    const { order, orderStarts } = segment
    const { fieldNames, fieldWeights, k1, b } = this.scheme
    const { places, counts } = this
    const titleField = fieldNames.indexOf('title')
    counts.fill(0)
    let titleLength = 0
    let [field, position, remembered] = [0, 0, 0]
    for (let at = orderStarts[local]!, end = orderStarts[local + 1]!; at < end; at += 1) {
      const entry = order[at]!
      if (entry === FIELD_BREAK) {
        if (field === titleField) titleLength = position
        field += 1
        ;[position, remembered] = [0, 0]
      } else if (entry < BESIDE) {
        position += 1
        const place = places[entry]!
        if (place === 0) continue
        this.countPairs(place, position, remembered, fieldWeights[field] ?? 1)
        this.lastPlaces[remembered % REMEMBERED] = place
        this.lastPositions[remembered % REMEMBERED] = position
        remembered += 1
      }
    }
    const norm = lengthNorm(segment.lengths[local]!, segment.averageLength, k1, b)
    let weight = 0
    for (let pair = 0; pair < counts.length; pair += 1)
      weight += this.pairs[pair]!.weight * saturation(counts[pair]!, norm, k1)
    return { weight, titleLength }
  }

  /** Counts the pairs that a word makes with those before it; no more than `TOGETHER_PLACES_MAX` can be near enough. */
  private countPairs(place: number, position: number, remembered: number, weight: number): void {
    const first = Math.max(0, remembered - TOGETHER_PLACES_MAX)
    for (let before = remembered - 1; before >= first; before -= 1) {
      if (position - this.lastPositions[before % REMEMBERED]! > TOGETHER_PLACES_MAX) return
      const pair = this.pairAt[this.at(this.lastPlaces[before % REMEMBERED]!, place)]!
      if (pair > 0) this.counts[pair - 1]! += weight
    }
  }

  private at(one: number, other: number): number {
    return one * (this.placed.length + 1) + other
  }
}
