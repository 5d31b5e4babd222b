import { compareIds } from './rows.ts'
import { HALF_LIFE_YEARS } from './statistics.ts'

/** Two organisations' projects: how many, and the year in which the last began where that is known. */
export interface Meeting {
  readonly from: string
  readonly to: string
  readonly projects: number
  readonly last: number | null
}

/** A path of two steps: `from` has worked with `through`, and that one with `to`. */
export interface TwoSteps {
  readonly from: string
  readonly through: string
  readonly to: string
  /** Projects of the step with fewer of them. */
  readonly projects: number
  /** The year of the step whose last project is older. */
  readonly last: number | null
  /** By how many different ones there is such a path. */
  readonly bridges: number
  /** From 0 to 1: 1 at `STEPS_FULL` recent projects on the weaker steps, summed over the bridges. */
  readonly strength: number
}

const STEPS_FULL = 3

/** 1 for the registry's last year, halved by every `HALF_LIFE_YEARS` before it; a half where the year is not known. */
export function freshnessOf(last: number | null, now: number): number {
  return last === null ? 0.5 : 2 ** (-Math.max(0, now - last) / HALF_LIFE_YEARS)
}

/**
 * Whom to look through for partners of partners: met often and lately, and not everybody's partner. `degrees` are the
 * projects of each; ties go by id.
 */
export function strongestBridges(
  met: readonly Meeting[],
  { degrees, now, countMax }: { degrees: ReadonlyMap<string, number>; now: number; countMax: number },
): string[] {
  const weights = new Map<string, number>()
  for (const { to, projects, last } of met) {
    const weight = (projects * freshnessOf(last, now)) / Math.sqrt(degrees.get(to) ?? projects)
    weights.set(to, Math.max(weights.get(to) ?? 0, weight))
  }
  return [...weights]
    .sort(([a, one], [b, two]) => two - one || compareIds(a, b))
    .slice(0, countMax)
    .map(([id]) => id)
}

/**
 * The strongest path from each `from` to each `to` over steps that were both taken, with what all such paths come to. Whom
 * a `from` has met itself needs none.
 */
export function joinSteps(first: readonly Meeting[], second: readonly Meeting[], now: number): TwoSteps[] {
  const onward = Map.groupBy(second, ({ from }) => from)
  const direct = new Set(first.map(({ from, to }) => `${from} ${to}`))
  const sources = new Set(first.map(({ from }) => from))
  const found = new Map<string, TwoSteps & { best: number }>()
  for (const step of first)
    for (const next of onward.get(step.to) ?? []) {
      const { from, to: through } = step
      const { to } = next
      const key = `${from} ${to}`
      if (to === through || sources.has(to) || direct.has(key)) continue
      const projects = Math.min(step.projects, next.projects)
      const last = step.last === null || next.last === null ? null : Math.min(step.last, next.last)
      const own = (Math.min(projects, STEPS_FULL) * freshnessOf(last, now)) / STEPS_FULL
      const known = found.get(key)
      const [bridges, strength] = [(known?.bridges ?? 0) + 1, Math.min(1, (known?.strength ?? 0) + own)]
      const isBest = !known || own > known.best || (own === known.best && through < known.through)
      found.set(
        key,
        isBest ? { from, through, to, projects, last, bridges, strength, best: own } : { ...known, bridges, strength },
      )
    }
  return [...found.values()]
    .sort((a, b) => b.strength - a.strength || compareIds(a.to, b.to) || compareIds(a.from, b.from))
    .map(({ best: _, ...path }) => path)
}
