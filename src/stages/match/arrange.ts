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
}

export const AS_SCORED: Arrangement = { order: 'score', newcomerSeats: 0, prices: {} }

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

function arrangeAlike<C extends Placed>(candidates: readonly C[], { order, newcomerSeats, prices }: Arrangement): C[] {
  const plain = [...candidates].sort(
    (a, b) => b[order] - a[order] || b.score - a.score || b.merit - a.merit || (a.id < b.id ? -1 : 1),
  )
  const placeOf = new Map(plain.map((candidate, at) => [candidate, at + 1]))
  const keyOf = (candidate: C) =>
    isWorthSeat(candidate) ? candidate[order] - (prices[candidate.organisation.id] ?? 0) : candidate[order] - PRICE_MAX
  const priced = Object.keys(prices).length
    ? [...plain].sort((a, b) => keyOf(b) - keyOf(a) || placeOf.get(a)! - placeOf.get(b)!)
    : plain
  const { seated, seats } = seatNewcomers(priced, newcomerSeats)
  return seated.map((candidate, at) => {
    const from = placeOf.get(candidate)!
    const by = seats.has(candidate) ? 'newcomer_seat' : 'exposure'
    return at < FIRST_PLACES && at + 1 < from && (seats.has(candidate) || priced !== plain)
      ? { ...candidate, lifted: { by, from } }
      : candidate
  })
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
