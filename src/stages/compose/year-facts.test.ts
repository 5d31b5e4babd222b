import { describe, expect, it } from 'vitest'
import { builtInPacks } from '#engines/rules/catalogue.ts'
import { readPack } from '#engines/rules/pack.ts'
import type { Caller } from '../caller.ts'
import { hashedPacks, type PackFacts, type PacksAsked, statesOfPacks } from './pack-rules.ts'
import { factsFromYears, missingYears, type PackYear, statesFor } from './year-facts.ts'

const DATE = '2026-11-22'
/** Figures in ten thousand yuan. */
const year = (of: number, figures: { revenue?: number; sales?: number; rdSpend?: number }): PackYear => {
  const minor = (value: number | undefined) => (value === undefined ? null : BigInt(value) * 1_000_000n)
  return { year: of, revenue: minor(figures.revenue), sales: minor(figures.sales), rdSpend: minor(figures.rdSpend) }
}
const FIRM: PackFacts = {
  kind: 'company',
  size: 'large',
  country: 'CN',
  city: '芜湖市',
  registered: true,
  titles: ['科技领军企业'],
  revenueMinor: null,
}
const three = (rdSpend: [number, number, number], of: number, figure: 'revenue' | 'sales' = 'revenue') =>
  rdSpend.map((spent, at) => year(2025 - at, { rdSpend: spent, [figure]: of }))

const ask = (name: string, years: PackYear[], others: Partial<PackFacts> = {}): PacksAsked => {
  const packs = builtInPacks().filter(({ form }) => form.id === `cn/${name}-innovation-consortium`)
  const rival: PackFacts = { ...FIRM, titles: [], kind: 'university' }
  return {
    packs,
    date: DATE,
    facts: new Map([
      ['lead', { ...FIRM, ...others, years }],
      ['other', rival],
    ]),
  }
}
const rowOf = (asked: PacksAsked, row: string) =>
  statesOfPacks(asked, ['lead', 'other'], []).find((one) => one.row === row)!

describe('Facts from years', () => {
  it('are of the years that had closed before the day', () => {
    const years = [year(2026, { rdSpend: 9 }), ...three([3, 6, 12], 100)]
    expect(factsFromYears(years, DATE)).toMatchObject({
      research_spending_last_year: 3,
      research_spending_year_before: 6,
      research_spending_third_year_back: 12,
      research_spending_3_years: 21,
      research_spending_average: 7,
      revenue: 100,
      revenue_3_years: 300,
    })
    expect(factsFromYears(years, '2027-01-01').research_spending_last_year).toBe(9)
    expect(factsFromYears(years, DATE)).not.toHaveProperty('sales_last_year')
  })

  it('of several years are known only where each of them is', () => {
    const years = [year(2025, { rdSpend: 5 }), year(2023, { rdSpend: 5 })]
    expect(factsFromYears(years, DATE)).toEqual({
      research_spending_last_year: 5,
      research_spending_third_year_back: 5,
    })
    expect(missingYears('research_spending_average', years, DATE)).toEqual({ figure: 'rdSpend', years: [2024] })
    expect(missingYears('sales_3_years', years, DATE)).toEqual({ figure: 'sales', years: [2025, 2024, 2023] })
    expect(missingYears('research_spending_last_year', years, DATE)).toBeNull()
    expect(missingYears('country', years, DATE)).toBeNull()
  })
})

