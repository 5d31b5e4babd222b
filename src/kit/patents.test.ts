import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPatent } from './patents.ts'

describe('a patent number is understood', () => {
  it.each([
    ['ZL 2017 1 0601862.3', { value: 'ZL201710601862.3', office: 'CN', stage: 'grant', right: 'invention' }],
    ['zl2017106018623', { value: 'ZL201710601862.3', office: 'CN', stage: 'grant', right: 'invention' }],
    [
      '专利号：ＺＬ２０１７１０６０１８６２．３',
      { value: 'ZL201710601862.3', office: 'CN', stage: 'grant', right: 'invention' },
    ],
    ['201710601862.3', { value: 'CN201710601862.3', office: 'CN', stage: 'application', right: 'invention' }],
    ['CN201710601862A', { value: 'CN201710601862.3', office: 'CN', stage: 'application', right: 'invention' }],
    ['ZL95115608.X', { value: 'ZL95115608.X', office: 'CN', stage: 'grant', right: 'invention' }],
    ['97101765.4', { value: 'CN97101765.4', office: 'CN', stage: 'application', right: 'invention' }],
    ['CN107451789B', { value: 'CN107451789B', office: 'CN', stage: 'grant' }],
    ['CN 107451789 A', { value: 'CN107451789A', office: 'CN', stage: 'publication' }],
    ['CN207451789U', { value: 'CN207451789U', office: 'CN', stage: 'grant' }],
    ['EP 1 234 567 B1', { value: 'EP1234567B1', office: 'EP', stage: 'grant' }],
    ['EP1234567A2', { value: 'EP1234567A2', office: 'EP', stage: 'publication' }],
    ['EP 12345678.9', { value: 'EP12345678.9', office: 'EP', stage: 'application' }],
    ['US 10,123,456 B2', { value: 'US10123456B2', office: 'US', stage: 'grant' }],
    ['US D123456 S1', { value: 'USD123456S1', office: 'US', stage: 'grant', right: 'design' }],
    ['US 2019/0123456 A1', { value: 'US20190123456A1', office: 'US', stage: 'publication', right: 'invention' }],
    ['US2019123456A1', { value: 'US20190123456A1', office: 'US', stage: 'publication', right: 'invention' }],
    ['US 16/123,456', { value: 'US16/123456', office: 'US', stage: 'application' }],
    ['WO 2019/123456 A1', { value: 'WO2019123456A1', office: 'WO', stage: 'publication', right: 'invention' }],
    ['WO99/12345', { value: 'WO9912345', office: 'WO', stage: 'publication', right: 'invention' }],
    ['PCT/CN2019/123456', { value: 'PCT/CN2019/123456', office: 'WO', stage: 'application', right: 'invention' }],
    ['JP2019-123456A', { value: 'JP2019123456A', office: 'JP' }],
  ])('%s', (written, expected) => {
    expect(checkPatent(written)).toEqual(expected)
  })
})

describe('a patent number is refused', () => {
  it.each([
    ['ZL201710601862.4', { rule: 'checksum', expected: '3' }],
    ['ZL95115608.1', { rule: 'checksum', expected: 'X' }],
    ['ZL199910601862.3', { rule: 'format' }],
    ['ZL201740601862.3', { rule: 'format' }],
    ['ZL20171060186', { rule: 'format' }],
    ['CN101234567', { rule: 'format' }],
    ['EP123456', { rule: 'format' }],
    ['US12345', { rule: 'format' }],
    ['WO2019/12345', { rule: 'format' }],
    ['AB12', { rule: 'format' }],
    ['审查中', { rule: 'alphabet' }],
    ['', { rule: 'length' }],
  ])('%s', (written, expected) => {
    expect(checkPatent(written)).toEqual(expected)
  })
})

it('the check digit notices every single wrong digit of the serial number', () => {
  const numbers = fc.tuple(
    fc.integer({ min: 2003, max: 2099 }),
    fc.constantFrom(1, 2, 3, 8, 9),
    fc.nat({ max: 9_999_999 }),
  )
  fc.assert(
    fc.property(numbers, fc.nat({ max: 6 }), fc.integer({ min: 1, max: 9 }), ([year, right, serial], at, step) => {
      const digits = `${year}${right}${String(serial).padStart(7, '0')}`
      const checked = checkPatent(digits)
      expect(checked).toHaveProperty('value')
      const { value } = checked as { value: string }
      expect(checkPatent(value)).toEqual(checked)
      const place = 'CN'.length + '20171'.length + at
      const wrong = String((Number(value.charAt(place)) + step) % 10)
      expect(checkPatent(value.slice(0, place) + wrong + value.slice(place + 1))).toMatchObject({ rule: 'checksum' })
    }),
    { seed: 1 },
  )
})
