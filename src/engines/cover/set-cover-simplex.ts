import { CoverBasis, type KeptBasis, TURN_MIN } from './set-cover-basis.ts'
import type { CoverMatrix } from './set-cover-matrix.ts'

/** Less is rounding. */
const VIOLATION_MIN = 1e-7
const PIVOT_MIN = 1e-7
const RATIO_SLACK = 1e-9
/** Costs are lowered by up to this share, each by another, so that few prices tie and no step is for nothing. */
const LOWERED_SHARE = 1e-6
const PIVOTS_BETWEEN_INVERSIONS = 500
const PIVOTS_BETWEEN_LOOKS = 64
/** Of a basis: beyond it prices stay as good as they are. */
const BASIS_MAX = 512
/** Weights begin anew from here on. */
const WEIGHT_MAX = 1e7

/** Who enters the basis: a row, or the rest of the column at a place; and by how much it is wrong to stay out. */
interface Entering {
  row: number
  place: number
  /** Of a row what is not yet covered, of a column its share. */
  amount: number
}

/** Who leaves it: the price at a place, or the rest of a column. */
interface Leaving {
  place: number
  column: number
  step: number
}

/**
 * The linear relaxation of a set cover, by its dual: prices of the rows with the greatest sum at which no column gets
 * back more than it costs. Its simplex method begins at prices of nought and stays feasible when rows are covered (they
 * pay no more) and columns leave (they may get back more than they cost): a search goes on from the prices of the node
 * above, and stops as soon as the sum is enough. Weights by Devex (Harris, 1973).
 *
 * Rounding may make the prices slightly wrong; a bound that is to be relied on is counted anew from them (`boundBy`).
 */
export class RowPricing {
  /** 1 while a row is still to be covered. */
  readonly wanted: Float64Array
  /** 1 for a column that the cover can't choose any more, or has chosen. */
  readonly gone: Uint8Array
  /** By row, not below nought. */
  readonly prices: Float64Array
  /** By column: how much of it the relaxed cover takes. */
  readonly shares: Float64Array
  pivots = 0
  private sum = 0
  private readonly matrix: CoverMatrix
  private readonly isOver: () => boolean
  private readonly basis: CoverBasis
  private readonly cost: Float64Array
  /** By column: its lowered cost beyond the prices of its rows. */
  private readonly rests: Float64Array
  /** By place: how the prices fall as what enters rises. */
  private readonly rowTurn: Float64Array
  private readonly columnTurn: Float64Array
  /** By column: how the rests fall. */
  private readonly fall: Float64Array
  private readonly met: Float64Array
  private readonly rowWeights: Float64Array
  private readonly columnWeights: Float64Array
  private pivotsAtInversion = 0
  /** Rows that are wanted and columns that are left, while the sum is raised. */
  private readonly rowList: Int32Array
  private rowCount = 0
  private readonly columnList: Int32Array
  private columnCount = 0

  constructor(matrix: CoverMatrix, isOver: () => boolean = () => false) {
    const { rows, columns } = matrix
    this.matrix = matrix
    this.isOver = isOver
    this.basis = new CoverBasis(matrix, BASIS_MAX)
    this.wanted = new Float64Array(rows).fill(1)
    this.gone = new Uint8Array(columns)
    this.prices = new Float64Array(rows)
    this.cost = matrix.cost.map((cost, column) => cost * (1 - LOWERED_SHARE * spread(column)))
    this.rests = this.cost.slice()
    this.shares = new Float64Array(columns)
    this.rowTurn = new Float64Array(rows)
    this.columnTurn = new Float64Array(rows)
    this.fall = new Float64Array(columns)
    this.met = new Float64Array(rows)
    this.rowWeights = new Float64Array(rows).fill(1)
    this.columnWeights = new Float64Array(columns).fill(1)
    this.rowList = new Int32Array(rows)
    this.columnList = new Int32Array(columns)
  }

