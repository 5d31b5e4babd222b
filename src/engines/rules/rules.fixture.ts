import { packFor } from './catalogue.ts'
import type { Verdict } from './evaluate.ts'
import type { Pack } from './pack.ts'
import type { Reason } from './reason.ts'
import { checkFacts } from './run.ts'

/** Facts by which an organisation meets every row of a pack, as little above the thresholds as can be. */
export const MEETS: Readonly<Record<string, Record<string, unknown>>> = {
  'cn/little-giant 2026-05-01': {
    specialised_title: true,
    niche_years: 3,
    revenue_last_year: 5000,
    revenue_year_before: 4700,
    main_business_share: 90,
    revenue_growth_compound: 5,
    debt_ratio: 75,
    research_spending_last_year: 600,
    research_spending_year_before: 600,
    class1_intellectual_property: 4,
    market_share: 10,
    market_rank: 9,
    key_product: true,
    development_score: 60,
    serious_event_3_years: false,
    single_champion: false,
    controlled_by_little_giant: false,
    national_award_3_years: false,
    reassessment: false,
  },
  'cn/little-giant 2026-03-31': {
    niche_years: 3,
    main_business_share: 70,
    main_revenue_growth_average: 5,
    core_processes_on_systems: 1,
    management_certification: true,
    product_certification: false,
    debt_ratio: 70,
    market_share: 10,
    own_brand: true,
    revenue_last_year: 10000,
    revenue_year_before: 9000,
    research_spending_last_year: 300,
    research_spending_year_before: 270,
    equity_last_2_years: 0,
    research_staff_share: 10,
    research_institution: true,
    class1_intellectual_property: 2,
    key_chain_link: true,
    key_product: true,
    national_award_3_years: false,
    maker_contest_top_50: false,
  },
  'cn/specialised-sme 2026-05-01': {
    base_tier_title: true,
    niche_years: 3,
    revenue_last_year: 1500,
    revenue_year_before: 1500,
    research_spending_last_year: 100,
    research_spending_year_before: 100,
    equity_last_2_years: 0,
    main_business_share: 80,
    debt_ratio: 80,
    class1_intellectual_property: 1,
    award_or_institution: false,
    market_position_confirmed: true,
    development_score: 50,
    development_score_year_before: 40,
    reassessment: false,
  },
  'cn/specialised-sme 2025-05-01': {
    niche_years: 2,
    revenue_last_year: 1000,
    research_spending_last_year: 100,
    research_spending_year_before: 80,
    equity_last_2_years: 0,
    cultivation_score: 60,
    provincial_award_3_years: false,
    maker_contest_top_500: false,
  },
  'cn/innovative-sme 2025-05-01': {
    class1_high_value_ip: 0,
    class1_own_ip: 1,
    class1_ip: 1,
    class2_ip: 0,
    research_spending_last_year: 10,
    revenue_last_year: 1000,
    main_revenue_growth: 5,
    debt_ratio: 54,
    strategic_emerging_field: true,
    main_business_share: 55,
    science_award_3_years: false,
    title_valid: false,
    provincial_research_institution: false,
    equity_last_3_years: 0,
  },
  'cn/high-tech-enterprise 2026-05-01': {
    registered_on: '2025-05-01',
    core_intellectual_property: true,
    supported_field: true,
    staff: 100,
    science_staff: 10,
    sales_last_year: 5000,
    sales_3_years: 14000,
    research_spending_3_years: 700,
    research_spending_domestic_3_years: 420,
    income_last_year: 5000,
    high_tech_income: 3000,
    main_product_income: 1501,
    innovation_score: 71,
    serious_event_last_year: false,
  },
  'cn/technology-sme 2026-05-01': {
    mainland_resident: true,
    staff: 500,
    science_staff: 50,
    sales_last_year: 20000,
    assets: 20000,
    restricted_activity: false,
    misconduct: false,
    research_spending_last_year: 1200,
    total_cost_last_year: 12000,
    class1_ip: 0,
    class2_ip: 1,
    high_tech_valid: false,
    national_award_5_years: false,
    provincial_research_institution: false,
    led_standard_5_years: false,
  },
  'eu/sme 2026-05-01': { staff: 249, turnover: 50, balance_sheet_total: 50, publicly_controlled: false },
}

/** A pack by its id and the day, `cn/little-giant 2026-05-01`. */
export function packOn(key: string): { pack: Pack; date: string } {
  const [id, date] = key.split(' ') as [string, string]
  return { pack: packFor(id, date), date }
}

export function reasonFor(key: string, facts: unknown, rule: string): Reason | undefined {
  const { pack, date } = packOn(key)
  return checkFacts(pack, facts, date).reasons.find((reason) => reason.rule === rule)
}

/** How a row stands: its verdict, or `not applicable`. */
export function verdictOn(key: string, facts: unknown, rule: string): Verdict | 'not applicable' {
  return reasonFor(key, facts, rule)?.verdict ?? 'not applicable'
}
