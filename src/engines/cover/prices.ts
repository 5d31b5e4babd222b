import { pinKeyOf, prepareCase } from './check.ts'
import { openHighs } from './highs.ts'
import {
  AMOUNT_MAX,
  type Change,
  type ConditionKey,
  type Conditions,
  hasTeam,
  type KnownTeam,
  MEMBERS_MAX,
  MEMBERS_MAX_DEFAULT,
  type Problem,
  type SolveOptions,
} from './model.ts'
import { refuseIfCancelled, solveCase, withDefaults } from './solve.ts'
import { loosenRule, ruleKey } from './team-rules.ts'

/** A budget is loosened by a tenth, since one unit of it rarely changes anything. */
export const BUDGET_STEPS = 10
/** Conditions beyond these are left unpriced. */
export const PRICES_MAX = 40

/** What a condition costs: the gain when it is loosened by one step and the problem is solved again. */
export interface Price {
  condition: ConditionKey
  change: Change
  /** Of the best team then; null where the limit struck before one was found. */
  objective: number | null
  /** That less the answer's objective; not below zero where both are proven. */
  gain: number | null
  proven: boolean
}

/**
 * The price of each condition, by solving again with it loosened by one step: one member, one of a kind, one region, a
 * tenth of the budget, one name; a condition that has no steps is given up.
 *
 * @throws Fault `cancelled` when `isCancelled` said so.
 */
export async function priceConditions(
  problem: Problem,
  answer: KnownTeam,
  options: SolveOptions = {},
): Promise<Price[]> {
  const highs = await openHighs()
  return loosen(problem.conditions)
    .slice(0, PRICES_MAX)
    .map(({ condition, change, rest }) => {
      const loosened = prepareCase({ ...problem, conditions: rest })
      const hint = answer.chosen.map(({ id }) => loosened.positionOf.get(id)!)
      const next = solveCase(highs, loosened, { ...withDefaults(options), hint })
      refuseIfCancelled(options)
      if (!hasTeam(next)) return { condition, change, objective: null, gain: null, proven: false }
      const proven = answer.status === 'optimal' && next.status === 'optimal'
      return { condition, change, objective: next.objective, gain: next.objective - answer.objective, proven }
    })
}

interface Loosening {
  condition: ConditionKey
  change: Change
  rest: Conditions
}

function loosen(conditions: Conditions): Loosening[] {
  return [
    ...loosenSize(conditions),
    ...loosenKinds(conditions),
    ...loosenRegions(conditions),
    ...loosenNames(conditions),
    ...loosenRules(conditions),
  ]
}

function loosenSize(conditions: Conditions): Loosening[] {
  const { membersMin = 0, membersMax = MEMBERS_MAX_DEFAULT, budgetMax } = conditions
  const steps: Loosening[] = []
  const add = (condition: ConditionKey, what: 'membersMin' | 'membersMax' | 'budgetMax', from: number, to: number) =>
    steps.push({ condition, change: { what, from, to }, rest: { ...conditions, [what]: to } })
  if (membersMin > 0) add('membersMin', 'membersMin', membersMin, membersMin - 1)
  if (membersMax < MEMBERS_MAX) add('membersMax', 'membersMax', membersMax, membersMax + 1)
  if (budgetMax !== undefined)
    add('budget', 'budgetMax', budgetMax, Math.min(AMOUNT_MAX, Math.ceil(budgetMax + budgetMax / BUDGET_STEPS)))
  return steps
}

function loosenKinds(conditions: Conditions): Loosening[] {
  const { kinds = [], leadKinds = [] } = conditions
  const steps: Loosening[] = []
  kinds.forEach((one, at) => {
    const { kind: id, min = 0, max = MEMBERS_MAX } = one
    const add = (what: 'kindMin' | 'kindMax', from: number, to: number, next: { min?: number; max?: number }) =>
      steps.push({
        condition: 'kinds',
        change: { what, id, from, to },
        rest: { ...conditions, kinds: kinds.with(at, { ...one, ...next }) },
      })
    if (min > 0) add('kindMin', min, min - 1, { min: min - 1 })
    if (max < MEMBERS_MAX) add('kindMax', max, max + 1, { max: max + 1 })
  })
  if (leadKinds.length > 0)
    steps.push({ condition: 'lead', change: { what: 'leadKinds' }, rest: { ...conditions, leadKinds: [] } })
  return steps
}

function loosenRegions(conditions: Conditions): Loosening[] {
  if (!conditions.regions) return []
  const { allowed, distinctMin = 0, includeAnyOf } = conditions.regions
  const steps: Loosening[] = []
  const add = (change: Change, regions: NonNullable<Conditions['regions']>) =>
    steps.push({ condition: 'regions', change, rest: { ...conditions, regions } })
  const kept = { ...(allowed && { allowed }), distinctMin, ...(includeAnyOf && { includeAnyOf }) }
  if (allowed) add({ what: 'regionAllowed' }, { distinctMin, ...(includeAnyOf && { includeAnyOf }) })
  if (distinctMin > 0)
    add(
      { what: 'regionsDistinctMin', from: distinctMin, to: distinctMin - 1 },
      { ...kept, distinctMin: distinctMin - 1 },
    )
  if (includeAnyOf) add({ what: 'regionsIncludeAnyOf' }, { distinctMin, ...(allowed && { allowed }) })
  return steps
}

function loosenRules(conditions: Conditions): Loosening[] {
  const rules = conditions.rules ?? []
  return rules.flatMap((rule, at) =>
    loosenRule(rule).map(({ change, loosened }) => ({
      condition: ruleKey(rule.id),
      change,
      rest: { ...conditions, rules: rules.with(at, loosened) },
    })),
  )
}

function loosenNames(conditions: Conditions): Loosening[] {
  const { pinned = [], banned = [], conflicts = [] } = conditions
  const steps: Loosening[] = []
  if (conditions.criticalCovered ?? true)
    steps.push({ condition: 'critical', change: { what: 'critical' }, rest: { ...conditions, criticalCovered: false } })
  const pairs = new Set(conflicts.map(({ a, b }) => [a, b].sort().join('+')))
  for (const id of pairs) {
    const others = conflicts.filter(({ a, b }) => [a, b].sort().join('+') !== id)
    steps.push({ condition: 'conflicts', change: { what: 'conflict', id }, rest: { ...conditions, conflicts: others } })
  }
  for (const [what, ids] of Object.entries({ pinned, banned }) as ['pinned' | 'banned', readonly string[]][])
    for (const id of new Set(ids)) {
      const others = ids.filter((other) => other !== id)
      const condition = what === 'pinned' ? pinKeyOf(conditions, id) : what
      steps.push({ condition, change: { what, id }, rest: { ...conditions, [what]: others } })
    }
  return steps
}
