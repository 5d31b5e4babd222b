import { seededRandom } from '#kit/random.ts'
import type { CoverMatrix } from './set-cover-matrix.ts'

/** Entries that are looked at, for each that there is, and at most: a second or so. */
const WORK_PER_ENTRY = 2_000
const WORK_MAX = 500_000_000
const STEPS_BETWEEN_LOOKS = 256

export interface ExchangeLimits {
  seed: number
  isOver: () => boolean
}

/**
 * Betters a cover of columns that all cost the same, by leaving one out and exchanging others until every row is covered
 * again, over and over. Rows that stay uncovered weigh more from step to step: row weighting local search (Gao, Weise and
 * Li, 2015).
 */
export function exchangeColumns(matrix: CoverMatrix, start: readonly number[], limits: ExchangeLimits): number[] {
  return new Exchange(matrix, limits).run(start)
}

class Exchange {
  private readonly matrix: CoverMatrix
  private readonly isOver: () => boolean
  private readonly random: () => number
  /** By row: how many columns cover it, and what it weighs. */
  private readonly times: Int32Array
  private readonly weight: Float64Array
  private readonly uncovered: Places
  private readonly chosen: Places
  private readonly isIn: Uint8Array
  /** By column: the weight of the rows that would be uncovered without it, or covered with it. */
  private readonly score: Float64Array
  /** The step at which a column came or went. */
  private readonly movedAt: Int32Array
  /** 0 for a column that left and around which nothing has changed since. */
  private readonly mayJoin: Uint8Array
  private work = 0

  constructor(matrix: CoverMatrix, { seed, isOver }: ExchangeLimits) {
    const { rows, columns, columnStarts } = matrix
    this.matrix = matrix
    this.isOver = isOver
    this.random = seededRandom(seed)
    this.times = new Int32Array(rows)
    this.weight = new Float64Array(rows).fill(1)
    this.uncovered = new Places(rows)
    for (let row = 0; row < rows; row++) this.uncovered.add(row)
    this.chosen = new Places(columns)
    this.isIn = new Uint8Array(columns)
    this.score = Float64Array.from({ length: columns }, (_, at) => columnStarts[at + 1]! - columnStarts[at]!)
    this.movedAt = new Int32Array(columns)
    this.mayJoin = new Uint8Array(columns).fill(1)
  }

  run(start: readonly number[]): number[] {
    const workMax = Math.min(WORK_MAX, WORK_PER_ENTRY * this.matrix.rowsOf.length)
    if (this.matrix.rows === 0) return []
    let best = [...start]
    let last = -1
    for (const column of start) this.join(column)
    for (let step = 1; this.work < workMax; step++) {
      if (step % STEPS_BETWEEN_LOOKS === 0 && this.isOver()) break
      while (this.uncovered.list.length === 0) {
        best = [...this.chosen.list]
        this.leave(this.leastMissed(-1), step)
      }
      const leaving = this.leastMissed(last)
      if (leaving < 0) break
      this.leave(leaving, step)
      const { list } = this.uncovered
      last = this.mostWanted(list[Math.floor(this.random() * list.length)]!)
      this.join(last)
      this.movedAt[last] = step
      this.weighUncovered()
    }
    return best.sort((a, b) => a - b)
  }

  /** The column whose rows are missed least, the one that came first among equals; -1 where there is none. */
  private leastMissed(but: number): number {
    const { score, movedAt } = this
    const { list } = this.chosen
    let best = -1
    for (const column of list) {
      if (column === but) continue
      const order = best < 0 ? -1 : score[column]! - score[best]! || movedAt[column]! - movedAt[best]! || column - best
      if (order < 0) best = column
    }
    this.work += list.length
    return best
  }

  /** Of the columns of a row, the one that covers most weight, the one that left first among equals. */
  private mostWanted(row: number): number {
    const { rowStarts, columnsOf } = this.matrix
    const { score, movedAt, mayJoin } = this
    let best = columnsOf[rowStarts[row]!]!
    for (let at = rowStarts[row]! + 1; at < rowStarts[row + 1]!; at++) {
      const column = columnsOf[at]!
      const order =
        mayJoin[column]! - mayJoin[best]! || score[column]! - score[best]! || movedAt[best]! - movedAt[column]!
      if (order > 0) best = column
    }
    return best
  }

  private join(column: number): void {
    const { times, weight, score, isIn } = this
    const { columnStarts, rowsOf } = this.matrix
    let own = 0
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
      const row = rowsOf[at]!
      const before = times[row]!++
      if (before > 1) continue
      if (before === 0) {
        own += weight[row]!
        this.uncovered.remove(row)
      }
      this.tellColumns(row, before === 0, -weight[row]!)
    }
    isIn[column] = 1
    this.chosen.add(column)
    score[column] = own
  }

  private leave(column: number, step: number): void {
    const { times, weight, score, isIn, mayJoin } = this
    const { columnStarts, rowsOf } = this.matrix
    isIn[column] = 0
    this.chosen.remove(column)
    let own = 0
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
      const row = rowsOf[at]!
      const left = --times[row]!
      if (left > 1) continue
      if (left === 0) {
        own += weight[row]!
        this.uncovered.add(row)
      }
      this.tellColumns(row, left === 0, weight[row]!)
    }
    score[column] = own
    mayJoin[column] = 0
    this.movedAt[column] = step
  }

  /** A row has changed hands: its columns may join again, and those of the cover, or all, are worth so much more. */
  private tellColumns(row: number, all: boolean, worth: number): void {
    const { score, isIn, mayJoin } = this
    const { rowStarts, columnsOf } = this.matrix
    for (let place = rowStarts[row]!; place < rowStarts[row + 1]!; place++) {
      const other = columnsOf[place]!
      mayJoin[other] = 1
      if (all || isIn[other] === 1) score[other]! += worth
    }
    this.work += rowStarts[row + 1]! - rowStarts[row]!
  }

  private weighUncovered(): void {
    const { rowStarts, columnsOf } = this.matrix
    for (const row of this.uncovered.list) {
      this.weight[row]!++
      for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) this.score[columnsOf[at]!]!++
      this.work += rowStarts[row + 1]! - rowStarts[row]!
    }
  }
}

/** Numbers in no order, of which any can be taken out at once. */
class Places {
  readonly list: number[] = []
  private readonly placeOf: Int32Array

  constructor(size: number) {
    this.placeOf = new Int32Array(size)
  }

  add(one: number): void {
    this.placeOf[one] = this.list.push(one) - 1
  }

  remove(one: number): void {
    const last = this.list.pop()!
    if (last === one) return
    this.list[this.placeOf[one]!] = last
    this.placeOf[last] = this.placeOf[one]!
  }
}
