import { describe, expect, test } from 'vitest'
import { MEETS, packOn, reasonFor, verdictOn } from './rules.fixture.ts'
import { checkFacts, tellAnswer } from './run.ts'

const NEW_GIANT = 'cn/little-giant 2026-05-01'
const OLD_GIANT = 'cn/little-giant 2026-03-31'
const NEW_SPECIALISED = 'cn/specialised-sme 2026-05-01'
const OLD_SPECIALISED = 'cn/specialised-sme 2025-05-01'
const INNOVATIVE = 'cn/innovative-sme 2025-05-01'
const HIGH_TECH = 'cn/high-tech-enterprise 2026-05-01'
const TECHNOLOGY = 'cn/technology-sme 2026-05-01'
const EUROPEAN = 'eu/sme 2026-05-01'

test.each(Object.keys(MEETS))('whoever stands on every threshold of %s is eligible', (key) => {
  const { pack, date } = packOn(key)
  const { eligible, met, missed, unknown } = tellAnswer(checkFacts(pack, MEETS[key], date))
  // What nobody has confirmed stays open: the old list of key products was not seen whole.
  const open = key === OLD_GIANT ? ['key_product'] : []
  expect({ eligible, missed, unknown }).toEqual({ eligible: open.length ? null : true, missed: [], unknown: open })
  expect(met.length).toBeGreaterThan(0)
})

type Line = [pack: string, rule: string, fact: string, at: unknown, below: unknown, more?: Record<string, unknown>]

