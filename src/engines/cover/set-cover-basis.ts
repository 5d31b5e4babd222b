import type { CoverMatrix } from './set-cover-matrix.ts'

/** A basis to which a search comes back. */
export interface KeptBasis {
  size: number
  rows: Int32Array
  columns: Int32Array
  inverse: Float64Array
}

/** Room beyond what is kept, so that the arrays serve again for a larger basis. */
const ROOM = 16
const STRIDE_BEGIN = 64
const SINGULAR = 1e-9
/** Turns below this are nought. */
export const TURN_MIN = 1e-12

/**
 * As many rows as columns of a cover's matrix, and the inverse of the square between them, which stands dense: to change
 * it takes time in its square. Line q of the inverse belongs to column q, its place p to row p.
 */
export class CoverBasis {
  size = 0
  /** By place: the row, the column. */
  readonly rowAt: Int32Array
  readonly columnAt: Int32Array
  /** By row, by column: the place, or -1 outside the basis. */
  readonly placeOfRow: Int32Array
  readonly placeOfColumn: Int32Array
  inverse: Float64Array
  stride: number
  private readonly matrix: CoverMatrix
  private readonly sizeMax: number

  constructor(matrix: CoverMatrix, sizeMax: number) {
    const { rows, columns } = matrix
    this.matrix = matrix
    this.sizeMax = Math.min(rows, columns, sizeMax)
    this.rowAt = new Int32Array(this.sizeMax)
    this.columnAt = new Int32Array(this.sizeMax)
    this.placeOfRow = new Int32Array(rows).fill(-1)
    this.placeOfColumn = new Int32Array(columns).fill(-1)
    this.stride = Math.min(STRIDE_BEGIN, this.sizeMax)
    this.inverse = new Float64Array(this.stride * this.stride)
  }

  isFull(): boolean {
    return this.size === this.sizeMax
  }

  clear(): void {
    for (let place = 0; place < this.size; place++) {
      this.placeOfRow[this.rowAt[place]!] = -1
      this.placeOfColumn[this.columnAt[place]!] = -1
    }
    this.size = 0
  }

  /** Copies the basis, into an earlier copy where that has the room. */
  keep(into?: KeptBasis): KeptBasis {
    const { size, stride, inverse } = this
    const fits = into !== undefined && into.rows.length >= size
    const kept = fits ? into : emptyBasis(size + ROOM)
    kept.size = size
    kept.rows.set(this.rowAt.subarray(0, size))
    kept.columns.set(this.columnAt.subarray(0, size))
    for (let place = 0; place < size; place++)
      kept.inverse.set(inverse.subarray(place * stride, place * stride + size), place * size)
    return kept
  }

  restore({ size, rows, columns, inverse }: KeptBasis): void {
    this.clear()
    this.reserve(size)
    this.size = size
    for (let place = 0; place < size; place++) {
      this.rowAt[place] = rows[place]!
      this.columnAt[place] = columns[place]!
      this.placeOfRow[rows[place]!] = place
      this.placeOfColumn[columns[place]!] = place
      this.inverse.set(inverse.subarray(place * size, (place + 1) * size), place * this.stride)
    }
  }

