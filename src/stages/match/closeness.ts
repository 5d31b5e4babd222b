import type { SearchIndex } from '#engines/search/index.ts'
import { segmentHan, termsOf, tokensOf } from '#engines/text/tokens.ts'
import { isContentTerm } from './content-words.ts'
import type { Question } from './question.ts'

/** How close a text is to what a need says beside the names of its capabilities. */
export interface Closeness {
  /** Of the closest text's, from 0 to 1; less where it rests on few words. */
  share: number
  /** The need's words that make it so, the weightiest first. */
  words: string[]
}

const TEXT_HITS_MAX = 2_000
const WORDS_TOLD_MAX = 6
/** Fewer words in common are chance. */
const WORDS_MIN = 3
/** From so many on they count in full. */
const WORDS_FULL = 6
/** A word that more of the texts hold than this tells nothing of any one of them; in a small registry three texts may. */
const HELD_SHARE_MAX = 0.04
const HELD_MIN = 3
const HAN_RUN = /\p{Script=Han}+/gu

/**
 * Holds the need's own words against all texts. The names of its capabilities are left out, since coverage has counted
 * them, and so are words that tell nothing; a text counts from `WORDS_MIN` words on.
 */
export function closenessOf(
  { index, places }: { index: SearchIndex; places: ReadonlyMap<string, number> },
  { text, capabilities }: Pick<Question, 'text' | 'capabilities'>,
): Map<number, Closeness> {
  const counted = new Set(capabilities.flatMap(({ names }) => names.flatMap((name) => termsOf(name))))
  const surfaces = surfacesOf(text, counted)
  const heldMax = Math.max(HELD_MIN, index.documentsCount * HELD_SHARE_MAX)
  for (const term of surfaces.keys()) if (index.documentFrequency(term) > heldMax) surfaces.delete(term)
  const found = index.search(text, { k: TEXT_HITS_MAX, plain: true }).flatMap((hit) => {
    const own = hit.terms.filter(({ term, weight }) => weight > 0 && surfaces.has(term))
    if (own.length < WORDS_MIN) return []
    const words = apart(own.sort((a, b) => b.weight - a.weight).map(({ term }) => surfaces.get(term)!))
    if (words.length < WORDS_MIN) return []
    const weight = own.reduce((sum, term) => sum + term.weight, 0)
    const fullness = Math.min(words.length / WORDS_FULL, 1)
    return [{ place: places.get(hit.id)!, weight, fullness, words: words.slice(0, WORDS_TOLD_MAX) }]
  })
  const most = Math.max(...found.map(({ weight }) => weight), 0)
  return new Map(
    found.map(({ place, weight, fullness, words }) => [place, { share: (weight / most) * fullness, words }]),
  )
}

/** Words that are no part of another one. */
const apart = (words: readonly string[]): string[] =>
  words.filter((word) => !words.some((other) => other !== word && other.toLowerCase().includes(word.toLowerCase())))

/** How the need itself writes each term that tells something; of Chinese, the terms that are words and not mere pairs. */
function surfacesOf(text: string, counted: ReadonlySet<string>): Map<string, string> {
  const words = new Set([...text.matchAll(HAN_RUN)].flatMap(([run]) => segmentHan(run).map(({ word }) => word)))
  const surfaces = new Map<string, string>()
  for (const { term, start, end, stop } of tokensOf(text)) {
    if (stop || counted.has(term) || surfaces.has(term) || !isContentTerm(term)) continue
    const surface = text.slice(start, end)
    if (/\p{Script=Han}/u.test(surface) && !words.has(surface)) continue
    surfaces.set(term, surface)
  }
  return surfaces
}
