import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Level } from './model.ts'
import { type Corpus, openBook, type Question, type TextFit } from './question.ts'
import { raisesOf } from './raises.ts'
import { PARTS, supportsOf, trlDistance, worthOf } from './rules.ts'
import { scoreOne } from './score.ts'

// Goal: what an organisation covers follows from its evidence and a person's word, and reasons add up to the score.
// Method: one small corpus, each rule as a row of a table; then a sweep over levels and fits.
const organisation = (id: string) => ({
  id,
  name: id,
  names: {},
  kind: 'company',
  size: null,
  country: 'CN',
  region: '东省',
  city: '江市',
})
const corpus: Corpus = {
  organisations: ['ada', 'bo', 'cy'].map(organisation),
  texts: [
    { kind: 'result', id: 'r', title: 'Result', text: '', trl: 6, holders: [{ organisationId: 'ada', strong: true }] },
    {
      kind: 'project',
      id: 'p',
      title: 'Project',
      text: '',
      trl: null,
      holders: [
        { organisationId: 'ada', strong: true },
        { organisationId: 'bo', strong: false },
      ],
    },
    {
      kind: 'part',
      id: 'SC3',
      title: 'SC3',
      text: '',
      trl: null,
      holders: [{ organisationId: 'cy', strong: false, projects: 20 }],
    },
  ],
}
const book = openBook(corpus)
const question: Question = {
  text: '',
  capabilities: [{ id: 'c', names: ['c'], weight: 3, critical: true }],
  trl: { from: 4, to: 7 },
  sponsors: [],
  places: [],
  judgements: [],
  partners: [],
  refused: [],
  refusals: [],
}
const found = (text: number, level: Level): TextFit => ({ text, fit: 0.6, named: level === 3, level })
const levelFor = (id: string, fits: TextFit[], judgements: Question['judgements'] = []) =>
  supportsOf(book, { ...question, judgements }, new Map([['c', fits]])).get(id)?.[0]?.level ?? 0

test.each([
  ['a result that names it is strong for its owner', 'ada', [found(0, 3)], 3],
  ['a project that names it is strong for its leader', 'ada', [found(1, 3)], 3],
  ['and named evidence for one of its many members', 'bo', [found(1, 3)], 2],
  ['a programme part is a neighbouring field at most', 'cy', [found(2, 3)], 1],
  ['the best text counts', 'ada', [found(1, 1), found(0, 2)], 2],
  ['no text, no level', 'cy', [found(0, 3)], 0],
] as const)('%s', (_says, id, fits, level) => {
  expect(levelFor(id, [...fits])).toBe(level)
})

test.each([
  ['a denial takes the level', 'deny', 0, 0],
  ['a confirmation sets it', 'confirm', 3, 3],
] as const)('%s, whatever the evidence says', (_says, verdict, said, level) => {
  const judgement = { capabilityId: 'c', organisationId: 'bo', verdict, level: said }
  expect(levelFor('bo', [found(1, 2)], [judgement])).toBe(level)
})

test.each([
  [3, 1],
  [4, 0],
  [7, 0],
  [9, 2],
])('TRL %i lies %i outside 4 to 7', (trl, distance) => {
  expect(trlDistance(trl, question.trl)).toBe(distance)
})

test.each([
  [2, { beyond: undefined, doubt: true, raises: [['trl', 4]] }],
  [5, { beyond: undefined, doubt: false, raises: [] }],
  [9, { beyond: 1, doubt: false, raises: [] }],
  [null, { beyond: undefined, doubt: false, raises: [['trl_known', 4]] }],
] as const)('TRL %i: only what is short of 4 to 7 is doubted and could be raised', (trl, expected) => {
  const given = { organisationId: 'ada', supports: [], textShare: 0, bestText: null, trl }
  const { reasons, doubts } = scoreOne(book, question, given)
  const raises = raisesOf(book, question, given).filter(({ what }) => what.startsWith('trl'))
  expect({
    beyond: reasons.find(({ kind }) => kind === 'trl')?.facts?.beyond,
    doubt: doubts.includes('trl_far'),
    raises: raises.map(({ what, level }) => [what, level]),
  }).toEqual(expected)
})

test('a TRL that nobody knows has no distance', () => {
  expect(trlDistance(null, question.trl)).toBeNull()
  expect(trlDistance(5, { from: null, to: null })).toBeNull()
})

const level = fc.constantFrom<Level>(0, 1, 2, 3)
test('a higher level is worth more than a lower one, whatever the fits', () => {
  fc.assert(
    fc.property(
      level,
      level,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, fitA, fitB) => {
        if (a > b) expect(worthOf(a, fitA)).toBeGreaterThan(worthOf(b, fitB))
      },
    ),
    { seed: 11 },
  )
})

test('reasons add up to the score, which stays between 0 and 1', () => {
  expect(Object.values(PARTS).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1)
  fc.assert(
    fc.property(
      level,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.integer({ min: 1, max: 9 })),
      fc.nat(9),
      (l, share, trl, projects) => {
        const support = {
          capabilityId: 'c',
          level: l,
          computed: l,
          judged: null,
          fit: share,
          texts: [{ text: 0, fit: share, level: l, named: false }],
        }
        const asked = { ...question, partners: projects ? [{ organisationId: 'ada', projects }] : [], places: ['江市'] }
        const scored = scoreOne(book, asked, {
          organisationId: 'ada',
          supports: [support],
          textShare: share,
          bestText: 0,
          trl,
        })
        expect(scored.score).toBeCloseTo(scored.reasons.reduce((sum, reason) => sum + reason.weight, 0))
        expect(scored.score).toBeLessThanOrEqual(1 + 1e-9)
        expect(scored.reasons.every((reason) => reason.weight > 0)).toBe(true)
      },
    ),
    { seed: 12 },
  )
})

test.each([
  ['an open critical capability is a doubt', [{ level: 2 as Level, capabilityId: 'd' }], 'critical_missing'],
  ['neighbours alone are a doubt', [{ level: 1 as Level, capabilityId: 'c' }], 'neighbour_only'],
] as const)('%s', (_says, [given], doubt) => {
  const support = {
    ...given,
    computed: given.level,
    judged: null,
    fit: 0.5,
    texts: [{ text: 0, fit: 0.5, level: given.level, named: false }],
  }
  const scored = scoreOne(book, question, {
    organisationId: 'ada',
    supports: [support],
    textShare: 0,
    bestText: null,
    trl: null,
  })
  expect(scored.doubts).toContain(doubt)
})
