import { type Evidence, type EvidenceIndex, readEvidence } from './evidence.ts'
import { type History, partLadder } from './history.ts'
import { rowOf } from './rows.ts'
import type { Statistics } from './statistics.ts'
import { GIVEN_MAX, type PartnerQuestion } from './types.ts'

/** A question in numbers: who is given, which part, and what that says of countries, kinds, words and texts. */
export interface Asked {
  readonly given: readonly number[]
  readonly isGiven: ReadonlySet<number>
  readonly part: number
  readonly above: number
  readonly evidence: Evidence
  readonly countryShare: Float64Array
  readonly countryLift: Float64Array
  readonly countryInPart: Float64Array
  readonly kindShare: Float64Array
  readonly kindInPart: Float64Array
  readonly profile: Float64Array
  readonly profileLength: number
  readonly words: ReadonlyMap<number, number>
}

export function readQuestion(
  { history, statistics, evidence }: { history: History; statistics: Statistics; evidence: EvidenceIndex },
  question: PartnerQuestion,
): Asked {
  const given = [
    ...new Set(question.given.slice(0, GIVEN_MAX).flatMap((id) => history.organisations.find(id) ?? [])),
  ].sort((a, b) => a - b)
  const ladder = partLadder(question.part ?? '').map((part) => history.parts.find(part) ?? -1)
  const part = ladder.find((number) => number >= 0) ?? -1
  const above = ladder.filter((number) => number >= 0)[1] ?? part
  const { countries, kinds, parts } = history
  const countryShare = new Float64Array(countries.size)
  const kindShare = new Float64Array(kinds.size)
  const profile = new Float64Array(parts.size)
  const words = new Map<number, number>()
  for (const one of given) {
    const country = history.countryOf[one]!
    const kind = history.kindOf[one]!
    if (country >= 0) countryShare[country]! += 1
    if (kind >= 0) kindShare[kind]! += 1 / given.length
    const total = statistics.partTotals[one]!
    for (let at = statistics.partsOf.starts[one]!; at < statistics.partsOf.starts[one + 1]!; at += 1)
      profile[statistics.partsOf.items[at]!]! += statistics.partWeights[at]! / total
    for (const word of rowOf(history.nameWordsOf, one)) words.set(word, (words.get(word) ?? 0) + 1)
  }
  return {
    given,
    isGiven: new Set(given),
    part,
    above,
    evidence: readEvidence(history, evidence, question.text),
    countryShare,
    countryLift: liftsOfCountries(history, statistics, countryShare),
    countryInPart: liftsInPart(statistics.countryCounts, statistics.partCountry, part),
    kindShare,
    kindInPart: liftsInPart(statistics.kindCounts, statistics.partKind, part),
    profile,
    profileLength: Math.sqrt(profile.reduce((sum, weight) => sum + weight ** 2, 0)),
    words,
  }
}

/** Natural logarithm of how much more often a country or kind stands in a part than in all of it. */
function liftsInPart(all: Float64Array, inPart: Float64Array, part: number): Float64Array {
  const lifts = new Float64Array(all.length)
  if (part < 0) return lifts
  const row = inPart.subarray(part * all.length, (part + 1) * all.length)
  const [whole, partial] = [sumOf(all), sumOf(row)]
  for (let at = 0; at < all.length; at += 1) {
    const expected = whole > 0 ? (all[at]! / whole) * partial : 0
    lifts[at] = Math.log((row[at]! + LIFT_PRIOR) / (expected + LIFT_PRIOR))
  }
  return lifts
}

const LIFT_PRIOR = 5

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Mean over the countries of those given of how much more often the two meet in a project than by chance. */
function liftsOfCountries(
  { countries, projects }: History,
  { countryMeets, countryProjects }: Statistics,
  share: Float64Array,
): Float64Array {
  const lifts = new Float64Array(countries.size)
  const total = sumOf(share)
  if (total === 0) return lifts
  for (let country = 0; country < countries.size; country += 1)
    for (let other = 0; other < countries.size; other += 1) {
      if (share[other] === 0) continue
      const expected = (countryProjects[country]! * countryProjects[other]!) / Math.max(1, projects.length)
      const lift = Math.log((countryMeets[country * countries.size + other]! + LIFT_PRIOR) / (expected + LIFT_PRIOR))
      lifts[country]! += (lift * share[other]!) / total
    }
  return lifts
}
