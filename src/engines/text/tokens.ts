import { CONNECTOR, classTable, DIGIT, HAN, HAN_HIGH, LETTER, OTHER, UNSPACED } from './classes.ts'
import { type FoldedText, fold } from './fold.ts'
import { languageOf } from './languages.ts'
import { type StemmedLanguage, stemIn, stemmedLanguage } from './stemmers.ts'
import { STOP_WORDS } from './stopwords.ts'
import { unitAt } from './units.ts'
import { WordTable } from './word-table.ts'
import { knownWords, stemOf, TERM_CHARS_MAX, wordAt } from './words.ts'

/** One term of a text. `start` and `end` (not included) are UTF-16 offsets in the text as it was given. */
export interface Token {
  term: string
  start: number
  end: number
  /** Whether reading moves on with it: false for a part, a joined form or a word laid over its bigrams. */
  moves: boolean
  /** Says nothing about the topic: queries leave it out. */
  stop: boolean
}

export interface TokenOptions {
  /** A BCP 47 tag. Without one each line is read in the language that its first words tell, or as English. */
  lang?: string
}

/** What a text beyond this many characters says is not read. */
export const TEXT_CHARS_MAX = 1_000_000
const PARTS_MAX = 8
const SEGMENTED_CHARS_MAX = 2_000
const COMPOUNDS_KNOWN_MAX = 20_000

/**
 * Told of each term, with its place in the folded text. `word` numbers the word that the term is the stem of, the same for
 * the same term; absent where there is none.
 */
type Visit = (term: string, moves: boolean, stop: boolean, word: number | undefined, start: number, end: number) => void

/**
 * The terms of a text in reading order. English words are folded, brought to American spelling and stemmed; words of
 * another language that has a stemmer give their stem in it and, beside it, what they give where nobody knows the language;
 * Han runs give every bigram and the words of three or more characters; a number gives itself and, joined, the number with
 * its unit (`10kwh`); a compound with digits (`NMC-811`, `LiFePO4`) gives its parts and the joined form.
 */
export function tokensOf(text: string, options: TokenOptions = {}): Token[] {
  const folded = fold(text.slice(0, TEXT_CHARS_MAX))
  const tokens: Token[] = []
  visitTokens(folded, options, (term, moves, stop, _word, from, to) => {
    const [start, end] = folded.originalRange(from, to)
    tokens.push({ term, start, end, moves, stop })
  })
  return tokens
}

/**
 * `tokensOf` for those who need no places: calls back for each term and allocates no tokens. Terms with one number
 * (`word`, below `wordsCount()`) are the same, so that who has met it need not look up the term; some terms have none.
 */
export function eachTerm(
  text: string,
  options: TokenOptions,
  visit: (term: string, moves: boolean, stop: boolean, word?: number) => void,
): void {
  // Taken while it is in use: a visitor may read a text of its own.
  const room = spareRoom ?? new Uint16Array(ROOM_UNITS)
  spareRoom = null
  visitTokens(fold(text.slice(0, TEXT_CHARS_MAX), room), options, visit)
  spareRoom = room
}

const ROOM_UNITS = 1 << 16
let spareRoom: Uint16Array | null = null

/** The distinct terms of a text that say what it is about: what a query asks for and a reason marks. */
export function termsOf(text: string, options: TokenOptions = {}): string[] {
  const terms = new Set<string>()
  eachTerm(text, options, (term, _moves, stop) => {
    if (!stop) terms.add(term)
  })
  return [...terms]
}

/** The words of a Han run as Intl.Segmenter finds them, with their places in it. */
export function segmentHan(run: string): { word: string; at: number }[] {
  const words: { word: string; at: number }[] = []
  for (let from = 0; from < run.length; from += SEGMENTED_CHARS_MAX)
    for (const { segment, index } of segmenter('zh').segment(run.slice(from, from + SEGMENTED_CHARS_MAX)))
      words.push({ word: segment, at: from + index })
  return words
}

/** How words are read: stemmed as English, or by their own language beside that, or as they stand. */
interface Reading {
  stems: boolean
  language: StemmedLanguage | null
}

const AS_ENGLISH: Reading = { stems: true, language: null }
const AS_THEY_STAND: Reading = { stems: false, language: null }

function visitTokens(folded: FoldedText, { lang }: TokenOptions, visit: Visit): void {
  const { units, length } = folded
  if (lang) {
    visitStretch(folded, 0, length, readingOf(lang), visit)
    return
  }
  const signAt = (start: number, end: number) => wordAt(folded, start, end).sign
  for (let from = 0; from < length; ) {
    const line = units.indexOf(LINE_BREAK, from)
    const end = line < 0 ? length : line + 1
    const language = languageOf(folded, from, end, signAt)
    visitStretch(folded, from, end, language ? { stems: true, language } : AS_ENGLISH, visit)
    from = end
  }
}

const LINE_BREAK = 10

