/** What a document is about, in few terms: its heaviest ones, of those that another document holds too. */
export interface Sketch {
  terms: Uint32Array
  /** Of unit length as a vector. */
  weights: Float64Array
  /** So many of both are its own. */
  count: number
}

/** A document's terms with what they weigh in it, the first `count` of each. Terms of no weight are never taken. */
export interface Weights {
  terms: Uint32Array
  weights: Float64Array
  count: number
  /** Of all terms, by number. */
  names: readonly string[]
}

const SKETCH_TERMS_MAX = 100
const HEAVIEST_TERMS_MAX = 60
const SKETCHES_KEPT_MAX = 10_000
const SKETCHES_KEPT_FIRST = 256

/** Documents in few terms, made when first asked for. The heaviest terms of each are kept, in one place for all. */
export class Sketches {
  /** In every slot so many terms at most. */
  readonly termsMax = HEAVIEST_TERMS_MAX
  /** Slot by slot, `counts` of them: a document's heaviest terms and their weights, of unit length as a vector. */
  terms = new Uint32Array(SKETCHES_KEPT_FIRST * HEAVIEST_TERMS_MAX)
  weights = new Float64Array(SKETCHES_KEPT_FIRST * HEAVIEST_TERMS_MAX)
  counts = new Uint8Array(SKETCHES_KEPT_FIRST)
  private readonly slots = new Map<number, number>()
  private readonly read: (document: number) => Weights
  private readonly whole: Sketch = {
    terms: new Uint32Array(SKETCH_TERMS_MAX),
    weights: new Float64Array(SKETCH_TERMS_MAX),
    count: 0,
  }

  /** `read` gives a document's terms; what it gives is read at once. */
  constructor(read: (document: number) => Weights) {
    this.read = read
  }

  /** Writes the slots of documents to `slots`; they serve until the next call. */
  find(documents: readonly { document: number }[], slots: Int32Array): void {
    if (this.slots.size + documents.length > SKETCHES_KEPT_MAX) this.slots.clear()
    documents.forEach(({ document }, at) => {
      slots[at] = this.slots.get(document) ?? this.make(document)
    })
  }

  /** A document in more terms: its heaviest and those next to them. Serves until the next call. */
  wholeOf(document: number): Sketch {
    const source = this.read(document)
    const { whole } = this
    const heaviestCount = Math.min(HEAVIEST_TERMS_MAX, source.count)
    const wholeCount = Math.min(SKETCH_TERMS_MAX, source.count)
    const cut = cutOf(source, heaviestCount)
    whole.count = fill(whole, 0, heaviestCount, source, cut, Number.POSITIVE_INFINITY)
    // What is as heavy as the cut and had no room among the heaviest stays out: it is one of many.
    if (whole.count === heaviestCount && wholeCount > heaviestCount)
      whole.count = fill(whole, heaviestCount, wholeCount, source, cutOf(source, wholeCount), cut)
    normalise(whole.weights, 0, whole.count)
    return whole
  }

  clear(): void {
    this.slots.clear()
  }

  private make(document: number): number {
    const slot = this.slots.size
    this.slots.set(document, slot)
    if (slot >= this.counts.length) this.grow()
    const source = this.read(document)
    const from = slot * HEAVIEST_TERMS_MAX
    const count = Math.min(HEAVIEST_TERMS_MAX, source.count)
    const cut = cutOf(source, count)
    const end = fill(this, from, from + count, source, cut, Number.POSITIVE_INFINITY)
    this.counts[slot] = end - from
    normalise(this.weights, from, end)
    return slot
  }

  private grow(): void {
    const size = Math.min(2 * this.counts.length, SKETCHES_KEPT_MAX)
    const [{ terms, weights, counts }, places] = [this, size * HEAVIEST_TERMS_MAX]
    this.terms = new Uint32Array(places)
    this.weights = new Float64Array(places)
    this.counts = new Uint8Array(size)
    this.terms.set(terms)
    this.weights.set(weights)
    this.counts.set(counts)
  }
}

function normalise(weights: Float64Array, from: number, to: number): void {
  let squares = 0
  for (let at = from; at < to; at += 1) squares += weights[at]! ** 2
  const length = Math.sqrt(squares) || 1
  for (let at = from; at < to; at += 1) weights[at]! /= length
}

let scratch = new Float64Array(0)

/** The least of the `wanted` greatest weights. */
function cutOf({ weights, count }: Weights, wanted: number): number {
  if (count === 0) return 0
  if (scratch.length < count) scratch = new Float64Array(2 * count)
  for (let at = 0; at < count; at += 1) scratch[at] = weights[at]!
  return placedAt(scratch, count, count - wanted)
}

/** What would stand at `place` if the first `count` values were sorted upwards; moves them about (Hoare's selection). */
function placedAt(values: Float64Array, count: number, place: number): number {
  let [low, high] = [0, count - 1]
  while (low < high) {
    const pivot = values[(low + high) >>> 1]!
    let [left, right] = [low, high]
    while (left <= right) {
      while (values[left]! < pivot) left += 1
      while (values[right]! > pivot) right -= 1
      if (left > right) break
      const moved = values[left]!
      values[left] = values[right]!
      values[right] = moved
      left += 1
      right -= 1
    }
    if (place <= right) high = right
    else if (place >= left) low = left
    else break
  }
  return values[place]!
}

/**
 * Fills places with the terms whose weight is at least `cut`, those at it by name while there is room, and less than
 * `below`; how far it came.
 */
function fill(
  into: { terms: Uint32Array; weights: Float64Array },
  from: number,
  to: number,
  { terms, weights, count, names }: Weights,
  cut: number,
  below: number,
): number {
  let place = from
  const edge: number[] = []
  for (let at = 0; at < count; at += 1) {
    const weight = weights[at]!
    if (weight < cut || weight >= below || weight === 0) continue
    if (weight === cut) edge.push(at)
    else {
      into.terms[place] = terms[at]!
      into.weights[place] = weight
      place += 1
    }
  }
  if (edge.length > to - place) edge.sort((a, b) => (names[terms[a]!]! < names[terms[b]!]! ? -1 : 1))
  for (let at = 0; at < edge.length && place < to; at += 1) {
    into.terms[place] = terms[edge[at]!]!
    into.weights[place] = cut
    place += 1
  }
  return place
}
