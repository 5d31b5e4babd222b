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
  /** Only these documents are read; those that the index does not hold are passed over. Default: all. */
  among?: readonly string[]
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
  const candidates = options.among ? placesOf(options.among, ids) : candidatesFor(prepared, lookups, index)
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
