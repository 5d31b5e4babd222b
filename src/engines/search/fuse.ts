/**
 * Reciprocal rank fusion: joins ranked lists by rank alone, so that scores that can't be compared need not be. What stands
 * at rank r of a list earns 1 / (k + r) of it. Source: Cormack, Clarke and Büttcher, SIGIR 2009, with their k of 60.
 */
export const FUSION_K = 60

export interface Fused {
  id: string
  /** The sum of the parts. */
  score: number
  /** What each list brought, in the order of the lists. */
  parts: number[]
}

/** The best first, equal ones by id. In each list the best comes first, and an id once. */
export function fuseRanks(lists: readonly (readonly string[])[], k = FUSION_K): Fused[] {
  const found = new Map<string, number[]>()
  for (const [list, ids] of lists.entries())
    for (const [at, id] of ids.entries()) {
      const parts = found.get(id) ?? lists.map(() => 0)
      parts[list] = 1 / (k + at + 1)
      found.set(id, parts)
    }
  return [...found]
    .map(([id, parts]) => ({ id, parts, score: parts.reduce((sum, part) => sum + part, 0) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** What stands first in all of so many lists earns. */
export const fusedMost = (lists: number, k = FUSION_K): number => lists / (k + 1)
