import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FUSION_K, fusedMost, fuseRanks } from './fuse.ts'

// Goal: ranks alone decide, every part is told, and no list is heard more than another.
const list = fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 16 })
const lists = fc.array(list, { maxLength: 4 })

test('the published sum, by hand', () => {
  expect(fuseRanks([['a', 'b'], ['b']])).toEqual([
    { id: 'b', parts: [1 / 62, 1 / 61], score: 1 / 62 + 1 / 61 },
    { id: 'a', parts: [1 / 61, 0], score: 1 / 61 },
  ])
})

test('what stands first in every list stands first and earns the most there is', () => {
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), (all) => {
      const [first] = fuseRanks(all.map((ids) => ['first', ...ids]))
      expect(first).toMatchObject({ id: 'first' })
      expect(first!.score).toBeCloseTo(fusedMost(all.length))
    }),
  )
})

test('all that stand in a list are there once, in order, and their parts add up', () => {
  fc.assert(
    fc.property(lists, (all) => {
      const fused = fuseRanks(all)
      expect(fused.map(({ id }) => id).sort()).toEqual([...new Set(all.flat())].sort())
      for (const [at, { id, parts, score }] of fused.entries()) {
        expect(score).toBeCloseTo(parts.reduce((sum, part) => sum + part, 0))
        expect(parts.map((part) => part > 0)).toEqual(all.map((ids) => ids.includes(id)))
        const next = fused[at + 1]
        if (next) expect(score > next.score || (score === next.score && id < next.id)).toBe(true)
      }
    }),
  )
})

test('one list keeps its order, and the order of the lists changes no score', () => {
  fc.assert(
    fc.property(list, list, (one, two) => {
      expect(fuseRanks([one]).map(({ id }) => id)).toEqual(one)
      const scores = (all: string[][]) => new Map(fuseRanks(all).map(({ id, score }) => [id, score]))
      const [there, back] = [scores([one, two]), scores([two, one])]
      for (const [id, score] of there) expect(back.get(id)).toBeCloseTo(score, 12)
    }),
  )
})

test('a better rank in one list and the same in the others never lowers the place', () => {
  fc.assert(
    fc.property(list, list, fc.nat(), (one, two, pick) => {
      fc.pre(one.length > 1)
      const at = 1 + (pick % (one.length - 1))
      const id = one[at]!
      const raised = one.with(at, one[at - 1]!).with(at - 1, id)
      const scoreOf = (all: string[][]) => fuseRanks(all).find((found) => found.id === id)!.score
      expect(scoreOf([raised, two])).toBeGreaterThan(scoreOf([one, two]))
    }),
  )
})

test('the constant is the published one', () => {
  expect(FUSION_K).toBe(60)
})
