import type { Found } from './feedback.ts'
import type { Sketches } from './sketch.ts'

/** So many of the best documents are compared with each other; fewer for a need of about a page. */
export const COMPARED_DOCUMENTS = 200
export const COMPARED_DOCUMENTS_OF_LONG_NEEDS = 50
const NEIGHBOURS_MAX = 5
/** How much of a score its neighbourhood gives, itself included, where the documents that rank first score alike. */
const NEIGHBOURS_SHARE_MAX = 0.95
/** How fast that share falls where one document stands out. */
const STANDING_OUT_EXPONENT = 1.2

export interface Neighbour {
  document: number
  /** What it adds to the score. */
  weight: number
}

export interface Smoothed extends Found {
  /** The part of the score that comes from the document's own words. */
  ownShare: number
  /** Its place among those found. */
  place: number
  /** The sum of its likeness to all that it was compared with; undefined where it was not. */
  centrality?: number
}

/** Scores drawn towards the neighbours', and who they are. */
export interface Smoothing {
  found: Smoothed[]
  /** Of the document at a place: those about the same that rank well too, the most alike first. */
  neighboursOf(place: number): Neighbour[]
}

/**
 * Scores drawn towards those of each document's nearest neighbours among the best (Diaz 2005, regularising scores over
 * the graph of documents): what is relevant comes in groups. A document like no other keeps its score; one beyond
 * those compared keeps its own part alone, and so stays behind.
 */
export function smoothScores(
  found: readonly Found[],
  sketches: Sketches,
  { evenness, termsCount, compared: comparedCount }: { evenness: number; termsCount: number; compared: number },
): Smoothing {
  const share = NEIGHBOURS_SHARE_MAX * evenness ** STANDING_OUT_EXPONENT
  const compared = found.slice(0, comparedCount)
  const nearest = nearestAmong(compared, sketches, termsCount)
  const weights = weightsOf(nearest, compared, share)
  const smoothed = found.map(({ document, score }, place) => {
    const centrality = nearest.centralities[place]
    if (centrality === undefined) return { document, score: (1 - share) * score, ownShare: 1 - share, place }
    const from = place * NEIGHBOURS_MAX
    const total = pullOf(nearest, place)
    const ownShare = total === 0 ? 1 : 1 - share + (share * nearest.alikes[from]! ** 2) / total
    let added = 0
    for (let at = from; at < from + NEIGHBOURS_MAX; at += 1) added += weights[at]!
    return { document, score: ownShare * score + added, ownShare, place, centrality }
  })
  const neighboursOf = (place: number) => {
    const neighbours: Neighbour[] = []
    for (let at = place * NEIGHBOURS_MAX; at < (place + 1) * NEIGHBOURS_MAX && nearest.alikes[at]! > 0; at += 1)
      neighbours.push({ document: compared[nearest.others[at]!]!.document, weight: weights[at]! })
    return neighbours
  }
  return { found: smoothed, neighboursOf }
}

/** What all the nearest of a document pull together; it counts as its own nearest, so that of two alike the better stays first. */
function pullOf({ alikes }: Nearest, place: number): number {
  const from = place * NEIGHBOURS_MAX
  let total = alikes[from]! ** 2
  for (let at = from; at < from + NEIGHBOURS_MAX; at += 1) total += alikes[at]! ** 2
  return total
}

/** What each of the nearest adds. */
function weightsOf(nearest: Nearest, compared: readonly Found[], share: number): Float64Array {
  const weights = new Float64Array(nearest.alikes.length)
  for (let place = 0; place < compared.length; place += 1) {
    const total = pullOf(nearest, place)
    for (let at = place * NEIGHBOURS_MAX; at < (place + 1) * NEIGHBOURS_MAX && nearest.alikes[at]! > 0; at += 1)
      weights[at] = (share * nearest.alikes[at]! ** 2 * compared[nearest.others[at]!]!.score) / total
  }
  return weights
}

/** By the places of documents: `NEIGHBOURS_MAX` others, the most alike first, and how alike; 0 where there are no more. */
interface Nearest {
  others: Int32Array
  alikes: Float64Array
  centralities: Float64Array
}

