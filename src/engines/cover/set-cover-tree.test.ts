import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CoverMatrix, coveredBy, matrixOf, withoutDominated } from './set-cover-matrix.ts'
import {
  boundBy,
  coverAlong,
  coverByPrices,
  firstPrices,
  QUICK,
  raiseBound,
  refineCover,
  withoutPrices,
} from './set-cover-prices.ts'
import { exploreCovers } from './set-cover-tree.ts'

const RUNS = { numRuns: 150, seed: 20_261_122 }
const ROWS = 8
const UNIT = 0.999
const LIMITS = { unit: UNIT, isOver: () => false }

/** Problems of 8 rows and 4 to 12 columns with a last one that covers all, so that there is a cover. */
const matrices = fc
  .record({
    columns: fc.array(
      fc.record({
        cost: fc.integer({ min: 0, max: 9 }),
        covers: fc.uniqueArray(fc.integer({ min: 0, max: ROWS - 1 }), { minLength: 1, maxLength: 5 }),
      }),
      { minLength: 3, maxLength: 11 },
    ),
    costOfAll: fc.integer({ min: 5, max: 30 }),
  })
  .map(({ columns, costOfAll }) =>
    matrixOf(ROWS, [...columns, { cost: costOfAll, covers: Array.from({ length: ROWS }, (_, row) => row) }]),
  )

const isCover = (matrix: CoverMatrix, chosen: readonly number[]) => coveredBy(matrix, chosen).every((one) => one === 1)
const costOf = ({ cost }: CoverMatrix, chosen: readonly number[]) => chosen.reduce((sum, one) => sum + cost[one]!, 0)

function cheapest(matrix: CoverMatrix): number {
  let least = Infinity
  for (let mask = 0; mask < 2 ** matrix.columns; mask++) {
    const chosen = Array.from({ length: matrix.columns }, (_, column) => column).filter((one) => mask & (1 << one))
    const cost = costOf(matrix, chosen)
    if (cost < least && isCover(matrix, chosen)) least = cost
  }
  return least
}

describe('Any small set covering problem', () => {
  test('has the same optimum without dominated rows and columns, and its covers cover the whole', () => {
    fc.assert(
      fc.property(matrices, (whole) => {
        const { matrix, columnIds } = withoutDominated(whole)
        expect(cheapest(matrix)).toBe(cheapest(whole))
        const found = coverByPrices(matrix, withoutPrices(matrix))!
        const chosen = found.chosen.map((column) => columnIds[column]!)
        expect(isCover(whole, chosen)).toBe(true)
        expect(costOf(whole, chosen)).toBe(found.cost)
      }),
      RUNS,
    )
  })

  test('costs no less than any prices say, and raising them lowers no bound', () => {
    const prices = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: ROWS, maxLength: ROWS })
    fc.assert(
      fc.property(matrices, prices, (matrix, drawn) => {
        const begin = Float64Array.from(drawn)
        const optimum = cheapest(matrix)
        const raised = raiseBound(matrix, begin, optimum + 1)
        expect(raised.bound).toBeGreaterThanOrEqual(boundBy(matrix, begin).bound)
        expect(raised.bound).toBeLessThanOrEqual(optimum + 1e-9)
      }),
      RUNS,
    )
  })

  test('is explored to its optimum, or found to have nothing cheaper', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const optimum = cheapest(matrix)
        const explore = (known: number) => exploreCovers(matrix, known, { ...LIMITS, nodesMax: 1_000 })
        const { best, bound, complete } = explore(optimum + 3)
        expect(complete).toBe(true)
        expect(bound).toBe(optimum)
        expect(best?.cost).toBe(optimum)
        expect(isCover(matrix, best!.chosen)).toBe(true)
        expect(explore(optimum)).toMatchObject({ complete: true, best: null, bound: optimum })
      }),
      RUNS,
    )
  })

  test('has a refined cover that covers it and is no dearer, the same for the same seed', () => {
    fc.assert(
      fc.property(matrices, fc.nat(), (matrix, seed) => {
        const priced = raiseBound(matrix, firstPrices(matrix), 100)
        const start = coverAlong(matrix, priced, Infinity, 1)!
        const limits = { ...LIMITS, seed, effort: QUICK }
        const refined = refineCover(matrix, priced, start, limits)
        expect(isCover(matrix, refined.chosen)).toBe(true)
        expect(refined.cost).toBe(costOf(matrix, refined.chosen))
        expect(refined.cost).toBeLessThanOrEqual(start.cost)
        expect(refineCover(matrix, priced, start, limits)).toEqual(refined)
      }),
      RUNS,
    )
  })
})

test('A tree that may not grow says that it is not complete', () => {
  const edges = [0, 1, 2, 3, 4].map((row) => ({ cost: 1, covers: [row, (row + 1) % 5] }))
  const matrix = matrixOf(5, edges)
  const { complete, bound } = exploreCovers(matrix, 10, { ...LIMITS, nodesMax: 0 })
  expect(complete).toBe(false)
  expect(bound).toBeCloseTo(2.5, 4)
})
