import { describe, expect, test } from 'vitest'
import { packOn, reasonFor, verdictOn } from './rules.fixture.ts'
import { checkFacts } from './run.ts'

const XIAMEN = 'cn/xiamen-innovation-consortium 2026-05-01'
const HEFEI = 'cn/hefei-innovation-consortium 2025-06-01'
const WUHU = 'cn/wuhu-innovation-consortium 2023-01-01'
const QINGDAO = 'cn/qingdao-innovation-consortium 2025-06-01'
const JIEBANG = 'cn/jiebang-guashuai 2024-01-01'
const HORIZON = 'eu/horizon-europe 2026-05-01'

interface Member {
  id: string
  facts: Record<string, unknown>
}
const member = (id: string, facts: Record<string, unknown>): Member => ({ id, facts })
const several = (count: number, of: string, facts: Record<string, unknown>): Member[] =>
  Array.from({ length: count }, (_, at) => member(`${of}${at}`, facts))

const XIAMEN_LEAD = { kind: 'company', industry_leader: true, revenue: 50000, research_spending_average: 1500 }
const LEADER = { kind: 'company', leading_enterprise: true }
const SEVEN = [
  member('lead', XIAMEN_LEAD),
  ...several(4, 'firm', { kind: 'company' }),
  ...several(2, 'lab', { kind: 'university' }),
]
const HEFEI_LEAD = {
  ...LEADER,
  research_spending_3_years: 300,
  revenue_3_years: 10000,
  core_technology: true,
  leading_position: true,
  technology_sme: false,
}
const WUHU_YEARS = { sales_last_year: 1000, sales_year_before: 1000, sales_third_year_back: 1000 }
const WUHU_SPENT = {
  research_spending_last_year: 30,
  research_spending_year_before: 30,
  research_spending_third_year_back: 30,
}
const CHINESE = { country: 'CN', legal_entity: true }
const beneficiary = (country: string) => ({ country, role: 'beneficiary' })
const countries = (...codes: string[]) => codes.map((code, at) => member(`m${at}`, beneficiary(code)))

type Line = [pack: string, rule: string, at: object, below: object, unknown: object | null]

