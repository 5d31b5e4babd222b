import { describe, expect, it } from 'vitest'
import { builtInFormat, dateOfSerial, formatNumber, readFormatCode } from './number-formats.ts'

describe('a number format', () => {
  it.each([
    ['yyyy-mm-dd', 'date'],
    ['yyyy"年"m"月"d"日";@', 'date'],
    ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
    ['[$-411]ggge"年"m"月"d"日"', 'date'],
    ['mmm-yy', 'date'],
    ['m/d', 'date'],
    ['h:mm', 'time'],
    ['上午/下午h"时"mm"分"', 'time'],
    ['mm:ss', 'time'],
    ['[h]:mm', 'plain'],
    ['General', 'plain'],
    ['G/通用格式', 'plain'],
    ['0.00E+00', 'plain'],
    ['#,##0.00_);[Red]\\(#,##0.00\\)', 'plain'],
    ['_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', 'plain'],
    ['0.0%', 'percent'],
    ['000000', 'padded'],
    ['0', 'plain'],
    ['#,##0"万元"', 'unit'],
    ['"€"#,##0', 'unit'],
    ['[$¥-804]#,##0.00', 'unit'],
    ['£#,##0', 'unit'],
    ['0.0,"万"', 'plain'],
    ['"共"0"家"', 'unit'],
    ['@', 'plain'],
    ['', 'plain'],
  ])('%s is %s', (code, kind) => expect(readFormatCode(code).kind).toBe(kind))

  it.each([
    [0, 'plain'],
    [9, 'percent'],
    [14, 'date'],
    [22, 'date'],
    [20, 'time'],
    [31, 'date'],
    [46, 'plain'],
    [57, 'date'],
    [49, 'plain'],
  ])('number %i of Excel is %s', (id, kind) => expect(builtInFormat(id).kind).toBe(kind))
})

describe('a serial day', () => {
  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [45_356, false, '2024-03-05'],
    [43_894, true, '2024-03-05'],
    [0, true, '1904-01-01'],
    [2_958_465, false, '9999-12-31'],
  ])('%i (since 1904: %s) is %s', (serial, since1904, date) =>
    expect(dateOfSerial(serial, since1904)?.toISOString().slice(0, 10)).toBe(date),
  )

  it.each([0, -5, 2_958_466, Number.NaN])('%d is none', (serial) => expect(dateOfSerial(serial, false)).toBeNull())

  it('keeps its time to the second', () => {
    expect(dateOfSerial(45_356.4375, false)?.toISOString()).toBe('2024-03-05T10:30:00.000Z')
  })
})

it('a number keeps no dust of binary fractions', () => {
  expect(formatNumber(0.07, { kind: 'percent' }, false)).toBe('7%')
  expect(formatNumber(0.1 + 0.2, { kind: 'unit', before: '', after: '万元' }, false)).toBe('0.3万元')
  expect(formatNumber(0.5, { kind: 'time' }, false)).toBe('12:00:00')
})
