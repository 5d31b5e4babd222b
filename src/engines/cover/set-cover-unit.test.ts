import { describe, expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { solveSetCover } from './set-cover.ts'
import { measureCosts } from './set-cover-unit.ts'

describe('Costs are counted', () => {
  test.each([
    ['as they are where they are whole and share nothing', [3, 4], [3, 4]],
    ['in what they share', [500, 0, 750], [2, 0, 3]],
    ['in decimals', [0.1, 0.25, 2], [2, 5, 40]],
    ['in billionths', [3e-9, 6e-9], [1, 2]],
    ['as nothing where they are nothing', [0, 0], [0, 0]],
    ['as none where there are none', [], []],
  ])('%s', (_, costs, counts) => {
    const measured = measureCosts(costs)
    expect(measured.costs).toEqual(counts)
    expect(counts.map(measured.told)).toEqual(costs)
  })

  test.each([
    ['of no common decimals', [1 / 3, 0.7, 1e-12]],
    ['far apart', [1e9, 1e-9]],
    ['next to nothing', [5e-324, 1e-300]],
  ])('by a power of two, which rounds nothing, where they are %s', (_, costs) => {
    const measured = measureCosts(costs)
    expect(measured.costs.map(measured.told)).toEqual(costs)
    expect(measured.costs.every(Number.isFinite)).toBe(true)
  })
})

/** 20 rows, 60 columns, costs whole from 1 to 100, times the unit. */
function drawIn(unit: number, seed: number) {
  const random = seededRandom(seed)
  const columns = Array.from({ length: 60 }, (_, column) => ({
    covers: Array.from({ length: 20 }, (__, row) => row).filter((row) => row === column % 20 || random() < 0.12),
    cost: (1 + Math.floor(random() * 100)) * unit,
  }))
  return { rows: 20, columns }
}

describe('The cover is the same whatever costs are counted in', () => {
  test.each([1e-300, 1e-9, 1 / 3, 0.01, 10_000_000])('%d', async (unit) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const [plain, scaled] = [await solveSetCover(drawIn(1, seed)), await solveSetCover(drawIn(unit, seed))]
      expect(scaled.status).toBe('optimal')
      expect(scaled.objective! / unit).toBeCloseTo(plain.objective!, 6)
      expect(scaled.bound).toBe(scaled.objective)
    }
  })
})
