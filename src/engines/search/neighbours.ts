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

export interface Smoothed extends Found {
  /** The part of the score that comes from the document's own words. */
  ownShare: number
  /** Documents about the same that rank well too, with what each adds to the score. */
  neighbours: { document: number; weight: number }[]
  /** The sum of its likeness to all that it was compared with; undefined where it was not. */
  centrality?: number
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
): Smoothed[] {
  const share = NEIGHBOURS_SHARE_MAX * evenness ** STANDING_OUT_EXPONENT
  const compared = found.slice(0, comparedCount)
  const likeness = likenessAmong(compared, sketches, termsCount)
  return found.map(({ document, score }, place) => {
    if (place >= compared.length) return { document, score: (1 - share) * score, ownShare: 1 - share, neighbours: [] }
    const nearest = nearestOf(likeness, place, compared.length)
    // A document counts as its own nearest neighbour, so that of two alike the better one stays before the other.
    const pulls = nearest.map(({ alike }) => alike ** 2)
    const total = pulls.reduce((sum, pull) => sum + pull, pulls[0] ?? 0)
    const neighbours = nearest.map(({ other }, at) => ({
      document: compared[other]!.document,
      weight: (share * pulls[at]! * compared[other]!.score) / total,
    }))
    const added = neighbours.reduce((sum, { weight }) => sum + weight, 0)
    const ownShare = total === 0 ? 1 : 1 - share + (share * pulls[0]!) / total
    let centrality = 0
    for (let other = 0; other < compared.length; other += 1) centrality += likeness[place * compared.length + other]!
    return { document, score: ownShare * score + added, ownShare, neighbours, centrality }
  })
}

/** The places of the nearest others, the most alike first. */
function nearestOf(likeness: Float64Array, place: number, count: number): { other: number; alike: number }[] {
  const nearest: { other: number; alike: number }[] = []
  for (let other = 0; other < count; other += 1) {
    const alike = other === place ? 0 : likeness[place * count + other]!
    if (alike <= (nearest.length < NEIGHBOURS_MAX ? 0 : nearest.at(-1)!.alike)) continue
    let at = nearest.length
    while (at > 0 && nearest[at - 1]!.alike < alike) at -= 1
    nearest.splice(at, 0, { other, alike })
    if (nearest.length > NEIGHBOURS_MAX) nearest.pop()
  }
  return nearest
}

/** By term: the last entry of `entries` that holds it, counted from 1. All 0 between calls. */
let lastEntries = new Int32Array(0)

/** The cosine of each two documents' heaviest terms, row after row. */
function likenessAmong(found: readonly Found[], sketches: Sketches, termsCount: number): Float64Array {
  if (lastEntries.length < termsCount) lastEntries = new Int32Array(termsCount)
  const count = found.length
  const likeness = new Float64Array(count * count)
  const made = found.map(({ document }) => sketches.of(document))
  const entriesMax = made.reduce((sum, { heaviestCount }) => sum + heaviestCount, 1)
  // Entries of one term are chained: each knows its document, its weight and the entry before it.
  const places = new Int32Array(entriesMax)
  const entryWeights = new Float64Array(entriesMax)
  const before = new Int32Array(entriesMax)
  let entry = 0
  made.forEach(({ terms, weights, heaviestCount }, place) => {
    let squares = 0
    for (let at = 0; at < heaviestCount; at += 1) squares += weights[at]! ** 2
    const length = Math.sqrt(squares) || 1
    for (let at = 0; at < heaviestCount; at += 1) {
      const [term, weight] = [terms[at]!, weights[at]! / length]
      entry += 1
      before[entry] = lastEntries[term]!
      places[entry] = place
      entryWeights[entry] = weight
      lastEntries[term] = entry
      for (let other = before[entry]!; other > 0; other = before[other]!)
        likeness[places[other]! * count + place]! += entryWeights[other]! * weight
    }
  })
  for (const { terms, heaviestCount } of made) for (let at = 0; at < heaviestCount; at += 1) lastEntries[terms[at]!] = 0
  for (let place = 0; place < count; place += 1)
    for (let other = 0; other < place; other += 1) likeness[place * count + other] = likeness[other * count + place]!
  return likeness
}
