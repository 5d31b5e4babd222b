/**
 * Written by `bench/coverage/calibrate.ts --write`: a logistic regression (ridge 1) on projects and the titles of
 * their EuroSciVoc fields, one half of the fields. SHA-256 of the texts and tags, joined: cbb76e51a4f5095fc786634694e0e028…
 */

/** The parts that the fit is made of. */
export const WEIGHTED_PARTS = ['strength', 'titleShare', 'together', 'telling', 'rarity'] as const

export const INTERCEPT = -7.71
export const WEIGHTS: { readonly [part in (typeof WEIGHTED_PARTS)[number]]: number } = {
  strength: 1.85,
  titleShare: 1.59,
  together: 1.93,
  telling: 2.18,
  rarity: 3.19,
}

/** From this fit on a text is evidence for a capability: lowest with an F0.5 near the best on unseen fields. */
export const FIT_THRESHOLD = 0.256
/** From this fit on a text is from a neighbouring field: half or more carry it or one next to it. */
export const NEIGHBOUR_THRESHOLD = 0.113
