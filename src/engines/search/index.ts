import { assert } from '#kit/assert.ts'
import { lengthNorm, saturation } from './bm25.ts'
import { readDocuments, type SearchDocument, sortById } from './build.ts'
import { evenness, expandByFeedback, FEEDBACK_DOCUMENTS, type Found, wantsFeedback } from './feedback.ts'
import { explainTerms, type Hit, type HitTerm } from './hits.ts'
import { countsOf, joinSegments } from './join.ts'
import {
  COMPARED_DOCUMENTS,
  COMPARED_DOCUMENTS_OF_LONG_NEEDS,
  type Smoothed,
  type Smoothing,
  smoothScores,
} from './neighbours.ts'
import { type QueryTerm, readQuery, type TermPairs, wholeWeights } from './query.ts'
import { DocumentTerms, impactUnit, invert, type Scheme, type Segment } from './segment.ts'
import { Sketches, type Weights } from './sketch.ts'
import { type Addition, additionsOf, addStanding, type Place, type Standing, WordsTogether } from './standing.ts'
import { Dictionary, Statistics } from './statistics.ts'
import { offerBest, TopHeap } from './top.ts'

export type { Hit, HitTerm } from './hits.ts'
export { QUERY_CHARS_MAX, QUERY_TERMS_MAX } from './query.ts'

export interface SearchOptions {
  /** How many hits are wanted, at most `HITS_MAX`. */
  k?: number
  /** Keeps the documents for which it is true; nothing is learnt from others. */
  filter?: (id: string) => boolean
  lang?: string
  /** Terms in another language to ask for too. */
  pairs?: TermPairs
  /** Score by the query's own terms alone: no feedback from the best documents, nothing from neighbours. */
  plain?: boolean
}

export interface IndexData extends Segment {
  terms: ReadonlyMap<string, number>
  fieldNames: readonly string[]
  fieldWeights: readonly number[]
  k1: number
  b: number
}

/** One segment of an index among the others: its documents are numbered from `from` on, and some of them are gone. */
export interface IndexPart {
  segment: Segment
  from: number
  /** By place in the segment: 1 where the document does not stand any more. */
  struckOut: Uint8Array
}

export interface IndexScheme extends Scheme {
  fieldNames: readonly string[]
}

export const HITS_MAX = 10_000
/** Impacts are computed anew when the average length has moved away from theirs by more than this share. */
const LENGTH_DRIFT_MAX = 0.02

/**
 * An inverted index in memory that can be changed. What is added makes a small segment; segments of like size are
 * joined, so that there are few. What is removed is struck out at once and dropped when its segment is joined.
 */
export class SearchIndex {
  readonly scheme: IndexScheme
  private dictionary = new Dictionary()
  private statistics = new Statistics()
  private segments: Segment[] = []
  private ids: string[] = []
  private struckOut = new Uint8Array(0)
  private struckOutCount = 0
  private reader = new DocumentTerms(0)
  private sketchWeights = new Float64Array(256)
  private placesInQuery = new Uint8Array(0)
  private sketches = new Sketches((document) => this.weightsOf(document))

  constructor(scheme: IndexScheme) {
    this.scheme = scheme
  }

  /** An index over segments that were made before, such as a snapshot's, with what had been struck out of them. */
  static over(scheme: IndexScheme, names: string[], parts: readonly Omit<IndexPart, 'from'>[]): SearchIndex {
    const index = new SearchIndex(scheme)
    index.dictionary = new Dictionary(names)
    index.replaceSegments(parts.map(({ segment }) => segment))
    for (const { segment } of parts) index.statistics.add(countsOf(segment, names.length, scheme), segment.ids.length)
    parts.forEach(({ struckOut }, at) => {
      const { from } = index.parts[at]!
      for (const [local, struck] of struckOut.entries()) if (struck) index.strikeOut(from + local)
    })
    return index
  }

