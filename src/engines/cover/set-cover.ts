import type { Highs } from 'highs'
import { Fault, type Issue } from '#kit/fault.ts'
import { openHighs, relaxProgram, runProgram } from './highs.ts'
import type { Progress } from './model.ts'
import type { Program, Row } from './program.ts'
import { gapBetween } from './search.ts'
import { exchangeColumns } from './set-cover-exchange.ts'
import { type CoverMatrix, matrixOf, type PartMatrix, partOf, withoutDominated } from './set-cover-matrix.ts'
import {
  COVERS_TRIED,
  coverAlong,
  coverByPrices,
  type FoundCover,
  firstPrices,
  type Priced,
  QUICK,
  raiseBound,
  refineCover,
  THOROUGH,
  withoutPrices,
} from './set-cover-prices.ts'
import { exploreCovers } from './set-cover-tree.ts'
import { measureCosts } from './set-cover-unit.ts'

export const ROWS_MAX = 100_000
export const COLUMNS_MAX = 200_000
export const ENTRIES_MAX = 2_000_000
export const COST_MAX = 1_000_000_000
export const SET_COVER_SECONDS_MAX_DEFAULT = 120
const ISSUES_MAX = 50

/** Where every cost is whole, the gap may be anything below one. */
const GAP_WHOLE_MAX = 0.999
const GAP_MAX = 1e-6
const ROUNDING = 1e-6
/** With fewer columns left the solver needs no better cover to begin with. */
const REFINING_WORTHWHILE_MIN = 400
/** With more of them left after that the proof is far off, and a better cover worth more time. */
const REFINING_AGAIN_MIN = 1_000
const REFINED_AGAIN_TIMES = 3
/** The most that are explored before the solver's turn, and the most of the time. */
const NODES_MAX = 200_000
const EXPLORED_TIME_SHARE = 0.75
/** Where the proof is far off the solver's cuts raise the bound more than the tree does. */
const EXPLORED_TIME_SHARE_FAR_OFF = 0.25
/** With more left a node would take too long. */
const EXPLORED_ROWS_MAX = 2_500
const EXPLORED_ENTRIES_MAX = 400_000

export interface SetCoverProblem {
  /** How many rows there are; they count from 0. */
  rows: number
  columns: readonly { cost: number; covers: readonly number[] }[]
}

export interface SetCoverOptions {
  /** Default 120. */
  secondsMax?: number
  seed?: number
  onProgress?: (progress: Progress) => void
  isCancelled?: () => boolean
}

export interface SetCoverAnswer {
  /** `unknown`: the limit struck before any cover was found. */
  status: 'optimal' | 'feasible' | 'infeasible' | 'unknown'
  /** The sum of the costs chosen; null where nothing was chosen. */
  objective: number | null
  /** No cover costs less; null where there is none. */
  bound: number | null
  gap: number | null
  /** Columns by position, in order. */
  chosen: number[]
  seconds: number
}

/**
 * Covers every row by at least one column at the least cost, with a proof (weighted set covering).
 *
 * Dominated rows and columns go first. A bound by prices of the rows, a good cover found along them (and by exchanges where
 * all cost the same) and the reduced costs leave out, without loss, the columns that no better cover can hold. What is left
 * is searched by a tree, each node bounded by its linear relaxation; where it is too large for that, or time runs out, the
 * solver goes on.
 *
 * @throws Fault `invalid` or `too_many` for a problem that is not well formed.
 */
export async function solveSetCover(problem: SetCoverProblem, options: SetCoverOptions = {}): Promise<SetCoverAnswer> {
  checkSetCover(problem)
  const highs = await openHighs()
  const started = performance.now()
  const { costs, told } = measureCosts(problem.columns.map(({ cost }) => cost))
  const measured = { ...problem, columns: problem.columns.map((column, at) => ({ ...column, cost: costs[at]! })) }
  const { onProgress } = options
  const found = new CoverSearch(highs, measured, {
    ...options,
    ...(onProgress && { onProgress: (progress) => onProgress(eachAmount(progress, told)) }),
  }).run()
  return { ...eachAmount(found, told), seconds: (performance.now() - started) / 1000 }
}

