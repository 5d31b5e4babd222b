import { type Embedding, embed } from './embedding.ts'
import { buildEvidence, type EvidenceIndex } from './evidence.ts'
import type { History } from './history.ts'
import { fillMerit } from './merit.ts'
import { Nearness } from './nearness.ts'
import { type Asked, readQuestion } from './question.ts'
import { strongest } from './rows.ts'
import { countStatistics, type Statistics } from './statistics.ts'
import { Ties } from './ties.ts'
import type { PartnerQuestion } from './types.ts'

/** What a candidate is judged by. Those of the network say who worked with whom; merit is all that stands without. */
export const NETWORK_FEATURES = [
  'shared',
  'sharedFresh',
  'sharedInPart',
  'known',
  'strongest',
  'cosine',
  'surprise',
  'likeConsortium',
  'bestConsortium',
  'lastTogether',
  'walkOne',
  'walkTwo',
  'walkThree',
  'nearBest',
  'nearSum',
  'nearDirect',
] as const
export const MERIT_FEATURES = [
  'activity',
  'lastYear',
  'idleYears',
  'leads',
  'partActivity',
  'partAbove',
  'partShare',
  'partLike',
  'partProfile',
  'sizeGap',
  'logSize',
  'countryInPart',
  'countryAmong',
  'countryTogether',
  'kindInPart',
  'kindAmong',
  'sme',
  'distance',
  'nameInPart',
  'nameAmong',
  'textBest',
  'textSum',
  'textMean',
  'named',
  'countryNamed',
  'countryNear',
] as const
export const FEATURES = [...NETWORK_FEATURES, ...MERIT_FEATURES] as const
export type FeatureName = (typeof FEATURES)[number]
export const WIDTH = FEATURES.length

const BUSIEST_MAX = 500

/** Everything that questions of one day share. */
export interface Desk {
  readonly history: History
  readonly statistics: Statistics
  readonly evidence: EvidenceIndex
  readonly ties: Ties
  readonly near: Nearness
  /** Where projects and organisations lie beside each other; the costliest part, see `openDesk`. */
  readonly embedding: Embedding
  /** All candidates, and the busiest of them. */
  readonly everyone: Uint32Array
  readonly busiest: readonly number[]
  /** How telling a name's word is for a part, by part, as it is asked for. */
  readonly wordLifts: Map<number, Map<number, number>>
}

/** `known` is the embedding of a history with the same organisations, names, projects and participations, made before. */
export function openDesk(history: History, known?: Embedding): Desk {
  const statistics = countStatistics(history)
  const embedding = known ?? embed(history)
  const everyone = Uint32Array.from(history.organisations.ids.keys()).filter((one) => history.isCandidate[one] === 1)
  return {
    history,
    statistics,
    evidence: buildEvidence(history),
    ties: new Ties(history, statistics),
    near: new Nearness(history, statistics, embedding),
    embedding,
    everyone,
    busiest: strongest(everyone, (one) => statistics.activity[one]!, BUSIEST_MAX),
    wordLifts: new Map(),
  }
}

/** Candidates of one question, in the order of their numbers, each with a row of `WIDTH` features. */
export interface Rated {
  readonly candidates: Uint32Array
  readonly features: Float32Array
}

export function rate(desk: Desk, question: PartnerQuestion, bounds: Bounds): Rated {
  const asked = readQuestion(desk, question)
  desk.ties.fill(asked.given, asked.part)
  desk.near.fill(asked.given, asked.part)
  const candidates = gather(desk, asked, bounds)
  const features = new Float32Array(candidates.length * WIDTH)
  for (let at = 0; at < candidates.length; at += 1) fillRow(desk, asked, candidates[at]!, features, at * WIDTH)
  return { candidates, features }
}

export interface Bounds {
  /** How many candidates each source may bring. */
  readonly perSource: number
  /** Exactly these are rated, such as a sample to compare with. */
  readonly only?: readonly number[]
  /** All are rated, so that nobody is left out for want of ties. */
  readonly everyone?: boolean
}

/** Up to this many candidates all are rated; of more, the strongest of each source. */
export const RATED_ALL_MAX = 1_500

function gather(desk: Desk, asked: Asked, { perSource, only, everyone = false }: Bounds): Uint32Array {
  if (only) return Uint32Array.from(new Set(only)).sort()
  const { history, statistics, ties, near } = desk
  const keep = (one: number) => history.isCandidate[one] === 1 && !asked.isGiven.has(one)
  if (everyone || desk.everyone.length <= RATED_ALL_MAX) return desk.everyone.filter(keep)
  const chosen = new Set<number>()
  const take = (from: Iterable<number>, score: (candidate: number) => number) => {
    for (const candidate of strongest(from, score, perSource, keep)) chosen.add(candidate)
  }
  const { sharedShare, likeConsortium, walkOne, walkTwo, walkThree } = ties.columns
  take(ties.touched, (one) => sharedShare[one]!)
  take(ties.touched, (one) => likeConsortium[one]!)
  take(ties.touched, (one) => walkOne[one]! + walkTwo[one]! + walkThree[one]!)
  take(near.touched, (one) => near.sum[one]!)
  take(near.touched, (one) => near.best[one]!)
  const inPart = asked.part >= 0 ? statistics.partMembers[asked.part]! : new Map<number, number>()
  take(inPart.keys(), (one) => inPart.get(one)!)
  take(asked.evidence.found, (one) => asked.evidence.sum[one]!)
  take(asked.evidence.found, (one) => asked.evidence.named[one]!)
  take(desk.busiest, (one) => statistics.activity[one]!)
  return Uint32Array.from(chosen).sort()
}

function fillRow(desk: Desk, asked: Asked, x: number, into: Float32Array, at: number): void {
  const { near } = desk
  const ties = desk.ties.columns
  const count = Math.max(1, asked.given.length)
  into[at] = Math.log1p(ties.shared[x]!)
  into[at + 1] = Math.log1p(10 * ties.sharedFresh[x]!)
  into[at + 2] = Math.log1p(10 * ties.sharedInPart[x]!)
  into[at + 3] = ties.known[x]! / count
  into[at + 4] = Math.log1p(10 * ties.strongest[x]!)
  into[at + 5] = ties.cosine[x]! / Math.sqrt(count)
  into[at + 6] = ties.surprise[x]! / Math.sqrt(count)
  into[at + 7] = Math.log1p(100 * ties.likeConsortium[x]!)
  into[at + 8] = ties.bestConsortium[x]!
  into[at + 9] = ties.lastYears[x] === 0 ? -1 : 1 / (1 + ties.lastYears[x]!)
  into[at + 10] = Math.log1p(1e3 * ties.walkOne[x]!)
  into[at + 11] = Math.log1p(1e3 * ties.walkTwo[x]!)
  into[at + 12] = Math.log1p(1e3 * ties.walkThree[x]!)
  into[at + 13] = near.best[x]!
  into[at + 14] = Math.log1p(100 * near.sum[x]!)
  into[at + 15] = near.direct[x]!
  fillMerit(desk, asked, x, into, at + NETWORK_FEATURES.length)
}
