/** Polyak's step is halved when the bound has not fallen for so many rounds. */
const STUCK_ROUNDS_MAX = 3
const SCALE_MIN = 0.02
/** What no price is above: beyond it a price is not told from a ban. */
const PRICE_POINTS_MAX = 500_000

export interface Step {
  /** Whole points by position in the pool. */
  prices: Float64Array
  /** Share of Polyak's step. */
  scale: number
  /** Rounds in which the bound has not fallen. */
  stuck: number
  /** The least bound so far. */
  best: number
}

/**
 * The next prices: up where a seat is asked for too often, down where it is left over, by Polyak's step towards the
 * total that is known to be possible. Null where prices stand still.
 */
export function nextPrices(
  { prices, scale, stuck, best }: Step,
  seen: { bound: number; total: number; over: Int32Array },
): Step | null {
  const isBetter = seen.bound < best
  const waited = isBetter ? 0 : stuck + 1
  const halved = waited >= STUCK_ROUNDS_MAX
  const next = { scale: halved ? scale / 2 : scale, stuck: halved ? 0 : waited, best: Math.min(best, seen.bound) }
  if (next.scale < SCALE_MIN) return null
  const counts = [...seen.over].map((over, seat) => (over > 0 || prices[seat]! > 0 ? over : 0))
  const square = counts.reduce((sum, over) => sum + over * over, 0)
  if (square === 0) return null
  const step = (next.scale * Math.max(1, seen.bound - seen.total)) / square
  const moved = prices.map((price, seat) =>
    Math.min(PRICE_POINTS_MAX, Math.max(0, Math.round(price + step * counts[seat]!))),
  )
  return moved.every((price, seat) => price === prices[seat]) ? null : { ...next, prices: moved }
}
