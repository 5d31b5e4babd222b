import { expect, it } from 'vitest'
import { recallAcross } from './languages.ts'
import { measureSet } from './measure.ts'
import { readSet } from './sets.ts'

/** A little below what the README says, so that a broken tokeniser shows and a small change does not. */
const FLOORS = [
  ['csl', 0.967, 0.99],
  ['ir/cranfield', 0.48, 0.81],
  ['ir/med', 0.735, 0.89],
  ['ir/cacm', 0.51, 0.7],
  ['horizon-texts', 0.57, 0.73],
] as const

it.for(FLOORS)(
  'search reaches on %s at least nDCG@10 %d and R@100 %d',
  async ([name, gainFloor, recallFloor], { skip }) => {
    const set = readSet(name)
    if (!set) return skip('the shared data does not stand here')
    const { gain10, recall100 } = await measureSet(set)
    expect(gain10).toBeGreaterThan(gainFloor)
    expect(recall100).toBeGreaterThan(recallFloor)
  },
)

it('a Chinese question finds English texts by pairs learnt from other records', () => {
  const [without, learnt] = [false, true].map((learn) => recallAcross(10, { learn, folds: 3 }).recall)
  expect(learnt).toBeGreaterThan(0.9)
  expect(learnt).toBeGreaterThan(2 * without!)
})
