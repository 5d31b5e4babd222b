import { editDistance } from './distance.ts'
import type { ReadName } from './name.ts'
import { CANONICAL_WORDS, EXCLUDING_WORDS, HAN_PLACES } from './words.ts'

/** What a comparison of two names needs to know besides them. */
export interface Setting {
  /** How much a word tells: the rarer, the more. */
  weightOf(word: string): number
  /** In how many names a word stands. */
  frequencyOf(word: string): number
  /** Words of the places where the two are: an address often ends a name. */
  places: ReadonlySet<string>
  /** The two are known to be in different cities: then a place in a name tells them apart, and a slip is no slip. */
  parted: boolean
}

export interface Likeness {
  kind: 'same_name' | 'same_words' | 'similar_name' | 'contained_name'
  /** From 0 to 1. */
  likeness: number
  /** How much the words that both have tell. */
  weight: number
}

const ASIDE_SHARE = 0.25
const VAGUE_SHARE = 0.5
const VAGUE = new Set(['group', 'holding', 'holdings', 'international', 'company', 'global', 'europe'])
/** That both name the city in which both are says less than a rare word would. */
const PLACE_SHARE = 0.5
const TYPO_SHARE = 0.92
const SHORTENED_SHARE = 0.85
const TYPO_WORD_MIN = 5
/** A name of one word may differ in a letter from another firm's. */
const TYPO_ALONE_MIN = 9
const LONG_WORD_MIN = 12
const SHORTENED_MIN = 4
const RARE_MAX = 2
const NUMERAL = /^(\d+|i{1,3}|iv|vi{0,3}|ix|xi{0,3}|x)$/
const NUMERAL_WEIGHT = 4
const EXCLUDING_WEIGHT = 4
/** A word that only one has tells the two apart, however common: a medical university is not a university. */
const REST_WEIGHT_MIN = 5

/** How alike two names are, or null where what only one of them says shows that they are two. */
export function likenessOf(a: ReadName, b: ReadName, setting: Setting): Likeness | null {
  if (a.han !== b.han) return null
  const weight = weightOfAll(a, setting)
  if (a.joined === b.joined) return { kind: 'same_name', likeness: 1, weight }
  if (a.sorted === b.sorted) return { kind: 'same_words', likeness: 0.99, weight }
  return a.han ? likenessOfHan(a, b, setting, weight) : likenessOfWords(a, b, setting)
}

function likenessOfWords(a: ReadName, b: ReadName, setting: Setting): Likeness | null {
  const { matched, onlyA, onlyB } = align(a.words, b.words, setting)
  if (!setting.parted && (isCutOff(a.text, b.text) || isCutOff(b.text, a.text)))
    return {
      kind: 'similar_name',
      likeness: CUT_LIKENESS,
      weight: weightOfAll(a.text.length < b.text.length ? a : b, setting),
    }
  if (exclude(onlyA, onlyB)) return null
  const lostA = restWeight(onlyA, a, b, setting)
  const lostB = restWeight(onlyB, b, a, setting)
  // Names of one body leave words out; names of two bodies have other words in their stead.
  if (lostA > 0 && lostB > 0) return null
  const lost = lostA + lostB
  const both = matched.reduce((sum, match) => sum + match.weight * match.share, 0)
  const half = matched.reduce((sum, match) => sum + match.weight * (1 - match.share), 0)
  const likeness = (2 * both) / (2 * both + 2 * half + lost)
  const contained = onlyA.length === 0 || onlyB.length === 0
  return {
    kind: contained && half === 0 ? 'contained_name' : 'similar_name',
    likeness: Math.min(0.98, likeness),
    weight: both,
  }
}

const CUT_CHARACTERS_MIN = 30
const CUT_LIKENESS = 0.95

/** Whether a long text ends in the middle of a word of the other: a column was too narrow for it. */
function isCutOff(short: string, long: string): boolean {
  return short.length >= CUT_CHARACTERS_MIN && long.startsWith(short) && /^\p{L}/u.test(long.slice(short.length))
}

const weightOfAll = (name: ReadName, setting: Setting) =>
  name.words.reduce((sum, word) => sum + setting.weightOf(word), 0)

interface Match {
  weight: number
  share: number
}

/** Pairs off equal words, then words that differ by a slip of the pen or by being cut short. */
function align(a: readonly string[], b: readonly string[], setting: Setting) {
  const matched: Match[] = []
  const restB = [...b]
  const restA = a.filter((word) => {
    const at = restB.indexOf(word)
    if (at < 0) return true
    restB.splice(at, 1)
    matched.push({ weight: setting.weightOf(word) * (setting.places.has(word) ? PLACE_SHARE : 1), share: 1 })
    return false
  })
  const onlyA = restA.filter((word) => {
    for (const [at, other] of restB.entries()) {
      const share = nearWords(word, other, setting, a.length === 1 || b.length === 1)
      if (share === 0) continue
      restB.splice(at, 1)
      matched.push({ weight: Math.min(setting.weightOf(word), setting.weightOf(other)), share })
      return false
    }
    return true
  })
  return { matched, onlyA, onlyB: restB }
}

