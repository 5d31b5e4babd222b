import type { Case } from './check.ts'
import { activeKeys, evenLoad, pinnedUnder } from './check.ts'
import type { ConditionKey, NamedKey, Part } from './model.ts'
import { keepsRule } from './team-rules.ts'

/** Money is compared to this share of a budget unit, since sums of decimals are not exact. */
export const BUDGET_TOLERANCE = 1e-6
/** From this level on a second member counts as a second cover. */
export const SECOND_LEVEL = 2

/** Points for a requirement at each level from 0 to 3. */
export function pointsByLevel(problem: Case, requirement: number): [number, number, number, number] {
  const { met, below, above } = problem.weights
  const { weight } = problem.requirements[requirement]!
  const wanted = problem.levelsWanted[requirement]!
  const points = (level: number) =>
    Math.round(weight * (level < wanted ? (below * level) / wanted : met + above * (level - wanted)))
  return [points(0), points(1), points(2), points(3)]
}

export function secondPoints(problem: Case, requirement: number): number {
  return Math.round(problem.weights.second * problem.requirements[requirement]!.weight)
}

export function costPoints(problem: Case, candidate: number): number {
  return Math.round(problem.weights.cost * (problem.candidates[candidate]!.cost ?? 0))
}

/** The n-th team that a member serves weighs n times as much as the first: 1 + 2 + ... + load. */
export function loadPoints(problem: Case, candidate: number): number {
  const load = problem.candidates[candidate]!.load ?? 0
  return Math.round(problem.weights.load * evenLoad(load))
}

export function confidencePoints(problem: Case, candidate: number): number {
  const { confidence } = problem.weights
  return Math.min(Math.round(confidence * (problem.candidates[candidate]!.confidence ?? 0)), memberPoints(problem))
}

export function likelihoodPoints(problem: Case, candidate: number): number {
  return Math.round(problem.weights.likelihood * (problem.candidates[candidate]!.likelihood ?? 0))
}

export function memberPoints(problem: Case): number {
  return Math.round(problem.weights.member)
}

/** What a candidate takes off the objective, whatever it covers; below nought where it is so likely that it pays for its seat. */
export function burdenPoints(problem: Case, candidate: number): number {
  const taken = costPoints(problem, candidate) + loadPoints(problem, candidate) + memberPoints(problem)
  return taken - confidencePoints(problem, candidate) - likelihoodPoints(problem, candidate)
}

/** What no team exceeds, on its face: every requirement at its best, all trust, and as many as may be of those who pay for their seats. */
export function mostPoints(problem: Case): number {
  const covered = problem.requirements.reduce(
    (sum, _, requirement) => sum + pointsByLevel(problem, requirement)[3] + secondPoints(problem, requirement),
    0,
  )
  return problem.trust.reduce((sum, { points }) => sum + points, covered + mostPaid(problem))
}

function mostPaid(problem: Case): number {
  if (problem.weights.likelihood === 0) return 0
  return problem.candidates
    .map((_, candidate) => Math.max(0, -burdenPoints(problem, candidate)))
    .sort((a, b) => b - a)
    .slice(0, problem.membersMax)
    .reduce((sum, points) => sum + points, 0)
}

/** The objective of a team, addend by addend; addends of nought are left out. */
export function scoreParts(problem: Case, team: readonly number[]): Part[] {
  const parts: Part[] = []
  const add = (kind: Part['kind'], id: string, points: number) => {
    if (points !== 0) parts.push({ kind, id, points })
  }
  problem.requirements.forEach(({ id }, requirement) => {
    add('coverage', id, pointsByLevel(problem, requirement)[bestLevel(problem, team, requirement)]!)
  })
  problem.requirements.forEach(({ id }, requirement) => {
    if (countFrom(problem, team, requirement, SECOND_LEVEL) > 1) add('second', id, secondPoints(problem, requirement))
  })
  for (const member of team) {
    const { id } = problem.candidates[member]!
    add('cost', id, -costPoints(problem, member))
    add('member', id, -memberPoints(problem))
    add('load', id, -loadPoints(problem, member))
    add('confidence', id, confidencePoints(problem, member))
    add('likelihood', id, likelihoodPoints(problem, member))
  }
  const members = new Set(team)
  for (const { a, b, points } of problem.trust)
    if (members.has(a) && members.has(b))
      add('trust', `${problem.candidates[a]!.id}+${problem.candidates[b]!.id}`, points)
  return parts
}

