import { describe, expect, it } from 'vitest'
import { FIT_THRESHOLD, INTERCEPT, NEIGHBOUR_THRESHOLD, WEIGHTED_PARTS, WEIGHTS } from '#engines/coverage/weights.ts'
import { calibrate, fitOfPair } from './calibrate.ts'
import { dot, fitLogistic, logistic } from './logistic.ts'
import { bestThreshold, fMeasure, qualityOf, thresholdForPrecision } from './measures.ts'
import { readPairs } from './pairs.ts'

describe('the calibration of coverage', () => {
  const halves = readPairs()

  it('gives the constants that the engine holds', ({ skip }) => {
    if (!halves) return skip('the shared data does not stand here')
    const { intercept, weights, fitThreshold, neighbourThreshold } = calibrate(halves[0])
    expect(intercept).toBeCloseTo(INTERCEPT, 1)
    for (const [at, part] of WEIGHTED_PARTS.entries()) expect(weights[at]).toBeCloseTo(WEIGHTS[part], 1)
    expect(fitThreshold).toBeCloseTo(FIT_THRESHOLD, 2)
    expect(neighbourThreshold).toBeCloseTo(NEIGHBOUR_THRESHOLD, 2)
  })

  it('is twice as sure above the threshold as a name in passing, on the half that did not set it', ({ skip }) => {
    if (!halves) return skip('the shared data does not stand here')
    const { pairs, carried } = halves[1]
    const precisionOf = (chosen: typeof pairs) =>
      qualityOf(
        chosen.map(({ carries }) => carries),
        carried,
      ).precision
    const above = precisionOf(pairs.filter((pair) => fitOfPair(pair) >= FIT_THRESHOLD))
    expect(above).toBeGreaterThan(0.45)
    expect(above).toBeGreaterThan(1.8 * precisionOf(pairs.filter(({ named }) => named)))
  })
})

describe('logistic regression', () => {
  it('finds the odds of each group', () => {
    const inputs = [...Array<number[]>(4).fill([1, 0]), ...Array<number[]>(4).fill([1, 1])]
    const outcomes = [true, false, false, false, true, true, true, false]
    const weights = fitLogistic(inputs, outcomes, 0)
    expect(logistic(dot(weights, [1, 0]))).toBeCloseTo(0.25, 9)
    expect(logistic(dot(weights, [1, 1]))).toBeCloseTo(0.75, 9)
  })
})

describe('thresholds', () => {
  const scored = [0.9, 0.8, 0.7, 0.6, 0.5].map((score, at) => ({ score, right: at !== 1 && at < 4 }))
  it('take the best F-measure', () => {
    expect(bestThreshold(scored, 3, 1)).toBe(0.6)
    expect(bestThreshold(scored, 100, 0)).toBe(0.9)
  })

  it('take the lowest score that keeps a precision', () => {
    expect(thresholdForPrecision(scored, 0.75)).toBe(0.6)
    expect(thresholdForPrecision(scored, 1)).toBe(0.9)
  })

  it('weigh precision and recall', () => {
    expect(fMeasure(0.5, 0.5, 0.5)).toBe(0.5)
    expect(fMeasure(0, 0, 1)).toBe(0)
  })
})
