import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { LIKELIHOOD_SPAN, likelihoodsOf } from './likelihood.ts'

describe('How likely candidates are', () => {
  it.each([
    ['the best has 1, and half the span less is half', [2, 2 - LIKELIHOOD_SPAN / 2], [1, 0.5]],
    ['nobody has less than nought', [0, -LIKELIHOOD_SPAN, -100], [1, 0, 0]],
    ['equals have the same', [-3, -3], [1, 1]],
    ['nobody, of nobody', [], []],
  ])('%s', (_, scores, likelihoods) => {
    expect([...likelihoodsOf(scores)]).toEqual(likelihoods)
  })

  test('stand in the order of their scores, from 0 to 1, and differ as the scores do', () => {
    const scores = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(scores, (list) => {
        const likelihoods = likelihoodsOf(list)
        const best = Math.max(...list)
        list.forEach((score, at) => {
          expect(likelihoods[at]).toBeGreaterThanOrEqual(0)
          expect(likelihoods[at]).toBeLessThanOrEqual(1)
          if (best - score < LIKELIHOOD_SPAN)
            expect(Math.abs((1 - likelihoods[at]!) * LIKELIHOOD_SPAN - (best - score))).toBeLessThan(0.01)
        })
      }),
      { seed: 20_261_122 },
    )
  })
})
