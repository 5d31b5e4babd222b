import { expect, test } from 'vitest'
import { solveSetCover } from '#engines/cover/set-cover.ts'
import { cubeSquares, drawSetCover, GROUPS, partedFours } from './set-covers.ts'

test.each([
  [3, 3],
  [4, 8],
])('a cube of %i dimensions loses all its squares with %i edges', async (dimensions, edges) => {
  expect(await solveSetCover(cubeSquares(dimensions))).toMatchObject({ status: 'optimal', objective: edges })
})

test.each([
  ['cyc6', cubeSquares(6), 240, 192],
  ['clr10', partedFours(10), 511, 210],
])('%s has the rows and columns of the library', (_, problem, rows, columns) => {
  expect([problem.rows, problem.columns.length]).toEqual([rows, columns])
  expect(new Set(problem.columns.flatMap(({ covers }) => covers)).size).toBe(rows)
})

test('a drawn problem is the same for the same seed, and every row stands in two columns', () => {
  const group = GROUPS[0]!
  const problem = drawSetCover(group, 3)
  expect(drawSetCover(group, 3)).toEqual(problem)
  expect(drawSetCover(group, 4)).not.toEqual(problem)
  const times = new Array<number>(group.rows).fill(0)
  for (const { covers } of problem.columns) for (const row of covers) times[row]!++
  expect(Math.min(...times)).toBeGreaterThanOrEqual(2)
})
