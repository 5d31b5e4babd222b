import { tokensOf } from '#engines/text/tokens.ts'
import { assert } from '#kit/assert.ts'

/**
 * The same said in two languages: a title, a sentence, an entry of a list. The shorter, the more it teaches. A record may
 * say several things twice, one after another; without a record each text is one of its own.
 */
export type SaidTwice = readonly [from: string, to: string, record?: string]

/** What a term of the other language is to one. */
export interface LearntPair {
  term: string
  /** How surely it says the same, from 0 to 1. */
  share: number
  /** In how many records both are said. */
  met: number
  /** How a text first wrote it. */
  says: string
}
export type LearntPairs = ReadonlyMap<string, readonly LearntPair[]>

/** Learning takes about a millisecond a text. */
export const SAID_TWICE_MAX = 10_000
const TERMS_EACH_MAX = 100
const ROUNDS = 6
const TRANSLATIONS_MAX = 4
const SHARE_MIN = 0.06
/** A pair of terms that met so often counts by half; one that met once hardly counts. */
const MET_HALF = 1
/** What a step of learning reads at most. */
const TEXTS_A_STEP = 25

/**
 * Which terms of the second language say what a term of the first says, learnt from texts said twice: IBM's first
 * translation model (Brown et al. 1993), by expectation and maximisation, each pair drawn down where its terms met in few
 * texts or are often met apart. Terms that both languages write alike (numbers, model names) need no pair.
 */
export function learnTermPairs(texts: Iterable<SaidTwice>): LearntPairs {
  const steps = learnTermPairsInSteps(texts)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, some hundredths of a second at a time, for those who have other things to do in between. */
export function* learnTermPairsInSteps(texts: Iterable<SaidTwice>): Generator<void, LearntPairs> {
  const read = yield* readTwice(texts)
  let shares: Shares = new Map()
  for (let round = 0; round < ROUNDS; round += 1) shares = yield* maximise(read, shares)
  const likely = new Map<string, Map<string, Met>>()
  for (const [from, row] of shares) {
    const kept = [...row].filter(([, share]) => share >= SHARE_MIN)
    if (kept.length > 0)
      likely.set(from, new Map(kept.map(([to]) => [to, { texts: 0, records: 0, last: '', says: '' }])))
  }
  const counts = yield* countMet(read, likely)
  const pairs = new Map<string, LearntPair[]>()
  for (const [from, row] of likely) {
    const kept = [...row]
      .map(([term, met]) => {
        const share = shares.get(from)!.get(term)! * trust(met.texts, counts.from.get(from)!, counts.to.get(term)!)
        return { term, share, met: met.records, says: met.says }
      })
      .filter(({ share }) => share >= SHARE_MIN)
      .sort((a, b) => b.share - a.share || (a.term < b.term ? -1 : 1))
      .slice(0, TRANSLATIONS_MAX)
    if (kept.length > 0) pairs.set(from, kept)
  }
  return pairs
}

/** For each term of the first language, how much of what it says each term of the second says. */
type Shares = Map<string, Map<string, number>>

interface Read {
  from: readonly string[]
  /** Terms of the second language, each as it is first written here. */
  to: ReadonlyMap<string, string>
  record: string
}

/** How often two terms have met. */
interface Met {
  texts: number
  records: number
  /** The record in which they met last. */
  last: string
  says: string
}

function* readTwice(texts: Iterable<SaidTwice>): Generator<void, Read[]> {
  const read: Read[] = []
  for (const [from, to, record] of texts) {
    if (read.length >= SAID_TWICE_MAX) break
    const [own, other] = [surfacesOf(from), surfacesOf(to)]
    const apart = [...own.keys()].filter((term) => !other.has(term)).slice(0, TERMS_EACH_MAX)
    const said = [...other].filter(([term]) => !own.has(term)).slice(0, TERMS_EACH_MAX)
    if (apart.length === 0 || said.length === 0) continue
    read.push({ from: apart, to: new Map(said), record: record ?? String(read.length) })
    if (read.length % TEXTS_A_STEP === 0) yield
  }
  return read
}

/** Terms without those that say nothing, each as the text first writes it. */
function surfacesOf(text: string): Map<string, string> {
  const surfaces = new Map<string, string>()
  for (const { term, start, end, stop } of tokensOf(text))
    if (!stop && !surfaces.has(term)) surfaces.set(term, text.slice(start, end))
  return surfaces
}

/** One round: hands each term of the second language out to those of the first that may have said it. */
function* maximise(read: readonly Read[], shares: Shares): Generator<void, Shares> {
  const expected: Shares = new Map()
  for (const [at, { from, to }] of read.entries()) {
    if (at % TEXTS_A_STEP === 0) yield
    for (const term of to.keys()) {
      const possible = from.map((one) => shares.get(one)?.get(term) ?? (shares.size === 0 ? 1 : 0))
      const total = possible.reduce((sum, share) => sum + share, 0)
      if (total === 0) continue
      from.forEach((one, place) => {
        if (possible[place] === 0) return
        let row = expected.get(one)
        if (!row) {
          row = new Map()
          expected.set(one, row)
        }
        row.set(term, (row.get(term) ?? 0) + possible[place]! / total)
      })
    }
  }
  for (const row of expected.values()) {
    const total = [...row.values()].reduce((sum, count) => sum + count, 0)
    for (const [term, count] of row) row.set(term, count / total)
  }
  return expected
}

/** In how many texts each term stands, and those that are likely to say the same meet. */
function* countMet(read: readonly Read[], likely: ReadonlyMap<string, ReadonlyMap<string, Met>>) {
  const counts = { from: new Map<string, number>(), to: new Map<string, number>() }
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  for (const [at, { from, to, record }] of read.entries()) {
    if (at % TEXTS_A_STEP === 0) yield
    for (const term of to.keys()) count(counts.to, term)
    for (const one of from) {
      count(counts.from, one)
      for (const [term, met] of likely.get(one) ?? []) {
        const says = to.get(term)
        if (says === undefined) continue
        met.texts += 1
        if (met.records === 0 || met.last !== record) met.records += 1
        met.last = record
        met.says ||= says
      }
    }
  }
  return counts
}

/** From 0 to 1: how often two terms meet when either is said (Dice), and whether that was seen more than by chance. */
function trust(together: number, from: number, to: number): number {
  assert(together > 0, 'terms that are likely to say the same have met.')
  const dice = (2 * together) / (from + to)
  return (Math.sqrt(dice) * together) / (together + MET_HALF)
}
