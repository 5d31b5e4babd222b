import type { Found } from './feedback.ts'
import type { Sketches } from './sketch.ts'

/** So many of the best documents are compared with each other. */
export const COMPARED_DOCUMENTS = 100
const NEIGHBOURS_MAX = 5
/** How much of a score comes from a document's neighbours, where the documents that rank first are all alike in score. */
const NEIGHBOURS_SHARE_MAX = 0.35

export interface Smoothed extends Found {
  /** The part of the score that comes from the document's own words. */
  ownShare: number
  /** Documents about the same that rank well too, with what each adds to the score. */
  neighbours: { document: number; weight: number }[]
}

/**
 * Scores drawn towards those of each document's nearest neighbours among the best (Diaz 2005, regularising scores over
 * the graph of documents): what is relevant comes in groups. Documents beyond those compared keep their own part alone,
 * and so stay behind.
 */
export function smoothScores(
  found: readonly Found[],
  sketches: Sketches,
  { evenness, termsCount }: { evenness: number; termsCount: number },
): Smoothed[] {
  const share = NEIGHBOURS_SHARE_MAX * Math.sqrt(evenness)
  const compared = found.slice(0, COMPARED_DOCUMENTS)
  const likeness = likenessAmong(compared, sketches, termsCount)
  return found.map(({ document, score }, place) => {
    const nearest = place < compared.length ? nearestOf(likeness, place, compared.length) : []
    const total = nearest.reduce((sum, { alike }) => sum + alike, 0)
    const neighbours = nearest.map(({ other, alike }) => ({
      document: compared[other]!.document,
      weight: (share * alike * compared[other]!.score) / total,
    }))
    const added = neighbours.reduce((sum, { weight }) => sum + weight, 0)
    return { document, score: (1 - share) * score + added, ownShare: 1 - share, neighbours }
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
