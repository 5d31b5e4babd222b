import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSameOrder, keepUnchanged } from './bulk-again-rules.ts'
import { BULK_STATUSES, BulkOptions, type BulkStatus } from './bulk-model.ts'

type Given = Parameters<typeof keepUnchanged>[1]
const TEAMS: readonly BulkStatus[] = ['optimal', 'feasible']
const member = (id: string) => ({ id, name: id, names: {}, role: 'member' as const })
const row = (id: string, members: string[], objective = 100, status: BulkStatus = 'optimal') => ({
  ...{ id, status, objective },
  members: members.map(member),
})
const need = (id: string, ...sponsors: string[]) => ({ id, sponsors })
const given = (changes: Partial<Given>): Given => {
  const before = changes.before ?? []
  const same = new Set(before.map(({ id }) => id))
  return { before, same, elsewhere: new Map(), capacity: 1, sponsorsIn: true, ...changes }
}

test.each<[story: string, planned: ReturnType<typeof need>[], given: Given, kept: string[]]>([
  ['nothing was sought before', [need('a')], given({}), []],
  ['all stands', [need('a'), need('b')], given({ before: [row('a', ['x']), row('b', ['y'])] }), ['a', 'b']],
  [
    'one has changed',
    [need('a'), need('b')],
    given({ before: [row('a', ['x']), row('b', ['y'])], same: new Set(['b']) }),
    ['b'],
  ],
  ['one is new', [need('a'), need('b')], given({ before: [row('a', ['x'])] }), ['a']],
  ['one has no team by itself', [need('a'), need('b')], given({ before: [row('a', [], 0, 'infeasible')] }), ['a']],
  [
    'one was crowded out, and nothing has changed',
    [need('a'), need('b')],
    given({ before: [row('a', ['x']), row('b', [], 0, 'crowded_out')] }),
    ['a', 'b'],
  ],
  [
    'one was crowded out, and another is sought anew',
    [need('a'), need('b'), need('c')],
    given({ before: [row('a', ['x']), row('b', [], 0, 'crowded_out')] }),
    ['a'],
  ],
  [
    'a need that had a team is gone, so that one that was crowded out may have one now',
    [need('a'), need('b')],
    given({ before: [row('a', ['x']), row('b', [], 0, 'crowded_out'), row('gone', ['y'])] }),
    ['a'],
  ],
  [
    'one was not looked at in time',
    [need('a'), need('b')],
    given({ before: [row('a', ['x']), row('b', [], 0, 'unknown')] }),
    ['a'],
  ],
  [
    'a member has gone to a consortium: the team worth less gives way',
    [need('a'), need('b')],
    given({ before: [row('a', ['x'], 200), row('b', ['x'], 100)], capacity: 2, elsewhere: new Map([['x', 1]]) }),
    ['a'],
  ],
  [
    'a member sponsors a need that is new, and has its seat there',
    [need('a'), need('b', 'x')],
    given({ before: [row('a', ['x'])] }),
    [],
  ],
  [
    'the same where sponsors need not take part',
    [need('a'), need('b', 'x')],
    given({ before: [row('a', ['x'])], sponsorsIn: false }),
    ['a'],
  ],
  [
    'a sponsor is in its own team beyond its seats',
    [need('a', 'x'), need('b', 'x')],
    given({ before: [row('a', ['x'])] }),
    ['a'],
  ],
])('where %s', (_story, planned, standing, kept) => {
  expect([...keepUnchanged(planned, standing)].sort()).toEqual(kept)
})

test('teams that stand never take more seats than there are, but for sponsors in their own', () => {
  const organisation = fc.constantFrom('u', 'v', 'w', 'x')
  const aRow = fc.record({
    members: fc.uniqueArray(organisation, { maxLength: 3 }),
    objective: fc.integer({ min: 0, max: 9 }),
    status: fc.constantFrom(...BULK_STATUSES),
    sponsors: fc.uniqueArray(organisation, { maxLength: 1 }),
    same: fc.boolean(),
  })
  const elsewhere = fc.dictionary(organisation, fc.integer({ min: 0, max: 2 }))
  fc.assert(
    fc.property(
      fc.array(aRow, { maxLength: 7 }),
      elsewhere,
      fc.integer({ min: 1, max: 3 }),
      (made, taken, capacity) => {
        const before = made.map(({ members, objective, status }, at) =>
          row(`n${at}`, TEAMS.includes(status) ? members : [], objective, status),
        )
        const planned = made.map(({ sponsors }, at) => need(`n${at}`, ...sponsors))
        const same = new Set(before.filter((_, at) => made[at]!.same).map(({ id }) => id))
        const seats = new Map(Object.entries(taken))
        const kept = keepUnchanged(planned, { before, same, elsewhere: seats, capacity, sponsorsIn: true })
        for (const id of kept) expect(same.has(id)).toBe(true)
        for (const one of ['u', 'v', 'w', 'x']) {
          const own = before.filter(({ id, members }) => kept.has(id) && members.some((of) => of.id === one))
          const asGuest = own.filter(({ id }) => !planned.find((of) => of.id === id)!.sponsors.includes(one))
          if (asGuest.length) expect(own.length + (seats.get(one) ?? 0)).toBeLessThanOrEqual(capacity)
        }
      },
    ),
  )
})

test('an order is the same whichever needs, however long, and whether anew', () => {
  const order = BulkOptions.parse({ capacity: 2 })
  expect(isSameOrder(order, BulkOptions.parse({ capacity: 2, seconds: 300, again: 'all' }))).toBe(true)
  expect(isSameOrder(order, BulkOptions.parse({ capacity: 3 }))).toBe(false)
  expect(isSameOrder(order, BulkOptions.parse({ capacity: 2, weights: 'lean' }))).toBe(false)
})