export function scoreTeam(problem: Case, team: readonly number[]): number {
  return scoreParts(problem, team).reduce((sum, { points }) => sum + points, 0)
}

export function bestLevel(problem: Case, team: readonly number[], requirement: number): 0 | 1 | 2 | 3 {
  let best = 0
  for (const member of team) best = Math.max(best, problem.levels[member]![requirement]!)
  return best as 0 | 1 | 2 | 3
}

export function countFrom(problem: Case, team: readonly number[], requirement: number, level: number): number {
  return team.filter((member) => problem.levels[member]![requirement]! >= level).length
}

/** The keys of the conditions that a team breaks, in the order of CONDITION_KEYS. */
export function brokenConditions(problem: Case, team: readonly number[]): ConditionKey[] {
  const broken = new Set<ConditionKey>(problem.rules.filter((rule) => !keepsRule(rule, team)).map(({ key }) => key))
  return activeKeys(problem.conditions).filter((key) => (isNamed(key) ? !KEEPS[key](problem, team) : broken.has(key)))
}

export const isNamed = (key: ConditionKey): key is NamedKey => !key.startsWith('rule:')

const KEEPS: Record<NamedKey, (problem: Case, team: readonly number[]) => boolean> = {
  membersMin: ({ conditions }, team) => team.length >= (conditions.membersMin ?? 0),
  membersMax: ({ membersMax }, team) => team.length <= membersMax,
  budget: ({ conditions, candidates }, team) =>
    team.reduce((sum, member) => sum + (candidates[member]!.cost ?? 0), 0) <=
    (conditions.budgetMax ?? 0) + BUDGET_TOLERANCE,
  kinds: ({ conditions, candidates }, team) =>
    (conditions.kinds ?? []).every(({ kind, min = 0, max = team.length }) => {
      const count = team.filter((member) => candidates[member]!.kind === kind).length
      return count >= min && count <= max
    }),
  regions: ({ conditions, candidates }, team) => {
    const { allowed, distinctMin = 0, includeAnyOf } = conditions.regions ?? {}
    const regions = new Set(team.map((member) => candidates[member]!.region))
    if (allowed && [...regions].some((region) => !allowed.includes(region))) return false
    return regions.size >= distinctMin && (!includeAnyOf || includeAnyOf.some((region) => regions.has(region)))
  },
  lead: ({ conditions, candidates }, team) =>
    team.some((member) => conditions.leadKinds?.includes(candidates[member]!.kind)),
  critical: (problem, team) =>
    problem.requirements.every(
      ({ critical }, requirement) =>
        !critical ||
        countFrom(problem, team, requirement, problem.levelsWanted[requirement]!) >= problem.criticalCovers,
    ),
  conflicts: ({ conflicts }, team) => {
    const members = new Set(team)
    return conflicts.every(({ a, b }) => !(members.has(a) && members.has(b)))
  },
  sponsors: ({ conditions, positionOf }, team) =>
    pinnedUnder('sponsors', conditions).every((id) => team.includes(positionOf.get(id)!)),
  pinned: ({ conditions, positionOf }, team) =>
    pinnedUnder('pinned', conditions).every((id) => team.includes(positionOf.get(id)!)),
  banned: ({ conditions, positionOf }, team) =>
    (conditions.banned ?? []).every((id) => !team.includes(positionOf.get(id)!)),
}
