import { coverageOf } from '#engines/coverage/collection.ts'
import { markedExcerpt } from '#engines/text/marks.ts'
import { termsOf } from '#engines/text/tokens.ts'
import type { Placed } from './arrange.ts'
import { type Closeness, closenessOf, givenOf } from './closeness.ts'
import { type Following, followingIn } from './compare.ts'
import { contentTermsOf } from './content-words.ts'
import { isNewcomer } from './history.ts'
import { CANDIDATES_MAX, type Candidate, type Level, type Quote, type Reason } from './model.ts'
import type { PreparedCorpus } from './prepared.ts'
import { type Book, byEvidence, type Question, type TextFit } from './question.ts'
import { raisesOf } from './raises.ts'
import { type Given, type Scored, type Support, supportsOf } from './rules.ts'
import { scoreOne } from './score.ts'

/** Names the way of ranking; an answer says by which it was made. */
export const ENGINE = 'match-3 (BM25, calibrated coverage, merit apart from history, paths between partners)'

export interface Ranking {
  candidates: Candidate[]
  /** What each organisation covers, for those that cover anything: for composing, and for opening a cell. */
  supports: Map<string, Support[]>
  /** For each capability, who comes nearest of those that cover nothing of it: for naming a gap. */
  near: Near[]
}

export interface Near {
  capabilityId: string
  organisationId: string
  fit: number
  text: number
}

const NEAR_MAX = 3
/** A text that shares less with the capability's name is not near it. */
const NEAR_FIT_MIN = 0.02

type Ranked = Scored & { result: number | null; given: Given }

/** Organisations and results by how well they answer a need, each with reasons that add up to its score. */
export function rank(prepared: PreparedCorpus, question: Question): Ranking {
  const { book } = prepared
  const fits = fitsOf(prepared, question)
  const supports = supportsOf(book, question, fits)
  const closeness = closenessOf(prepared, question)
  const scored = [
    ...scoreOrganisations(book, question, supports, closeness),
    ...scoreResults(book, question, fits, closeness),
  ]
  const following = followingIn(book, scored)
  return {
    candidates: bestOf(book, scored).map((one) => candidateOf(book, question, one, following)),
    supports,
    near: question.capabilities.flatMap(({ id }) => nearestOf(book, id, fits.get(id) ?? [], supports)),
  }
}

/** How an organisation stands, without its reasons in words: what comparing many needs takes. */
export type Brief = Placed

export function rankBriefly(prepared: PreparedCorpus, question: Question): Brief[] {
  const { book } = prepared
  const supports = supportsOf(book, question, fitsOf(prepared, question))
  const scored = scoreOrganisations(book, question, supports, closenessOf(prepared, question))
  return bestOf(book, scored).map(({ organisationId, score, merit, supports: own }) => ({
    kind: 'organisation',
    id: organisationId,
    organisation: { id: organisationId },
    score,
    merit,
    newcomer: isNewcomer(question, organisationId),
    lifted: null,
    cells: own.map(({ level }) => ({ level })),
  }))
}

/** As many as a board holds, those first that either score puts first; the board's own order comes later. */
function bestOf(book: Book, scored: readonly Ranked[]): Ranked[] {
  const keyed = scored
    .filter((one) => one.score > 0)
    .map((one) => ({
      one,
      best: Math.max(one.score, one.merit),
      key: one.result === null ? '' : book.texts[one.result]!.id,
    }))
  return keyed
    .sort(
      (a, b) =>
        b.best - a.best ||
        (a.one.organisationId < b.one.organisationId ? -1 : a.one.organisationId > b.one.organisationId ? 1 : 0) ||
        (a.key < b.key ? -1 : 1),
    )
    .slice(0, CANDIDATES_MAX)
    .map(({ one }) => one)
}

/** Who holds the texts that fit best of those that are no evidence; one whom a person has denied is not near. */
function nearestOf(
  book: Book,
  capabilityId: string,
  fits: readonly TextFit[],
  supports: ReadonlyMap<string, readonly Support[]>,
): Near[] {
  const near = new Map<string, Near>()
  for (const { text, fit, level } of fits) {
    if (near.size >= NEAR_MAX || fit < NEAR_FIT_MIN) break
    if (level > 0 || book.texts[text]!.kind === 'part') continue
    for (const { organisationId } of book.texts[text]!.holders) {
      const known = supports.get(organisationId)?.some((support) => support.capabilityId === capabilityId)
      if (known || near.has(organisationId) || near.size >= NEAR_MAX || !book.organisationOf.has(organisationId))
        continue
      near.set(organisationId, { capabilityId, organisationId, fit, text })
    }
  }
  return [...near.values()]
}

