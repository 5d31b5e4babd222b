/**
 * So many units of a score lie between likelihood 1 and 0. A score is a logit (`scorer.ts`), so who is at 0 has at most
 * 1/3000 of the odds of the likeliest.
 */
export const LIKELIHOOD_SPAN = 8
const DIGITS = 1_000

/**
 * How likely each is to join, from 0 to 1 on a scale of logarithms: 1 for the best of the scores of one question, less by
 * 1/`LIKELIHOOD_SPAN` for each unit of the score, in thousandths. So sums of it order teams as products of odds do.
 */
export function likelihoodsOf(scores: ArrayLike<number>): Float64Array {
  let best = Number.NEGATIVE_INFINITY
  for (let at = 0; at < scores.length; at += 1) best = Math.max(best, scores[at]!)
  return Float64Array.from(scores, (score) => {
    const likelihood = Math.max(0, 1 - (best - score) / LIKELIHOOD_SPAN)
    return Math.round(likelihood * DIGITS) / DIGITS
  })
}
