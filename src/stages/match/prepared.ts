import { buildIndex, type SearchDocument } from '#engines/search/build.ts'
import type { SearchIndex } from '#engines/search/index.ts'
import type { Mark } from './corpus.ts'
import { isBilingual, type Learnt } from './learnt.ts'
import { type Book, type Corpus, type CorpusOrganisation, type CorpusText, keyOf, openBook } from './question.ts'

/** A zone's registry as it is ranked: its records, their index, and where in the corpus the index's ids stand. */
export interface PreparedCorpus {
  book: Book
  /** The book's texts, which are changed in place; one that is gone leaves an empty one. */
  texts: CorpusText[]
  index: SearchIndex
  places: Map<string, number>
  /** What its bilingual records have taught; null until they have. */
  learnt: Learnt | null
}

/** What has become of a few of a zone's records: what is there takes the place of what was, the rest of what is named is gone. */
export interface Changes {
  mark: Mark
  organisations: { named: readonly string[]; there: readonly CorpusOrganisation[] }
  texts: {
    /** Keys of texts, and organisations of which all documents are meant. */
    named: readonly string[]
    documentsOf: readonly string[]
    there: readonly CorpusText[]
  }
}

/** Stands where a text was. */
const STRUCK: CorpusText = { kind: 'document', id: '', title: '', text: '', trl: null, holders: [] }

/** Reads a corpus once, so that many questions can be asked of it. */
export function prepareCorpus(corpus: Corpus): PreparedCorpus {
  const texts = [...corpus.texts]
  const places = new Map(texts.map((text, place) => [keyOf(text), place]))
  const book = openBook({ ...corpus, texts })
  return { book, texts, index: buildIndex(texts.map(documentOf)), places, learnt: null }
}

const documentOf = (text: CorpusText): SearchDocument => ({
  id: keyOf(text),
  fields: { title: text.title, text: text.text },
})

/**
 * The corpus with those changes, which are made in place; what was given must not be asked any more. Null where it was
 * empty, so that there is nothing to change.
 */
export function applyChanges(prepared: PreparedCorpus, changes: Changes): PreparedCorpus | null {
  const { book, texts, index, places } = prepared
  if (texts.length === 0) return null
  const there = new Map(changes.texts.there.map((text) => [keyOf(text), text]))
  const gone = goneKeys(prepared, changes).filter((key) => !there.has(key))
  index.remove(gone)
  for (const key of gone) {
    texts[places.get(key)!] = STRUCK
    places.delete(key)
  }
  for (const [key, text] of there) {
    const place = places.get(key) ?? texts.length
    texts[place] = text
    places.set(key, place)
  }
  if (there.size > 0) index.add([...there.values()].map(documentOf))
  const organisations = new Map(book.organisationOf)
  for (const id of changes.organisations.named) organisations.delete(id)
  for (const organisation of changes.organisations.there) organisations.set(organisation.id, organisation)
  return {
    ...prepared,
    book: { ...book, texts, organisations: [...organisations.values()], organisationOf: organisations },
  }
}

/** Whether those changes take away or change anything that is held: what it said must then not be kept anywhere. */
export function takesAway(prepared: PreparedCorpus, changes: Changes): boolean {
  const { texts, places, book } = prepared
  const [said, named] = [new Map<string, CorpusText>(), new Map<string, CorpusOrganisation>()]
  for (const text of changes.texts.there) said.set(keyOf(text), text)
  for (const organisation of changes.organisations.there) named.set(organisation.id, organisation)
  const isSaidStill = (key: string) => saysAll(said.get(key), texts[places.get(key)!]!)
  const isNamedStill = (id: string) => {
    const known = book.organisationOf.get(id)
    return !known || JSON.stringify(known) === JSON.stringify(named.get(id))
  }
  return !goneKeys(prepared, changes).every(isSaidStill) || !changes.organisations.named.every(isNamedStill)
}

const saysAll = (now: CorpusText | undefined, before: CorpusText) =>
  now !== undefined && now.title === before.title && now.text === before.text

/** Of how many bilingual records those changes change what they say. */
export function bilingualChanged(prepared: PreparedCorpus, changes: Changes): number {
  const { texts, places } = prepared
  const said = new Map(changes.texts.there.map((text) => [keyOf(text), text]))
  const changed = new Set<string>()
  for (const key of goneKeys(prepared, changes)) {
    const before = texts[places.get(key)!]!
    if (isBilingual(before) && !saysAll(said.get(key), before)) changed.add(key)
  }
  for (const [key, text] of said) {
    const place = places.get(key)
    if (isBilingual(text) && (place === undefined || !saysAll(text, texts[place]!))) changed.add(key)
  }
  return changed.size
}

function goneKeys({ texts: held, places }: PreparedCorpus, { texts }: Changes): string[] {
  const owners = new Set(texts.documentsOf)
  const documents = owners.size
    ? held.filter(({ kind, holders }) => kind === 'document' && holders.some((one) => owners.has(one.organisationId)))
    : []
  return [...new Set([...texts.named, ...documents.map(keyOf)])].filter((key) => places.has(key))
}