  get documentsCount(): number {
    return this.statistics.documentsCount
  }

  /** In how many documents a term, as the tokeniser gives it, stands. */
  documentFrequency(term: string): number {
    const number = this.dictionary.numbers.get(term)
    return number === undefined ? 0 : (this.statistics.documentFrequencies[number] ?? 0)
  }

  /** The index as one segment, its documents in the order of their ids. Joins what is apart. */
  get data(): IndexData {
    this.compact()
    return { ...this.segments[0]!, terms: this.dictionary.numbers, ...this.scheme }
  }

  has(id: string): boolean {
    return this.ordinalOf(id) !== undefined
  }

  /** The number of a document, which `parts` says where to find; it serves until the index changes. */
  numberOf(id: string): number | undefined {
    return this.ordinalOf(id)
  }

  /** The index as it stands, for those who read its documents themselves. Serves until the index changes. */
  get parts(): IndexPart[] {
    let from = 0
    return this.segments.map((segment) => {
      const part = { segment, from, struckOut: this.struckOut.subarray(from, from + segment.ids.length) }
      from += segment.ids.length
      return part
    })
  }

  get averageLength(): number {
    return this.statistics.averageLength
  }

  /** The numbers by which segments know their terms. */
  get termNumbers(): ReadonlyMap<string, number> {
    return this.dictionary.numbers
  }

  /** Adds documents; one whose id is known replaces the old one. Each id comes once. */
  add(documents: readonly SearchDocument[]): void {
    const sorted = sortById([...documents])
    if (this.ids.length > 0) this.remove(sorted.map(({ id }) => id))
    const reading = readDocuments(sorted, this.scheme.fieldNames, this.dictionary)
    const { segment, counts } = invert(reading, this.dictionary.size, this.scheme, (lengthSum) => {
      const count = this.documentsCount + sorted.length
      return count > 0 && this.statistics.lengthSum + lengthSum > 0
        ? (this.statistics.lengthSum + lengthSum) / count
        : 1
    })
    this.statistics.add(counts, sorted.length)
    this.replaceSegments([...this.segments, segment])
    this.joinAlike()
  }

