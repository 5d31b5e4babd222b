import { type Desk, FEATURES, type FeatureName, rate, WIDTH } from './features.ts'
import type { PartnersModel } from './learn.ts'
import { scoreOf } from './scorer.ts'
import type { PartnerQuestion } from './types.ts'

/** What an organisation can change about itself; where it lies and what it is called are not among it. */
export const RAISABLE_FEATURES = [
  'textBest',
  'textSum',
  'textMean',
  'partActivity',
  'partShare',
  'partLike',
  'partProfile',
  'activity',
  'lastYear',
  'leads',
] as const satisfies readonly FeatureName[]

/** How much the score on merit would rise if a feature were as wanted; figures in the terms that features have them in. */
export interface Gain {
  readonly feature: (typeof RAISABLE_FEATURES)[number]
  readonly now: number
  readonly wanted: number
  readonly gain: number
}

const BEST_COUNT = 10

/** What one more project of today would make of a figure, in the terms that features have them in. */
const ONE_PROJECT_MORE: { readonly [feature in Gain['feature']]?: (now: number) => number } = {
  activity: (now) => Math.log1p(Math.expm1(now) + 1),
  lastYear: (now) => Math.log1p(Math.expm1(now) + 1),
  partActivity: (now) => Math.log1p(Math.expm1(now) + 2),
}

/**
 * What would raise an organisation's score on merit for a question, the greatest gain first: each feature by itself, brought
 * to the middle of the ten that rank best on merit, but by no more than one project. Empty for an organisation that nobody has heard of.
 */
export function findGains(desk: Desk, question: PartnerQuestion, model: PartnersModel, organisation: string): Gain[] {
  const number = desk.history.organisations.find(organisation)
  if (number === undefined) return []
  const { candidates, features } = rate(desk, question, { perSource: 0, only: [...desk.everyone, number] })
  const place = candidates.indexOf(number)
  const row = features.slice(place * WIDTH, (place + 1) * WIDTH)
  const score = scoreOf(model.onMerit, row, 0)
  const given = new Set(question.given.map((id) => desk.history.organisations.find(id)))
  const best = [...candidates.keys()]
    .filter((at) => at !== place && !given.has(candidates[at]!))
    .map((at) => ({ at, score: scoreOf(model.onMerit, features, at * WIDTH) }))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, BEST_COUNT)
  return RAISABLE_FEATURES.flatMap((feature) => {
    const column = FEATURES.indexOf(feature)
    const values = best.map(({ at }) => features[at * WIDTH + column]!).sort((a, b) => a - b)
    const now = row[column]!
    const step = ONE_PROJECT_MORE[feature]?.(now) ?? Number.POSITIVE_INFINITY
    const wanted = Math.min(values[values.length >> 1] ?? 0, step)
    if (wanted <= now) return []
    const raised = row.slice()
    raised[column] = wanted
    const gain = scoreOf(model.onMerit, raised, 0) - score
    return gain > 0 ? [{ feature, now, wanted, gain }] : []
  }).sort((a, b) => b.gain - a.gain || (a.feature < b.feature ? -1 : 1))
}
