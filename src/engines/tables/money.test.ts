import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDecimal } from '#kit/money.ts'
import { type MoneyStyle, readMoney } from './money.ts'
import { told } from './reading.fixture.ts'
import type { Money } from './types.ts'
import { isUnitText, unitIn } from './units.ts'

const under = (heading: string): MoneyStyle => ({ unit: unitIn(heading)! })
const amount = ({ minor, currency }: Money) => `${currency} ${toDecimal(minor, currency)}`

describe('an amount', () => {
  it.each<[string | number, string, MoneyStyle?]>([
    ['500万元', 'CNY 5000000.00'],
    ['500万', 'CNY 5000000.00'],
    ['1.2亿元', 'CNY 120000000.00'],
    ['3千万元', 'CNY 30000000.00'],
    ['500元', 'CNY 500.00'],
    ['10w', 'CNY 100000.00'],
    ['三百万元', 'CNY 3000000.00'],
    ['壹佰万元整', 'CNY 1000000.00'],
    ['一千五百万', 'CNY 15000000.00'],
    ['一亿二千万元', 'CNY 120000000.00'],
    ['１，２００万元', 'CNY 12000000.00'],
    ['¥1,200.50', 'CNY 1200.50'],
    ['￥3,000,000.00', 'CNY 3000000.00'],
    ['RMB 5 million', 'CNY 5000000.00'],
    ['人民币叁佰万元', 'CNY 3000000.00'],
    ['500萬元（人民幣）', 'CNY 5000000.00'],
    ['EUR 1.234,56', 'EUR 1234.56'],
    ['1,234.56 €', 'EUR 1234.56'],
    ['€2.5M', 'EUR 2500000.00'],
    ['2,5 Mio. EUR', 'EUR 2500000.00'],
    ['5k€', 'EUR 5000.00'],
    ['EUR 300k', 'EUR 300000.00'],
    ['USD 1.5 billion', 'USD 1500000000.00'],
    ['$5k', 'USD 5000.00'],
    ['100万美元', 'USD 1000000.00'],
    ['2000万港元', 'HKD 20000000.00'],
    ['3亿日元', 'JPY 300000000'],
    ["1'000'000 CHF", 'CHF 1000000.00'],
    ['约500万元', 'CNY 5000000.00 ~approximate'],
    ['30万以上', 'CNY 300000.00 ~approximate'],
    ['500-800万元', 'CNY 5000000.00 ~lower_of_range'],
    ['一次性转让50万元', 'CNY 500000.00 ~amid_words'],
    ['500', 'CNY 500.00 ~assumed_unit'],
    ['500', 'EUR 500.00 ~assumed_unit', { currency: 'EUR' }],
    [1234.5, 'CNY 1234.50 ~assumed_unit'],
    ['面议', '— ~negotiable'],
    ['免费', 'CNY 0.00 ~from_word'],
    ['100万以内', 'CNY 1000000.00 ~approximate'],
    ['-', '—'],
    ['待定', '—'],
    ['50万元+10万元', '?not_money'],
    ['第3期', '?not_money'],
    ['abc', '?not_money'],
  ])('%j is %s', (cell, reading, style) => expect(told(readMoney(cell, style), amount)).toBe(reading))

  it.each<[string, string | number, string]>([
    ['注册资本（万元）', 500, 'CNY 5000000.00'],
    ['注册资本（万元）', '５００', 'CNY 5000000.00'],
    ['注册资本（万元）', '1,234.5', 'CNY 12345000.00'],
    ['注册资本（万元）', '500万元', 'CNY 5000000.00'],
    ['注册资本（万元）', '1.2亿', 'CNY 120000000.00'],
    ['注册资本（万元）', '5000000元', 'CNY 5000000.00'],
    ['注册资本（万元）', '¥500', 'CNY 5000000.00'],
    ['注册资本（万元）', '100万美元', 'USD 1000000.00'],
    ['注册资本（万美元）', 100, 'USD 1000000.00'],
    ['Turnover (k€)', '300', 'EUR 300000.00'],
    ['Turnover, kEUR', '300', 'EUR 300000.00'],
    ['Turnover in MUSD', '3', 'USD 3000000.00'],
    ['Umsatz (T€)', '300', 'EUR 300000.00'],
    ['Turnover (k€)', '1.250,5', 'EUR 1250500.00'],
    ['Revenue, EUR million', 1.5, 'EUR 1500000.00'],
    ['营业收入（亿元）', '0.35', 'CNY 35000000.00'],
  ])('under %s, %j is %s', (heading, cell, reading) =>
    expect(told(readMoney(cell, under(heading)), amount)).toBe(reading),
  )

  it('is the amount it was written from, in yuan and in ten thousands', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (minor) => {
        expect(readMoney(`${toDecimal(minor, 'CNY')}元`).value).toEqual({ minor, currency: 'CNY' })
        const tenThousands = minor * 10_000n
        expect(readMoney(toDecimal(minor, 'CNY'), under('（万元）')).value).toEqual({
          minor: tenThousands,
          currency: 'CNY',
        })
      }),
      { seed: 9, numRuns: 300 },
    )
  })
})

describe('the unit of a heading', () => {
  it.each<[string, string | null]>([
    ['注册资本（万元）', '10000 CNY'],
    ['注册资本(万元人民币)', '10000 CNY'],
    ['注册资本(万)', '10000 '],
    ['研发投入（万元/年）', '10000 CNY'],
    ['营业收入万元', '10000 CNY'],
    ['意向金额/万元', '10000 CNY'],
    ['单位：亿元', '100000000 CNY'],
    ['金额：元', '1 CNY'],
    ['基本情况 / 注册资本（万元）', '10000 CNY'],
    ['年营业收入 / Revenue / 万元', '10000 CNY'],
    ['Turnover (k€)', '1000 EUR'],
    ["Turnover ('000 EUR)", '1000 EUR'],
    ['Umsatz in Mio. €', '1000000 EUR'],
    ['Revenue €m', '1000000 EUR'],
    ['Budget [€]', '1 EUR'],
    ['Price (USD)', '1 USD'],
    ['占比（%）', '1 %'],
    ['金额', null],
    ['员工人数（人）', null],
    ['名称（中文）', null],
    ['R&D % of revenue', null],
  ])('%s: %s', (heading, unit) => {
    const found = unitIn(heading)
    expect(found && `${found.scale} ${found.percent ? '%' : (found.currency ?? '')}`).toBe(unit)
  })

  it('is told from a name, in a row of units', () => {
    expect(['万元', '（人）', '%', '个', 'k€', '年月'].filter(isUnitText)).toHaveLength(6)
    expect(['名称', '人数', '甲公司', 'Company'].filter(isUnitText)).toEqual([])
  })
})
