import { inverseDocumentFrequency, lengthNorm, saturation } from '#engines/search/bm25.ts'
import { B, K1 } from '#engines/search/build.ts'
import type { NameVariant } from './capability.ts'
import { type Occurrence, shortestWindow } from './occurrences.ts'

/** What is counted in the collection, against which a text is judged. */
export interface CollectionStats {
  documentsCount: number
  /** Weighted terms of a document, on average. */
  averageLength: number
  documentFrequency(term: string): number
}

/** What the fit is made of, each from 0 to 1. */
export interface FitParts {
  /** Share of the name's words that the text holds, each counted by how telling it is. */
  share: number
  /** The same with each word counted by how often the text says it, for its length. */
  strength: number
  /** The same for the title alone. */
  titleShare: number
  /** The words stand together somewhere, in any order. */
  together: number
  /** They stand together in the title. */
  togetherInTitle: number
  /** How telling the name's words are in this collection, on average. */
  rarity: number
}

/** How much longer than the name itself a stretch that names it may be, in terms. */
export const NAMED_SLACK_TERMS = 3

/** A name with what the collection says of its words. */
export interface WeighedVariant {
  variant: NameVariant
  unitWeights: readonly number[]
  totalWeight: number
  /** Terms that a stretch naming it may take. */
  spanMax: number
  rarity: number
}

export function weigh(variant: NameVariant, stats: CollectionStats): WeighedVariant {
  const { documentsCount } = stats
  const unitWeights = variant.units.map(({ terms }) => {
    const rarest = Math.min(...terms.map((term) => stats.documentFrequency(term)))
    return inverseDocumentFrequency(documentsCount, Math.min(rarest, documentsCount))
  })
  const totalWeight = unitWeights.reduce((sum, weight) => sum + weight, 0)
  const greatest = inverseDocumentFrequency(documentsCount, Math.min(1, documentsCount))
  const span = variant.units.reduce((sum, { terms }) => sum + terms.length, 0)
  return {
    variant,
    unitWeights,
    totalWeight,
    spanMax: span + NAMED_SLACK_TERMS * Math.max(0, variant.units.length - 1),
    rarity: greatest > 0 ? Math.min(1, totalWeight / (unitWeights.length * greatest)) : 0,
  }
}

/** The parts of the fit of one text, from where the name's words stand in it. Null where none does. */
export function partsOf(
  weighed: WeighedVariant,
  occurrences: readonly Occurrence[],
  text: { weightedLength: number; fieldWeights: readonly number[]; titleField: number },
  stats: CollectionStats,
): FitParts | null {
  if (occurrences.length === 0) return null
  const { unitWeights, totalWeight, spanMax, rarity } = weighed
  const frequencies = new Array<number>(unitWeights.length).fill(0)
  const inTitle = new Array<number>(unitWeights.length).fill(0)
  for (const { unit, field } of occurrences) {
    frequencies[unit]! += text.fieldWeights[field] ?? 1
    if (field === text.titleField) inTitle[unit] = 1
  }
  const norm = lengthNorm(text.weightedLength, stats.averageLength, K1, B)
  const shareOf = (values: readonly number[]) =>
    values.reduce((sum, value, unit) => sum + value * unitWeights[unit]!, 0) / totalWeight
  const titleOccurrences = occurrences.filter(({ field }) => field === text.titleField)
  const isWithin = (places: readonly Occurrence[]) => {
    const window = shortestWindow(places, unitWeights.length)
    return window !== null && window.span <= spanMax ? 1 : 0
  }
  return {
    share: shareOf(frequencies.map((frequency) => (frequency > 0 ? 1 : 0))),
    strength: shareOf(frequencies.map((frequency) => saturation(frequency, norm, K1) / (K1 + 1))),
    titleShare: shareOf(inTitle),
    together: isWithin(occurrences),
    togetherInTitle: isWithin(titleOccurrences),
    rarity,
  }
}
