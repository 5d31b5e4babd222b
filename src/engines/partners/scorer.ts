import { FEATURES, type FeatureName, WIDTH } from './features.ts'
import { explainTree, type GrowOptions, growTrees, type Lists, scoreTree, type Tree } from './trees.ts'

/** A sum of features, each by its distance from the usual, and trees that correct it. Plain data. */
export interface Scorer {
  readonly features: readonly FeatureName[]
  /** Beside `features`: what is usual, how far values spread, and what one spread is worth. */
  readonly usual: readonly number[]
  readonly spread: readonly number[]
  readonly weight: readonly number[]
  readonly trees: readonly Tree[]
}

/** What one feature of a candidate brought; with the base they add up to the score. */
export interface Contribution {
  readonly feature: FeatureName
  readonly value: number
  readonly weight: number
}

const ROUNDS = 150
const RATE = 0.08
const RIDGE = 1e-3
const SPREAD_MIN = 1e-6
const DIGITS = 5
const TREES: Omit<GrowOptions, 'allowed' | 'seed'> = {
  trees: 80,
  depth: 3,
  rate: 0.08,
  leafWeightMin: 10,
  ridge: 15,
  listsShare: 0.6,
  featuresShare: 0.4,
}

/** Fits both layers to lists of rows of `WIDTH` features. The same lists and seed give the same scorer. */
export function fitScorer(lists: Lists, features: readonly FeatureName[], seed: number): Scorer {
  const allowed = features.map((feature) => FEATURES.indexOf(feature))
  const linear = { features, ...fitSum(lists, allowed), trees: [] }
  const scores = Float64Array.from(lists.right, (_, row) => scoreOf(linear, lists.features, row * WIDTH))
  return { ...linear, trees: growTrees(lists, { ...TREES, allowed, seed }, scores).map(rounded) }
}

function rounded({ feature, threshold, left, value }: Tree): Tree {
  return { feature, left, threshold, value: value.map((number) => Number(number.toFixed(DIGITS))) }
}

/** Conditional logit (McFadden 1974) with a ridge, by Adam (Kingma and Ba 2015) over all lists at once. */
function fitSum(lists: Lists, allowed: readonly number[]): Pick<Scorer, 'usual' | 'spread' | 'weight'> {
  const { usual, spread } = measureColumns(lists, allowed)
  const rows = lists.right.length
  const size = allowed.length
  const inputs = new Float32Array(rows * size)
  for (let row = 0; row < rows; row += 1)
    for (let at = 0; at < size; at += 1)
      inputs[row * size + at] = (lists.features[row * WIDTH + allowed[at]!]! - usual[at]!) / spread[at]!
  const weight = new Float64Array(size)
  const [slope, first, second] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  const chances = new Float64Array(rows)
  for (let round = 1; round <= ROUNDS; round += 1) {
    slope.fill(0)
    for (let list = 0; list + 1 < lists.starts.length; list += 1)
      addSlope(lists, lists.starts[list]!, lists.starts[list + 1]!, { inputs, weight, chances, slope })
    for (let at = 0; at < size; at += 1) {
      const down = slope[at]! / Math.max(1, lists.starts.length - 1) + RIDGE * weight[at]!
      first[at] = 0.9 * first[at]! + 0.1 * down
      second[at] = 0.99 * second[at]! + 0.01 * down ** 2
      const step = first[at]! / (1 - 0.9 ** round) / (Math.sqrt(second[at]! / (1 - 0.99 ** round)) + 1e-8)
      weight[at]! -= RATE * step
    }
  }
  const round = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(DIGITS)))
  return { usual: round(usual), spread: round(spread), weight: round(weight) }
}

function measureColumns({ features, right, standsFor }: Lists, allowed: readonly number[]) {
  const usual = new Float64Array(allowed.length)
  const spread = new Float64Array(allowed.length)
  const whole = standsFor.reduce((sum, count) => sum + count, 0)
  allowed.forEach((feature, at) => {
    let [sum, squares] = [0, 0]
    for (let row = 0; row < right.length; row += 1) {
      const value = features[row * WIDTH + feature]!
      sum += standsFor[row]! * value
      squares += standsFor[row]! * value ** 2
    }
    usual[at] = sum / whole
    const variance = squares / whole - usual[at]! ** 2
    // A column that never moved in the lists says nothing, however far it moves later.
    spread[at] = variance > SPREAD_MIN ? Math.sqrt(variance) : 1
  })
  return { usual, spread }
}

interface Slope {
  readonly inputs: Float32Array
  readonly weight: Float64Array
  readonly chances: Float64Array
  readonly slope: Float64Array
}

function addSlope({ right, standsFor }: Lists, from: number, to: number, into: Slope): void {
  const { inputs, weight, chances, slope } = into
  const size = weight.length
  let top = Number.NEGATIVE_INFINITY
  let hits = 0
  for (let row = from; row < to; row += 1) {
    let score = 0
    for (let at = 0; at < size; at += 1) score += weight[at]! * inputs[row * size + at]!
    chances[row] = score
    top = Math.max(top, score)
    hits += right[row]!
  }
  let total = 0
  for (let row = from; row < to; row += 1) {
    chances[row] = standsFor[row]! * Math.exp(chances[row]! - top)
    total += chances[row]!
  }
  for (let row = from; row < to; row += 1) {
    const gap = chances[row]! / total - right[row]! / hits
    if (Math.abs(gap) < 1e-7) continue
    for (let at = 0; at < size; at += 1) slope[at]! += gap * inputs[row * size + at]!
  }
}

const NUMBERS = new Map(FEATURES.map((feature, at) => [feature, at]))

/** The score of the row that begins at `at`. */
export function scoreOf({ features, usual, spread, weight, trees }: Scorer, rows: Float32Array, at: number): number {
  let score = 0
  for (let place = 0; place < features.length; place += 1) {
    const value = rows[at + NUMBERS.get(features[place]!)!]!
    score += (weight[place]! * (value - usual[place]!)) / spread[place]!
  }
  for (const tree of trees) score += scoreTree(tree, rows, at)
  return score
}

/** What each feature brought to the score, the weightiest first, and the base that every candidate has. */
export function explainScore(scorer: Scorer, rows: Float32Array, at: number): { base: number; parts: Contribution[] } {
  const { features, usual, spread, weight, trees } = scorer
  const brought = new Float64Array(WIDTH)
  let base = 0
  for (const tree of trees) base += explainTree(tree, rows, at, brought)
  const parts = features.map((feature, place) => {
    const number = NUMBERS.get(feature)!
    const value = rows[at + number]!
    return { feature, value, weight: brought[number]! + (weight[place]! * (value - usual[place]!)) / spread[place]! }
  })
  return {
    base,
    parts: parts
      .filter((part) => part.weight !== 0)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || NUMBERS.get(a.feature)! - NUMBERS.get(b.feature)!),
  }
}
