import { Fault, type Issue } from '#kit/fault.ts'
import {
  ADDEND_POINTS_MAX,
  AMOUNT_MAX,
  byId,
  CANDIDATES_MAX,
  type Candidate,
  type ConditionKey,
  type Conditions,
  levelWantedOf,
  MEMBERS_MAX,
  MEMBERS_MAX_DEFAULT,
  PAIRS_MAX,
  type Problem,
  REQUIREMENTS_MAX,
  type Requirement,
  RULES_MAX,
  WEIGHT_MAX,
  WEIGHT_MIN,
  type Weights,
  weightsOf,
} from './model.ts'
import { findRuleIssues, type PreparedRule, prepareRules, ruleKey } from './team-rules.ts'

/** A problem that was checked, with its defaults filled in and its candidates in the order of their ids. */
export interface Case {
  requirements: readonly Requirement[]
  levelsWanted: readonly (1 | 2 | 3)[]
  candidates: readonly Candidate[]
  /** Of each candidate, by the position of the requirement. */
  levels: readonly Uint8Array[]
  positionOf: ReadonlyMap<string, number>
  weights: Weights
  conditions: Conditions
  membersMax: number
  criticalCovers: 1 | 2
  rules: readonly PreparedRule[]
  /** Trust pairs of two different candidates by position, each pair once, lower first, in whole points. */
  trust: readonly { a: number; b: number; points: number }[]
  /** Pairs that exclude one another by position, each pair once. */
  conflicts: readonly { a: number; b: number }[]
}

const ISSUES_MAX = 50

/**
 * Checks a problem and brings it into the form that the engine works on.
 *
 * @throws Fault `invalid` with each thing that is wrong, `too_many` beyond CANDIDATES_MAX, REQUIREMENTS_MAX or PAIRS_MAX.
 */
export function prepareCase(problem: Problem): Case {
  refuseTooMany(problem)
  const issues = findIssues(problem)
  if (issues.length > 0)
    throw new Fault('invalid', 'The problem of choosing a team is not well formed.', {
      rule: issues[0]!.rule,
      issues: issues.slice(0, ISSUES_MAX),
    })
  const candidates = [...problem.candidates].sort(byId)
  const positionOf = new Map(candidates.map((candidate, position) => [candidate.id, position]))
  const weights = weightsOf(problem)
  return {
    requirements: problem.requirements,
    levelsWanted: problem.requirements.map(levelWantedOf),
    candidates,
    levels: candidates.map((candidate) => packLevels(candidate, problem.requirements)),
    positionOf,
    weights,
    conditions: problem.conditions,
    membersMax: problem.conditions.membersMax ?? MEMBERS_MAX_DEFAULT,
    criticalCovers: problem.conditions.criticalCovers ?? 1,
    rules: prepareRules(problem.conditions, candidates),
    trust: joinTrust(problem, positionOf, weights),
    conflicts: joinConflicts(problem, positionOf),
  }
}

/** The keys of the conditions that the problem sets, in the order of CONDITION_KEYS. */
export function activeKeys(conditions: Conditions): ConditionKey[] {
  const keys: ConditionKey[] = []
  if ((conditions.membersMin ?? 0) > 0) keys.push('membersMin')
  keys.push('membersMax')
  if (conditions.budgetMax !== undefined) keys.push('budget')
  if (conditions.kinds?.length) keys.push('kinds')
  if (conditions.regions) keys.push('regions')
  if (conditions.leadKinds?.length) keys.push('lead')
  if (conditions.criticalCovered ?? true) keys.push('critical')
  if (conditions.conflicts?.length) keys.push('conflicts')
  for (const key of PIN_KEYS) if (pinnedUnder(key, conditions).length) keys.push(key)
  if (conditions.banned?.length) keys.push('banned')
  for (const { id } of conditions.rules ?? []) keys.push(ruleKey(id))
  return keys
}

const PIN_KEYS = ['sponsors', 'pinned'] as const
type PinKey = (typeof PIN_KEYS)[number]

/** The condition under which a candidate is pinned: as a sponsor, or by somebody's wish alone. */
export function pinKeyOf({ sponsors = [] }: Conditions, id: string): PinKey {
  return sponsors.includes(id) ? 'sponsors' : 'pinned'
}

export function pinnedUnder(key: PinKey, conditions: Conditions): string[] {
  return (conditions.pinned ?? []).filter((id) => pinKeyOf(conditions, id) === key)
}

