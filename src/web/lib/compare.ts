export interface FieldConflict {
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}

export interface Comparison {
  /** Changed by both, to different values: somebody must choose. */
  conflicts: FieldConflict[]
  /** Changed by me alone: they stay mine. */
  mine: string[]
  /** Changed by them alone: they stay theirs. */
  theirs: string[]
}

/**
 * Two people changed one record: what I opened, what I made of it, and what stands now. Only the named fields count.
 * Values are compared as plain JSON; absent, null and empty are the same.
 */
export function compareVersions(
  fields: readonly string[],
  versions: { base: object; mine: object; now: object },
): Comparison {
  const { base, mine, now } = versions as Record<'base' | 'mine' | 'now', Record<string, unknown>>
  const found: Comparison = { conflicts: [], mine: [], theirs: [] }
  for (const field of fields) {
    const iChanged = !sameValue(base[field], mine[field])
    const theyChanged = !sameValue(base[field], now[field])
    if (iChanged && theyChanged && !sameValue(mine[field], now[field]))
      found.conflicts.push({ field, base: base[field], mine: mine[field], theirs: now[field] })
    else if (iChanged && !theyChanged) found.mine.push(field)
    else if (theyChanged) found.theirs.push(field)
  }
  return found
}

export function sameValue(a: unknown, b: unknown): boolean {
  return plain(a) === plain(b)
}

function plain(value: unknown): string {
  return JSON.stringify(tidy(value))
}

function tidy(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null
  if (Array.isArray(value)) return value.length ? value.map(tidy) : null
  if (typeof value !== 'object') return value
  const entries = Object.entries(value)
    .map(([key, member]) => [key, tidy(member)] as const)
    .filter(([, member]) => member !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.length ? Object.fromEntries(entries) : null
}