/** How nearly two different words are one: a slip is taken for one only where one of the two is hardly ever written. */
function nearWords(a: string, b: string, setting: Setting, alone: boolean): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (EXCLUDING_WORDS.has(a) || EXCLUDING_WORDS.has(b)) return 0
  if (setting.parted || short[0] !== long[0] || NUMERAL.test(short) || /\d/.test(long)) return 0
  if (short.length >= SHORTENED_MIN && long.length >= short.length + 2 && long.startsWith(short)) return SHORTENED_SHARE
  if (
    short.length < (alone ? TYPO_ALONE_MIN : TYPO_WORD_MIN) ||
    Math.min(setting.frequencyOf(a), setting.frequencyOf(b)) > RARE_MAX
  )
    return 0
  const most = short.length >= LONG_WORD_MIN ? 2 : 1
  return editDistance(a, b, most) <= most ? TYPO_SHARE : 0
}

/** Whether the words that only one has say that the two are different: another number, another direction. */
function exclude(onlyA: readonly string[], onlyB: readonly string[]): boolean {
  if (onlyA.some(isNumeral) && onlyB.some(isNumeral)) return true
  const classes = new Set(onlyA.map((word) => EXCLUDING_WORDS.get(word)).filter((at) => at !== undefined))
  return onlyB.some((word) => classes.has(EXCLUDING_WORDS.get(word) ?? Number.NaN))
}

const isNumeral = (word: string) => NUMERAL.test(word)

/** What the words that only one name has take away from the likeness. */
function restWeight(rest: readonly string[], own: ReadName, other: ReadName, setting: Setting): number {
  let sum = 0
  for (const word of rest) {
    if (own.initials.includes(word) || other.initials.includes(word)) continue
    if (!setting.parted && setting.places.has(word)) continue
    const weight = isNumeral(word)
      ? NUMERAL_WEIGHT
      : EXCLUDING_WORDS.has(word)
        ? EXCLUDING_WEIGHT
        : Math.max(REST_WEIGHT_MIN, setting.weightOf(word))
    sum += weight * (own.aside.has(word) ? ASIDE_SHARE : VAGUE.has(word) ? VAGUE_SHARE : 1)
  }
  return sum
}

const HAN_LENGTH_MIN = 8
const HAN_TELLING = /[一二三四五六七八九十甲乙丙丁东西南北中上下新老大小男女内外]/

function likenessOfHan(a: ReadName, b: ReadName, setting: Setting, weight: number): Likeness | null {
  const shortA = withoutPlaces(a.joined, setting.places)
  const shortB = withoutPlaces(b.joined, setting.places)
  if (shortA === shortB && shortA.length >= 2) return { kind: 'contained_name', likeness: 0.95, weight }
  const [short, long] = shortA.length <= shortB.length ? [shortA, shortB] : [shortB, shortA]
  if (short.length >= HAN_LENGTH_MIN && long.length - short.length === 1 && editDistance(short, long, 1) === 1)
    return HAN_TELLING.test(addedCharacter(short, long)) ? null : { kind: 'similar_name', likeness: 0.92, weight }
  if (
    short.length >= HAN_LENGTH_MIN &&
    short.length === long.length &&
    [...short].sort().join('') === [...long].sort().join('')
  )
    return { kind: 'similar_name', likeness: 0.9, weight }
  const { matched, onlyA, onlyB } = align(a.words, b.words, { ...setting, frequencyOf: () => RARE_MAX + 1 })
  if ([...onlyA, ...onlyB].some((pair) => HAN_TELLING.test(pair))) return null
  const both = matched.reduce((sum, match) => sum + match.weight, 0)
  const lost = [...onlyA, ...onlyB].reduce((sum, word) => sum + setting.weightOf(word), 0)
  return { kind: 'similar_name', likeness: Math.min(0.98, (2 * both) / (2 * both + lost)), weight: both }
}

function addedCharacter(short: string, long: string): string {
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  return long[at] ?? ''
}

/** A Chinese name without the places that it begins with: its own city and region, the provinces and large cities. */
function withoutPlaces(name: string, places: ReadonlySet<string>): string {
  let rest = name
  for (let cut = true; cut; ) {
    cut = false
    for (const place of [...places, ...HAN_PLACES]) {
      if (place.length < 2 || !rest.startsWith(place) || rest.length < place.length + 2) continue
      rest = rest.slice(place.length).replace(/^[省市区县](?=..)/u, '')
      cut = true
      break
    }
  }
  return rest
}

/** Words that say what an organisation is and not which one. */
export const isGeneric = (word: string) => GENERIC.has(word)
const GENERIC = new Set([...CANONICAL_WORDS.values()])
