import type { Case } from './check.ts'
import { BUDGET_TOLERANCE, burdenPoints, pointsByLevel, SECOND_LEVEL, secondPoints } from './score.ts'
import { shortOf } from './team-rules.ts'

const IMPROVEMENTS_MAX = 200
/** What one unmet condition counts for beside points: more than any team can be worth. */
const UNMET_POINTS = 1e10

/**
 * A team built by taking, again and again, who meets most unmet conditions and then adds most points. It keeps every
 * upper bound on its way; whether it keeps the lower ones is seen from `unmet`.
 */
export function chooseGreedily(problem: Case, candidates: readonly number[]): number[] {
  const team = new Team(problem)
  for (const id of problem.conditions.pinned ?? []) team.join(problem.positionOf.get(id)!)
  for (;;) {
    const worth = team.worth()
    let best: { candidate: number; worth: number } | null = null
    for (const candidate of candidates) {
      if (!team.mayJoin(candidate)) continue
      const joined = team.worthWith(candidate)
      if (joined > worth && (!best || joined > best.worth)) best = { candidate, worth: joined }
    }
    if (!best) return team.members()
    team.join(best.candidate)
  }
}

/** Betters a team by the best exchange, joining or leaving of one member, until there is none. Ties go to the earlier id. */
export function improveTeam(problem: Case, start: readonly number[], candidates: readonly number[]): number[] {
  const pinned = new Set((problem.conditions.pinned ?? []).map((id) => problem.positionOf.get(id)!))
  let members = [...start]
  for (let round = 0; round < IMPROVEMENTS_MAX; round++) {
    const before = new Team(problem, members).worth()
    let best = { worth: before, members }
    for (const leaving of [null, ...members.filter((member) => !pinned.has(member))]) {
      const rest = members.filter((member) => member !== leaving)
      const team = new Team(problem, rest)
      if (leaving !== null && team.worth() > best.worth) best = { worth: team.worth(), members: rest }
      for (const joining of candidates) {
        if (joining === leaving || !team.mayJoin(joining)) continue
        const worth = team.worthWith(joining)
        if (worth > best.worth) best = { worth, members: [...rest, joining] }
      }
    }
    if (best.worth <= before) break
    members = best.members
  }
  return members.sort((a, b) => a - b)
}

/** A team whose worth with one more member is told without looking at the whole of it again. */
class Team {
  private readonly problem: Case
  private readonly points: readonly (readonly number[])[]
  private readonly second: readonly number[]
  private readonly trust: ReadonlyMap<number, ReadonlyMap<number, number>>
  private readonly foes: ReadonlyMap<number, ReadonlySet<number>>
  private readonly banned: ReadonlySet<number>
  private readonly in = new Set<number>()
  private readonly best: Uint8Array
  private readonly strong: Uint8Array
  /** How many members reach the level wanted. */
  private readonly reached: Uint8Array
  private readonly kinds = new Map<string, number>()
  private readonly regions = new Map<string, number>()
  /** By rule: the sum of the members' amounts, or the groups that they are of. */
  private readonly sums: Float64Array
  private readonly groups: readonly Set<number>[]
  private cost = 0
  private burden = 0
  private trusted = 0

  constructor(problem: Case, members: readonly number[] = []) {
    const tables = tablesOf(problem)
    this.problem = problem
    this.points = tables.points
    this.second = tables.second
    this.trust = tables.trust
    this.foes = tables.foes
    this.banned = tables.banned
    this.best = new Uint8Array(problem.requirements.length)
    this.strong = new Uint8Array(problem.requirements.length)
    this.reached = new Uint8Array(problem.requirements.length)
    this.sums = new Float64Array(problem.rules.length)
    this.groups = problem.rules.map(() => new Set())
    for (const member of members) this.join(member)
  }

  members(): number[] {
    return [...this.in].sort((a, b) => a - b)
  }

