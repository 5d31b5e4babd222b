import { describe, expect, test } from 'vitest'
import { Fault } from '#kit/fault.ts'
import { type Conditions, hasTeam, type Problem, type TeamAnswer } from './model.ts'
import { solveCover } from './solve.ts'
import { aCandidate, aRequirement } from './testing.ts'

/** Three fields, of which one firm has two, and another each of them better or cheaper. */
const three: Problem = {
  requirements: [
    aRequirement('optics', { weight: 3 }),
    aRequirement('vacuum', { weight: 2 }),
    aRequirement('control', { weight: 1 }),
  ],
  candidates: [
    aCandidate('both', { optics: 2, vacuum: 2 }, { cost: 200 }),
    aCandidate('controller', { control: 2 }, { cost: 100, kind: 'institute', region: 'east' }),
    aCandidate('lens', { optics: 3 }, { cost: 50 }),
    aCandidate('pump', { vacuum: 2 }, { cost: 30, kind: 'university', region: 'south' }),
    aCandidate('stranger', {}, { cost: 1, kind: 'fund' }),
  ],
  conditions: {},
}

async function teamOf(problem: Problem): Promise<TeamAnswer> {
  const answer = await solveCover(problem)
  if (!hasTeam(answer)) throw new Error(`Expected a team, found ${answer.status}.`)
  return answer
}

const namesOf = ({ chosen }: TeamAnswer) => chosen.map(({ id }) => id)

describe('The best team', () => {
  // Worth of all: 3 x 1025 + 2 x 1000 + 1 x 1000 - 3 x 300 - 180; of `both` in place of lens and pump: 25 x 3 less,
  // one member (300) less and 120 of cost more.
  const rows: [string, Conditions, string[], number][] = [
    ['covers all, with one who has two fields in place of two', {}, ['both', 'controller'], 5100],
    ['of one member has the two fields', { membersMax: 1 }, ['both'], 4500],
    ['takes more of them where the budget is short', { budgetMax: 190 }, ['controller', 'lens', 'pump'], 4995],
    ['leaves out what the budget does not bear', { budgetMax: 90 }, ['lens', 'pump'], 4395],
    ['keeps whoever is pinned', { pinned: ['stranger'] }, ['both', 'controller', 'stranger'], 4799],
    ['does without whoever is banned', { banned: ['both'] }, ['controller', 'lens', 'pump'], 4995],
    [
      'has a university where one is asked for',
      { kinds: [{ kind: 'university', min: 1 }] },
      ['controller', 'lens', 'pump'],
      4995,
    ],
    ['has no institute where none is allowed', { kinds: [{ kind: 'institute', max: 0 }] }, ['both'], 4500],
    ['comes from the regions allowed', { regions: { allowed: ['north'] } }, ['both'], 4500],
    ['comes from as many regions as asked for', { regions: { distinctMin: 3 } }, ['controller', 'lens', 'pump'], 4995],
    [
      'has someone from any of the regions named',
      { regions: { allowed: ['north', 'south'], includeAnyOf: ['south'] } },
      ['lens', 'pump'],
      4395,
    ],
    ['has someone who can lead', { leadKinds: ['fund', 'university'] }, ['controller', 'lens', 'pump'], 4995],
    ['has as many members as asked for', { membersMin: 3 }, ['controller', 'lens', 'pump'], 4995],
    [
      'parts those who exclude one another',
      { conflicts: [{ a: 'both', b: 'controller' }] },
      ['controller', 'lens', 'pump'],
      4995,
    ],
    [
      'prefers those who worked together, if it is close',
      { trust: [{ a: 'lens', b: 'pump', weight: 1 }] },
      ['both', 'controller'],
      5100,
    ],
  ]

  test.each(rows)('%s', async (_, conditions, names, objective) => {
    const answer = await teamOf({ ...three, conditions })
    expect(namesOf(answer)).toEqual(names)
    expect(answer.objective).toBe(objective)
    expect(answer.status).toBe('optimal')
    expect(answer.gap).toBe(0)
  })

  test('shows its objective as addends', async () => {
    const answer = await teamOf({ ...three, conditions: { membersMax: 1 } })
    expect(answer.parts).toEqual([
      { kind: 'coverage', id: 'optics', points: 3000 },
      { kind: 'coverage', id: 'vacuum', points: 2000 },
      { kind: 'cost', id: 'both', points: -200 },
      { kind: 'member', id: 'both', points: -300 },
    ])
  })

  test('tells what each member covers, and what only that member covers', async () => {
    const answer = await teamOf({ ...three, conditions: { pinned: ['lens'] } })
    expect(answer.chosen).toEqual([
      { id: 'controller', covers: [{ requirement: 'control', level: 2 }], soleCoverOf: ['control'] },
      { id: 'lens', covers: [{ requirement: 'optics', level: 3 }], soleCoverOf: ['optics'] },
      { id: 'pump', covers: [{ requirement: 'vacuum', level: 2 }], soleCoverOf: ['vacuum'] },
    ])
    expect(answer.coverage[0]).toEqual({ requirement: 'optics', level: 3, levelWanted: 2, by: ['lens'] })
  })

  test('is of the earlier ids, of those that are alike', async () => {
    const twins = ['d', 'b', 'c', 'a'].map((id) => aCandidate(id, { optics: 2 }))
    const answer = await teamOf({
      requirements: [aRequirement('optics')],
      candidates: twins,
      conditions: { membersMin: 2 },
    })
    expect(namesOf(answer)).toEqual(['a', 'b'])
  })

  test('is nobody, where nobody is worth their burden', async () => {
    const answer = await teamOf({ ...three, candidates: [aCandidate('stranger', {})] })
    expect(answer.chosen).toEqual([])
    expect(answer.objective).toBe(0)
    expect(answer.gaps.map(({ requirement, nearest }) => [requirement, nearest])).toEqual([
      ['optics', []],
      ['vacuum', []],
      ['control', []],
    ])
  })

  test('says how many candidates were left to the solver', async () => {
    const many = Array.from({ length: 400 }, (_, at) =>
      aCandidate(`c${String(at).padStart(3, '0')}`, { optics: at % 7 === 0 ? 2 : 1 }, { cost: 500 - at }),
    )
    const answer = await teamOf({ ...three, candidates: many })
    expect(answer.status).toBe('optimal')
    expect(answer.screened.from).toBe(400)
    expect(answer.screened.to).toBeLessThan(50)
    expect(namesOf(answer)).toEqual(['c399'])
  })
})

