import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Found, lastDueDay, NOTICES_AT_ONCE_MAX, nextDueDay, noticesFor } from './rules.ts'

describe('the day on which a letter is due', () => {
  test.each([
    ['on its own day, from eight by the zone’s clock', '2026-11-23T00:00:00Z', 'Asia/Shanghai', 1, '2026-11-23'],
    ['a minute before, the week before', '2026-11-22T23:59:00Z', 'Asia/Shanghai', 1, '2026-11-16'],
    ['the day after', '2026-11-24T12:00:00Z', 'Asia/Shanghai', 1, '2026-11-23'],
    ['on Sunday, the seventh', '2026-11-22T12:00:00Z', 'Asia/Shanghai', 7, '2026-11-22'],
    ['where it is still the day before', '2026-11-23T03:00:00Z', 'America/Los_Angeles', 1, '2026-11-16'],
    ['over the end of a year', '2027-01-02T12:00:00Z', 'Asia/Shanghai', 4, '2026-12-31'],
    ['at midnight', '2026-11-22T16:00:00Z', 'Asia/Shanghai', 1, '2026-11-16'],
  ] as const)('%s', (_when, now, zone, weekday, day) => {
    expect(lastDueDay(new Date(now), zone, weekday)).toBe(day)
  })

  test('comes once in any seven days, and the next is a week later', () => {
    const times = fc.date({ min: new Date('2026-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles', 'UTC')
    fc.assert(
      fc.property(times, zones, fc.integer({ min: 1, max: 7 }), (now, zone, weekday) => {
        const last = lastDueDay(now, zone, weekday)
        expect(new Date(`${last}T00:00:00Z`).getUTCDay() || 7).toBe(weekday)
        const next = nextDueDay(now, zone, weekday)
        expect(Date.parse(next) - Date.parse(last)).toBe(7 * 86_400_000)
        expect(lastDueDay(new Date(now.getTime() + 7 * 86_400_000 + 3_600_000), zone, weekday) >= next).toBe(true)
      }),
      { seed: 20_261_122 },
    )
  })
})

describe('notices', () => {
  const found = (recordId: string, name: string, kind: Found['kind'] = 'needs'): Found => ({
    ...{ watchId: name, name, kind, recordId },
  })
  test.each([
    ['nothing new, nothing to say', [], []],
    ['one record, one watch', [found('a', 'X')], [{ about: 'watch.need', names: ['X'] }]],
    ['one record, two watches', [found('a', 'X'), found('a', 'Y')], [{ about: 'watch.need', names: ['X', 'Y'] }]],
    ['two watches of one name', [found('a', 'X'), found('a', 'X')], [{ names: ['X'] }]],
    ['two records', [found('a', 'X'), found('b', 'X')], [{ names: ['X'] }, { names: ['X'] }]],
    [
      'a need that fits and wants',
      [found('a', 'X'), found('a', 'Y', 'wanted_result')],
      [{ about: 'watch.wanted', names: ['X', 'Y'] }],
    ],
    ['one id of two kinds of record', [found('a', 'X'), found('a', 'Y', 'results')], [{}, { about: 'watch.result' }]],
    [
      'more than one reads',
      Array.from({ length: NOTICES_AT_ONCE_MAX + 1 }, (_, at) => found(String(at), 'X')),
      [{ about: 'watch.many', record: null, names: ['X'], count: NOTICES_AT_ONCE_MAX + 1 }],
    ],
  ])('%s', (_what, given, notices) => {
    expect(noticesFor(given as Found[])).toMatchObject(notices)
    expect(noticesFor(given as Found[])).toHaveLength(notices.length)
  })
})