describe('A row on years', () => {
  it.each<[story: string, pack: string, years: PackYear[], verdict: string]>([
    ['Hefei: 3 % of three years’ revenue', 'hefei', three([300, 300, 300], 10_000), 'met'],
    [
      'Hefei: 30 million a year on average, though less than 3 %',
      'hefei',
      three([1_000, 3_000, 5_000], 999_999),
      'met',
    ],
    ['Hefei: neither', 'hefei', three([200, 200, 200], 10_000), 'missed'],
    ['Hefei: a year is not known', 'hefei', three([300, 300, 300], 10_000).slice(1), 'unknown'],
    ['Wuhu: 3 % of sales in each year', 'wuhu', three([300, 300, 300], 10_000, 'sales'), 'met'],
    ['Wuhu: 3 % on average, not in each year', 'wuhu', three([500, 500, 200], 10_000, 'sales'), 'missed'],
    ['Wuhu: 30 million in each year', 'wuhu', three([3_000, 3_000, 3_000], 900_000, 'sales'), 'met'],
    ['Wuhu: revenue is no sales', 'wuhu', three([300, 300, 300], 10_000), 'unknown'],
    ['Xiamen: 20 million a year on average', 'xiamen', three([1_000, 2_000, 3_000], 900_000), 'met'],
    ['Xiamen: 3 % of revenue', 'xiamen', three([300, 300, 300], 10_000), 'met'],
    ['Xiamen: neither', 'xiamen', three([999, 1_000, 1_000], 60_000), 'missed'],
  ])('%s', (_, pack, years, verdict) => {
    expect(rowOf(ask(pack, years), 'lead_research').verdict).toBe(verdict)
  })

  it('says which years are missing, of what and whose', () => {
    const { missing, verdict } = rowOf(ask('hefei', [year(2025, { rdSpend: 300, revenue: 9 })]), 'lead_research')
    expect(verdict).toBe('unknown')
    expect(missing.flatMap(({ years }) => years)).toEqual([
      { of: 'lead', figure: 'rdSpend', years: [2024, 2023] },
      { of: 'lead', figure: 'revenue', years: [2024, 2023] },
    ])
  })

  it('tells the figures, with their years', () => {
    const row = rowOf(ask('hefei', three([300, 300, 300], 10_000)), 'lead_research')
    expect(row.have).toBe(3)
    expect(row.figures?.map(({ of, value, years }) => [of, value, years])).toEqual([
      ['lead', 900, [2025, 2024, 2023]],
      ['lead', 30_000, [2025, 2024, 2023]],
    ])
  })

  it('takes a single figure of revenue where no year is known, and the last year where one is', () => {
    const single = { revenueMinor: 60_000n * 1_000_000n }
    expect(rowOf(ask('xiamen', [], single), 'lead_revenue')).toMatchObject({ verdict: 'met', have: 60_000 })
    const known = ask('xiamen', [year(2025, { revenue: 40_000 })], single)
    expect(rowOf(known, 'lead_revenue')).toMatchObject({ verdict: 'missed', have: 40_000 })
  })
})

describe('Who sees the figures', () => {
  const caller = (role: Caller['role'], organisationId: string | null): Caller => ({
    ...{ zoneId: 'z', accountId: 'a', role, organisationId, signedIn: true },
  })
  const rules = statesOfPacks(ask('xiamen', three([300, 300, 300], 10_000)), ['lead', 'other'], [])
  const seenBy = (role: Caller['role'], organisationId: string | null) =>
    statesFor(caller(role, organisationId), rules).find(({ row }) => row === 'lead_revenue')!

  it.each([
    ['an officer', 'zone_officer', null, 10_000],
    ['the organisation’s own people', 'company', 'lead', 10_000],
    ['another company of the zone', 'company', 'other', null],
    ['a researcher of no organisation', 'researcher', null, null],
    ['a stranger', 'stranger', 'lead', null],
  ] as const)('%s', (_, role, organisationId, have) => {
    const row = seenBy(role, organisationId)
    expect([row.verdict, row.have]).toEqual(['missed', have])
    expect(row.figures?.map(({ value }) => value) ?? []).toEqual(have === null ? [] : [have])
    expect(row.hidden ?? false).toBe(have === null)
  })

  it('rows on other facts are open to all', () => {
    const open = statesFor(caller('company', 'other'), rules).find(({ row }) => row === 'members')!
    expect([open.have, open.hidden]).toEqual([2, undefined])
  })

  it('a row kept before its figures were told apart is the staff’s alone', () => {
    const old = rules.map(({ privateOf: _privateOf, figures: _figures, ...row }) => row)
    expect(statesFor(caller('company', 'lead'), old).every(({ have }) => have === null)).toBe(true)
    expect(statesFor(caller('zone_officer', null), old)).toEqual(old)
  })
})

it('a figure that changes makes another question of it, where packs are asked', () => {
  const before = hashedPacks(ask('hefei', three([300, 300, 300], 10_000)), ['lead'])
  const after = hashedPacks(ask('hefei', three([301, 300, 300], 10_000)), ['lead'])
  expect(after).not.toEqual(before)
  expect(hashedPacks({ ...ask('hefei', three([1, 1, 1], 1)), packs: [] }, ['lead'])).toEqual({ packs: [], years: {} })
})

it.each([
  ['a yes or no', { type: 'boolean' }],
  ['a smaller number', { type: 'number', unit: { zh: '万元', en: '10,000 yuan' }, max: 9 }],
])('what a zone’s own pack means by a name as %s is not known of anybody', (_, form) => {
  const words = { zh: '营收', en: 'Revenue' }
  const pack = readPack({
    ...{ id: 'local/zone/own', version: '1', about: 'team', title: words, source: { title: words } },
    effective: { from: '2020-01-01' },
    facts: [{ name: 'revenue', of: 'member', words, ...form }],
    rows: [
      {
        ...{ id: 'row', of: 'lead', form: 'exists', fact: 'revenue', unit: words, source: 'X' },
        ...{ certainty: 'A', basis: 'text', words },
      },
    ],
  })
  const asked = { ...ask('hefei', [year(2025, { revenue: 10_000 })]), packs: [pack] }
  expect(statesOfPacks(asked, ['lead'], [])[0]).toMatchObject({ verdict: 'unknown', why: 'facts' })
})
