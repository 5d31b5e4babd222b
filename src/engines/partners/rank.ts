import { Fault } from '#kit/fault.ts'
import { type Desk, FEATURES, openDesk, type Rated, rate, WIDTH } from './features.ts'
import { buildHistory } from './history.ts'
import type { PartnersModel } from './learn.ts'
import { type Contribution, explainScore, scoreOf } from './scorer.ts'
import { GIVEN_MAX, type PartnerQuestion, type PartnerRecords, RANKED_MAX } from './types.ts'

export interface RankOptions {
  /** How many are wanted, at most `RANKED_MAX`. */
  readonly k?: number
  /** What the order goes by; both scores are there in any case. */
  readonly by?: 'history' | 'merit'
  /** Only those for whom it is true. */
  readonly filter?: (organisation: string) => boolean
  /** Only those without a project shared with anybody given. */
  readonly untied?: boolean
}

/** Scores order the candidates of one question and say nothing across questions. */
export interface RankedPartner {
  readonly organisation: string
  readonly score: number
  /** The score without anything about who worked with whom. */
  readonly merit: number
  readonly sharedProjects: number
  /** What each feature brought: with the answer's base they add up to the score. */
  readonly contributions: readonly Contribution[]
  readonly meritContributions: readonly Contribution[]
}

export interface PartnerRanking {
  readonly question: string
  /** The first day of which nothing was seen. */
  readonly before: string
  readonly learnedBefore: string
  /** Nobody given has worked with anybody: the score is the one on merit. */
  readonly meritOnly: boolean
  readonly base: number
  readonly meritBase: number
  readonly ranked: readonly RankedPartner[]
}

const SOURCE_CANDIDATES = 300
const K_DEFAULT = 50
const SHARED = FEATURES.indexOf('shared')

/**
 * Ranks organisations for a consortium that is being built, by what was known on the morning of the question's start.
 * The same records, model and question give the same answer; equal scores go by id. Throws Fault('invalid') for a start
 * that is no day or more than `GIVEN_MAX` given, and Fault('too_large') for records beyond the limits.
 */
export function rankPartners(
  records: PartnerRecords,
  question: PartnerQuestion,
  model: PartnersModel,
  options: RankOptions = {},
): PartnerRanking {
  return rankAt(openDesk(buildHistory(records, question.start)), question, model, options)
}

/** The same for many questions that see the same past. */
export function rankAt(
  desk: Desk,
  question: PartnerQuestion,
  model: PartnersModel,
  options: RankOptions = {},
): PartnerRanking {
  const { k = K_DEFAULT, by = 'history', filter, untied = false } = options
  if (question.given.length > GIVEN_MAX)
    throw new Fault('invalid', 'Too many are given.', { rule: 'partners.given', limit: GIVEN_MAX })
  const rated = rate(desk, question, { perSource: SOURCE_CANDIDATES, everyone: by === 'merit' || untied })
  const meritOnly = desk.ties.touched.length === 0
  const shared = (one: number) => desk.ties.columns.shared[one]!
  const { ids } = desk.history.organisations
  const scorer = by === 'merit' || meritOnly ? model.onMerit : model.withHistory
  const order = [...rated.candidates.keys()]
    .filter((at) => (!untied || shared(rated.candidates[at]!) === 0) && (filter?.(ids[rated.candidates[at]!]!) ?? true))
    .map((at) => ({ at, score: scoreOf(scorer, rated.features, at * WIDTH) }))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, Math.min(k, RANKED_MAX))
  let [base, meritBase] = [0, 0]
  const ranked = order.map(({ at }) => {
    const history = explainScore(meritOnly ? model.onMerit : model.withHistory, rated.features, at * WIDTH)
    const merit = explainScore(model.onMerit, rated.features, at * WIDTH)
    base = history.base
    meritBase = merit.base
    return {
      organisation: ids[rated.candidates[at]!]!,
      score: history.base + sumOf(history.parts),
      merit: merit.base + sumOf(merit.parts),
      sharedProjects: Math.round(Math.expm1(rated.features[at * WIDTH + SHARED]!)),
      contributions: history.parts,
      meritContributions: merit.parts,
    }
  })
  return {
    question: question.id,
    before: desk.history.before,
    learnedBefore: model.learnedBefore,
    meritOnly,
    base,
    meritBase,
    ranked,
  }
}

/** Everybody who may be named for a question, rated once, with both scores beside `rated.candidates`. */
export function rateEveryone(
  desk: Desk,
  question: PartnerQuestion,
  model: PartnersModel,
): { rated: Rated; score: Float64Array; merit: Float64Array } {
  const rated = rate(desk, question, { perSource: 0, everyone: true })
  const withHistory = desk.ties.touched.length > 0 ? model.withHistory : model.onMerit
  const scored = (scorer: PartnersModel['onMerit']) =>
    Float64Array.from(rated.candidates, (_, at) => scoreOf(scorer, rated.features, at * WIDTH))
  return { rated, score: scored(withHistory), merit: scored(model.onMerit) }
}

function sumOf(parts: readonly Contribution[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0)
}

/** Both scores of just these organisations, in their order; without those that nobody has heard of by then. */
export function scoreAt(
  desk: Desk,
  question: PartnerQuestion,
  model: PartnersModel,
  organisations: readonly string[],
): { organisation: string; score: number; merit: number; sharedProjects: number }[] {
  const numbers = organisations.flatMap((id) => desk.history.organisations.find(id) ?? [])
  const { candidates, features } = rate(desk, question, { perSource: 0, only: numbers })
  const placeOf = new Map([...candidates].map((one, at) => [one, at * WIDTH]))
  const withHistory = desk.ties.touched.length > 0 ? model.withHistory : model.onMerit
  return numbers.map((one) => {
    const at = placeOf.get(one)!
    return {
      organisation: desk.history.organisations.ids[one]!,
      score: scoreOf(withHistory, features, at),
      merit: scoreOf(model.onMerit, features, at),
      sharedProjects: Math.round(Math.expm1(features[at + SHARED]!)),
    }
  })
}
