import { foldText } from '../text/fold.ts'
import { isGeneric, type Likeness, likenessOf, type Setting } from './likeness.ts'
import { cityOf, hostOf, INITIALS_MIN, type ReadName, readName } from './name.ts'
import { placeWordsOf } from './places.ts'
import { lettersLess, SHARED_HOSTS } from './words.ts'

/** Something with names and a place that may be there twice. */
export interface NamedRecord {
  id: string
  /** In any languages. */
  names: readonly string[]
  shortName?: string | null
  /** Two letters, or a name; compared as it is written. */
  country: string | null
  region?: string | null
  city: string | null
  url?: string | null
  /** Identifiers by scheme, where different ones mean different bodies. */
  apart?: Readonly<Record<string, string>>
}

export interface PairReason {
  kind:
    | Likeness['kind']
    | 'initials'
    | 'same_short_name'
    | 'same_city'
    | 'same_country'
    | 'same_host'
    | 'country_unknown'
  likeness?: number
  value?: string
}

export interface SuspectedPair {
  /** The smaller id, then the larger one. */
  first: string
  second: string
  /** From 0 to 1. */
  score: number
  reasons: PairReason[]
}

export interface FindOptions {
  /** Only pairs that one of these is part of. */
  among?: ReadonlySet<string>
  pairsMax?: number
}

export const PAIRS_MAX = 10_000
const RECORDS_MAX = 500_000
const COMPARED_MAX = 4_000_000
const BLOCK_MEMBERS_MAX = 60
const KEY_WORDS = 3
const KEY_PAIRS = 5
const SLIP_WORDS = 2
const SLIP_CHARACTERS_MIN = 6
const SLIP_CHARACTERS_MAX = 20
const PREFIX_CHARACTERS = 5
const JOINED_CHARACTERS = 9

interface Read {
  at: number
  names: ReadName[]
  short: string | null
  country: string | null
  city: string | null
  host: string | null
}

/**
 * Pairs that are likely one, by name and place. Records meet only in blocks (a rare word, the beginning of the name, the
 * initials, a host), so that it takes time in proportion to their number; a block with more than 60 members tells nothing
 * and is left out. Pairs come likeliest first, then by id.
 */
export function findDuplicates(records: readonly NamedRecord[], options: FindOptions = {}): SuspectedPair[] {
  const taken = records.slice(0, RECORDS_MAX)
  const reads = taken.map(readRecord)
  const frequency = countWords(reads)
  const blocks = blocksOf(reads, frequency)
  const judge = judgeOf(taken, reads, frequency)
  const met = new Set<number>()
  const pairs: SuspectedPair[] = []
  for (const members of blocks) {
    if (met.size > COMPARED_MAX) break
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++) {
        const [a, b] = [Math.min(members[i]!, members[j]!), Math.max(members[i]!, members[j]!)]
        if (a === b || (options.among && !options.among.has(taken[a]!.id) && !options.among.has(taken[b]!.id))) continue
        const key = a * taken.length + b
        if (met.has(key)) continue
        met.add(key)
        const pair = judge(a, b)
        if (pair) pairs.push(pair)
      }
  }
  pairs.sort((a, b) => b.score - a.score || order(a.first, b.first) || order(a.second, b.second))
  return pairs.slice(0, options.pairsMax ?? PAIRS_MAX)
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function readRecord(record: NamedRecord, at: number): Read {
  const names = new Map<string, ReadName>()
  for (const text of record.names) {
    const name = readName(text)
    if (name) names.set(name.joined, name)
  }
  const host = hostOf(record.url ?? null)
  const short = foldText(record.shortName ?? '').replaceAll(/[^\p{L}\p{N}]+/gu, '')
  return {
    at,
    names: [...names.values()],
    short: short.length >= INITIALS_MIN ? short : null,
    country: countryOf(record.country),
    city: cityOf(record.city),
    host: host && !SHARED_HOSTS.has(host) ? host : null,
  }
}

