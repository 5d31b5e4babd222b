import type { FeatureName } from '#engines/partners/features.ts'
import type { Contribution } from '#engines/partners/scorer.ts'
import type { PartnerFacts } from './partners-facts.ts'
import { PARTNER_REASONS, PARTNER_REASONS_SHOWN, type PartnerReason, type PartnerReasonKind } from './partners-model.ts'

/** Which of the engine's features a reason speaks for. What stands in none (a name's words) is in the score and not told. */
const TELLS: Readonly<Record<PartnerReasonKind, readonly FeatureName[]>> = {
  shared: ['shared', 'sharedFresh', 'sharedInPart', 'strongest', 'cosine', 'surprise', 'lastTogether'],
  known: ['known'],
  together: ['likeConsortium', 'bestConsortium'],
  common: ['walkOne', 'walkTwo', 'walkThree', 'nearBest', 'nearSum', 'nearDirect'],
  experience: ['activity', 'lastYear', 'idleYears', 'leads'],
  part: ['partActivity', 'partAbove', 'partShare', 'partLike', 'partProfile'],
  size: ['sizeGap', 'logSize'],
  country: ['countryInPart', 'countryAmong', 'countryTogether'],
  place: ['distance'],
  texts: ['textBest', 'textSum', 'textMean'],
  named: ['named'],
  countryTexts: ['countryNamed', 'countryNear'],
}
/** Of a name's telling words so much must stand in the text before we say that the text names it. */
const NAMED_MIN = 0.75
const POINTS_MIN = 0.005

/** Where more than so many are from one country, being from there tells nobody apart. */
const HOME_SHARE_MAX = 0.5

/** The strongest reasons: those that raise the score, and of which there is something to tell. Equal ones in their fixed order. */
export function reasonsOf(contributions: readonly Contribution[], facts: PartnerFacts, given: number): PartnerReason[] {
  const by = new Map(contributions.map((one) => [one.feature, one]))
  const figureOf = (feature: FeatureName) => by.get(feature)?.value ?? 0
  return PARTNER_REASONS.flatMap((kind) => {
    const points = TELLS[kind].reduce((sum, feature) => sum + (by.get(feature)?.weight ?? 0), 0)
    const told = points < POINTS_MIN ? null : factsOf(kind, facts, given, figureOf)
    return told ? [{ kind, points: rounded(points), facts: told }] : []
  })
    .sort((a, b) => b.points - a.points || PARTNER_REASONS.indexOf(a.kind) - PARTNER_REASONS.indexOf(b.kind))
    .slice(0, PARTNER_REASONS_SHOWN)
}

/** What is to be said of it; null where it would say nothing, or nothing true. */
function factsOf(
  kind: PartnerReasonKind,
  facts: PartnerFacts,
  given: number,
  figureOf: (feature: FeatureName) => number,
): PartnerReason['facts'] | null {
  switch (kind) {
    case 'shared':
      return facts.shared ? { projects: facts.shared, last: facts.sharedLast } : null
    case 'known':
      return facts.known ? { known: facts.known, given } : null
    case 'together':
      return facts.together > 1 ? { together: facts.together } : null
    case 'common':
      return facts.common ? { common: facts.common } : null
    case 'experience':
      return facts.projects ? { projects: facts.projects, last: facts.projectsLast } : null
    case 'part':
      return facts.part ? { part: facts.part, projects: facts.partProjects } : null
    case 'size':
      return facts.projects ? { members: Math.round(Math.exp(figureOf('logSize'))), given } : null
    case 'country':
      return facts.sameCountry && facts.countryShare <= HOME_SHARE_MAX ? { same: facts.sameCountry, given } : null
    case 'place':
      return figureOf('distance') >= 0 ? { km: Math.round(Math.expm1(figureOf('distance'))) } : null
    case 'texts':
      return figureOf('textBest') > 0 ? { best: rounded(figureOf('textBest')) } : null
    case 'named':
      return figureOf('named') >= NAMED_MIN ? {} : null
    case 'countryTexts':
      return figureOf('countryNear') > 0 && facts.countryShare <= HOME_SHARE_MAX
        ? { share: rounded(figureOf('countryNear')) }
        : null
  }
}

/** To thousandths, as answers tell figures. */
export const rounded = (value: number): number => Number(value.toFixed(3))
