import { defaultModel, plainModel } from '#engines/partners/default-model.ts'
import { type Desk, openDesk } from '#engines/partners/features.ts'
import { buildHistory, type History } from '#engines/partners/history.ts'
import { type PartnersModel, partnersModel, type QuestionForm } from '#engines/partners/learn.ts'
import { gainsAmong } from '#engines/partners/newcomer.ts'
import { rankAt, rateEveryone } from '#engines/partners/rank.ts'
import type { PartnerQuestion, PartnerRecords } from '#engines/partners/types.ts'
import { factsAgainst } from './partners-facts.ts'
import { type NextPartner, PARTNERS_SHOWN, type Partners } from './partners-model.ts'
import { reasonsOf, rounded } from './partners-reasons.ts'
import type { KeyedRecords } from './partners-records.ts'

export interface PartnersAsked {
  given: readonly string[]
  without: readonly string[]
  by: Partners['by']
  /** What everybody who may see the need may read of it. */
  text: string
}

type Ranked = Omit<NextPartner, 'name' | 'names' | 'kind' | 'country' | 'region' | 'city'>
/** The answer but for what the registry says of each. */
export type PartnersRanked = Omit<Partners, 'rows' | 'learning'> & { rows: Ranked[] }

/** What a zone's own past has taught, by form; null where that is too little. Absent where nobody has looked yet. */
export type Taught = { readonly [form in QuestionForm]?: PartnersModel | null }

/** A zone's records, laid out for questions of one day. */
export interface PartnersBook {
  records: KeyedRecords
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

/** Learning from more than this takes longer than somebody waits: it is ordered as work, and a bundled model answers till then. */
export const LEARNED_AT_ONCE_MAX = 10_000
/** With so few given a team is being opened; with more it is being completed. */
const OPENING_GIVEN_MAX = 2

/** `before` is a book of earlier records with the same projects and participations, of which what still holds is taken over. */
export function openBook(all: KeyedRecords, today: string, before?: PartnersBook): PartnersBook {
  const day = dayOf(all, today)
  const history = buildHistory(seenBy(all, { day, today }), day)
  const isSame = before?.day === day && before.today === today
  const known = isSame && hasSameNames(before.desk.history, history) ? before.desk.embedding : undefined
  const schooled = isSame ? before.schooled : new Map<QuestionForm, Schooled>()
  return { records: all, today, day, desk: openDesk(history, known), schooled }
}

/** The day after the last project began; today where none has. */
export function dayOf({ projects }: Pick<PartnerRecords, 'projects'>, today: string): string {
  let last = ''
  for (const { start } of projects) if (start !== null && start < today && start > last) last = start
  return last ? dayAfter(last) : today
}

/** What was shown between that day and today is known by now, but was to none of the questions that teach. */
export function seenBy(all: PartnerRecords, { day, today }: { day: string; today: string }): PartnerRecords {
  const texts = (all.texts ?? []).flatMap((text) => {
    if (text.date === undefined || text.date < day) return [text]
    return text.date < today ? [{ ...text, date: dayBefore(day) }] : []
  })
  return { ...all, texts }
}

/** The same organisations by the same names, so that an embedding of the one is one of the other. */
function hasSameNames(before: History, after: History): boolean {
  const alike = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    a.length === b.length && Array.prototype.every.call(a, (one: number, at: number) => one === b[at])
  return (
    before.organisations.size === after.organisations.size &&
    before.organisations.ids.every((id, at) => id === after.organisations.ids[at]) &&
    before.nameWords.size === after.nameWords.size &&
    before.nameWords.ids.every((word, at) => word === after.nameWords.ids[at]) &&
    alike(before.nameWordsOf.items, after.nameWordsOf.items) &&
    alike(before.nameWordsOf.starts, after.nameWordsOf.starts)
  )
}

const DAY_MS = 86_400_000
const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
const dayBefore = (day: string) => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)

/**
 * Who comes next, with both scores and reasons. The same book, question and models give the same answer. `taught` is what
 * work has learned for a zone whose past is too long to learn from at once.
 */
export function rankPartnersOf(
  book: PartnersBook,
  { given, without, by, text }: PartnersAsked,
  taught: Taught = {},
): PartnersRanked {
  const { desk, day } = book
  const { history } = desk
  const known = given.filter((id) => history.organisations.find(id) !== undefined)
  const form = formOf(known)
  const { model, school } = schoolFor(book, form, taught[form])
  const question: PartnerQuestion = { id: 'need', start: day, given: known, text }
  const left = new Set(without)
  const ranking = rankAt(desk, question, model, { k: PARTNERS_SHOWN, by, filter: (id) => !left.has(id) })
  const factsOf = factsAgainst(desk, known)
  const everyone = rateEveryone(desk, question, model)
  const placesOf = placesAmong(history, everyone, left)
  const gainsOf = gainsAmong(desk, everyone.rated, question, model)
  const rows = ranking.ranked.map((one, at): Ranked => {
    const facts = factsOf(one.organisation)
    const newcomer = facts.shared === 0
    const gain = newcomer ? gainsOf(one.organisation).find(({ feature }) => OF_A_PROJECT.includes(feature)) : undefined
    return {
      id: one.organisation,
      score: rounded(one.score),
      merit: rounded(one.merit),
      places: { ...placesOf(one), [by]: at + 1 },
      newcomer,
      oneProjectMore: gain && rounded(gain.gain) > 0 ? rounded(gain.gain) : null,
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

export const formOf = (known: readonly string[]): QuestionForm =>
  known.length <= OPENING_GIVEN_MAX ? 'opening' : 'completing'

const OF_A_PROJECT: readonly string[] = ['activity', 'lastYear', 'partActivity']
/** Sums of the same numbers in another order differ by less. */
const ALIKE = 1e-9

/** How many of those who could be named score more. */
function placesAmong(
  { organisations }: History,
  { rated, score, merit }: ReturnType<typeof rateEveryone>,
  left: ReadonlySet<string>,
): (one: { score: number; merit: number }) => NextPartner['places'] {
  const named = [...rated.candidates.keys()].filter((at) => !left.has(organisations.ids[rated.candidates[at]!]!))
  const above = (scores: Float64Array, own: number) => named.filter((at) => scores[at]! > own + ALIKE).length
  return (one) => ({ history: 1 + above(score, one.score), merit: 1 + above(merit, one.merit) })
}

/** The zone's own past teaches where there is enough of it; else what public records taught, if they end before the day. */
export function schoolFor(book: PartnersBook, form: QuestionForm, taught: PartnersModel | null | undefined): Schooled {
  if (taught) return { model: taught, school: 'zone' }
  const held = book.schooled.get(form)
  if (held) return held
  const made = teach(book, form)
  book.schooled.set(form, made)
  return made
}

function teach({ records, today, day, desk }: PartnersBook, form: QuestionForm): Schooled {
  const withTexts = desk.evidence.index !== null
  const own =
    records.participations.length <= LEARNED_AT_ONCE_MAX
      ? partnersModel(seenBy(records, { day, today }), day, { form, withTexts })
      : null
  if (own) return { model: own, school: 'zone' }
  const bundled = defaultModel({ form, withTexts })
  if (bundled.learnedBefore > today) return { model: plainModel(today, form), school: 'plain' }
  return { model: bundled, school: bundled.form === 'opening' ? 'texts' : 'h2020' }
}