/** What was found for a capability stands until the corpus changes: answers and judgements ask for it again and again. */
const found = new WeakMap<PreparedCorpus, Map<string, TextFit[]>>()
const FOUND_KEPT_MAX = 400

function fitsOf(prepared: PreparedCorpus, question: Question): Map<string, TextFit[]> {
  const known = found.get(prepared) ?? new Map<string, TextFit[]>()
  found.set(prepared, known)
  if (known.size > FOUND_KEPT_MAX) known.clear()
  return new Map(
    question.capabilities.map(({ id, names }) => {
      const key = JSON.stringify(names)
      const fits = known.get(key) ?? fitsFor(prepared, names)
      known.set(key, fits)
      return [id, fits]
    }),
  )
}

function fitsFor({ index, places }: PreparedCorpus, names: readonly string[]): TextFit[] {
  const isStrong = (id: string) => id.startsWith('result:') || id.startsWith('project:')
  return coverageOf({ names }, index, { isStrong, fitMin: NEAR_FIT_MIN }).map((one) => ({
    text: places.get(one.id)!,
    fit: one.fit,
    named: one.named,
    level: one.level as Level,
  }))
}

function scoreOrganisations(
  book: Book,
  question: Question,
  supports: ReadonlyMap<string, readonly Support[]>,
  closeness: ReadonlyMap<number, Closeness>,
): Ranked[] {
  const closest = closestTexts(book, closeness)
  const ids = new Set([
    ...supports.keys(),
    ...closest.keys(),
    ...question.partners.map(({ organisationId }) => organisationId),
  ])
  return [...ids]
    .filter((id) => book.organisationOf.has(id) && !question.sponsors.includes(id))
    .map((organisationId) => {
      const own = supports.get(organisationId) ?? []
      const text = closest.get(organisationId)
      const given: Given = {
        organisationId,
        supports: own,
        ...givenOf(text),
        bestText: text?.text ?? null,
        trl: trlOf(book, own),
      }
      return { ...scoreOne(book, question, given), given, result: null }
    })
}

function closestTexts(
  book: Book,
  closeness: ReadonlyMap<number, Closeness>,
): Map<string, Closeness & { text: number }> {
  const best = new Map<string, Closeness & { text: number }>()
  for (const [text, close] of closeness)
    for (const { organisationId } of book.texts[text]!.holders)
      if (close.share > (best.get(organisationId)?.share ?? 0)) best.set(organisationId, { ...close, text })
  return best
}

/** The maturity that speaks for an organisation: that of its best evidence. */
function trlOf(book: Book, supports: readonly Support[]): number | null {
  const found = supports
    .flatMap((support) => support.texts.filter(({ level }) => level >= 2))
    .sort(byEvidence(book))
    .find(({ text }) => book.texts[text]!.trl !== null)
  return found ? book.texts[found.text]!.trl : null
}

function scoreResults(
  book: Book,
  question: Question,
  fits: ReadonlyMap<string, readonly TextFit[]>,
  closeness: ReadonlyMap<number, Closeness>,
): Ranked[] {
  const byText = new Map<number, Support[]>()
  for (const [capabilityId, found] of fits)
    for (const one of found) {
      if (one.level === 0 || book.texts[one.text]!.kind !== 'result') continue
      const { level, fit } = one
      const support: Support = { capabilityId, level, computed: level, judged: null, fit, texts: [one] }
      byText.set(one.text, [...(byText.get(one.text) ?? []), support])
    }
  // One that is close only through the other language covers nothing as it is written, and is shown all the same.
  for (const [text, { twice }] of closeness)
    if (twice && book.texts[text]!.kind === 'result' && !byText.has(text)) byText.set(text, [])
  return [...byText].flatMap(([text, supports]) => {
    const { id, holders, trl } = book.texts[text]!
    const owner = holders.find(
      ({ organisationId }) => book.organisationOf.has(organisationId) && !question.sponsors.includes(organisationId),
    )
    if (!owner) return []
    const close = closeness.get(text)
    const given: Given = {
      organisationId: owner.organisationId,
      resultId: id,
      supports,
      ...givenOf(close),
      bestText: text,
      trl,
    }
    return [{ ...scoreOne(book, question, given), given, result: text }]
  })
}

