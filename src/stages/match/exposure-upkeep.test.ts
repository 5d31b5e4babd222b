import { expect, test } from 'vitest'
import { type CountState, isCountDue } from './exposure-upkeep.ts'

// Goal: a count is taken soon after a change and once a day, never while one runs, and never for nothing.
const MINUTE = 60_000
const state = { now: 2_000 * MINUTE, openNeeds: 3, isCounting: false, last: 0, isStale: false }

test.each([
  ['the first, once a need is open', { last: null }, true],
  ['none while no need was ever open', { last: null, openNeeds: 0 }, false],
  ['one a day after the last', {}, true],
  ['none within the day where nothing has changed', { last: 1_000 * MINUTE }, false],
  ['one a quarter of an hour after the last where something has', { last: 1_985 * MINUTE, isStale: true }, true],
  ['none sooner', { last: 1_986 * MINUTE, isStale: true }, false],
  ['none while one is under way', { isCounting: true, isStale: true }, false],
  ['one after the last need was closed', { openNeeds: 0, isStale: true }, true],
  ['and none after that', { openNeeds: 0 }, false],
] as const)('due is %s', (_says, also: Partial<CountState>, expected) => {
  expect(isCountDue({ ...state, ...also })).toBe(expected)
})