  /** Raises the sum of prices to its greatest or until it exceeds what is enough, as far as the pivots allow. */
  raise(enough: number, pivotsMax: number): void {
    this.listWhatCounts()
    this.findShares()
    for (let pivot = 0; pivot < pivotsMax && this.sum <= enough; pivot++) {
      if (pivot % PIVOTS_BETWEEN_LOOKS === PIVOTS_BETWEEN_LOOKS - 1 && this.isOver()) return
      const entering = this.chooseEntering()
      if (!entering || !this.pivot(entering)) return
      if (this.pivots - this.pivotsAtInversion >= PIVOTS_BETWEEN_INVERSIONS) this.invert()
    }
  }

  private listWhatCounts(): void {
    const { rows, columns } = this.matrix
    this.rowCount = 0
    for (let row = 0; row < rows; row++) if (this.wanted[row] === 1) this.rowList[this.rowCount++] = row
    this.columnCount = 0
    for (let column = 0; column < columns; column++)
      if (this.gone[column] === 0) this.columnList[this.columnCount++] = column
  }

  keep(into?: KeptBasis): KeptBasis {
    return this.basis.keep(into)
  }

  /** Comes back to a basis that was kept where every row wanted now was wanted and every column left now was left. */
  restore(kept: KeptBasis): void {
    this.forget()
    this.basis.restore(kept)
    this.findPrices()
    this.findShares()
  }

  private forget(): void {
    const { size, rowAt, columnAt } = this.basis
    for (let place = 0; place < size; place++) {
      this.prices[rowAt[place]!] = 0
      this.shares[columnAt[place]!] = 0
    }
  }

  private invert(): void {
    this.pivotsAtInversion = this.pivots
    if (!this.basis.invert()) {
      this.forget()
      this.basis.clear()
    }
    this.findPrices()
    this.findShares()
  }

  private findShares(): void {
    const { size, stride, inverse, rowAt, columnAt } = this.basis
    const { wanted, shares } = this
    for (let q = 0; q < size; q++) {
      let share = 0
      for (let p = 0, line = q * stride; p < size; p++) share += inverse[line + p]! * wanted[rowAt[p]!]!
      shares[columnAt[q]!] = share
    }
    this.findSum()
  }

  private findSum(): void {
    const { size, rowAt } = this.basis
    let sum = 0
    for (let p = 0; p < size; p++) sum += this.wanted[rowAt[p]!]! * this.prices[rowAt[p]!]!
    this.sum = sum
  }

