import { type Desk, FEATURES, type FeatureName, type Rated, rate, WIDTH } from './features.ts'
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
  return gainsAmong(
    desk,
    rate(desk, question, { perSource: 0, only: [...desk.everyone, number] }),
    question,
    model,
  )(organisation)
}

/** The same for many organisations of one question, of which everybody was rated once. Empty for who is not among the rated. */
export function gainsAmong(
  { history }: Pick<Desk, 'history'>,
  { candidates, features }: Rated,
  question: PartnerQuestion,
  model: PartnersModel,
): (organisation: string) => Gain[] {
  const given = new Set(question.given.map((id) => history.organisations.find(id)))
  const scores = Float64Array.from(candidates, (_, at) => scoreOf(model.onMerit, features, at * WIDTH))
  // One more than the ten, since the one asked for may be among them.
  const best = [...candidates.keys()]
    .filter((at) => !given.has(candidates[at]!))
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, BEST_COUNT + 1)
  return (organisation) => {
    const number = history.organisations.find(organisation)
    const place = number === undefined ? -1 : candidates.indexOf(number)
    if (place < 0) return []
    const row = features.slice(place * WIDTH, (place + 1) * WIDTH)
    const ahead = best.filter((at) => at !== place).slice(0, BEST_COUNT)
    return RAISABLE_FEATURES.flatMap((feature) => {
      const column = FEATURES.indexOf(feature)
      const values = ahead.map((at) => features[at * WIDTH + column]!).sort((a, b) => a - b)
      const now = row[column]!
      const step = ONE_PROJECT_MORE[feature]?.(now) ?? Number.POSITIVE_INFINITY
      const wanted = Math.min(values[values.length >> 1] ?? 0, step)
      if (wanted <= now) return []
      const raised = row.slice()
      raised[column] = wanted
      const gain = scoreOf(model.onMerit, raised, 0) - scores[place]!
      return gain > 0 ? [{ feature, now, wanted, gain }] : []
    }).sort((a, b) => b.gain - a.gain || (a.feature < b.feature ? -1 : 1))
  }
}
