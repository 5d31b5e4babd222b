import type { KeptBasis } from './set-cover-basis.ts'
import { CoverChoices } from './set-cover-choices.ts'
import type { CoverMatrix } from './set-cover-matrix.ts'
import type { FoundCover, Limits, Priced } from './set-cover-prices.ts'
import { RowPricing } from './set-cover-simplex.ts'

/** By far more than a node takes: only rounding could keep the prices going. */
const PIVOTS_MAX = 20_000
/** Of a column that is tried both ways before it is chosen. */
const TRIAL_PIVOTS_MAX = 20
/** So often is a column tried before what was learnt of it is relied on. */
const TRIALS_RELIED_ON = 2
const TRIALS_A_NODE_MAX = 8
/** Trials end where so many in a row were no better. */
const TRIALS_PATIENCE = 4
/** A cover is built from the shares at every so manieth node. */
const NODES_BETWEEN_COVERS = 8
const SHARE_MIN = 1e-6
const GAIN_MIN = 1e-4
/** Shares nearer to nought or one than this say little about a gain by unit. */
const SHARE_OF_GAIN_MIN = 0.05

export interface Explored {
  /** Whether every node was looked at: then no cover is cheaper than the best. */
  complete: boolean
  /** The cheapest that is cheaper than what was known. */
  best: FoundCover | null
  /** What no cover costs less than that is better than the best. */
  bound: number
  nodes: number
  /** The linear relaxation of the whole. */
  root: Priced
}

/**
 * Searches every cover, each node bounded by its linear relaxation. Reduced costs leave out columns; then a column is
 * taken, and left out after that: the one whose taking and leaving out raise the bound most, by what was learnt of it
 * ("reliability branching", Achterberg, Koch and Martin, 2005).
 */
export function exploreCovers(matrix: CoverMatrix, costKnown: number, limits: Limits & { nodesMax: number }): Explored {
  return new Tree(matrix, costKnown, limits).run()
}

/** A column of a node, its share in the node's relaxation and the node's bound. */
interface Branch {
  column: number
  share: number
  bound: number
}

class Tree {
  private readonly matrix: CoverMatrix
  private readonly limits: Limits & { nodesMax: number }
  private readonly pricing: RowPricing
  private readonly choices: CoverChoices
  private readonly reducedCosts: Float64Array
  private readonly raisedByTaking: Gains
  private readonly raisedByLeaving: Gains
  /** By depth. */
  private readonly kept: KeptBasis[] = []
  private known: number
  private best: FoundCover | null = null
  private nodes = 0
  private complete = true
  /** The least bound of what was not looked at. */
  private open = Infinity

  constructor(matrix: CoverMatrix, costKnown: number, limits: Limits & { nodesMax: number }) {
    this.matrix = matrix
    this.known = costKnown
    this.limits = limits
    this.pricing = new RowPricing(matrix, limits.isOver)
    this.choices = new CoverChoices(matrix, this.pricing)
    this.reducedCosts = new Float64Array(matrix.columns)
    this.raisedByTaking = new Gains(matrix.columns)
    this.raisedByLeaving = new Gains(matrix.columns)
  }

  run(): Explored {
    this.pricing.raise(this.enough(), PIVOTS_MAX)
    const root = {
      prices: this.pricing.prices.slice(),
      bound: this.bound(),
      reducedCosts: this.reducedCosts.slice(),
    }
    this.explore(0, this.narrow(), root.bound)
    const { complete, best, nodes } = this
    return { complete, best, bound: Math.min(this.open, this.known), nodes, root }
  }

  /** A better cover must cost this or less. */
  private enough(): number {
    return this.known - this.limits.unit
  }

  /** A node that was bounded: its columns, one by one, taken and then left out. */
  private explore(depth: number, first: number, above: number): void {
    let bound = first
    for (let least = above; bound <= this.enough() && this.goesOn(Math.max(least, bound)); ) {
      least = Math.max(least, bound)
      this.buildCover()
      const kept = this.pricing.keep(this.kept[depth])
      this.kept[depth] = kept
      const branch = this.choose(bound, kept)
      if (!branch) {
        bound = this.narrow()
        continue
      }
      this.exploreTaken(depth + 1, branch)
      if (!this.complete) {
        this.open = Math.min(this.open, least)
        return
      }
      this.pricing.restore(kept)
      bound = this.choices.leaveOut(branch.column) ? this.narrow() : Infinity
      this.raisedByLeaving.learn(branch.column, this.capped(bound) - branch.bound, branch.share)
    }
  }

