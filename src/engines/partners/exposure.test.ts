import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundExposure, capExposure, measureExposure, reserveSeats } from './exposure.ts'

const everyone = ['a', 'b', 'c', 'd', 'e', 'f']
const lists = ['q1', 'q2', 'q3', 'q4'].map((question) => ({ question, ranked: everyone }))

describe('exposure', () => {
  it.each([
    [
      'all shown alike',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      ['a', 'b', 'c', 'd'],
      { coverage: 1, gini: 0, greatestShare: 0.25 },
    ],
    [
      'one of four always shown',
      [['a'], ['a']],
      ['a', 'b', 'c', 'd'],
      { coverage: 0.25, gini: 0.75, greatestShare: 1 },
    ],
    ['nothing shown', [], ['a'], { coverage: 0, gini: 0, greatestShare: 0 }],
  ])('%s', (_says, shown, organisations, expected) => {
    const ranked = shown.map((list, at) => ({ question: `q${at}`, ranked: list }))
    expect(measureExposure(ranked, organisations, 2)).toEqual(expected)
  })

  it('is kept within a bound, and says where it can not be', () => {
    const bounded = boundExposure(lists, everyone, { k: 2, giniMax: 0.4 })
    expect(bounded).toMatchObject({ isMet: true, listsMax: 2 })
    expect(bounded.gini).toBeLessThanOrEqual(0.4)
    expect(boundExposure(lists, everyone, { k: 2, giniMax: 1 }).lists.map(({ ranked }) => ranked)).toEqual(
      lists.map(() => ['a', 'b']),
    )
    expect(boundExposure(lists, [...everyone, ...'ghijklmnop'], { k: 2, giniMax: 0.1 }).isMet).toBe(false)
  })
})

describe('seats for newcomers', () => {
  const isNewcomer = (one: string) => one >= 'd'
  it.each([
    [0, ['a', 'b', 'c', 'd', 'e', 'f']],
    [1, ['a', 'b', 'd', 'c', 'e', 'f']],
    [2, ['a', 'd', 'e', 'b', 'c', 'f']],
    [9, ['d', 'e', 'f', 'a', 'b', 'c']],
  ])('%i of three places', (seats, expected) => {
    expect(reserveSeats(everyone, isNewcomer, { k: 3, seats })).toEqual(expected)
  })
})

it('any cap and any seats keep who is ranked, within the bound', () => {
  const some = fc.uniqueArray(
    fc.integer({ min: 0, max: 30 }).map((number) => `o${number}`),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(
      fc.array(some, { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 8 }),
      (shown, listsMax, k, seats) => {
        const asked = shown.map((ranked, at) => ({ question: `q${at}`, ranked }))
        const capped = capExposure(asked, { k, listsMax })
        const times = new Map<string, number>()
        for (const { ranked } of capped) for (const one of ranked) times.set(one, (times.get(one) ?? 0) + 1)
        expect(Math.max(0, ...times.values())).toBeLessThanOrEqual(listsMax)
        for (const ranked of shown) {
          const newcomer = (one: string) => one.length === 3
          const seated = reserveSeats(ranked, newcomer, { k, seats })
          expect([...seated].sort()).toEqual([...ranked].sort())
          const there = ranked.filter(newcomer).length
          expect(seated.slice(0, k).filter(newcomer).length).toBeGreaterThanOrEqual(Math.min(seats, k, there))
        }
      },
    ),
    { seed: 7 },
  )
})