function readingOf(lang: string): Reading {
  if (/^(en|zh)\b/i.test(lang)) return AS_ENGLISH
  const language = stemmedLanguage(lang)
  return language ? { stems: true, language } : AS_THEY_STAND
}

function visitStretch(folded: FoldedText, from: number, to: number, reading: Reading, visit: Visit): void {
  const { units } = folded
  const classes = classTable()
  let at = from
  while (at < to) {
    const kind = classes[units[at]!]!
    if (kind === OTHER || kind === CONNECTOR) {
      at += 1
      continue
    }
    if (isWordUnit(kind) && reading === AS_ENGLISH) {
      // Most runs are words that were seen before, with nothing to take apart.
      const known = knownWords.findAt(units, at)
      const { end } = knownWords
      if (known && !known.isMixed && !connects(units, end, at, classes)) {
        visit(known.stem, true, known.stop, known.number, at, end)
        if (known.isNumber) visitWithUnit(folded, known.stem, at, end, visit)
        at = end
        continue
      }
    }
    const end = runEnd(units, at, kind, classes)
    if (kind === HAN || kind === HAN_HIGH) visitHan(folded.slice(at, end), at, visit)
    else if (kind === UNSPACED) visitUnspaced(folded.slice(at, end), at, visit)
    else visitCompound(folded, at, end, reading, visit)
    at = end
  }
}

/** The end of the run of one kind; letters and digits run on over what connects them. */
function runEnd(units: Uint16Array, start: number, kind: number, classes: Uint8Array): number {
  let at = start
  if (kind === UNSPACED) {
    while (at < units.length && classes[units[at]!] === UNSPACED) at += 1
    return at
  }
  if (kind === HAN || kind === HAN_HIGH) {
    for (;;) {
      const next = at < units.length ? classes[units[at]!] : OTHER
      if (next === HAN) at += 1
      else if (next === HAN_HIGH && (units[at + 1]! & 0xfc00) === 0xdc00) at += 2
      else return Math.max(at, start + 1)
    }
  }
  while (at < units.length && (isWordUnit(classes[units[at]!]!) || connects(units, at, start, classes))) at += 1
  return at
}

/**
 * Whether the sign at `at` holds one compound together: a hyphen, apostrophe or underscore between letters or between
 * letters and digits, a dot or comma between digits, the dots of U.S.
 */
function connects(units: Uint16Array, at: number, start: number, classes: Uint8Array): boolean {
  if (at === start || at + 1 >= units.length) return false
  const sign = units[at]!
  if (classes[sign] !== CONNECTOR) return false
  const before = classes[units[at - 1]!]!
  const after = classes[units[at + 1]!]!
  if (!isWordUnit(before) || !isWordUnit(after)) return false
  const areDigits = before === DIGIT && after === DIGIT
  if (sign === COMMA) return areDigits
  if (sign === DOT) return areDigits || at - start === 1 || units[at - 2] === DOT
  return !areDigits
}

const COMMA = 0x2c
const DOT = 0x2e

function isWordUnit(kind: number): boolean {
  return kind === LETTER || kind === DIGIT
}

function visitHan(run: string, offset: number, visit: Visit): void {
  const characters = [...run]
  if (characters.length === 1) {
    visit(run, true, STOP_WORDS.has(run), undefined, offset, offset + run.length)
    return
  }
  const words = segmentHan(run)
  let word = 0
  let at = 0
  for (let ordinal = 0; ordinal < characters.length; ordinal += 1) {
    const first = characters[ordinal]!
    const second = characters[ordinal + 1]
    const start = offset + at
    if (second !== undefined) {
      const bigram = first + second
      const isEmpty = STOP_WORDS.has(bigram) || (STOP_WORDS.has(first) && STOP_WORDS.has(second))
      visit(bigram, true, isEmpty, undefined, start, start + bigram.length)
    }
    for (; word < words.length && words[word]!.at <= at; word += 1) {
      const { word: segment, at: place } = words[word]!
      if (place === at && isOverlaid(segment))
        visit(segment, false, STOP_WORDS.has(segment), undefined, start, start + segment.length)
    }
    at += first.length
  }
}

/** Words of two characters are bigrams already. */
function isOverlaid(word: string): boolean {
  return word.length !== 2 && word.length <= TERM_CHARS_MAX
}

function visitUnspaced(run: string, offset: number, visit: Visit): void {
  for (let from = 0; from < run.length; from += SEGMENTED_CHARS_MAX)
    for (const { segment, index } of segmenter('th').segment(run.slice(from, from + SEGMENTED_CHARS_MAX)))
      if (segment.length <= TERM_CHARS_MAX) {
        const start = offset + from + index
        visit(segment, true, false, undefined, start, start + segment.length)
      }
}

