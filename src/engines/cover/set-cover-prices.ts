import { seededRandom } from '#kit/random.ts'
import { type CoverMatrix, coveredBy, partOf } from './set-cover-matrix.ts'

/**
 * Prices of rows, by which a cover's cost is bounded from below (Lagrangian relaxation), and good covers found along the
 * prices: the heuristic of Caprara, Fischetti and Toth (1999), "A heuristic method for the set covering problem".
 */

export interface Priced {
  /** Not below nought, one a row. */
  prices: Float64Array
  /** No cover costs less. */
  bound: number
  /** By column: what it costs beyond the prices of its rows. */
  reducedCosts: Float64Array
}

export interface FoundCover {
  chosen: number[]
  cost: number
}

const STEP_BEGIN = 1
const STEP_END = 0.005
const STEPS_MAX = 1_000
/** Steps are halved where so many brought less than this share. */
const STEP_PATIENCE = 15
const RAISE_SHARE = 1e-4
/** From prices that are good already. */
const STEP_AGAIN = 0.1
/** Covers built along the prices, one a step. */
export const COVERS_TRIED = 50
const REFINED_SHARE_BEGIN = 0.3
const REFINED_SHARE_GROWTH = 1.2
const REFINEMENTS_MAX = 30
const PERTURBED_SHARE = 0.1

/** What each column costs beyond the prices of its rows, and the bound that this gives. */
export function boundBy(matrix: CoverMatrix, prices: Float64Array): { bound: number; reducedCosts: Float64Array } {
  const { columns, cost, columnStarts, rowsOf } = matrix
  const reducedCosts = new Float64Array(columns)
  let bound = 0
  for (let row = 0; row < prices.length; row++) bound += prices[row]!
  for (let column = 0; column < columns; column++) {
    let reduced = cost[column]!
    const end = columnStarts[column + 1]!
    for (let at = columnStarts[column]!; at < end; at++) reduced -= prices[rowsOf[at]!]!
    reducedCosts[column] = reduced
    if (reduced < 0) bound += reduced
  }
  return { bound, reducedCosts }
}

/** Each row at the least cost of a row at which any column covers it. */
export function firstPrices({ rows, columns, cost, columnStarts, rowsOf }: CoverMatrix): Float64Array {
  const prices = new Float64Array(rows).fill(Infinity)
  for (let column = 0; column < columns; column++) {
    const share = cost[column]! / (columnStarts[column + 1]! - columnStarts[column]!)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++)
      prices[rowsOf[at]!] = Math.min(prices[rowsOf[at]!]!, share)
  }
  return prices.map((price) => (Number.isFinite(price) ? price : 0))
}

/** Raises the bound by steps along the subgradient, shorter ones each time that they bring nothing. */
export function raiseBound(
  matrix: CoverMatrix,
  begin: Float64Array,
  costKnown: number,
  {
    stepBegin = STEP_BEGIN,
    stepsMax = STEPS_MAX,
    patience = STEP_PATIENCE,
    enough = Infinity,
    isOver = (): boolean => false,
  } = {},
): Priced {
  let best: Priced = { prices: begin, ...boundBy(matrix, begin) }
  let raisedAt = 0
  const walk = new Walk(matrix, begin, costKnown)
  walk.length = stepBegin
  for (let step = 1; step <= stepsMax && walk.length > STEP_END && best.bound <= enough; step++) {
    if (isOver() || !walk.step()) break
    if (walk.now.bound > best.bound) {
      if (walk.now.bound > best.bound * (1 + RAISE_SHARE)) raisedAt = step
      best = walk.now
    }
    if (step - raisedAt < patience) continue
    walk.length /= 2
    walk.now = best
    raisedAt = step
  }
  return best
}

class Walk {
  readonly matrix: CoverMatrix
  length = STEP_AGAIN
  now: Priced
  private readonly costKnown: number
  private readonly slope: Int32Array

