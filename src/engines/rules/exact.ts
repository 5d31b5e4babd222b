/**
 * Exact arithmetic for thresholds: 7 % of 100 is 7, which floating point denies. A figure is a fraction of whole numbers, and
 * what is not known is a range of them.
 */

export interface Exact {
  readonly n: bigint
  /** Above zero. */
  readonly d: bigint
}

/** Both ends included; null where there is no bound. */
export interface Range {
  readonly lo: Exact | null
  readonly hi: Exact | null
}

/** Digits after the point that count. Noise behind them, as in 0.1 + 0.2, is rounded away. */
const DECIMALS_MAX = 9
const SCALE = 10n ** BigInt(DECIMALS_MAX)

export const ZERO: Exact = { n: 0n, d: 1n }
export const NOTHING_KNOWN: Range = { lo: null, hi: null }

/** A finite number as it is written, to nine decimals. */
export function exactOf(value: number): Exact {
  return Number.isInteger(value) ? { n: BigInt(value), d: 1n } : { n: scaledOf(value), d: SCALE }
}

function scaledOf(value: number): bigint {
  const [whole = '0', decimals = ''] = Math.abs(value).toFixed(DECIMALS_MAX).split('.')
  const scaled = BigInt(whole) * SCALE + BigInt(decimals)
  return value < 0 ? -scaled : scaled
}

export function numberOf({ n, d }: Exact): number {
  const whole = n / d
  return Number(whole) + Number(n - whole * d) / Number(d)
}

export function add(a: Exact, b: Exact): Exact {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d }
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

export function times(a: Exact, b: Exact): Exact {
  return { n: a.n * b.n, d: a.d * b.d }
}

/** Below zero, zero or above it, as a is to b. */
export function compare(a: Exact, b: Exact): number {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The same fraction in lowest terms. */
export function reduce({ n, d }: Exact): Exact {
  const divisor = greatestDivisor(n < 0n ? -n : n, d)
  return { n: n / divisor, d: d / divisor }
}

export function greatestDivisor(a: bigint, b: bigint): bigint {
  let [one, other] = [a, b]
  while (other !== 0n) [one, other] = [other, one % other]
  return one
}

export function only(value: Exact): Range {
  return { lo: value, hi: value }
}

export function isKnown({ lo, hi }: Range): boolean {
  return lo !== null && hi !== null && compare(lo, hi) === 0
}

export function addRanges(a: Range, b: Range): Range {
  return { lo: a.lo && b.lo && add(a.lo, b.lo), hi: a.hi && b.hi && add(a.hi, b.hi) }
}

export function scaleRange({ lo, hi }: Range, by: Exact): Range {
  if (by.n === 0n) return only(ZERO)
  const scaled = { lo: lo && times(lo, by), hi: hi && times(hi, by) }
  return by.n > 0n ? scaled : { lo: scaled.hi, hi: scaled.lo }
}

/** From the lowest to the highest of both. */
export function joinRanges(a: Range, b: Range): Range {
  return { lo: a.lo && b.lo && least(a.lo, b.lo), hi: a.hi && b.hi && greatest(a.hi, b.hi) }
}

/** The greater of two figures of which only ranges are known. */
export function greaterRange(a: Range, b: Range): Range {
  const lo = a.lo && b.lo ? greatest(a.lo, b.lo) : (a.lo ?? b.lo)
  return { lo, hi: a.hi && b.hi && greatest(a.hi, b.hi) }
}

/** part / whole, for a whole that is not negative. Nothing is known of it where the whole may be zero. */
export function divideRanges(part: Range, whole: Range): Range {
  if (!whole.lo || whole.lo.n <= 0n) return NOTHING_KNOWN
  const [small, large] = [whole.lo, whole.hi]
  // A positive part is least over the largest whole; a negative one over the smallest.
  const over = (value: Exact, divisor: Exact | null): Exact => (divisor ? divide(value, divisor) : ZERO)
  return {
    lo: part.lo && over(part.lo, part.lo.n < 0n ? small : large),
    hi: part.hi && over(part.hi, part.hi.n < 0n ? large : small),
  }
}

function divide(a: Exact, b: Exact): Exact {
  return reduce({ n: a.n * b.d, d: a.d * b.n })
}

const least = (a: Exact, b: Exact) => (compare(a, b) <= 0 ? a : b)
const greatest = (a: Exact, b: Exact) => (compare(a, b) >= 0 ? a : b)
