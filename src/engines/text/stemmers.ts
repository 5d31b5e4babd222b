import { stemmer as danish } from '@orama/stemmers/danish'
import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as finnish } from '@orama/stemmers/finnish'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as greek } from '@orama/stemmers/greek'
import { stemmer as hungarian } from '@orama/stemmers/hungarian'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as norwegian } from '@orama/stemmers/norwegian'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as romanian } from '@orama/stemmers/romanian'
import { stemmer as russian } from '@orama/stemmers/russian'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import { stemmer as swedish } from '@orama/stemmers/swedish'
import { stemmer as turkish } from '@orama/stemmers/turkish'
import { foldText } from './fold.ts'

/** A language with a stemmer of its own, by its tag. English is not among them: see `stem.ts`. */
export type StemmedLanguage = keyof typeof STEMMERS

/** The Snowball project's stemmers. They want lower case and the accents that the language writes. */
const STEMMERS = {
  da: danish,
  de: german,
  el: greek,
  es: spanish,
  fi: finnish,
  fr: french,
  hu: hungarian,
  it: italian,
  nl: dutch,
  no: norwegian,
  pt: portuguese,
  ro: romanian,
  ru: russian,
  sv: swedish,
  tr: turkish,
} as const satisfies Record<string, (word: string) => string>

const WORD_CHARS_MAX = 64
const STEM_CHARS_MIN = 2
const STEMS_KNOWN_MAX = 100_000

const known = new Map<StemmedLanguage, Map<string, string>>()

/** The language with a stemmer that a BCP 47 tag names; null for English and for those without one. */
export function stemmedLanguage(tag: string): StemmedLanguage | null {
  const [base = ''] = tag.toLowerCase().split(/[-_]/)
  if (base === 'nb' || base === 'nn') return 'no'
  return Object.hasOwn(STEMMERS, base) ? (base as StemmedLanguage) : null
}

/** The folded stem of a word as it is written, accents and all. A word that is no word, or too long, is folded alone. */
export function stemIn(language: StemmedLanguage, written: string): string {
  let stems = known.get(language)
  if (!stems) {
    stems = new Map()
    known.set(language, stems)
  }
  let stem = stems.get(written)
  if (stem === undefined) {
    stem = computeStem(language, written)
    if (stems.size >= STEMS_KNOWN_MAX) stems.clear()
    stems.set(written, stem)
  }
  return stem
}

function computeStem(language: StemmedLanguage, written: string): string {
  const word = written.normalize('NFC').toLowerCase()
  const folded = foldText(word)
  if (word.length > WORD_CHARS_MAX || !LETTERS_ONLY.test(word)) return folded
  const stem = foldText(STEMMERS[language](word))
  return stem.length < STEM_CHARS_MIN ? folded : stem
}

const LETTERS_ONLY = /^\p{L}+$/u
