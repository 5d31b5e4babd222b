import { checkPatent, type PatentNumber } from '#kit/patents.ts'
import type { Ip, IpInput, IpKind } from './result-model.ts'

/** Rights whose numbers follow a patent office's build. */
const PATENTS: Readonly<Partial<Record<IpKind, string>>> = {
  invention: 'invention',
  utility_model: 'utility',
  design: 'design',
}
const KIND_OF_RIGHT = { invention: 'invention', utility: 'utility_model', design: 'design' } as const
const MS_A_DAY = 86_400_000

/**
 * A right as it is kept. A patent's number is brought to its one form; one that breaks the rules of its office is kept as
 * it was written, with a note, since papers and registers hold such numbers too.
 */
export function keepIp({ kind, number, status, expires }: IpInput): Ip {
  const kept = { kind, status: status ?? null, expires: expires ?? null, office: null, note: null, expected: null }
  if (!number) return { ...kept, number: null }
  if (!PATENTS[kind]) return { ...kept, number }
  const checked = checkPatent(number)
  if ('rule' in checked) return { ...kept, number, note: checked.rule, expected: checked.expected ?? null }
  return { ...kept, number: checked.value, office: checked.office, ...noteOf(kept, checked) }
}

/** A number that is right in itself but speaks of another right, or of a grant that the status denies. */
function noteOf(kept: Pick<Ip, 'kind' | 'status'>, checked: PatentNumber): Pick<Ip, 'note' | 'expected'> {
  if (checked.right && PATENTS[kept.kind] !== checked.right)
    return { note: 'kind_differs', expected: KIND_OF_RIGHT[checked.right] }
  if (checked.stage === 'grant' && kept.status === 'pending') return { note: 'status_differs', expected: 'granted' }
  return { note: null, expected: null }
}

/** The last day of a date that may be known only to its month or year. */
export function lastDayOf(partial: string): string {
  const [year = '', month, day] = partial.split('-')
  if (day) return partial
  if (!month) return `${year}-12-31`
  return `${partial}-${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()}`
}

/** Days from today to a right's last day, below zero once it is over; null where no day is known. */
export function daysLeft(expires: string | null, today: string): number | null {
  if (!expires) return null
  return Math.round((Date.parse(lastDayOf(expires)) - Date.parse(today)) / MS_A_DAY)
}

/** The first right to run out from today on. */
export function nextExpiry(ip: readonly Ip[], today: string): string | null {
  const ahead = ip
    .filter((right) => right.status !== 'expired' && right.status !== 'withdrawn')
    .flatMap((right) => (right.expires && lastDayOf(right.expires) >= today ? [right.expires] : []))
  return ahead.sort((a, b) => (lastDayOf(a) < lastDayOf(b) ? -1 : 1))[0] ?? null
}
