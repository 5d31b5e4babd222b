import { describe, expect, test } from 'vitest'
import { findAlternatives } from './alternatives.ts'
import { lossesWithout, lossWithout } from './explain.ts'
import { hasTeam, type Problem, type TeamAnswer } from './model.ts'
import { solveCover } from './solve.ts'
import { aCandidate, aRequirement } from './testing.ts'

const problem: Problem = {
  requirements: [aRequirement('optics', { weight: 2 }), aRequirement('vacuum', { critical: true })],
  candidates: [
    aCandidate('lens', { optics: 3 }, { cost: 100 }),
    aCandidate('mirror', { optics: 2 }, { cost: 200 }),
    aCandidate('prism', { optics: 1 }, { cost: 0 }),
    aCandidate('pump', { vacuum: 2 }, { cost: 300 }),
  ],
  conditions: {},
}

async function solve(asked: Problem): Promise<TeamAnswer> {
  const answer = await solveCover(asked)
  if (!hasTeam(answer)) throw new Error(`Expected a team, found ${answer.status}.`)
  return answer
}

describe('Without a member', () => {
  test('another takes the place, at a loss that is told', async () => {
    const answer = await solve(problem)
    expect(await lossWithout(problem, answer, 'lens')).toEqual({
      member: 'lens',
      objective: answer.objective - 150,
      loss: 150,
      proven: true,
      joining: ['mirror'],
      leaving: [],
      lost: [{ requirement: 'optics', from: 3, to: 2 }],
      calledForBy: [],
    })
  })

  test('no team may be left, and then the conditions are named that call for the member', async () => {
    const answer = await solve(problem)
    const loss = await lossWithout(problem, answer, 'pump')
    expect(loss).toMatchObject({ objective: null, loss: null, proven: true, calledForBy: ['critical'] })
  })

  test('who was pinned is let go', async () => {
    const pinned = { ...problem, conditions: { pinned: ['prism'] } }
    const loss = await lossWithout(pinned, await solve(pinned), 'prism')
    expect(loss.loss).toBe(-300)
  })

  test('each member has a loss, in their order', async () => {
    const losses = await lossesWithout(problem, await solve(problem))
    expect(losses.map(({ member }) => member)).toEqual(['lens', 'pump'])
  })

  test('whoever is not in the team has none', async () => {
    const answer = await solve(problem)
    await expect(lossWithout(problem, answer, 'mirror')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('Alternatives', () => {
  const twoFields: Problem = {
    requirements: [aRequirement('optics', { weight: 5 }), aRequirement('vacuum', { weight: 5 })],
    candidates: ['a', 'b', 'c', 'd'].flatMap((name, at) => [
      aCandidate(`optics-${name}`, { optics: 2 }, { cost: at * 10 }),
      aCandidate(`vacuum-${name}`, { vacuum: 2 }, { cost: at * 100 }),
    ]),
    conditions: {},
  }

  test('each does without so many members of the answer and of those before it, the best first', async () => {
    const answer = await solve(twoFields)
    const found = await findAlternatives(twoFields, answer, { count: 3, apartMin: 2 })
    expect(found.map((one) => one.answer.chosen.map(({ id }) => id))).toEqual([
      ['optics-b', 'vacuum-b'],
      ['optics-c', 'vacuum-c'],
      ['optics-d', 'vacuum-d'],
    ])
    expect(found.map(({ worseBy }) => worseBy)).toEqual([110, 220, 330])
    expect(found[0]).toMatchObject({ leaving: ['optics-a', 'vacuum-a'], joining: ['optics-b', 'vacuum-b'] })
  })

  test('none is worse than asked for', async () => {
    const answer = await solve(twoFields)
    const found = await findAlternatives(twoFields, answer, { count: 3, apartMin: 2, worseShareMax: 0.025 })
    expect(found.map(({ worseBy }) => worseBy)).toEqual([110, 220])
  })

  test('there are fewer where there are no more', async () => {
    const answer = await solve(problem)
    expect(await findAlternatives(problem, answer, { apartMin: 2, worseShareMax: 1 })).toEqual([])
  })

  test.each([
    ['cover.alternatives.count', { count: 6 }],
    ['cover.alternatives.apartMin', { apartMin: 0 }],
    ['cover.alternatives.worseShareMax', { worseShareMax: 2 }],
  ])('are refused by %s', async (rule, options) => {
    const answer = await solve(problem)
    await expect(findAlternatives(problem, answer, options)).rejects.toMatchObject({ details: { rule } })
  })
})
