import { foldText } from '../text/fold.ts'
import { canonicalWord, HAN_FORMS, LEADING_FORMS, LEGAL_FORMS, LONG_FORMS, OF_NO_WEIGHT_WORDS } from './words.ts'

/** A name as it is compared. */
export interface ReadName {
  /** The folded text, its words parted by one space. */
  readonly text: string
  /** The words that say who it is, in their order: folded, shortened forms written out, without legal form and small words. */
  readonly words: readonly string[]
  /** Words that stood in brackets or behind a comma: they may be left out. */
  readonly aside: ReadonlySet<string>
  /** The words in one piece, without spaces. */
  readonly joined: string
  /** The words sorted, as one text. */
  readonly sorted: string
  /** First letters of the words, with and without the small ones. */
  readonly initials: readonly string[]
  readonly form: string
  readonly han: boolean
}

const NAME_CHARACTERS_MAX = 300
const WORDS_MAX = 24
const HAN = /\p{Script=Han}/u

/** Reads a name for comparison; null where nothing is left of it. Linear in its length. */
export function readName(text: string): ReadName | null {
  const folded = foldText(text.slice(0, NAME_CHARACTERS_MAX)).replaceAll('&', ' and ')
  return HAN.test(folded) ? readHanName(folded) : readSpacedName(folded)
}

function readSpacedName(folded: string): ReadName | null {
  const aside = new Set(
    [...folded.matchAll(/[([{]([^)\]}]*)[)\]}]/g)].flatMap(([, inside]) => wordsIn(inside ?? '').map(canonicalWord)),
  )
  const { words: plain, form } = withoutForm(wordsIn(folded))
  const weighty = plain.filter((word) => !OF_NO_WEIGHT_WORDS.has(word))
  const words = (weighty.length > 0 ? weighty : plain).map(canonicalWord).slice(0, WORDS_MAX)
  if (words.length === 0) return null
  return {
    text: folded.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim(),
    words,
    aside,
    joined: words.join(''),
    sorted: words.toSorted().join(' '),
    initials: initialsOf(plain, withoutForm(wordsIn(folded.replaceAll('-', ''))).words, aside),
    form,
    han: false,
  }
}

/** Words without dots and apostrophes; letters that stand alone one after the other are one word: `S. p. A.` is `spa`. */
function wordsIn(folded: string): string[] {
  const spaced = folded
    .replaceAll(/(?<=\p{L})['`´](?=\p{L})/gu, ' ')
    .replaceAll(/(?<=\p{L})\.(?=\p{L}(\.|\s|$))/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  if (spaced === '') return []
  const words: string[] = []
  let alone = ''
  for (const word of spaced.split(' ')) {
    if (word.length === 1 && /\p{L}/u.test(word)) {
      alone += word
      continue
    }
    if (alone) words.push(alone)
    alone = ''
    words.push(word)
  }
  if (alone) words.push(alone)
  return words
}

/** Takes legal forms off the end, and those that may stand there off the beginning; one word always stays. */
function withoutForm(words: readonly string[]): { words: string[]; form: string } {
  let rest = [...words]
  const forms: string[] = []
  for (;;) {
    const long = LONG_FORMS.find((form) => endsWith(rest, form.split(' ')))
    const length = long ? long.split(' ').length : LEGAL_FORMS.has(rest.at(-1) ?? '') ? 1 : 0
    if (length === 0 || length >= rest.length) break
    forms.unshift(rest.slice(-length).join(' '))
    rest = rest.slice(0, -length)
  }
  if (rest.length > 1 && LEADING_FORMS.has(rest[0]!)) rest = rest.slice(1)
  return { words: rest, form: forms.join(' ') }
}

const endsWith = (words: readonly string[], ending: readonly string[]) =>
  words.length > ending.length && ending.every((word, at) => words[words.length - ending.length + at] === word)

function initialsOf(plain: readonly string[], hyphened: readonly string[], aside: ReadonlySet<string>): string[] {
  const inside = plain.filter((word) => !aside.has(canonicalWord(word)))
  const whole = [...firstLetters(inside), ...firstLetters(hyphened.filter((word) => !aside.has(canonicalWord(word))))]
  // An abbreviation may stand before or behind the name itself.
  const own = [inside[0], inside.at(-1)].filter((word) => {
    const rest = inside.filter((other) => other !== word)
    return word !== undefined && rest.length < inside.length && firstLetters(rest).includes(word)
  }) as string[]
  return [...new Set([...whole, ...own])].filter((initials) => initials.length >= INITIALS_MIN)
}

function firstLetters(words: readonly string[]): string[] {
  const firsts = (some: readonly string[]) => some.map((word) => word.charAt(0)).join('')
  return [firsts(words.filter((word) => !OF_NO_WEIGHT_WORDS.has(word))), firsts(words)]
}

export const INITIALS_MIN = 3

/** Chinese names are compared by their pairs of characters, Latin parts by their words. */
function readHanName(folded: string): ReadName | null {
  const whole = folded.replaceAll(/[^\p{L}\p{N}]+/gu, '')
  const form = HAN_FORMS.find((ending) => whole.endsWith(ending) && whole.length > ending.length + 1) ?? ''
  const joined = whole.slice(0, whole.length - form.length)
  if (joined === '') return null
  const words = pairsOf(joined).slice(0, NAME_CHARACTERS_MAX)
  return { text: whole, words, aside: new Set(), joined, sorted: joined, initials: [], form, han: true }
}

function pairsOf(text: string): string[] {
  const characters = [...text]
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, at) => characters[at]! + character)
}

/** The host of a web address without `www.`, or null where it names nobody. */
export function hostOf(url: string | null): string | null {
  const host = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?([^/:?#\s]+)/i
    .exec(url?.trim() ?? '')?.[1]
    ?.toLowerCase()
    .replace(/^www\d?\./, '')
  return host?.includes('.') ? host : null
}

/** A city as it is compared: folded, without postal codes, `cedex` and district numbers. */
export function cityOf(city: string | null): string | null {
  const folded = foldText(city ?? '')
    .replaceAll(/\bcedex\b|\d+/g, ' ')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .replace(/(?<=\p{Script=Han}{2})市$/u, '')
  return folded === '' ? null : folded
}
