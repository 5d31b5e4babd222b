import { expect, it } from 'vitest'
import { measureSet } from './measure.ts'
import { readSet } from './sets.ts'

/** A little below what the README says, so that a broken tokeniser shows and a small change does not. */
const FLOORS = [
  ['csl', 0.965, 0.99],
  ['ir/cranfield', 0.43, 0.75],
  ['horizon-texts', 0.54, 0.71],
] as const

it.for(FLOORS)('search reaches on %s at least nDCG@10 %d and R@100 %d', ([name, gainFloor, recallFloor], { skip }) => {
  const set = readSet(name)
  if (!set) return skip('the shared data does not stand here')
  const { gain10, recall100 } = measureSet(set)
  expect(gain10).toBeGreaterThan(gainFloor)
  expect(recall100).toBeGreaterThan(recallFloor)
})