function candidateOf(book: Book, question: Question, scored: Ranked, following: Following): Candidate {
  const organisation = book.organisationOf.get(scored.organisationId)!
  const text = scored.result === null ? null : book.texts[scored.result]!
  return {
    kind: text ? 'result' : 'organisation',
    id: text ? text.id : organisation.id,
    name: text ? text.title : organisation.name,
    names: text ? (text.titles ?? {}) : organisation.names,
    score: scored.score,
    merit: scored.merit,
    newcomer: isNewcomer(question, scored.organisationId),
    lifted: null,
    raises: raisesOf(book, question, scored.given),
    reasons: scored.reasons.map((reason) => {
      const beside = reason.capability === undefined ? {} : following(reason.capability, scored)
      return { ...withQuote(book, question, reason), ...beside }
    }),
    doubts: scored.doubts,
    cells: question.capabilities.map(({ id }) => {
      const support = scored.supports.find((one) => one.capabilityId === id)
      return { capability: id, level: support?.level ?? 0, judged: support?.judged ?? null }
    }),
    organisation: { ...organisation, kind: organisation.kind as Candidate['organisation']['kind'] },
    trl: scored.trl,
  }
}

/** Quotes the evidence of a reason, its words marked: the capability's own, or those that make the text close. */
function withQuote(book: Book, question: Question, { text, ...reason }: Reason & { text?: number }): Reason {
  if (text === undefined) return reason
  const capability = question.capabilities.find(({ id }) => id === reason.capability)
  const asked = capability ? capability.names : wordsOf(reason)
  return { ...reason, evidence: quoteOf(book, text, asked.flatMap(contentTermsOf)) }
}

/** The words of a text that make it close: the need's own, and those that say the same in the other language. */
function wordsOf({ facts }: Reason): string[] {
  const otherwise = String(facts?.twice ?? '').split('\n')
  return [...String(facts?.words ?? '').split('\n'), ...otherwise.map((line) => line.split('\t')[1] ?? '')]
}

export function quoteOf(book: Book, text: number, terms: Iterable<string>): Quote {
  const found = book.texts[text]!
  const asked = [...terms]
  const [body = { quote: '', marks: [] }, other] = excerptsOf(found.text || found.title, asked)
  const heading = headingOf(found, asked)
  const isHeading = shareTold(heading, asked) >= shareTold(body, asked) * HEADING_TELLS_MORE
  const best = isHeading && heading.marks.length ? heading : body
  const titles = found.titles && { titles: found.titles }
  const year = found.year ? { year: found.year } : {}
  return {
    ...{ kind: found.kind, id: found.id, title: found.title, ...titles, ...year, ...best },
    ...(other?.marks.length && best === body ? { other } : {}),
  }
}

/** A title is quoted where it tells so much more than any sentence of the text. */
const HEADING_TELLS_MORE = 2

/** The title in the language in which it marks most. */
function headingOf({ title, titles }: Book['texts'][number], asked: readonly string[]): Pick<Quote, 'quote' | 'marks'> {
  const own = Object.values(titles ?? {}).map(({ text }) => text)
  const [best] = (own.length ? own : [title])
    .map((text) => markedExcerpt(text, asked))
    .sort((a, b) => shareTold(b, asked) - shareTold(a, asked))
  return { quote: best?.quote ?? title, marks: best?.marks ?? [] }
}

/** How much of what is asked in the script of the quote is marked in it: a Chinese word is several terms, an English one is one. */
function shareTold({ quote, marks }: Pick<Quote, 'quote' | 'marks'>, asked: readonly string[]): number {
  const isHan = HAN.test(quote)
  const own = asked.filter((term) => HAN.test(term) === isHan)
  const marked = new Set(marks.flatMap(([from, to]) => termsOf(quote.slice(from, to))))
  return own.length ? own.filter((term) => marked.has(term)).length / own.length : 0
}

const HAN = /\p{Script=Han}/u

/** An excerpt of each language that a text is in, told apart line by line; the one with more marks first. */
function excerptsOf(text: string, terms: readonly string[]): Pick<Quote, 'quote' | 'marks'>[] {
  const lines = text.split('\n')
  return [lines.filter((line) => HAN.test(line)), lines.filter((line) => !HAN.test(line))]
    .map((own) => own.join('\n').trim())
    .filter(Boolean)
    .map((own) => markedExcerpt(own, terms))
    .map(({ quote, marks }) => ({ quote, marks }))
    .sort((a, b) => b.marks.length - a.marks.length)
}
