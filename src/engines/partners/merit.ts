import type { EvidenceIndex } from './evidence.ts'
import type { History } from './history.ts'
import type { Asked } from './question.ts'
import { rowOf } from './rows.ts'
import type { Statistics } from './statistics.ts'

interface Ground {
  readonly history: History
  readonly statistics: Statistics
  readonly evidence: EvidenceIndex
  readonly wordLifts: Map<number, Map<number, number>>
}

const NAME_WORD_HOLDERS_MAX = 400

/** Writes the features of merit of one candidate, in the order of `MERIT_FEATURES`. */
export function fillMerit(desk: Ground, asked: Asked, x: number, into: Float32Array, at: number): void {
  const { history, statistics: s } = desk
  const { evidence } = asked
  const activity = s.activity[x]!
  const [inPart, above, like, profile] = partsOfCandidate(desk, asked, x)
  const country = history.countryOf[x]!
  const kind = history.kindOf[x]!
  let to = at
  const put = (value: number) => {
    into[to] = value
    to += 1
  }
  put(Math.log1p(activity))
  put(Math.log1p(s.lastYear[x]!))
  put(s.idleYears[x]!)
  put(s.leads[x]! / (1 + s.projectsCount[x]!))
  put(Math.log1p(2 * inPart))
  put(Math.log1p(2 * above))
  put(inPart / (activity + 0.5))
  put(like / (activity + 0.5))
  put(profile)
  put(Math.abs(s.logSize[x]! - Math.log(asked.given.length + 1)))
  put(s.logSize[x]!)
  put(country < 0 ? 0 : asked.countryInPart[country]!)
  put(country < 0 ? 0 : asked.countryShare[country]! / Math.max(1, asked.given.length))
  put(country < 0 ? 0 : asked.countryLift[country]!)
  put(kind < 0 ? 0 : asked.kindInPart[kind]!)
  put(kind < 0 ? 0 : asked.kindShare[kind]!)
  put(history.smeOf[x]!)
  put(distanceTo(history, asked.given, x))
  put(nameInPart(desk, asked, x))
  put(nameAmong(desk, asked, x))
  put(evidence.best[x]!)
  put(Math.log1p(evidence.sum[x]!))
  put(evidence.mean[x]!)
  put(evidence.named[x]!)
  put(country < 0 ? 0 : evidence.countryNamed[country]!)
  put(country < 0 ? 0 : evidence.countryNear[country]!)
}

function partsOfCandidate({ history, statistics }: Ground, asked: Asked, x: number): [number, number, number, number] {
  const { partsOf, partWeights, partLikeness } = statistics
  let [inPart, above, like, product, length] = [0, 0, 0, 0, 0]
  for (let at = partsOf.starts[x]!; at < partsOf.starts[x + 1]!; at += 1) {
    const part = partsOf.items[at]!
    const weight = partWeights[at]!
    if (part === asked.part) inPart = weight
    if (part === asked.above) above = weight
    if (asked.part >= 0) like += weight * partLikeness[asked.part * history.parts.size + part]!
    product += weight * asked.profile[part]!
    length += weight ** 2
  }
  const scale = Math.sqrt(length) * asked.profileLength
  return [inPart, above, like, scale > 0 ? product / scale : 0]
}

const KM_UNKNOWN_LOG = -1
const EARTH_KM = 6371

/** Natural logarithm of the kilometres to the nearest of those given, -1 where places are unknown. */
function distanceTo({ latitudeOf, longitudeOf }: History, given: readonly number[], x: number): number {
  let nearest = Number.POSITIVE_INFINITY
  const latitude = latitudeOf[x]! * RADIAN
  if (Number.isNaN(latitude)) return KM_UNKNOWN_LOG
  for (const one of given) {
    const other = latitudeOf[one]! * RADIAN
    if (Number.isNaN(other)) continue
    const across = (longitudeOf[one]! - longitudeOf[x]!) * RADIAN * Math.cos((latitude + other) / 2)
    nearest = Math.min(nearest, Math.hypot(latitude - other, across) * EARTH_KM)
  }
  return nearest === Number.POSITIVE_INFINITY ? KM_UNKNOWN_LOG : Math.log1p(nearest)
}

const RADIAN = Math.PI / 180

/** Mean over the name's words of how much more often they stand in the part than in all of it. */
function nameInPart({ history, statistics, wordLifts }: Ground, asked: Asked, x: number): number {
  if (asked.part < 0) return 0
  const words = rowOf(history.nameWordsOf, x)
  if (words.length === 0) return 0
  const lifts = wordLifts.get(asked.part) ?? new Map<number, number>()
  wordLifts.set(asked.part, lifts)
  let sum = 0
  for (const word of words) {
    let lift = lifts.get(word)
    if (lift === undefined) {
      lift = liftOfWord(history, statistics, asked.part, word)
      lifts.set(word, lift)
    }
    sum += lift
  }
  return sum / words.length
}

function liftOfWord(
  history: History,
  { partMembers, activity, partCounts }: Statistics,
  part: number,
  word: number,
): number {
  const inPart = partMembers[part]!
  let [here, all] = [0, 0]
  for (const organisation of rowOf(history.organisationsNamed, word)) {
    if (activity[organisation]! === 0) continue
    all += 1
    if (inPart.has(organisation)) here += 1
  }
  const share = inPart.size / Math.max(1, history.organisations.size)
  const expected = all * share
  return partCounts[part]! > 0 ? Math.log((here + WORD_PRIOR) / (expected + WORD_PRIOR)) : 0
}

const WORD_PRIOR = 2

/** How much of the name is made of words that those given are called by too, rare words counting more. */
function nameAmong({ history, evidence }: Ground, asked: Asked, x: number): number {
  let [met, whole] = [0, 0]
  for (const word of rowOf(history.nameWordsOf, x)) {
    const weight = evidence.wordWeights[word]!
    whole += weight
    if (asked.words.has(word) && rowOf(history.organisationsNamed, word).length <= NAME_WORD_HOLDERS_MAX) met += weight
  }
  return whole > 0 ? met / whole : 0
}
