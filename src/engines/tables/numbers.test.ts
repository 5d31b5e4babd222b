import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDecimal } from './columns.ts'
import { decimalOf, parseChinese, parseDecimal, readNumber, readPercent, toNumber } from './numbers.ts'
import { told } from './reading.fixture.ts'
import type { ColumnStyle } from './types.ts'

const PERCENT: ColumnStyle = { unit: { text: '%', scale: 1, percent: true } }

describe('a number', () => {
  it.each<[string | number | boolean | null, string, ColumnStyle?]>([
    ['1,234', '1234'],
    ['1,234.5', '1234.5'],
    ['1.234,5', '1234.5'],
    ['1 234', '1234'],
    ["1'234'567", '1234567'],
    ['12,34,567', '1234567'],
    ['1,5', '1.5'],
    ['1,234', '1.234', { decimal: ',' }],
    ['1.234', '1234', { decimal: ',' }],
    ['１，２３４．５', '1234.5'],
    ['三百二十', '320'],
    ['一亿二千万', '120000000'],
    ['二〇二四', '2024'],
    ['1.2万', '12000'],
    ['1万余人', '10000'],
    ['1.5K', '1500'],
    ['120（含研发45）', '120'],
    ['35人', '35'],
    ['50 employees', '50'],
    ['约100', '100 ~approximate'],
    ['100余人', '100 ~approximate'],
    ['500以上', '500 ~approximate'],
    ['>500', '500 ~approximate'],
    ['12-15', '12 ~lower_of_range'],
    ['-5', '-5'],
    ['(12)', '-12'],
    ['1e3', '1000'],
    ['="007"', '7'],
    [42.5, '42.5'],
    ['', '—'],
    [null, '—'],
    ['—', '—'],
    ['N/A', '—'],
    ['暂无', '—'],
    ['about ten', '?not_a_number'],
    ['12 apples and 3 pears', '?not_a_number'],
    [true, '?not_a_number'],
  ])('%j is %s', (cell, reading, style) => expect(told(readNumber(cell, style))).toBe(reading))

  it('of an error cell is refused', () => expect(told(readNumber({ error: '#N/A' }))).toBe('?error_cell'))

  it('in Chinese numerals is the number it was written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        expect(parseChinese(inChinese(number))).toBe(number)
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('in digits is the number it was written from, under either decimal mark', () => {
    const number = fc.tuple(
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      fc.constantFrom('de-DE', 'en-US', 'fr-FR'),
    )
    fc.assert(
      fc.property(number, ([cents, locale]) => {
        const value = Number(cents) / 100
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value)
        const decimal = parseDecimal(text.replaceAll('\u202f', ' '))
        expect(decimal && toNumber(decimal)).toBe(value)
      }),
      { seed: 6, numRuns: 500 },
    )
  })

  it('of a workbook keeps its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 5 }), (whole, places) => {
        const value = whole / 10 ** places
        const decimal = decimalOf(value)
        expect(decimal && toNumber(decimal)).toBe(value)
      }),
      { seed: 8, numRuns: 300 },
    )
  })
})

describe('a share', () => {
  it.each<[string | number, string, ColumnStyle?]>([
    ['15%', '0.15'],
    ['０.５％', '0.005'],
    ['5.6 %', '0.056'],
    ['百分之五', '0.05'],
    [0.15, '0.15'],
    [15, '0.15 ~assumed_unit'],
    ['15', '0.15', PERCENT],
    ['0.5', '0.005', PERCENT],
    ['a third', '?not_a_percentage'],
    ['20000%', '?number_out_of_range'],
    ['无', '—'],
  ])('%j is %s', (cell, reading, style) => expect(told(readPercent(cell, style))).toBe(reading))
})

describe('the decimal mark of a column', () => {
  it.each<[readonly (string | number | null)[], '.' | ',' | null]>([
    [['1.234,5', '1.000', '7'], ','],
    [['1,234.5', '1,000'], '.'],
    [['1,000', '2,000'], null],
    [['3,5', '12,25'], ','],
    [['1.234.567', '5'], ','],
    [[1.5, null, 'n/a'], null],
  ])('of %j is %s', (cells, mark) => expect(decideDecimal(cells)).toBe(mark))
})

/** The usual way of writing a whole number below 10^8 in Chinese. */
function inChinese(number: number): string {
  const high = Math.floor(number / 10_000)
  const low = number % 10_000
  if (high === 0) return upToThousands(low)
  if (low === 0) return `${upToThousands(high)}万`
  return `${upToThousands(high)}万${low < 1_000 ? '零' : ''}${upToThousands(low)}`
}

function upToThousands(number: number): string {
  let text = ''
  let gap = false
  for (const [scale, name] of [
    [1_000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(number / scale) % 10
    if (digit === 0) gap = gap || text !== ''
    else {
      text += `${gap ? '零' : ''}${'零一二三四五六七八九'[digit]}${name}`
      gap = false
    }
  }
  return text
}
