import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyReasons, isNewcomer } from './history.ts'
import { openBook, type Question } from './question.ts'
import { HISTORY, PARTS } from './rules.ts'

// Goal: the past with the sponsors adds reasons that say with whom, how often, when last and through whom; together they
// weigh what their part may, and all of them are history.
const IDS = ['sponsor', 'ada', 'bo', 'cy', ...Array.from({ length: 12 }, (_, at) => `x${at}`)]
const organisation = (id: string) => ({
  ...{ id, name: id, names: {}, kind: 'company', size: null, country: null, region: null, city: null },
})
const holder = (organisationId: string, projects: number) => ({ organisationId, strong: false, projects })
const part = (id: string, holders: ReturnType<typeof holder>[]) => ({
  ...{ kind: 'part' as const, id, title: id, text: '', trl: null, holders },
})
const book = openBook({
  organisations: IDS.map(organisation),
  texts: [
    part('Energy', [holder('sponsor', 12), holder('ada', 10), holder('bo', 1)]),
    part(
      'Everything',
      IDS.map((id) => holder(id, 9)),
    ),
  ],
})
const asked = (question: Partial<Question>) => ({
  partners: [],
  paths: [],
  year: 2024,
  sponsors: ['sponsor'],
  ...question,
})
const path = { sponsorId: 'sponsor', through: 'cy', projects: 1, last: 2023, bridges: 2, strength: 0.5 }

test.each([
  ['three recent projects count in full', { projects: 3, last: 2024 }, HISTORY.together],
  ['more count no more', { projects: 30, last: 2024 }, HISTORY.together],
  ['one counts a third', { projects: 1, last: 2024 }, HISTORY.together / 3],
  ['old ones half as much', { projects: 3, last: 1990 }, HISTORY.together / 2],
  ['two years make three quarters', { projects: 3, last: 2022 }, HISTORY.together * 0.75],
  ['an unknown year takes nothing', { projects: 3, last: null }, HISTORY.together],
] as const)('%s', (_says, tie, weight) => {
  const [reason] = historyReasons(
    book,
    asked({ partners: [{ organisationId: 'bo', sponsorId: 'sponsor', ...tie }] }),
    'bo',
  )
  expect(reason?.weight).toBeCloseTo(weight)
  expect(reason).toMatchObject({ kind: 'partners', history: true, with: { id: 'sponsor' } })
})

test('a path names the sponsor and the bridge, and leaves a newcomer a newcomer', () => {
  const question = asked({ paths: [{ organisationId: 'bo', ...path }] })
  const [reason] = historyReasons(book, question, 'bo')
  expect(reason).toMatchObject({
    kind: 'through',
    with: { id: 'sponsor' },
    through: { id: 'cy' },
    facts: { bridges: 2 },
  })
  expect(reason?.weight).toBeCloseTo(HISTORY.through / 2)
  expect(isNewcomer(question, 'bo')).toBe(true)
})

test.each([
  ['both have done much in it', 'ada', ['programme']],
  ['one project there says nothing, nor does a part in which everybody was', 'bo', []],
] as const)('the programme part counts where %s', (_says, id, kinds) => {
  expect(historyReasons(book, asked({}), id).map(({ kind }) => kind)).toEqual(kinds)
})

test('whatever the past, it is history and weighs no more than its part', () => {
  const year = fc.option(fc.integer({ min: 1980, max: 2024 }))
  const tie = fc.record({ projects: fc.integer({ min: 1, max: 50 }), last: year })
  const steps = fc.record({
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
    bridges: fc.integer({ min: 1, max: 40 }),
  })
  fc.assert(
    fc.property(fc.option(tie), fc.option(steps), fc.constantFrom('ada', 'bo'), (one, two, organisationId) => {
      const question = asked({
        partners: one ? [{ organisationId, sponsorId: 'sponsor', ...one }] : [],
        paths: two ? [{ organisationId, ...path, ...two }] : [],
      })
      const reasons = historyReasons(book, question, organisationId)
      expect(reasons.every(({ history }) => history)).toBe(true)
      expect(reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(PARTS.partners + 1e-12)
      expect(isNewcomer(question, organisationId)).toBe(!one)
    }),
    { seed: 5 },
  )
})