/** A run of letters and digits with connectors: its parts, then what stands for it as a whole. */
function visitCompound(folded: FoldedText, start: number, end: number, reading: Reading, visit: Visit): void {
  const known = reading === AS_ENGLISH ? knownCompounds.find(folded.units, start, end) : undefined
  if (known) {
    for (const { term, moves, stop, word, from, to } of known) visit(term, moves, stop, word, start + from, start + to)
    return
  }
  const run = folded.slice(start, end)
  // What follows a number, and how letters beside digits were written, is not of the run alone.
  if (reading !== AS_ENGLISH || DIGIT_INSIDE.test(run)) {
    takeApart(folded, run, start, reading, visit)
    return
  }
  const told: CompoundTerm[] = []
  takeApart(folded, run, start, reading, (term, moves, stop, word, from, to) => {
    told.push({ term, moves, stop, word, from: from - start, to: to - start })
    visit(term, moves, stop, word, from, to)
  })
  knownCompounds.add(folded.units, start, end, told)
}

function takeApart(folded: FoldedText, run: string, start: number, reading: Reading, visit: Visit): void {
  const end = start + run.length
  if (NUMBER.test(run)) {
    visitNumber(folded, run, start, end, visit)
    return
  }
  const parts = run.split(PART_BREAK)
  let at = start
  for (const part of parts) {
    const isSuffix = at > start && folded.units[at - 1] === APOSTROPHE && part.length === 1
    if (part.length > 0 && !isSuffix) visitWord(folded, part, at, reading, visit)
    at += part.length + 1
  }
  if (parts.length < 2 || parts.length > PARTS_MAX || run.includes("'")) return
  const joined = parts.join('')
  if (joined.length <= TERM_CHARS_MAX)
    visit(reading.stems ? stemOf(joined) : joined, false, false, undefined, start, end)
}

const APOSTROPHE = 0x27
const NUMBER = /^\d+(?:[.,]\d+)*$/
const PART_BREAK = /[-.'_,]/
const DIGIT_INSIDE = /\d/

/** `10`, and `10kwh` where a unit follows. Thousands' commas fall away. */
function visitNumber(folded: FoldedText, run: string, start: number, end: number, visit: Visit): void {
  // Years and small amounts are met again and again.
  const known = SHORT_NUMBER.test(run) ? wordAt(folded, start, end) : undefined
  const number = known?.stem ?? run.replace(/,(?=\d{3}(?!\d))/g, '').slice(0, TERM_CHARS_MAX)
  visit(number, true, false, known?.number, start, end)
  visitWithUnit(folded, number, start, end, visit)
}

/** A number joined with the unit that follows it, with or without a space. */
function visitWithUnit(folded: FoldedText, number: string, start: number, end: number, visit: Visit): void {
  const unit = unitAt(folded, folded.units[end] === SPACE ? end + 1 : end)
  if (unit) visit(number + unit.unit, false, false, undefined, start, unit.end)
}

const SHORT_NUMBER = /^\d{1,4}$/
const SPACE = 0x20

function visitWord(folded: FoldedText, part: string, at: number, { stems, language }: Reading, visit: Visit): void {
  const length = Math.min(part.length, TERM_CHARS_MAX)
  const { stem, stop, isMixed, sign, number } = wordAt(folded, at, at + length)
  const end = at + part.length
  if (language && !isMixed) {
    const own = stemIn(language, folded.originalOf(at, end))
    const isEmpty = stop || (sign?.isFunctionWord === true && sign.languages.has(language))
    visit(own, true, isEmpty, undefined, at, end)
    if (own !== stem) visit(stem, false, isEmpty, number, at, end)
    return
  }
  if (stems) visit(stem, true, stop, number, at, end)
  else visit(part.slice(0, length), true, stop, undefined, at, end)
  if (isMixed) visitPieces(folded, part, at, visit)
}

/** What a word of letters and digits is made of. */
function visitPieces(folded: FoldedText, part: string, at: number, visit: Visit): void {
  const digits = /^\d+(?=\D)/u.exec(part.slice(0, TERM_CHARS_MAX))?.[0]
  if (digits && unitAt(folded, at + digits.length)) {
    visit(digits, false, false, undefined, at, at + digits.length)
    return
  }
  const original = folded.originalOf(at, at + part.length)
  if (original.length !== part.length) return
  // `LiFePO4` is read as Li, Fe, PO: breaks in case and between letters and digits, of the text as it was written.
  let pieces = 0
  for (const piece of original.matchAll(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\d+/gu)) {
    if (piece[0].length < 2 || piece[0].length === part.length || pieces === PARTS_MAX) continue
    pieces += 1
    const from = at + piece.index
    const to = from + piece[0].length
    visit(folded.slice(from, to), false, false, undefined, from, to)
  }
}

/** What an English compound without digits told, with the place in it. */
interface CompoundTerm {
  term: string
  moves: boolean
  stop: boolean
  word: number | undefined
  from: number
  to: number
}

const knownCompounds = new WordTable<CompoundTerm[]>(COMPOUNDS_KNOWN_MAX)
const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(language: string): Intl.Segmenter {
  let made = segmenters.get(language)
  if (!made) {
    made = new Intl.Segmenter(language, { granularity: 'word' })
    segmenters.set(language, made)
  }
  return made
}
