import { coverageOf } from '#engines/coverage/collection.ts'
import { buildIndex } from '#engines/search/build.ts'
import type { Hit, SearchIndex } from '#engines/search/index.ts'
import { markedExcerpt } from '#engines/text/marks.ts'
import { termsOf } from '#engines/text/tokens.ts'
import { CANDIDATES_MAX, type Candidate, type Level, type Quote, type Reason } from './model.ts'
import { type Book, type Corpus, openBook, type Question, type TextFit } from './question.ts'
import { type Scored, type Support, scoreOne, supportsOf } from './rules.ts'

/** Names the way of ranking; an answer says by which it was made. */
export const ENGINE = 'match-1 (BM25, calibrated coverage)'
const TEXT_HITS_MAX = 2_000

export interface PreparedCorpus {
  book: Book
  index: SearchIndex
  /** The place of each text in the corpus by the index's id. */
  places: ReadonlyMap<string, number>
}

/** Reads a corpus once, so that many questions can be asked of it. */
export function prepareCorpus(corpus: Corpus): PreparedCorpus {
  const places = new Map(corpus.texts.map((text, place) => [indexId(text), place]))
  const index = buildIndex(
    corpus.texts.map((text) => ({ id: indexId(text), fields: { title: text.title, text: text.text } })),
  )
  return { book: openBook(corpus), index, places }
}

const indexId = ({ kind, id }: { kind: string; id: string }) => `${kind}:${id}`

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