describe('A gap', () => {
  const cases: [string, Conditions, string, unknown][] = [
    ['names who is banned', { banned: ['controller'] }, 'controller', { kind: 'condition', conditions: ['banned'] }],
    ['names who is too dear', { budgetMax: 90 }, 'controller', { kind: 'condition', conditions: ['budget'] }],
    [
      'names who is from elsewhere',
      { regions: { allowed: ['north'] } },
      'controller',
      { kind: 'condition', conditions: ['regions'] },
    ],
    [
      'names each condition that stands in the way',
      { membersMax: 1, kinds: [{ kind: 'institute', max: 0 }] },
      'controller',
      { kind: 'condition', conditions: ['membersMax', 'kinds'] },
    ],
  ]

  test.each(cases)('%s', async (_, conditions, id, why) => {
    const answer = await teamOf({ ...three, conditions })
    const gap = answer.gaps.find(({ requirement }) => requirement === 'control')
    expect(gap?.nearest).toEqual([{ id, level: 2, chosen: false, why }])
  })

  test('names those whose level is too low, members among them, the best first', async () => {
    const answer = await teamOf({
      requirements: [aRequirement('optics', { levelWanted: 3 })],
      candidates: [
        aCandidate('a', { optics: 1 }),
        aCandidate('b', { optics: 2 }),
        aCandidate('c', { optics: 2 }, { cost: 5 }),
      ],
      conditions: { membersMin: 1 },
      weights: { below: 900 },
    })
    expect(answer.gaps).toEqual([
      {
        requirement: 'optics',
        level: 2,
        levelWanted: 3,
        nearest: [
          { id: 'b', level: 2, chosen: true, why: { kind: 'level' } },
          { id: 'c', level: 2, chosen: false, why: { kind: 'level' } },
          { id: 'a', level: 1, chosen: false, why: { kind: 'level' } },
        ],
      },
    ])
  })

  test('names who would cost more than the requirement is worth, and by how much', async () => {
    const answer = await teamOf({ ...three, candidates: [aCandidate('dear', { control: 2 }, { cost: 900 })] })
    const gap = answer.gaps.find(({ requirement }) => requirement === 'control')
    expect(gap?.nearest).toEqual([{ id: 'dear', level: 2, chosen: false, why: { kind: 'worth', points: -200 } }])
  })
})

