/**
 * The English (Porter2) stemmer of the Snowball project, after its published definition:
 * https://snowballstem.org/algorithms/english/stemmer.html. Takes a lower-case word of the letters a to z and the
 * apostrophe; gives any other word back as it is.
 */
export function stemEnglish(word: string): string {
  if (word.length <= 2 || word.length > LETTERS_MAX || !PLAIN_WORD.test(word)) return word
  const exception = EXCEPTIONS.get(word)
  if (exception !== undefined) return exception
  const marked = markConsonantY(word.startsWith("'") ? word.slice(1) : word)
  const [r1, r2] = regionsOf(marked)
  let stem = dropPlural(dropPossessive(marked))
  if (STOPS_AFTER_PLURAL.has(stem)) return stem
  stem = finalYToI(dropPast(stem, r1))
  stem = replaceEnding(stem, STEP_2, r1)
  stem = replaceEnding(stem, STEP_3, r1, r2)
  return dropFinal(dropSuffix(stem, r2), r1, r2).replaceAll('Y', 'y')
}

const LETTERS_MAX = 64
const PLAIN_WORD = /^[a-z']+$/
const VOWEL = /[aeiouy]/
const SHORT_SYLLABLE_END = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/
const DOUBLE_END = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
  ...['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'].map((word): [string, string] => [word, word]),
])
const STOPS_AFTER_PLURAL: ReadonlySet<string> = new Set(
  'inning outing canning herring earring proceed exceed succeed'.split(' '),
)

/** Endings and their replacements, longest first; `li` and `ogi` ask for certain letters before them. */
const STEP_2: readonly Ending[] = [
  { ending: 'ational', to: 'ate' },
  { ending: 'fulness', to: 'ful' },
  { ending: 'iveness', to: 'ive' },
  { ending: 'ization', to: 'ize' },
  { ending: 'ousness', to: 'ous' },
  { ending: 'biliti', to: 'ble' },
  { ending: 'lessli', to: 'less' },
  { ending: 'tional', to: 'tion' },
  { ending: 'alism', to: 'al' },
  { ending: 'aliti', to: 'al' },
  { ending: 'ation', to: 'ate' },
  { ending: 'entli', to: 'ent' },
  { ending: 'fulli', to: 'ful' },
  { ending: 'iviti', to: 'ive' },
  { ending: 'ousli', to: 'ous' },
  { ending: 'abli', to: 'able' },
  { ending: 'alli', to: 'al' },
  { ending: 'anci', to: 'ance' },
  { ending: 'ator', to: 'ate' },
  { ending: 'enci', to: 'ence' },
  { ending: 'izer', to: 'ize' },
  { ending: 'bli', to: 'ble' },
  { ending: 'ogi', to: 'og', after: 'l' },
  { ending: 'li', to: '', after: 'cdeghkmnrt' },
]
const STEP_3: readonly Ending[] = [
  { ending: 'ational', to: 'ate' },
  { ending: 'tional', to: 'tion' },
  { ending: 'alize', to: 'al' },
  { ending: 'ative', to: '', inR2: true },
  { ending: 'icate', to: 'ic' },
  { ending: 'iciti', to: 'ic' },
  { ending: 'ical', to: 'ic' },
  { ending: 'ness', to: '' },
  { ending: 'ful', to: '' },
]
const STEP_4: readonly string[] = 'ement able ance ence ible ment ant ate ent ion ism iti ive ize ous al er ic'.split(
  ' ',
)

interface Ending {
  ending: string
  to: string
  /** The letters one of which must stand before the ending. */
  after?: string
  inR2?: boolean
}

/** `y` is a consonant at the start of a word and after a vowel; it is written `Y` there until the end. */
function markConsonantY(word: string): string {
  let marked = ''
  for (const letter of word) {
    const before = marked.at(-1)
    marked += letter === 'y' && (before === undefined || VOWEL.test(before)) ? 'Y' : letter
  }
  return marked
}

/** Where R1 and R2 begin: after the first consonant that follows a vowel, and the same again from there. */
function regionsOf(word: string): [number, number] {
  const special = /^(?:gener|commun|arsen)/.exec(word)
  const r1 = special ? special[0].length : afterFirstSyllable(word, 0)
  return [r1, afterFirstSyllable(word, r1)]
}

function afterFirstSyllable(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from))
  return found ? from + found.index + 2 : word.length
}

function dropPossessive(word: string): string {
  return word.replace(/'(?:s'?)?$/, '')
}

function dropPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (word.endsWith('ied') || word.endsWith('ies')) return word.slice(0, word.length > 4 ? -2 : -1)
  if (word.endsWith('us') || word.endsWith('ss') || !word.endsWith('s')) return word
  return VOWEL.test(word.slice(0, -2)) ? word.slice(0, -1) : word
}

function dropPast(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word)
  if (eed) return eed.index >= r1 ? word.slice(0, eed.index + 2) : word
  const past = /(?:ed|ing)(?:ly)?$/.exec(word)
  if (!past || !VOWEL.test(word.slice(0, past.index))) return word
  const stem = word.slice(0, past.index)
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (DOUBLE_END.test(stem)) return stem.slice(0, -1)
  return stem.length <= r1 && SHORT_SYLLABLE_END.test(stem) ? `${stem}e` : stem
}

function finalYToI(word: string): string {
  return word.length > 2 && /[^aeiouy][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word
}

function replaceEnding(word: string, endings: readonly Ending[], r1: number, r2 = r1): string {
  const found = endings.find(({ ending }) => word.endsWith(ending))
  if (!found) return word
  const at = word.length - found.ending.length
  if (at < (found.inR2 ? r2 : r1)) return word
  if (found.after !== undefined && !found.after.includes(word[at - 1] ?? ' ')) return word
  return word.slice(0, at) + found.to
}

function dropSuffix(word: string, r2: number): string {
  const suffix = STEP_4.find((ending) => word.endsWith(ending))
  if (suffix === undefined) return word
  const at = word.length - suffix.length
  if (at < r2 || (suffix === 'ion' && !/[st]/.test(word[at - 1] ?? ''))) return word
  return word.slice(0, at)
}

function dropFinal(word: string, r1: number, r2: number): string {
  const at = word.length - 1
  if (word.endsWith('e') && (at >= r2 || (at >= r1 && !SHORT_SYLLABLE_END.test(word.slice(0, -1)))))
    return word.slice(0, -1)
  return word.endsWith('ll') && at >= r2 ? word.slice(0, -1) : word
}