  /** Takes documents out; ids that are not known are passed over. */
  remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const document = this.ordinalOf(id)
      if (document !== undefined) this.strikeOut(document)
    }
    this.sketches.clear()
  }

  private strikeOut(document: number): void {
    const { segment, local } = this.placeOf(document)
    this.statistics.subtract(segment.lengths[local]!, this.termsOf(document))
    this.struckOut[document] = 1
    this.struckOutCount += 1
  }

  /** Joins everything into one segment in the order of the ids, with nothing struck out in it. */
  compact(): void {
    const [first] = this.segments
    const isOne = first && this.segments.length === 1 && this.struckOutCount === 0
    if (
      isOne &&
      first.averageLength === this.statistics.averageLength &&
      first.postingStarts.length === this.dictionary.size + 1
    )
      return
    this.join(this.segments)
  }

  /** The best documents first, equal ones by id. A query without a term that is indexed finds nothing. */
  search(queryText: string, options: SearchOptions = {}): Hit[] {
    const k = Math.min(options.k ?? 10, HITS_MAX)
    const { terms: asked, adjacent } = readQuery(queryText, options, this.dictionary, this.statistics)
    if (k <= 0 || asked.length === 0) return []
    const accepts = this.acceptance(options.filter)
    if (options.plain)
      return this.hitsOf(
        this.best(asked, k, accepts).map((found, place) => ({ ...found, ownShare: 1, place })),
        asked,
      )
    const isShort = wantsFeedback(asked)
    const compared = isShort ? COMPARED_DOCUMENTS : COMPARED_DOCUMENTS_OF_LONG_NEEDS
    const depth = Math.max(k, compared)
    const first = this.best(asked, isShort ? FEEDBACK_DOCUMENTS : depth, accepts)
    if (first.length === 0) return []
    const nameOf = (term: number) => this.dictionary.names[term]!
    const idOf = (document: number) => this.ids[document]!
    const query = isShort ? expandByFeedback(asked, first, this.sketches, this.dictionary.size, nameOf, idOf) : asked
    const found = isShort ? this.best(query, depth, accepts) : first
    const trust = { evenness: evenness(first), termsCount: this.dictionary.size, compared }
    const smoothing = smoothScores(found, this.sketches, trust)
    if (!isShort) return this.hitsOf(this.ranked(smoothing.found, k), query, smoothing)
    if (this.placesInQuery.length < this.dictionary.size) this.placesInQuery = new Uint8Array(this.dictionary.size)
    const together = new WordsTogether(adjacent, this.scheme, this.placesInQuery)
    const standing = addStanding(smoothing.found, together, (document) => this.placeOf(document))
    return this.hitsOf(this.ranked(standing, k), query, smoothing, together)
  }

  private ranked<T extends Found>(found: T[], k: number): T[] {
    return found.sort((a, b) => b.score - a.score || this.byId(a.document, b.document)).slice(0, k)
  }

  private best(query: readonly QueryTerm[], k: number, accepts?: (document: number) => boolean): Found[] {
    const { weighed, unit } = wholeWeights(query)
    const worth = unit * impactUnit(this.scheme.k1)
    const comesBefore = (a: number, b: number) => this.byId(a, b) < 0
    const heap = new TopHeap(Math.min(k, this.ids.length), comesBefore)
    let from = 0
    for (const segment of this.segments) {
      offerBest(segment, weighed, heap, { from, accepts })
      from += segment.ids.length
    }
    return heap.ranked().map(({ document, score }) => ({ document, score: score * worth }))
  }

  private acceptance(filter?: (id: string) => boolean): ((document: number) => boolean) | undefined {
    const { struckOut, ids } = this
    if (!filter) return this.struckOutCount > 0 ? (document) => struckOut[document] === 0 : undefined
    return (document) => struckOut[document] === 0 && filter(ids[document]!)
  }

  private byId(a: number, b: number): number {
    if (this.segments.length === 1) return a - b
    return this.ids[a]! < this.ids[b]! ? -1 : this.ids[a]! > this.ids[b]! ? 1 : 0
  }

  private hitsOf(
    found: readonly (Smoothed | Standing)[],
    query: readonly QueryTerm[],
    smoothing?: Smoothing,
    together?: WordsTogether,
  ): Hit[] {
    const { weighed, unit } = wholeWeights(query)
    const worth = unit * impactUnit(this.scheme.k1)
    const { ids } = this
    // Segments never change, so that a hit can be explained when somebody asks.
    return found.map((one) => {
      const place = this.placeOf(one.document)
      let terms: HitTerm[] | undefined
      let neighbours: Hit['neighbours'] | undefined
      let additions: Addition[] | undefined
      const explain = () => {
        this.readTerms(place.segment, place.local)
        const worthOf = (at: number) => one.ownShare * worth * weighed[at]!.weight
        return explainTerms(query, place, this.reader, this.scheme, worthOf)
      }
      return {
        id: this.ids[one.document]!,
        score: one.score,
        get terms() {
          terms ??= explain()
          return terms
        },
        get neighbours() {
          neighbours ??= (smoothing?.neighboursOf(one.place) ?? []).map(({ document, weight }) => ({
            id: ids[document]!,
            weight,
          }))
          return neighbours
        },
        get additions() {
          additions ??= together && 'title' in one ? additionsOf(one, together, place) : []
          return additions
        },
      }
    })
  }

  private weightsOf(document: number): Weights {
    const { segment, local } = this.placeOf(document)
    const { k1, b } = this.scheme
    const count = this.readTerms(segment, local)
    const { terms, frequencies } = this.reader
    const norm = lengthNorm(segment.lengths[local]!, this.statistics.averageLength, k1, b)
    if (this.sketchWeights.length < count) this.sketchWeights = new Float64Array(2 * count)
    const { sketchWeights: weights, statistics } = this
    const { documentFrequencies } = statistics
    const once = saturation(1, norm, k1)
    for (let at = 0; at < count; at += 1) {
      const term = terms[at]!
      const frequency = frequencies[term]!
      weights[at] =
        documentFrequencies[term]! < 2
          ? 0
          : (frequency === 1 ? once : saturation(frequency, norm, k1)) * statistics.tellingness(term)
    }
    return { terms, weights, count, names: this.dictionary.names }
  }

  private *termsOf(document: number): Generator<{ term: number; frequency: number }> {
    const { segment, local } = this.placeOf(document)
    const count = this.readTerms(segment, local)
    for (let at = 0; at < count; at += 1) {
      const term = this.reader.terms[at]!
      yield { term, frequency: this.reader.frequencies[term]! }
    }
  }

  private readTerms(segment: Segment, local: number): number {
    if (this.reader.frequencies.length < this.dictionary.size) this.reader = new DocumentTerms(this.dictionary.size)
    const { order, orderStarts } = segment
    return this.reader.read(order, orderStarts[local]!, orderStarts[local + 1]!, this.scheme.fieldWeights)
  }

  private placeOf(document: number): Place {
    let local = document
    for (const segment of this.segments) {
      if (local < segment.ids.length) return { segment, local }
      local -= segment.ids.length
    }
    throw new Error(`Broken promise: document ${document} is in a segment.`)
  }

  /** Each segment holds its documents in the order of their ids, and an id stands in one of them at most. */
  private ordinalOf(id: string): number | undefined {
    let from = 0
    for (const { ids } of this.segments) {
      const local = placeIn(ids, id)
      if (ids[local] === id && this.struckOut[from + local] === 0) return from + local
      from += ids.length
    }
    return undefined
  }

  /** Joins the last segments while one is not at least twice the size of the next; all where the lengths have drifted. */
  private joinAlike(): void {
    const average = this.statistics.averageLength
    const sizeOf = (segment: Segment | undefined) => segment?.ids.length ?? Number.POSITIVE_INFINITY
    let last = this.segments.length - 1
    let size = sizeOf(this.segments[last])
    while (last > 0 && sizeOf(this.segments[last - 1]) < 2 * size) {
      last -= 1
      size += sizeOf(this.segments[last])
    }
    if (this.segments.some((one) => Math.abs(one.averageLength / average - 1) > LENGTH_DRIFT_MAX)) last = 0
    if (last < this.segments.length - 1) this.join(this.segments.slice(last))
  }

  /** Makes one segment of some that stand at the end. */
  private join(segments: readonly Segment[]): void {
    const kept = this.segments.slice(0, this.segments.length - segments.length)
    const from = kept.reduce((sum, { ids }) => sum + ids.length, 0)
    const reading = joinSegments(segments, this.struckOut.subarray(from))
    const { segment } = invert(reading, this.dictionary.size, this.scheme, () => this.statistics.averageLength)
    this.struckOutCount -= this.struckOut.subarray(from).reduce((sum, struck) => sum + struck, 0)
    this.struckOut.fill(0, from)
    this.replaceSegments([...kept, segment])
  }

  private replaceSegments(segments: Segment[]): void {
    assert(segments.length > 0, 'an index has a segment once it has been filled.')
    const ids = segments.length === 1 ? [...segments[0]!.ids] : segments.flatMap((segment) => [...segment.ids])
    const struckOut = new Uint8Array(ids.length)
    struckOut.set(this.struckOut.subarray(0, ids.length))
    Object.assign(this, { segments, ids, struckOut })
    this.sketches.clear()
  }
}

/** The first place whose id is `id` or comes after it. */
function placeIn(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}
