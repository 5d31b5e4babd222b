import { classTable, DIGIT, HAN, HAN_HIGH, LETTER, OTHER, UNSPACED } from './classes.ts'
import { type FoldedText, foldWithOffsets, originalRange } from './fold.ts'
import { languageOf, type Sign, signOf } from './languages.ts'
import { americanSpelling, termKeptApart } from './spelling.ts'
import { stemEnglish } from './stem.ts'
import { type StemmedLanguage, stemIn, stemmedLanguage } from './stemmers.ts'
import { STOP_WORDS } from './stopwords.ts'
import { unitAt } from './units.ts'
import { WordTable } from './words.ts'

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
const TERM_CHARS_MAX = 64
const PARTS_MAX = 8
const SEGMENTED_CHARS_MAX = 2_000
const WORDS_KNOWN_MAX = 200_000

/** `word` numbers the word that the term is the stem of, the same for the same term; absent where there is none. */
type Visit = (term: string, start: number, end: number, moves: boolean, stop: boolean, word?: number) => void

/**
 * The terms of a text in reading order. English words are folded, brought to American spelling and stemmed; words of
 * another language that has a stemmer give their stem in it and, beside it, what they give where nobody knows the language;
 * Han runs give every bigram and the words of three or more characters; a number gives itself and, joined, the number with
 * its unit (`10kwh`); a compound with digits (`NMC-811`, `LiFePO4`) gives its parts and the joined form.
 */