  constructor(matrix: CoverMatrix, prices: Float64Array, costKnown: number) {
    this.matrix = matrix
    this.costKnown = costKnown
    this.slope = new Int32Array(matrix.rows)
    this.now = { prices, ...boundBy(matrix, prices) }
  }

  /** False where every row is covered once: no price can rise or fall. */
  step(): boolean {
    const { rows, columns, columnStarts, rowsOf } = this.matrix
    const { prices, bound, reducedCosts } = this.now
    const slope = this.slope.fill(1)
    for (let column = 0; column < columns; column++) {
      if (reducedCosts[column]! >= 0) continue
      const end = columnStarts[column + 1]!
      for (let at = columnStarts[column]!; at < end; at++) slope[rowsOf[at]!]!--
    }
    let squares = 0
    for (let row = 0; row < rows; row++) squares += slope[row]! * slope[row]!
    if (squares === 0) return false
    const factor = (this.length * Math.max(this.costKnown - bound, 1e-6 * Math.abs(bound) + 1e-9)) / squares
    const next = new Float64Array(rows)
    for (let row = 0; row < rows; row++) next[row] = Math.max(0, prices[row]! + factor * slope[row]!)
    this.now = { prices: next, ...boundBy(this.matrix, next) }
    return true
  }
}

/** Prices of nought, by which a cover is built as Chvátal (1979) does: by cost for each row newly covered. */
export function withoutPrices({ rows, cost }: CoverMatrix): Priced {
  return { prices: new Float64Array(rows), bound: 0, reducedCosts: cost.slice() }
}

/** Takes, again and again, the column that costs least beyond the prices of what it newly covers; then the needless go. */
export function coverByPrices(matrix: CoverMatrix, { prices, reducedCosts }: Priced): FoundCover | null {
  const { rows, columns, cost, columnStarts, rowsOf, rowStarts, columnsOf } = matrix
  const beyond = reducedCosts.slice()
  const fresh = new Int32Array(columns)
  const score = new Float64Array(columns)
  const scoreOf = (column: number) => {
    if (fresh[column] === 0) return Infinity
    const over = beyond[column]!
    return over > 0 ? over / fresh[column]! : over * fresh[column]!
  }
  for (let column = 0; column < columns; column++) {
    fresh[column] = columnStarts[column + 1]! - columnStarts[column]!
    score[column] = scoreOf(column)
  }
  const times = new Int32Array(rows)
  const chosen: number[] = []
  for (let left = rows; left > 0; ) {
    let best = -1
    let least = Infinity
    for (let column = 0; column < columns; column++)
      if (score[column]! < least) {
        least = score[column]!
        best = column
      }
    if (best < 0) return null
    chosen.push(best)
    for (let at = columnStarts[best]!; at < columnStarts[best + 1]!; at++) {
      const row = rowsOf[at]!
      if (times[row]!++ > 0) continue
      left--
      for (let place = rowStarts[row]!; place < rowStarts[row + 1]!; place++) {
        const column = columnsOf[place]!
        fresh[column]!--
        beyond[column]! += prices[row]!
        score[column] = scoreOf(column)
      }
    }
    score[best] = Infinity
  }
  const kept = new Set(chosen)
  for (const column of chosen.sort((a, b) => cost[b]! - cost[a]! || b - a)) {
    const own = rowsOf.subarray(columnStarts[column]!, columnStarts[column + 1]!)
    if (!own.every((row) => times[row]! > 1)) continue
    for (const row of own) times[row]!--
    kept.delete(column)
  }
  const lean = [...kept].sort((a, b) => a - b)
  return { chosen: lean, cost: lean.reduce((sum, column) => sum + cost[column]!, 0) }
}

/** Covers built along the prices while these go on changing; the cheapest that is cheaper than what is known. */
export function coverAlong(
  matrix: CoverMatrix,
  from: Priced,
  costKnown: number,
  tries = COVERS_TRIED,
  isOver = () => false,
): FoundCover | null {
  const walk = new Walk(matrix, from.prices, costKnown)
  let best: FoundCover | null = null
  for (let step = 0; step < tries; step++) {
    const found = coverByPrices(matrix, walk.now)
    if (found && found.cost < Math.min(costKnown, best?.cost ?? Infinity) - 1e-9) best = found
    if (isOver() || !walk.step()) break
  }
  return best
}

