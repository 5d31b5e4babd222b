import { foldText } from '#engines/text/fold.ts'
import { segmentHan, type Token, tokensOf } from '#engines/text/tokens.ts'
import { assert } from '#kit/assert.ts'

/** What is wanted, by its short names: one a language in which it is told. */
export interface Capability {
  names: readonly string[]
  /** A sentence or two about it, by language. It can make a document a neighbour, never more. */
  descriptions?: readonly string[]
}

/** One word of a name: the terms that follow each other where it is written, and single terms that hold it too. */
export interface NameUnit {
  text: string
  terms: readonly string[]
  /** Joined forms: `solidstate` holds both `solid` and `state`. */
  alternates: readonly string[]
  isHan: boolean
}

export interface NameVariant {
  name: string
  units: readonly NameUnit[]
}

export const NAMES_MAX = 8
export const NAME_CHARS_MAX = 300
export const NAME_UNITS_MAX = 24

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
    const key = unit.terms.join(' ')
    if (unit.terms.length > 0 && !units.has(key) && units.size < NAME_UNITS_MAX) units.set(key, unit)
  }
  const telling = tokens.some(({ stop }) => !stop) ? tokens.filter(({ stop }) => !stop) : tokens
  for (const token of telling) {
    if (!token.moves || HAN_RUN.test(token.term)) continue
    const alternates = tokens.filter((other) => !other.moves && other.start <= token.start && other.end >= token.end)
    add({
      text: name.slice(token.start, token.end),
      terms: [token.term],
      alternates: alternates.map(({ term }) => term),
      isHan: false,
    })
  }
  for (const run of name.matchAll(HAN_RUNS)) for (const unit of hanUnits(run[0], run.index, tokens)) add(unit)
  return [...units.values()]
}

const HAN_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const HAN_RUNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu

/** The words of a Han run as sequences of bigrams. Single characters that the segmenter leaves are joined to words. */
function hanUnits(run: string, offset: number, tokens: readonly Token[]): NameUnit[] {
  const units: NameUnit[] = []
  for (const [from, to] of wordRanges(run)) {
    const start = offset + from
    const end = offset + to
    const bigrams = tokens.filter((token) => token.moves && token.start >= start && token.end <= end)
    units.push({ text: run.slice(from, to), terms: bigrams.map(({ term }) => term), alternates: [], isHan: true })
  }
  return units
}

function wordRanges(run: string): [number, number][] {
  const ranges: [number, number][] = []
  for (const stretch of stretchesOf(run)) {
    const merged: [number, number][] = []
    for (const range of stretch) {
      const before = merged.at(-1)
      // 薄膜|法 and 膜|分离: a character alone makes no bigram of its own.
      if (before && (isLone(run, range) || (merged.length === 1 && isLone(run, before)))) before[1] = range[1]
      else merged.push([range[0], range[1]])
    }
    ranges.push(...merged)
  }
  return ranges
}

/** The words between stop words, characters that the segmenter leaves alone made one word with each other. */
function stretchesOf(run: string): [number, number][][] {
  const stretches: [number, number][][] = [[]]
  let wasSingle = false
  for (const { word, at } of segmentHan(run)) {
    const words = stretches.at(-1)!
    const isSingle = [...word].length === 1
    if (STOP_CHARACTERS.has(word)) stretches.push([])
    else if (isSingle && wasSingle && words.length > 0) words.at(-1)![1] = at + word.length
    else words.push([at, at + word.length])
    wasSingle = isSingle
  }
  return stretches
}

function isLone(run: string, range: readonly [number, number]): boolean {
  return [...run.slice(...range)].length === 1
}

const STOP_CHARACTERS: ReadonlySet<string> = new Set('的 和 与 及 或 之 在 以 为 等 用 以及 基于'.split(' '))
