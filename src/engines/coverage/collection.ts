import type { SearchIndex } from '#engines/search/index.ts'
import type { Capability } from './capability.ts'
import { type CollectionStats, partsOf, type WeighedVariant } from './features.ts'
import { bestFit, type Fit, type PreparedCapability, prepareCapability } from './fit.ts'
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
  documents: readonly number[]
  /** The place of each of the index's documents among these, or -1. */
  placeOf: Int32Array
}

/** What names a capability holds most of its words, so that it is among the first; the rest would only cost. */
const AMONG_READ_MAX = 64

/** Those that the index does not hold are passed over. */
export function amongOf(index: SearchIndex, wanted: readonly string[]): Among {
  const { ids } = index.data
  const documents = [...new Set(placesOf(wanted, ids))].sort((a, b) => a - b)
  const placeOf = new Int32Array(ids.length).fill(-1)
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
    averageLength: index.data.averageLength,
    documentFrequency: (term) => index.documentFrequency(term),
  }
}

/**
 * Every document of an index that fits a capability at all, the best fit first, equal ones by id. Reads only documents
 * that hold a word of one of its names.
 */
export function coverageOf(capability: Capability, index: SearchIndex, options: CoverageOptions = {}): Covered[] {
  const stats = statsOf(index)
  const prepared = prepareCapability(capability, stats)
  const lookups = new Map<WeighedVariant, TermLookup>()
  for (const weighed of [...prepared.names, ...prepared.descriptions])
    lookups.set(weighed, lookupOf(weighed.variant, index.data.terms))
  const { ids, order, orderStarts, lengths, fieldNames, fieldWeights } = index.data
  const titleField = fieldNames.indexOf('title')
  const covered: Covered[] = []
  const candidates = options.among
    ? candidatesAmong(options.among, prepared, lookups, index)
    : candidatesFor(prepared, lookups, index)
  for (const document of candidates) {
    const text = { weightedLength: lengths[document]!, fieldWeights, titleField }
    const best = bestFit(prepared, (weighed) => {
      const occurrences = occurrencesIn(
        order,
        orderStarts[document]!,
        orderStarts[document + 1]!,
        lookups.get(weighed)!,
      )
      return partsOf(weighed, occurrences, text, stats)
    })
    if (best.fit === 0 || best.fit < (options.fitMin ?? 0)) continue
    const id = ids[document]!
    const strong = options.isStrong?.(id) ?? false
    const sameField = options.isSameField?.(id) ?? false
    covered.push({ id, ...best, level: levelOf({ ...best, strong, sameField }) })
  }
  return covered.sort((a, b) => b.fit - a.fit || (a.id < b.id ? -1 : 1))
}

/** Of some documents those that hold any term of a name; of many those that hold the rarest and most, ties by id. */
function candidatesAmong(
  { documents, placeOf }: Among,
  prepared: PreparedCapability,
  lookups: ReadonlyMap<WeighedVariant, TermLookup>,
  { data }: SearchIndex,
): number[] {
  const terms = new Set(
    [...prepared.names, ...prepared.descriptions].flatMap((weighed) => [...lookups.get(weighed)!.units.keys()]),
  )
  const held = new Float64Array(documents.length)
  for (const term of terms) {
    const [from, to] = [data.postingStarts[term]!, data.postingStarts[term + 1]!]
    const rarity = Math.log1p(data.ids.length / Math.max(to - from, 1))
    for (let at = from; at < to; at += 1) {
      const place = placeOf[data.postingDocuments[at]!]!
      if (place >= 0) held[place]! += rarity
    }
  }
  const places = [...documents.keys()].filter((place) => held[place]! > 0)
  if (places.length > AMONG_READ_MAX) places.sort((a, b) => held[b]! - held[a]! || a - b).length = AMONG_READ_MAX
  return places.map((place) => documents[place]!)
}

/** Where documents stand among all, which are in the order of their ids. */
function placesOf(wanted: readonly string[], ids: readonly string[]): number[] {
  return wanted.flatMap((id) => {
    let [low, high] = [0, ids.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ids[middle]! < id) low = middle + 1
      else high = middle
    }
    return ids[low] === id ? [low] : []
  })
}

/** The documents that hold any term of a name or a description, in the order of their ids. */
function candidatesFor(
  prepared: PreparedCapability,
  lookups: ReadonlyMap<WeighedVariant, TermLookup>,
  { data }: SearchIndex,
): number[] {
  const isCandidate = new Uint8Array(data.ids.length)
  for (const weighed of [...prepared.names, ...prepared.descriptions])
    for (const term of lookups.get(weighed)!.units.keys())
      for (let at = data.postingStarts[term]!; at < data.postingStarts[term + 1]!; at += 1)
        isCandidate[data.postingDocuments[at]!] = 1
  const candidates: number[] = []
  for (let document = 0; document < isCandidate.length; document += 1)
    if (isCandidate[document]) candidates.push(document)
  return candidates
}