/** The plain greedy of Chvátal (1979): the column with the least cost for each row newly covered; then the needless go. */
export function coverGreedily({ rows, columns }: SetCoverProblem): number[] | null {
  const covered = new Uint8Array(rows)
  let left = rows
  const chosen: number[] = []
  while (left > 0) {
    let best = -1
    let bestRatio = Infinity
    columns.forEach(({ cost, covers }, column) => {
      let fresh = 0
      for (const row of covers) if (!covered[row]) fresh++
      const ratio = cost / fresh
      if (fresh > 0 && ratio < bestRatio) {
        best = column
        bestRatio = ratio
      }
    })
    if (best < 0) return null
    chosen.push(best)
    for (const row of columns[best]!.covers)
      if (!covered[row]) {
        covered[row] = 1
        left--
      }
  }
  return dropNeedless({ rows, columns }, chosen)
}

/** Leaves out, dearest first, each column whose rows the others cover as well. */
function dropNeedless({ rows, columns }: SetCoverProblem, chosen: readonly number[]): number[] {
  const count = new Uint32Array(rows)
  for (const column of chosen) for (const row of columns[column]!.covers) count[row]!++
  const needless = new Set<number>()
  for (const column of [...chosen].sort((a, b) => columns[b]!.cost - columns[a]!.cost || b - a))
    if (columns[column]!.covers.every((row) => count[row]! > 1)) {
      needless.add(column)
      for (const row of columns[column]!.covers) count[row]!--
    }
  return chosen.filter((column) => !needless.has(column)).sort((a, b) => a - b)
}

class CoverSearch {
  private readonly highs: Highs
  private readonly problem: SetCoverProblem
  private readonly options: SetCoverOptions
  private readonly whole: boolean
  private readonly deadline: number
  private best: { chosen: number[]; cost: number } | null = null
  private bound = 0

  constructor(highs: Highs, problem: SetCoverProblem, options: SetCoverOptions) {
    this.highs = highs
    this.problem = problem
    this.options = options
    this.whole = problem.columns.every(({ cost }) => Number.isInteger(cost))
    this.deadline = performance.now() + (options.secondsMax ?? SET_COVER_SECONDS_MAX_DEFAULT) * 1000
  }

  run(): Omit<SetCoverAnswer, 'seconds'> {
    let part = withoutDominated(matrixOf(this.problem.rows, this.problem.columns))
    const first = coverByPrices(part.matrix, withoutPrices(part.matrix))
    if (!first) return { status: 'infeasible', objective: null, bound: null, gap: null, chosen: [] }
    this.offerPart(part, first.chosen)
    part = this.screenByPrices(part)
    const { rows, rowsOf } = part.matrix
    const isLarge = rows > EXPLORED_ROWS_MAX || rowsOf.length > EXPLORED_ENTRIES_MAX
    if (!this.isDone()) part = isLarge ? this.screenByRelaxation(part) : this.explore(part)
    if (!this.isDone()) this.raise(this.search(part))
    return this.answer()
  }

  /** Bounds by prices of rows, betters the cover along them, and leaves out who can't better it. */
  private screenByPrices(part: PartMatrix): PartMatrix {
    const { matrix } = part
    const priced = raiseBound(matrix, firstPrices(matrix), this.cost(), { isOver: () => this.isOver() })
    this.raise(this.roundUp(priced.bound))
    if (!this.isDone()) this.offerPart(part, this.coverAlong(matrix, priced, this.cost())?.chosen)
    this.exchange(part)
    this.refine(part, priced)
    return this.screen(part, priced.bound, priced.reducedCosts)
  }

  /** Betters the cover where every column costs the same. */
  private exchange({ matrix, columnIds }: PartMatrix): void {
    if (this.isDone() || matrix.cost.some((cost) => cost !== matrix.cost[0])) return
    const best = new Set(this.best!.chosen)
    const start = Array.from(columnIds.keys()).filter((column) => best.has(columnIds[column]!))
    const { seed = 0 } = this.options
    this.offerPart({ columnIds }, exchangeColumns(matrix, start, { seed, isOver: () => this.isOver() }))
  }

