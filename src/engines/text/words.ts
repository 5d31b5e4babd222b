import type { FoldedText } from './fold.ts'
import { type Sign, signOf } from './languages.ts'
import { americanSpelling, termKeptApart } from './spelling.ts'
import { stemEnglish } from './stem.ts'
import { STOP_WORDS } from './stopwords.ts'
import { WordTable } from './word-table.ts'

/** What is known of a word once it has been seen. */
export interface KnownWord {
  /** As English stemming has it. */
  stem: string
  stop: boolean
  /** Digits alone, so that a unit may follow. */
  isNumber: boolean
  /** Holds digits beside letters, so that it has parts. */
  isMixed: boolean
  /** What it says about the language it stands in. */
  sign: Sign | undefined
  /** Given once and to no other word, even after this one was forgotten. */
  number: number
}

/** A word beyond this is cut off. */
export const TERM_CHARS_MAX = 64
const WORDS_KNOWN_MAX = 200_000
const DIGIT_INSIDE = /\d/
const ALL_DIGITS = /^\d+$/
const LETTER_INSIDE = /\p{L}/u

/** Folded words by their units; it learns by `wordAt`. */
export const knownWords = new WordTable<KnownWord>(WORDS_KNOWN_MAX)
let numbersGiven = 0

/** How many words have been numbered so far. */
export function wordsCount(): number {
  return numbersGiven
}

/** What is known of the word at a place, at most `TERM_CHARS_MAX` of it. */
export function wordAt(folded: FoldedText, start: number, end: number): KnownWord {
  const to = Math.min(end, start + TERM_CHARS_MAX)
  const known = knownWords.find(folded.units, start, to)
  if (known) return known
  const word = folded.slice(start, to)
  const isNumber = ALL_DIGITS.test(word)
  const learnt = {
    stem: isNumber ? word : stemOf(word),
    stop: STOP_WORDS.has(word),
    isNumber,
    isMixed: DIGIT_INSIDE.test(word) && LETTER_INSIDE.test(word),
    sign: signOf(word),
    number: numbersGiven,
  }
  numbersGiven += 1
  knownWords.add(folded.units, start, to, learnt)
  return learnt
}

/** The stem that a folded word gives where it is read as English. */
export function stemOf(word: string): string {
  const spelled = americanSpelling(word)
  return termKeptApart(spelled) ?? stemEnglish(spelled)
}
