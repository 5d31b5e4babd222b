import type { TrecDocument } from '#engines/search/trec.ts'
import { seededRandom } from '#kit/random.ts'
import { readSet, SETS } from './sets.ts'

/** Documents and needs for measuring speed, made from the real ones with their word statistics, the same for one seed. */
export interface Collection {
  documents: TrecDocument[]
  /** Needs of so many words, by their length. */
  needs(words: number, count: number): string[]
}

const RUN_WORDS_MIN = 5
const RUN_WORDS_MAX = 15
const SEED = 20_261

/**
 * The English documents of the shared sets, then as many resampled ones as it takes: each has the length of a real one
 * drawn at random and is laid out of runs of 5 to 15 words from documents drawn at random, so that words are as frequent
 * and stand beside each other as in the real ones. Needs are consecutive words of real documents, one after another.
 */
export function makeCollection(documentsCount: number): Collection | null {
  const real = SETS.filter((name) => name !== 'csl').flatMap((name) => readSet(name)?.documents ?? [])
  if (real.length === 0) return null
  const random = seededRandom(SEED)
  const whole = (below: number) => Math.floor(random() * below)
  const texts = real
    .map(({ title, text }) => `${title ?? ''} ${text}`.trim().split(/\s+/))
    .filter((words) => words.length > 3)
  const documents = texts.slice(0, documentsCount).map((words, at) => documentOf(at, words))
  while (documents.length < documentsCount) {
    const { length } = texts[whole(texts.length)]!
    const words: string[] = []
    while (words.length < length) words.push(...runOf(texts[whole(texts.length)]!, whole))
    documents.push(documentOf(documents.length, words.slice(0, length)))
  }
  const stream = texts.flat()
  return {
    documents,
    needs: (words, count) =>
      Array.from({ length: count }, () => {
        const from = whole(stream.length - words)
        return stream.slice(from, from + words).join(' ')
      }),
  }
}

function runOf(words: readonly string[], whole: (below: number) => number): string[] {
  const length = RUN_WORDS_MIN + whole(RUN_WORDS_MAX - RUN_WORDS_MIN + 1)
  const from = whole(Math.max(1, words.length - length))
  return words.slice(from, from + length)
}

function documentOf(at: number, words: readonly string[]): TrecDocument {
  return { id: `d${String(at).padStart(7, '0')}`, lang: 'en', text: words.join(' ') }
}
