import { describe, expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { hasTeam, type Level, type Problem, type Progress } from './model.ts'
import { alternativesInWorker, explainInWorker, solveInWorker, solveSetCoverInWorker } from './run.ts'
import { solveCover } from './solve.ts'
import { aCandidate, aRequirement } from './testing.ts'

const small: Problem = {
  requirements: [aRequirement('optics')],
  candidates: [aCandidate('a', { optics: 2 }), aCandidate('b', { optics: 3 }, { cost: 50 })],
  conditions: {},
}

/** Far too much for a twentieth of a second: everybody has a little of everything. */
function aHardProblem(): Problem {
  const random = seededRandom(3)
  const requirements = Array.from({ length: 30 }, (_, at) => aRequirement(`r${at}`, { weight: 1 + (at % 5) }))
  return {
    requirements,
    candidates: Array.from({ length: 1500 }, (_, at) =>
      aCandidate(
        `c${at}`,
        Object.fromEntries(requirements.map(({ id }) => [id, (random() < 0.25 ? 2 : random() < 0.5 ? 1 : 0) as Level])),
        { cost: Math.floor(random() * 300), region: `g${at % 9}` },
      ),
    ),
    conditions: { membersMax: 9, budgetMax: 700, regions: { distinctMin: 5 } },
  }
}

describe('In a worker', () => {
  test('the answer is that of the same thread', async () => {
    const [there, here] = [await solveInWorker(small, { seed: 1 }), await solveCover(small, { seed: 1 })]
    expect({ ...there, seconds: 0 }).toEqual({ ...here, seconds: 0 })
  })

  test('losses, alternatives and set covers are found too', async () => {
    const answer = await solveInWorker(small)
    if (!hasTeam(answer)) throw new Error('There is a team.')
    expect((await explainInWorker(small, answer))[0]).toMatchObject({ member: 'a', joining: ['b'] })
    const [next] = await alternativesInWorker(small, answer, { count: 1, apartMin: 1, worseShareMax: 0.5 })
    expect(next?.joining).toEqual(['b'])
    const cover = await solveSetCoverInWorker({ rows: 1, columns: [{ cost: 2, covers: [0] }] })
    expect(cover).toMatchObject({ status: 'optimal', objective: 2, chosen: [0] })
  })

  test('a refusal comes back as the Fault it is', async () => {
    await expect(solveInWorker({ ...small, candidates: [] })).rejects.toMatchObject({
      name: 'Fault',
      code: 'invalid',
      details: { rule: 'cover.candidates.none' },
    })
  })

  test('a cancel in the middle gives the best team so far, and progress was told', async () => {
    const cancel = new AbortController()
    const told: Progress[] = []
    const answer = await solveInWorker(aHardProblem(), {
      signal: cancel.signal,
      secondsMax: 60,
      onProgress: (progress) => {
        told.push(progress)
        cancel.abort()
      },
    }).catch((error: unknown) => error)
    expect(told.length).toBeGreaterThan(0)
    expect(answer).toSatisfy(isCancelled)
  })

  test('a series that is cancelled has no answer', async () => {
    const problem = aHardProblem()
    const answer = await solveInWorker(problem, { secondsMax: 0.05 })
    if (!hasTeam(answer)) throw new Error('There is a team.')
    const cancel = new AbortController()
    const losses = explainInWorker(problem, answer, { signal: cancel.signal, onProgress: () => cancel.abort() })
    await expect(losses).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('a cancel before the start starts nothing', async () => {
    await expect(solveInWorker(small, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('a limit gives the best team so far with what it may be off by', async () => {
    const answer = await solveInWorker(aHardProblem(), { secondsMax: 0.05 })
    expect(answer.status).toBe('feasible')
    if (!hasTeam(answer)) return
    expect(answer.bound).toBeGreaterThan(answer.objective)
    expect(answer.gap).toBeCloseTo((answer.bound - answer.objective) / answer.objective, 12)
  })

  test('a crash is an Error that says so, and the caller lives', async () => {
    await expect(solveInWorker(aHardProblem(), { heapMegabytesMax: 4 })).rejects.toThrow(/thread crashed/)
    expect((await solveInWorker(small)).status).toBe('optimal')
  })
})

/** Either what was found until then, or the refusal where nothing was handed over in time. */
function isCancelled(answer: unknown): boolean {
  const { status, code } = answer as { status?: string; code?: string }
  return status === 'cancelled' || code === 'cancelled'
}
