import fc from 'fast-check'
import {
  type Candidate,
  DEFAULT_WEIGHTS,
  LEVEL_WANTED_DEFAULT,
  type Level,
  MEMBERS_MAX_DEFAULT,
  type Problem,
  type Requirement,
  type TeamRule,
  type Weights,
} from './model.ts'

/** A firm of one field that costs and carries nothing, unless said otherwise. */
export function aCandidate(id: string, levels: Record<string, Level>, rest: Partial<Candidate> = {}): Candidate {
  return { id, levels, kind: 'company', region: 'north', ...rest }
}

export function aRequirement(id: string, rest: Partial<Requirement> = {}): Requirement {
  return { id, weight: 1, critical: false, ...rest }
}

/** Every team there is, for problems of a few candidates. */
export function everyTeam(problem: Problem): Candidate[][] {
  const teams: Candidate[][] = [[]]
  for (const candidate of problem.candidates) teams.push(...teams.map((team) => [...team, candidate]))
  return teams
}

/** What the best team is worth, by trying every team; null where none keeps the conditions. */
export function bestByTrying(problem: Problem): number | null {
  const worths = everyTeam(problem)
    .filter((team) => keepsAll(problem, team))
    .map((team) => worthOf(problem, team))
  return worths.length === 0 ? null : Math.max(...worths)
}

/** The objective as the model words it, told anew. */
export function worthOf({ requirements, conditions, weights: given }: Problem, team: readonly Candidate[]): number {
  const weights = { ...DEFAULT_WEIGHTS, ...given }
  let worth = 0
  for (const { id, weight, levelWanted = LEVEL_WANTED_DEFAULT } of requirements) {
    const levels = team.map((member) => member.levels[id] ?? 0)
    const level = Math.max(0, ...levels)
    const reached =
      level >= levelWanted ? weights.met + weights.above * (level - levelWanted) : (weights.below * level) / levelWanted
    worth += Math.round(weight * reached)
    if (levels.filter((one) => one >= 2).length >= 2) worth += Math.round(weights.second * weight)
  }
  for (const { cost = 0, load = 0, confidence = 0, likelihood = 0 } of team) {
    let served = 0
    for (let nth = 1; nth <= load; nth++) served += nth
    worth -= Math.round(weights.cost * cost) + Math.round(weights.member) + Math.round(weights.load * served)
    worth += Math.min(Math.round(weights.confidence * confidence), Math.round(weights.member))
    worth += Math.round(weights.likelihood * likelihood)
  }
  const strongest = new Map<string, number>()
  for (const { a, b, weight } of conditions.trust ?? []) {
    if (!team.some(({ id }) => id === a) || !team.some(({ id }) => id === b)) continue
    const pair = [a, b].sort().join('+')
    strongest.set(pair, Math.max(strongest.get(pair) ?? 0, weight))
  }
  for (const weight of strongest.values()) worth += Math.round(weights.trust * weight)
  return worth
}

export function keepsAll({ requirements, conditions }: Problem, team: readonly Candidate[]): boolean {
  const ids = team.map(({ id }) => id)
  const regions = [...new Set(team.map(({ region }) => region))]
  const count = (kind: string) => team.filter((member) => member.kind === kind).length
  const { kinds = [], regions: wanted = {}, leadKinds = [], pinned = [], banned = [], conflicts = [] } = conditions
  const isReached = ({ id, levelWanted = LEVEL_WANTED_DEFAULT }: Requirement) =>
    team.filter((member) => (member.levels[id] ?? 0) >= levelWanted).length >= (conditions.criticalCovers ?? 1)
  return [
    team.length >= (conditions.membersMin ?? 0),
    team.length <= (conditions.membersMax ?? MEMBERS_MAX_DEFAULT),
    team.reduce((sum, { cost = 0 }) => sum + cost, 0) <= (conditions.budgetMax ?? Infinity),
    kinds.every(({ kind, min = 0, max = Infinity }) => count(kind) >= min && count(kind) <= max),
    regions.every((region) => wanted.allowed?.includes(region) ?? true),
    regions.length >= (wanted.distinctMin ?? 0),
    wanted.includeAnyOf?.some((region) => regions.includes(region)) ?? true,
    leadKinds.length === 0 || leadKinds.some((kind) => count(kind) > 0),
    conditions.criticalCovered === false || requirements.every((one) => !one.critical || isReached(one)),
    pinned.every((id) => ids.includes(id)),
    banned.every((id) => !ids.includes(id)),
    conflicts.every(({ a, b }) => !(ids.includes(a) && ids.includes(b))),
    (conditions.rules ?? []).every((rule) => keepsRule(rule, ids)),
  ].every(Boolean)
}

function keepsRule(rule: TeamRule, ids: readonly string[]): boolean {
  if (rule.form === 'distinct')
    return new Set(ids.map((id) => rule.groups[id]).filter((group) => group !== undefined)).size >= rule.min
  const sum = ids.reduce((total, id) => total + (rule.amounts[id] ?? 0), 0)
  return sum >= (rule.min ?? -Infinity) && sum <= (rule.max ?? Infinity)
}