/** The letters of the EU and of ISO 3166 for Greece and the United Kingdom are one. */
function countryOf(country: string | null): string | null {
  const folded = foldText(country ?? '').trim()
  return folded === '' ? null : folded === 'el' ? 'gr' : folded === 'uk' ? 'gb' : folded
}

function countWords(reads: readonly Read[]): Map<string, number> {
  const frequency = new Map<string, number>()
  for (const { names } of reads)
    for (const word of new Set(names.flatMap((name) => name.words))) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  return frequency
}

/** Who shares a key with whom. The keys are chosen so that two spellings of one name share at least one. */
function blocksOf(reads: readonly Read[], frequency: ReadonlyMap<string, number>): number[][] {
  // Most keys have one member only, which needs no list. Two keys that fall together cost a comparison and no more.
  const alone = new Map<number, number>()
  const blocks = new Map<number, number[]>()
  const put = (key: string, at: number) => {
    const place = hashOf(key)
    const block = blocks.get(place)
    if (block) {
      if (block.length <= BLOCK_MEMBERS_MAX && block.at(-1) !== at) block.push(at)
      return
    }
    const first = alone.get(place)
    if (first === undefined) alone.set(place, at)
    else if (first !== at) blocks.set(place, [first, at])
  }
  for (const read of reads) {
    for (const name of read.names) for (const key of keysOf(name, frequency)) put(key, read.at)
    if (read.short) put(`i ${read.short}`, read.at)
    if (read.host) put(`h ${read.host}`, read.at)
  }
  return [...blocks.values()].filter((block) => block.length <= BLOCK_MEMBERS_MAX)
}

/** FNV-1a over the text's units, in 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function keysOf(name: ReadName, frequency: ReadonlyMap<string, number>): string[] {
  const byRarity = [...new Set(name.words)]
    .filter((word) => word.length > 1)
    .toSorted((a, b) => frequency.get(a)! - frequency.get(b)! || order(a, b))
  // A word that stands nowhere else brings nobody together, though its beginning may.
  const shared = byRarity.filter((word) => frequency.get(word)! > 1).slice(0, name.han ? KEY_PAIRS : KEY_WORDS)
  const beginnings = name.han ? [] : byRarity.slice(0, KEY_WORDS).map((word) => word.slice(0, PREFIX_CHARACTERS))
  return [
    `s ${name.sorted}`,
    `j ${name.joined.slice(0, JOINED_CHARACTERS)}`,
    ...shared.map((word) => `w ${word}`),
    ...beginnings.map((beginning) => `p ${beginning}`),
    ...(name.han ? [] : byRarity.slice(0, SLIP_WORDS).flatMap(slipsOf)),
    ...name.initials.map((initials) => `i ${initials}`),
    ...(name.words.length === 1 && !name.han ? [`i ${name.words[0]}`] : []),
  ]
}

/** What is left of a word without one of its letters: two spellings a letter apart have one of these in common. */
function slipsOf(word: string): string[] {
  if (word.length < SLIP_CHARACTERS_MIN || word.length > SLIP_CHARACTERS_MAX) return []
  return lettersLess(word).map((less) => `d ${less}`)
}

const GENERIC_WEIGHT = 1.2
const PLACE_WEIGHT_SHARE = 0.8
const SMOOTHING = 60

