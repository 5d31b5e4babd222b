import type { Segment } from './segment.ts'

/** A term to score by: its number in the dictionary and a whole number that each step of its impact counts. */
export interface Weighed {
  number: number
  weight: number
}

/** The greatest weight a term may have: sums over `QUERY_TERMS_MAX` terms stay exact in a double. */
export const WEIGHT_MAX = 0xf_ffff

/** Documents are scored in windows of this many, so that the sums stay in the processor's own caches. */
const WINDOW_DOCUMENTS = 32_768
/** The first window is small and the next twice its size: soon there is a threshold to prune by. */
const FIRST_WINDOW_DOCUMENTS = 4096
/** A term's postings are searched for the candidates, not read through, where this many times fewer candidates are left. */
const PROBE_RATIO = 100
/** Candidates are sifted after each term where they are few, else after every so many. */
const FEW_DOCUMENTS = 512
const TERMS_BETWEEN_SIFTING = 16
/** Looking for candidates pays where they are fewer than one document in `FEW_AMONG`, going by one in `SAMPLED_EVERY`. */
const FEW_AMONG = 256
const SAMPLED_EVERY = 61

/** The best documents seen so far: a heap with the worst on top. Equal scores are told apart by `comesBefore`. */
export class TopHeap {
  readonly scores: Float64Array
  readonly documents: Int32Array
  length = 0
  /** A document must score at least this to have a chance. */
  threshold = 0
  private readonly comesBefore: (a: number, b: number) => boolean

  constructor(capacity: number, comesBefore: (a: number, b: number) => boolean) {
    this.scores = new Float64Array(capacity)
    this.documents = new Int32Array(capacity)
    this.comesBefore = comesBefore
  }

  offer(document: number, score: number): void {
    const { scores, documents } = this
    if (this.length < scores.length) {
      let at = this.length
      this.length += 1
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!this.isWorse(score, document, scores[parent]!, documents[parent]!)) break
        scores[at] = scores[parent]!
        documents[at] = documents[parent]!
        at = parent
      }
      scores[at] = score
      documents[at] = document
    } else if (this.length > 0 && this.isWorse(scores[0]!, documents[0]!, score, document))
      this.replaceWorst(document, score)
    if (this.length === scores.length && this.length > 0) this.threshold = scores[0]!
  }

  /** The documents, the best first, with their scores. */
  ranked(): { document: number; score: number }[] {
    return Array.from({ length: this.length }, (_, at) => ({
      document: this.documents[at]!,
      score: this.scores[at]!,
    })).sort((a, b) => b.score - a.score || (this.comesBefore(a.document, b.document) ? -1 : 1))
  }

  private replaceWorst(document: number, score: number): void {
    const { scores, documents, length } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      if (
        child + 1 < length &&
        this.isWorse(scores[child + 1]!, documents[child + 1]!, scores[child]!, documents[child]!)
      )
        child += 1
      if (!this.isWorse(scores[child]!, documents[child]!, score, document)) break
      scores[at] = scores[child]!
      documents[at] = documents[child]!
      at = child
    }
    scores[at] = score
    documents[at] = document
  }

  private isWorse(score: number, document: number, otherScore: number, other: number): boolean {
    return score < otherScore || (score === otherScore && this.comesBefore(other, document))
  }
}

/** Where the reading of each term's postings has come to, and how much the terms up to it can still bring. */
interface Cursors {
  count: number
  at: Int32Array
  end: Int32Array
  weights: Float64Array
  /** By place: the most that this term and all before it can bring together. Terms that bring little for their length stand first. */
  bounds: Float64Array
}

const sums = new Float64Array(WINDOW_DOCUMENTS)
const candidates = new Int32Array(WINDOW_DOCUMENTS)

/**
 * Offers the heap every document of a segment that may belong in it. Scores are sums of whole numbers, the same in
 * whatever order they are added. MaxScore over windows (Turtle and Flood 1995; windows as in Lucene's bulk scorer): terms
 * that cannot lift a document over the threshold even together are only looked up for documents that others have lifted.
 */
