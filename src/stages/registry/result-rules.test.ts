import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ip } from './result-model.ts'
import { daysLeft, keepIp, lastDayOf, nextExpiry } from './result-rules.ts'

describe('a number of a right is kept', () => {
  it.each([
    [
      'in its one form',
      { kind: 'invention', number: 'ZL 2017 1 0601862.3' },
      { number: 'ZL201710601862.3', office: 'CN' },
    ],
    [
      'as it was written, where its check digit is wrong',
      { kind: 'invention', number: 'ZL201710601862.4' },
      { number: 'ZL201710601862.4', note: 'checksum', expected: '3' },
    ],
    [
      'as it was written, where no office builds it so',
      { kind: 'design', number: '审查中' },
      { number: '审查中', note: 'alphabet' },
    ],
    [
      'with a note, where it speaks of another right',
      { kind: 'utility_model', number: 'ZL201710601862.3' },
      { number: 'ZL201710601862.3', note: 'kind_differs', expected: 'invention' },
    ],
    [
      'with a note, where it speaks of a grant that is pending',
      { kind: 'invention', number: 'ZL201710601862.3', status: 'pending' },
      { note: 'status_differs', expected: 'granted' },
    ],
    [
      'unchecked, where no patent office gives it',
      { kind: 'software', number: '2099SR0123456' },
      { number: '2099SR0123456', note: null },
    ],
    ['as nothing, where there is none', { kind: 'trade_secret' }, { number: null, note: null }],
  ] as const)('%s', (_says, said, kept) => {
    expect(keepIp(said)).toMatchObject(kept)
  })
})

describe('what is left of a right', () => {
  it.each([
    ['2026-11-22', 0],
    ['2026-11-23', 1],
    ['2026-11-21', -1],
    ['2026-11', 8],
    ['2026', 39],
    ['2028-02', 464],
    [null, null],
  ])('%s on 22 November 2026: %s days', (expires, days) => {
    expect(daysLeft(expires, '2026-11-22')).toBe(days)
  })

  const right = (expires: string | null, status: Ip['status'] = 'granted'): Ip => ({
    kind: 'invention',
    number: null,
    status,
    expires,
    office: null,
    note: null,
    expected: null,
  })

  it.each([
    ['the nearest one ahead', [right('2030-01-01'), right('2027-05'), right('2026-01-01')], '2027-05'],
    ['a year counts to its end', [right('2026'), right('2027-01-01')], '2026'],
    ['none of those that ended', [right('2030-01-01', 'expired'), right('2031-01-01', 'withdrawn')], null],
    ['none at all', [right(null)], null],
  ])('%s', (_says, ip, expected) => {
    expect(nextExpiry(ip, '2026-11-22')).toBe(expected)
  })

  it('the last day of a partial date is never before any day in it', () => {
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.constantFrom(4, 7, 10), (day, length) => {
        const text = day.toISOString().slice(0, 10)
        const last = lastDayOf(text.slice(0, length))
        expect(last >= text).toBe(true)
        expect(last.slice(0, length)).toBe(text.slice(0, length))
        expect(new Date(last).toISOString().slice(0, 10)).toBe(last)
      }),
      { seed: 1 },
    )
  })
})
