import { segmentHan, termsOf, tokensOf } from '#engines/text/tokens.ts'
import { isContentTerm } from './content-words.ts'
import type { PreparedCorpus } from './prepared.ts'
import type { Question } from './question.ts'
import type { SaidOtherwise } from './rules.ts'

export interface Translated {
  weight: number
  /** The weightiest first, each word of the need once. */
  twice: SaidOtherwise[]
}

interface Translation extends SaidOtherwise {
  share: number
}

const HITS_MAX = 2_000
/** A word that more of the texts hold than this says nothing of one of them. */
const HELD_SHARE_MAX = 0.2
const HELD_MIN = 3
const HAN_RUN = /\p{Script=Han}+/gu

/**
 * Texts that say the need's words in the other language, by what the zone's own bilingual records teach; by their places.
 * The names of capabilities count too: coverage knows them only as they are written. A word that a text says itself, or
 * whose translation very many texts hold, tells nothing here.
 */
export function translatedTexts(
  { index, book, places, learnt }: Pick<PreparedCorpus, 'index' | 'book' | 'places' | 'learnt'>,
  { text, capabilities }: Pick<Question, 'text' | 'capabilities'>,
): Map<number, Translated> {
  const asked = [text, ...capabilities.flatMap(({ names }) => names)].join('\n')
  const translations = translationsOf(asked, learnt?.pairs)
  const heldMax = Math.max(HELD_MIN, index.documentsCount * HELD_SHARE_MAX)
  for (const term of translations.keys()) if (index.documentFrequency(term) > heldMax) translations.delete(term)
  if (translations.size === 0) return new Map()
  const said = [...translations.values()].map(({ says }) => says).join('\n')
  const found = new Map<number, Translated>()
  for (const hit of index.search(said, { k: HITS_MAX, plain: true })) {
    const place = places.get(hit.id)!
    const whole = `${book.texts[place]!.title}\n${book.texts[place]!.text}`.toLowerCase()
    const words = new Map<string, SaidOtherwise & { weight: number }>()
    for (const { term, weight } of hit.terms) {
      const one = translations.get(term)
      if (!one || words.has(one.word) || whole.includes(one.word.toLowerCase())) continue
      words.set(one.word, { word: one.word, says: one.says, records: one.records, weight: weight * one.share })
    }
    if (words.size === 0) continue
    const twice = [...words.values()].sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
    found.set(place, {
      weight: twice.reduce((sum, { weight }) => sum + weight, 0),
      twice: twice.map(({ weight: _, ...one }) => one),
    })
  }
  return found
}

/** By term of the other language: the surest of the need's words for it, without those that the need says itself. */
function translationsOf(text: string, pairs: NonNullable<PreparedCorpus['learnt']>['pairs'] | undefined) {
  const translations = new Map<string, Translation>()
  if (!pairs) return translations
  const own = new Set(termsOf(text))
  const words = new Set([...text.matchAll(HAN_RUN)].flatMap(([run]) => segmentHan(run).map(({ word }) => word)))
  for (const { term, start, end, stop } of tokensOf(text)) {
    const word = text.slice(start, end)
    if (stop || !isContentTerm(term) || (/\p{Script=Han}/u.test(word) && !words.has(word))) continue
    for (const { term: other, share, met, says } of pairs.get(term) ?? [])
      if (!own.has(other) && share > (translations.get(other)?.share ?? 0))
        translations.set(other, { word, says, records: met, share })
  }
  return translations
}
