import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packVector, VectorTable } from './vectors.ts'

// Goal: packed vectors keep the order of nearness, and the table gives what looking at each by itself gives.
const DIMENSIONS = 24
const vectors = fc.array(
  fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
    .filter((numbers) => numbers.some((number) => number !== 0)),
  { minLength: 1, maxLength: 40 },
)
const unit = (numbers: readonly number[]) => {
  const length = Math.hypot(...numbers)
  return Float32Array.from(numbers, (number) => number / length)
}
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let dot = 0
  for (let at = 0; at < a.length; at += 1) dot += a[at]! * b[at]!
  return dot / Math.hypot(...Array.from(a)) / Math.hypot(...Array.from(b))
}
/** Rounding to 254 steps moves a cosine of so many dimensions by no more. */
const ERROR_MAX = 0.02

test('a packed vector points where it pointed', () => {
  fc.assert(
    fc.property(vectors, (all) => {
      for (const numbers of all) expect(cosine(packVector(unit(numbers)), numbers)).toBeGreaterThan(1 - ERROR_MAX)
    }),
  )
})

test('the nearest are those that a search of each by itself finds, equal ones by key', () => {
  fc.assert(
    fc.property(vectors, fc.integer({ min: 0, max: 50 }), (all, k) => {
      const table = new VectorTable(DIMENSIONS)
      for (const [at, numbers] of all.entries()) table.put(`k${at}`, packVector(unit(numbers)))
      const query = unit(all[0]!)
      const { near, count, mean } = table.nearest(query, k)
      const plain = all.map((numbers, at) => ({ key: `k${at}`, cosine: cosine(packVector(unit(numbers)), query) }))
      expect(count).toBe(all.length)
      expect(near).toHaveLength(Math.min(k, all.length))
      expect(mean).toBeCloseTo(plain.reduce((sum, one) => sum + one.cosine, 0) / all.length)
      for (const [at, { key, cosine: found }] of near.entries()) {
        expect(found).toBeCloseTo(plain.find((one) => one.key === key)!.cosine)
        const next = near[at + 1]
        if (next) expect(found > next.cosine || (found === next.cosine && key < next.key)).toBe(true)
      }
      const least = near.at(-1)?.cosine ?? Number.POSITIVE_INFINITY
      const named = new Set(near.map(({ key }) => key))
      for (const one of plain) if (!named.has(one.key)) expect(one.cosine).toBeLessThanOrEqual(least + 1e-9)
    }),
  )
})

test('a vector put again takes the place of the old one; one of other dimensions is left out', () => {
  const table = new VectorTable(2)
  table.put('a', packVector(unit([1, 0])), 'first')
  table.put('a', packVector(unit([0, 1])), 'second')
  table.put('b', packVector(unit([1, 1, 1])))
  expect(table.size).toBe(1)
  expect(table.tagOf('a')).toBe('second')
  expect(table.tagOf('b')).toBeUndefined()
  expect(table.nearest(unit([0, 1]), 5).near).toEqual([{ key: 'a', cosine: 1 }])
  expect(table.nearest(unit([0, 1, 0]), 5)).toEqual({ near: [], count: 0, mean: 0, deviation: 0 })
})
