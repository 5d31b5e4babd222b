import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainCells, FULL_COUNT_MIN, type SegmentCounts } from './rules.ts'

// Goal: an empty cell is a broken link if and only if a full one stands beside it. Method: a table of one segment's
// results at TRL 1 to 9, with the broken levels written down by hand; then a sweep over the same statement.
const segment = (results: number[], more: Partial<SegmentCounts> = {}): SegmentCounts => ({
  segment: 'cells',
  results,
  organisations: 1,
  capital: 1,
  capitalMinor: null,
  talent: 1,
  ...more,
})
const brokenLevels = (results: number[]) =>
  chainCells([segment(results)])
    .filter((cell) => cell.row === 'trl' && cell.broken)
    .map((cell) => `${cell.trl} ${cell.broken!.where}`)

test.each([
  ['nothing anywhere breaks nothing', [0, 0, 0, 0, 0, 0, 0, 0, 0], []],
  ['one result alone is no chain yet', [0, 0, 1, 0, 0, 0, 0, 0, 0], []],
  ['research without its next step', [0, 4, 3, 0, 0, 0, 0, 0, 0], ['1 above', '4 below']],
  ['the valley between two hills', [1, 1, 5, 0, 6, 2, 1, 1, 1], ['4 both']],
  ['production without research', [0, 0, 0, 0, 0, 0, 0, 3, 4], ['7 above']],
])('%s', (_says, results, broken) => {
  expect(brokenLevels(results)).toEqual(broken)
})

test('a chain with nothing under a segment whose others are full is broken', () => {
  const cells = chainCells([segment([0, 0, 5, 0, 0, 0, 0, 0, 0], { capital: 0, talent: 3 })])
  expect(cells.find((cell) => cell.row === 'capital')?.broken).toEqual({ beside: 5, where: 'chain' })
  expect(cells.find((cell) => cell.row === 'talent')?.broken).toBeNull()
})

test('an empty cell is broken exactly when a neighbour is full', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 9, maxLength: 9 }), (results) => {
      for (const cell of chainCells([segment(results)])) {
        if (cell.row !== 'trl') continue
        const at = cell.trl! - 1
        const full = [results[at - 1], results[at + 1]].some((count) => (count ?? 0) >= FULL_COUNT_MIN)
        expect(cell.broken !== null).toBe(results[at] === 0 && full)
      }
    }),
    { seed: 7 },
  )
})