  /** Betters the cover, the longer the more columns could still better it. */
  private refine(part: PartMatrix, priced: Priced): void {
    const { matrix } = part
    const left = () =>
      this.isProven() ? 0 : countWhere(priced.reducedCosts, (reduced) => this.isUseful(priced.bound, reduced))
    if (this.isDone() || left() <= REFINING_WORTHWHILE_MIN) return
    let cover = this.coverAlong(matrix, priced, Infinity)
    for (let time = 0; cover && time <= REFINED_AGAIN_TIMES; time++) {
      if (time > 0 && (this.isOver() || left() <= REFINING_AGAIN_MIN)) return
      const { seed = 0 } = this.options
      const effort = time === 0 ? QUICK : THOROUGH
      const limits = { unit: this.unit(), isOver: () => this.isOver(), seed: seed + time, effort }
      cover = refineCover(matrix, priced, cover, limits)
      this.offerPart(part, cover.chosen)
    }
  }

  private coverAlong(matrix: CoverMatrix, priced: Priced, costKnown: number): FoundCover | null {
    return coverAlong(matrix, priced, costKnown, COVERS_TRIED, () => this.isOver())
  }

  private isDone(): boolean {
    return this.isProven() || this.isOver()
  }

  private isOver(): boolean {
    return this.secondsLeft() === 0 || (this.options.isCancelled?.() ?? false)
  }

  /** The covers of what is left, one by one, as far as their number allows; gives the columns that could still better it. */
  private explore(part: PartMatrix): PartMatrix {
    const { isCancelled } = this.options
    const isFarOff = part.matrix.columns > REFINING_AGAIN_MIN
    const share = isFarOff ? EXPLORED_TIME_SHARE_FAR_OFF : EXPLORED_TIME_SHARE
    const until = performance.now() + this.secondsLeft() * 1000 * share
    const isOver = () => performance.now() >= until || (isCancelled?.() ?? false)
    const limits = { unit: this.unit(), nodesMax: NODES_MAX, isOver }
    const { complete, best, bound, root } = exploreCovers(part.matrix, this.cost(), limits)
    this.offerPart(part, best?.chosen)
    this.raise(complete ? this.cost() : Math.min(this.roundUp(bound), this.cost()))
    return this.screen(part, root.bound, root.reducedCosts)
  }

  private unit(): number {
    return this.whole ? GAP_WHOLE_MAX : GAP_MAX
  }

  /** Bounds by the linear relaxation, which bounds better than prices do and takes longer. */
  private screenByRelaxation(part: PartMatrix): PartMatrix {
    const { seed = 0 } = this.options
    const relaxed = relaxProgram(this.highs, programOf(part.matrix), { secondsMax: this.secondsLeft(), seed })
    if (relaxed.status === 'infeasible') this.raise(this.cost())
    if (relaxed.status !== 'optimal') return part
    // The program maximises the negative cost: signs are turned back here.
    this.raise(this.roundUp(-relaxed.bound))
    return this.screen(
      part,
      -relaxed.bound,
      relaxed.reducedCosts.map((reduced) => -reduced),
    )
  }

  private screen(part: PartMatrix, bound: number, reducedCosts: Float64Array): PartMatrix {
    const chosen = new Set(this.best!.chosen)
    const kept = partOf(
      part.matrix,
      (column) => this.isUseful(bound, reducedCosts[column]!) || chosen.has(part.columnIds[column]!),
      () => true,
    )
    const lean = withoutDominated(kept.matrix, { columnsToo: false })
    return {
      matrix: lean.matrix,
      columnIds: lean.columnIds.map((column) => part.columnIds[kept.columnIds[column]!]!),
      rowIds: lean.rowIds.map((row) => part.rowIds[row]!),
    }
  }

  /** Whether a cover with such a column can be better than the best so far. */
  private isUseful(bound: number, reducedCost: number): boolean {
    return this.roundUp(bound + reducedCost) < this.cost()
  }

  /** Searches what is left for something better; gives what no cover costs less than. */
  private search(part: PartMatrix): number {
    const chosen = new Set(this.best!.chosen)
    const { onProgress, isCancelled, seed = 0 } = this.options
    const run = runProgram(this.highs, programOf(part.matrix), {
      seed,
      gapMax: this.unit(),
      secondsMax: this.secondsLeft(),
      start: Float64Array.from(part.columnIds, (column) => (chosen.has(column) ? 1 : 0)),
      restarts: true,
      ...(onProgress && { onProgress: (progress) => onProgress(eachAmount(progress, (amount) => -amount)) }),
      ...(isCancelled && { isCancelled }),
    })
    if (run.values)
      this.offerPart(
        part,
        Array.from(part.columnIds.keys()).filter((at) => run.values![at]! > 0.5),
      )
    return run.status === 'stopped' ? Math.min(this.roundUp(-run.bound), this.cost()) : this.cost()
  }