/** Each row just met, just missed, and not to be told; how many are in can always be told. */
const LINES: Line[] = [
  [
    XIAMEN,
    'lead',
    { members: [member('a', XIAMEN_LEAD)] },
    { members: [member('a', { ...XIAMEN_LEAD, kind: 'university' })] },
    { members: [member('a', { ...XIAMEN_LEAD, industry_leader: null })] },
  ],
  [
    XIAMEN,
    'lead_revenue',
    { members: [member('a', XIAMEN_LEAD)] },
    { members: [member('a', { ...XIAMEN_LEAD, revenue: 49999 })] },
    { members: [member('a', { ...XIAMEN_LEAD, revenue: null })] },
  ],
  [
    XIAMEN,
    'lead_research',
    { members: [member('a', { ...XIAMEN_LEAD, research_spending_average: 1500 })] },
    { members: [member('a', { ...XIAMEN_LEAD, research_spending_average: 1499 })] },
    { members: [member('a', { ...XIAMEN_LEAD, research_spending_average: null })] },
  ],
  [
    XIAMEN,
    'lead_research',
    { members: [member('a', { ...XIAMEN_LEAD, revenue: 90000, research_spending_average: 2000 })] },
    { members: [member('a', { ...XIAMEN_LEAD, revenue: 90000, research_spending_average: 1999 })] },
    { members: [member('a', { ...XIAMEN_LEAD, revenue: null, research_spending_average: 1999 })] },
  ],
  [XIAMEN, 'members', { members: SEVEN }, { members: SEVEN.slice(1) }, null],
  [
    XIAMEN,
    'enterprises',
    { members: SEVEN },
    { members: SEVEN.slice(1) },
    { members: [...SEVEN.slice(1), member('who', {})] },
  ],
  [
    XIAMEN,
    'academia',
    { members: SEVEN },
    { members: SEVEN.slice(0, -1) },
    { members: [...SEVEN.slice(0, -1), member('who', {})] },
  ],
  ...(
    [
      ['agreement', 'agreement_signed'],
      ['decision_body', 'decision_body'],
      ['chief_scientist', 'chief_scientist'],
      ['fund_rules', 'fund_rules'],
    ] as const
  ).map(
    ([rule, fact]): Line => [
      XIAMEN,
      rule,
      { team: { [fact]: true }, members: SEVEN },
      { team: { [fact]: false }, members: SEVEN },
      { members: SEVEN },
    ],
  ),
  [
    HEFEI,
    'lead',
    { members: [member('a', HEFEI_LEAD)] },
    { members: [member('a', { ...HEFEI_LEAD, leading_enterprise: false })] },
    { members: [member('a', { ...HEFEI_LEAD, kind: null })] },
  ],
  [
    HEFEI,
    'lead_research',
    { members: [member('a', HEFEI_LEAD)] },
    { members: [member('a', { ...HEFEI_LEAD, research_spending_3_years: 299 })] },
    { members: [member('a', { ...HEFEI_LEAD, revenue_3_years: null })] },
  ],
  [
    HEFEI,
    'lead_research',
    { members: [member('a', { ...HEFEI_LEAD, revenue_3_years: 900000, research_spending_3_years: 9000 })] },
    { members: [member('a', { ...HEFEI_LEAD, revenue_3_years: 900000, research_spending_3_years: 8999 })] },
    { members: [member('a', { ...HEFEI_LEAD, revenue_3_years: 900000, research_spending_3_years: null })] },
  ],
  [
    HEFEI,
    'lead_technology',
    { members: [member('a', HEFEI_LEAD)] },
    { members: [member('a', { ...HEFEI_LEAD, core_technology: false })] },
    { members: [member('a', { ...HEFEI_LEAD, core_technology: null })] },
  ],
  [
    HEFEI,
    'lead_position',
    { members: [member('a', HEFEI_LEAD)] },
    { members: [member('a', { ...HEFEI_LEAD, leading_position: false })] },
    { members: [member('a', { ...HEFEI_LEAD, leading_position: null })] },
  ],
  [
    HEFEI,
    'co_builders',
    { members: [member('a', HEFEI_LEAD), ...several(3, 'b', {})] },
    { members: [member('a', HEFEI_LEAD), ...several(2, 'b', {})] },
    null,
  ],
  [
    HEFEI,
    'technology_smes',
    { members: [member('a', HEFEI_LEAD), member('b', { technology_sme: true })] },
    { members: [member('a', HEFEI_LEAD), member('b', { technology_sme: false })] },
    { members: [member('a', HEFEI_LEAD), member('b', {})] },
  ],
  [
    WUHU,
    'lead',
    { members: [member('a', { ...LEADER, registered_in_wuhu: true })] },
    { members: [member('a', { ...LEADER, registered_in_wuhu: false })] },
    { members: [member('a', { ...LEADER, registered_in_wuhu: null })] },
  ],
  [
    WUHU,
    'lead_research',
    { members: [member('a', { ...WUHU_YEARS, ...WUHU_SPENT })] },
    { members: [member('a', { ...WUHU_YEARS, ...WUHU_SPENT, research_spending_year_before: 29 })] },
    { members: [member('a', { ...WUHU_YEARS, ...WUHU_SPENT, sales_year_before: null })] },
  ],
  [
    QINGDAO,
    'lead',
    { members: [member('a', LEADER)] },
    { members: [member('a', { ...LEADER, kind: 'institute' })] },
    { members: [member('a', { kind: 'company' })] },
  ],
  [
    QINGDAO,
    'chain_enterprises',
    { members: [member('a', LEADER), ...several(3, 'b', { kind: 'company', leading_enterprise: false })] },
    { members: [member('a', LEADER), ...several(2, 'b', { kind: 'company', leading_enterprise: false })] },
    {
      members: [
        member('a', LEADER),
        ...several(2, 'b', { kind: 'company', leading_enterprise: false }),
        member('c', {}),
      ],
    },
  ],
  [
    QINGDAO,
    'academia',
    { members: [...several(1, 'a', { kind: 'university' }), ...several(1, 'b', { kind: 'institute' })] },
    { members: several(1, 'a', { kind: 'university' }) },
    { members: [...several(1, 'a', { kind: 'university' }), member('b', {})] },
  ],
  [
    QINGDAO,
    'agreement',
    { team: { agreement_signed: true }, members: [member('a', LEADER)] },
    { team: { agreement_signed: false }, members: [member('a', LEADER)] },
    { members: [member('a', LEADER)] },
  ],
  [
    JIEBANG,
    'lead',
    { members: [member('a', CHINESE)] },
    { members: [member('a', { ...CHINESE, country: 'DE' })] },
    { members: [member('a', { country: 'CN' })] },
  ],
  [JIEBANG, 'partners', { members: several(5, 'a', CHINESE) }, { members: several(6, 'a', CHINESE) }, null],
  [
    JIEBANG,
    'commitment',
    { team: { commitment: true }, members: [member('a', CHINESE)] },
    { team: { commitment: false }, members: [member('a', CHINESE)] },
    { members: [member('a', CHINESE)] },
  ],
  [
    HORIZON,
    'countries',
    { members: countries('DE', 'NO', 'EL') },
    { members: countries('DE', 'NO', 'DE', 'US') },
    { members: countries('DE', 'NO', 'MA') },
  ],
  [
    HORIZON,
    'member_state',
    { members: countries('GB', 'NO', 'IT') },
    { members: countries('GB', 'NO', 'IL') },
    { members: [...countries('GB', 'NO'), member('who', { role: 'beneficiary' })] },
  ],
  [
    HORIZON,
    'independent',
    { team: { independent: true }, members: countries('DE') },
    { team: { independent: false }, members: countries('DE') },
    { members: countries('DE') },
  ],
]

