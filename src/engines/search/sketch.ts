/** What a document is about, in few terms: its heaviest ones, of those that another document holds too. */
export interface Sketch {
  terms: Uint32Array
  /** Of unit length as a vector. */
  weights: Float64Array
  /** So many at the front are the heaviest; otherwise terms stand in reading order. */
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

/** The heaviest of a document's terms, `terms` and `weights` being the first `count` of each. */
export function sketchOf(terms: Uint32Array, weights: Float64Array, count: number, names: readonly string[]): Sketch {
  const kept = heaviestOf(terms, weights, names, count, SKETCH_TERMS_MAX)
  const heaviest = heaviestOf(terms, weights, names, count, HEAVIEST_TERMS_MAX)
  const isHeavy = new Set(heaviest)
  const places = [...heaviest, ...kept.filter((at) => !isHeavy.has(at))]
  let squares = 0
  for (const at of places) squares += weights[at]! ** 2
  const length = Math.sqrt(squares)
  return {
    terms: Uint32Array.from(places, (at) => terms[at]!),
    weights: Float64Array.from(places, (at) => weights[at]! / length),
    heaviestCount: heaviest.length,
  }
}

/** Places of the heaviest terms, in reading order; of equal ones at the edge those that are named first. */
function heaviestOf(
  terms: Uint32Array,
  weights: Float64Array,
  names: readonly string[],
  count: number,
  countMax: number,
): number[] {
  const cut = count > countMax ? weights.slice(0, count).sort()[count - countMax]! : 0
  const above: number[] = []
  const edge: number[] = []
  for (let at = 0; at < count; at += 1) {
    if (weights[at]! > cut) above.push(at)
    else if (weights[at] === cut && cut > 0) edge.push(at)
  }
  if (edge.length === 0) return above
  edge.sort((a, b) => (names[terms[a]!]! < names[terms[b]!]! ? -1 : 1))
  return [...above, ...edge.slice(0, countMax - above.length)]
}
