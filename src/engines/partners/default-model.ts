import completing from './default-completing.json' with { type: 'json' }
import opening from './default-opening.json' with { type: 'json' }
import type { FeatureName } from './features.ts'
import type { PartnersModel, QuestionForm } from './learn.ts'
import type { Scorer } from './scorer.ts'

/**
 * Learned from public records by `bench/partners/default.ts`: `completing` from Horizon 2020 (no texts), `opening` from
 * projects with texts. For records that hold too little to learn from; each says what it was learned from and by when.
 */
export function defaultModel({ form, withTexts }: { form: QuestionForm; withTexts: boolean }): PartnersModel {
  return (form === 'opening' || withTexts ? opening : completing) as PartnersModel
}

const PLAIN_MERIT: readonly [FeatureName, number][] = [
  ['textSum', 2],
  ['textBest', 1],
  ['named', 1],
  ['countryNamed', 1],
  ['nameInPart', 0.3],
  ['partActivity', 0.5],
  ['activity', 0.4],
]
const PLAIN_HISTORY: readonly [FeatureName, number][] = [
  ...PLAIN_MERIT,
  ['likeConsortium', 0.5],
  ['walkOne', 0.2],
  ['nearBest', 1],
]

/** Weights set by hand, for a day before which no model can have learned. */
export function plainModel(before: string, form: QuestionForm): PartnersModel {
  return {
    format: 'consortia-partners-1',
    learnedBefore: before,
    dataHash: '',
    form,
    examples: 0,
    withHistory: plainScorer(PLAIN_HISTORY),
    onMerit: plainScorer(PLAIN_MERIT),
  }
}

function plainScorer(weights: readonly [FeatureName, number][]): Scorer {
  return {
    features: weights.map(([feature]) => feature),
    usual: weights.map(() => 0),
    spread: weights.map(() => 1),
    weight: weights.map(([, weight]) => weight),
    trees: [],
  }
}