test.each(LINES)('%s: %s', (key, rule, at, below, unknown) => {
  expect(verdictOn(key, at, rule)).toBe('met')
  expect(verdictOn(key, below, rule)).toBe('missed')
  if (unknown) expect(verdictOn(key, unknown, rule)).toBe('unknown')
})

test('every row about teams that somebody has confirmed stands in the table', () => {
  for (const key of [XIAMEN, HEFEI, WUHU, QINGDAO, JIEBANG, HORIZON]) {
    const asked = new Set(LINES.filter(([pack]) => pack === key).map(([, rule]) => rule))
    const rows = packOn(key).pack.form.rows.filter(({ certainty }) => certainty === 'A')
    expect(rows.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual([])
  }
})

describe('who leads', () => {
  const other = { ...XIAMEN_LEAD, revenue: 1 }
  const team = { members: [member('a', other), member('b', XIAMEN_LEAD)] }

  test('is the one that is named, even where another would fit better', () => {
    expect(verdictOn(XIAMEN, { ...team, lead: 'a' }, 'lead_revenue')).toBe('missed')
    expect(verdictOn(XIAMEN, { ...team, lead: 'b' }, 'lead_revenue')).toBe('met')
  })

  test('is else whoever fits best', () => {
    const { pack, date } = packOn(XIAMEN)
    expect(checkFacts(pack, team, date)).toMatchObject({ lead: 'b' })
  })

  test('is open where several fit and it makes a difference', () => {
    const pair = [member('a', LEADER), member('b', { ...LEADER }), member('c', LEADER), member('d', LEADER)]
    expect(verdictOn(QINGDAO, { members: pair }, 'chain_enterprises')).toBe('met')
    expect(verdictOn(QINGDAO, { members: pair.slice(1) }, 'chain_enterprises')).toBe('missed')
  })

  test('a hospital leads in life and health, and nobody has said what revenue is asked of it', () => {
    const hospital = { kind: 'hospital', top_hospital: true }
    const facts = (life_health: boolean) => ({ team: { life_health }, members: [member('a', hospital)] })
    expect(verdictOn(XIAMEN, facts(true), 'lead')).toBe('met')
    expect(verdictOn(XIAMEN, facts(false), 'lead')).toBe('missed')
    expect(verdictOn(XIAMEN, facts(true), 'lead_revenue')).toBe('not applicable')
  })
})

describe('Horizon Europe’s countries by date', () => {
  const distinct = (date: string, pillar: string | null, ...codes: string[]) =>
    verdictOn(
      `eu/horizon-europe ${date}`,
      { team: pillar ? { pillar } : {}, members: countries(...codes) },
      'countries',
    )

  test.each([
    ['2023-12-31', 'GB', 'unknown'],
    ['2024-01-01', 'GB', 'met'],
    ['2024-12-31', 'CH', 'missed'],
    ['2025-01-01', 'CH', 'met'],
    ['2024-12-31', 'KR', 'missed'],
    ['2025-01-01', 'KR', 'met'],
    ['2025-12-31', 'EG', 'unknown'],
    ['2026-01-01', 'EG', 'met'],
    ['2025-12-31', 'JP', 'missed'],
    ['2026-01-01', 'JP', 'met'],
    ['2026-01-01', 'MA', 'unknown'],
    ['2026-01-01', 'US', 'missed'],
    ['2026-01-01', 'CN', 'missed'],
  ])('on %s %s counts: %s', (date, code, verdict) => {
    expect(distinct(date, '2', 'DE', 'NO', code)).toBe(verdict)
  })

  test('a country that is associated to pillar 2 only does not count in another', () => {
    expect(distinct('2026-01-01', '1', 'DE', 'NO', 'JP')).toBe('missed')
    expect(distinct('2026-01-01', null, 'DE', 'NO', 'JP')).toBe('unknown')
  })

  test('affiliated entities and associated partners don’t count', () => {
    const partner = member('p', { country: 'FR', role: 'associated_partner' })
    expect(verdictOn(HORIZON, { members: [...countries('DE', 'NO'), partner] }, 'countries')).toBe('missed')
  })
})

test('what nobody has confirmed of Wuhu is always checked by hand', () => {
  const members = [
    member('a', LEADER),
    ...several(5, 'b', { kind: 'company' }),
    ...several(5, 'c', { kind: 'university' }),
  ]
  for (const rule of ['chain_enterprises', 'academia'])
    expect(reasonFor(WUHU, { members }, rule)).toMatchObject({ verdict: 'unknown', why: 'certainty' })
})

test('a reason names the members whose facts are missing', () => {
  expect(reasonFor(XIAMEN, { members: [...SEVEN.slice(1), member('who', {})] }, 'enterprises')).toMatchObject({
    have: null,
    between: { from: 4, to: 5 },
    missing: [{ fact: 'kind', of: ['who'] }],
  })
})