/** Organisations and results by how well they answer a need, each with reasons that add up to its score. */
export function rank(prepared: PreparedCorpus, question: Question): Ranking {
  const { book, index, places } = prepared
  const fits = fitsOf(prepared, question)
  const supports = supportsOf(book, question, fits)
  const hits = index.search(question.text, { k: TEXT_HITS_MAX })
  const shares = textShares(hits, places)
  const scored = [
    ...scoreOrganisations(book, question, supports, shares).map((one) => ({ ...one, result: null })),
    ...scoreResults(book, question, fits, shares),
  ]
  const kept = scored
    .filter((one) => one.score > 0)
    .sort(
      (a, b) =>
        b.score - a.score || (a.organisationId < b.organisationId ? -1 : 1) || (a.result ?? 0) - (b.result ?? 0),
    )
    .slice(0, CANDIDATES_MAX)
  return {
    candidates: kept.map((one) => candidateOf(book, question, one)),
    supports,
    near: question.capabilities.flatMap(({ id }) => nearestOf(book, id, fits.get(id) ?? [], supports)),
  }
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

function fitsOf({ index, places }: PreparedCorpus, question: Question): Map<string, TextFit[]> {
  const isStrong = (id: string) => id.startsWith('result:') || id.startsWith('project:')
  return new Map(
    question.capabilities.map(({ id, names }) => [
      id,
      coverageOf({ names }, index, { isStrong }).map((found) => ({
        text: places.get(found.id)!,
        fit: found.fit,
        named: found.named,
        level: found.level as Level,
      })),
    ]),
  )
}

/** Each text's BM25 as a share of the best one's: a raw score says nothing across needs. */
function textShares(hits: readonly Hit[], places: ReadonlyMap<string, number>): Map<number, number> {
  const best = hits[0]?.score ?? 0
  return new Map(hits.map((hit) => [places.get(hit.id)!, best > 0 ? hit.score / best : 0]))
}

function scoreOrganisations(
  book: Book,
  question: Question,
  supports: ReadonlyMap<string, readonly Support[]>,
  shares: ReadonlyMap<number, number>,
): Scored[] {
  const best = bestTexts(book, shares)
  const ids = new Set([
    ...supports.keys(),
    ...best.keys(),
    ...question.partners.map(({ organisationId }) => organisationId),
  ])
  return [...ids]
    .filter((id) => book.organisationOf.has(id) && !question.sponsors.includes(id))
    .map((organisationId) => {
      const own = supports.get(organisationId) ?? []
      const text = best.get(organisationId)
      return scoreOne(book, question, {
        organisationId,
        supports: own,
        textShare: text?.share ?? 0,
        bestText: text?.text ?? null,
        trl: trlOf(book, own),
      })
    })
}

function bestTexts(book: Book, shares: ReadonlyMap<number, number>): Map<string, { text: number; share: number }> {
  const best = new Map<string, { text: number; share: number }>()
  for (const [text, share] of shares)
    for (const { organisationId } of book.texts[text]!.holders)
      if (share > (best.get(organisationId)?.share ?? 0)) best.set(organisationId, { text, share })
  return best
}

/** The maturity that speaks for an organisation: that of its best evidence. */
function trlOf(book: Book, supports: readonly Support[]): number | null {
  const found = supports
    .flatMap((support) => support.texts.filter(({ level }) => level >= 2))
    .sort((a, b) => b.level - a.level || b.fit - a.fit || a.text - b.text)
    .find(({ text }) => book.texts[text]!.trl !== null)
  return found ? book.texts[found.text]!.trl : null
}

function scoreResults(
  book: Book,
  question: Question,
  fits: ReadonlyMap<string, readonly TextFit[]>,
  shares: ReadonlyMap<number, number>,
): (Scored & { result: number })[] {
  const byText = new Map<number, Support[]>()
  for (const [capabilityId, found] of fits)
    for (const one of found) {
      if (one.level === 0 || book.texts[one.text]!.kind !== 'result') continue
      const judged = null
      const support: Support = {
        capabilityId,
        level: one.level,
        computed: one.level,
        judged,
        fit: one.fit,
        texts: [one],
      }
      byText.set(one.text, [...(byText.get(one.text) ?? []), support])
    }
  return [...byText].flatMap(([text, supports]) => {
    const { holders, trl } = book.texts[text]!
    const owner = holders.find(
      ({ organisationId }) => book.organisationOf.has(organisationId) && !question.sponsors.includes(organisationId),
    )
    if (!owner) return []
    const given = {
      organisationId: owner.organisationId,
      supports,
      textShare: shares.get(text) ?? 0,
      bestText: text,
      trl,
    }
    return [{ ...scoreOne(book, question, given), result: text }]
  })
}

function candidateOf(book: Book, question: Question, scored: Scored & { result: number | null }): Candidate {
  const organisation = book.organisationOf.get(scored.organisationId)!
  const text = scored.result === null ? null : book.texts[scored.result]!
  return {
    kind: text ? 'result' : 'organisation',
    id: text ? text.id : organisation.id,
    name: text ? text.title : organisation.name,
    names: text ? (text.titles ?? {}) : organisation.names,
    score: scored.score,
    reasons: scored.reasons.map((reason) => withQuote(book, question, reason)),
    doubts: scored.doubts,
    cells: question.capabilities.map(({ id }) => {
      const support = scored.supports.find((one) => one.capabilityId === id)
      return { capability: id, level: support?.level ?? 0, judged: support?.judged ?? null }
    }),
    organisation: { ...organisation, kind: organisation.kind as Candidate['organisation']['kind'] },
    trl: scored.trl,
  }
}

/** Quotes the evidence of a reason, its words marked: the capability's own, or the need's where the whole text fits. */
function withQuote(book: Book, question: Question, { text, ...reason }: Reason & { text?: number }): Reason {
  if (text === undefined) return reason
  const capability = question.capabilities.find(({ id }) => id === reason.capability)
  const asked = capability ? capability.names.flatMap((name) => termsOf(name)) : termsOf(question.text)
  return { ...reason, evidence: quoteOf(book, text, asked) }
}

export function quoteOf(book: Book, text: number, terms: Iterable<string>): Quote {
  const found = book.texts[text]!
  const [best = { quote: '', marks: [] }, other] = excerptsOf(found.text || found.title, [...terms])
  const titles = found.titles && { titles: found.titles }
  return {
    ...{ kind: found.kind, id: found.id, title: found.title, ...titles, ...best },
    ...(other?.marks.length ? { other } : {}),
  }
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
