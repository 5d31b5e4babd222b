import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { openHighs, relaxProgram } from './highs.ts'
import { programOf } from './set-cover.ts'
import { type CoverMatrix, matrixOf, partOf } from './set-cover-matrix.ts'
import { boundBy } from './set-cover-prices.ts'
import { RowPricing } from './set-cover-simplex.ts'

const highs = await openHighs()
const PIVOTS_MAX = 10_000
/** Costs are lowered by up to a millionth, so that prices seldom tie. */
const LOWERED_SHARE = 2e-6

/** Every row stands in two columns or more, and no column is without rows. */
function drawMatrix(seed: number, { rows = 40, columns = 90, density = 0.08, costMax = 20 } = {}): CoverMatrix {
  const random = seededRandom(seed)
  const lists = Array.from({ length: columns }, (_, column) => [
    column % rows,
    ...Array.from({ length: rows }, (__, row) => row).filter(() => random() < density),
  ])
  return matrixOf(
    rows,
    lists.map((covers) => ({ cost: 1 + Math.floor(random() * costMax), covers })),
  )
}

function relaxed(matrix: CoverMatrix): number {
  return -relaxProgram(highs, programOf(matrix), { secondsMax: 60, seed: 0 }).bound
}

const within = (bound: number, expected: number) => {
  expect(bound).toBeLessThanOrEqual(expected + 1e-6)
  expect(bound).toBeGreaterThanOrEqual(expected * (1 - LOWERED_SHARE) - 1e-6)
}

describe('Prices of rows', () => {
  test('bound a cover as the linear relaxation does', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(1, 20, 1_000), (seed, costMax) => {
        const matrix = drawMatrix(seed, { costMax })
        const pricing = new RowPricing(matrix)
        pricing.raise(Infinity, PIVOTS_MAX)
        within(boundBy(matrix, pricing.prices).bound, relaxed(matrix))
      }),
      { numRuns: 60, seed: 4 },
    )
  })

  test('go on from a kept basis when rows are covered and columns leave, and come back to it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 39 }), fc.nat({ max: 89 }), (seed, column, other) => {
        const matrix = drawMatrix(seed)
        const pricing = new RowPricing(matrix)
        pricing.raise(Infinity, PIVOTS_MAX)
        const kept = pricing.keep()
        const before = pricing.prices.slice()
        const own = new Set(matrix.rowsOf.subarray(matrix.columnStarts[column]!, matrix.columnStarts[column + 1]!))
        for (const row of own) pricing.wanted[row] = 0
        pricing.gone[column] = 1
        pricing.gone[other] = 1
        pricing.raise(Infinity, PIVOTS_MAX)
        const left = partOf(
          matrix,
          (one) => one !== column && one !== other,
          (row) => !own.has(row),
        )
        const prices = Float64Array.from(left.rowIds, (row) => pricing.prices[row]!)
        within(boundBy(left.matrix, prices).bound, relaxed(left.matrix))
        pricing.wanted.fill(1)
        pricing.gone.fill(0)
        pricing.restore(kept)
        pricing.prices.forEach((price, row) => {
          expect(price).toBeCloseTo(before[row]!, 6)
        })
      }),
      { numRuns: 60, seed: 5 },
    )
  })

  test('share the columns so that each row is met, and the costs of the shares come to the bound', () => {
    const matrix = drawMatrix(1)
    const pricing = new RowPricing(matrix)
    pricing.raise(Infinity, PIVOTS_MAX)
    const met = new Float64Array(matrix.rows)
    let cost = 0
    pricing.shares.forEach((share, column) => {
      expect(share).toBeGreaterThan(-1e-6)
      cost += share * matrix.cost[column]!
      for (let at = matrix.columnStarts[column]!; at < matrix.columnStarts[column + 1]!; at++)
        met[matrix.rowsOf[at]!]! += share
    })
    expect(Math.min(...met)).toBeGreaterThan(1 - 1e-6)
    expect(cost).toBeCloseTo(relaxed(matrix), 3)
  })

  test('stop once the sum is enough, and when they are told to', () => {
    const matrix = drawMatrix(2, { rows: 120, columns: 400 })
    const most = relaxed(matrix)
    const hasty = new RowPricing(matrix)
    hasty.raise(most / 2, PIVOTS_MAX)
    const patient = new RowPricing(matrix)
    patient.raise(Infinity, PIVOTS_MAX)
    expect(hasty.pivots).toBeLessThan(patient.pivots)
    expect(boundBy(matrix, hasty.prices).bound).toBeGreaterThan(most / 2)
    const stopped = new RowPricing(matrix, () => true)
    stopped.raise(Infinity, PIVOTS_MAX)
    expect(stopped.pivots).toBeLessThan(patient.pivots)
    expect(boundBy(matrix, stopped.prices).bound).toBeLessThanOrEqual(most)
  })
})
