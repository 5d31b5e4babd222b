import { BESIDE, FIELD_BREAK } from '#engines/search/build.ts'
import type { NameVariant } from './capability.ts'

/** One place where a unit of a name stands. */
export interface Occurrence {
  unit: number
  /** How far the reading has come, counted in terms that move it on; fields lie far apart. */
  position: number
  field: number
}

/** A name's terms by their numbers in an index: which unit each belongs to, and its place in that unit's sequence. */
export interface TermLookup {
  units: ReadonlyMap<number, readonly UnitTerm[]>
  unitLengths: readonly number[]
}

interface UnitTerm {
  unit: number
  /** The place in the unit's sequence; -1 for a term that stands for the whole unit. */
  place: number
}

/** Fields are this far apart in positions, so that no window spans two of them. */
export const FIELD_GAP = 1_000_000

export function lookupOf(variant: NameVariant, termNumbers: ReadonlyMap<string, number>): TermLookup {
  const units = new Map<number, UnitTerm[]>()
  const note = (term: string, unit: number, place: number) => {
    const number = termNumbers.get(term)
    if (number === undefined) return
    if (!units.has(number)) units.set(number, [])
    // Later places first, so that a step on is not taken for the start of the same sequence.
    units.get(number)!.push({ unit, place })
    units.get(number)!.sort((a, b) => b.place - a.place)
  }
  variant.units.forEach(({ terms, alternates }, unit) => {
    terms.forEach((term, place) => {
      note(term, unit, place)
    })
    for (const term of alternates) note(term, unit, -1)
  })
  return { units, unitLengths: variant.units.map(({ terms }) => terms.length) }
}

/** Every place where a unit of the name stands in the reading order from `from` to `to`, in that order. */
export function occurrencesIn(order: Uint32Array, from: number, to: number, lookup: TermLookup): Occurrence[] {
  const found: Occurrence[] = []
  const reached = lookup.unitLengths.map(() => ({ place: -1, position: -1 }))
  let field = 0
  let position = -1
  for (let at = from; at < to; at += 1) {
    const entry = order[at]!
    if (entry === FIELD_BREAK) {
      field += 1
      position = field * FIELD_GAP - 1
      continue
    }
    if (entry < BESIDE) position += 1
    const entries = lookup.units.get(entry & FIELD_BREAK)
    if (!entries) continue
    for (const { unit, place } of entries) {
      const length = lookup.unitLengths[unit]!
      const state = reached[unit]!
      if (place > 0 && !(state.place === place - 1 && state.position === position - 1)) continue
      if (place >= 0 && place < length - 1) reached[unit] = { place, position }
      else found.push({ unit, position: position - Math.max(place, 0), field })
    }
  }
  return found
}

/**
 * The most that units of the name weigh together in one stretch of at most `spanMax` positions, and the number of
 * different units there. Linear in the occurrences.
 */
export function heaviestWindow(
  occurrences: readonly Occurrence[],
  unitWeights: readonly number[],
  spanMax: number,
): { weight: number; units: number } {
  const counts = new Array<number>(unitWeights.length).fill(0)
  let best = { weight: 0, units: 0 }
  let units = 0
  let first = 0
  for (const last of occurrences) {
    counts[last.unit]! += 1
    if (counts[last.unit] === 1) units += 1
    while (last.position - occurrences[first]!.position >= spanMax) {
      const left = occurrences[first]!.unit
      counts[left]! -= 1
      if (counts[left] === 0) units -= 1
      first += 1
    }
    const weight = unitWeights.reduce((sum, unitWeight, unit) => sum + (counts[unit]! > 0 ? unitWeight : 0), 0)
    if (units > best.units || (units === best.units && weight > best.weight)) best = { weight, units }
  }
  return best
}
