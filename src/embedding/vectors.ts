/** Vectors as they are kept: a byte a dimension, its direction alone, the greatest number being 127. */

const BYTE_MAX = 127

export function packVector(vector: Float32Array): Int8Array {
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  return Int8Array.from(vector, (value) => (most > 0 ? Math.round((value / most) * BYTE_MAX) : 0))
}

export interface Near {
  key: string
  cosine: number
}

export interface Nearest {
  /** The nearest first, equal ones by key. */
  near: Near[]
  /** How many were looked at, and how their cosines lie. */
  count: number
  mean: number
  deviation: number
}

const GROWTH = 1.5
const ROWS_MIN = 64

/** Many packed vectors in one array, looked through from end to end for each question. */
export class VectorTable {
  readonly dimensions: number
  private keys: string[] = []
  private tags: string[] = []
  private places = new Map<string, number>()
  private numbers = new Int8Array(0)
  private lengths = new Float64Array(0)

  constructor(dimensions: number) {
    this.dimensions = dimensions
  }

  get size(): number {
    return this.keys.length
  }

  /** What was said of a vector when it was put here. */
  tagOf(key: string): string | undefined {
    return this.tags[this.places.get(key) ?? -1]
  }

  /** Puts a vector in, or in the place of the one that had its key; one of other dimensions is left out. */
  put(key: string, packed: Int8Array, tag = ''): void {
    const { dimensions } = this
    if (packed.length !== dimensions) return
    const place = this.places.get(key) ?? this.keys.length
    if (place === this.keys.length) this.keys.push(key)
    this.places.set(key, place)
    this.tags[place] = tag
    this.makeRoom(place + 1)
    this.numbers.set(packed, place * dimensions)
    this.lengths[place] = Math.sqrt(packed.reduce((sum, value) => sum + value * value, 0)) || 1
  }

  private makeRoom(rows: number): void {
    if (rows <= this.lengths.length) return
    const room = Math.max(ROWS_MIN, Math.ceil(rows * GROWTH))
    const numbers = new Int8Array(room * this.dimensions)
    numbers.set(this.numbers)
    const lengths = new Float64Array(room)
    lengths.set(this.lengths)
    Object.assign(this, { numbers, lengths })
  }

  /** The `k` nearest by cosine to a vector of length 1. */
  nearest(query: Float32Array, k: number): Nearest {
    const cosines = this.cosinesTo(query)
    const count = cosines.length
    let sum = 0
    let squares = 0
    for (const cosine of cosines) {
      sum += cosine
      squares += cosine * cosine
    }
    const mean = count ? sum / count : 0
    const deviation = count ? Math.sqrt(Math.max(0, squares / count - mean * mean)) : 0
    const least = leastOf(cosines, k)
    const near: Near[] = []
    for (let place = 0; place < count; place += 1)
      if (cosines[place]! >= least) near.push({ key: this.keys[place]!, cosine: cosines[place]! })
    near.sort((a, b) => b.cosine - a.cosine || (a.key < b.key ? -1 : 1))
    return { near: near.slice(0, k), count, mean, deviation }
  }

  private cosinesTo(query: Float32Array): Float64Array {
    const { numbers, lengths, dimensions } = this
    const cosines = new Float64Array(query.length === dimensions ? this.size : 0)
    const whole = dimensions - (dimensions % 4)
    for (let place = 0, at = 0; place < cosines.length; place += 1, at = place * dimensions) {
      let [one, two, three, four] = [0, 0, 0, 0]
      for (let d = 0; d < whole; d += 4) {
        one += query[d]! * numbers[at + d]!
        two += query[d + 1]! * numbers[at + d + 1]!
        three += query[d + 2]! * numbers[at + d + 2]!
        four += query[d + 3]! * numbers[at + d + 3]!
      }
      for (let d = whole; d < dimensions; d += 1) one += query[d]! * numbers[at + d]!
      cosines[place] = (one + two + three + four) / lengths[place]!
    }
    return cosines
  }
}

/** The k-th greatest. */
function leastOf(cosines: Float64Array, k: number): number {
  if (k >= cosines.length) return Number.NEGATIVE_INFINITY
  return k < 1 ? Number.POSITIVE_INFINITY : cosines.toSorted()[cosines.length - k]!
}
