import { type Fused, fusedMost, fuseRanks } from '#engines/search/fuse.ts'
import { segmentHan, termsOf, tokensOf } from '#engines/text/tokens.ts'
import { isCommonGround } from './content-words.ts'
import { denseTextOf, hashOfText } from './dense-text.ts'
import type { PreparedCorpus } from './prepared.ts'
import { keyOf, type Question } from './question.ts'
import type { Given, Nearness, SaidOtherwise } from './rules.ts'
import { translatedTexts } from './translated.ts'

/** How close a text is to what a need says beside the names of its capabilities. */
export interface Closeness {
  /** Of the closest text's, from 0 to 1; less where it rests on few words. What it has from meaning is a part of it. */
  share: number
  /** The need's words that make it so, the weightiest first; none where its meaning alone does. */
  words: string[]
  /** Words of the need that the text says in the other language. */
  twice?: readonly SaidOtherwise[]
  meaning?: Nearness
}

const TEXT_HITS_MAX = 2_000
const WORDS_TOLD_MAX = 6
/** Fewer words in common are chance; a word and its translation are one. */
const WORDS_MIN = 3
/** From so many on they count in full. */
const WORDS_FULL = 6
/** A word that more of the texts hold than this tells nothing of any one of them; in a small registry three texts may. */
const HELD_SHARE_MAX = 0.04
const HELD_MIN = 3
const HAN = /\p{Script=Han}/u
const HAN_RUN = /\p{Script=Han}+/gu
/** A temperature is no common ground: its term has lost its sign, and 40 °C is not −40 °C. */
const TEMPERATURE = /^\d.*(°C|℃)$/u

type Prepared = Pick<PreparedCorpus, 'book' | 'index' | 'places' | 'learnt'>

/**
 * How close each text is that is close at all: by the need's words alone, or where the question names texts that are near
 * in meaning, by the fusion of both lists. Then what stands first in one list alone has half of what is first in both.
 */
export function closenessOf(prepared: Prepared, question: ClosenessAsked): Map<number, Closeness> {
  const byWords = closenessByWords(prepared, question)
  const near = question.near ? placesNear(prepared, question.near.texts) : null
  if (!near?.length) return byWords
  const keyAt = (place: number) => keyOf(prepared.book.texts[place]!)
  const ranked = [...byWords].sort(([a, one], [b, other]) => other.share - one.share || (keyAt(a) < keyAt(b) ? -1 : 1))
  const fused = fuseRanks([ranked.map(([place]) => keyAt(place)), near.map(({ key }) => key)])
  const most = fusedMost(2)
  const closenessFrom = ({ id, parts: [wordsPart = 0, meaningPart = 0] }: Fused): Closeness => {
    const own = byWords.get(prepared.places.get(id)!)
    const wordsShare = own ? (wordsPart / most) * own.fullness : 0
    const said = { words: own?.words ?? [], ...(own?.twice ? { twice: own.twice } : {}) }
    if (!meaningPart) return { share: wordsShare, ...said }
    const share = meaningPart / most
    const at = near.findIndex(({ key }) => key === id)
    const meaning = { share, cosine: near[at]!.cosine, place: at + 1, of: question.near!.of }
    return { share: wordsShare + share, ...said, meaning }
  }
  return new Map(fused.map((one) => [prepared.places.get(one.id)!, closenessFrom(one)]))
}

type ClosenessAsked = Pick<Question, 'text' | 'capabilities' | 'near'>

/** Those of the texts named that still say what they said when their vectors were made, in their order. */
function placesNear({ book, places }: Prepared, texts: NonNullable<Question['near']>['texts']) {
  return texts.filter(({ key, hash }) => {
    const place = places.get(key)
    const text = place === undefined ? null : denseTextOf(book.texts[place]!)
    return text !== null && hashOfText(text) === hash
  })
}

/** What scoring takes of a closeness: how much of it is words, and how much meaning. */
export function givenOf(close: Closeness | undefined): Pick<Given, 'textShare' | 'words' | 'twice' | 'meaning'> {
  const { share = 0, words = [], twice, meaning } = close ?? {}
  const textShare = meaning ? Math.max(0, share - meaning.share) : share
  return { textShare, words, ...(twice ? { twice } : {}), ...(meaning ? { meaning } : {}) }
}

/**
 * Holds the need's own words against all texts. The names of its capabilities are left out, since coverage has counted
 * them, and so are words that tell nothing. What a text says in the other language counts beside; a text counts from
 * `WORDS_MIN` words on.
 */
function closenessByWords(
  prepared: Prepared,
  { text, capabilities }: Pick<Question, 'text' | 'capabilities'>,
): Map<number, Closeness & { fullness: number }> {
  const { index, places } = prepared
  const counted = new Set(capabilities.flatMap(({ names }) => names.flatMap((name) => termsOf(name))))
  const surfaces = surfacesOf(text, counted)
  const heldMax = Math.max(HELD_MIN, index.documentsCount * HELD_SHARE_MAX)
  for (const term of surfaces.keys()) if (index.documentFrequency(term) > heldMax) surfaces.delete(term)
  const hits = new Map(
    index.search(text, { k: TEXT_HITS_MAX, plain: true }).map((hit) => [places.get(hit.id)!, hit.terms]),
  )
  const otherwise = translatedTexts(prepared, { text, capabilities })
  const found = [...new Set([...hits.keys(), ...otherwise.keys()])].flatMap((place) => {
    const own = (hits.get(place) ?? []).filter(({ term, weight }) => weight > 0 && surfaces.has(term))
    const words = apart(own.sort((a, b) => b.weight - a.weight).map(({ term }) => surfaces.get(term)!))
    const { weight: added, twice } = otherwise.get(place) ?? { weight: 0, twice: [] }
    const count = countApart(words) + twice.length
    if (count < WORDS_MIN) return []
    const weight = own.reduce((sum, term) => sum + term.weight, 0) + added
    return [{ place, weight, fullness: Math.min(count / WORDS_FULL, 1), words, twice }]
  })
  const most = Math.max(...found.map(({ weight }) => weight), 0)
  return new Map(
    found.map(({ place, weight, fullness, words, twice }) => [
      place,
      {
        share: (weight / most) * fullness,
        fullness,
        words: words.slice(0, WORDS_TOLD_MAX),
        ...(twice.length ? { twice: twice.slice(0, WORDS_TOLD_MAX) } : {}),
      },
    ]),
  )
}

/** A need in two languages says each thing twice: words are counted in the language that has more of them. */
function countApart(words: readonly string[]): number {
  const han = words.filter((word) => HAN.test(word)).length
  return Math.max(han, words.length - han)
}

/** Words that are no part of another one. */
const apart = (words: readonly string[]): string[] =>
  words.filter((word) => !words.some((other) => other !== word && other.toLowerCase().includes(word.toLowerCase())))

/** How the need itself writes each term that tells something; of Chinese, the terms that are words and not mere pairs. */
function surfacesOf(text: string, counted: ReadonlySet<string>): Map<string, string> {
  const words = new Set([...text.matchAll(HAN_RUN)].flatMap(([run]) => segmentHan(run).map(({ word }) => word)))
  const surfaces = new Map<string, string>()
  for (const { term, start, end, stop } of tokensOf(text)) {
    if (stop || counted.has(term) || surfaces.has(term) || !isCommonGround(term)) continue
    const surface = text.slice(start, end)
    if (TEMPERATURE.test(surface)) continue
    if (HAN.test(surface) && !words.has(surface)) continue
    surfaces.set(term, surface)
  }
  return surfaces
}
