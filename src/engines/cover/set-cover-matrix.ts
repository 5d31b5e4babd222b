/** A set covering problem in typed arrays, by column and by row, and what can be left out of it without loss. */

export interface CoverMatrix {
  rows: number
  columns: number
  cost: Float64Array
  /** Rows of column j: `rowsOf[columnStarts[j]]` to `rowsOf[columnStarts[j + 1] - 1]`, each once. */
  columnStarts: Int32Array
  rowsOf: Int32Array
  /** Columns of row i, in the same way. */
  rowStarts: Int32Array
  columnsOf: Int32Array
}

/** A part of a matrix, with the columns that it was made of. */
export interface PartMatrix {
  matrix: CoverMatrix
  /** Of each column of the part, its position in the whole. */
  columnIds: Int32Array
  /** Of each row of the part, its position in the whole. */
  rowIds: Int32Array
}

/** Looks for domination stop after so many comparisons of entries: what is left in costs time, never the answer. */
const COMPARISONS_MAX = 50_000_000

export function matrixOf(rows: number, columns: readonly { cost: number; covers: readonly number[] }[]): CoverMatrix {
  const lists = columns.map(({ covers }) => [...new Set(covers)])
  const columnStarts = new Int32Array(columns.length + 1)
  lists.forEach((list, column) => {
    columnStarts[column + 1] = columnStarts[column]! + list.length
  })
  const rowsOf = Int32Array.from(lists.flat())
  return withRows(
    rows,
    Float64Array.from(columns, ({ cost }) => cost),
    columnStarts,
    rowsOf,
  )
}

function withRows(rows: number, cost: Float64Array, columnStarts: Int32Array, rowsOf: Int32Array): CoverMatrix {
  const rowStarts = new Int32Array(rows + 1)
  for (const row of rowsOf) rowStarts[row + 1]!++
  for (let row = 0; row < rows; row++) rowStarts[row + 1]! += rowStarts[row]!
  const next = rowStarts.slice(0, rows)
  const columnsOf = new Int32Array(rowsOf.length)
  for (let column = 0; column < cost.length; column++)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) columnsOf[next[rowsOf[at]!]!++] = column
  return { rows, columns: cost.length, cost, columnStarts, rowsOf, rowStarts, columnsOf }
}

/** The columns and rows that are kept; a column that is left without rows goes too. */
export function partOf(
  whole: CoverMatrix,
  keepsColumn: (column: number) => boolean,
  keepsRow: (row: number) => boolean,
): PartMatrix {
  const rowAt = new Int32Array(whole.rows).fill(-1)
  const rowIds: number[] = []
  for (let row = 0; row < whole.rows; row++) if (keepsRow(row)) rowAt[row] = rowIds.push(row) - 1
  const columnIds: number[] = []
  const columnStarts = [0]
  const rowsOf: number[] = []
  for (let column = 0; column < whole.columns; column++) {
    if (!keepsColumn(column)) continue
    const before = rowsOf.length
    for (let at = whole.columnStarts[column]!; at < whole.columnStarts[column + 1]!; at++) {
      const row = rowAt[whole.rowsOf[at]!]!
      if (row >= 0) rowsOf.push(row)
    }
    if (rowsOf.length === before) continue
    columnIds.push(column)
    columnStarts.push(rowsOf.length)
  }
  const cost = Float64Array.from(columnIds, (column) => whole.cost[column]!)
  return {
    matrix: withRows(rowIds.length, cost, Int32Array.from(columnStarts), Int32Array.from(rowsOf)),
    columnIds: Int32Array.from(columnIds),
    rowIds: Int32Array.from(rowIds),
  }
}

/**
 * Leaves out each column whose rows another covers at no greater cost, and each row that is covered wherever another is.
 * Of what is alike the first stays.
 */
export function withoutDominated(whole: CoverMatrix, { columnsToo = true } = {}): PartMatrix {
  const budget = { left: COMPARISONS_MAX }
  const columnsGone = columnsToo ? dominatedColumns(whole, budget) : new Uint8Array(whole.columns)
  const rowsGone = dominatingRows(whole, columnsGone, budget)
  return partOf(
    whole,
    (column) => !columnsGone[column],
    (row) => !rowsGone[row],
  )
}

function dominatedColumns(matrix: CoverMatrix, budget: { left: number }): Uint8Array {
  const { columns, cost, columnStarts, rowsOf, rowStarts, columnsOf } = matrix
  const gone = new Uint8Array(columns)
  const isRow = new Uint8Array(matrix.rows)
  const sizeOf = (column: number) => columnStarts[column + 1]! - columnStarts[column]!
  const countOf = (row: number) => rowStarts[row + 1]! - rowStarts[row]!
  for (let column = 0; column < columns && budget.left > 0; column++) {
    const own = rowsOf.subarray(columnStarts[column]!, columnStarts[column + 1]!)
    if (own.length === 0) continue
    for (const row of own) isRow[row] = 1
    const rarest = own.reduce((best, row) => (countOf(row) < countOf(best) ? row : best))
    for (let at = rowStarts[rarest]!; at < rowStarts[rarest + 1]!; at++) {
      const other = columnsOf[at]!
      if (other === column || gone[other] || cost[other]! > cost[column]! || sizeOf(other) < own.length) continue
      const isAlike = cost[other] === cost[column] && sizeOf(other) === own.length
      if (isAlike && other > column) continue
      let shared = 0
      for (let place = columnStarts[other]!; place < columnStarts[other + 1]!; place++) shared += isRow[rowsOf[place]!]!
      budget.left -= sizeOf(other)
      if (shared < own.length) continue
      gone[column] = 1
      break
    }
    for (const row of own) isRow[row] = 0
  }
  return gone
}

function dominatingRows(matrix: CoverMatrix, columnsGone: Uint8Array, budget: { left: number }): Uint8Array {
  const { rows, columnStarts, rowsOf, rowStarts, columnsOf } = matrix
  const gone = new Uint8Array(rows)
  const count = new Int32Array(rows)
  for (let row = 0; row < rows; row++)
    for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) if (!columnsGone[columnsOf[at]!]) count[row]!++
  const shared = new Int32Array(rows)
  for (let row = 0; row < rows && budget.left > 0; row++) {
    if (gone[row]) continue
    const met: number[] = []
    for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) {
      const column = columnsOf[at]!
      if (columnsGone[column]) continue
      for (let place = columnStarts[column]!; place < columnStarts[column + 1]!; place++) {
        const other = rowsOf[place]!
        if (shared[other]!++ === 0) met.push(other)
      }
      budget.left -= columnStarts[column + 1]! - columnStarts[column]!
    }
    // Whoever covers this row covers those too.
    for (const other of met) {
      if (other !== row && shared[other] === count[row] && !(count[other] === count[row] && other < row))
        gone[other] = 1
      shared[other] = 0
    }
  }
  return gone
}

/** 1 for each row that any of these columns covers. */
export function coveredBy({ rows, columnStarts, rowsOf }: CoverMatrix, columns: Iterable<number>): Uint8Array {
  const covered = new Uint8Array(rows)
  for (const column of columns)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) covered[rowsOf[at]!] = 1
  return covered
}