const kind = fc.constantFrom('company', 'university', 'institute')
const region = fc.constantFrom('north', 'east', 'south')
const level = fc.constantFrom<Level>(0, 0, 1, 2, 3)

/** Small problems with any mixture of conditions; a good part of them can't be solved. */
export const smallProblems: fc.Arbitrary<Problem> = fc
  .record({ candidateCount: fc.integer({ min: 1, max: 8 }), requirementCount: fc.integer({ min: 1, max: 4 }) })
  .chain(({ candidateCount, requirementCount }) => {
    const requirementIds = Array.from({ length: requirementCount }, (_, at) => `r${at}`)
    const candidateIds = Array.from({ length: candidateCount }, (_, at) => `c${at}`)
    const someone = fc.constantFrom(...candidateIds)
    const pair = fc.record({ a: someone, b: someone }).filter(({ a, b }) => a !== b)
    const pairs = candidateCount > 1 ? fc.array(pair, { maxLength: 3 }) : fc.constant([])
    return fc.record({
      requirements: fc.tuple(...requirementIds.map(aRequirementOf)),
      candidates: fc.tuple(...candidateIds.map((id) => aCandidateOf(id, requirementIds))),
      conditions: fc.record(
        {
          membersMin: fc.integer({ min: 0, max: 4 }),
          membersMax: fc.integer({ min: 1, max: 5 }),
          budgetMax: fc.integer({ min: 0, max: 1500 }),
          kinds: fc.array(
            fc.record({ kind, min: fc.integer({ min: 0, max: 2 }), max: fc.integer({ min: 0, max: 3 }) }),
            { maxLength: 2 },
          ),
          regions: fc.record(
            {
              allowed: fc.uniqueArray(region, { minLength: 1 }),
              distinctMin: fc.integer({ min: 0, max: 3 }),
              includeAnyOf: fc.uniqueArray(region, { minLength: 1 }),
            },
            { requiredKeys: [] },
          ),
          pinned: fc.uniqueArray(someone, { maxLength: 3 }),
          sponsors: fc.uniqueArray(someone, { maxLength: 2 }),
          banned: fc.uniqueArray(someone, { maxLength: 2 }),
          leadKinds: fc.uniqueArray(kind, { maxLength: 2 }),
          criticalCovered: fc.boolean(),
          criticalCovers: fc.constantFrom<1 | 2>(1, 2),
          rules: fc.tuple(...['one', 'other'].map((id) => aRule(id, candidateIds))),
          trust: pairs.chain((list) =>
            fc.tuple(...list.map(({ a, b }) => fc.record({ a: fc.constant(a), b: fc.constant(b), weight: share }))),
          ),
          conflicts: pairs,
        },
        { requiredKeys: [] },
      ),
      // Who is likely may be worth less than a seat, or more, beside what is covered.
      weights: fc.constantFrom<Partial<Weights>>({}, { likelihood: 200 }, { likelihood: 1_100, trust: 300, met: 400 }),
    })
  })

function aRule(id: string, candidateIds: readonly string[]): fc.Arbitrary<TeamRule> {
  const amounts = fc.tuple(...candidateIds.map(() => fc.integer({ min: -2, max: 3 })))
  const groups = fc.tuple(...candidateIds.map(() => fc.constantFrom('x', 'y', 'z')))
  const named = <T>(values: readonly T[]) => Object.fromEntries(candidateIds.map((one, at) => [one, values[at]!]))
  return fc.oneof(
    fc.record({
      id: fc.constant(id),
      form: fc.constant('sum' as const),
      amounts: amounts.map(named),
      min: fc.integer({ min: -3, max: 3 }),
    }),
    fc.record({
      id: fc.constant(id),
      form: fc.constant('sum' as const),
      amounts: amounts.map(named),
      max: fc.integer({ min: -1, max: 5 }),
    }),
    fc.record({
      id: fc.constant(id),
      form: fc.constant('distinct' as const),
      groups: groups.map(named),
      min: fc.integer({ min: 0, max: 3 }),
    }),
  )
}

const share = fc.constantFrom(0, 0.5, 1)

function aRequirementOf(id: string): fc.Arbitrary<Requirement> {
  return fc.record({
    id: fc.constant(id),
    weight: fc.integer({ min: 1, max: 5 }),
    critical: fc.boolean(),
    levelWanted: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
  })
}

function aCandidateOf(id: string, requirementIds: readonly string[]): fc.Arbitrary<Candidate> {
  return fc.record({
    id: fc.constant(id),
    kind,
    region,
    cost: fc.integer({ min: 0, max: 900 }),
    load: fc.integer({ min: 0, max: 3 }),
    confidence: fc.constantFrom(0, 0.5, 1),
    likelihood: fc.constantFrom(0, 0.3, 0.8, 1),
    levels: fc.tuple(...requirementIds.map(() => level)).map((levels) => {
      return Object.fromEntries(requirementIds.map((requirement, at) => [requirement, levels[at]!]))
    }),
  })
}