function judgeOf(records: readonly NamedRecord[], reads: readonly Read[], frequency: ReadonlyMap<string, number>) {
  const total = Math.log(records.length + SMOOTHING)
  const weights = new Map<string, number>()
  const frequencyOf = (word: string) => frequency.get(word) ?? 0
  const weightOf = (word: string) => {
    let weight = weights.get(word)
    if (weight === undefined) {
      weight = Math.max(0.5, total - Math.log(frequencyOf(word) + 1))
      if (isGeneric(word)) weight = Math.min(weight, GENERIC_WEIGHT)
      weights.set(word, weight)
    }
    return weight
  }
  return (a: number, b: number): SuspectedPair | null => {
    const [one, two] = [reads[a]!, reads[b]!]
    if (one.country && two.country && one.country !== two.country) return null
    if (areApart(records[a]!, records[b]!)) return null
    const places = new Set([...placeWordsOf(records[a]!), ...placeWordsOf(records[b]!)])
    const best = bestLikeness(one, two, {
      weightOf,
      frequencyOf,
      places,
      parted: one.city !== null && two.city !== null && one.city !== two.city,
    })
    if (!best) return null
    const { score, reasons } = weigh(one, two, best, total * PLACE_WEIGHT_SHARE)
    if (score < SCORE_MIN) return null
    const [first, second] = [records[a]!.id, records[b]!.id].sort(order) as [string, string]
    return { first, second, score, reasons }
  }
}

function areApart(a: NamedRecord, b: NamedRecord): boolean {
  return Object.entries(a.apart ?? {}).some(
    ([scheme, value]) => b.apart?.[scheme] !== undefined && b.apart[scheme] !== value,
  )
}

type Best = Omit<Likeness, 'kind'> & { kind: Likeness['kind'] | 'initials'; forms: boolean }

function bestLikeness(one: Read, two: Read, setting: Setting): Best | null {
  let best: Best | null = null
  for (const a of one.names)
    for (const b of two.names) {
      const found = likenessOf(a, b, setting) ?? likenessOfInitials(a, b)
      const better = found && found.likeness >= INITIALS_LIKENESS_MIN ? found : (likenessOfInitials(a, b) ?? found)
      if (better && better.likeness > (best?.likeness ?? 0))
        best = { ...better, forms: a.form !== '' && b.form !== '' && a.form !== b.form }
    }
  return best
}

const INITIALS_LIKENESS_MIN = 0.7
const INITIALS_LIKENESS = 0.8

/** One name is the initials of the other. */
function likenessOfInitials(a: ReadName, b: ReadName): (Omit<Likeness, 'kind'> & { kind: 'initials' }) | null {
  const short = a.words.length === 1 ? a : b.words.length === 1 ? b : null
  const long = short === a ? b : a
  // A company that is called by letters is not the association that is abbreviated by them.
  if (short?.form !== '' || long.words.length < INITIALS_MIN || !long.initials.includes(short.joined)) return null
  return {
    kind: 'initials',
    likeness: Math.min(0.9, INITIALS_LIKENESS + (short.joined.length - 3) * 0.02),
    weight: short.joined.length,
  }
}

export const SCORE_MIN = 0.87

/** Likeness of the name, raised or lowered by what the places say. `telling` is how much words must say where no city is known to be the same. */
function weigh(one: Read, two: Read, best: Best, telling: number): { score: number; reasons: PairReason[] } {
  const reasons: PairReason[] = [{ kind: best.kind, likeness: round(best.likeness) }]
  const sameCity = one.city !== null && one.city === two.city
  const sameHost = one.host !== null && one.host === two.host
  let score = best.likeness
  if (sameCity) {
    score += 0.04
    reasons.push({ kind: 'same_city', value: one.city! })
  } else if (one.city && two.city) score -= 0.08
  if (sameHost) {
    score += 0.08
    reasons.push({ kind: 'same_host', value: one.host! })
  } else if (one.host && two.host) score -= 0.04
  if (one.country && two.country) reasons.push({ kind: 'same_country', value: one.country })
  else {
    score -= 0.03
    reasons.push({ kind: 'country_unknown' })
  }
  if (one.short && one.short === two.short) {
    score += 0.05
    reasons.push({ kind: 'same_short_name', value: one.short })
  }
  if (best.forms) score -= 0.03
  if (!sameCity && !sameHost && best.weight < telling) score -= 0.1
  return { score: round(Math.max(0, Math.min(1, score))), reasons }
}

const round = (value: number) => Math.round(value * 1000) / 1000