/** By term: its group, counted from 1. All 0 between calls. */
let groupOfTerm = new Int32Array(0)
/** By the terms of the documents, one document after another: their groups. */
let groups = new Int32Array(0)
/** By group: where its entries end so far. Those of one group stand together: the place of a document, and the weight. */
let groupEnds = new Int32Array(0)
let groupStarts = new Int32Array(0)
let entryPlaces = new Int32Array(0)
let entryWeights = new Float64Array(0)
let slots = new Int32Array(0)
/** Likeness of one document to those before it. All 0 between documents. */
let row = new Float64Array(0)

function makeRoom(termsCount: number, documentsCount: number, entriesCount: number): void {
  if (groupOfTerm.length < termsCount) groupOfTerm = new Int32Array(termsCount)
  if (row.length < documentsCount) {
    row = new Float64Array(documentsCount)
    slots = new Int32Array(documentsCount)
  }
  if (groups.length >= entriesCount) return
  groups = new Int32Array(entriesCount)
  groupEnds = new Int32Array(entriesCount + 1)
  groupStarts = new Int32Array(entriesCount + 1)
  entryPlaces = new Int32Array(entriesCount)
  entryWeights = new Float64Array(entriesCount)
}

/** The nearest by the cosine of each two documents' heaviest terms. */
function nearestAmong(found: readonly Found[], sketches: Sketches, termsCount: number): Nearest {
  makeRoom(termsCount, found.length, found.length * sketches.termsMax)
  sketches.find(found, slots)
  groupTerms(sketches, found.length)
  const nearest: Nearest = {
    others: new Int32Array(found.length * NEIGHBOURS_MAX),
    alikes: new Float64Array(found.length * NEIGHBOURS_MAX),
    centralities: new Float64Array(found.length),
  }
  let entry = 0
  for (let place = 0; place < found.length; place += 1) {
    entry = addRow(sketches, place, entry)
    // Every document meets the others in the order of their places, so that of equal ones the first stays.
    for (let other = 0; other < place; other += 1) {
      const alike = row[other]!
      if (alike === 0) continue
      row[other] = 0
      offer(nearest, place, other, alike)
      offer(nearest, other, place, alike)
    }
  }
  return nearest
}

/** Numbers the terms of the documents' sketches and makes room for the entries of each. */
function groupTerms({ terms, counts, termsMax }: Sketches, documentsCount: number): void {
  let [groupsCount, entry] = [0, 0]
  for (let place = 0; place < documentsCount; place += 1) {
    const from = slots[place]! * termsMax
    for (let at = from, end = from + counts[slots[place]!]!; at < end; at += 1, entry += 1) {
      const term = terms[at]!
      let group = groupOfTerm[term]!
      if (group === 0) {
        groupsCount += 1
        group = groupsCount
        groupOfTerm[term] = group
        groupEnds[group] = 0
      }
      groupEnds[group]! += 1
      groups[entry] = group
    }
  }
  let start = 0
  for (let group = 1; group <= groupsCount; group += 1) {
    const count = groupEnds[group]!
    groupStarts[group] = start
    groupEnds[group] = start
    start += count
  }
  for (let place = 0; place < documentsCount; place += 1) {
    const from = slots[place]! * termsMax
    for (let at = from, end = from + counts[slots[place]!]!; at < end; at += 1) groupOfTerm[terms[at]!] = 0
  }
}

/** Writes a document's likeness to those before it into `row` and its terms beside theirs; the entry that is next. */
function addRow({ weights, counts, termsMax }: Sketches, place: number, firstEntry: number): number {
  let entry = firstEntry
  const from = slots[place]! * termsMax
  for (let at = from, end = from + counts[slots[place]!]!; at < end; at += 1, entry += 1) {
    const group = groups[entry]!
    const weight = weights[at]!
    const last = groupEnds[group]!
    for (let other = groupStarts[group]!; other < last; other += 1)
      row[entryPlaces[other]!]! += entryWeights[other]! * weight
    entryPlaces[last] = place
    entryWeights[last] = weight
    groupEnds[group] = last + 1
  }
  return entry
}

function offer({ others, alikes, centralities }: Nearest, place: number, other: number, alike: number): void {
  centralities[place]! += alike
  const from = place * NEIGHBOURS_MAX
  let at = from + NEIGHBOURS_MAX - 1
  if (alike <= alikes[at]!) return
  for (; at > from && alikes[at - 1]! < alike; at -= 1) {
    alikes[at] = alikes[at - 1]!
    others[at] = others[at - 1]!
  }
  alikes[at] = alike
  others[at] = other
}
