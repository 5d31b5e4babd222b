/** What a document is about, in few terms: its heaviest ones, of those that another document holds too. */
export interface Sketch {
  terms: Uint32Array
  /** Of unit length as a vector. */
  weights: Float64Array
  /** So many at the front are the heaviest of all. A weight of 0 stands where there was no further term. */
  heaviestCount: number
}

const SKETCH_TERMS_MAX = 100
const HEAVIEST_TERMS_MAX = 60
const SKETCHES_KEPT_MAX = 10_000

/** Sketches by document, made when first asked for and kept. */
export class Sketches {
  private readonly kept = new Map<number, Sketch>()
  private readonly make: (document: number) => Sketch

  constructor(make: (document: number) => Sketch) {
    this.make = make
  }

  of(document: number): Sketch {
    let sketch = this.kept.get(document)
    if (!sketch) {
      sketch = this.make(document)
      if (this.kept.size >= SKETCHES_KEPT_MAX) this.kept.clear()
      this.kept.set(document, sketch)
    }
    return sketch
  }

  clear(): void {
    this.kept.clear()
  }
}

let scratch = new Float64Array(0)

/** The heaviest of a document's terms, `terms` and `weights` being the first `count` of each. */
export function sketchOf(terms: Uint32Array, weights: Float64Array, count: number, names: readonly string[]): Sketch {
  if (scratch.length < count) scratch = new Float64Array(2 * count)
  for (let at = 0; at < count; at += 1) scratch[at] = weights[at]!
  const keptCount = Math.min(SKETCH_TERMS_MAX, count)
  const heaviestCount = Math.min(HEAVIEST_TERMS_MAX, count)
  const sketch: Sketch = { terms: new Uint32Array(keptCount), weights: new Float64Array(keptCount), heaviestCount }
  const cut = count > 0 ? placedAt(scratch, count, count - heaviestCount) : 0
  const filled = fill(sketch, 0, heaviestCount, { terms, weights, count, names, cut, below: Number.POSITIVE_INFINITY })
  // What is as heavy as the cut and had no room among the heaviest stays out: it is one of many.
  if (filled === heaviestCount && keptCount > heaviestCount)
    fill(sketch, heaviestCount, keptCount, {
      terms,
      weights,
      count,
      names,
      cut: placedAt(scratch, count, count - keptCount),
      below: cut,
    })
  let squares = 0
  for (let at = 0; at < keptCount; at += 1) squares += sketch.weights[at]! ** 2
  const length = Math.sqrt(squares) || 1
  for (let at = 0; at < keptCount; at += 1) sketch.weights[at]! /= length
  return sketch
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

interface Source {
  terms: Uint32Array
  weights: Float64Array
  count: number
  names: readonly string[]
  /** Weights from here on are wanted, those at it by name while there is room. */
  cut: number
  /** Weights from here on are not wanted. */
  below: number
}

/** Fills a sketch from one place to another with the terms in a range of weights; how far it came. */
function fill(sketch: Sketch, from: number, to: number, { terms, weights, count, names, cut, below }: Source): number {
  let place = from
  const edge: number[] = []
  for (let at = 0; at < count; at += 1) {
    const weight = weights[at]!
    if (weight < cut || weight >= below) continue
    if (weight === cut) edge.push(at)
    else {
      sketch.terms[place] = terms[at]!
      sketch.weights[place] = weight
      place += 1
    }
  }
  if (edge.length > to - place) edge.sort((a, b) => (names[terms[a]!]! < names[terms[b]!]! ? -1 : 1))
  for (let at = 0; at < edge.length && place < to; at += 1) {
    sketch.terms[place] = terms[edge[at]!]!
    sketch.weights[place] = cut
    place += 1
  }
  return place
}
