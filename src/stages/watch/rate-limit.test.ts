import { expect, test } from 'vitest'
import { RateLimit } from './rate-limit.ts'

// Goal: one address, and all of them together, are served so often within a window and no more, whoever guesses.
const bounds = { eachMax: 2, allMax: 5, windowMs: 60_000, countedMax: 3 }
const hits = (limit: RateLimit, asked: readonly (readonly [string, number])[]) =>
  asked.map(([address, now]) => limit.count(address, now)?.hit ?? null)

test.each([
  [
    'the third request for one address',
    [
      ['a', 0],
      ['a', 1],
      ['a', 2],
      ['b', 3],
    ],
    [null, null, 'each', null],
  ],
  [
    'the sixth request in all',
    [
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
      ['e', 4],
      ['f', 5],
    ],
    [null, null, null, null, null, 'all'],
  ],
  [
    'nothing once the window is over',
    [
      ['a', 0],
      ['a', 1],
      ['a', 60_000],
    ],
    [null, null, null],
  ],
  [
    'nothing by a clock that was set back',
    [
      ['a', 90_000],
      ['a', 90_001],
      ['a', 0],
      ['a', 1],
      ['a', 2],
    ],
    [null, null, null, null, 'each'],
  ],
  [
    'nothing where an address was forgotten for others',
    [
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
      ['a', 4],
    ],
    [null, null, null, null, null],
  ],
] as const)('it refuses %s', (_says, asked, expected) => {
  expect(hits(new RateLimit(bounds), asked)).toEqual(expected)
})

test('it says how long the window still lasts', () => {
  const limit = new RateLimit(bounds)
  for (const now of [0, 1_000]) limit.count('a', now)
  expect(limit.count('a', 15_500)).toEqual({ hit: 'each', limit: 2, retrySeconds: 45 })
})