  private findPrices(): void {
    const { size, stride, inverse, rowAt, columnAt } = this.basis
    const { prices, rests, cost } = this
    const { rowStarts, columnsOf } = this.matrix
    for (let p = 0; p < size; p++) prices[rowAt[p]!] = 0
    for (let q = 0; q < size; q++) {
      const own = cost[columnAt[q]!]!
      for (let p = 0, line = q * stride; p < size; p++) prices[rowAt[p]!]! += inverse[line + p]! * own
    }
    rests.set(cost)
    for (let p = 0; p < size; p++) {
      const row = rowAt[p]!
      const price = prices[row]!
      for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) rests[columnsOf[at]!]! -= price
      if (price < 0) prices[row] = 0
    }
    for (let q = 0; q < size; q++) rests[columnAt[q]!] = 0
  }

  /** What is wrong by most for its weight; null at the optimum. */
  private chooseEntering(): Entering | null {
    const { met, wanted, gone, shares, rowWeights, columnWeights } = this
    const { size, columnAt, placeOfRow } = this.basis
    const { columnStarts, rowsOf } = this.matrix
    const { rowList, rowCount } = this
    let best: Entering | null = null
    let most = 0
    met.set(wanted)
    for (let place = 0; place < size; place++) {
      const column = columnAt[place]!
      const share = shares[column]!
      const wrong = gone[column] ? Math.abs(share) : -share
      if (wrong > VIOLATION_MIN && wrong * wrong > most * columnWeights[column]!) {
        most = (wrong * wrong) / columnWeights[column]!
        best = { row: -1, place, amount: share }
      }
      for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) met[rowsOf[at]!]! -= share
    }
    let rowBest = -1
    for (let at = 0; at < rowCount; at++) {
      const row = rowList[at]!
      const wrong = met[row]!
      if (wrong <= VIOLATION_MIN || wrong * wrong <= most * rowWeights[row]! || placeOfRow[row]! >= 0) continue
      most = (wrong * wrong) / rowWeights[row]!
      rowBest = row
    }
    return rowBest < 0 ? best : { row: rowBest, place: -1, amount: met[rowBest]! }
  }

  /** False where nothing can leave, or the basis is as large as it may be. */
  private pivot(entering: Entering): boolean {
    const { basis, rowTurn, columnTurn } = this
    const { row, place } = entering
    this.findTurns(entering)
    const leaving = this.chooseLeaving()
    if (!leaving || (row >= 0 && leaving.column >= 0 && basis.isFull())) return false
    this.movePrices(entering, leaving)
    if (leaving.column >= 0) basis.turnColumn(leaving.column, columnTurn)
    this.weigh(entering, leaving)
    this.moveShares(entering, leaving)
    if (row >= 0 && leaving.column >= 0)
      basis.grow(row, leaving.column, { row: rowTurn, column: columnTurn, pivot: this.fall[leaving.column]! })
    else if (row >= 0) basis.changeRow(leaving.place, row, rowTurn)
    else if (leaving.column >= 0) basis.changeColumn(place, leaving.column, columnTurn)
    else basis.shrink(leaving.place, place)
    this.findSum()
    this.pivots++
    return true
  }

  /** How prices and rests fall as what enters rises; the rest of a column that is too much taken sinks instead. */
  private findTurns({ row, place, amount }: Entering): void {
    const { rowTurn, fall } = this
    const { size, stride, inverse, rowAt } = this.basis
    const { rowStarts, columnsOf } = this.matrix
    const sign = amount < 0 ? 1 : -1
    fall.fill(0)
    if (row >= 0) {
      this.basis.turnRow(row, rowTurn)
      for (let at = rowStarts[row]!; at < rowStarts[row + 1]!; at++) fall[columnsOf[at]!] = 1
    } else for (let p = 0, line = place * stride; p < size; p++) rowTurn[p] = sign * inverse[line + p]!
    for (let p = 0; p < size; p++) {
      const turn = rowTurn[p]!
      if (turn < TURN_MIN && turn > -TURN_MIN) continue
      const own = rowAt[p]!
      for (let at = rowStarts[own]!; at < rowStarts[own + 1]!; at++) fall[columnsOf[at]!]! -= turn
    }
  }

  /** What first falls to nought; of those that nearly tie, what falls fastest. Null where nothing does. */
  private chooseLeaving(): Leaving | null {
    const { rowTurn, fall, prices, rests, columnList, columnCount } = this
    const { size, rowAt, placeOfColumn } = this.basis
    let limit = Infinity
    for (let p = 0; p < size; p++)
      if (rowTurn[p]! > PIVOT_MIN) limit = Math.min(limit, (prices[rowAt[p]!]! + RATIO_SLACK) / rowTurn[p]!)
    for (let at = 0; at < columnCount; at++) {
      const column = columnList[at]!
      if (fall[column]! > PIVOT_MIN && placeOfColumn[column]! < 0)
        limit = Math.min(limit, (rests[column]! + RATIO_SLACK) / fall[column]!)
    }
    if (limit === Infinity) return null
    let fastest = PIVOT_MIN
    const leaving: Leaving = { place: -1, column: -1, step: 0 }
    for (let p = 0; p < size; p++)
      if (rowTurn[p]! > fastest && prices[rowAt[p]!]! <= limit * rowTurn[p]!) {
        fastest = rowTurn[p]!
        leaving.place = p
      }
    for (let at = 0; at < columnCount; at++) {
      const column = columnList[at]!
      if (fall[column]! <= fastest || placeOfColumn[column]! >= 0 || rests[column]! > limit * fall[column]!) continue
      fastest = fall[column]!
      leaving.column = column
    }
    if (leaving.column < 0 && leaving.place < 0) return null
    const from = leaving.column >= 0 ? rests[leaving.column]! : prices[rowAt[leaving.place]!]!
    leaving.step = Math.max(0, from / fastest)
    return leaving
  }

  private movePrices({ row, place, amount }: Entering, leaving: Leaving): void {
    const { rowTurn, fall, prices, rests, columnList, columnCount } = this
    const { size, rowAt, columnAt, placeOfColumn } = this.basis
    const { step } = leaving
    for (let p = 0; p < size; p++) prices[rowAt[p]!] = Math.max(0, prices[rowAt[p]!]! - step * rowTurn[p]!)
    for (let at = 0; at < columnCount; at++) {
      const column = columnList[at]!
      if (placeOfColumn[column]! < 0) rests[column]! -= step * fall[column]!
    }
    if (row >= 0) prices[row] = step
    else rests[columnAt[place]!] = amount < 0 ? step : -step
    if (leaving.column >= 0) rests[leaving.column] = 0
    else prices[rowAt[leaving.place]!] = 0
  }

  /** Weights of what is outside the basis, along the line of what leaves. */
  private weigh({ row: enteringRow, place }: Entering, leaving: Leaving): void {
    const { met, rowTurn, columnTurn, fall, rowWeights, columnWeights } = this
    const { size, stride, inverse, rowAt, columnAt } = this.basis
    const { columnStarts, rowsOf } = this.matrix
    const { rowList, rowCount } = this
    const pivot = leaving.column >= 0 ? fall[leaving.column]! : rowTurn[leaving.place]!
    const own = enteringRow >= 0 ? rowWeights[enteringRow]! : columnWeights[columnAt[place]!]!
    const factor = own / (pivot * pivot)
    met.fill(0)
    if (leaving.column >= 0)
      for (let at = columnStarts[leaving.column]!; at < columnStarts[leaving.column + 1]!; at++) met[rowsOf[at]!] = 1
    for (let q = 0; q < size; q++) {
      const turn = leaving.column >= 0 ? columnTurn[q]! : inverse[q * stride + leaving.place]!
      if (turn < TURN_MIN && turn > -TURN_MIN) continue
      const column = columnAt[q]!
      columnWeights[column] = Math.max(columnWeights[column]!, turn * turn * factor)
      for (let at = columnStarts[column]!; at < columnStarts[column + 1]!; at++) met[rowsOf[at]!]! -= turn
    }
    for (let at = 0; at < rowCount; at++) {
      const row = rowList[at]!
      const weight = met[row]! * met[row]! * factor
      if (weight > rowWeights[row]!) rowWeights[row] = weight
    }
    if (leaving.column >= 0) columnWeights[leaving.column] = Math.max(factor, 1)
    else rowWeights[rowAt[leaving.place]!] = Math.max(factor, 1)
    if (factor <= WEIGHT_MAX) return
    rowWeights.fill(1)
    columnWeights.fill(1)
  }

  private moveShares({ row, place, amount }: Entering, leaving: Leaving): void {
    const { shares, rowTurn, columnTurn, fall } = this
    const { size, stride, inverse, columnAt } = this.basis
    if (leaving.column >= 0) {
      const share = amount / (row >= 0 ? fall[leaving.column]! : columnTurn[place]!)
      for (let q = 0; q < size; q++) shares[columnAt[q]!]! -= columnTurn[q]! * share
      shares[leaving.column] = share
    } else {
      const move = row >= 0 ? amount / rowTurn[leaving.place]! : -amount / inverse[place * stride + leaving.place]!
      for (let q = 0; q < size; q++) shares[columnAt[q]!]! += move * inverse[q * stride + leaving.place]!
    }
    if (row < 0) shares[columnAt[place]!] = 0
  }
}

/** Numbers from 0.5 to 1, spread evenly and always the same. */
function spread(at: number): number {
  return 0.5 + ((at * 0.618_033_988_749_894_9) % 1) / 2
}
