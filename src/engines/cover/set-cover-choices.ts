import type { CoverMatrix } from './set-cover-matrix.ts'

const FREE = 0
const TAKEN = 1
const OUT = 2

/** Which columns a search has taken and left out so far, what follows from it, and the way back. */
export class CoverChoices {
  cost = 0
  rowsLeft: number
  /** 1 while a row is still to be covered; shared with the prices. */
  private readonly wanted: Float64Array
  /** 1 for a column that is taken or out; shared with the prices. */
  private readonly gone: Uint8Array
  private readonly matrix: CoverMatrix
  private readonly states: Uint8Array
  /** By row: how many taken columns cover it, and how many columns are not out. */
  private readonly times: Int32Array
  private readonly left: Int32Array
  private readonly trail: number[] = []
  /** Rows that came down to one column. */
  private readonly narrow: number[] = []

  constructor(matrix: CoverMatrix, { wanted, gone }: { wanted: Float64Array; gone: Uint8Array }) {
    const { rows, columns, rowStarts } = matrix
    this.matrix = matrix
    this.wanted = wanted
    this.gone = gone
    this.rowsLeft = rows
    this.states = new Uint8Array(columns)
    this.times = new Int32Array(rows)
    this.left = Int32Array.from({ length: rows }, (_, row) => rowStarts[row + 1]! - rowStarts[row]!)
    for (let row = 0; row < rows; row++) if (this.left[row]! <= 1) this.narrow.push(row)
  }

  /** For `undo`. */
  get mark(): number {
    return this.trail.length
  }

  isFree(column: number): boolean {
    return this.states[column] === FREE
  }

  taken(): number[] {
    return this.trail.filter((column) => this.states[column] === TAKEN)
  }

  take(column: number): void {
    const { columnStarts, rowsOf, cost } = this.matrix
    this.states[column] = TAKEN
    this.gone[column] = 1
    this.cost += cost[column]!
    this.trail.push(column)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
      const row = rowsOf[at]!
      if (this.times[row]!++ > 0) continue
      this.wanted[row] = 0
      this.rowsLeft--
    }
  }

  /** False where a row is left without a column. */
  leaveOut(column: number): boolean {
    const { columnStarts, rowsOf } = this.matrix
    this.states[column] = OUT
    this.gone[column] = 1
    this.trail.push(column)
    let holds = true
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
      const row = rowsOf[at]!
      const left = --this.left[row]!
      if (this.times[row]! > 0 || left > 1) continue
      if (left === 0) holds = false
      else this.narrow.push(row)
    }
    return holds
  }

  hasFollowing(): boolean {
    return this.narrow.length > 0
  }

  /** Takes the only column of each row that has no other; false where a row has none. */
  follow(): boolean {
    const { rowStarts, columnsOf } = this.matrix
    for (let row = this.narrow.pop(); row !== undefined; row = this.narrow.pop()) {
      if (this.times[row]! > 0) continue
      let at = rowStarts[row]!
      const end = rowStarts[row + 1]!
      while (at < end && this.states[columnsOf[at]!] !== FREE) at++
      if (at === end) return false
      this.take(columnsOf[at]!)
    }
    return true
  }

  undo(mark: number): void {
    const { columnStarts, rowsOf, cost } = this.matrix
    this.narrow.length = 0
    while (this.trail.length > mark) {
      const column = this.trail.pop()!
      const isTaken = this.states[column] === TAKEN
      this.states[column] = FREE
      this.gone[column] = 0
      if (isTaken) this.cost -= cost[column]!
      for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
        const row = rowsOf[at]!
        if (!isTaken) this.left[row]!++
        else if (--this.times[row]! === 0) {
          this.wanted[row] = 1
          this.rowsLeft++
        }
      }
    }
  }
}