/** How much a cover is bettered. */
export interface Effort {
  /** Columns that are considered, for each row and among all. */
  nearPerRow: number
  stepsMax: number
  coversTried: number
  /** One column more is fixed at a time for so many rows. */
  fixedPerRows: number
}

/** A fifth of a second where four thousand columns cover four hundred rows. */
export const QUICK: Effort = { nearPerRow: 3, stepsMax: 50, coversTried: 10, fixedPerRows: 50 }
/** Ten times as long, for half a per cent. */
export const THOROUGH: Effort = { nearPerRow: 5, stepsMax: 150, coversTried: 50, fixedPerRows: 200 }

export interface Limits {
  /** What a better cover has to cost less than, beyond rounding: 1 where costs are whole, else about nought. */
  unit: number
  isOver: () => boolean
}

/**
 * Betters a cover: of what it holds, the columns that overlap least are kept and the rest is covered anew, again and
 * again, keeping more each time that nothing better is found.
 */
export function refineCover(
  whole: CoverMatrix,
  priced: Priced,
  start: FoundCover,
  { seed, ...limits }: Limits & { seed: number; effort: Effort },
): FoundCover {
  const near = nearPart(whole, priced.reducedCosts, start, limits.effort.nearPerRow)
  const random = seededRandom(seed)
  let best = start
  const offer = (found: FoundCover | null, ids: Int32Array, kept: readonly number[]) => {
    if (!found) return false
    const chosen = [...kept, ...found.chosen.map((column) => ids[column]!)].sort((a, b) => a - b)
    const cost = chosen.reduce((sum, column) => sum + whole.cost[column]!, 0)
    if (cost >= best.cost - 1e-9) return false
    best = { chosen, cost }
    return true
  }
  offer(coverWhileFixing(near.matrix, priced.prices, best.cost, limits), near.columnIds, [])
  let share = REFINED_SHARE_BEGIN
  for (let round = 0; round < REFINEMENTS_MAX && share < 1 && !limits.isOver(); round++) {
    const kept = leastOverlapping(whole, priced, best, share)
    const covered = coveredBy(whole, kept)
    const keeps = new Set(near.columnIds)
    const part = partOf(
      whole,
      (column) => keeps.has(column),
      (row) => !covered[row],
    )
    const keptCost = kept.reduce((sum, column) => sum + whole.cost[column]!, 0)
    const prices = Float64Array.from(
      part.rowIds,
      (row) => priced.prices[row]! * (1 + PERTURBED_SHARE * (2 * random() - 1)),
    )
    const found = coverWhileFixing(part.matrix, prices, best.cost - keptCost, limits)
    share = offer(found, part.columnIds, kept) ? REFINED_SHARE_BEGIN : share * REFINED_SHARE_GROWTH
  }
  return best
}

/** Bounds, covers along the prices, then fixes what the prices take for certain and goes on with the rest. */
function coverWhileFixing(
  whole: CoverMatrix,
  begin: Float64Array,
  costKnown: number,
  { effort, ...limits }: Limits & { effort: Effort },
): FoundCover | null {
  let best: FoundCover | null = null
  let part = { matrix: whole, columnIds: Int32Array.from({ length: whole.columns }, (_, at) => at) }
  let prices = begin
  const fixed: number[] = []
  let fixedCost = 0
  while (part.matrix.rows > 0 && !limits.isOver()) {
    const known = Math.min(costKnown, best?.cost ?? Infinity) - fixedCost
    const priced = raiseBound(part.matrix, prices, known, { stepBegin: STEP_AGAIN, stepsMax: effort.stepsMax })
    if (priced.bound > known - limits.unit) break
    const found = coverAlong(part.matrix, priced, known, effort.coversTried, limits.isOver)
    if (found) {
      const chosen = [...fixed, ...found.chosen.map((column) => part.columnIds[column]!)]
      best = { chosen, cost: fixedCost + found.cost }
    }
    const taken = certainColumns(part.matrix, priced, effort.fixedPerRows)
    for (const column of taken) {
      fixed.push(part.columnIds[column]!)
      fixedCost += part.matrix.cost[column]!
    }
    const covered = coveredBy(part.matrix, taken)
    const { columnIds } = part
    const next = partOf(
      part.matrix,
      () => true,
      (row) => !covered[row],
    )
    prices = Float64Array.from(next.rowIds, (row) => priced.prices[row]!)
    part = { matrix: next.matrix, columnIds: next.columnIds.map((column) => columnIds[column]!) }
  }
  const last = Math.min(costKnown, best?.cost ?? Infinity)
  return part.matrix.rows === 0 && fixedCost < last - 1e-9 ? { chosen: fixed, cost: fixedCost } : best
}