  /** A row of the matrix times the inverse, by place of row. */
  turnRow(row: number, into: Float64Array): void {
    const { size, stride, inverse, placeOfColumn } = this
    const { rowStarts, columnsOf } = this.matrix
    into.fill(0, 0, size)
    for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) {
      const q = placeOfColumn[columnsOf[at]!]!
      if (q < 0) continue
      for (let p = 0, line = q * stride; p < size; p++) into[p]! += inverse[line + p]!
    }
  }

  /** The inverse times a column of the matrix, by place of column. */
  turnColumn(column: number, into: Float64Array): void {
    const { size, stride, inverse, placeOfRow } = this
    const { columnStarts, rowsOf } = this.matrix
    into.fill(0, 0, size)
    for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
      const p = placeOfRow[rowsOf[at]!]!
      if (p >= 0) for (let q = 0; q < size; q++) into[q]! += inverse[q * stride + p]!
    }
  }

  /** Another row at a place; `turn` is that row's. */
  changeRow(place: number, row: number, turn: Float64Array): void {
    const { size, stride, inverse } = this
    const pivot = turn[place]!
    for (let q = 0; q < size; q++) {
      const line = q * stride
      const factor = inverse[line + place]! / pivot
      if (factor === 0) continue
      for (let p = 0; p < size; p++) inverse[line + p]! -= factor * turn[p]!
      inverse[line + place] = factor
    }
    this.placeOfRow[this.rowAt[place]!] = -1
    this.placeOfRow[row] = place
    this.rowAt[place] = row
  }

  /** Another column at a place; `turn` is that column's. */
  changeColumn(place: number, column: number, turn: Float64Array): void {
    const { size, stride, inverse } = this
    const own = place * stride
    const pivot = turn[place]!
    for (let p = 0; p < size; p++) inverse[own + p]! /= pivot
    for (let q = 0; q < size; q++) {
      const factor = turn[q]!
      if (q === place || factor === 0) continue
      for (let p = 0, line = q * stride; p < size; p++) inverse[line + p]! -= factor * inverse[own + p]!
    }
    this.placeOfColumn[this.columnAt[place]!] = -1
    this.placeOfColumn[column] = place
    this.columnAt[place] = column
  }

  /** A row and a column more; `pivot` is what the square's determinant is multiplied by. */
  grow(row: number, column: number, turns: { row: Float64Array; column: Float64Array; pivot: number }): void {
    this.reserve(this.size + 1)
    const { size, stride, inverse } = this
    for (let q = 0; q < size; q++) {
      const line = q * stride
      const factor = turns.column[q]! / turns.pivot
      if (factor !== 0) for (let p = 0; p < size; p++) inverse[line + p]! += factor * turns.row[p]!
      inverse[line + size] = -factor
    }
    const last = size * stride
    for (let p = 0; p < size; p++) inverse[last + p] = -turns.row[p]! / turns.pivot
    inverse[last + size] = 1 / turns.pivot
    this.rowAt[size] = row
    this.columnAt[size] = column
    this.placeOfRow[row] = size
    this.placeOfColumn[column] = size
    this.size++
  }

  /** Without the row and the column at these places. */
  shrink(rowPlace: number, columnPlace: number): void {
    const { size, stride, inverse } = this
    const own = columnPlace * stride
    const pivot = inverse[own + rowPlace]!
    for (let q = 0; q < size; q++) {
      if (q === columnPlace) continue
      const line = q * stride
      const factor = inverse[line + rowPlace]! / pivot
      if (factor !== 0) for (let p = 0; p < size; p++) inverse[line + p]! -= factor * inverse[own + p]!
    }
    this.leaveOut(rowPlace, columnPlace)
  }

  /** What is last takes the places that come free. */
  private leaveOut(rowPlace: number, columnPlace: number): void {
    const { size, stride, inverse, rowAt, columnAt } = this
    const last = size - 1
    this.placeOfRow[rowAt[rowPlace]!] = -1
    this.placeOfColumn[columnAt[columnPlace]!] = -1
    if (rowPlace !== last) {
      rowAt[rowPlace] = rowAt[last]!
      this.placeOfRow[rowAt[last]!] = rowPlace
      for (let q = 0; q < size; q++) inverse[q * stride + rowPlace] = inverse[q * stride + last]!
    }
    if (columnPlace !== last) {
      columnAt[columnPlace] = columnAt[last]!
      this.placeOfColumn[columnAt[last]!] = columnPlace
      inverse.copyWithin(columnPlace * stride, last * stride, last * stride + last)
    }
    this.size = last
  }

  private reserve(size: number): void {
    if (size <= this.stride) return
    const stride = Math.min(this.sizeMax, Math.max(size, Math.ceil(this.stride * 1.5)))
    const next = new Float64Array(stride * stride)
    for (let q = 0; q < this.size; q++)
      next.set(this.inverse.subarray(q * this.stride, q * this.stride + this.size), q * stride)
    this.inverse = next
    this.stride = stride
  }

  /** Makes the inverse anew from the matrix, without the rounding of many changes. False where there is none. */
  invert(): boolean {
    const { size, stride, inverse } = this
    const width = 2 * size
    const lines = this.squareBesideUnit()
    for (let p = 0; p < size; p++) if (!eliminate(lines, size, p)) return false
    for (let p = 0; p < size; p++) for (let q = 0; q < size; q++) inverse[q * stride + p] = lines[p * width + size + q]!
    return true
  }

  /** A line for each column of the basis: its rows, then the unit matrix. */
  private squareBesideUnit(): Float64Array {
    const { size, columnAt, placeOfRow } = this
    const { columnStarts, rowsOf } = this.matrix
    const width = 2 * size
    const lines = new Float64Array(size * width)
    for (let q = 0; q < size; q++) {
      const column = columnAt[q]!
      for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) {
        const p = placeOfRow[rowsOf[at]!]!
        if (p >= 0) lines[q * width + p] = 1
      }
      lines[q * width + size + q] = 1
    }
    return lines
  }
}

function emptyBasis(room: number): KeptBasis {
  return {
    size: 0,
    rows: new Int32Array(room),
    columns: new Int32Array(room),
    inverse: new Float64Array(room * room),
  }
}

/** One step of Gauss and Jordan's elimination, by the greatest entry of the column. */
function eliminate(lines: Float64Array, size: number, place: number): boolean {
  const width = 2 * size
  let best = place
  for (let line = place + 1; line < size; line++)
    if (Math.abs(lines[line * width + place]!) > Math.abs(lines[best * width + place]!)) best = line
  const pivot = lines[best * width + place]!
  if (Math.abs(pivot) < SINGULAR) return false
  const own = place * width
  for (let at = place; at < width; at++) {
    const value = lines[best * width + at]! / pivot
    lines[best * width + at] = lines[own + at]!
    lines[own + at] = value
  }
  for (let line = 0; line < size; line++) {
    const factor = lines[line * width + place]!
    if (line === place || factor === 0) continue
    for (let at = place; at < width; at++) lines[line * width + at]! -= factor * lines[own + at]!
  }
  return true
}
