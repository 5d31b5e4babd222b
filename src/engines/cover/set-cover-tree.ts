import { type CoverMatrix, coveredBy, partOf } from './set-cover-matrix.ts'
import { boundBy, coverByPrices, type FoundCover, type Limits, type Priced, raiseBound } from './set-cover-prices.ts'

/** Steps by which a node's bound is raised from its parent's prices. */
const NODE_STEPS = { stepsMax: 40, stepBegin: 0.5, patience: 5 }
/** The clock is looked at after so many nodes. */
const NODES_BETWEEN_LOOKS = 16
/** A node is bounded anew while that leaves out such a share of its columns. */
const SHRUNK_SHARE = 0.1
const ROUNDS_MAX = 8

export interface Explored {
  /** Whether every node was looked at: then no cover is cheaper than the best. */
  complete: boolean
  /** The cheapest that is cheaper than what was known. */
  best: FoundCover | null
}

interface Node {
  matrix: CoverMatrix
  columnIds: Int32Array
  prices: Float64Array
  fixed: readonly number[]
  fixedCost: number
}

/**
 * Searches every cover, bounded by prices of the rows (Balas and Carrera, 1996, "A dynamic subgradient-based
 * branch-and-bound procedure for set covering"). At each node the reduced costs leave out columns and take others; then
 * the row with the fewest columns left is covered by each of them in turn, without those before it.
 */
export function exploreCovers(
  matrix: CoverMatrix,
  prices: Float64Array,
  costKnown: number,
  limits: Limits & { nodesMax: number },
): Explored {
  return new Tree(costKnown, limits).run(matrix, prices)
}

class Tree {
  private readonly limits: Limits & { nodesMax: number }
  private known: number
  private best: FoundCover | null = null
  private nodes = 0
  private complete = true

  constructor(costKnown: number, limits: Limits & { nodesMax: number }) {
    this.known = costKnown
    this.limits = limits
  }

  run(matrix: CoverMatrix, prices: Float64Array): Explored {
    const columnIds = Int32Array.from({ length: matrix.columns }, (_, column) => column)
    this.explore({ matrix, columnIds, prices, fixed: [], fixedCost: 0 })
    return { complete: this.complete, best: this.best }
  }

  private explore(from: Node): void {
    this.nodes++
    if (this.nodes > this.limits.nodesMax || (this.nodes % NODES_BETWEEN_LOOKS === 0 && this.limits.isOver()))
      this.complete = false
    let node: Node | null = from
    for (let round = 0; node && this.complete && round < ROUNDS_MAX; round++) {
      const next = this.narrow(node)
      const hasShrunk = next !== null && next.matrix.columns < (1 - SHRUNK_SHARE) * node.matrix.columns
      node = next
      if (!hasShrunk) break
    }
    if (node && this.complete) this.branch(node)
  }

  /** Bounds a node and reduces it; null where nothing in it is better than what is known. */
  private narrow(node: Node): Node | null {
    const { matrix, fixedCost } = node
    if (matrix.rows === 0) this.offer(node, [], 0)
    if (matrix.rows === 0 || hasBareRow(matrix)) return null
    const known = this.known - fixedCost
    const enough = known - this.limits.unit
    const priced = raiseBound(matrix, node.prices, known, { ...NODE_STEPS, enough })
    if (priced.bound > enough) return null
    const cover = coverByPrices(matrix, priced)
    if (cover) this.offer(node, cover.chosen, cover.cost)
    const next = this.reduce(node, priced)
    if (next?.matrix.rows !== 0) return next
    this.offer(next, [], 0)
    return null
  }

  /** Without the columns that no better cover can hold, with those that each better one holds. Null where none is left. */
  private reduce(node: Node, { bound, reducedCosts, prices }: Priced): Node | null {
    const { matrix, columnIds, fixed, fixedCost } = node
    const { columns, cost, rowStarts, columnsOf } = matrix
    const room = this.known - fixedCost - this.limits.unit - bound
    if (room < 0) return null
    const taken = new Set<number>()
    for (let column = 0; column < columns; column++) if (-reducedCosts[column]! > room) taken.add(column)
    const isOut = (column: number) => reducedCosts[column]! > room
    for (let row = 0; row < matrix.rows; row++) {
      let only = -1
      let count = 0
      for (let at = rowStarts[row]!; at < rowStarts[row + 1]! && count < 2; at++)
        if (!isOut(columnsOf[at]!)) {
          only = columnsOf[at]!
          count++
        }
      if (count === 0) return null
      if (count === 1) taken.add(only)
    }
    const covered = coveredBy(matrix, taken)
    const next = partOf(
      matrix,
      (column) => !isOut(column) && !taken.has(column),
      (row) => !covered[row],
    )
    let takenCost = 0
    for (const column of taken) takenCost += cost[column]!
    return {
      matrix: next.matrix,
      columnIds: next.columnIds.map((column) => columnIds[column]!),
      prices: Float64Array.from(next.rowIds, (row) => prices[row]!),
      fixed: [...fixed, ...Array.from(taken, (column) => columnIds[column]!)],
      fixedCost: fixedCost + takenCost,
    }
  }

  private branch({ matrix, columnIds, prices, fixed, fixedCost }: Node): void {
    const { cost } = matrix
    const out = new Set<number>()
    for (const column of columnsOfRarestRow(matrix, prices)) {
      out.add(column)
      const covered = coveredBy(matrix, [column])
      const next = partOf(
        matrix,
        (one) => !out.has(one),
        (row) => !covered[row],
      )
      this.explore({
        matrix: next.matrix,
        columnIds: next.columnIds.map((one) => columnIds[one]!),
        prices: Float64Array.from(next.rowIds, (row) => prices[row]!),
        fixed: [...fixed, columnIds[column]!],
        fixedCost: fixedCost + cost[column]!,
      })
      if (!this.complete) return
    }
  }

  private offer({ columnIds, fixed, fixedCost }: Node, chosen: readonly number[], cost: number): void {
    if (fixedCost + cost >= this.known - 1e-9) return
    this.known = fixedCost + cost
    const all = [...fixed, ...chosen.map((column) => columnIds[column]!)]
    this.best = { chosen: all.sort((a, b) => a - b), cost: this.known }
  }
}

/** The columns of the row that fewest can cover, of such the dearest row, the least costly beyond the prices first. */
function columnsOfRarestRow(matrix: CoverMatrix, prices: Float64Array): number[] {
  const { rows, rowStarts, columnsOf } = matrix
  const countOf = (row: number) => rowStarts[row + 1]! - rowStarts[row]!
  let rarest = 0
  for (let row = 1; row < rows; row++)
    if (countOf(row) < countOf(rarest) || (countOf(row) === countOf(rarest) && prices[row]! > prices[rarest]!))
      rarest = row
  const { reducedCosts } = boundBy(matrix, prices)
  const own = Array.from(columnsOf.subarray(rowStarts[rarest]!, rowStarts[rarest + 1]!))
  return own.sort((a, b) => reducedCosts[a]! - reducedCosts[b]! || a - b)
}

function hasBareRow({ rows, rowStarts }: CoverMatrix): boolean {
  for (let row = 0; row < rows; row++) if (rowStarts[row] === rowStarts[row + 1]) return true
  return false
}
