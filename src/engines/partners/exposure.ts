import { compareIds } from './rows.ts'

/** Candidates of one question, the best first. */
export interface ShownList {
  readonly question: string
  readonly ranked: readonly string[]
}

export interface Exposure {
  /** Share of the organisations that stand in at least one list. */
  readonly coverage: number
  /** Gini index of how often each organisation is shown: 0 all alike, towards 1 always the same few. */
  readonly gini: number
  /** Share of all places that the one shown most often holds. */
  readonly greatestShare: number
}

/** How evenly the first `k` of all lists show the organisations; those shown that are not listed count too. */
export function measureExposure(lists: readonly ShownList[], organisations: Iterable<string>, k: number): Exposure {
  const shown = new Map<string, number>()
  for (const organisation of organisations) shown.set(organisation, 0)
  for (const { ranked } of lists)
    for (const organisation of ranked.slice(0, k)) shown.set(organisation, (shown.get(organisation) ?? 0) + 1)
  const counts = [...shown.values()].sort((a, b) => a - b)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return { coverage: 0, gini: 0, greatestShare: 0 }
  const weighted = counts.reduce((sum, count, at) => sum + (2 * (at + 1) - counts.length - 1) * count, 0)
  return {
    coverage: counts.filter((count) => count > 0).length / counts.length,
    gini: weighted / (counts.length * total),
    greatestShare: counts[counts.length - 1]! / total,
  }
}

/**
 * Keeps places in the first `k` for newcomers: where fewer than `seats` stand there, the best of those behind take the
 * places of the last that are none. The order is otherwise kept; a list with too few newcomers gives all it has.
 */
export function reserveSeats(
  ranked: readonly string[],
  isNewcomer: (organisation: string) => boolean,
  { k, seats }: { k: number; seats: number },
): string[] {
  const head = ranked.slice(0, k)
  const tail = ranked.slice(k)
  const wanted = Math.min(seats, k) - head.filter(isNewcomer).length
  const raised = new Set(tail.filter(isNewcomer).slice(0, Math.max(0, wanted)))
  const lowered = new Set(
    head
      .filter((one) => !isNewcomer(one))
      .slice(
        Math.max(0, raised.size === 0 ? head.length : head.filter((one) => !isNewcomer(one)).length - raised.size),
      ),
  )
  const rank = new Map(ranked.map((one, at) => [one, at]))
  const inOrder = (list: string[]) => list.sort((a, b) => rank.get(a)! - rank.get(b)!)
  return [
    ...inOrder([...head.filter((one) => !lowered.has(one)), ...raised]),
    ...inOrder([...lowered, ...tail.filter((one) => !raised.has(one))]),
  ]
}

/**
 * Cuts each list to `k` so that no organisation stands in more than `listsMax` of them. Places are given rank by rank over
 * all lists, those in the order of their questions' ids, each taking its best candidate that still may be shown: the first
 * places go first, so what is lost is lost at the end of lists.
 */
export function capExposure(
  lists: readonly ShownList[],
  { k, listsMax }: { k: number; listsMax: number },
): ShownList[] {
  const sorted = [...lists].sort((a, b) => compareIds(a.question, b.question))
  const times = new Map<string, number>()
  const chosen = sorted.map(() => [] as string[])
  const next = sorted.map(() => 0)
  for (let place = 0; place < k; place += 1)
    sorted.forEach(({ ranked }, list) => {
      let at = next[list]!
      while (at < ranked.length && (times.get(ranked[at]!) ?? 0) >= listsMax) at += 1
      next[list] = at + 1
      const organisation = ranked[at]
      if (organisation === undefined) return
      times.set(organisation, (times.get(organisation) ?? 0) + 1)
      chosen[list]!.push(organisation)
    })
  return sorted.map(({ question }, list) => ({ question, ranked: chosen[list]! }))
}

export interface BoundedExposure extends Exposure {
  /** In how many lists one organisation stands at most. */
  readonly listsMax: number
  readonly lists: readonly ShownList[]
  /** The bound can't be kept: these lists are as even as these candidates allow. */
  readonly isMet: boolean
}

/** The loosest cap under which the Gini index of the first `k` is within the officer's bound. */
export function boundExposure(
  lists: readonly ShownList[],
  organisations: readonly string[],
  { k, giniMax }: { k: number; giniMax: number },
): BoundedExposure {
  const at = (listsMax: number) => {
    const capped = capExposure(lists, { k, listsMax })
    return { listsMax, lists: capped, ...measureExposure(capped, organisations, k) }
  }
  let [low, high] = [1, Math.max(1, lists.length)]
  let found = at(high)
  if (found.gini <= giniMax) return { ...found, isMet: true }
  found = at(low)
  if (found.gini > giniMax) return { ...found, isMet: false }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const tried = at(middle)
    if (tried.gini <= giniMax) {
      low = middle
      found = tried
    } else high = middle
  }
  return { ...found, isMet: true }
}