function refuseTooMany({ requirements, candidates, conditions }: Problem): void {
  const counts: [string, number, number][] = [
    ['candidates', candidates.length, CANDIDATES_MAX],
    ['requirements', requirements.length, REQUIREMENTS_MAX],
    ['trust', conditions.trust?.length ?? 0, PAIRS_MAX],
    ['conflicts', conditions.conflicts?.length ?? 0, PAIRS_MAX],
    ['rules', conditions.rules?.length ?? 0, RULES_MAX],
  ]
  for (const [what, count, limit] of counts)
    if (count > limit)
      throw new Fault('too_many', `There are ${count} ${what}, and at most ${limit} can be taken.`, {
        rule: `cover.${what}.too_many`,
        limit,
      })
}

function findIssues(problem: Problem): Issue[] {
  const issues: Issue[] = []
  if (problem.requirements.length === 0) issues.push({ path: 'requirements', rule: 'cover.requirements.none' })
  if (problem.candidates.length === 0) issues.push({ path: 'candidates', rule: 'cover.candidates.none' })
  const requirementIds = new Set<string>()
  problem.requirements.forEach((requirement, at) => {
    const path = `requirements.${at}`
    if (requirementIds.has(requirement.id)) issues.push({ path: `${path}.id`, rule: 'cover.requirement.twice' })
    requirementIds.add(requirement.id)
    if (!(requirement.weight >= WEIGHT_MIN && requirement.weight <= WEIGHT_MAX))
      issues.push({ path: `${path}.weight`, rule: 'cover.requirement.weight', limit: `${WEIGHT_MIN}-${WEIGHT_MAX}` })
    if (![1, 2, 3].includes(levelWantedOf(requirement)))
      issues.push({ path: `${path}.levelWanted`, rule: 'cover.requirement.level_wanted', limit: '1-3' })
  })
  const candidateIds = new Set<string>()
  problem.candidates.forEach((candidate, at) => {
    if (candidateIds.has(candidate.id)) issues.push({ path: `candidates.${at}.id`, rule: 'cover.candidate.twice' })
    candidateIds.add(candidate.id)
    issues.push(...findCandidateIssues(candidate, `candidates.${at}`, requirementIds))
  })
  issues.push(...findConditionIssues(problem.conditions, candidateIds), ...findWeightIssues(weightsOf(problem)))
  if (issues.length === 0) issues.push(...findAddendIssues(problem))
  return issues
}

function findCandidateIssues(candidate: Candidate, path: string, requirementIds: ReadonlySet<string>): Issue[] {
  const issues: Issue[] = []
  for (const [requirement, level] of Object.entries(candidate.levels)) {
    const where = `${path}.levels.${requirement}`
    if (!requirementIds.has(requirement)) issues.push({ path: where, rule: 'cover.requirement.unknown' })
    if (![0, 1, 2, 3].includes(level)) issues.push({ path: where, rule: 'cover.candidate.level', limit: '0-3' })
  }
  if (!isAmount(candidate.cost ?? 0))
    issues.push({ path: `${path}.cost`, rule: 'cover.candidate.cost', limit: AMOUNT_MAX })
  if (!isAmount(candidate.load ?? 0))
    issues.push({ path: `${path}.load`, rule: 'cover.candidate.load', limit: AMOUNT_MAX })
  for (const name of ['confidence', 'likelihood'] as const) {
    const { [name]: share = 0 } = candidate
    if (!(share >= 0 && share <= 1))
      issues.push({ path: `${path}.${name}`, rule: `cover.candidate.${name}`, limit: '0-1' })
  }
  return issues
}

