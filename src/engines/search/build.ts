import { eachTerm } from '#engines/text/tokens.ts'
import { wordsCount } from '#engines/text/words.ts'
import { assert } from '#kit/assert.ts'
import { GrowingNumbers } from './growing.ts'
import { SearchIndex } from './index.ts'
import { BESIDE, FIELD_BREAK, type Reading } from './segment.ts'
import type { Dictionary } from './statistics.ts'

export { BESIDE, FIELD_BREAK } from './segment.ts'

export interface SearchDocument {
  id: string
  /** Texts by field name. `title` counts `TITLE_WEIGHT` times unless the options say otherwise. */
  fields: Readonly<Record<string, string | undefined>>
  /** A BCP 47 tag for the tokeniser, where the whole document is in one language. */
  lang?: string
}

export interface IndexOptions {
  /** How much one occurrence in a field counts; a field that is not named counts once. */
  fieldWeights?: Readonly<Record<string, number>>
  /** How soon further occurrences of a term stop mattering. */
  k1?: number
  /** How far a long document is held back, from 0 to 1. */
  b?: number
}

export const TITLE_WEIGHT = 3
export const K1 = 1.2
export const B = 0.75
export const FIELDS_MAX = 8
const FEW_DOCUMENTS = 1_000

/**
 * An in-memory inverted index over the documents, in the order of their ids, whatever order they come in. Ids are
 * distinct. Time and memory are linear in the text: about 4 bytes a term read and 6 a distinct term of a document.
 */
export function buildIndex(documents: Iterable<SearchDocument>, options: IndexOptions = {}): SearchIndex {
  const sorted = sortById([...documents])
  const weights: Readonly<Record<string, number>> = { title: TITLE_WEIGHT, ...options.fieldWeights }
  const fieldNames = namesOfFields(sorted)
  const index = new SearchIndex({
    fieldNames,
    fieldWeights: fieldNames.map((name) => weights[name] ?? 1),
    k1: options.k1 ?? K1,
    b: options.b ?? B,
  })
  index.add(sorted)
  return index
}

export function sortById(documents: SearchDocument[]): SearchDocument[] {
  const sorted = documents.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (let at = 1; at < sorted.length; at += 1)
    assert(sorted[at - 1]!.id !== sorted[at]!.id, `the id ${sorted[at]!.id} is indexed once.`)
  return sorted
}

function namesOfFields(documents: readonly SearchDocument[]): string[] {
  const names = new Set<string>()
  for (const { fields } of documents) for (const name in fields) names.add(name)
  assert(names.size <= FIELDS_MAX, `at most ${FIELDS_MAX} fields are indexed.`)
  return [...names].sort((a, b) => Number(b === 'title') - Number(a === 'title') || (a < b ? -1 : 1))
}

/** Reads documents field by field; new terms get the dictionary's next numbers. */
export function readDocuments(
  documents: readonly SearchDocument[],
  fieldNames: readonly string[],
  dictionary: Dictionary,
): Reading {
  const order = new GrowingNumbers()
  const orderStarts = new Uint32Array(documents.length + 1)
  const numberOf = numberByWord(dictionary, documents.length < FEW_DOCUMENTS)
  const visit = (term: string, moves: boolean, _stop: boolean, word?: number) => {
    const number = numberOf(term, word)
    order.push(moves ? number : (number | BESIDE) >>> 0)
  }
  documents.forEach(({ fields, lang }, ordinal) => {
    for (const name of fieldNames) {
      const text = fields[name]
      if (text) eachTerm(text, lang === undefined ? {} : { lang }, visit)
      order.push(FIELD_BREAK)
    }
    orderStarts[ordinal + 1] = order.length
  })
  return { ids: documents.map(({ id }) => id), order: order.finish(), orderStarts }
}

/** Terms' numbers in the dictionary, kept by the number of the word so that most need no look-up by name. */
function numberByWord(dictionary: Dictionary, areFew: boolean): (term: string, word?: number) => number {
  // Far more words may be known already than a few documents hold: those are looked up.
  const first = areFew ? wordsCount() : 0
  let numbers = new Int32Array(1024)
  return (term, word) => {
    if (word === undefined || word < first) return dictionary.numberOf(term)
    const place = word - first
    if (place >= numbers.length) {
      const larger = new Int32Array(Math.max(2 * numbers.length, place + 1))
      larger.set(numbers)
      numbers = larger
    }
    if (numbers[place] === 0) numbers[place] = dictionary.numberOf(term) + 1
    return numbers[place]! - 1
  }
}
