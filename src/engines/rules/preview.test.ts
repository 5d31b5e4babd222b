import { expect, test } from 'vitest'
import { packFor } from './catalogue.ts'
import { type Pack, readPack } from './pack.ts'
import { previewPack } from './preview.ts'
import { MEETS } from './rules.fixture.ts'

const DATE = '2026-05-01'
const giant = packFor('cn/little-giant', DATE)
const meets = MEETS['cn/little-giant 2026-05-01']!

/** The same pack as a zone's own, with another threshold. */
function withThreshold(pack: Pack, rule: string, threshold: number): Pack {
  const rows = pack.form.rows.map((row) => (row.id === rule ? { ...row, threshold } : row))
  return readPack({ ...pack.form, id: 'local/bay/giant', rows })
}

const SUBJECTS = [
  { id: 'c', facts: { ...meets, revenue_last_year: 4000 } },
  { id: 'a', facts: meets },
  { id: 'b', facts: { ...meets, debt_ratio: null } },
  { id: 'd', facts: { ...meets, debt_ratio: 'high' } },
  { id: 'e', facts: { ...meets, of_another_pack: 1 } },
]

test('a new pack says who would be eligible, who not, and why, and sets aside whose facts don’t fit', () => {
  const preview = previewPack(giant, SUBJECTS, { date: DATE })
  expect(preview).toMatchObject({
    subjects: 4,
    eligible: { count: 2, first: ['a', 'e'] },
    notEligible: { count: 1, first: ['c'] },
    byHand: { count: 1, first: ['b'] },
    changes: null,
    refused: [{ id: 'd', rule: 'rules.fact.number' }],
  })
  expect(preview.rows.find(({ rule }) => rule === 'revenue')).toEqual({
    rule: 'revenue',
    met: 3,
    missed: { count: 1, first: ['c'] },
    unknown: { count: 0, first: [] },
  })
})

test('a changed pack says what would change', () => {
  const looser = withThreshold(giant, 'revenue', 4000)
  expect(previewPack(looser, SUBJECTS, { date: DATE, before: giant }).changes).toEqual({
    becomeEligible: { count: 1, first: ['c'] },
    ceaseToBe: { count: 0, first: [] },
    other: { count: 0, first: [] },
  })
  const stricter = withThreshold(giant, 'niche_years', 4)
  expect(previewPack(stricter, SUBJECTS, { date: DATE, before: giant }).changes).toEqual({
    becomeEligible: { count: 0, first: [] },
    ceaseToBe: { count: 2, first: ['a', 'e'] },
    other: { count: 1, first: ['b'] },
  })
})

test('a pack about teams says which teams break which row', () => {
  const horizon = packFor('eu/horizon-europe', DATE)
  const team = (...countries: string[]) => ({
    team: { independent: true, budget: 1 },
    members: countries.map((country, at) => ({ id: `m${at}`, facts: { country, role: 'beneficiary', sales: 3 } })),
  })
  const preview = previewPack(
    horizon,
    [
      { id: 'one', facts: team('DE', 'FR', 'NO') },
      { id: 'two', facts: team('DE', 'DE', 'NO') },
      { id: 'three', facts: team('GB', 'CH', 'NO') },
      { id: 'four', facts: 'nobody' },
    ],
    { date: DATE },
  )
  expect(preview).toMatchObject({ eligible: { first: ['one'] }, refused: [{ id: 'four', rule: 'rules.team.members' }] })
  expect(preview.rows.map(({ rule, missed }) => [rule, missed.first])).toEqual([
    ['countries', ['two']],
    ['member_state', ['three']],
    ['independent', []],
  ])
})

test('a day that is none is refused, not told of each', () => {
  expect(() => previewPack(giant, SUBJECTS, { date: '2026-02-30' })).toThrow('no day')
})
