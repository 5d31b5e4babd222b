import { expect, test } from 'vitest'
import { AS_SCORED, type Placed } from './arrange.ts'
import { exposureOf, giniOf, priceRounds, withinBound } from './exposure.ts'
import { measure } from './exposure-report.ts'

// Goal: who is shown how often is counted as it is, and a bound on it holds where it can.
test.each([
  ['all alike', [2, 2, 2], 0],
  ['one has all of four', [0, 0, 0, 8], 0.75],
  ['two of four share', [0, 0, 3, 3], 0.5],
  ['nobody is shown', [0, 0], 0],
  ['nobody is there', [], 0],
] as const)('the Gini index where %s', (_says, counts, gini) => {
  expect(giniOf([...counts])).toBeCloseTo(gini)
})

const ORGANISATIONS = 30
const placed = (at: number, score: number): Placed => ({
  kind: 'organisation',
  id: `o${at}`,
  organisation: { id: `o${at}` },
  score,
  merit: score,
  newcomer: false,
  lifted: null,
  cells: [{ level: 2 }],
})
/** Twelve needs for which the same ten stand in front, all the others close behind them. */
const boards = Array.from({ length: 12 }, (_, need) => ({
  needId: `n${need}`,
  candidates: Array.from({ length: ORGANISATIONS }, (_, at) =>
    placed(at, 0.6 - (at < 10 ? 0 : 0.05) - ((at * 7 + need * 3) % 11) / 1000),
  ),
}))
const settings = { order: 'score', newcomerSeats: 0, exposureBound: null } as const
const rounds = [...priceRounds(boards, settings)]

test('without a bound the first ten of every need are the same ten', () => {
  const { counts, gini } = exposureOf(boards, AS_SCORED)
  expect([...counts.values()].filter(Boolean)).toHaveLength(10)
  expect(gini).toBeCloseTo(2 / 3)
})

test('a bound that can be kept is kept, and costs as little as was found', () => {
  const { round, reached } = withinBound(rounds, 0.5)
  expect(reached).toBe(true)
  expect(round.gini).toBeLessThanOrEqual(0.5)
  expect(round.merit).toBeGreaterThan(rounds[0]!.merit - 0.06)
})

test('one that can’t be kept says so, and comes as near as it can', () => {
  const { round, reached } = withinBound(rounds, -1)
  expect(reached).toBe(false)
  expect(round.gini).toBe(Math.min(...rounds.map(({ gini }) => gini)))
})

test('the report names who is shown most and who never, and what each bound costs', () => {
  const organisations = boards[0]!.candidates.map(({ id }) => ({ id, name: id, names: {} }))
  const { answer, prices } = measure(boards, settings, organisations)
  expect(answer).toMatchObject({ needs: 12, eligible: ORGANISATIONS, neverCount: 20 })
  expect(answer.most[0]!.shown).toBe(12)
  expect(prices).toEqual({})
  expect(answer.curve.at(0)).toMatchObject({ organisations: 0, plain: 0 })
  expect(answer.curve.at(-1)).toMatchObject({ organisations: 1, plain: 1, applied: 1 })
  const bounded = measure(boards, { ...settings, exposureBound: 0.5 }, organisations)
  expect(bounded.answer.applied).toMatchObject({ bound: 0.5, reached: true })
  expect(measure(boards, { ...settings, exposureBound: 0.5 }, organisations)).toEqual(bounded)
})

test('of many equals the bound makes all be seen in turn, at no price in score', () => {
  const alike = Array.from({ length: 8 }, (_, need) => ({
    needId: `n${need}`,
    candidates: Array.from({ length: 59 }, (_, at) => placed(at, 0.5)),
  }))
  const organisations = alike[0]!.candidates.map(({ id }) => ({ id, name: id, names: {} }))
  const { answer, turns, prices } = measure(alike, { ...settings, exposureBound: 0.4 }, organisations)
  expect(answer.plain.gini).toBeCloseTo(49 / 59)
  expect(answer.applied).toMatchObject({ reached: true, shown: 59, score: answer.plain.score })
  expect(answer.applied.gini).toBeLessThan(0.3)
  expect(prices).toEqual({})
  expect(Object.keys(turns ?? {})).toHaveLength(8)
  expect(measure(alike, settings, organisations).turns).toBeNull()
})
