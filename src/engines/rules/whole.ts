import { compare, type Exact, greatestDivisor, type Range } from './exact.ts'
import type { LinearConstraint } from './linear.ts'
import { type Compare, MEMBERS_MAX } from './model.ts'

/** What each candidate would add to a figure. */
export type Amounts = readonly (readonly [candidate: string, amount: Range])[]

/**
 * Whether the constraint holds for teams that are known to keep a row (`met`), or for all but those that are known to break
 * it (`not_missed`), which may then have to be checked by hand.
 */
export type Keep = 'met' | 'not_missed'

type Half = { side: 'lo' | 'hi'; sense: '>=' | '<='; strict: boolean }

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * sum of amounts against a threshold, as constraints over whole numbers that hold exactly where the row is met, or not
 * missed, for teams of up to MEMBERS_MAX. Null where the whole numbers would be too large to be exact.
 */
export function sumConstraints(
  row: { id: string; rules: readonly string[] },
  amounts: Amounts,
  how: Compare,
  threshold: Exact,
  keep: Keep,
): LinearConstraint[] | null {
  const known = amounts.every(([, { lo, hi }]) => lo !== null && hi !== null && compare(lo, hi) === 0)
  const constraints: LinearConstraint[] = []
  for (const half of halvesOf(how, keep)) {
    const forbidden = amounts.filter(([, amount]) => amount[half.side] === null && forbids(half))
    const rest = amounts.filter(([, amount]) => amount[half.side] !== null || !forbids(half))
    const constraint = halfConstraint(row, rest, half, threshold)
    if (!constraint) return null
    constraints.push(constraint)
    if (forbidden.length > 0)
      constraints.push(
        without(
          row,
          forbidden.map(([id]) => id),
        ),
      )
  }
  const [first, second] = constraints
  if (how === 'equal' && known && first && first.bound === second?.bound) return [{ ...first, sense: '=' }]
  return constraints.map((one, at) => (at === 0 ? one : { ...one, id: `${row.id}.${at + 1}` }))
}

/** What has to hold of which end of the range. */
function halvesOf(how: Compare, keep: Keep): Half[] {
  const [below, above] = keep === 'met' ? (['lo', 'hi'] as const) : (['hi', 'lo'] as const)
  const least: Half = { side: below, sense: '>=', strict: how === 'above' }
  const most: Half = { side: above, sense: '<=', strict: how === 'below' }
  if (how === 'at_least' || how === 'above') return [least]
  return how === 'equal' ? [least, most] : [most]
}

/** Whether an end that is not bounded stands against the half, rather than for it. */
const forbids = ({ side, sense }: Half) => (side === 'lo') === (sense === '>=')

function halfConstraint(
  { id, rules }: { id: string; rules: readonly string[] },
  amounts: Amounts,
  { side, sense, strict }: Half,
  threshold: Exact,
): LinearConstraint | null {
  const scale = amounts.reduce((all, [, amount]) => join(all, amount[side]?.d), threshold.d)
  if (scale > LARGEST) return null
  const whole = (value: Exact) => value.n * (scale / value.d)
  const bound = whole(threshold) + (strict ? (sense === '>=' ? 1n : -1n) : 0n)
  const finite = amounts.flatMap(([, amount]) => (amount[side] ? [whole(amount[side])] : []))
  const enough = decisive(finite, bound, sense)
  const terms = amounts.map(([candidate, amount]) => [candidate, amount[side] ? whole(amount[side]) : enough] as const)
  const shared = terms.reduce((divisor, [, value]) => greatestDivisor(divisor, value < 0n ? -value : value), 0n) || 1n
  const reduced = sense === '>=' ? -floorDivide(-bound, shared) : floorDivide(bound, shared)
  const size = [reduced, ...terms.map(([, value]) => (value / shared) * BigInt(MEMBERS_MAX))]
  if (size.some((value) => value > LARGEST || value < -LARGEST)) return null
  const small = terms.flatMap(([candidate, value]) =>
    value === 0n ? [] : [[candidate, Number(value / shared)] as const],
  )
  return { kind: 'linear', id, rules, sense, bound: Number(reduced), terms: small }
}

/** A coefficient with which a member keeps the constraint whoever else is in: of it the row is not known to be missed. */
function decisive(values: readonly bigint[], bound: bigint, sense: '>=' | '<='): bigint {
  const against = values.filter((value) => (sense === '>=' ? value < 0n : value > 0n))
  const worst = against
    .sort((a, b) => (sense === '>=' ? (a < b ? -1 : 1) : a > b ? -1 : 1))
    .slice(0, MEMBERS_MAX)
    .reduce((sum, value) => sum + value, 0n)
  const needed = bound - worst
  if (sense === '>=') return needed > 0n ? needed : 0n
  return needed < 0n ? needed : 0n
}

function without(row: { id: string; rules: readonly string[] }, candidates: readonly string[]): LinearConstraint {
  const terms = candidates.map((candidate) => [candidate, 1] as const)
  return { kind: 'linear', ...row, sense: '<=', bound: 0, terms }
}

function join(all: bigint, d: bigint | undefined): bigint {
  return d === undefined || all > LARGEST ? all : (all / greatestDivisor(all, d)) * d
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient
}
