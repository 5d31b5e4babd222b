import { type Arrangement, arrange, FIRST_PLACES, isWorthSeat, type Placed, PRICE_MAX, turnAfter } from './arrange.ts'

/** The organisations that one open need puts before its reader's eyes, in any order. */
export interface Board {
  needId: string
  candidates: readonly Placed[]
}

export interface Exposure {
  /** How often each organisation that could be shown is shown, by its id. */
  counts: ReadonlyMap<string, number>
  /** How unequal that is: 0 where all are shown alike, near 1 where one has all places. */
  gini: number
  /** The mean of those shown. */
  merit: number
  score: number
}

export interface Priced extends Exposure {
  prices: Readonly<Record<string, number>>
  /** Where each need's turn of equals begins; null where they stand by their ids. */
  turns: Readonly<Record<string, number>> | null
  rounds: number
}

const PRICE_STEP = 0.01
const ROUNDS_MAX = 80

/**
 * The Gini index of how often each is shown: the mean difference of all pairs as a share of twice the mean. Source: the
 * sorted form, `2 * sum(i * x_i) / (n * sum(x)) - (n + 1) / n`.
 */
export function giniOf(counts: Iterable<number>): number {
  const sorted = [...counts].sort((a, b) => a - b)
  const sum = sorted.reduce((total, count) => total + count, 0)
  if (!sum) return 0
  const weighted = sorted.reduce((total, count, at) => total + (at + 1) * count, 0)
  return Math.max(0, (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length)
}

/**
 * Who is shown how often over these boards. Counted are those that cover something of some need: the others can't be shown.
 * Where equals take turns, each board begins where the one before it ended.
 */
export function exposureOf(
  boards: readonly Board[],
  arrangement: Arrangement,
): Exposure & { turns: Readonly<Record<string, number>> | null } {
  const counts = new Map<string, number>()
  const shown: Placed[] = []
  const turns: Record<string, number> = {}
  let { turn } = arrangement
  for (const { needId, candidates } of boards) {
    for (const candidate of candidates)
      if (isWorthSeat(candidate) && !counts.has(candidate.id)) counts.set(candidate.id, 0)
    const arranged = arrange(candidates, { ...arrangement, turn })
    shown.push(...arranged.slice(0, FIRST_PLACES).filter(isWorthSeat))
    if (turn === null) continue
    turns[needId] = turn
    turn = turnAfter(arranged, turn)
  }
  for (const { id } of shown) counts.set(id, (counts.get(id) ?? 0) + 1)
  const mean = (of: 'merit' | 'score') =>
    shown.length ? shown.reduce((sum, candidate) => sum + candidate[of], 0) / shown.length : 0
  const order = { merit: mean('merit'), score: mean('score') }
  return { counts, gini: giniOf(counts.values()), ...order, turns: turn === null ? null : turns }
}

/**
 * First as it is, then with equals in turn, which costs nothing; then those who are shown more than the mean pay for it, a
 * little more each round, until the bound holds or nobody pays any more. Yields every round.
 */
export function* priceRounds(
  boards: readonly Board[],
  arrangement: Omit<Arrangement, 'prices' | 'turn'>,
): Generator<Priced> {
  yield { ...exposureOf(boards, { ...arrangement, prices: {}, turn: null }), prices: {}, rounds: 0 }
  let prices: Record<string, number> = {}
  for (let rounds = 1; rounds <= ROUNDS_MAX; rounds += 1) {
    const exposure = exposureOf(boards, { ...arrangement, prices, turn: 0 })
    yield { ...exposure, prices, rounds }
    const next = pricesAfter(exposure.counts, prices)
    if (!next) return
    prices = next
  }
}

function pricesAfter(counts: Exposure['counts'], prices: Readonly<Record<string, number>>) {
  const values = [...counts.values()]
  const mean = values.reduce((sum, count) => sum + count, 0) / Math.max(values.length, 1)
  const most = Math.max(...values, 0)
  if (most <= mean) return null
  const next = { ...prices }
  let moved = false
  for (const [id, count] of counts) {
    if (count <= mean) continue
    const price = Math.min((prices[id] ?? 0) + (PRICE_STEP * (count - mean)) / (most - mean), PRICE_MAX)
    moved ||= price > (prices[id] ?? 0)
    next[id] = price
  }
  return moved ? next : null
}

/** The first round that keeps within the bound; else the one that comes nearest, and that it does not. */
export function withinBound(rounds: readonly Priced[], bound: number): { round: Priced; reached: boolean } {
  const reached = rounds.find(({ gini }) => gini <= bound)
  if (reached) return { round: reached, reached: true }
  return { round: rounds.reduce((best, round) => (round.gini < best.gini ? round : best)), reached: false }
}
