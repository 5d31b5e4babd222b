import type { Case } from './check.ts'
import { membersNeeded } from './team-rules.ts'

/**
 * Candidates among whom there is a team that keeps any choice of the problem's conditions, if there is one at all. What
 * a condition sees of a candidate is its kind, its region, its cost, its figures in the rules and which critical requirements it covers; who has
 * enough stand-ins that are at least as good in each is left out. Whoever is named by a condition stays.
 */
export function withoutStandIns(problem: Case): number[] {
  const enough = membersNeededMax(problem)
  if (!Number.isFinite(enough)) return problem.candidates.map((_, position) => position)
  const named = namedCandidates(problem)
  const critical = criticalMasks(problem)
  const groups = new Map<string, number[]>()
  problem.candidates.forEach((candidate, position) => {
    if (named.has(position)) return
    const seen = problem.rules.map(({ amounts, groups }) => amounts[position] ?? groups[position])
    const key = JSON.stringify([candidate.kind, candidate.region, ...seen])
    const group = groups.get(key)
    if (group) group.push(position)
    else groups.set(key, [position])
  })
  const costOf = (position: number) => problem.candidates[position]!.cost ?? 0
  const kept = [...named]
  for (const group of groups.values()) {
    const keptHere: number[] = []
    for (const position of group.sort((a, b) => costOf(a) - costOf(b) || a - b))
      if (countStandIns(keptHere, critical, critical[position]!, enough) < enough) keptHere.push(position)
    kept.push(...keptHere)
  }
  return kept.sort((a, b) => a - b)
}

/** How many of these, who are no dearer, cover at least what is critical in the mask; no further than needed. */
function countStandIns(those: readonly number[], critical: readonly bigint[], mask: bigint, enough: number): number {
  let count = 0
  for (const position of those) {
    if ((critical[position]! & mask) === mask) count++
    if (count >= enough) break
  }
  return count
}

function namedCandidates({ conditions, conflicts, positionOf }: Case): Set<number> {
  const byName = [...(conditions.pinned ?? []), ...(conditions.banned ?? [])].map((id) => positionOf.get(id)!)
  return new Set([...byName, ...conflicts.flatMap(({ a, b }) => [a, b])])
}

/** One bit for each critical requirement that a candidate covers. */
function criticalMasks(problem: Case): bigint[] {
  const critical = problem.requirements.flatMap((one, requirement) => (one.critical ? [requirement] : []))
  return problem.levels.map((levels) => {
    let mask = 0n
    critical.forEach((requirement, bit) => {
      if (levels[requirement]! >= problem.levelsWanted[requirement]!) mask |= 1n << BigInt(bit)
    })
    return mask
  })
}

/** A team that keeps some of the conditions can be cut down to so many members, or is within the most allowed. */
function membersNeededMax({ conditions, membersMax, criticalCovers, requirements, rules }: Case): number {
  const { membersMin = 0, kinds = [], regions, pinned = [] } = conditions
  const ofKinds = kinds.reduce((sum, { min = 0 }) => sum + min, 0)
  const critical = requirements.filter((one) => one.critical).length
  const ofRules = rules.reduce((sum, rule) => sum + membersNeeded(rule), 0)
  const least =
    membersMin + ofKinds + (regions?.distinctMin ?? 0) + critical * criticalCovers + pinned.length + ofRules + 2
  return Math.max(membersMax, least)
}
