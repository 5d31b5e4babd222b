import { buildIndex, type SearchDocument } from '#engines/search/build.ts'
import type { SearchIndex } from '#engines/search/index.ts'
import { type Book, type Corpus, type CorpusOrganisation, type CorpusText, keyOf, openBook } from './question.ts'

/** A zone's registry as it is ranked: its records, their index, and where in the corpus the index's ids stand. */
export interface PreparedCorpus {
  book: Book
  index: SearchIndex
  places: ReadonlyMap<string, number>
}

/** What has become of a few of a zone's records: what is there takes the place of what was, the rest of what is named is gone. */
export interface Changes {
  version: string
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
  const places = new Map(corpus.texts.map((text, place) => [keyOf(text), place]))
  return { book: openBook(corpus), index: buildIndex(corpus.texts.map(documentOf)), places }
}

const documentOf = (text: CorpusText): SearchDocument => ({
  id: keyOf(text),
  fields: { title: text.title, text: text.text },
})

/**
 * The corpus with those changes, its index changed in place; what was given must not be asked any more. Null where it was
 * empty, so that there is nothing to change.
 */
export function applyChanges({ book, index, places }: PreparedCorpus, changes: Changes): PreparedCorpus | null {
  if (book.texts.length === 0) return null
  const texts = [...book.texts]
  const placed = new Map(places)
  for (const key of goneKeys(book, places, changes)) {
    texts[placed.get(key)!] = STRUCK
    placed.delete(key)
    index.remove([key])
  }
  for (const text of changes.texts.there) placed.set(keyOf(text), texts.push(text) - 1)
  index.add(changes.texts.there.map(documentOf))
  const organisations = new Map(book.organisationOf)
  for (const id of changes.organisations.named) organisations.delete(id)
  for (const organisation of changes.organisations.there) organisations.set(organisation.id, organisation)
  return {
    book: { ...book, texts, organisations: [...organisations.values()], organisationOf: organisations },
    index,
    places: placed,
  }
}

function goneKeys(book: Book, places: ReadonlyMap<string, number>, { texts }: Changes): string[] {
  const owners = new Set(texts.documentsOf)
  const documents = owners.size
    ? book.texts.filter(
        ({ kind, holders }) => kind === 'document' && holders.some((one) => owners.has(one.organisationId)),
      )
    : []
  return [...new Set([...texts.named, ...documents.map(keyOf)])].filter((key) => places.has(key))
}
