import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lossWithout } from './explain.ts'
import { type Answer, hasTeam, type Level, type Problem } from './model.ts'
import { solveCover } from './solve.ts'
import { aCandidate, bestByTrying, keepsAll, smallProblems, worthOf } from './testing.ts'

const RUNS = { numRuns: 80, seed: 20_260_501 }

const membersOf = (problem: Problem, answer: Answer) =>
  problem.candidates.filter(({ id }) => hasTeam(answer) && answer.chosen.some((member) => member.id === id))

describe('Any small problem', () => {
  test('gets the team that trying every team finds, and keeps every condition', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblems, async (problem) => {
        const answer = await solveCover(problem)
        const best = bestByTrying(problem)
        expect(answer.status).toBe(best === null ? 'infeasible' : 'optimal')
        if (!hasTeam(answer)) return
        const team = membersOf(problem, answer)
        expect(keepsAll(problem, team)).toBe(true)
        expect(answer.objective).toBe(best)
        expect(worthOf(problem, team)).toBe(best)
        expect(answer.bound).toBe(best)
      }),
      RUNS,
    )
  })

  test('has an objective that is the sum of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblems, async (problem) => {
        const answer = await solveCover(problem)
        if (hasTeam(answer)) expect(answer.parts.reduce((sum, { points }) => sum + points, 0)).toBe(answer.objective)
      }),
      RUNS,
    )
  })

  test('gets the same answer again, in whatever order the candidates stand', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblems, fc.nat(), async (problem, seed) => {
        const first = await solveCover(problem, { seed })
        const again = await solveCover({ ...problem, candidates: [...problem.candidates].reverse() }, { seed })
        expect({ ...again, seconds: 0 }).toEqual({ ...first, seconds: 0 })
      }),
      RUNS,
    )
  })

  test('is never worse off for one more candidate', async () => {
    const levels = fc.constantFrom<Level>(0, 1, 2, 3)
    await fc.assert(
      fc.asyncProperty(smallProblems, levels, levels, async (problem, first, other) => {
        const before = await solveCover(problem)
        const newcomer = aCandidate('newcomer', { r0: first, ...(problem.requirements.length > 1 && { r1: other }) })
        const after = await solveCover({ ...problem, candidates: [...problem.candidates, newcomer] })
        if (!hasTeam(before)) return
        expect(hasTeam(after) && after.objective).toBeGreaterThanOrEqual(before.objective)
      }),
      RUNS,
    )
  })

  test('keeps whoever is pinned', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblems, async (problem) => {
        const { id } = problem.candidates[0]!
        const answer = await solveCover({ ...problem, conditions: { ...problem.conditions, pinned: [id] } })
        if (hasTeam(answer)) expect(answer.chosen.map((member) => member.id)).toContain(id)
      }),
      RUNS,
    )
  })

  test('loses without a member what trying every team without it says', async () => {
    await fc.assert(
      fc.asyncProperty(smallProblems, async (problem) => {
        const answer = await solveCover(problem)
        if (!hasTeam(answer) || answer.chosen.length === 0) return
        const { id } = answer.chosen[0]!
        const pinned = problem.conditions.pinned?.filter((other) => other !== id) ?? []
        const banned = [...(problem.conditions.banned ?? []), id]
        const best = bestByTrying({ ...problem, conditions: { ...problem.conditions, pinned, banned } })
        const loss = await lossWithout(problem, answer, id)
        expect(loss.objective).toBe(best)
        expect(loss.loss).toBe(best === null ? null : answer.objective - best)
        expect(loss.proven).toBe(true)
      }),
      RUNS,
    )
  })
})
