import type { IndexPart, SearchIndex } from '#engines/search/index.ts'
import type { Segment } from '#engines/search/segment.ts'
import type { Capability } from './capability.ts'
import { type CollectionStats, partsOf, type WeighedVariant } from './features.ts'
import { bestFit, type Fit, fitMost, type PreparedCapability, prepareCapability } from './fit.ts'
import { type Level, levelOf } from './level.ts'
import { lookupOf, occurrencesIn, type TermLookup } from './occurrences.ts'

export interface CoverageOptions {
  /** Whether a document is a result, a patent or a delivered project. Default: none is. */
  isStrong?: (id: string) => boolean
  /** Whether a document is known to be of the capability's field. Default: not known of any. */
  isSameField?: (id: string) => boolean
  /** Fits below this are left out. Default 0: every document that holds a word of a name. */
  fitMin?: number
  /** Only these documents are read, and of many only those that hold most of the names' words. Default: all. */
  among?: Among
}

/** Some documents of an index, found once for many capabilities. It serves until the index changes. */
export interface Among {
  /** Their numbers in the index, in the order of their ids. */
  documents: readonly number[]
  /** The place of each of the index's documents among these, or -1. */
  placeOf: Int32Array
}

/** What names a capability holds most of its words, so that it is among the first; the rest would only cost. */
const AMONG_READ_MAX = 64

/** Those that the index does not hold are passed over. */
export function amongOf(index: SearchIndex, wanted: readonly string[]): Among {
  const documents = [...new Set(wanted)].sort().flatMap((id) => index.numberOf(id) ?? [])
  const placeOf = new Int32Array(index.parts.reduce((sum, { segment }) => sum + segment.ids.length, 0)).fill(-1)
  for (const [place, document] of documents.entries()) placeOf[document] = place
  return { documents, placeOf }
}

export interface Covered extends Fit {
  id: string
  level: Level
}

/** What an index counts of its documents, for `fitOf`. */
export function statsOf(index: SearchIndex): CollectionStats {
  return {
    documentsCount: index.documentsCount,
    averageLength: index.averageLength,
    documentFrequency: (term) => index.documentFrequency(term),
  }
}

/**
 * Every document of an index that fits a capability at all, the best fit first, equal ones by id. Reads only documents
 * that hold a word of one of its names, segment by segment: an index that has just been changed costs no more.
 */
export function coverageOf(capability: Capability, index: SearchIndex, options: CoverageOptions = {}): Covered[] {
  const stats = statsOf(index)
  const prepared = prepareCapability(capability, stats)
  const lookups: Lookups = new Map(
    [...prepared.names, ...prepared.descriptions].map((one) => [one, lookupOf(one.variant, index.termNumbers)]),
  )
  const wanted = options.among && candidatesAmong(options.among, lookups, index)
  const fitMin = options.fitMin ?? 0
  const covered: Covered[] = []
  for (const part of index.parts)
    for (const local of wanted ? placesIn(part, wanted) : candidatesIn(part, lookups, fitMin)) {
      const best = fitIn(part, local, { prepared, lookups, stats, index })
      if (best.fit === 0 || best.fit < fitMin) continue
      const id = part.segment.ids[local]!
      const strong = options.isStrong?.(id) ?? false
      const sameField = options.isSameField?.(id) ?? false
      covered.push({ id, ...best, level: levelOf({ ...best, strong, sameField }) })
    }
  return covered.sort((a, b) => b.fit - a.fit || (a.id < b.id ? -1 : 1))
}

type Lookups = ReadonlyMap<WeighedVariant, TermLookup>

interface Fitting {
  prepared: PreparedCapability
  lookups: Lookups
  stats: CollectionStats
  index: SearchIndex
}

function fitIn({ segment }: IndexPart, local: number, { prepared, lookups, stats, index }: Fitting): Fit {
  const { order, orderStarts, lengths } = segment
  const { fieldNames, fieldWeights } = index.scheme
  const text = { weightedLength: lengths[local]!, fieldWeights, titleField: fieldNames.indexOf('title') }
  const [from, to] = [orderStarts[local]!, orderStarts[local + 1]!]
  return bestFit(prepared, (weighed) =>
    partsOf(weighed, occurrencesIn(order, from, to, lookups.get(weighed)!), text, stats),
  )
}

/**
 * Of some documents those that hold any term of a name, by their numbers; of many those that hold the rarest and most,
 * ties by id.
 */
function candidatesAmong({ documents, placeOf }: Among, lookups: Lookups, index: SearchIndex): number[] {
  const held = new Float64Array(documents.length)
  for (const term of termsOf(lookups)) {
    const number = index.termNumbers.get(term)
    if (number === undefined) continue
    const rarity = Math.log1p(index.documentsCount / Math.max(index.documentFrequency(term), 1))
    for (const { segment, from } of index.parts) {
      const { postingDocuments } = segment
      const [first, end] = postingsOf(segment, number)
      for (let at = first; at < end; at += 1) {
        const place = placeOf[from + postingDocuments[at]!]!
        if (place >= 0) held[place]! += rarity
      }
    }
  }
  const places = [...documents.keys()].filter((place) => held[place]! > 0)
  if (places.length > AMONG_READ_MAX) places.sort((a, b) => held[b]! - held[a]! || a - b).length = AMONG_READ_MAX
  return places.map((place) => documents[place]!)
}

function termsOf(lookups: Lookups): Set<string> {
  const units = [...lookups.keys()].flatMap(({ variant }) => variant.units)
  return new Set(units.flatMap(({ terms, alternates }) => [...terms, ...alternates]))
}

/** Where those documents stand that are in this segment. */
function placesIn({ segment, from }: IndexPart, documents: readonly number[]): number[] {
  return documents.filter((one) => one >= from && one < from + segment.ids.length).map((one) => one - from)
}

/**
 * The documents of a segment that can fit: those that hold enough words of a name or a description, wherever these stand.
 */
function candidatesIn({ segment, struckOut }: IndexPart, lookups: Lookups, fitMin: number): number[] {
  const isCandidate = new Uint8Array(segment.ids.length)
  for (const [weighed, lookup] of lookups) markCandidates(isCandidate, segment, { weighed, lookup, fitMin })
  const candidates: number[] = []
  for (let local = 0; local < isCandidate.length; local += 1)
    if (isCandidate[local] && !struckOut[local]) candidates.push(local)
  return candidates
}

function markCandidates(
  isCandidate: Uint8Array,
  segment: Segment,
  { weighed, lookup, fitMin }: { weighed: WeighedVariant; lookup: TermLookup; fitMin: number },
): void {
  // By document: a bit for each word of the name of which it holds a term.
  const held = new Uint32Array(segment.ids.length)
  for (const [number, entries] of lookup.units) {
    let bits = 0
    for (const { unit } of entries) bits |= 1 << unit
    const [first, end] = postingsOf(segment, number)
    for (let at = first; at < end; at += 1) held[segment.postingDocuments[at]!]! |= bits
  }
  const known = new Map<number, boolean>([[0, false]])
  for (let local = 0; local < held.length; local += 1) {
    const bits = held[local]!
    let can = known.get(bits)
    if (can === undefined) {
      can = fitMost(weighed, (unit) => (bits & (1 << unit)) !== 0) >= fitMin
      known.set(bits, can)
    }
    if (can) isCandidate[local] = 1
  }
}

/** Where a term's postings begin and end in a segment; the segment may be older than the term. */
function postingsOf({ postingStarts }: Segment, number: number): [number, number] {
  return number + 1 < postingStarts.length ? [postingStarts[number]!, postingStarts[number + 1]!] : [0, 0]
}
