import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshnessOf, joinSteps, type Meeting, strongestBridges } from './paths.ts'

// Goal: paths of two steps are those that the projects bear out, by the strongest bridge, and none to whom one has met.
const NOW = 2024
const met = (from: string, to: string, projects = 1, last: number | null = NOW): Meeting => ({
  from,
  to,
  projects,
  last,
})

test.each([
  ['the last year', 2024, 1],
  ['two years before', 2022, 0.5],
  ['a year after the last', 2025, 1],
  ['a year that is not known', null, 0.5],
] as const)('%s counts %s', (_says, last, freshness) => {
  expect(freshnessOf(last, NOW)).toBeCloseTo(freshness)
})

test('bridges are those met often and lately, and not everybody’s partner', () => {
  const degrees = new Map([
    ['hub', 400],
    ['near', 4],
    ['old', 4],
    ['rare', 1],
  ])
  const first = [met('a', 'hub', 6), met('a', 'near', 2), met('a', 'old', 2, 2016), met('a', 'rare')]
  expect(strongestBridges(first, { degrees, now: NOW, countMax: 3 })).toEqual(['near', 'rare', 'hub'])
})

test('a path names its strongest bridge, counts all, and is as old as its older step', () => {
  const first = [met('a', 'b', 3), met('a', 'c', 1, 2022)]
  const second = [met('b', 'x', 2, 2023), met('c', 'x', 4)]
  expect(joinSteps(first, second, NOW)).toEqual([
    { from: 'a', through: 'b', to: 'x', projects: 2, last: 2023, bridges: 2, strength: expect.closeTo(0.638, 3) },
  ])
})

test('nobody is reached by a path who was met directly, is asked for, or is the bridge itself', () => {
  const first = [met('a', 'b'), met('a', 'x'), met('d', 'b')]
  const second = [met('b', 'x'), met('b', 'a'), met('b', 'd'), met('b', 'b')]
  expect(joinSteps(first, second, NOW).map(({ from, to }) => [from, to])).toEqual([['d', 'x']])
})

test('whatever was met, strength stays from 0 to 1 and the order of the steps changes nothing', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const meeting = fc.record({
    from: ids,
    to: ids,
    projects: fc.integer({ min: 1, max: 9 }),
    last: fc.option(fc.integer({ min: 2000, max: NOW })),
  })
  const unique = fc.uniqueArray(meeting, { selector: ({ from, to }) => `${from} ${to}` })
  fc.assert(
    fc.property(unique, unique, (first, second) => {
      const paths = joinSteps(first, second, NOW)
      for (const { strength } of paths) {
        expect(strength).toBeGreaterThan(0)
        expect(strength).toBeLessThanOrEqual(1)
      }
      const turned = joinSteps([...first].reverse(), [...second].reverse(), NOW)
      const key = ({ from, to, through, bridges }: (typeof paths)[number]) => [from, to, through, bridges].join(' ')
      expect(turned.map(key).sort()).toEqual(paths.map(key).sort())
    }),
    { seed: 11 },
  )
})
