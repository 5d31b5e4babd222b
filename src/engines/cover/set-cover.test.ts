import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { openHighs, runProgram } from './highs.ts'
import { coverGreedily, programOf, type SetCoverProblem, solveSetCover } from './set-cover.ts'
import { matrixOf } from './set-cover-matrix.ts'

const SHARED = resolve(process.env.CONSORTIA_SHARED ?? '../shared/data', 'scp')
/** Those that close at once; bench/cover takes all of them. */
const QUICK = ['scp41', 'scp43', 'scp45', 'scp47', 'scp410']

describe('A set cover', () => {
  const rows: [string, SetCoverProblem, number, number[]][] = [
    ['of no rows is empty', { rows: 0, columns: [{ cost: 1, covers: [] }] }, 0, []],
    [
      'takes the dear column where it saves two',
      {
        rows: 3,
        columns: [
          { cost: 2, covers: [0, 1] },
          { cost: 2, covers: [1, 2] },
          { cost: 3, covers: [0, 1, 2] },
        ],
      },
      3,
      [2],
    ],
    [
      'beats the greedy one',
      {
        rows: 4,
        columns: [
          { cost: 3, covers: [0, 1] },
          { cost: 3, covers: [2, 3] },
          { cost: 3.9, covers: [0, 1, 2] },
          { cost: 2.5, covers: [3] },
        ],
      },
      6,
      [0, 1],
    ],
    ['costs nothing where nothing costs', { rows: 2, columns: [{ cost: 0, covers: [0, 1] }] }, 0, [0]],
  ]

  test.each(rows)('%s', async (_, problem, objective, chosen) => {
    const { seconds: _seconds, ...answer } = await solveSetCover(problem)
    expect(answer).toEqual({ status: 'optimal', objective, bound: objective, gap: 0, chosen })
  })

  test('does not exist where a row has no column', async () => {
    const answer = await solveSetCover({ rows: 2, columns: [{ cost: 1, covers: [0] }] })
    expect(answer).toMatchObject({ status: 'infeasible', objective: null, chosen: [] })
  })

  test.each([
    ['set_cover.rows', { rows: 1.5, columns: [] }],
    ['set_cover.rows.too_many', { rows: 1e6, columns: [] }],
    ['set_cover.cost', { rows: 1, columns: [{ cost: -1, covers: [0] }] }],
    ['set_cover.cost', { rows: 1, columns: [{ cost: Number.NaN, covers: [0] }] }],
    ['set_cover.row.unknown', { rows: 1, columns: [{ cost: 1, covers: [1] }] }],
  ])('is refused by %s', async (rule, problem) => {
    await expect(solveSetCover(problem)).rejects.toMatchObject({ details: { rule } })
  })

  test('is the cheapest of all, and never dearer than the greedy one', async () => {
    const column = fc.record({
      cost: fc.integer({ min: 0, max: 20 }),
      covers: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(column, { maxLength: 9 }), async (columns) => {
        const problem = { rows: 6, columns }
        const answer = await solveSetCover(problem)
        expect(answer.objective).toBe(cheapestByTrying(problem))
        const greedy = coverGreedily(problem)
        expect(greedy === null).toBe(answer.objective === null)
        if (greedy) expect(costOf(problem, greedy)).toBeGreaterThanOrEqual(answer.objective!)
      }),
      { numRuns: 100, seed: 11 },
    )
  })
})

describe('Of many drawn problems', () => {
  const costs: [string, (random: () => number) => number][] = [
    ['whole costs', (random) => 1 + Math.floor(random() * 30)],
    ['one cost for all', () => 1],
    ['broken costs, some of nought', (random) => Math.max(0, random() - 0.1)],
  ]

  test.each(costs)('%s: the solver finds the same optimum', async (_, costBy) => {
    const highs = await openHighs()
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const problem = drawProblem(seed, costBy)
        const program = programOf(matrixOf(problem.rows, problem.columns))
        const { values } = runProgram(highs, program, { seed: 0, gapMax: 0, secondsMax: 60 })
        const chosen = problem.columns.flatMap((__, column) => (values![column]! > 0.5 ? [column] : []))
        const answer = await solveSetCover(problem)
        expect(answer.status).toBe('optimal')
        expect(new Set(answer.chosen.flatMap((column) => problem.columns[column]!.covers)).size).toBe(problem.rows)
        expect(Math.abs(answer.objective! - costOf(problem, chosen))).toBeLessThan(1e-5)
        expect((await solveSetCover(problem)).chosen).toEqual(answer.chosen)
      }),
      { numRuns: 30, seed: 12 },
    )
  })

  test('a limit that strikes at once leaves a cover and a bound that is not above it', async () => {
    const problem = drawProblem(5, () => 1, { rows: 150, columns: 400, density: 0.04 })
    const answer = await solveSetCover(problem, { isCancelled: () => true })
    expect(answer.status).toBe('feasible')
    expect(answer.bound).toBeLessThan(answer.objective!)
    expect(new Set(answer.chosen.flatMap((column) => problem.columns[column]!.covers)).size).toBe(problem.rows)
  })
})

describe.skipIf(!existsSync(SHARED))('Published instances (skipped where they do not stand)', () => {
  const optimum = existsSync(SHARED) ? readOptima() : new Map<string, number>()

  test.each(QUICK)('%s: the published optimum, proven', async (name) => {
    const problem = JSON.parse(readFileSync(resolve(SHARED, `${name}.json`), 'utf8')) as SetCoverProblem
    const answer = await solveSetCover(problem)
    expect(answer).toMatchObject({ status: 'optimal', objective: optimum.get(name), bound: optimum.get(name) })
    expect(new Set(answer.chosen.flatMap((column) => problem.columns[column]!.covers)).size).toBe(problem.rows)
    expect(costOf(problem, answer.chosen)).toBe(optimum.get(name))
  })
})

function drawProblem(
  seed: number,
  costBy: (random: () => number) => number,
  { rows = 30, columns = 70, density = 0.1 } = {},
): SetCoverProblem {
  const random = seededRandom(seed)
  const covers = (column: number) =>
    Array.from({ length: rows }, (_, row) => row).filter((row) => row === column % rows || random() < density)
  return { rows, columns: Array.from({ length: columns }, (_, at) => ({ covers: covers(at), cost: costBy(random) })) }
}

function readOptima(): Map<string, number> {
  const [heading, ...lines] = readFileSync(resolve(SHARED, 'optimum.csv'), 'utf8').trim().split('\n')
  const column = heading!.split(',').indexOf('optimum')
  return new Map(lines.map((line) => [line.split(',')[0]!, Number(line.split(',')[column])]))
}

function costOf({ columns }: SetCoverProblem, chosen: readonly number[]): number {
  return chosen.reduce((sum, column) => sum + columns[column]!.cost, 0)
}

function cheapestByTrying(problem: SetCoverProblem): number | null {
  const { rows, columns } = problem
  let cheapest: number | null = null
  for (let mask = 0; mask < 2 ** columns.length; mask++) {
    const chosen = columns.flatMap((_, column) => (mask & (1 << column) ? [column] : []))
    if (new Set(chosen.flatMap((column) => columns[column]!.covers)).size < rows) continue
    cheapest = Math.min(cheapest ?? Infinity, costOf(problem, chosen))
  }
  return cheapest
}
