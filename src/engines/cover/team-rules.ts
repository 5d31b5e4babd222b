import type { Issue } from '#kit/fault.ts'
import { type Change, type Conditions, MEMBERS_MAX, RULE_AMOUNT_MAX, type RuleKey, type TeamRule } from './model.ts'

/** Sums that are not whole are compared to this share of the largest figure of their rule: those of decimals are not exact. */
const RULE_TOLERANCE = 2e-6
/** Whole figures of a row are brought down to this: the larger they are, the less of one the solver sees. */
const WHOLE_COEFFICIENT_MAX = 10_000
/** What is missed is told in ten-thousandths. */
const MISSED_PARTS = 10_000
const MISSED_SLACK = 1e-6
/** A rule over figures that are not counts is loosened by this share of its bound. */
const LOOSENED_SHARE = 0.1

/** A rule by the position of the candidates. */
export interface PreparedRule {
  key: RuleKey
  rule: TeamRule
  /** `sum`: each candidate's amount. */
  amounts: Float64Array
  /** `distinct`: each candidate's group, -1 for none. */
  groups: Int32Array
  groupCount: number
  /** The largest figure of a sum. */
  scale: number
  /** What its row is divided by. */
  divisor: number
  /** Whether every amount is a whole number. */
  whole: boolean
  /** Whether no amount is below nought, so that a sum only grows with the team. */
  growing: boolean
}

export function prepareRules(conditions: Conditions, candidates: readonly { id: string }[]): PreparedRule[] {
  return (conditions.rules ?? []).map((rule) => {
    const amounts = new Float64Array(rule.form === 'sum' ? candidates.length : 0)
    const groups = new Int32Array(rule.form === 'distinct' ? candidates.length : 0).fill(-1)
    const names = new Map<string, number>()
    candidates.forEach(({ id }, position) => {
      if (rule.form === 'sum') amounts[position] = rule.amounts[id] ?? 0
      else {
        const name = rule.groups[id]
        if (name === undefined) return
        if (!names.has(name)) names.set(name, names.size)
        groups[position] = names.get(name)!
      }
    })
    const scale = amounts.reduce((most, amount) => Math.max(most, Math.abs(amount)), 0) || 1
    const whole = amounts.every(Number.isInteger)
    const divisor = whole ? Math.max(1, scale / WHOLE_COEFFICIENT_MAX) : scale
    const growing = amounts.every((amount) => amount >= 0)
    return { key: ruleKey(rule.id), rule, amounts, groups, groupCount: names.size, scale, divisor, whole, growing }
  })
}

export const ruleKey = (id: string): RuleKey => `rule:${id}`

/** Whether a team keeps a rule. */
export function keepsRule(prepared: PreparedRule, team: readonly number[]): boolean {
  return shortOf(prepared, measureOf(prepared, team)) === 0
}

/** By how much a team misses each bound of a sum; rounded up where figures are not whole, so that it is enough. */
export function missedBy(prepared: PreparedRule, team: readonly number[]): { lower: number; upper: number } {
  const { rule, whole } = prepared
  const measure = measureOf(prepared, team)
  if (rule.form === 'distinct') return { lower: Math.max(0, rule.min - measure), upper: 0 }
  const { min = -Infinity, max = Infinity } = rule
  const missed = (by: number) => {
    if (by <= 0 || shortOf(prepared, measure) === 0) return 0
    return whole ? by : Math.ceil((by - MISSED_SLACK) * MISSED_PARTS) / MISSED_PARTS
  }
  return { lower: missed(min - measure), upper: missed(measure - max) }
}

/** What a rule looks at: the sum of a team's amounts, or how many groups it has. */
function measureOf({ rule, amounts, groups }: PreparedRule, team: readonly number[]): number {
  if (rule.form === 'sum') return team.reduce((sum, member) => sum + amounts[member]!, 0)
  return new Set(team.map((member) => groups[member]!).filter((group) => group >= 0)).size
}

/** By how much a measure misses a rule's bounds, in its largest figures for a sum and in groups otherwise; nought where it is kept. */
export function shortOf({ rule, scale, whole }: PreparedRule, measure: number): number {
  if (rule.form === 'distinct') return Math.max(0, rule.min - measure)
  const { min = -Infinity, max = Infinity } = rule
  const largest = Math.max(scale, Number.isFinite(min) ? Math.abs(min) : Math.abs(max))
  const tolerance = whole ? 0 : RULE_TOLERANCE * largest
  const missed = Math.max(min - measure, measure - max)
  return missed > tolerance ? missed / scale : 0
}

/**
 * How many members at most a team needs for a rule, if it may be cut down to those it needs; Infinity where a larger
 * team can keep what a smaller one breaks.
 */
export function membersNeeded({ rule, amounts, growing }: PreparedRule): number {
  if (rule.form === 'distinct') return rule.min
  if (!growing) return Infinity
  if (rule.min === undefined || rule.min <= 0) return 0
  const positive = amounts.filter((amount) => amount > 0)
  return positive.length ? Math.min(MEMBERS_MAX, Math.ceil(rule.min / positive.reduce((a, b) => Math.min(a, b)))) : 0
}

/** A rule's bounds, each loosened by one step: a unit of what is counted, a group, or a tenth of a figure. */
export function loosenRule(rule: TeamRule): { change: Change; loosened: TeamRule }[] {
  const steps: { change: Change; loosened: TeamRule }[] = []
  const add = (bound: 'min' | 'max', from: number, to: number) =>
    steps.push({ change: { what: 'rule', id: rule.id, from, to }, loosened: { ...rule, [bound]: to } })
  if (rule.form === 'distinct') {
    if (rule.min > 0) add('min', rule.min, rule.min - 1)
    return steps
  }
  const whole = Object.values(rule.amounts).every(Number.isInteger)
  const step = (bound: number) => (whole || bound === 0 ? 1 : Math.abs(bound) * LOOSENED_SHARE)
  if (rule.min !== undefined) add('min', rule.min, rule.min - step(rule.min))
  if (rule.max !== undefined) add('max', rule.max, rule.max + step(rule.max))
  return steps
}

/** What a rule's form demands of its figures. */
export function findRuleIssues(conditions: Conditions, candidateIds: ReadonlySet<string>): Issue[] {
  const issues: Issue[] = []
  const seen = new Set<string>()
  conditions.rules?.forEach((rule, at) => {
    const path = `conditions.rules.${at}`
    if (seen.has(rule.id)) issues.push({ path: `${path}.id`, rule: 'cover.rule.twice' })
    seen.add(rule.id)
    const named = rule.form === 'sum' ? rule.amounts : rule.groups
    for (const id of Object.keys(named))
      if (!candidateIds.has(id)) issues.push({ path: `${path}.${id}`, rule: 'cover.candidate.unknown' })
    if (rule.form === 'distinct') {
      if (!(Number.isInteger(rule.min) && rule.min >= 0 && rule.min <= MEMBERS_MAX))
        issues.push({ path: `${path}.min`, rule: 'cover.condition.count', limit: MEMBERS_MAX })
      return
    }
    const figures = [...Object.values(rule.amounts), rule.min ?? 0, rule.max ?? 0]
    if (figures.some((figure) => !(Math.abs(figure) <= RULE_AMOUNT_MAX)))
      issues.push({ path, rule: 'cover.rule.amount', limit: RULE_AMOUNT_MAX })
  })
  return issues
}
