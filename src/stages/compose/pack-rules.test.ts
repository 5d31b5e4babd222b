import { describe, expect, it } from 'vitest'
import { builtInPacks } from '#engines/rules/catalogue.ts'
import { type PackFacts, type PacksAsked, statesOfPacks } from './pack-rules.ts'

const FIRM: PackFacts = {
  kind: 'company',
  size: 'large',
  country: 'CN',
  city: '青岛',
  registered: true,
  titles: [],
  revenueMinor: null,
}
const ASKED: PacksAsked = {
  packs: builtInPacks().filter(({ form }) => form.id === 'cn/qingdao-innovation-consortium'),
  date: '2026-11-22',
  facts: new Map([
    ['plain', FIRM],
    ['leading', { ...FIRM, titles: ['链主企业'] }],
    ['third', FIRM],
    ['university', { ...FIRM, kind: 'university' }],
  ]),
}
const rowUnder = (lead: string | null) =>
  statesOfPacks(ASKED, [...ASKED.facts.keys()], [], lead).find(({ row }) => row === 'lead')

describe('Rows for the lead', () => {
  const cases: [story: string, lead: string | null, verdict: string, fitter: string | null][] = [
    ['who is known to fit', 'leading', 'met', null],
    ['of whom it is not known, and somebody fits better', 'plain', 'unknown', 'leading'],
    ['who can’t, and somebody can', 'university', 'missed', 'leading'],
    ['who is not named: whoever fits best is asked', null, 'met', null],
  ]
  it.each(cases)('are asked of the one who leads, %s', (_story, lead, verdict, fitter) => {
    expect(rowUnder(lead)).toMatchObject({ verdict, lead: fitter })
  })
})