/** Columns that the prices take and that alone cover some row, and a few more by price. */
function certainColumns(matrix: CoverMatrix, priced: Priced, fixedPerRows: number): number[] {
  const { rows, columns, columnStarts, rowsOf } = matrix
  const times = new Int32Array(rows)
  const isTaken = (column: number) => priced.reducedCosts[column]! < -0.001
  for (let column = 0; column < columns; column++)
    if (isTaken(column))
      for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) times[rowsOf[at]!]!++
  const taken = new Set<number>()
  for (let column = 0; column < columns; column++) {
    if (!isTaken(column)) continue
    const own = rowsOf.subarray(columnStarts[column]!, columnStarts[column + 1]!)
    if (own.every((row) => times[row] === 1)) taken.add(column)
  }
  const more = Math.max(1, Math.floor(rows / fixedPerRows))
  const byReducedCost = Array.from(priced.reducedCosts.keys()).filter((column) => !taken.has(column))
  byReducedCost.sort((a, b) => priced.reducedCosts[a]! - priced.reducedCosts[b]! || a - b)
  for (const column of byReducedCost.slice(0, more)) taken.add(column)
  return [...taken]
}

/** The columns of a cover that cost least beyond their own share of the prices, until a share of the rows is covered. */
function leastOverlapping(matrix: CoverMatrix, priced: Priced, { chosen }: FoundCover, share: number): number[] {
  const { rows, columnStarts, rowsOf } = matrix
  const times = new Int32Array(rows)
  for (const column of chosen)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) times[rowsOf[at]!]!++
  const wasted = new Map<number, number>()
  for (const column of chosen) {
    let waste = Math.max(priced.reducedCosts[column]!, 0)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
      const row = rowsOf[at]!
      waste += (priced.prices[row]! * (times[row]! - 1)) / times[row]!
    }
    wasted.set(column, waste)
  }
  const covered = new Uint8Array(rows)
  const kept: number[] = []
  let count = 0
  for (const column of [...chosen].sort((a, b) => wasted.get(a)! - wasted.get(b)! || a - b)) {
    if (count >= share * rows) break
    kept.push(column)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++)
      if (!covered[rowsOf[at]!]) {
        covered[rowsOf[at]!] = 1
        count++
      }
  }
  return kept
}

/** The columns that cost least beyond the prices, for each row and among all, and those of the cover. */
function nearPart(matrix: CoverMatrix, reducedCosts: Float64Array, { chosen }: FoundCover, perRow: number) {
  const { rows, columns, rowStarts, columnsOf } = matrix
  const order = (a: number, b: number) => reducedCosts[a]! - reducedCosts[b]! || a - b
  const kept = new Set(chosen)
  for (let row = 0; row < rows; row++) {
    const own = [...columnsOf.subarray(rowStarts[row]!, rowStarts[row + 1]!)].sort(order)
    for (const column of own.slice(0, perRow)) kept.add(column)
  }
  const all = Array.from({ length: columns }, (_, column) => column).sort(order)
  for (const column of all.slice(0, perRow * rows)) kept.add(column)
  return partOf(
    matrix,
    (column) => kept.has(column),
    () => true,
  )
}
