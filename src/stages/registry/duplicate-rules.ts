import type { Texts } from '../texts.ts'
import type { DuplicateSide, MERGED_FACTS } from './duplicate-model.ts'
import { type Fields, isEmpty } from './rules.ts'
import { readYearFact } from './year-rules.ts'

/** The side that says more; then the one with more projects and results; then the smaller id. */
export function fullerOf(a: DuplicateSide, b: DuplicateSide): DuplicateSide {
  const [more, less] = a.id < b.id ? [a, b] : [b, a]
  const weight = (side: DuplicateSide) => side.facts * 1_000_000 + side.projects + side.results
  return weight(less) > weight(more) ? less : more
}

const TEXTS = ['names', 'products', 'summary']
const LISTS = ['fields', 'titles']

/**
 * What the organisation that stays says after a merge: field by field the fuller value. Texts are joined by language,
 * lists and identifiers united, notes kept both; of two single values the kept one stays, unless it is empty, says less
 * precisely when, or the person takes the other's. Only what changes is in the answer.
 */
export function mergeFacts(
  kept: Fields,
  other: Fields,
  take: Partial<Record<(typeof MERGED_FACTS)[number], 'kept' | 'other'>>,
): Fields {
  const changes: Fields = {}
  for (const [fact, theirs] of Object.entries(other)) {
    const choice = take[readYearFact(fact) ? 'years' : (fact as keyof typeof take)]
    const merged = mergeFact(fact, kept[fact] ?? null, theirs ?? null, choice)
    if (JSON.stringify(merged) !== JSON.stringify(kept[fact] ?? null)) changes[fact] = merged
  }
  return changes
}

function mergeFact(fact: string, ours: unknown, theirs: unknown, take: 'kept' | 'other' | undefined): unknown {
  if (isEmpty(theirs)) return ours
  if (TEXTS.includes(fact)) {
    const [first, then] = take === 'other' ? [theirs, ours] : [ours, theirs]
    return { ...(then as Texts | null), ...(first as Texts | null) }
  }
  if (fact === 'identifiers') return { ...(theirs as object), ...(ours as object) }
  if (take) return take === 'other' ? theirs : ours
  if (LISTS.includes(fact)) return [...new Set([...((ours as string[]) ?? []), ...(theirs as string[])])]
  if (isEmpty(ours) || (fact === 'kind' && ours === 'other')) return theirs
  if (fact === 'notes' && ours !== theirs) return `${ours}\n\n${theirs}`
  if (fact === 'founded' && String(theirs).startsWith(String(ours))) return theirs
  return ours
}
