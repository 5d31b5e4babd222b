import { expect, test } from 'vitest'
import { BULK_NEEDS_MAX, BulkOptions, overAsked, SKIPS, type Skip } from './bulk-model.ts'
import { bansOf, type NeedStanding, optionsFor, planNeeds } from './bulk-plan.ts'
import { BAR_END, BULK_STEPS, barOf, doingOf, readDoing } from './bulk-progress-rules.ts'

const aNeed = (rest: Partial<NeedStanding> = {}): NeedStanding => ({
  id: 'need',
  state: 'open',
  capabilities: 3,
  hasConsortium: false,
  ...rest,
})

test.each<[string, Partial<NeedStanding>, Skip | null]>([
  ['an open need', {}, null],
  ['a matched need', { state: 'matched' }, null],
  ['a draft', { state: 'draft' }, 'not_open'],
  ['a closed need', { state: 'closed' }, 'not_open'],
  ['a need that wants nothing', { capabilities: 0 }, 'no_capabilities'],
  ['a need with a consortium', { hasConsortium: true }, 'has_consortium'],
])('%s is composed for, or left out for its reason', (_, need, skip) => {
  expect(planNeeds([aNeed(need)])[0]?.skip).toBe(skip)
})

test('needs beyond what fits at once are named as left out, and those left out anyway take no place', () => {
  const needs = Array.from({ length: BULK_NEEDS_MAX + 3 }, (_, at) => aNeed({ id: `need ${at}`, capabilities: at }))
  const planned = planNeeds(needs)
  expect(planned.filter(({ skip }) => skip === null)).toHaveLength(BULK_NEEDS_MAX)
  expect(planned.map(({ skip }) => skip).filter(Boolean)).toEqual(['no_capabilities', 'too_many', 'too_many'])
  expect(SKIPS).toContain('too_many')
})

test('only chosen needs are planned for, where some are chosen', () => {
  const needs = [aNeed({ id: 'one' }), aNeed({ id: 'other' })]
  expect(planNeeds(needs, ['other']).map(({ id }) => id)).toEqual(['other'])
  expect(planNeeds(needs, null)).toHaveLength(2)
})

test('one need’s options are those of the order, with the full banned', () => {
  const options = BulkOptions.parse({ weights: 'lean', companyLeads: true, seed: 4, capacity: 2 })
  expect(optionsFor(options, ['00000000-0000-4000-8000-000000000001'])).toMatchObject({
    weights: 'lean',
    companyLeads: true,
    seed: 4,
    pins: [],
    bans: ['00000000-0000-4000-8000-000000000001'],
  })
})

test('of the full those are banned who cover something of the need, the strongest first', () => {
  const row = (id: string, level: 0 | 1 | 2 | 3) => ({
    id,
    name: id,
    kind: 'company',
    size: null,
    country: null,
    region: null,
    city: null,
    newcomer: false,
    cells: { a: { level, judged: null, fit: 0, best: null } },
  })
  const rows = new Map(
    ['weak', 'strong', 'idle'].map((id) => [id, row(id, id === 'strong' ? 3 : id === 'weak' ? 1 : 0)]),
  )
  expect(bansOf(['idle', 'unknown', 'weak', 'strong'], rows, [{ id: 'a', weight: 2 }])).toEqual(['strong', 'weak'])
})

test('who is asked for too often is told by seats in consortia too', () => {
  const seat = { name: '', names: {}, kind: 'company' as const, takenBy: [], own: 0, price: 0, capacity: 2 }
  const seats = [
    { ...seat, id: 'just', askedBy: ['one'], elsewhere: 1 },
    { ...seat, id: 'over', askedBy: ['one', 'other'], elsewhere: 1 },
  ]
  expect(overAsked(seats).map(({ id }) => id)).toEqual(['over'])
})

test('what a run is doing is read as it was written, and its bar only goes on', () => {
  expect(readDoing(doingOf('prices', 5, 40, { total: 335_785, bound: 336_383 }))).toEqual({
    step: 'prices',
    done: 5,
    of: 40,
    total: 335_785,
    bound: 336_383,
  })
  expect(readDoing(doingOf('matching', 0, 3))).toMatchObject({ total: null, bound: null })
  expect(readDoing('compose.solving')).toBeNull()
  const bar = BULK_STEPS.flatMap((step) => [barOf(step, 0, 10), barOf(step, 10, 10)])
  expect(bar).toEqual([...bar].sort((a, b) => a - b))
  expect(bar.at(-1)).toBe(BAR_END)
})
