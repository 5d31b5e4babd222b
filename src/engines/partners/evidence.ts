import { buildIndex, type SearchDocument } from '#engines/search/build.ts'
import type { SearchIndex } from '#engines/search/index.ts'
import { termsOf } from '#engines/text/tokens.ts'
import type { History } from './history.ts'
import { rowOf } from './rows.ts'
import { QUESTION_CHARS_MAX } from './types.ts'

/** Texts by which organisations are found: of their projects, and what they show themselves. */
export interface EvidenceIndex {
  /** Texts of projects, by their place in `history.projects`, and of organisations: `o` and their place. Null for none. */
  readonly index: SearchIndex | null
  /** How telling a word of a name is, by its number. */
  readonly wordWeights: Float32Array
  /** The words a country is called by in running text, by its number. */
  readonly countryTerms: readonly (readonly string[])[]
}

/** What a question's text says of every organisation; 0 where nothing. */
export interface Evidence {
  readonly best: Float32Array
  readonly sum: Float32Array
  readonly mean: Float32Array
  readonly named: Float32Array
  /** By country: is it called by its name, and how much of the neighbouring projects is there. */
  readonly countryNamed: Float32Array
  readonly countryNear: Float32Array
  readonly found: readonly number[]
}

const NEIGHBOURS_MAX = 100
const TEXT_CHARS_MAX = 100_000

export function buildEvidence(history: History): EvidenceIndex {
  const documents = [...projectTexts(history), ...ownTexts(history)]
  const all = Math.max(1, history.organisations.size)
  return {
    index: documents.length > 0 ? buildIndex(documents) : null,
    wordWeights: Float32Array.from({ length: history.nameWords.size }, (_, word) =>
      Math.log(1 + all / rowOf(history.organisationsNamed, word).length),
    ),
    countryTerms: history.countries.ids.map((country) => termsOf(spelledOut(country))),
  }
}

function projectTexts({ projects }: History): SearchDocument[] {
  return projects.flatMap(({ text }, project) =>
    text ? [{ id: String(project), fields: { text: text.slice(0, TEXT_CHARS_MAX) } }] : [],
  )
}

/** Each text of an organisation is a document of its own: one that fits counts, however many others it has. */
function ownTexts({ texts, organisations }: History): SearchDocument[] {
  return texts.flatMap(({ organisation, text }, at) => {
    const number = organisations.find(organisation)
    if (number === undefined || text === '') return []
    return [{ id: `o${number}:${at}`, fields: { text: text.slice(0, TEXT_CHARS_MAX) } }]
  })
}

const SPELLINGS = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })
const CODES_OF_THE_EU: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' }

function spelledOut(country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country
  return SPELLINGS.of(CODES_OF_THE_EU[country] ?? country) ?? country
}

export function emptyEvidence(history: History): Evidence {
  const { organisations, countries } = history
  const fresh = () => new Float32Array(organisations.size)
  return {
    best: fresh(),
    sum: fresh(),
    mean: fresh(),
    named: fresh(),
    countryNamed: new Float32Array(countries.size),
    countryNear: new Float32Array(countries.size),
    found: [],
  }
}

export function readEvidence(history: History, index: EvidenceIndex, question: string | undefined): Evidence {
  const evidence = emptyEvidence(history)
  const text = (question ?? '').slice(0, QUESTION_CHARS_MAX)
  if (text.trim() === '') return evidence
  const found = new Set<number>()
  addTexts(history, index, text, evidence, found)
  addNames(history, index, text, evidence, found)
  return { ...evidence, found: [...found].sort((a, b) => a - b) }
}

function addTexts(history: History, { index }: EvidenceIndex, text: string, into: Evidence, found: Set<number>): void {
  const hits = index?.search(text, { k: NEIGHBOURS_MAX, plain: true }) ?? []
  const top = hits[0]?.score ?? 1
  let nearTotal = 0
  for (const { id, score } of hits) {
    const near = (score / top) ** 2
    for (const organisation of ownersOf(history, id)) {
      found.add(organisation)
      into.sum[organisation]! += near
      into.best[organisation] = Math.max(into.best[organisation]!, score / top)
      const country = history.countryOf[organisation]!
      if (country >= 0) {
        into.countryNear[country]! += near
        nearTotal += near
      }
    }
  }
  for (const organisation of found) {
    const { starts } = history.joined
    const texts = starts[organisation + 1]! - starts[organisation]! + history.textsCount[organisation]!
    into.mean[organisation] = into.sum[organisation]! / Math.sqrt(texts)
  }
  if (nearTotal > 0) for (let at = 0; at < into.countryNear.length; at += 1) into.countryNear[at]! /= nearTotal
}

function ownersOf({ members }: History, id: string): Iterable<number> {
  return id.startsWith('o') ? [Number.parseInt(id.slice(1), 10)] : rowOf(members, Number(id))
}

/** A name counts as called by the share of its telling words that the text holds. */
function addNames(history: History, index: EvidenceIndex, text: string, into: Evidence, found: Set<number>): void {
  const counts = new Map<string, number>()
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1)
  index.countryTerms.forEach((terms, country) => {
    if (terms.length > 0 && terms.every((term) => counts.has(term)))
      into.countryNamed[country] = Math.log1p(Math.min(...terms.map((term) => counts.get(term)!)))
  })
  const touched = new Set<number>()
  for (const term of counts.keys()) {
    const word = history.nameWords.find(term)
    if (word === undefined) continue
    for (const organisation of rowOf(history.organisationsNamed, word)) {
      into.named[organisation]! += index.wordWeights[word]! ** 2
      touched.add(organisation)
    }
  }
  for (const organisation of touched) {
    let whole = 0
    for (const word of rowOf(history.nameWordsOf, organisation)) whole += index.wordWeights[word]! ** 2
    into.named[organisation] = into.named[organisation]! / whole
    if (into.named[organisation]! > NAMED_FOUND) found.add(organisation)
  }
}

const NAMED_FOUND = 0.5
