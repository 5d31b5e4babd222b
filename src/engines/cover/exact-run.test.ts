import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasTeam, type Problem, type TeamRule } from './model.ts'
import { solveCover } from './solve.ts'
import { aCandidate, aRequirement, bestByTrying, keepsAll, smallProblems } from './testing.ts'

/** The dearer of two is the only one above the bound by one unit of its rule. */
function twoBy(amount: number, rule: Partial<TeamRule>): Problem {
  const amounts = { near: amount, far: 3 * amount }
  return {
    requirements: [aRequirement('optics')],
    candidates: [aCandidate('far', { optics: 2 }, { cost: 50 }), aCandidate('near', { optics: 2 })],
    conditions: { membersMin: 1, membersMax: 1, rules: [{ id: 'sales', form: 'sum', amounts, ...rule } as TeamRule] },
  }
}

const chosenOf = async (problem: Problem) => {
  const answer = await solveCover(problem)
  return hasTeam(answer) ? answer.chosen.map(({ id }) => id) : answer.status
}

describe('Whole figures of a rule are kept to the last unit', () => {
  test.each([1_000, 1_000_000, 1_000_000_000, 100_000_000_000_000])('of %d', async (amount) => {
    expect(await chosenOf(twoBy(amount, { min: amount }))).toEqual(['near'])
    expect(await chosenOf(twoBy(amount, { min: amount + 1 }))).toEqual(['far'])
    expect(await chosenOf(twoBy(amount, { max: amount }))).toEqual(['near'])
    expect(await chosenOf(twoBy(amount, { max: amount - 1 }))).toBe('infeasible')
  })

  test('which trying every team confirms', async () => {
    const large = fc
      .tuple(smallProblems, fc.array(fc.nat(4), { minLength: 16, maxLength: 16 }))
      .map(([problem, units]) => ({
        ...problem,
        conditions: {
          criticalCovered: false,
          rules: problem.conditions.rules?.map((rule) => enlarge(rule, units)) ?? [],
        },
      }))
    await fc.assert(
      fc.asyncProperty(large, async (problem) => {
        const answer = await solveCover(problem)
        const best = bestByTrying(problem)
        expect(answer.status).toBe(best === null ? 'infeasible' : 'optimal')
        if (!hasTeam(answer)) return
        const ids = new Set(answer.chosen.map(({ id }) => id))
        expect(answer.objective).toBe(best)
        expect(
          keepsAll(
            problem,
            problem.candidates.filter(({ id }) => ids.has(id)),
          ),
        ).toBe(true)
      }),
      { numRuns: 60, seed: 20_260_501 },
    )
  })
})

/** A millionfold, and a few units more or less. */
function enlarge(rule: TeamRule, units: readonly number[]): TeamRule {
  if (rule.form === 'distinct') return rule
  const by = (value: number, at: number) => value * 1_000_000 + units[at]!
  return {
    ...rule,
    amounts: Object.fromEntries(Object.entries(rule.amounts).map(([id, amount], at) => [id, by(amount, at)])),
    ...(rule.min === undefined ? {} : { min: by(rule.min, 15) }),
    ...(rule.max === undefined ? {} : { max: by(rule.max, 15) }),
  }
}
