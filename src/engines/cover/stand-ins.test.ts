import { expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { prepareCase } from './check.ts'
import type { Candidate, Level, Problem } from './model.ts'
import { solveCover } from './solve.ts'
import { withoutStandIns } from './stand-ins.ts'
import { aCandidate, aRequirement, keepsAll } from './testing.ts'

/** Sixty candidates of two kinds, of whom at most two make a team, which is always too dear. */
function aTightProblem(seed: number): Problem {
  const random = seededRandom(seed)
  const requirements = ['optics', 'vacuum'].map((id) => aRequirement(id, { critical: true }))
  const draw = () => Math.floor(random() * 4) as Level
  const candidates = Array.from({ length: 60 }, (_, at) =>
    aCandidate(
      `c${String(at).padStart(2, '0')}`,
      { optics: draw(), vacuum: draw() },
      { cost: 10 + Math.floor(random() * 500), kind: random() < 0.5 ? 'company' : 'university' },
    ),
  )
  const conditions = {
    membersMax: 2,
    budgetMax: 9,
    kinds: [{ kind: 'university', min: 1 }],
    conflicts: [{ a: 'c00', b: 'c01' }],
  }
  return { requirements, candidates, conditions }
}

function cheapestPair(problem: Problem): number {
  const loose = { ...problem, conditions: { ...problem.conditions, budgetMax: 1e6 } }
  const costs = problem.candidates.flatMap((one, at) =>
    [[one], ...problem.candidates.slice(at + 1).map((other) => [one, other])]
      .filter((team) => keepsAll(loose, team))
      .map((team: Candidate[]) => team.reduce((sum, { cost = 0 }) => sum + cost, 0)),
  )
  return Math.min(...costs)
}

test.each([1, 2, 3, 4, 5, 6])(
  'the smallest budget found without stand-ins is the smallest there is (seed %i)',
  async (seed) => {
    const problem = aTightProblem(seed)
    const kept = withoutStandIns(prepareCase(problem))
    expect(kept.length).toBeLessThan(problem.candidates.length)
    const answer = await solveCover(problem)
    const budget =
      answer.status === 'infeasible' && answer.conflict.relaxations.find(({ condition }) => condition === 'budget')
    expect(budget).toEqual({
      condition: 'budget',
      enough: true,
      changes: [{ what: 'budgetMax', from: 9, to: cheapestPair(problem) }],
    })
  },
)

test('whoever is named stays', () => {
  const problem = aTightProblem(1)
  const conditions = { ...problem.conditions, pinned: ['c10'], banned: ['c20'] }
  const kept = withoutStandIns(prepareCase({ ...problem, conditions }))
  expect(kept).toEqual(expect.arrayContaining([0, 1, 10, 20]))
})