  private exploreTaken(depth: number, { column, share, bound }: Branch): void {
    const { mark } = this.choices
    this.choices.take(column)
    const taken = this.narrow()
    this.raisedByTaking.learn(column, this.capped(taken) - bound, 1 - share)
    this.explore(depth, taken, bound)
    this.choices.undo(mark)
  }

  private goesOn(bound: number): boolean {
    this.nodes++
    if (this.nodes <= this.limits.nodesMax && !this.limits.isOver()) return true
    this.complete = false
    this.open = Math.min(this.open, bound)
    return false
  }

  /** What a bound is worth: beyond the best nothing more. */
  private capped(bound: number): number {
    return Math.min(bound, this.known)
  }

  /** Takes what must be taken, bounds, leaves out what is too dear, as long as one brings the other. */
  private narrow(): number {
    const { choices } = this
    for (;;) {
      if (!choices.follow()) return Infinity
      if (choices.rowsLeft === 0) this.offer([])
      if (choices.rowsLeft === 0 || choices.cost > this.enough()) return Infinity
      this.pricing.raise(this.enough() - choices.cost, PIVOTS_MAX)
      const bound = this.bound()
      if (bound > this.enough() || !this.leaveOutDear(this.enough() - bound)) return Infinity
      if (!choices.hasFollowing()) return bound
    }
  }

  private leaveOutDear(room: number): boolean {
    let holds = true
    for (let column = 0; column < this.matrix.columns; column++)
      if (this.reducedCosts[column]! > room && this.choices.isFree(column))
        holds = this.choices.leaveOut(column) && holds
    return holds
  }

  /** The bound by the prices as they are, whatever rounding did to them, and the reduced costs. */
  private bound(): number {
    const { rows, columns, cost, columnStarts, rowsOf } = this.matrix
    const { prices, wanted } = this.pricing
    let bound = this.choices.cost
    for (let row = 0; row < rows; row++) bound += prices[row]! * wanted[row]!
    for (let column = 0; column < columns; column++) {
      if (!this.choices.isFree(column)) continue
      let reduced = cost[column]!
      const end = columnStarts[column + 1]!
      for (let at = columnStarts[column]!; at < end; at++) reduced -= prices[rowsOf[at]!]! * wanted[rowsOf[at]!]!
      this.reducedCosts[column] = reduced
      if (reduced < 0) bound += reduced
    }
    return Number.isFinite(bound) ? bound : this.choices.cost
  }

  /**
   * The column to branch on. Null where a trial showed that one way leads to nothing better, so that the column could be
   * taken or left out at once.
   */
  private choose(bound: number, kept: KeptBasis): Branch | null {
    const columns = this.columnsByPromise()
    const shares = Float64Array.from(columns, (column) => this.pricing.shares[column]!)
    let best = 0
    let most = -1
    let trials = 0
    let idle = 0
    for (const [at, column] of columns.entries()) {
      const isKnown = this.isReliedOn(column)
      if (!isKnown && (trials >= TRIALS_A_NODE_MAX || idle >= TRIALS_PATIENCE || this.limits.isOver())) continue
      const branch = { column, share: shares[at]!, bound }
      if (!isKnown) {
        trials++
        idle++
        if (this.isSettledByTrial(branch, kept)) return null
      }
      const score = this.scoreOf(column, branch.share)
      if (score <= most) continue
      most = score
      best = at
      idle = 0
    }
    return { column: columns[best]!, share: shares[best]!, bound }
  }

  /** Tries a column both ways for a few pivots and learns from it; takes it or leaves it out where it has to be. */
  private isSettledByTrial({ column, share, bound }: Branch, kept: KeptBasis): boolean {
    const { choices, pricing } = this
    const { mark } = choices
    choices.take(column)
    const taken = this.tryOut()
    choices.undo(mark)
    pricing.restore(kept)
    const left = choices.leaveOut(column) ? this.tryOut() : Infinity
    choices.undo(mark)
    pricing.restore(kept)
    this.raisedByTaking.learn(column, this.capped(taken) - bound, 1 - share)
    this.raisedByLeaving.learn(column, this.capped(left) - bound, share)
    if (left > this.enough()) choices.take(column)
    else if (taken > this.enough()) choices.leaveOut(column)
    else return false
    return true
  }

