import type { Candidate, Order } from './model.ts'

/** The places that are seen: what an officer shares out. */
export const FIRST_PLACES = 10
/** From this level on a capability counts as covered; nobody is lifted who covers nothing. */
const COVERED_LEVEL_MIN = 2

export interface Arrangement {
  order: Order
  newcomerSeats: number
  /** What each organisation pays in score for having been shown often, by its id. */
  prices: Readonly<Record<string, number>>
  /** Where on the ring of `ringOf` the turn of equals begins; null where equals stand by their ids. */
  turn: number | null
}

export const AS_SCORED: Arrangement = { order: 'score', newcomerSeats: 0, prices: {}, turn: null }

/** What arranging looks at of a candidate. */
export type Placed = Pick<Candidate, 'kind' | 'id' | 'score' | 'merit' | 'newcomer' | 'lifted'> & {
  organisation: { id: string }
  cells: readonly { level: number }[]
}

/**
 * Orders candidates by the score asked for, then shares out the first places as the officer chose. No score changes: who
 * stands higher for it says so. Organisations and results are shared out apart; the same input gives the same order.
 */
export function arrange<C extends Placed>(candidates: readonly C[], arrangement: Arrangement): C[] {
  const { order } = arrangement
  const organisations = arrangeAlike(ofKind(candidates, 'organisation'), arrangement)
  const results = arrangeAlike(ofKind(candidates, 'result'), arrangement)
  const merged: C[] = []
  for (let o = 0, r = 0; o < organisations.length || r < results.length; ) {
    const organisation = organisations[o]
    const result = results[r]
    if (organisation && (!result || organisation[order] >= result[order])) {
      merged.push(organisation)
      o += 1
    } else {
      merged.push(result!)
      r += 1
    }
  }
  return merged
}

const ofKind = <C extends Placed>(candidates: readonly C[], kind: Placed['kind']) =>
  candidates.filter((candidate) => candidate.kind === kind)

function arrangeAlike<C extends Placed>(candidates: readonly C[], arrangement: Arrangement): C[] {
  const { order, newcomerSeats, prices, turn } = arrangement
  const plain = [...candidates].sort(
    (a, b) => b[order] - a[order] || b.score - a.score || b.merit - a.merit || (a.id < b.id ? -1 : 1),
  )
  const placeOf = new Map(plain.map((candidate, at) => [candidate, at + 1]))
  const keyOf = (candidate: C) =>
    isWorthSeat(candidate) ? candidate[order] - (prices[candidate.organisation.id] ?? 0) : candidate[order] - PRICE_MAX
  const priced = Object.keys(prices).length
    ? [...plain].sort((a, b) => keyOf(b) - keyOf(a) || placeOf.get(a)! - placeOf.get(b)!)
    : plain
  const turned = turn === null ? priced : inTurn(priced, keyOf, turn)
  const { seated, seats } = seatNewcomers(turned, newcomerSeats)
  return seated.map((candidate, at) => {
    const from = placeOf.get(candidate)!
    const by = seats.has(candidate)
      ? ('newcomer_seat' as const)
      : areEqual(candidate, plain[at]!)
        ? ('turn' as const)
        : ('exposure' as const)
    return at < FIRST_PLACES && at + 1 < from && (seats.has(candidate) || turned !== plain)
      ? { ...candidate, lifted: { by, from } }
      : candidate
  })
}

/** Scores that differ by less are the same sum in another order. */
const SAME = 1e-9
const areEqual = (a: Placed, b: Placed) =>
  isWorthSeat(a) === isWorthSeat(b) && Math.abs(a.score - b.score) < SAME && Math.abs(a.merit - b.merit) < SAME

/** Leaves the order but among equals that stand behind each other: these begin with the one whose turn it is. */
function inTurn<C extends Placed>(ordered: readonly C[], keyOf: (candidate: C) => number, turn: number): C[] {
  const turned: C[] = []
  for (let from = 0, to = 0; from < ordered.length; from = to) {
    const first = ordered[from]!
    for (to = from + 1; to < ordered.length; to += 1)
      if (!areEqual(first, ordered[to]!) || Math.abs(keyOf(first) - keyOf(ordered[to]!)) > SAME) break
    const equals = ordered.slice(from, to)
    turned.push(...(equals.length > 1 ? fromTurn(equals, turn) : equals))
  }
  return turned
}

function fromTurn<C extends Placed>(equals: readonly C[], turn: number): C[] {
  const waits = new Map(equals.map((one) => [one, (1 + ringOf(one.organisation.id) - turn) % 1]))
  return [...equals].sort((a, b) => waits.get(a)! - waits.get(b)! || (a.id < b.id ? -1 : 1))
}

/**
 * The turn after a board was arranged: behind the last of those shown, where one equal to it was not; else as it was. So the
 * equals of many boards are shown one after the other.
 */
export function turnAfter(arranged: readonly Placed[], turn: number): number {
  const shown = arranged[FIRST_PLACES - 1]
  const next = arranged[FIRST_PLACES]
  return shown && next && areEqual(shown, next) ? ringOf(next.organisation.id) : turn
}

const RING_SIZE = 2 ** 32

/** A fixed place for each id on a ring from 0 up to 1, as if drawn by lot. Source: FNV-1a, with the finish of MurmurHash3. */
export function ringOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / RING_SIZE
}

/** The most that anybody pays: a strong candidate is never behind one that is much weaker. */
export const PRICE_MAX = 0.2

/** Brings newcomers into the last of the first places, where those that stand there by themselves are too few. */
function seatNewcomers<C extends Placed>(ordered: readonly C[], wanted: number): { seated: C[]; seats: Set<C> } {
  const first = ordered.slice(0, FIRST_PLACES)
  const missing = wanted - first.filter(({ newcomer }) => newcomer).length
  const seats = new Set(
    missing > 0
      ? ordered
          .slice(FIRST_PLACES)
          .filter((candidate) => candidate.newcomer && isWorthSeat(candidate))
          .slice(0, missing)
      : [],
  )
  const leaving = new Set(
    first
      .filter(({ newcomer }) => !newcomer)
      .reverse()
      .slice(0, seats.size),
  )
  const kept = first.filter((candidate) => !leaving.has(candidate))
  const rest = ordered.slice(FIRST_PLACES).filter((candidate) => !seats.has(candidate))
  return { seated: [...kept, ...seats, ...[...leaving].reverse(), ...rest], seats }
}

export const isWorthSeat = ({ cells }: Pick<Placed, 'cells'>): boolean =>
  cells.some(({ level }) => level >= COVERED_LEVEL_MIN)
