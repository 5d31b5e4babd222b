/**
 * Choosing a team that covers weighted requirements. Amounts of the objective are whole points, so that its addends sum
 * exactly; costs are in the caller's budget unit.
 */

export const CANDIDATES_MAX = 50_000
export const REQUIREMENTS_MAX = 50
export const PAIRS_MAX = 50_000
export const RULES_MAX = 40
export const MEMBERS_MAX = 60
export const MEMBERS_MAX_DEFAULT = 8
export const WEIGHT_MIN = 1
export const WEIGHT_MAX = 5
export const LEVEL_WANTED_DEFAULT = 2
/** No cost, load, budget or objective weight may be larger. */
export const AMOUNT_MAX = 1_000_000
/** Nor any figure of a rule, on either side of nought. */
export const RULE_AMOUNT_MAX = 1e15
/** Nor any addend of the objective: beyond it a solver in floating point can't tell one point from the next. */
export const ADDEND_POINTS_MAX = 1_000_000
export const SECONDS_MAX_DEFAULT = 20
/** More candidates than these are cut to a shortlist, and the answer says so. */
export const SHORTLIST_MAX = 2_000
/** How many candidates are named for a gap. */
export const NEAREST_MAX = 3

/** How well a candidate meets a requirement: 3 strong, 2 good, 1 neighbouring, 0 not at all. */
export type Level = 0 | 1 | 2 | 3

export interface Requirement {
  id: string
  /** 1 to 5. */
  weight: number
  /** A critical requirement has to be reached at the level wanted, unless `conditions.criticalCovered` is false. */
  critical: boolean
  /** Default 2. */
  levelWanted?: 1 | 2 | 3
}

export interface Candidate {
  id: string
  /** By requirement; what is not named is 0. */
  levels: Readonly<Record<string, Level>>
  /** In budget units; default 0. */
  cost?: number
  kind: string
  region: string
  size?: string
  tags?: readonly string[]
  /** How many other teams it serves already; default 0. */
  load?: number
  /** How sure its levels are, from 0 to 1; default 0. */
  confidence?: number
  /** How likely it is to join, from 0 to 1 on a scale of logarithms, so that odds add up where points do; default 0. */
  likelihood?: number
}

export interface KindCondition {
  kind: string
  min?: number
  max?: number
}

export interface RegionCondition {
  /** Members come from these regions only. */
  allowed?: readonly string[]
  /** At least so many different regions. */
  distinctMin?: number
  /** At least one member from any of these. */
  includeAnyOf?: readonly string[]
}

/** Two who worked together before; `weight` from 0 to 1. */
export interface TrustPair {
  a: string
  b: string
  weight: number
}

/** Two who can't be in one team. */
export interface ConflictPair {
  a: string
  b: string
}

/**
 * A condition on the whole team, as a rule pack words it. `sum`: the members' amounts add up to what lies within the
 * bounds; who is not named has 0. `distinct`: the members belong to at least so many groups; who is not named to none.
 */
export type TeamRule =
  | { id: string; form: 'sum'; amounts: Readonly<Record<string, number>>; min?: number; max?: number }
  | { id: string; form: 'distinct'; groups: Readonly<Record<string, string>>; min: number }

export interface Conditions {
  membersMin?: number
  /** Default 8. */
  membersMax?: number
  budgetMax?: number
  kinds?: readonly KindCondition[]
  regions?: RegionCondition
  pinned?: readonly string[]
  /** Of those who are pinned, who is so as a sponsor: a condition of its own where conditions clash. */
  sponsors?: readonly string[]
  banned?: readonly string[]
  /** At least one member of one of these kinds, who can lead. */
  leadKinds?: readonly string[]
  /** Default true. */
  criticalCovered?: boolean
  /** How many members have to reach the level wanted of each critical requirement; default 1. */
  criticalCovers?: 1 | 2
  rules?: readonly TeamRule[]
  trust?: readonly TrustPair[]
  conflicts?: readonly ConflictPair[]
}

/** The keys by which a condition is named when it stands in the way, in the order in which they are listed. */
export const CONDITION_KEYS = [
  'membersMin',
  'membersMax',
  'budget',
  'kinds',
  'regions',
  'lead',
  'critical',
  'conflicts',
  'sponsors',
  'pinned',
  'banned',
] as const

/** A rule by its id, so that a conflict names the very rule. */
export type RuleKey = `rule:${string}`
export type NamedKey = (typeof CONDITION_KEYS)[number]
export type ConditionKey = NamedKey | RuleKey

/** The objective in the open, in points. */
export interface Weights {
  /** For each unit of a requirement's weight, once the level wanted is reached. */
  met: number
  /** The same, shared out by level / level wanted, while it is not reached. Below `met`. */
  below: number
  /** For each unit of weight and each level above the one wanted. */
  above: number
  /** For each unit of weight, when a second member reaches level 2: the team survives a departure. */
  second: number
  /** Taken off for each budget unit. */
  cost: number
  /** Taken off for each member: coordination. */
  member: number
  /** Taken off for a member's first team elsewhere, twice as much for its second, and so on: loads are kept even. */
  load: number
  /** For a member whose levels are quite sure; in proportion for the others. Counts for `member` at most, so that nobody joins for it. */
  confidence: number
  /** For a member of likelihood 1; in proportion for the others. Unlike confidence it may pay for a seat by itself. */
  likelihood: number
  /** For each unit of a trust pair's weight, when both are members. */
  trust: number
}

/**
 * A requirement of the least weight, once met, outweighs three members. A higher level and a second cover of a single
 * requirement don't pay for a member, nor does trust with seven others.
 */
