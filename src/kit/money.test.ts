import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, MINOR_UNITS_MAX, minorDigits, parseMoney, splitMoney, toDecimal } from './money.ts'

const currencies = fc.constantFrom('CNY', 'EUR', 'JPY', 'KWD', 'CLF', 'KRW', 'UYW')
const amounts = fc.bigInt({ min: -MINOR_UNITS_MAX, max: MINOR_UNITS_MAX })

it.each([
  ['CNY', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['ISK', 0],
  ['KWD', 3],
  ['CLF', 4],
  ['UYW', 4],
  ['XAU', undefined],
  ['XDR', undefined],
  ['RMB元', undefined],
  ['eur', undefined],
])('%s has %s digits behind the point', (currency, digits) => {
  expect(minorDigits(currency)).toBe(digits)
})

describe('an amount is read', () => {
  it.each([
    ['1234.5', 'CNY', 0, 123_450n],
    ['1,234,567.89', 'EUR', 0, 123_456_789n],
    ['1.234.567,89', 'EUR', 0, 123_456_789n],
    ['1 234 567,89', 'EUR', 0, 123_456_789n],
    ["1'234.50", 'CHF', 0, 123_450n],
    ['123456,7', 'EUR', 0, 12_345_670n],
    ['￥１２，３４５．６７', 'CNY', 0, 1_234_567n],
    ['300万元', 'CNY', 0, 300_000_000n],
    ['1.2亿元', 'CNY', 0, 12_000_000_000n],
    ['人民币50万', 'CNY', 0, 50_000_000n],
    ['85.6', 'CNY', 4, 85_600_000n],
    ['3千元', 'CNY', 4, 300_000n],
    ['12,3456', 'CNY', 0, 12_345_600n],
    ['EUR 12.00', 'EUR', 0, 1200n],
    ['$99', 'USD', 0, 9900n],
    ['¥500', 'JPY', 0, 500n],
    ['1.234', 'KWD', 0, 1234n],
    ['-0.01', 'CNY', 0, -1n],
    ['(1,000)', 'USD', 0, -100_000n],
    ['−5', 'EUR', 0, -500n],
    ['1.10000', 'EUR', 0, 110n],
    ['92233720368547758.07', 'EUR', 0, MINOR_UNITS_MAX],
  ])('%s %s (x10^%s)', (text, currency, power, minor) => {
    expect(parseMoney(text, currency, power)).toEqual({ minor })
  })
})

describe('an amount is refused', () => {
  it.each([
    ['1.234', 'EUR', 'precision'],
    ['0.5', 'JPY', 'precision'],
    ['1,23,4', 'EUR', 'format'],
    ['1.2.3', 'EUR', 'format'],
    ['面议', 'CNY', 'format'],
    ['100-200', 'CNY', 'format'],
    ['(5', 'CNY', 'format'],
    ['1e5', 'CNY', 'format'],
    ['', 'CNY', 'format'],
    ['9'.repeat(65), 'CNY', 'format'],
    ['92233720368547758.08', 'EUR', 'size'],
    ['€5', 'CNY', 'currency'],
    ['5 USD', 'CNY', 'currency'],
    ['5万美元', 'CNY', 'currency'],
    ['5', 'XAU', 'currency'],
  ])('%s %s: %s', (text, currency, rule) => {
    expect(parseMoney(text, currency)).toMatchObject({ rule })
  })
})

it('what is written out reads back the same', () => {
  fc.assert(
    fc.property(amounts, currencies, (minor, currency) => {
      expect(parseMoney(toDecimal(minor, currency), currency)).toEqual({ minor })
    }),
    { seed: 1 },
  )
})

it.each([
  [123_450n, 'CNY', 'zh-CN', '¥1,234.50'],
  [-5n, 'EUR', 'en', '-€0.05'],
  [1234n, 'JPY', 'en', '¥1,234'],
  [MINOR_UNITS_MAX, 'USD', 'en', '$92,233,720,368,547,758.07'],
])('%s %s in %s is %s', (minor, currency, locale, text) => {
  expect(formatMoney(minor, currency, locale)).toBe(text)
})

describe('a split', () => {
  const split = (total: bigint, ...weights: bigint[]) =>
    splitMoney(
      total,
      weights.map((weight, place) => ({ id: `m${place}`, weight })),
    )

  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [5n, [0n, 1n], [0n, 5n]],
    [0n, [3n, 4n], [0n, 0n]],
    [10n, [47n, 16n, 158n], [2n, 1n, 7n]],
  ])('of %s by %s is %s', (total, weights, parts) => {
    expect(split(total, ...weights)).toEqual(parts)
  })

  it('gives a tie to the smaller id, wherever it stands', () => {
    const shares = ['c', 'a', 'b'].map((id) => ({ id, weight: 1n }))
    expect(splitMoney(1n, shares)).toEqual([0n, 1n, 0n])
  })

  it.each([[[]], [[0n, 0n]], [[2n, -1n]]])('by %s is refused', (weights: bigint[]) => {
    expect(() => split(1n, ...weights)).toThrow(RangeError)
  })

  it('adds up exactly, and no part is a unit or more away from its exact share', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(amounts, weights, (total, given) => {
        const whole = given.reduce((sum, weight) => sum + weight, 0n)
        fc.pre(whole > 0n)
        const parts = split(total, ...given)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total)
        for (const [place, part] of parts.entries()) {
          const distance = part * whole - total * given[place]!
          expect(distance < whole && distance > -whole).toBe(true)
        }
      }),
      { seed: 1 },
    )
  })
})
