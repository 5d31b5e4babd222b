import { Fault } from '#kit/fault.ts'
import { type Case, prepareCase } from './check.ts'
import { openHighs } from './highs.ts'
import {
  type ConditionKey,
  type Conditions,
  hasTeam,
  type Level,
  type Problem,
  type SolveOptions,
  type TeamAnswer,
} from './model.ts'
import { bestLevel } from './score.ts'
import { refuseIfCancelled, solveCase, withDefaults } from './solve.ts'

/** What the best team without a member is worth, beside the best team with it. */
export interface Loss {
  member: string
  /** Null where no team can do without it, or where the limit struck before one was found. */
  objective: number | null
  /** The answer's objective less that; not below zero where both are proven. */
  loss: number | null
  proven: boolean
  /** Who would come and who would go, the member itself aside. */
  joining: string[]
  leaving: string[]
  /** Where the best team without it reaches less. */
  lost: { requirement: string; from: Level; to: Level }[]
  /** Where no team can do without it: the conditions that call for it. */
  calledForBy: ConditionKey[]
}

/**
 * Solves again with a member banned.
 *
 * @throws Fault `not_found` when the team has no such member, `cancelled` when `isCancelled` said so.
 */
export async function lossWithout(
  problem: Problem,
  answer: TeamAnswer,
  member: string,
  options: SolveOptions = {},
): Promise<Loss> {
  if (!answer.chosen.some(({ id }) => id === member))
    throw new Fault('not_found', 'The team has no such member.', { rule: 'cover.member.unknown' })
  const highs = await openHighs()
  const without = prepareCase({ ...problem, conditions: banAlso(problem.conditions, member) })
  const team = positionsOf(without, answer)
  const rest = team.filter((position) => without.candidates[position]!.id !== member)
  const next = solveCase(highs, without, { ...withDefaults(options), hint: rest })
  refuseIfCancelled(options)
  const nothing = { member, objective: null, loss: null, joining: [], leaving: [], lost: [], calledForBy: [] }
  if (next.status === 'infeasible') {
    const calledForBy = next.conflict.conditions.filter((key) => key !== 'banned')
    return { ...nothing, proven: true, calledForBy }
  }
  if (!hasTeam(next)) return { ...nothing, proven: false }
  return {
    ...nothing,
    objective: next.objective,
    loss: answer.objective - next.objective,
    proven: answer.status === 'optimal' && next.status === 'optimal',
    ...compareTeams(without, team, positionsOf(without, next), member),
  }
}

/** `lossWithout` for every member, in their order. */
export async function lossesWithout(problem: Problem, answer: TeamAnswer, options: SolveOptions = {}): Promise<Loss[]> {
  const losses: Loss[] = []
  for (const { id } of answer.chosen) losses.push(await lossWithout(problem, answer, id, options))
  return losses
}

function banAlso(conditions: Conditions, member: string): Conditions {
  return {
    ...conditions,
    banned: [...(conditions.banned ?? []), member],
    pinned: (conditions.pinned ?? []).filter((id) => id !== member),
  }
}

function positionsOf(problem: Case, { chosen }: TeamAnswer): number[] {
  return chosen.map(({ id }) => problem.positionOf.get(id)!)
}

function compareTeams(problem: Case, before: readonly number[], after: readonly number[], member: string) {
  const idOf = (position: number) => problem.candidates[position]!.id
  return {
    joining: after.filter((position) => !before.includes(position)).map(idOf),
    leaving: before.filter((position) => !after.includes(position) && idOf(position) !== member).map(idOf),
    lost: problem.requirements.flatMap(({ id }, requirement) => {
      const from = bestLevel(problem, before, requirement)
      const to = bestLevel(problem, after, requirement)
      return to < from ? [{ requirement: id, from, to }] : []
    }),
  }
}
