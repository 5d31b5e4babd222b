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
  /** The place in the unit's sequence, or `WHOLE`. */
  place: number
}

/** The place of a term that holds the unit as a whole. */
const WHOLE = -1
const SAME_OCCURRENCE_POSITIONS = 2

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
    for (const term of alternates) note(term, unit, WHOLE)
  })
  return { units, unitLengths: variant.units.map(({ terms }) => terms.length) }
}

/** Every place where a unit of the name stands in the reading order from `from` to `to`, in that order. */
export function occurrencesIn(order: Uint32Array, from: number, to: number, lookup: TermLookup): Occurrence[] {
  const found: Occurrence[] = []
  const reached = lookup.unitLengths.map(() => ({ place: -1, position: -1 }))
  const lastFound = new Array<number>(lookup.unitLengths.length).fill(Number.NEGATIVE_INFINITY)
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
      // A joined form after its parts, or the second bigram of a lone character, is the same occurrence.
      if (place === WHOLE && position - lastFound[unit]! <= SAME_OCCURRENCE_POSITIONS) continue
      if (place > 0 && !(state.place === place - 1 && state.position === position - 1)) continue
      if (place >= 0 && place < length - 1) reached[unit] = { place, position }
      else {
        found.push({ unit, position: position - Math.max(place, 0), field })
        lastFound[unit] = position
      }
    }
  }
  return found
}

/**
 * The stretch of at most `spanMax` positions that holds the most of the name: all the required units, or else what
 * weighs the most. Linear in the occurrences.
 */
export function heaviestWindow(
  occurrences: readonly Occurrence[],
  unitWeights: readonly number[],
  isRequired: readonly boolean[],
  spanMax: number,
): { weight: number; isComplete: boolean } {
  const counts = new Array<number>(unitWeights.length).fill(0)
  let best = { weight: 0, isComplete: false }
  let first = 0
  for (const last of occurrences) {
    counts[last.unit]! += 1
    for (; last.position - occurrences[first]!.position >= spanMax; first += 1) counts[occurrences[first]!.unit]! -= 1
    const weight = unitWeights.reduce((sum, unitWeight, unit) => sum + (counts[unit]! > 0 ? unitWeight : 0), 0)
    const isComplete = isRequired.every((required, unit) => !required || counts[unit]! > 0)
    if (Number(isComplete) > Number(best.isComplete) || (isComplete === best.isComplete && weight > best.weight))
      best = { weight, isComplete }
  }
  return best
}
