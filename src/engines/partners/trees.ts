import { seededRandom } from '#kit/random.ts'

/**
 * A regression tree in arrays, the root first. A node splits where `feature` is not -1: rows with a value up to `threshold`
 * go to `left`, others to the node after it. Every node has a value, so that a path tells what each split was worth.
 */
export interface Tree {
  readonly feature: readonly number[]
  readonly threshold: readonly number[]
  readonly left: readonly number[]
  readonly value: readonly number[]
}

/** Lists of candidates, each with at least one that was right. */
export interface Lists {
  readonly width: number
  /** Row by row. */
  readonly features: Float32Array
  /** Where each list begins; one more entry ends the last. */
  readonly starts: readonly number[]
  /** 1 for who was right. */
  readonly right: Uint8Array
  /** For how many candidates a row stands: 1, or more where it was drawn from many. */
  readonly standsFor: Float32Array
}

export interface GrowOptions {
  readonly trees: number
  readonly depth: number
  readonly rate: number
  /** Least sum of second derivatives in a leaf. */
  readonly leafWeightMin: number
  readonly ridge: number
  /** Shares of lists and features that each tree looks at. */
  readonly listsShare: number
  readonly featuresShare: number
  /** The features that it may look at. */
  readonly allowed: readonly number[]
  readonly seed: number
}

const BINS = 64

/**
 * Gradient-boosted trees that put those who were right before the others of their list: the loss is the cross-entropy of
 * a list's softmax against its right ones (Cao et al. 2007, ListNet's top one), fitted by Newton steps in leaves over
 * binned features (Chen and Guestrin 2016). They begin at the scores in `from`, by row, or at 0.
 */
export function growTrees(lists: Lists, options: GrowOptions, from?: Float64Array): Tree[] {
  const random = seededRandom(options.seed)
  const edges = edgesOf(lists, options.allowed)
  const bins = binsOf(lists, options.allowed, edges)
  const rows = lists.right.length
  const scores = from ? from.slice() : new Float64Array(rows)
  const gradient = new Float64Array(rows)
  const curvature = new Float64Array(rows)
  const trees: Tree[] = []
  for (let turn = 0; turn < options.trees; turn += 1) {
    derive(lists, scores, gradient, curvature)
    const chosen: number[] = []
    for (let list = 0; list + 1 < lists.starts.length; list += 1) {
      if (random() >= options.listsShare) continue
      for (let row = lists.starts[list]!; row < lists.starts[list + 1]!; row += 1) chosen.push(row)
    }
    const looked = options.allowed.map((_, at) => at).filter(() => random() < options.featuresShare)
    if (chosen.length === 0 || looked.length === 0) continue
    const tree = growTree(Uint32Array.from(chosen), looked, { bins, edges, gradient, curvature, rows, options })
    trees.push(tree)
    for (let row = 0; row < rows; row += 1) scores[row]! += scoreTree(tree, lists.features, row * lists.width)
  }
  return trees
}

function derive(
  { starts, right, standsFor }: Lists,
  scores: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  for (let list = 0; list + 1 < starts.length; list += 1) {
    const [from, to] = [starts[list]!, starts[list + 1]!]
    let top = Number.NEGATIVE_INFINITY
    let hits = 0
    for (let row = from; row < to; row += 1) {
      top = Math.max(top, scores[row]!)
      hits += right[row]!
    }
    let total = 0
    for (let row = from; row < to; row += 1) {
      gradient[row] = standsFor[row]! * Math.exp(scores[row]! - top)
      total += gradient[row]!
    }
    for (let row = from; row < to; row += 1) {
      const chance = gradient[row]! / total
      gradient[row] = chance - right[row]! / hits
      curvature[row] = Math.max(1e-6, chance * (1 - chance))
    }
  }
}

function edgesOf({ features, width, right }: Lists, allowed: readonly number[]): Float64Array[] {
  return allowed.map((feature) => {
    const values = new Float32Array(right.length)
    for (let row = 0; row < values.length; row += 1) values[row] = features[row * width + feature]!
    values.sort()
    const distinct = values.filter((value, at) => at === 0 || value !== values[at - 1])
    const edges: number[] = []
    if (distinct.length <= BINS) for (const value of distinct.subarray(0, -1)) edges.push(value)
    else
      for (let bin = 1; bin < BINS; bin += 1) {
        // Half of the edges by rank among all rows, half among distinct values: zeros are many, tails are thin.
        const from = bin % 2 === 0 ? values : distinct
        edges.push(from[Math.floor((bin * (from.length - 1)) / BINS)]!)
      }
    return Float64Array.from(new Set(edges.map(roundUp))).sort()
  })
}