function findConditionIssues(conditions: Conditions, candidateIds: ReadonlySet<string>): Issue[] {
  const issues: Issue[] = []
  const requireKnown = (path: string, id: string) => {
    if (!candidateIds.has(id)) issues.push({ path, rule: 'cover.candidate.unknown' })
  }
  const requireCount = (path: string, count: number | undefined, limit = MEMBERS_MAX) => {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0 && count <= limit))
      issues.push({ path, rule: 'cover.condition.count', limit })
  }
  requireCount('conditions.membersMin', conditions.membersMin)
  requireCount('conditions.membersMax', conditions.membersMax)
  requireCount('conditions.regions.distinctMin', conditions.regions?.distinctMin)
  conditions.kinds?.forEach(({ min, max }, at) => {
    requireCount(`conditions.kinds.${at}.min`, min)
    requireCount(`conditions.kinds.${at}.max`, max)
  })
  if (!isAmount(conditions.budgetMax ?? 0))
    issues.push({ path: 'conditions.budgetMax', rule: 'cover.condition.budget', limit: AMOUNT_MAX })
  conditions.pinned?.forEach((id, at) => {
    requireKnown(`conditions.pinned.${at}`, id)
  })
  conditions.banned?.forEach((id, at) => {
    requireKnown(`conditions.banned.${at}`, id)
  })
  conditions.sponsors?.forEach((id, at) => {
    requireKnown(`conditions.sponsors.${at}`, id)
  })
  for (const list of ['trust', 'conflicts'] as const)
    conditions[list]?.forEach(({ a, b }, at) => {
      const path = `conditions.${list}.${at}`
      requireKnown(`${path}.a`, a)
      requireKnown(`${path}.b`, b)
      if (a === b) issues.push({ path, rule: 'cover.pair.with_itself' })
    })
  if (![1, 2].includes(conditions.criticalCovers ?? 1))
    issues.push({ path: 'conditions.criticalCovers', rule: 'cover.condition.critical_covers', limit: '1-2' })
  issues.push(...findRuleIssues(conditions, candidateIds))
  conditions.trust?.forEach(({ weight }, at) => {
    if (!(weight >= 0 && weight <= 1))
      issues.push({ path: `conditions.trust.${at}.weight`, rule: 'cover.trust.weight', limit: '0-1' })
  })
  return issues
}

function findWeightIssues(weights: Weights): Issue[] {
  const issues: Issue[] = []
  for (const [name, value] of Object.entries(weights))
    if (!isAmount(value)) issues.push({ path: `weights.${name}`, rule: 'cover.weights.range', limit: AMOUNT_MAX })
  if (weights.below > weights.met)
    issues.push({ path: 'weights.below', rule: 'cover.weights.below', limit: weights.met })
  return issues
}

function findAddendIssues(problem: Problem): Issue[] {
  const weights = weightsOf(problem)
  const issues: Issue[] = []
  const require = (path: string, points: number) => {
    if (points > ADDEND_POINTS_MAX) issues.push({ path, rule: 'cover.points.too_many', limit: ADDEND_POINTS_MAX })
  }
  for (const name of ['met', 'above', 'second'] as const) require(`weights.${name}`, weights[name] * WEIGHT_MAX)
  problem.candidates.forEach(({ cost = 0, load = 0 }, at) => {
    require(`candidates.${at}.cost`, cost * weights.cost)
    require(`candidates.${at}.load`, evenLoad(load) * weights.load)
  })
  return issues
}

/** 1 + 2 + ... + load: the n-th team that somebody serves weighs n times as much as the first. */
export const evenLoad = (load: number): number => (load * (load + 1)) / 2

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= AMOUNT_MAX
}

function packLevels(candidate: Candidate, requirements: readonly Requirement[]): Uint8Array {
  return Uint8Array.from(requirements, ({ id }) => candidate.levels[id] ?? 0)
}

function joinTrust(problem: Problem, positionOf: ReadonlyMap<string, number>, weights: Weights): Case['trust'] {
  const strongest = new Map<string, { a: number; b: number; weight: number }>()
  for (const { a, b, weight } of problem.conditions.trust ?? []) {
    const pair = orderPair(positionOf.get(a)!, positionOf.get(b)!)
    const known = strongest.get(`${pair.a} ${pair.b}`)
    if (!known || known.weight < weight) strongest.set(`${pair.a} ${pair.b}`, { ...pair, weight })
  }
  return [...strongest.values()]
    .map(({ a, b, weight }) => ({ a, b, points: Math.round(weights.trust * weight) }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => one.a - other.a || one.b - other.b)
}

function joinConflicts(problem: Problem, positionOf: ReadonlyMap<string, number>): Case['conflicts'] {
  const pairs = new Map<string, { a: number; b: number }>()
  for (const { a, b } of problem.conditions.conflicts ?? []) {
    const pair = orderPair(positionOf.get(a)!, positionOf.get(b)!)
    pairs.set(`${pair.a} ${pair.b}`, pair)
  }
  return [...pairs.values()].sort((one, other) => one.a - other.a || one.b - other.b)
}

function orderPair(one: number, other: number): { a: number; b: number } {
  return one < other ? { a: one, b: other } : { a: other, b: one }
}
