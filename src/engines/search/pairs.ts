import { termsOf } from '#engines/text/tokens.ts'
import type { TermPairs } from './query.ts'

/** The same said in two languages: a title, a sentence, an entry of a list. The shorter, the more it teaches. */
export type SaidTwice = readonly [from: string, to: string]

/** Learning takes about a millisecond a text. */
export const SAID_TWICE_MAX = 10_000
const TERMS_EACH_MAX = 100
const ROUNDS = 6
const TRANSLATIONS_MAX = 4
const SHARE_MIN = 0.06
/** A pair of terms that met so often counts by half; one that met once hardly counts. */
const MET_HALF = 1

/**
 * Which terms of the second language say what a term of the first says, learnt from texts said twice: IBM's first
 * translation model (Brown et al. 1993), by expectation and maximisation, each pair drawn down where its terms met in few
 * texts or are often met apart. Terms that both languages write alike (numbers, model names) need no pair.
 */
export function learnTermPairs(texts: Iterable<SaidTwice>): TermPairs {
  const read = readTwice(texts)
  let shares: Shares = new Map()
  for (let round = 0; round < ROUNDS; round += 1) shares = maximise(read, shares)
  const counts = countTerms(read)
  const pairs = new Map<string, { term: string; share: number }[]>()
  for (const [from, row] of shares) {
    const kept = [...row]
      .map(([term, share]) => ({ term, share: share * trust(from, term, counts) }))
      .filter(({ share }) => share >= SHARE_MIN)
      .sort((a, b) => b.share - a.share || (a.term < b.term ? -1 : 1))
      .slice(0, TRANSLATIONS_MAX)
    if (kept.length > 0) pairs.set(from, kept)
  }
  return pairs
}

/** For each term of the first language, how much of what it says each term of the second says. */
type Shares = Map<string, Map<string, number>>
type Read = readonly (readonly [from: readonly string[], to: readonly string[]])[]

function readTwice(texts: Iterable<SaidTwice>): Read {
  const read: [string[], string[]][] = []
  for (const [from, to] of texts) {
    if (read.length >= SAID_TWICE_MAX) break
    const [fromTerms, toTerms] = [termsOf(from), termsOf(to)]
    const [own, other] = [new Set(fromTerms), new Set(toTerms)]
    const apart: [string[], string[]] = [
      fromTerms.filter((term) => !other.has(term)).slice(0, TERMS_EACH_MAX),
      toTerms.filter((term) => !own.has(term)).slice(0, TERMS_EACH_MAX),
    ]
    if (apart[0].length > 0 && apart[1].length > 0) read.push(apart)
  }
  return read
}

/** One round: hands each term of the second language out to those of the first that may have said it. */
function maximise(read: Read, shares: Shares): Shares {
  const expected: Shares = new Map()
  for (const [from, to] of read)
    for (const term of to) {
      const possible = from.map((one) => shares.get(one)?.get(term) ?? (shares.size === 0 ? 1 : 0))
      const total = possible.reduce((sum, share) => sum + share, 0)
      if (total === 0) continue
      from.forEach((one, at) => {
        if (possible[at] === 0) return
        let row = expected.get(one)
        if (!row) {
          row = new Map()
          expected.set(one, row)
        }
        row.set(term, (row.get(term) ?? 0) + possible[at]! / total)
      })
    }
  for (const row of expected.values()) {
    const total = [...row.values()].reduce((sum, count) => sum + count, 0)
    for (const [term, count] of row) row.set(term, count / total)
  }
  return expected
}

interface TermCounts {
  from: Map<string, number>
  to: Map<string, number>
  together: Map<string, number>
}

function countTerms(read: Read): TermCounts {
  const counts: TermCounts = { from: new Map(), to: new Map(), together: new Map() }
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  for (const [from, to] of read) {
    for (const term of to) count(counts.to, term)
    for (const one of from) {
      count(counts.from, one)
      for (const term of to) count(counts.together, `${one} ${term}`)
    }
  }
  return counts
}

/** From 0 to 1: how often two terms meet when either is said (Dice), and whether that was seen more than by chance. */
function trust(from: string, to: string, counts: TermCounts): number {
  const together = counts.together.get(`${from} ${to}`) ?? 0
  const dice = (2 * together) / (counts.from.get(from)! + counts.to.get(to)!)
  return (Math.sqrt(dice) * together) / (together + MET_HALF)
}