export function tokensOf(text: string, options: TokenOptions = {}): Token[] {
  const folded = foldWithOffsets(text.slice(0, TEXT_CHARS_MAX))
  const tokens: Token[] = []
  visitTokens(folded, text, options, (term, from, to, moves, stop) => {
    const [start, end] = originalRange(folded, from, to)
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
  const read = text.slice(0, TEXT_CHARS_MAX)
  visitTokens(foldWithOffsets(read), read, options, (term, _start, _end, moves, stop, word) =>
    visit(term, moves, stop, word),
  )
}

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

function visitTokens(folded: FoldedText, original: string, { lang }: TokenOptions, visit: Visit): void {
  const { text } = folded
  if (lang) {
    visitStretch(folded, original, 0, text.length, readingOf(lang), visit)
    return
  }
  const signAt = (start: number, end: number) => wordAt(text, start, end).sign
  for (let from = 0; from < text.length; ) {
    const line = text.indexOf('\n', from)
    const end = line < 0 ? text.length : line + 1
    const language = languageOf(text, from, end, signAt)
    visitStretch(folded, original, from, end, language ? { stems: true, language } : AS_ENGLISH, visit)
    from = end
  }
}

function readingOf(lang: string): Reading {
  if (/^(en|zh)\b/i.test(lang)) return AS_ENGLISH
  const language = stemmedLanguage(lang)
  return language ? { stems: true, language } : AS_THEY_STAND
}

function visitStretch(
  folded: FoldedText,
  original: string,
  from: number,
  to: number,
  reading: Reading,
  visit: Visit,
): void {
  const { text } = folded
  const classes = classTable()
  let at = from
  while (at < to) {
    const kind = classes[text.charCodeAt(at)]!
    if (kind === OTHER) {
      at += 1
      continue
    }
    const end = runEnd(text, at, kind, classes)
    if (kind === HAN || kind === HAN_HIGH) visitHan(text.slice(at, end), at, visit)
    else if (kind === UNSPACED) visitUnspaced(text.slice(at, end), at, visit)
    else visitCompound(folded, original, at, end, reading, visit)
    at = end
  }
}

/** The end of the run of one kind; letters and digits run on over what connects them. */
function runEnd(text: string, start: number, kind: number, classes: Uint8Array): number {
  let at = start
  if (kind === UNSPACED) {
    while (at < text.length && classes[text.charCodeAt(at)] === UNSPACED) at += 1
    return at
  }
  if (kind === HAN || kind === HAN_HIGH) {
    for (;;) {
      const next = classes[text.charCodeAt(at)]
      if (next === HAN) at += 1
      else if (next === HAN_HIGH && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) at += 2
      else return Math.max(at, start + 1)
    }
  }
  while (at < text.length && (isWordUnit(classes[text.charCodeAt(at)]) || connects(text, at, start, classes))) at += 1
  return at
}

/**
 * Whether the sign at `at` holds one compound together: a hyphen, apostrophe or underscore between letters or between
 * letters and digits, a dot or comma between digits, the dots of U.S.
 */
function connects(text: string, at: number, start: number, classes: Uint8Array): boolean {
  const sign = text[at] ?? ''
  if (at === start || !CONNECTORS.has(sign)) return false
  const before = classes[text.charCodeAt(at - 1)]
  const after = classes[text.charCodeAt(at + 1)]
  if (!isWordUnit(before) || !isWordUnit(after)) return false
  const areDigits = before === DIGIT && after === DIGIT
  if (sign === ',') return areDigits
  if (sign === '.') return areDigits || at - start === 1 || text[at - 2] === '.'
  return !areDigits
}

function isWordUnit(kind: number | undefined): boolean {
  return kind === LETTER || kind === DIGIT
}

const CONNECTORS: ReadonlySet<string> = new Set(['-', '.', "'", '_', ','])

function visitHan(run: string, offset: number, visit: Visit): void {
  const characters = [...run]
  if (characters.length === 1) {
    visit(run, offset, offset + run.length, true, STOP_WORDS.has(run))
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
      visit(
        bigram,
        start,
        start + bigram.length,
        true,
        STOP_WORDS.has(bigram) || (STOP_WORDS.has(first) && STOP_WORDS.has(second)),
      )
    }
    for (; word < words.length && words[word]!.at <= at; word += 1) {
      const { word: segment, at: place } = words[word]!
      if (place === at && isOverlaid(segment))
        visit(segment, start, start + segment.length, false, STOP_WORDS.has(segment))
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
      if (segment.length <= TERM_CHARS_MAX)
        visit(segment, offset + from + index, offset + from + index + segment.length, true, false)
}

/** A run of letters and digits with connectors: its parts, then what stands for it as a whole. */
function visitCompound(
  folded: FoldedText,
  original: string,
  start: number,
  end: number,
  reading: Reading,
  visit: Visit,
): void {
  const { stems, language } = reading
  // Most runs are words that were seen before, with nothing to take apart: a known word holds no connector.
  const known = stems && !language ? knownWords.find(folded.text, start, end) : undefined
  if (known && !known.hasDigit) {
    visit(known.stem, start, end, true, known.stop, known.number)
    return
  }
  const run = folded.text.slice(start, end)
  if (NUMBER.test(run)) {
    visitNumber(folded.text, run, start, end, visit)
    return
  }
  const parts = run.split(PART_BREAK)
  let at = start
  for (const part of parts) {
    const isSuffix = at > start && folded.text[at - 1] === "'" && part.length === 1
    if (part.length > 0 && !isSuffix) visitWord(folded, original, part, at, reading, visit)
    at += part.length + 1
  }
  if (parts.length < 2 || parts.length > PARTS_MAX || run.includes("'")) return
  const joined = parts.join('')
  if (joined.length <= TERM_CHARS_MAX) visit(stems ? stemOf(joined) : joined, start, end, false, false)
}

const NUMBER = /^\d+(?:[.,]\d+)*$/
const PART_BREAK = /[-.'_,]/
const DIGIT_INSIDE = /\d/
const LETTER_INSIDE = /\p{L}/u

/** `10`, and `10kwh` where a unit follows, with or without a space. Thousands' commas fall away. */
function visitNumber(text: string, run: string, start: number, end: number, visit: Visit): void {
  const number = run.replace(/,(?=\d{3}(?!\d))/g, '').slice(0, TERM_CHARS_MAX)
  visit(number, start, end, true, false)
  const from = text[end] === ' ' ? end + 1 : end
  const unit = unitAt(text, from)
  if (unit) visit(number + unit.unit, start, unit.end, false, false)
}

function visitWord(
  folded: FoldedText,
  original: string,
  part: string,
  at: number,
  { stems, language }: Reading,
  visit: Visit,
): void {
  const word = part.length <= TERM_CHARS_MAX ? part : part.slice(0, TERM_CHARS_MAX)
  const { stem, stop, isMixed, sign } = knowWord(word)
  if (language && !isMixed) {
    const own = stemIn(language, original.slice(...originalRange(folded, at, at + part.length)))
    const isEmpty = stop || (sign?.isFunctionWord === true && sign.languages.has(language))
    visit(own, at, at + part.length, true, isEmpty)
    if (own !== stem) visit(stem, at, at + part.length, false, isEmpty)
    return
  }
  visit(stems ? stem : word, at, at + part.length, true, stop)
  if (!isMixed) return
  const withUnit = /^(\d+)(\D.*)$/u.exec(word)
  if (withUnit && unitAt(folded.text, at + withUnit[1]!.length)) {
    visit(withUnit[1]!, at, at + withUnit[1]!.length, false, false)
    return
  }
  const [from, to] = originalRange(folded, at, at + part.length)
  if (to - from !== part.length) return
  // `LiFePO4` is read as Li, Fe, PO: breaks in case and between letters and digits, of the text as it was written.
  let pieces = 0
  for (const piece of original.slice(from, to).matchAll(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\d+/gu)) {
    if (piece[0].length < 2 || piece[0].length === part.length || pieces === PARTS_MAX) continue
    pieces += 1
    const begin = at + piece.index
    visit(folded.text.slice(begin, begin + piece[0].length), begin, begin + piece[0].length, false, false)
  }
}

/** What is known of a word once it has been seen. */
interface KnownWord {
  /** As English stemming has it. */
  stem: string
  stop: boolean
  hasDigit: boolean
  /** Holds digits beside letters, so that it has parts. */
  isMixed: boolean
  /** What it says about the language it stands in. */
  sign: Sign | undefined
  /** Given once and to no other word, even after this one was forgotten. */
  number: number
}

const knownWords = new WordTable<KnownWord>(WORDS_KNOWN_MAX)
let numbersGiven = 0

/** How many words have been numbered so far. */
export function wordsCount(): number {
  return numbersGiven
}

function knowWord(word: string): KnownWord {
  let known = knownWords.find(word, 0, word.length)
  if (known === undefined) {
    known = {
      stem: stemOf(word),
      stop: STOP_WORDS.has(word),
      hasDigit: DIGIT_INSIDE.test(word),
      isMixed: DIGIT_INSIDE.test(word) && LETTER_INSIDE.test(word),
      sign: signOf(word),
      number: numbersGiven,
    }
    numbersGiven += 1
    knownWords.add(word, known)
  }
  return known
}

function wordAt(text: string, start: number, end: number): KnownWord {
  return knownWords.find(text, start, end) ?? knowWord(text.slice(start, Math.min(end, start + TERM_CHARS_MAX)))
}

function stemOf(word: string): string {
  const spelled = americanSpelling(word)
  return termKeptApart(spelled) ?? stemEnglish(spelled)
}

const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(language: string): Intl.Segmenter {
  let made = segmenters.get(language)
  if (!made) {
    made = new Intl.Segmenter(language, { granularity: 'word' })
    segmenters.set(language, made)
  }
  return made
}
