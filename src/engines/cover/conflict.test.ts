import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change, ConditionKey, Conditions, Conflict, Problem } from './model.ts'
import { solveCover } from './solve.ts'
import { aCandidate, aRequirement, everyTeam, keepsAll, smallProblems } from './testing.ts'

const five: Problem = {
  requirements: [aRequirement('optics'), aRequirement('vacuum', { critical: true })],
  candidates: [
    aCandidate('a', { optics: 3 }, { cost: 100 }),
    aCandidate('b', { optics: 2 }, { cost: 50, region: 'east' }),
    aCandidate('c', { vacuum: 2 }, { cost: 400, kind: 'university' }),
    aCandidate('d', { vacuum: 1 }, { cost: 10, kind: 'institute' }),
    aCandidate('e', {}, { cost: 20 }),
  ],
  conditions: {},
}

const rows: [string, Conditions, ConditionKey[], [ConditionKey, boolean, Change[]][]][] = [
  [
    'the only one who covers what is critical is too dear',
    { budgetMax: 300 },
    ['budget', 'critical'],
    [
      ['budget', true, [{ what: 'budgetMax', from: 300, to: 400 }]],
      ['critical', true, [{ what: 'critical', id: 'vacuum' }]],
    ],
  ],
  [
    'one is pinned and banned',
    { pinned: ['a'], banned: ['a'] },
    ['pinned', 'banned'],
    [
      ['pinned', true, [{ what: 'pinned', id: 'a' }]],
      ['banned', true, [{ what: 'banned', id: 'a' }]],
    ],
  ],
  [
    'more are pinned than may sit, one of them as a sponsor',
    { pinned: ['a', 'e'], sponsors: ['a'], membersMax: 1, criticalCovered: false },
    ['membersMax', 'sponsors', 'pinned'],
    [
      ['membersMax', true, [{ what: 'membersMax', from: 1, to: 2 }]],
      ['sponsors', true, [{ what: 'pinned', id: 'a' }]],
      ['pinned', true, [{ what: 'pinned', id: 'e' }]],
    ],
  ],
  [
    'a sponsor is banned, and somebody else is pinned',
    { pinned: ['a', 'e'], sponsors: ['a'], banned: ['a'] },
    ['sponsors', 'banned'],
    [
      ['sponsors', true, [{ what: 'pinned', id: 'a' }]],
      ['banned', true, [{ what: 'banned', id: 'a' }]],
    ],
  ],
  [
    'fewer are allowed than are asked for',
    { membersMin: 4, membersMax: 3 },
    ['membersMin', 'membersMax'],
    [
      ['membersMin', true, [{ what: 'membersMin', from: 4, to: 3 }]],
      ['membersMax', true, [{ what: 'membersMax', from: 3, to: 4 }]],
    ],
  ],
  [
    'the region lacks who is critical',
    { regions: { allowed: ['east', 'south'] } },
    ['regions', 'critical'],
    [
      ['regions', true, [{ what: 'regionAllowed', id: 'north' }]],
      ['critical', true, [{ what: 'critical', id: 'vacuum' }]],
    ],
  ],
  [
    'more regions are asked for than there are',
    { regions: { distinctMin: 3 } },
    ['regions'],
    [['regions', true, [{ what: 'regionsDistinctMin', from: 3, to: 2 }]]],
  ],
  [
    'nobody is in the regions of which one has to be in',
    { regions: { includeAnyOf: ['south'] } },
    ['regions'],
    [['regions', true, [{ what: 'regionsIncludeAnyOf' }]]],
  ],
  [
    'there are not enough of a kind',
    { kinds: [{ kind: 'university', min: 2 }] },
    ['kinds'],
    [['kinds', true, [{ what: 'kindMin', id: 'university', from: 2, to: 1 }]]],
  ],
  [
    'a kind is shut out that has who is critical',
    { kinds: [{ kind: 'university', max: 0 }] },
    ['kinds', 'critical'],
    [
      ['kinds', true, [{ what: 'kindMax', id: 'university', from: 0, to: 1 }]],
      ['critical', true, [{ what: 'critical', id: 'vacuum' }]],
    ],
  ],
  ['nobody can lead', { leadKinds: ['foundation'] }, ['lead'], [['lead', true, [{ what: 'leadKinds' }]]]],
  [
    'two who are pinned exclude one another',
    { pinned: ['a', 'b'], conflicts: [{ a: 'b', b: 'a' }] },
    ['conflicts', 'pinned'],
    [
      ['conflicts', true, [{ what: 'conflict', id: 'a+b' }]],
      ['pinned', true, [{ what: 'pinned', id: 'a' }]],
    ],
  ],
  [
    'a rule asks for more than there is',
    { rules: [{ id: 'small', form: 'sum', amounts: { a: 1, b: 1 }, min: 3 }] },
    ['rule:small'],
    [['rule:small', true, [{ what: 'rule', id: 'small', from: 3, to: 2 }]]],
  ],
  [
    'a share that the critical one breaks',
    {
      rules: [{ id: 'share', form: 'sum', amounts: { a: -10, b: -10, c: -10, d: 30, e: -10 }, min: 10 }],
      membersMax: 1,
    },
    ['membersMax', 'critical', 'rule:share'],
    [
      ['membersMax', true, [{ what: 'membersMax', from: 1, to: 2 }]],
      ['critical', true, [{ what: 'critical', id: 'vacuum' }]],
      ['rule:share', true, [{ what: 'rule', id: 'share', from: 10, to: -10 }]],
    ],
  ],
  [
    'fewer groups than are asked for',
    { rules: [{ id: 'owners', form: 'distinct', groups: { a: 'x', b: 'x', c: 'y' }, min: 3 }] },
    ['rule:owners'],
    [['rule:owners', true, [{ what: 'rule', id: 'owners', from: 3, to: 2 }]]],
  ],
  [
    'one alone covers what two have to',
    { criticalCovers: 2 },
    ['critical'],
    [['critical', true, [{ what: 'critical', id: 'vacuum' }]]],
  ],
]