describe('Refusals', () => {
  const one = three.candidates[0]!
  const manyRequirements = Array.from({ length: 51 }, (_, at) => aRequirement(`r${at}`))
  const rows: [string, Partial<Problem>][] = [
    ['cover.requirements.none', { requirements: [], candidates: [aCandidate('a', {})] }],
    ['cover.candidates.none', { candidates: [] }],
    ['cover.requirements.too_many', { requirements: manyRequirements }],
    ['cover.candidates.too_many', { candidates: Array.from({ length: 50_001 }, () => one) }],
    ['cover.requirement.twice', { requirements: [...three.requirements, aRequirement('optics')] }],
    ['cover.candidate.twice', { candidates: [one, one] }],
    ['cover.requirement.weight', { requirements: [...three.requirements, aRequirement('x', { weight: 0 })] }],
    ['cover.requirement.weight', { requirements: [...three.requirements, aRequirement('x', { weight: 1e9 })] }],
    ['cover.requirement.weight', { requirements: [...three.requirements, aRequirement('x', { weight: Number.NaN })] }],
    ['cover.requirement.unknown', { candidates: [aCandidate('a', { acoustics: 2 })] }],
    ['cover.candidate.cost', { candidates: [aCandidate('a', {}, { cost: -1 })] }],
    ['cover.candidate.cost', { candidates: [aCandidate('a', {}, { cost: 1e9 })] }],
    ['cover.candidate.load', { candidates: [aCandidate('a', {}, { load: Number.POSITIVE_INFINITY })] }],
    ['cover.points.too_many', { candidates: [aCandidate('a', {}, { cost: 1e6 })], weights: { cost: 2 } }],
    ['cover.candidate.unknown', { conditions: { pinned: ['nobody'] } }],
    ['cover.candidate.unknown', { conditions: { banned: ['nobody'] } }],
    ['cover.candidate.unknown', { conditions: { trust: [{ a: 'lens', b: 'nobody', weight: 1 }] } }],
    ['cover.candidate.unknown', { conditions: { conflicts: [{ a: 'nobody', b: 'lens' }] } }],
    ['cover.pair.with_itself', { conditions: { conflicts: [{ a: 'lens', b: 'lens' }] } }],
    ['cover.trust.weight', { conditions: { trust: [{ a: 'lens', b: 'pump', weight: 2 }] } }],
    ['cover.condition.count', { conditions: { membersMax: 2.5 } }],
    ['cover.condition.count', { conditions: { membersMin: 1000 } }],
    ['cover.condition.count', { conditions: { kinds: [{ kind: 'company', min: -1 }] } }],
    ['cover.condition.budget', { conditions: { budgetMax: 1e9 } }],
    ['cover.weights.range', { weights: { member: 1e9 } }],
    ['cover.weights.range', { weights: { trust: -1 } }],
    ['cover.weights.below', { weights: { below: 2000 } }],
  ]

  test.each(rows)('%s', async (rule, change) => {
    const refusal = await solveCover({ ...three, ...change }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Fault)
    expect((refusal as Fault).details.rule).toBe(rule)
  })

  test('weights of nought are taken: then only the conditions speak', async () => {
    const weights = { met: 0, below: 0, above: 0, second: 0, cost: 0, member: 0, load: 0, trust: 0 }
    const answer = await teamOf({ ...three, weights, conditions: { kinds: [{ kind: 'fund', min: 1 }] } })
    expect(answer.objective).toBe(0)
    expect(namesOf(answer)).toContain('stranger')
  })
})
