import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { solveSetCover } from './set-cover.ts'
import { exchangeColumns } from './set-cover-exchange.ts'
import { coveredBy, matrixOf } from './set-cover-matrix.ts'

/** Points of a space over three numbers, each line of which is to be met: what is left out has no three in line. */
function linesToMeet(dimensions: number) {
  const points = 3 ** dimensions
  const columns = Array.from({ length: points }, () => ({ cost: 1, covers: [] as number[] }))
  const third = (one: number, other: number) => {
    let point = 0
    for (let unit = 1; unit < points; unit *= 3)
      point += ((6 - (Math.floor(one / unit) % 3) - (Math.floor(other / unit) % 3)) % 3) * unit
    return point
  }
  let rows = 0
  for (let one = 0; one < points; one++)
    for (let other = one + 1; other < points; other++) {
      if (third(one, other) <= other) continue
      for (const point of [one, other, third(one, other)]) columns[point]!.covers.push(rows)
      rows++
    }
  return { rows, columns }
}

const NEVER = { seed: 0, isOver: () => false }

describe('Exchanging columns of one cost', () => {
  test.each([
    [3, 27 - 9],
    [4, 81 - 20],
  ])('finds the largest set of %d dimensions without three in line', async (dimensions, fewest) => {
    const { rows, columns } = linesToMeet(dimensions)
    const matrix = matrixOf(rows, columns)
    const chosen = exchangeColumns(matrix, [...columns.keys()], NEVER)
    expect(coveredBy(matrix, chosen).every((one) => one === 1)).toBe(true)
    expect(chosen).toHaveLength(fewest)
  })

  test('gives a cover that is no larger, the same for the same seed, and never smaller than the proven', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const random = seededRandom(seed)
        const columns = Array.from({ length: 24 }, (_, at) => ({
          cost: 1,
          covers: Array.from({ length: 15 }, (__, row) => row).filter((row) => row === at % 15 || random() < 0.15),
        }))
        const matrix = matrixOf(15, columns)
        const start = [...columns.keys()]
        const chosen = exchangeColumns(matrix, start, NEVER)
        expect(coveredBy(matrix, chosen).every((one) => one === 1)).toBe(true)
        expect(chosen.length).toBeGreaterThanOrEqual((await solveSetCover({ rows: 15, columns })).objective!)
        expect(exchangeColumns(matrix, start, NEVER)).toEqual(chosen)
        expect(exchangeColumns(matrix, start, { seed, isOver: () => true }).length).toBeLessThanOrEqual(start.length)
      }),
      { numRuns: 40, seed: 3 },
    )
  })
})