  private raise(bound: number): void {
    this.bound = Math.max(this.bound, bound)
  }

  private isProven(): boolean {
    return this.bound >= this.cost() - GAP_MAX
  }

  private offerPart({ columnIds }: Pick<PartMatrix, 'columnIds'>, chosen: readonly number[] | undefined): void {
    if (chosen) this.offer(chosen.map((column) => columnIds[column]!).sort((a, b) => a - b))
  }

  private offer(chosen: readonly number[]): void {
    const lean = dropNeedless(this.problem, chosen)
    const cost = this.costOf(lean)
    if (!this.best || cost < this.best.cost) this.best = { chosen: lean, cost }
  }

  private answer(): Omit<SetCoverAnswer, 'seconds'> {
    const { chosen, cost } = this.best!
    const proven = this.isProven()
    const { bound } = this
    return {
      status: proven ? 'optimal' : 'feasible',
      objective: cost,
      bound: proven ? cost : bound,
      gap: proven ? 0 : gapBetween(-cost, -bound),
      chosen,
    }
  }

  private cost(): number {
    return this.best!.cost
  }

  private costOf(chosen: readonly number[]): number {
    return chosen.reduce((sum, column) => sum + this.problem.columns[column]!.cost, 0)
  }

  private roundUp(bound: number): number {
    return this.whole ? Math.ceil(bound - ROUNDING * Math.max(1, Math.abs(bound))) : bound
  }

  private secondsLeft(): number {
    return Math.max(0, (this.deadline - performance.now()) / 1000)
  }
}

function countWhere(values: Float64Array, passes: (value: number) => boolean): number {
  let count = 0
  for (const value of values) if (passes(value)) count++
  return count
}

/** A set covering problem as a program: the negative cost is maximised. */
export function programOf({ rows, columns, cost, rowStarts, columnsOf }: CoverMatrix): Program {
  return {
    candidates: Array.from({ length: columns }, (_, column) => column),
    cost: Array.from(cost, (one) => -one),
    upper: new Array<number>(columns).fill(1),
    integer: new Array<boolean>(columns).fill(true),
    rows: Array.from({ length: rows }, (_, row): Row => {
      const own = [...columnsOf.subarray(rowStarts[row]!, rowStarts[row + 1]!)]
      return { key: 'model', lower: 1, upper: Infinity, columns: own, values: own.map(() => 1) }
    }),
    follow: [],
  }
}

function eachAmount<T extends { objective: number | null; bound: number | null }>(
  told: T,
  turn: (amount: number) => number,
): T {
  const { objective, bound } = told
  return { ...told, objective: objective === null ? null : turn(objective), bound: bound === null ? null : turn(bound) }
}

function checkSetCover({ rows, columns }: SetCoverProblem): void {
  const entries = columns.reduce((sum, { covers }) => sum + covers.length, 0)
  const counts: [string, number, number][] = [
    ['rows', rows, ROWS_MAX],
    ['columns', columns.length, COLUMNS_MAX],
    ['entries', entries, ENTRIES_MAX],
  ]
  for (const [what, count, limit] of counts)
    if (count > limit)
      throw new Fault('too_many', `There are ${count} ${what}, and at most ${limit} can be taken.`, {
        rule: `set_cover.${what}.too_many`,
        limit,
      })
  const issues: Issue[] = []
  if (!Number.isInteger(rows) || rows < 0) issues.push({ path: 'rows', rule: 'set_cover.rows' })
  columns.forEach(({ cost, covers }, at) => {
    if (!(cost >= 0 && cost <= COST_MAX))
      issues.push({ path: `columns.${at}.cost`, rule: 'set_cover.cost', limit: COST_MAX })
    if (!covers.every((row) => Number.isInteger(row) && row >= 0 && row < rows))
      issues.push({ path: `columns.${at}.covers`, rule: 'set_cover.row.unknown', limit: rows - 1 })
  })
  if (issues.length > 0)
    throw new Fault('invalid', 'The set covering problem is not well formed.', {
      rule: issues[0]!.rule,
      issues: issues.slice(0, ISSUES_MAX),
    })
}