/** Each row at its threshold is met, just beyond it missed, and without the fact to be checked by hand. */
const LINES: Line[] = [
  [NEW_GIANT, 'specialised_title', 'specialised_title', true, false],
  [NEW_GIANT, 'niche_years', 'niche_years', 3, 2.99],
  [NEW_GIANT, 'revenue', 'revenue_last_year', 5000, 4999.99],
  [NEW_GIANT, 'main_business_share', 'main_business_share', 90, 89.99],
  [NEW_GIANT, 'revenue_growth', 'revenue_growth_compound', 5, 4.99],
  [NEW_GIANT, 'debt_ratio', 'debt_ratio', 75, 75.01],
  [NEW_GIANT, 'research_total', 'research_spending_last_year', 600, 599.99],
  [NEW_GIANT, 'research_intensity_last_year', 'research_spending_last_year', 150, 149.99],
  [NEW_GIANT, 'research_intensity_year_before', 'research_spending_year_before', 141, 140.99],
  [NEW_GIANT, 'intellectual_property', 'class1_intellectual_property', 4, 3],
  [NEW_GIANT, 'market_share', 'market_share', 10, 9.99],
  [NEW_GIANT, 'market_share', 'market_rank', 3, 4, { market_share: 1 }],
  [NEW_GIANT, 'key_product', 'key_product', true, false],
  [NEW_GIANT, 'development_score', 'development_score', 60, 59.9],
  [NEW_GIANT, 'no_serious_event', 'serious_event_3_years', false, true],
  [NEW_GIANT, 'not_single_champion', 'single_champion', false, true],
  [NEW_GIANT, 'not_controlled', 'controlled_by_little_giant', false, true],
  [OLD_GIANT, 'niche_years', 'niche_years', 3, 2],
  [OLD_GIANT, 'main_business_share', 'main_business_share', 70, 69.9],
  [OLD_GIANT, 'main_revenue_growth', 'main_revenue_growth_average', 5, 4.9],
  [OLD_GIANT, 'core_processes', 'core_processes_on_systems', 1, 0],
  [OLD_GIANT, 'certification', 'product_certification', true, false, { management_certification: false }],
  [OLD_GIANT, 'debt_ratio', 'debt_ratio', 70, 70.1],
  [OLD_GIANT, 'market_share', 'market_share', 10, 9.9],
  [OLD_GIANT, 'own_brand', 'own_brand', true, false],
  [OLD_GIANT, 'research_intensity_large_last_year', 'research_spending_last_year', 300, 299],
  [
    OLD_GIANT,
    'research_intensity_medium_last_year',
    'research_spending_last_year',
    599.94,
    599,
    { revenue_last_year: 9999 },
  ],
  [
    OLD_GIANT,
    'research_intensity_medium_year_before',
    'research_spending_year_before',
    540,
    539,
    { revenue_last_year: 5000 },
  ],
  [OLD_GIANT, 'equity_small', 'equity_last_2_years', 8000, 7999, { revenue_last_year: 4999 }],
  [OLD_GIANT, 'research_total_small', 'research_spending_last_year', 2730, 2729, { revenue_last_year: 4999 }],
  [OLD_GIANT, 'research_staff_small', 'research_staff_share', 50, 49, { revenue_last_year: 4999 }],
  [OLD_GIANT, 'research_institution', 'research_institution', true, false],
  [OLD_GIANT, 'intellectual_property', 'class1_intellectual_property', 2, 1],
  [OLD_GIANT, 'intellectual_property', 'national_award_3_years', true, false, { class1_intellectual_property: 0 }],
  [OLD_GIANT, 'key_chain_link', 'key_chain_link', true, false],
  [NEW_SPECIALISED, 'base_tier_title', 'base_tier_title', true, false],
  [NEW_SPECIALISED, 'niche_years', 'niche_years', 3, 2],
  [NEW_SPECIALISED, 'revenue', 'revenue_last_year', 1500, 1499],
  [NEW_SPECIALISED, 'revenue', 'equity_last_2_years', 2000, 1999, { revenue_last_year: 1 }],
  [NEW_SPECIALISED, 'main_business_share', 'main_business_share', 80, 79],
  [NEW_SPECIALISED, 'debt_ratio', 'debt_ratio', 80, 80.5],
  [NEW_SPECIALISED, 'research_spending_last_year', 'research_spending_last_year', 100, 99],
  [NEW_SPECIALISED, 'research_spending_year_before', 'research_spending_year_before', 100, 99],
  [NEW_SPECIALISED, 'research_intensity_last_year', 'research_spending_last_year', 45, 44],
  [NEW_SPECIALISED, 'research_intensity_year_before', 'research_spending_year_before', 45, 44],
  [NEW_SPECIALISED, 'intellectual_property', 'class1_intellectual_property', 1, 0],
  [NEW_SPECIALISED, 'market_position', 'market_position_confirmed', true, false],
  [NEW_SPECIALISED, 'development_score', 'development_score', 50, 49],
  [
    NEW_SPECIALISED,
    'development_score',
    'development_score_year_before',
    50,
    49,
    { development_score: 1, reassessment: true },
  ],
  [OLD_SPECIALISED, 'niche_years', 'niche_years', 2, 1],
  [OLD_SPECIALISED, 'research_spending', 'research_spending_last_year', 100, 99],
  [OLD_SPECIALISED, 'research_intensity', 'research_spending_last_year', 30, 29.9],
  [OLD_SPECIALISED, 'revenue', 'revenue_last_year', 1000, 999],
  [OLD_SPECIALISED, 'score', 'cultivation_score', 60, 59],
  [OLD_SPECIALISED, 'score', 'research_spending_year_before', 1900, 1899, { cultivation_score: 1 }],
  [OLD_SPECIALISED, 'score', 'equity_last_2_years', 6000, 5999, { cultivation_score: 1 }],
  [INNOVATIVE, 'score', 'main_business_share', 55, 54.9],
  [INNOVATIVE, 'innovation', 'research_spending_last_year', 10, 9.9],
  [INNOVATIVE, 'growth', 'main_revenue_growth', 5, -1],
  [INNOVATIVE, 'specialisation', 'main_business_share', 50, 49.9],
  [INNOVATIVE, 'score', 'equity_last_3_years', 500, 499, { main_business_share: 0 }],
  [HIGH_TECH, 'registered', 'registered_on', '2025-05-01', '2025-05-02'],
  [HIGH_TECH, 'core_intellectual_property', 'core_intellectual_property', true, false],
  [HIGH_TECH, 'supported_field', 'supported_field', true, false],
  [HIGH_TECH, 'science_staff', 'science_staff', 10, 9],
  [HIGH_TECH, 'research_intensity_small', 'research_spending_3_years', 700, 699],
  [HIGH_TECH, 'research_intensity_medium', 'research_spending_3_years', 560, 559, { sales_last_year: 5000.01 }],
  [HIGH_TECH, 'research_intensity_medium', 'research_spending_3_years', 560, 559, { sales_last_year: 20000 }],
  [HIGH_TECH, 'research_intensity_large', 'research_spending_3_years', 420, 419, { sales_last_year: 20001 }],
  [HIGH_TECH, 'research_domestic', 'research_spending_domestic_3_years', 420, 419],
  [HIGH_TECH, 'high_tech_income', 'high_tech_income', 3000, 2999],
  [HIGH_TECH, 'main_product_income', 'main_product_income', 1500.01, 1500],
  [HIGH_TECH, 'innovation_score', 'innovation_score', 71, 70],
  [HIGH_TECH, 'no_serious_event', 'serious_event_last_year', false, true],
  [TECHNOLOGY, 'mainland_resident', 'mainland_resident', true, false],
  [TECHNOLOGY, 'staff', 'staff', 500, 501],
  [TECHNOLOGY, 'sales', 'sales_last_year', 20000, 20001],
  [TECHNOLOGY, 'assets', 'assets', 20000, 20001],
  [TECHNOLOGY, 'activity', 'restricted_activity', false, true],
  [TECHNOLOGY, 'conduct', 'misconduct', false, true],
  [TECHNOLOGY, 'score', 'research_spending_last_year', 1200, 999],
  [TECHNOLOGY, 'staff_score', 'science_staff', 50, 49],
  [EUROPEAN, 'staff', 'staff', 249, 250],
  [EUROPEAN, 'turnover_or_balance', 'turnover', 50, 50.01],
  [EUROPEAN, 'turnover_or_balance', 'balance_sheet_total', 43, 43.01, { turnover: 60 }],
]