export function offerBest(
  segment: Segment,
  terms: readonly Weighed[],
  heap: TopHeap,
  { from = 0, accepts }: { from?: number; accepts?: ((document: number) => boolean) | undefined } = {},
): void {
  const cursors = cursorsOf(segment, terms)
  if (cursors.count === 0) return
  const documentsCount = segment.ids.length
  let size = FIRST_WINDOW_DOCUMENTS
  for (let start = 0, end = 0; start < documentsCount; start = end) {
    end = Math.min(start + size, documentsCount)
    size = Math.min(2 * size, WINDOW_DOCUMENTS)
    let optional = 0
    while (optional < cursors.count && cursors.bounds[optional]! < heap.threshold) optional += 1
    if (optional === cursors.count) return
    for (let place = cursors.count - 1; place >= optional; place -= 1) addAll(segment, cursors, place, start, end)
    // Of a need of a page most documents could still make it for long: adding a term costs less than sifting for it.
    let left = optional
    while (left > 0 && !areFew(end - start, heap.threshold - cursors.bounds[left - 1]!)) {
      left -= 1
      addAll(segment, cursors, left, start, end)
    }
    let found = collect(end - start, left > 0 ? heap.threshold - cursors.bounds[left - 1]! : heap.threshold)
    for (let place = left - 1; place >= 0; place -= 1) {
      if (found === 0) break
      addTo(segment, cursors, place, start, end, found)
      if (found < FEW_DOCUMENTS || place % TERMS_BETWEEN_SIFTING === 0)
        found = keep(found, place > 0 ? heap.threshold - cursors.bounds[place - 1]! : heap.threshold)
    }
    for (let at = 0; at < found; at += 1) {
      const document = candidates[at]!
      const score = sums[document]!
      if (score >= heap.threshold && (!accepts || accepts(from + start + document)))
        heap.offer(from + start + document, score)
    }
    sums.fill(0, 0, end - start)
  }
}

function cursorsOf({ postingStarts, impactMaxima }: Segment, terms: readonly Weighed[]): Cursors {
  const standing = terms
    .filter(({ number }) => number + 1 < postingStarts.length && postingStarts[number] !== postingStarts[number + 1])
    .map(({ number, weight }) => {
      const bound = weight * impactMaxima[number]!
      return { number, weight, bound, worth: bound / (postingStarts[number + 1]! - postingStarts[number]!) }
    })
    .sort((a, b) => a.worth - b.worth)
  const cursors: Cursors = {
    count: standing.length,
    at: Int32Array.from(standing, ({ number }) => postingStarts[number]!),
    end: Int32Array.from(standing, ({ number }) => postingStarts[number + 1]!),
    weights: Float64Array.from(standing, ({ weight }) => weight),
    bounds: Float64Array.from(standing, ({ bound }) => bound),
  }
  for (let place = 1; place < cursors.count; place += 1) cursors.bounds[place]! += cursors.bounds[place - 1]!
  return cursors
}

/** Adds what a term brings to every document of the window. */
function addAll(segment: Segment, cursors: Cursors, place: number, start: number, end: number): void {
  const { postingDocuments, postingImpacts } = segment
  const last = cursors.end[place]!
  const weight = cursors.weights[place]!
  let at = cursors.at[place]!
  // A window that was pruned left the cursor behind.
  if (at < last && postingDocuments[at]! < start) at = firstFrom(postingDocuments, at, last, start)
  const stop = firstFrom(postingDocuments, at, last, end)
  for (; at < stop; at += 1) sums[postingDocuments[at]! - start]! += weight * postingImpacts[at]!
  cursors.at[place] = stop
}

/** Adds what a term brings to the candidates. */
function addTo(segment: Segment, cursors: Cursors, place: number, start: number, end: number, found: number): void {
  const { postingDocuments, postingImpacts } = segment
  const last = cursors.end[place]!
  const weight = cursors.weights[place]!
  let at = cursors.at[place]!
  if (((last - at) * WINDOW_DOCUMENTS) / (segment.ids.length - start) < found * PROBE_RATIO) {
    addAll(segment, cursors, place, start, end)
    return
  }
  for (let candidate = 0; candidate < found && at < last; candidate += 1) {
    const document = candidates[candidate]! + start
    at = firstFrom(postingDocuments, at, last, document)
    if (at < last && postingDocuments[at] === document) sums[document - start]! += weight * postingImpacts[at]!
  }
  cursors.at[place] = at
}

/** The first place from `at` on that holds `document` or a later one: by steps that double, then by halves. */
function firstFrom(documents: Int32Array, at: number, end: number, document: number): number {
  let step = 1
  let low = at
  let high = at
  while (high < end && documents[high]! < document) {
    low = high + 1
    high += step
    step *= 2
  }
  if (high > end) high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (documents[middle]! < document) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether few of a window's documents have at least `least`, going by some of them. */
function areFew(documentsCount: number, least: number): boolean {
  let few = Math.floor(documentsCount / SAMPLED_EVERY / FEW_AMONG)
  for (let document = 0; document < documentsCount; document += SAMPLED_EVERY)
    if (sums[document]! >= least) {
      few -= 1
      if (few < 0) return false
    }
  return true
}

/** Writes the documents of a window that have at least `least`, and anything at all, to `candidates`; how many. */
function collect(documentsCount: number, least: number): number {
  const bar = Math.max(least, 1)
  let found = 0
  for (let document = 0; document < documentsCount; document += 1)
    if (sums[document]! >= bar) {
      candidates[found] = document
      found += 1
    }
  return found
}

/** Keeps the candidates that have at least `least`; how many. */
function keep(found: number, least: number): number {
  let kept = 0
  for (let at = 0; at < found; at += 1) {
    const document = candidates[at]!
    if (sums[document]! >= least) {
      candidates[kept] = document
      kept += 1
    }
  }
  return kept
}
