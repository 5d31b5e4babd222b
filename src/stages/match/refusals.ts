import type { Reason } from './model.ts'
import type { Question } from './question.ts'
import { ALIKE_MIN, type Given, REFUSAL_LOWERS } from './rules.ts'

/**
 * What refusals by the need's side take away again, a negative reason for each code. Nothing falls below zero: merit by
 * what is no history, the score by anything.
 */
export function refusalReasons(
  question: Pick<Question, 'refusals'>,
  { organisationId, resultId = null }: Pick<Given, 'organisationId' | 'resultId'>,
  earned: readonly Reason[],
): Reason[] {
  const sum = (of: readonly Reason[]) => of.reduce((total, reason) => total + reason.weight, 0)
  let left = { all: sum(earned), merit: sum(earned.filter(({ history }) => !history)) }
  return question.refusals
    .filter((refused) => refused.organisationId === organisationId && refused.resultId === resultId)
    .flatMap(({ code, here, own, others }) => {
      const rule = REFUSAL_LOWERS[code]
      const heard = (own >= ALIKE_MIN ? own : 0) + others
      const wanted = Math.min((here ? rule.here : 0) + heard * rule.alike, rule.most)
      const weight = Math.min(wanted, left.all, rule.history ? left.all : left.merit)
      if (weight <= 0) return []
      left = { all: left.all - weight, merit: left.merit - (rule.history ? 0 : weight) }
      const facts = { code, times: here + heard, here, alike: heard, others, lowers: rule.lowers }
      return [{ kind: 'refusals' as const, history: rule.history, weight: -weight, facts }]
    })
}