test.each(LINES)('%s: %s by %s', (key, rule, fact, at, below, more) => {
  const facts = { ...MEETS[key], ...more }
  expect(verdictOn(key, { ...facts, [fact]: at }, rule)).toBe('met')
  expect(verdictOn(key, { ...facts, [fact]: below }, rule)).toBe('missed')
  expect(verdictOn(key, { ...facts, [fact]: null }, rule)).toBe('unknown')
})

test('every row of the ladder that somebody has confirmed stands in the table', () => {
  for (const key of Object.keys(MEETS)) {
    const asked = new Set(LINES.filter(([pack]) => pack === key).map(([, rule]) => rule))
    const rows = packOn(key).pack.form.rows.filter(({ certainty }) => certainty === 'A')
    const left = rows.map(({ id }) => id).filter((id) => !asked.has(id))
    expect(left, key).toEqual(key === OLD_GIANT ? ['research_intensity_large_year_before'] : [])
  }
})

describe('what a row says', () => {
  test('of a figure: have, need, unit, source and how certain it is', () => {
    const reason = reasonFor(
      NEW_GIANT,
      { ...MEETS[NEW_GIANT], class1_intellectual_property: 3 },
      'intellectual_property',
    )
    expect(reason).toMatchObject({
      verdict: 'missed',
      have: 3,
      need: 4,
      compare: 'at_least',
      source: '工信部企业〔2026〕2号 附件2',
      certainty: 'A',
      basis: 'summary',
      why: null,
    })
  })

  test('of a figure of which only a part is known: between what it lies, and what is missing', () => {
    const { research_spending_year_before: _, ...facts } = MEETS[NEW_GIANT]!
    expect(reasonFor(NEW_GIANT, facts, 'research_total')).toMatchObject({
      verdict: 'unknown',
      have: null,
      between: { from: 600, to: null },
      why: 'facts',
      missing: [{ fact: 'research_spending_year_before', of: [] }],
    })
    expect(verdictOn(NEW_GIANT, { ...facts, research_spending_last_year: 1200 }, 'research_total')).toBe('met')
  })

  test('of a ratio to nothing: nobody can say', () => {
    const facts = { ...MEETS[NEW_GIANT], revenue_last_year: 0, research_spending_last_year: 0 }
    expect(reasonFor(NEW_GIANT, facts, 'research_intensity_last_year')).toMatchObject({
      verdict: 'unknown',
      why: 'judgement',
    })
  })

  test('of what nobody has confirmed: check by hand, whatever the facts', () => {
    for (const key_product of [true, false, null])
      expect(reasonFor(OLD_GIANT, { ...MEETS[OLD_GIANT], key_product }, 'key_product')).toMatchObject({
        verdict: 'unknown',
        why: 'certainty',
        have: key_product,
      })
  })

  test('of a waiver: met, and that something stands in for it', () => {
    const facts = { ...MEETS[NEW_GIANT], class1_intellectual_property: 0, national_award_3_years: true }
    expect(reasonFor(NEW_GIANT, facts, 'intellectual_property')).toMatchObject({ verdict: 'met', waived: true })
    const growth = { ...MEETS[NEW_GIANT], revenue_growth_compound: -20 }
    expect(verdictOn(NEW_GIANT, { ...growth, reassessment: true }, 'revenue_growth')).toBe('met')
    expect(verdictOn(NEW_GIANT, { ...growth, reassessment: null }, 'revenue_growth')).toBe('unknown')
  })

  test('of a row for others: nothing', () => {
    expect(verdictOn(OLD_GIANT, MEETS[OLD_GIANT], 'equity_small')).toBe('not applicable')
    expect(verdictOn(HIGH_TECH, MEETS[HIGH_TECH], 'research_intensity_large')).toBe('not applicable')
    expect(verdictOn(OLD_GIANT, { ...MEETS[OLD_GIANT], revenue_last_year: null }, 'equity_small')).toBe('unknown')
  })
})

test('one missed row settles it, whatever else is open; one open row leaves it open', () => {
  const { pack, date } = packOn(NEW_GIANT)
  const eligible = (facts: unknown) => checkFacts(pack, facts, date).eligible
  expect(eligible({ niche_years: 1 })).toBe(false)
  expect(eligible({})).toBeNull()
  expect(eligible({ ...MEETS[NEW_GIANT], key_product: null })).toBeNull()
})