export const DEFAULT_WEIGHTS: Weights = {
  met: 1000,
  below: 400,
  above: 25,
  second: 30,
  cost: 1,
  member: 300,
  load: 40,
  confidence: 20,
  likelihood: 0,
  trust: 30,
}

export interface Problem {
  requirements: readonly Requirement[]
  candidates: readonly Candidate[]
  conditions: Conditions
  /** What is not given is taken from DEFAULT_WEIGHTS. */
  weights?: Partial<Weights>
}

export interface Progress {
  seconds: number
  /** The best found so far; null while there is none. */
  objective: number | null
  bound: number | null
  gap: number | null
  nodes: number
}

export interface SolveOptions {
  /** Default 20. A limit that strikes makes the answer `feasible`, with its bound. */
  secondsMax?: number
  /** Default 0. */
  seed?: number
  onProgress?: (progress: Progress) => void
  /** Asked now and then; true ends the search with the best found so far. */
  isCancelled?: () => boolean
}

export interface Member {
  id: string
  /** What it has of what is required, by weight and then as the requirements stand. */
  covers: { requirement: string; level: Level }[]
  /** The requirements whose level falls when this member leaves. */
  soleCoverOf: string[]
}

export interface Coverage {
  requirement: string
  level: Level
  levelWanted: 1 | 2 | 3
  /** The members that reach the level, by id. */
  by: string[]
}

/** Why one of the nearest did not close a gap. */
export type Shortfall =
  /** Its level is below the level wanted. */
  | { kind: 'level' }
  /** Joining this team would break these conditions. */
  | { kind: 'condition'; conditions: ConditionKey[] }
  /** Joining this team would change the objective by these points, which are not above zero. */
  | { kind: 'worth'; points: number }

export interface Gap {
  requirement: string
  level: Level
  levelWanted: 1 | 2 | 3
  /** The best candidates for it, members among them, best first. */
  nearest: { id: string; level: Level; chosen: boolean; why: Shortfall }[]
}

export type PartKind = 'coverage' | 'second' | 'cost' | 'member' | 'load' | 'confidence' | 'likelihood' | 'trust'

/** An addend of the objective; `id` names the requirement, the member, or the pair as `a+b`. */
export interface Part {
  kind: PartKind
  id: string
  points: number
}

/** The smallest change of one condition that lets the rest hold; in `id`, what is to be given up or changed. */
export interface Change {
  what:
    | 'membersMin'
    | 'membersMax'
    | 'budgetMax'
    | 'kindMin'
    | 'kindMax'
    | 'regionAllowed'
    | 'regionsDistinctMin'
    | 'regionsIncludeAnyOf'
    | 'leadKinds'
    | 'critical'
    | 'conflict'
    | 'pinned'
    | 'banned'
    | 'rule'
  /** The rule, kind, region, requirement or candidate; a pair as `a+b`. */
  id?: string
  from?: number
  to?: number
}

export interface Relaxation {
  condition: ConditionKey
  /**
   * Whether giving way in this condition alone leaves a team; false where there is another conflict besides, null where
   * the limit struck first.
   */
  enough: boolean | null
  /** What to change at least, so that this conflict is gone. */
  changes: Change[]
}

export interface Conflict {
  /** Conditions that can't hold together; without any one of them the others can, where `irreducible`. */
  conditions: ConditionKey[]
  /** False when the time limit struck before that was certain. */
  irreducible: boolean
  relaxations: Relaxation[]
}

interface Solved {
  /** Points; the sum of `parts`. */
  objective: number
  /** No team whatever is worth more. */
  bound: number
  /** (bound - objective) / max(1, |objective|). */
  gap: number
  seconds: number
  /** By id. */
  chosen: Member[]
  coverage: Coverage[]
  /** Requirements whose level is below the one wanted. */
  gaps: Gap[]
  parts: Part[]
  /** How many candidates there were, and how many were left to the solver. */
  screened: { from: number; to: number }
}

/** The best team, proven. */
export interface OptimalAnswer extends Solved {
  status: 'optimal'
}

/** A team that keeps every condition; how far it may be from the best, the gap tells. */
export interface FeasibleAnswer extends Solved {
  status: 'feasible'
}

/** Proof that no team keeps every condition. */
export interface InfeasibleAnswer {
  status: 'infeasible'
  seconds: number
  conflict: Conflict
}

/** Stopped on request, with the best team found so far. */
export interface CancelledAnswer extends Solved {
  status: 'cancelled'
}

/** Stopped, by the limit or on request, before any team was found. */
export interface UnknownAnswer {
  status: 'unknown'
  reason: 'time' | 'cancelled'
  seconds: number
}

export type TeamAnswer = OptimalAnswer | FeasibleAnswer | CancelledAnswer

/** What a series of further solves has to know of the answer that it starts from. */
export interface KnownTeam {
  status: TeamAnswer['status']
  objective: number
  chosen: readonly { id: string }[]
}

export type Answer = TeamAnswer | InfeasibleAnswer | UnknownAnswer

/** Whether an answer holds a team. */
export function hasTeam(answer: Answer): answer is TeamAnswer {
  return answer.status === 'optimal' || answer.status === 'feasible' || answer.status === 'cancelled'
}

export function weightsOf(problem: Problem): Weights {
  return { ...DEFAULT_WEIGHTS, ...problem.weights }
}

export function levelWantedOf(requirement: Requirement): 1 | 2 | 3 {
  return requirement.levelWanted ?? LEVEL_WANTED_DEFAULT
}

export function levelOf(candidate: Candidate, requirement: string): Level {
  return candidate.levels[requirement] ?? 0
}

/** Order by id, the same on every machine. */
export function byId(a: { id: string }, b: { id: string }): number {
  return compareIds(a.id, b.id)
}

export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
