/** What a document is about, in few terms: its heaviest ones, of those that another document holds too. */
export interface Sketch {
  /** The heaviest first, equal ones by name. */
  terms: Uint32Array
  /** Of unit length as a vector. */
  weights: Float64Array
}

const SKETCH_TERMS_MAX = 100
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
  const cut = count > SKETCH_TERMS_MAX ? weights.slice(0, count).sort()[count - SKETCH_TERMS_MAX]! : 0
  const chosen: number[] = []
  for (let at = 0; at < count; at += 1) if (weights[at]! > 0 && weights[at]! >= cut) chosen.push(at)
  chosen.sort((a, b) => weights[b]! - weights[a]! || (names[terms[a]!]! < names[terms[b]!]! ? -1 : 1))
  const kept = chosen.slice(0, SKETCH_TERMS_MAX)
  const length = Math.sqrt(kept.reduce((sum, at) => sum + weights[at]! ** 2, 0))
  return {
    terms: Uint32Array.from(kept, (at) => terms[at]!),
    weights: Float64Array.from(kept, (at) => weights[at]! / length),
  }
}
