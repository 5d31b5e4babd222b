import { BESIDE, FIELD_BREAK, TITLE_WEIGHT } from '#engines/search/build.ts'
import { eachTerm } from '#engines/text/tokens.ts'
import { type Capability, variantsOf } from './capability.ts'
import { type CollectionStats, type FitParts, partsOf, tellingOf, type WeighedVariant, weigh } from './features.ts'
import { lookupOf, occurrencesIn } from './occurrences.ts'
import { FIT_THRESHOLD, INTERCEPT, NEIGHBOUR_THRESHOLD, WEIGHTED_PARTS, WEIGHTS } from './weights.ts'

export interface Fit {
  /** From 0 to 1 and comparable across capabilities: how surely the text deals with it. 0 where no word of it stands. */
  fit: number
  /** The words of one of its names stand together. */
  named: boolean
  /** What the fit is made of; null at 0. */
  parts: FitParts | null
  /** The name that fits best; null at 0. */
  name: string | null
}

export const NO_FIT: Fit = { fit: 0, named: false, parts: null, name: null }
/** A description alone makes at most a neighbour: the model was not fitted to descriptions. */
const DESCRIPTION_FIT_MAX = (NEIGHBOUR_THRESHOLD + FIT_THRESHOLD) / 2
const DESCRIPTION_SHARE_MIN = 0.5

/** A capability ready to be held against the texts of one collection. */
export interface PreparedCapability {
  names: readonly WeighedVariant[]
  descriptions: readonly WeighedVariant[]
}

export function prepareCapability(capability: Capability, stats: CollectionStats): PreparedCapability {
  return {
    names: variantsOf(capability.names).map((variant) => weigh(variant, stats)),
    descriptions: variantsOf(capability.descriptions ?? []).map((variant) => weigh(variant, stats)),
  }
}

/** The logistic of the weighted parts. */
export function fitFrom(parts: FitParts): number {
  let logOdds = INTERCEPT
  for (const part of WEIGHTED_PARTS) logOdds += WEIGHTS[part] * parts[part]
  return 1 / (1 + Math.exp(-logOdds))
}

/** No text that holds those words of a name alone fits better than this, wherever they stand in it. */
export function fitMost(weighed: WeighedVariant, isHeld: (unit: number) => boolean): number {
  const { variant, unitWeights, totalWeight, wordsCount, rarity } = weighed
  // Weak words may be missing where the others name the capability.
  if (variant.units.every(({ isWeak }, unit) => isWeak || isHeld(unit))) return 1
  const share = unitWeights.reduce((sum, weight, unit) => sum + (isHeld(unit) ? weight : 0), 0) / totalWeight
  const telling = share * tellingOf(wordsCount, rarity)
  return fitFrom({ share, strength: share, titleShare: share, together: share, telling, rarity }) + ROUNDING
}

const ROUNDING = 1e-9

/** How well a text fits a capability, the best over its names. `coverageOf` gives the same for a whole collection. */
export function fitOf(
  capability: Capability | PreparedCapability,
  document: { title?: string; text: string },
  stats: CollectionStats,
): Fit {
  const prepared = isPrepared(capability) ? capability : prepareCapability(capability, stats)
  const { order, terms, weightedLength } = readText([document.title ?? '', document.text])
  const read = { weightedLength, fieldWeights: [TITLE_WEIGHT, 1], titleField: 0 }
  return bestFit(prepared, (weighed) =>
    partsOf(weighed, occurrencesIn(order, 0, order.length, lookupOf(weighed.variant, terms)), read, stats),
  )
}

/** The best of a capability's names, and of its descriptions where no name does better. */
export function bestFit(prepared: PreparedCapability, partsFor: (weighed: WeighedVariant) => FitParts | null): Fit {
  let best = NO_FIT
  for (const weighed of prepared.names) {
    const parts = partsFor(weighed)
    if (!parts) continue
    const fit = fitFrom(parts)
    const named = parts.together === 1
    if (fit > best.fit) best = { fit, named: named || best.named, parts, name: weighed.variant.name }
    else if (named && !best.named) best = { ...best, named }
  }
  for (const weighed of prepared.descriptions) {
    const parts = partsFor(weighed)
    if (!parts || parts.share < DESCRIPTION_SHARE_MIN) continue
    const fit = Math.min(fitFrom(parts), DESCRIPTION_FIT_MAX)
    if (fit > best.fit) best = { fit, named: best.named, parts, name: weighed.variant.name }
  }
  return best
}

function isPrepared(capability: Capability | PreparedCapability): capability is PreparedCapability {
  return typeof capability.names[0] === 'object'
}

/** The reading order of one text, as an index of it alone would keep it. */
function readText(fields: readonly string[]) {
  const terms = new Map<string, number>()
  const order: number[] = []
  let weightedLength = 0
  fields.forEach((text, field) => {
    eachTerm(text, {}, (term, moves) => {
      const number = terms.get(term) ?? terms.size
      terms.set(term, number)
      order.push(moves ? number : (number | BESIDE) >>> 0)
      if (moves) weightedLength += field === 0 ? TITLE_WEIGHT : 1
    })
    order.push(FIELD_BREAK)
  })
  return { order: Uint32Array.from(order), terms, weightedLength }
}
