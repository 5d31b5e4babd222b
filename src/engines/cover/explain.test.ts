import { describe, expect, test } from 'vitest'
import { findAlternatives } from './alternatives.ts'
import { lossesWithout, lossWithout } from './explain.ts'
import { type Change, type ConditionKey, type Conditions, hasTeam, type Problem, type TeamAnswer } from './model.ts'
import { priceConditions } from './prices.ts'
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

describe('The price of a condition', () => {
  const rows: [string, Conditions, ReturnType<typeof priceOf>[]][] = [
    [
      'is what one more member brings',
      { membersMax: 1 },
      [
        priceOf('membersMax', { what: 'membersMax', from: 1, to: 2 }, 1650),
        priceOf('critical', { what: 'critical' }, 1250),
      ],
    ],
    [
      'is what a tenth more of the budget brings',
      { budgetMax: 390 },
      [
        priceOf('membersMax', { what: 'membersMax', from: 8, to: 9 }, 0),
        priceOf('budget', { what: 'budgetMax', from: 390, to: 429 }, 1550),
        priceOf('critical', { what: 'critical' }, 1150),
      ],
    ],
    [
      'is what someone who was pinned keeps others from',
      {
        criticalCovered: false,
        membersMax: 2,
        pinned: ['prism'],
        banned: ['lens'],
        conflicts: [{ a: 'mirror', b: 'prism' }],
      },
      [
        priceOf('membersMax', { what: 'membersMax', from: 2, to: 3 }, 0),
        priceOf('conflicts', { what: 'conflict', id: 'mirror+prism' }, 700),
        priceOf('pinned', { what: 'pinned', id: 'prism' }, 1400),
        priceOf('banned', { what: 'banned', id: 'lens' }, 850),
      ],
    ],
  ]

  test.each(rows)('%s', async (_, conditions, prices) => {
    const asked = { ...problem, conditions }
    const answer = await solve(asked)
    const found = await priceConditions(asked, answer)
    expect(found.map(({ objective: _objective, ...price }) => price)).toEqual(prices)
    for (const { objective, gain } of found) expect(objective).toBe(answer.objective + gain!)
  })

  test('of what is said twice is told once, of both', async () => {
    const twice = {
      criticalCovered: false,
      membersMax: 2,
      pinned: ['prism', 'prism'],
      banned: ['lens', 'lens'],
      conflicts: [
        { a: 'mirror', b: 'prism' },
        { a: 'prism', b: 'mirror' },
      ],
    }
    const once = { ...twice, pinned: ['prism'], banned: ['lens'], conflicts: [{ a: 'mirror', b: 'prism' }] }
    const pricesOf = async (conditions: Conditions) =>
      priceConditions({ ...problem, conditions }, await solve({ ...problem, conditions }))
    expect(await pricesOf(twice)).toEqual(await pricesOf(once))
  })

  test('is told for kinds, regions and a lead too', async () => {
    const conditions: Conditions = {
      membersMin: 1,
      kinds: [{ kind: 'company', min: 1, max: 2 }],
      leadKinds: ['company'],
      regions: { allowed: ['north'], distinctMin: 1, includeAnyOf: ['north'] },
      criticalCovered: false,
    }
    const asked = { ...problem, conditions }
    const found = await priceConditions(asked, await solve(asked))
    expect(found.map(({ change }) => change)).toEqual([
      { what: 'membersMin', from: 1, to: 0 },
      { what: 'membersMax', from: 8, to: 9 },
      { what: 'kindMin', id: 'company', from: 1, to: 0 },
      { what: 'kindMax', id: 'company', from: 2, to: 3 },
      { what: 'leadKinds' },
      { what: 'regionAllowed' },
      { what: 'regionsDistinctMin', from: 1, to: 0 },
      { what: 'regionsIncludeAnyOf' },
    ])
    for (const { gain } of found) expect(gain).toBeGreaterThanOrEqual(0)
  })
})

function priceOf(condition: ConditionKey, change: Change, gain: number) {
  return { condition, change, gain, proven: true }
}
