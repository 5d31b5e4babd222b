import { inverseDocumentFrequency, lengthNorm, saturation } from '#engines/search/bm25.ts'
import { B, K1 } from '#engines/search/build.ts'
import type { NameUnit, NameVariant } from './capability.ts'
import { heaviestWindow, type Occurrence } from './occurrences.ts'

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
  /** Share of the words that stand together in one stretch, in any order; 1 where the text names the capability. */
  together: number
  /** `together`, times how telling those words are as a phrase: their rarity by the root of their number, halved. */
  telling: number
  /** How telling the name's words are in this collection, on average; drawn to a usual one where it is small. */
  rarity: number
}

/** What may stand between two words of a name where a text names it: words, or characters of Han text. */
export const NAMED_SLACK_WORDS = 3
export const NAMED_SLACK_HAN_CHARS = 6

/** How much a weak word counts, and a Han character alone, beside a word. */
const WEAK_SHARE = 0.25
const LONE_SHARE = 0.5

/** The average rarity of the names that the model was fitted to, and how many documents it weighs as much as. */
const USUAL_RARITY = 0.66
const USUAL_DOCUMENTS = 200

/** A name with what the collection says of its words. */
export interface WeighedVariant {
  variant: NameVariant
  unitWeights: readonly number[]
  totalWeight: number
  /** How many words the name has, weak ones and lone characters counted in part. */
  wordsCount: number
  /** Positions that a stretch naming it may take. */
  spanMax: number
  rarity: number
}

export function weigh(variant: NameVariant, stats: CollectionStats): WeighedVariant {
  const { documentsCount } = stats
  const unitWeights = variant.units.map((unit) => countOf(unit) * inverseFrequencyOf(unit, stats))
  const totalWeight = sumOf(unitWeights)
  const wordsCount = sumOf(variant.units.map(countOf))
  const greatest = inverseDocumentFrequency(documentsCount, Math.min(1, documentsCount))
  const rarity = greatest > 0 ? totalWeight / (wordsCount * greatest) : 0
  return {
    variant,
    unitWeights,
    totalWeight,
    wordsCount,
    spanMax: spanOf(variant),
    rarity: shrunk(rarity, documentsCount),
  }
}

/** As how many words a unit counts. */
function countOf({ isWeak, terms }: NameUnit): number {
  if (isWeak) return WEAK_SHARE
  return terms.length === 0 ? LONE_SHARE : 1
}

/** Of the rarest of the terms that must all be there, or of the commonest of those of which one will do. */
function inverseFrequencyOf({ terms, alternates }: NameUnit, stats: CollectionStats): number {
  const frequencies = (asked: readonly string[]) => asked.map((term) => stats.documentFrequency(term))
  const holding = terms.length > 0 ? Math.min(...frequencies(terms)) : Math.max(...frequencies(alternates))
  return inverseDocumentFrequency(stats.documentsCount, Math.min(holding, stats.documentsCount))
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** A small collection says little of how telling a word is: its say grows with its documents. */
function shrunk(rarity: number, documentsCount: number): number {
  return (rarity * documentsCount + USUAL_RARITY * USUAL_DOCUMENTS) / (documentsCount + USUAL_DOCUMENTS)
}

/** The parts of the fit of one text, from where the name's words stand in it. Null where none does. */
export function partsOf(
  weighed: WeighedVariant,
  occurrences: readonly Occurrence[],
  text: { weightedLength: number; fieldWeights: readonly number[]; titleField: number },
  stats: CollectionStats,
): FitParts | null {
  if (occurrences.length === 0) return null
  const { variant, unitWeights, totalWeight, wordsCount, spanMax, rarity } = weighed
  const frequencies = new Array<number>(unitWeights.length).fill(0)
  const inTitle = new Array<number>(unitWeights.length).fill(0)
  for (const { unit, field } of occurrences) {
    frequencies[unit]! += text.fieldWeights[field] ?? 1
    if (field === text.titleField) inTitle[unit] = 1
  }
  const norm = lengthNorm(text.weightedLength, stats.averageLength, K1, B)
  const shareOf = (values: readonly number[]) =>
    sumOf(values.map((value, unit) => value * unitWeights[unit]!)) / totalWeight
  const isRequired = variant.units.map(({ isWeak }) => !isWeak)
  const window = heaviestWindow(occurrences, unitWeights, isRequired, spanMax)
  const together = window.isComplete ? 1 : window.weight / totalWeight
  return {
    share: shareOf(frequencies.map((frequency) => (frequency > 0 ? 1 : 0))),
    strength: shareOf(frequencies.map((frequency) => saturation(frequency, norm, K1) / (K1 + 1))),
    titleShare: shareOf(inTitle),
    together,
    telling: together * tellingOf(wordsCount, rarity),
    rarity,
  }
}

/** How telling words are as a phrase: their rarity by the root of their number, halved. */
export function tellingOf(wordsCount: number, rarity: number): number {
  return Math.min(1, (rarity * Math.sqrt(wordsCount)) / 2)
}

/** A Han word of n bigrams takes n + 1 positions where something follows it. */
function spanOf({ units }: NameVariant): number {
  const slack = units.some(({ isHan }) => isHan) ? NAMED_SLACK_HAN_CHARS : NAMED_SLACK_WORDS
  return (
    sumOf(units.map(({ terms, isHan }) => Math.max(1, terms.length) + (isHan ? 1 : 0))) + slack * (units.length - 1)
  )
}
