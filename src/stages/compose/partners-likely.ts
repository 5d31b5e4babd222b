import { WIDTH } from '#engines/partners/features.ts'
import { likelihoodsOf } from '#engines/partners/likelihood.ts'
import { rateEveryone } from '#engines/partners/rank.ts'
import { explainScore } from '#engines/partners/scorer.ts'
import type { PartnerQuestion } from '#engines/partners/types.ts'
import { factsAgainst } from './partners-facts.ts'
import type { PartnerReason, Partners } from './partners-model.ts'
import { formOf, type PartnersBook, schoolFor, type Taught } from './partners-rank.ts'
import { reasonsOf } from './partners-reasons.ts'

export interface LikelyAsked {
  /** Those who are in already. */
  given: readonly string[]
  /** Of whom it is asked. */
  among: readonly string[]
  /** What everybody who may see the need may read of it. */
  text: string
}

/** What past work says of somebody: how likely it is to join, its place among all that could be named, and why. */
export interface LikelyOne {
  /** From 0 to 1, on a scale of logarithms. */
  likelihood: number
  place: number
  /** Of the first only. */
  reasons: PartnerReason[]
}

/** Null where no two organisations of the zone were ever in one project: there is nothing to learn from. */
export type LikelyRated = {
  school: Partners['learned']['school']
  /** Nothing dated on this day or later was seen. */
  before: string
  projects: number
  /** How many could be named. */
  of: number
  /** Those who were given: nobody need ask whether they join. */
  sure: ReadonlySet<string>
  /** By organisation; who is given has none. */
  ones: ReadonlyMap<string, LikelyOne>
} | null

/** Beyond this place reasons tell why somebody could come only as well as those of any other. */
const REASONS_PLACE_MAX = 100
const REASONS_TOLD = 2

/** Rates everybody who could be named by past work, and answers of those asked for. The same book and question give the same. */
export function rateLikelyOf(
  book: PartnersBook,
  { given, among, text }: LikelyAsked,
  taught: Taught = {},
): LikelyRated {
  const { desk, day, today } = book
  const { history } = desk
  if (!history.projectSize.some((size) => size > 1)) return null
  const known = given.filter((id) => history.organisations.find(id) !== undefined)
  const form = formOf(known)
  const { model, school } = schoolFor(book, form, taught[form])
  const question: PartnerQuestion = { id: 'need', start: day, given: known, text }
  const { rated, score } = rateEveryone(desk, question, model)
  const scorer = desk.ties.touched.length > 0 ? model.withHistory : model.onMerit
  const likelihoods = likelihoodsOf(score)
  const order = [...rated.candidates.keys()].sort((a, b) => score[b]! - score[a]! || a - b)
  const factsOf = factsAgainst(desk, known)
  const asked = new Set(among)
  const ones = new Map<string, LikelyOne>()
  order.forEach((at, ahead) => {
    const id = history.organisations.ids[rated.candidates[at]!]!
    if (!asked.has(id)) return
    const place = ahead + 1
    const reasons =
      place > REASONS_PLACE_MAX
        ? []
        : reasonsOf(explainScore(scorer, rated.features, at * WIDTH).parts, factsOf(id), known.length)
    ones.set(id, { likelihood: likelihoods[at]!, place, reasons: reasons.slice(0, REASONS_TOLD) })
  })
  return { school, before: today, projects: history.projects.length, of: order.length, sure: new Set(given), ones }
}