async function conflictOf(problem: Problem): Promise<Conflict> {
  const answer = await solveCover(problem)
  if (answer.status !== 'infeasible') throw new Error(`Expected a conflict, found ${answer.status}.`)
  return answer.conflict
}

describe('When nothing fits', () => {
  test.each(rows)('%s', async (_, conditions, keys, relaxations) => {
    const conflict = await conflictOf({ ...five, conditions })
    expect(conflict.conditions).toEqual(keys)
    expect(conflict.irreducible).toBe(true)
    const found = conflict.relaxations.map(({ condition, enough, changes }) => [condition, enough, changes])
    // Either of a pinned pair may go.
    expect(found).toEqual(
      keys.includes('pinned') && keys.includes('conflicts') ? anyOfPinned(relaxations) : relaxations,
    )
  })

  test('two conflicts at once are told one at a time, and giving way in one is not enough', async () => {
    const conflict = await conflictOf({ ...five, conditions: { budgetMax: 300, regions: { distinctMin: 3 } } })
    expect(conflict.relaxations.every(({ enough }) => !enough)).toBe(true)
    expect(conflict.relaxations.every(({ changes }) => changes.length > 0)).toBe(true)
  })
})

function anyOfPinned(relaxations: [ConditionKey, boolean, Change[]][]) {
  return relaxations.map(([key, enough, changes]) => [
    key,
    enough,
    key === 'pinned' ? [{ what: 'pinned', id: expect.stringMatching(/^[ab]$/) }] : changes,
  ])
}

describe('Any conflict', () => {
  test('holds conditions that no team keeps together, and that some team keeps without any one of them', async () => {
    let conflicts = 0
    await fc.assert(
      fc.asyncProperty(smallProblems, async (problem) => {
        const answer = await solveCover(problem)
        if (answer.status !== 'infeasible') return
        conflicts++
        const { conditions, irreducible } = answer.conflict
        expect(irreducible).toBe(true)
        expect(isPossible(only(problem, conditions))).toBe(false)
        for (const key of conditions)
          expect(
            isPossible(
              only(
                problem,
                conditions.filter((other) => other !== key),
              ),
            ),
          ).toBe(true)
        for (const { condition, enough } of answer.conflict.relaxations)
          expect(
            isPossible(
              only(
                problem,
                ALL.filter((key) => key !== condition),
              ),
            ),
          ).toBe(enough)
      }),
      { numRuns: 100, seed: 7 },
    )
    expect(conflicts).toBeGreaterThan(20)
  })
})

const ALL: ConditionKey[] = [
  'membersMin',
  'membersMax',
  'budget',
  'kinds',
  'regions',
  'lead',
  'critical',
  'conflicts',
  'sponsors',
  'pinned',
  'banned',
  'rule:one',
  'rule:other',
]

function isPossible(problem: Problem): boolean {
  return everyTeam(problem).some((team) => keepsAll(problem, team))
}

/** The problem with these of its conditions only. */
function only(problem: Problem, keys: readonly ConditionKey[]): Problem {
  const { conditions } = problem
  const has = (key: ConditionKey) => keys.includes(key)
  return {
    ...problem,
    conditions: {
      ...(has('membersMin') && { membersMin: conditions.membersMin ?? 0 }),
      membersMax: has('membersMax') ? (conditions.membersMax ?? 8) : 60,
      ...(has('budget') && conditions.budgetMax !== undefined && { budgetMax: conditions.budgetMax }),
      ...(has('kinds') && { kinds: conditions.kinds ?? [] }),
      ...(has('regions') && { regions: conditions.regions ?? {} }),
      ...(has('lead') && { leadKinds: conditions.leadKinds ?? [] }),
      criticalCovered: has('critical') && (conditions.criticalCovered ?? true),
      ...(has('conflicts') && { conflicts: conditions.conflicts ?? [] }),
      pinned: (conditions.pinned ?? []).filter((id) => has(conditions.sponsors?.includes(id) ? 'sponsors' : 'pinned')),
      ...(has('banned') && { banned: conditions.banned ?? [] }),
      criticalCovers: conditions.criticalCovers ?? 1,
      rules: (conditions.rules ?? []).filter(({ id }) => has(`rule:${id}`)),
    },
  }
}