  join(candidate: number): void {
    if (this.in.has(candidate)) return
    const { kind, region, cost = 0 } = this.problem.candidates[candidate]!
    this.trusted += this.trustWith(candidate)
    this.in.add(candidate)
    this.cost += cost
    this.burden += burdenPoints(this.problem, candidate)
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1)
    this.regions.set(region, (this.regions.get(region) ?? 0) + 1)
    this.problem.rules.forEach(({ amounts, groups }, at) => {
      this.sums[at]! += amounts[candidate] ?? 0
      if ((groups[candidate] ?? -1) >= 0) this.groups[at]!.add(groups[candidate]!)
    })
    const levels = this.problem.levels[candidate]!
    for (let requirement = 0; requirement < levels.length; requirement++) {
      const level = levels[requirement]!
      if (level > this.best[requirement]!) this.best[requirement] = level
      if (level >= SECOND_LEVEL) this.strong[requirement]!++
      if (level >= this.problem.levelsWanted[requirement]!) this.reached[requirement]!++
    }
  }

  /** Whether no upper bound would break. */
  mayJoin(candidate: number): boolean {
    const { conditions, candidates, membersMax } = this.problem
    const { kind, region, cost = 0 } = candidates[candidate]!
    if (this.in.has(candidate) || this.banned.has(candidate) || this.in.size >= membersMax) return false
    if (this.cost + cost > (conditions.budgetMax ?? Infinity) + BUDGET_TOLERANCE) return false
    if (conditions.regions?.allowed && !conditions.regions.allowed.includes(region)) return false
    for (const { kind: of, max = Infinity } of conditions.kinds ?? [])
      if (of === kind && (this.kinds.get(kind) ?? 0) >= max) return false
    if (this.problem.rules.some((_, at) => this.breaksSum(at, candidate))) return false
    const foes = this.foes.get(candidate)
    if (foes) for (const foe of foes) if (this.in.has(foe)) return false
    return true
  }

  worth(): number {
    return this.worthWith(null)
  }

  worthWith(candidate: number | null): number {
    let worth = this.trusted - this.burden
    const levels = candidate === null ? null : this.problem.levels[candidate]!
    let uncovered = 0
    for (let requirement = 0; requirement < this.best.length; requirement++) {
      const level = levels ? levels[requirement]! : 0
      const best = Math.max(level, this.best[requirement]!)
      worth += this.points[requirement]![best]!
      if (this.strong[requirement]! + (level >= SECOND_LEVEL ? 1 : 0) > 1) worth += this.second[requirement]!
      if (!this.problem.requirements[requirement]!.critical) continue
      const reached = this.reached[requirement]! + (level >= this.problem.levelsWanted[requirement]! ? 1 : 0)
      uncovered += Math.max(0, this.problem.criticalCovers - reached)
    }
    if (candidate !== null) worth += this.trustWith(candidate) - burdenPoints(this.problem, candidate)
    if (!(this.problem.conditions.criticalCovered ?? true)) uncovered = 0
    return worth - UNMET_POINTS * (uncovered + this.unmetWith(candidate))
  }

  /** How many members are missing still, condition by condition. */
  private unmetWith(candidate: number | null): number {
    const { conditions, candidates } = this.problem
    const joining = candidate === null ? null : candidates[candidate]!
    const countOf = (kind: string) => (this.kinds.get(kind) ?? 0) + (joining?.kind === kind ? 1 : 0)
    const hasRegion = (region: string) => this.regions.has(region) || joining?.region === region
    let unmet = Math.max(0, (conditions.membersMin ?? 0) - this.in.size - (joining ? 1 : 0))
    for (const { kind, min = 0 } of conditions.kinds ?? []) unmet += Math.max(0, min - countOf(kind))
    const { distinctMin = 0, includeAnyOf } = conditions.regions ?? {}
    const regions = this.regions.size + (joining && !this.regions.has(joining.region) ? 1 : 0)
    unmet += Math.max(0, distinctMin - regions)
    if (includeAnyOf && !includeAnyOf.some(hasRegion)) unmet++
    if (conditions.leadKinds?.length && !conditions.leadKinds.some((kind) => countOf(kind) > 0)) unmet++
    this.problem.rules.forEach((rule, at) => {
      unmet += shortOf(rule, this.measureWith(at, candidate))
    })
    return unmet
  }

  /** What a rule looks at, with one more member. */
  private measureWith(at: number, candidate: number | null): number {
    const { rule, amounts, groups } = this.problem.rules[at]!
    if (rule.form === 'sum') return this.sums[at]! + (candidate === null ? 0 : amounts[candidate]!)
    const group = candidate === null ? -1 : groups[candidate]!
    const known = this.groups[at]!
    return known.size + (group >= 0 && !known.has(group) ? 1 : 0)
  }

  /** Whether a sum that only grows would grow above its bound. */
  private breaksSum(at: number, candidate: number): boolean {
    const prepared = this.problem.rules[at]!
    const { rule, growing } = prepared
    if (rule.form !== 'sum' || rule.max === undefined || !growing) return false
    const measure = this.measureWith(at, candidate)
    return measure > rule.max && shortOf(prepared, measure) > 0
  }

  private trustWith(candidate: number): number {
    let points = 0
    const partners = this.trust.get(candidate)
    if (partners) for (const [partner, worth] of partners) if (this.in.has(partner)) points += worth
    return points
  }
}

interface Tables {
  points: number[][]
  second: number[]
  trust: Map<number, Map<number, number>>
  foes: Map<number, Set<number>>
  banned: Set<number>
}

const tables = new WeakMap<Case, Tables>()

function tablesOf(problem: Case): Tables {
  const known = tables.get(problem)
  if (known) return known
  const trust = new Map<number, Map<number, number>>()
  const foes = new Map<number, Set<number>>()
  for (const { a, b, points } of problem.trust)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      trust.set(one, (trust.get(one) ?? new Map()).set(other, points))
  for (const { a, b } of problem.conflicts)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      foes.set(one, (foes.get(one) ?? new Set()).add(other))
  const made = {
    points: problem.requirements.map((_, requirement) => pointsByLevel(problem, requirement)),
    second: problem.requirements.map((_, requirement) => secondPoints(problem, requirement)),
    trust,
    foes,
    banned: new Set((problem.conditions.banned ?? []).map((id) => problem.positionOf.get(id)!)),
  }
  tables.set(problem, made)
  return made
}
