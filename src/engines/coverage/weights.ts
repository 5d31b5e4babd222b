import type { FitParts } from './features.ts'

/** The logistic model of the fit: the log-odds that a text deals with a capability. */
export const WEIGHTS: { readonly intercept: number } & { readonly [part in keyof FitParts]: number } = {
  intercept: -8,
  share: 2,
  strength: 4,
  titleShare: 1.5,
  together: 1,
  togetherInTitle: 0.5,
  rarity: 3,
}

/** From this fit on a text is evidence for a capability, named or not. */
export const FIT_THRESHOLD = 0.5
/** From this fit on a text is from a neighbouring field. */
export const NEIGHBOUR_THRESHOLD = 0.2
