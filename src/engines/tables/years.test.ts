import { describe, expect, it } from 'vitest'
import { guessColumns } from './columns.ts'
import { ORGANISATION_FIELDS } from './dictionary.ts'
import type { Heading, Row } from './types.ts'
import { timeOf } from './years.ts'

const guess = (columns: readonly string[], { above = [], rows = [] }: { above?: string[]; rows?: Row[] } = {}) => {
  const heading: Heading = { row: 1, rows: [1], columns, confidence: 1, reason: '', above }
  return guessColumns(heading, rows, ORGANISATION_FIELDS)
}

describe('A heading beside a year', () => {
  it.each([
    ['2024年研发投入（万元）', 'rdSpend.2024', 10_000],
    ['2023年营业收入', 'revenue.2023', undefined],
    ['研发费用2022', 'rdSpend.2022', undefined],
    ['R&D spending 2024 (k€)', 'rdSpend.2024', 1_000],
    ['Revenue 2023', 'revenue.2023', undefined],
    ['FY2023 revenue (M€)', 'revenue.2023', 1_000_000],
    ['2022年度销售收入（亿元）', 'sales.2022', 100_000_000],
    ['2025年 / 研发投入（万元）', 'rdSpend.2025', 10_000],
    ['营业收入 / 2024年', 'revenue.2024', undefined],
    ['2024年研發投入（萬元）', 'rdSpend.2024', 10_000],
    ['截至2024年末从业人员（人）', 'staff.2024', undefined],
    ['2024年研发人员数', 'researchStaff.2024', undefined],
    ['Employees 2023', 'staff.2023', undefined],
    ['2024 R&D expenditure, M€', 'rdSpend.2024', 1_000_000],
  ])('%s is a figure of that year', (name, field, scale) => {
    const [column] = guess([name])
    expect([column!.field, column!.unit?.scale]).toEqual([field, scale])
    expect(column!.confidence).toBeGreaterThanOrEqual(0.85)
  })

  it('gives each year of a row of them its own field', () => {
    const columns = guess(['企业名称', '2022年研发投入', '2023年研发投入', '2024年研发投入', '2024年营收'])
    expect(columns.map(({ field }) => field)).toEqual([
      'name',
      'rdSpend.2022',
      'rdSpend.2023',
      'rdSpend.2024',
      'revenue.2024',
    ])
  })

  it.each([
    ['近三年研发投入均值（万元）'],
    ['近3年研发费用合计'],
    ['2022-2024年研发投入'],
    ['2022年、2023年营业收入'],
    ['三年平均营业收入'],
    ['年均研发投入'],
    ['Average R&D spending of the last three years'],
    ['Revenue 2021-2023'],
  ])('%s is not split', (name) => {
    expect(guess([name])[0]!.field).toBe('severalYears')
  })

  it.each([
    ['2024年营业收入增长率'],
    ['2026年计划研发投入'],
    ['2024年研发投入占比'],
    ['2024年成立'],
    ['研发投入（2024年预算）'],
    ['Revenue growth 2023'],
  ])('%s is no figure of a year', (name) => {
    expect(guess([name])[0]!.field ?? '').not.toMatch(/\.\d{4}$/)
  })
})

describe('上年度', () => {
  it('is the year before the one that the sheet tells', () => {
    const [last, own] = guess(['上年度营业收入（万元）', '本年度研发投入'], { above: ['澜江高新区2025年度企业台账'] })
    expect([last!.field, own!.field]).toEqual(['revenue.2024', 'rdSpend.2025'])
    expect(timeOf('last year’s revenue', ['Ledger of 2025'])).toMatchObject({ year: 2024, rest: 'revenue' })
  })

  it('is left without a year where the sheet tells none, or two', () => {
    expect(guess(['上年度营业收入'])[0]!.field).toBe('revenue')
    expect(guess(['上年度营业收入'], { above: ['2024年、2025年企业台账'] })[0]!.field).toBe('revenue')
  })
})

it('reads values that are no amounts as doubtful', () => {
  const rows = ['甲', '乙', '丙'].map((text, at) => ({ number: at + 2, cells: [text] }))
  expect(guess(['2024年研发投入情况'], { rows })[0]!.confidence).toBeLessThan(0.5)
})