  private tryOut(): number {
    this.pricing.raise(this.enough() - this.choices.cost, TRIAL_PIVOTS_MAX)
    return this.bound()
  }

  private isReliedOn(column: number): boolean {
    return Math.min(this.raisedByTaking.times[column]!, this.raisedByLeaving.times[column]!) >= TRIALS_RELIED_ON
  }

  private scoreOf(column: number, share: number): number {
    const taken = this.raisedByTaking.expected(column) * (1 - share)
    const left = this.raisedByLeaving.expected(column) * share
    return Math.max(taken, GAIN_MIN) * Math.max(left, GAIN_MIN)
  }

  /** The columns that the relaxation takes in part, or where there are none, all that are free; by what to expect. */
  private columnsByPromise(): number[] {
    const { shares } = this.pricing
    const free = Array.from(shares.keys()).filter((column) => this.choices.isFree(column))
    const parted = free.filter((column) => shares[column]! > SHARE_MIN && shares[column]! < 1 - SHARE_MIN)
    if (parted.length === 0) return free.sort((a, b) => shares[b]! - shares[a]! || a - b).slice(0, 1)
    const scores = new Map(parted.map((column) => [column, this.scoreOf(column, shares[column]!)]))
    return parted.sort((a, b) => scores.get(b)! - scores.get(a)! || a - b)
  }

  /** A cover of what the relaxation takes most of; always where it takes nothing in part. */
  private buildCover(): void {
    const { columnStarts, rowsOf } = this.matrix
    const { shares, wanted } = this.pricing
    const free = Array.from(shares.keys()).filter(
      (column) => shares[column]! > SHARE_MIN && this.choices.isFree(column),
    )
    const isWhole = free.every((column) => shares[column]! > 1 - SHARE_MIN)
    if (!isWhole && this.nodes % NODES_BETWEEN_COVERS !== 1) return
    free.sort((a, b) => shares[b]! - shares[a]! || a - b)
    const covered = wanted.map((one) => 1 - one)
    const chosen: number[] = []
    for (const column of free) {
      let fresh = 0
      for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
        if (covered[rowsOf[at]!] === 0) fresh++
        covered[rowsOf[at]!] = 1
      }
      if (fresh > 0) chosen.push(column)
    }
    if (covered.every((one) => one === 1)) this.offer(chosen)
  }

  private offer(more: readonly number[]): void {
    const chosen = withoutNeedless(this.matrix, [...this.choices.taken(), ...more])
    const cost = chosen.reduce((sum, column) => sum + this.matrix.cost[column]!, 0)
    if (cost >= this.known - 1e-9) return
    this.known = cost
    this.best = { chosen, cost }
  }
}

/** What the bound rose by, for each unit that a column's share was changed by. */
class Gains {
  readonly times: Int32Array
  private readonly sums: Float64Array
  private timesOfAll = 0
  private sumOfAll = 0

  constructor(columns: number) {
    this.times = new Int32Array(columns)
    this.sums = new Float64Array(columns)
  }

  learn(column: number, gain: number, share: number): void {
    const byUnit = Math.max(0, gain) / Math.max(share, SHARE_OF_GAIN_MIN)
    this.times[column]!++
    this.sums[column]! += byUnit
    this.timesOfAll++
    this.sumOfAll += byUnit
  }

  /** Of a column that nothing is known of, what all brought. */
  expected(column: number): number {
    if (this.times[column]! > 0) return this.sums[column]! / this.times[column]!
    return this.timesOfAll > 0 ? this.sumOfAll / this.timesOfAll : 1
  }
}

function withoutNeedless({ rows, cost, columnStarts, rowsOf }: CoverMatrix, columns: readonly number[]): number[] {
  const times = new Int32Array(rows)
  const kept = new Set(columns)
  for (const column of columns)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) times[rowsOf[at]!]!++
  for (const column of [...columns].sort((a, b) => cost[b]! - cost[a]! || b - a)) {
    const own = rowsOf.subarray(columnStarts[column]!, columnStarts[column + 1]!)
    if (!own.every((row) => times[row]! > 1)) continue
    for (const row of own) times[row]!--
    kept.delete(column)
  }
  return [...kept].sort((a, b) => a - b)
}
