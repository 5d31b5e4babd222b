import { defaultModel, plainModel } from '#engines/partners/default-model.ts'
import { type Desk, openDesk } from '#engines/partners/features.ts'
import { buildHistory } from '#engines/partners/history.ts'
import { type PartnersModel, partnersModel, type QuestionForm } from '#engines/partners/learn.ts'
import { findGains } from '#engines/partners/newcomer.ts'
import { rankAt, scoreAt } from '#engines/partners/rank.ts'
import type { PartnerQuestion, PartnerRecords } from '#engines/partners/types.ts'
import { factsAgainst } from './partners-facts.ts'
import { type NextPartner, PARTNERS_SHOWN, type Partners } from './partners-model.ts'
import { reasonsOf, rounded } from './partners-reasons.ts'

export interface PartnersAsked {
  given: readonly string[]
  without: readonly string[]
  by: Partners['by']
  /** What everybody who may see the need may read of it. */
  text: string
}

type Ranked = Omit<NextPartner, 'name' | 'names' | 'kind' | 'country' | 'region' | 'city'>
/** The answer but for what the registry says of each. */
export type PartnersRanked = Omit<Partners, 'rows'> & { rows: Ranked[] }

/** A zone's records, laid out for questions of one day. */
export interface PartnersBook {
  records: PartnerRecords
  /** `YYYY-MM-DD`: nothing of that day or later is seen. */
  today: string
  /** The day after the last project began, from which ages are counted: a registry that ends early is not all stale. */
  day: string
  desk: Desk
  /** By the questions' form, as they are asked for. */
  schooled: Map<QuestionForm, Schooled>
}

interface Schooled {
  model: PartnersModel
  school: Partners['learned']['school']
}

/** Learning from more than this takes longer than somebody waits; the bundled model answers instead. */
const LEARNED_PARTICIPATIONS_MAX = 10_000
/** What would raise it is asked of everybody once more, which is cheap only among so many. */
const GAINS_ORGANISATIONS_MAX = 3_000
/** With so few given a team is being opened; with more it is being completed. */
const OPENING_GIVEN_MAX = 2

export function openBook(all: PartnerRecords, today: string): PartnersBook {
  let last = ''
  for (const { start } of all.projects) if (start !== null && start < today && start > last) last = start
  const day = last ? dayAfter(last) : today
  // What was shown between that day and today is known by now, but was to none of the questions that teach.
  const texts = (all.texts ?? []).flatMap((text) => {
    if (text.date === undefined || text.date < day) return [text]
    return text.date < today ? [{ ...text, date: last }] : []
  })
  const records = { ...all, texts }
  return { records, today, day, desk: openDesk(buildHistory(records, day)), schooled: new Map() }
}

const DAY_MS = 86_400_000
const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)

/** Who comes next, with both scores and reasons. The same book and question give the same answer. */
export function rankPartnersOf(book: PartnersBook, { given, without, by, text }: PartnersAsked): PartnersRanked {
  const { desk, day } = book
  const { history } = desk
  const known = given.filter((id) => history.organisations.find(id) !== undefined)
  const { model, school } = schoolFor(book, known.length <= OPENING_GIVEN_MAX ? 'opening' : 'completing')
  const question: PartnerQuestion = { id: 'need', start: day, given: known, text }
  const left = new Set(without)
  const ranking = rankAt(desk, question, model, { k: PARTNERS_SHOWN, by, filter: (id) => !left.has(id) })
  const factsOf = factsAgainst(desk, known)
  const placesOf = placesAmong(book, question, model, new Set([...known, ...without]))
  const rows = ranking.ranked.map((one, at): Ranked => {
    const facts = factsOf(one.organisation)
    const newcomer = facts.shared === 0
    return {
      id: one.organisation,
      score: rounded(one.score),
      merit: rounded(one.merit),
      places: { ...placesOf(one), [by]: at + 1 },
      newcomer,
      oneProjectMore: newcomer ? gainOfOneProject(desk, question, model, one.organisation) : null,
      reasons: reasonsOf(by === 'merit' ? one.meritContributions : one.contributions, facts, known.length),
    }
  })
  return {
    by,
    rows,
    given: known.length,
    meritOnly: ranking.meritOnly,
    before: book.today,
    projects: history.projects.length,
    organisations: desk.everyone.length,
    learned: { school, before: model.learnedBefore, consortia: model.examples },
  }
}

/** How many of those who could be named score more. */
function placesAmong(
  { desk }: PartnersBook,
  question: PartnerQuestion,
  model: PartnersModel,
  left: ReadonlySet<string>,
): (one: { score: number; merit: number }) => NextPartner['places'] {
  const { ids } = desk.history.organisations
  const candidates = [...desk.everyone].map((one) => ids[one]!).filter((id) => !left.has(id))
  const scored = scoreAt(desk, question, model, candidates)
  return ({ score, merit }) => ({
    history: 1 + scored.filter((other) => other.score > score + ALIKE).length,
    merit: 1 + scored.filter((other) => other.merit > merit + ALIKE).length,
  })
}

/** Sums of the same numbers in another order differ by less. */
const ALIKE = 1e-9
const OF_A_PROJECT: readonly string[] = ['activity', 'lastYear', 'partActivity']

function gainOfOneProject(
  desk: Desk,
  question: PartnerQuestion,
  model: PartnersModel,
  organisation: string,
): number | null {
  if (desk.everyone.length > GAINS_ORGANISATIONS_MAX) return null
  const gain = findGains(desk, question, model, organisation).find(({ feature }) => OF_A_PROJECT.includes(feature))
  return gain && rounded(gain.gain) > 0 ? rounded(gain.gain) : null
}

/** The zone's own past teaches where there is enough of it; else what public records taught, if they end before the day. */
function schoolFor(book: PartnersBook, form: QuestionForm): Schooled {
  const held = book.schooled.get(form)
  if (held) return held
  const made = teach(book, form)
  book.schooled.set(form, made)
  return made
}

function teach({ records, today, day, desk }: PartnersBook, form: QuestionForm): Schooled {
  const withTexts = desk.evidence.index !== null
  const own =
    records.participations.length <= LEARNED_PARTICIPATIONS_MAX
      ? partnersModel(records, day, { form, withTexts })
      : null
  if (own) return { model: own, school: 'zone' }
  const bundled = defaultModel({ form, withTexts })
  if (bundled.learnedBefore > today) return { model: plainModel(today, form), school: 'plain' }
  return { model: bundled, school: bundled.form === 'opening' ? 'texts' : 'h2020' }
}
