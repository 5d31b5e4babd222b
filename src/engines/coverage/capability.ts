import { foldText } from '#engines/text/fold.ts'
import { segmentHan, type Token, tokensOf } from '#engines/text/tokens.ts'
import { assert } from '#kit/assert.ts'
import { WEAK_TERMS } from './weak.ts'

/** What is wanted, by its short names: one a language in which it is told. */
export interface Capability {
  names: readonly string[]
  /** A sentence or two about it, by language. It can make a document a neighbour, never more. */
  descriptions?: readonly string[]
}

/** One word of a name. A text holds it where it holds the sequence of its terms or one of the alternates. */
export interface NameUnit {
  text: string
  /** Terms that follow each other. Empty for a Han character that the segmenter left alone. */
  terms: readonly string[]
  /** Single terms that hold the word too: `solidstate` holds both `solid` and `state`. */
  alternates: readonly string[]
  isHan: boolean
  /** Counts for little, and a text names the capability without it. */
  isWeak: boolean
}

export interface NameVariant {
  name: string
  units: readonly NameUnit[]
}

export const NAMES_MAX = 8
export const NAME_CHARS_MAX = 300
export const NAME_UNITS_MAX = 24
const WORDS_BESIDE_WEAK_MIN = 2

/** A name's words, stop words and repetitions left out. One of its forms a given name; empty ones fall away. */
export function variantsOf(names: readonly string[]): NameVariant[] {
  assert(names.length <= NAMES_MAX, `a capability has at most ${NAMES_MAX} names.`)
  const variants: NameVariant[] = []
  for (const name of names) {
    const units = unitsOf(foldText(name.slice(0, NAME_CHARS_MAX)))
    if (units.length > 0) variants.push({ name, units })
  }
  return variants
}

function unitsOf(name: string): NameUnit[] {
  const tokens = tokensOf(name)
  const units = new Map<string, NameUnit>()
  const add = (unit: NameUnit) => {
    const key = [...unit.terms, ...unit.alternates].join(' ')
    if (key !== '' && !units.has(key) && units.size < NAME_UNITS_MAX) units.set(key, unit)
  }
  const telling = tokens.some(({ stop }) => !stop) ? tokens.filter(({ stop }) => !stop) : tokens
  for (const token of telling) if (token.moves && !HAN.test(token.term)) add(wordUnit(name, token, tokens))
  for (const run of name.matchAll(HAN_RUNS)) for (const unit of hanUnits(run[0], run.index, tokens)) add(unit)
  const found = [...units.values()]
  // Satellite technology is not just anything with a satellite: what is left must be a phrase of its own.
  const areEnough = found.filter(({ isWeak }) => !isWeak).length >= WORDS_BESIDE_WEAK_MIN
  return areEnough ? found : found.map((unit) => ({ ...unit, isWeak: false }))
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const HAN_RUNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu

function wordUnit(name: string, token: Token, tokens: readonly Token[]): NameUnit {
  const over = tokens.filter((other) => !other.moves && other.start <= token.start && other.end >= token.end)
  return {
    text: name.slice(token.start, token.end),
    terms: [token.term],
    alternates: over.map(({ term }) => term),
    isHan: false,
    isWeak: WEAK_TERMS.has(token.term),
  }
}

/**
 * The words of a Han run as sequences of bigrams. A character that the segmenter leaves alone may belong to the word
 * before it (电解|质) or after it (热|管理): either bigram holds it.
 */
function hanUnits(run: string, offset: number, tokens: readonly Token[]): NameUnit[] {
  const bigrams = tokens.filter(({ moves }) => moves)
  return wordsOf(run).map(([from, to]) => {
    const [start, end] = [offset + from, offset + to]
    const text = run.slice(from, to)
    const isLone = [...text].length === 1
    const inside = bigrams.filter((token) => token.start >= start && token.end <= end)
    const touching = isLone ? bigrams.filter((token) => token.start < end && token.end > start) : []
    return {
      text,
      terms: isLone ? [] : inside.map(({ term }) => term),
      alternates: isLone ? [...new Set([...touching.map(({ term }) => term), text])] : [],
      isHan: true,
      isWeak: WEAK_TERMS.has(text),
    }
  })
}

/** Where the words of a run stand, stop words left out; characters left alone in a row make one word (钙|钛|矿). */
function wordsOf(run: string): [number, number][] {
  const words: [number, number][] = []
  let wasSingle = false
  for (const { word, at } of segmentHan(run)) {
    if (STOP_CHARACTERS.has(word)) {
      wasSingle = false
      continue
    }
    const isSingle = [...word].length === 1
    if (isSingle && wasSingle) words.at(-1)![1] = at + word.length
    else words.push([at, at + word.length])
    wasSingle = isSingle
  }
  return words
}

const STOP_CHARACTERS: ReadonlySet<string> = new Set('的 和 与 及 或 之 在 以 为 等 用 以及 基于'.split(' '))
