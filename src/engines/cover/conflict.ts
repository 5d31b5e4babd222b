import type { Highs } from 'highs'
import { activeKeys, type Case, pinnedUnder } from './check.ts'
import { runExactly } from './exact-run.ts'
import type { RunOptions } from './highs.ts'
import type { Change, ConditionKey, Conflict, NamedKey, Relaxation } from './model.ts'
import { buildProgram } from './program.ts'
import { withoutStandIns } from './stand-ins.ts'

/** Conditions are tried for removal in this order, after the rules of a pack, so that what is left in the conflict is rather what a person set by hand. */
const REMOVAL_ORDER: readonly NamedKey[] = [
  'lead',
  'regions',
  'kinds',
  'conflicts',
  'membersMin',
  'critical',
  'membersMax',
  'budget',
  'sponsors',
  'banned',
  'pinned',
]

export interface ConflictOptions {
  secondsMax: number
  seed: number
  isCancelled?: () => boolean
}

/**
 * Why no team keeps every condition: a deletion filter over the conditions, then for each that is left the smallest
 * change that helps. Each step is a solve of its own.
 */
export function findConflict(highs: Highs, problem: Case, options: ConflictOptions): Conflict {
  const solver = new Prober(highs, problem, options)
  const certain = pinnedAndBanned(problem)
  let kept = certain ?? activeKeys(problem.conditions)
  if (!certain)
    for (const key of [...problem.rules.map((rule) => rule.key), ...REMOVAL_ORDER]) {
      if (!kept.includes(key)) continue
      const rest = kept.filter((other) => other !== key)
      if (solver.hasTeam(rest) === false) kept = rest
    }
  const irreducible = certain !== null || !solver.struck
  return { conditions: kept, irreducible, relaxations: kept.map((key) => solver.relax(key, kept)) }
}

/** The two that can't hold together on their face. */
export function pinnedAndBanned({ conditions }: Case): ConditionKey[] | null {
  const banned = new Set(conditions.banned)
  const clashing = (['pinned', 'sponsors'] as const).find((key) =>
    pinnedUnder(key, conditions).some((id) => banned.has(id)),
  )
  return clashing ? [clashing, 'banned'] : null
}

class Prober {
  struck = false
  private readonly highs: Highs
  private readonly problem: Case
  private readonly options: ConflictOptions
  private readonly candidates: readonly number[]
  private readonly deadline: number

  constructor(highs: Highs, problem: Case, options: ConflictOptions) {
    this.highs = highs
    this.problem = problem
    this.options = options
    this.candidates = withoutStandIns(problem)
    this.deadline = performance.now() + options.secondsMax * 1000
  }

  /** Whether a team keeps these conditions; null where the limit struck first. */
  hasTeam(keys: readonly ConditionKey[]): boolean | null {
    const program = buildProgram(this.problem, { candidates: this.candidates, keys, goal: 'any' })
    const run = runExactly(this.highs, this.problem, program, this.runOptions(), (key) => !keys.includes(key))
    if (run.status === 'infeasible') return false
    if (run.values) return true
    this.struck = true
    return null
  }

  /** The smallest change of a condition that lets all the others hold; or, where none does, those of this conflict. */
  relax(key: ConditionKey, conflict: readonly ConditionKey[]): Relaxation {
    const among = this.smallestChange(key, activeKeys(this.problem.conditions))
    if (Array.isArray(among)) return { condition: key, enough: true, changes: among }
    const here = this.smallestChange(key, conflict)
    return { condition: key, enough: among === 'none' ? false : null, changes: Array.isArray(here) ? here : [] }
  }

  private smallestChange(key: ConditionKey, keys: readonly ConditionKey[]): Change[] | 'none' | 'unknown' {
    const program = buildProgram(this.problem, { candidates: this.candidates, keys, goal: { relax: key } })
    const mayBreak = (of: ConditionKey) => of === key || !keys.includes(of)
    const { status, values, team } = runExactly(this.highs, this.problem, program, this.runOptions(), mayBreak)
    if (status !== 'optimal' || !values || !team) return status === 'infeasible' ? 'none' : 'unknown'
    return program.rows.flatMap(({ key: of, give, columns }) => {
      if (of !== key || !give) return []
      const slack = values[columns.at(-1)!] ?? 0
      const amount = give.amountFor?.(team) ?? (slack > SLACK_TOLERANCE ? tidySlack(slack, give.integer) : 0)
      return amount > 0 ? [give.toChange(amount)] : []
    })
  }

  private runOptions(): RunOptions {
    const { seed, isCancelled } = this.options
    const secondsMax = Math.max(0, (this.deadline - performance.now()) / 1000)
    return { secondsMax, seed, gapMax: 1e-6, ...(isCancelled && { isCancelled }) }
  }
}

const SLACK_TOLERANCE = 1e-5

/** Amounts of money are rounded up to a ten-thousandth, so that the change is enough. */
function tidySlack(slack: number, integer: boolean): number {
  return integer ? Math.round(slack) : Math.ceil((slack - BUDGET_SLACK) * 10_000) / 10_000
}

const BUDGET_SLACK = 1e-6
