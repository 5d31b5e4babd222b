/** A scored pair and whether it is right. */
export interface Scored {
  score: number
  right: boolean
}

export interface Quality {
  found: number
  precision: number
  recall: number
}

/** Precision and recall of a choice of pairs against all the right ones there are. */
export function qualityOf(chosen: readonly boolean[], rightTotal: number): Quality {
  const right = chosen.filter(Boolean).length
  return {
    found: chosen.length,
    precision: chosen.length === 0 ? 0 : right / chosen.length,
    recall: rightTotal === 0 ? 0 : right / rightTotal,
  }
}

export function fMeasure(precision: number, recall: number, beta: number): number {
  const weighed = beta * beta * precision + recall
  return weighed === 0 ? 0 : ((1 + beta * beta) * precision * recall) / weighed
}

/** How far below the greatest F-measure still counts as near it: the curve is flat at its top. */
const NEAR_BEST = 0.98

/** The lowest score such that taking the pairs from it on has an F-measure near the greatest. */
export function bestThreshold(scored: readonly Scored[], rightTotal: number, beta: number): number {
  const sorted = [...scored].sort((a, b) => b.score - a.score)
  const choices: { score: number; measure: number }[] = []
  let right = 0
  sorted.forEach(({ score, right: isRight }, at) => {
    if (isRight) right += 1
    if (sorted[at + 1]?.score !== score)
      choices.push({ score, measure: fMeasure(right / (at + 1), right / rightTotal, beta) })
  })
  const greatest = Math.max(...choices.map(({ measure }) => measure))
  return Math.min(...choices.filter(({ measure }) => measure >= greatest * NEAR_BEST).map(({ score }) => score))
}

/** The lowest score such that of the pairs from it on at least this share is right. */
export function thresholdForPrecision(scored: readonly Scored[], precision: number): number {
  const sorted = [...scored].sort((a, b) => b.score - a.score)
  let right = 0
  let lowest = 1
  sorted.forEach(({ score, right: isRight }, at) => {
    if (isRight) right += 1
    if (sorted[at + 1]?.score !== score && right / (at + 1) >= precision) lowest = score
  })
  return lowest
}