/** Up to so many digits, so that a kept tree is short and parts values as it did when it grew. */
function roundUp(value: number): number {
  const rounded = Number(value.toPrecision(EDGE_DIGITS))
  return rounded >= value
    ? rounded
    : Number((rounded + Math.abs(value) * 10 ** (1 - EDGE_DIGITS)).toPrecision(EDGE_DIGITS))
}

const EDGE_DIGITS = 5

/** Feature by feature: how many edges lie below each row's value. */
function binsOf(
  { features, width, right }: Lists,
  allowed: readonly number[],
  edges: readonly Float64Array[],
): Uint8Array {
  const rows = right.length
  const bins = new Uint8Array(rows * allowed.length)
  allowed.forEach((feature, at) => {
    const of = edges[at]!
    for (let row = 0; row < rows; row += 1) {
      const value = features[row * width + feature]!
      let low = 0
      let high = of.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (of[middle]! < value) low = middle + 1
        else high = middle
      }
      bins[at * rows + row] = low
    }
  })
  return bins
}

interface Ground {
  readonly bins: Uint8Array
  readonly edges: readonly Float64Array[]
  readonly gradient: Float64Array
  readonly curvature: Float64Array
  readonly rows: number
  readonly options: GrowOptions
}

interface Split {
  readonly at: number
  readonly bin: number
  readonly gain: number
}

function growTree(all: Uint32Array, looked: readonly number[], ground: Ground): Tree {
  const { options, gradient, curvature, bins, edges, rows: rowsCount } = ground
  const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], value: [] as number[] }
  const add = (rows: Uint32Array): number => {
    let [slope, weight] = [0, 0]
    for (const row of rows) {
      slope += gradient[row]!
      weight += curvature[row]!
    }
    tree.feature.push(-1)
    tree.threshold.push(0)
    tree.left.push(-1)
    tree.value.push((-options.rate * slope) / (weight + options.ridge))
    return tree.value.length - 1
  }
  let level = [{ node: add(all), rows: all }]
  for (let depth = 0; depth < options.depth; depth += 1) {
    const next: typeof level = []
    for (const { node, rows } of level) {
      const split = bestSplit(rows, looked, ground)
      if (!split) continue
      const goesLeft = (row: number) => bins[split.at * rowsCount + row]! <= split.bin
      const [left, right] = [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))]
      tree.feature[node] = options.allowed[split.at]!
      tree.threshold[node] = edges[split.at]![split.bin]!
      const first = add(left)
      tree.left[node] = first
      next.push({ node: first, rows: left }, { node: add(right), rows: right })
    }
    level = next
  }
  return tree
}

function bestSplit(rows: Uint32Array, looked: readonly number[], ground: Ground): Split | null {
  const { bins, edges, gradient, curvature, rows: rowsCount, options } = ground
  let [slope, weight] = [0, 0]
  for (const row of rows) {
    slope += gradient[row]!
    weight += curvature[row]!
  }
  const whole = slope ** 2 / (weight + options.ridge)
  let best: Split | null = null
  const slopes = new Float64Array(BINS)
  const weights = new Float64Array(BINS)
  for (const at of looked) {
    slopes.fill(0)
    weights.fill(0)
    const from = at * rowsCount
    for (const row of rows) {
      const bin = bins[from + row]!
      slopes[bin]! += gradient[row]!
      weights[bin]! += curvature[row]!
    }
    let [left, leftWeight] = [0, 0]
    for (let bin = 0; bin < edges[at]!.length; bin += 1) {
      left += slopes[bin]!
      leftWeight += weights[bin]!
      if (leftWeight < options.leafWeightMin || weight - leftWeight < options.leafWeightMin) continue
      const gain =
        left ** 2 / (leftWeight + options.ridge) + (slope - left) ** 2 / (weight - leftWeight + options.ridge) - whole
      if (gain > (best?.gain ?? 1e-9)) best = { at, bin, gain }
    }
  }
  return best
}

export function scoreTree(tree: Tree, features: Float32Array, at: number): number {
  let node = 0
  while (tree.feature[node]! >= 0)
    node = tree.left[node]! + (features[at + tree.feature[node]!]! <= tree.threshold[node]! ? 0 : 1)
  return tree.value[node]!
}

/**
 * Adds to `into`, by feature, what each split on a row's path was worth: the difference between the values of the node
 * it led to and of the node it stood in. With the answer, the root's value, they add up to the score.
 */
export function explainTree(tree: Tree, features: Float32Array, at: number, into: Float64Array): number {
  let node = 0
  while (tree.feature[node]! >= 0) {
    const feature = tree.feature[node]!
    const next = tree.left[node]! + (features[at + feature]! <= tree.threshold[node]! ? 0 : 1)
    into[feature]! += tree.value[next]! - tree.value[node]!
    node = next
  }
  return tree.value[0]!
}
