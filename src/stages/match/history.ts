import type { Reason } from './model.ts'
import type { Question } from './question.ts'
import { PARTS } from './rules.ts'

/** So many shared projects count in full. */
const PARTNERS_FULL = 3

/**
 * All that the past with those given adds to a score. Whatever ranks by who has worked with whom comes in here and nowhere
 * else: its reasons are marked as history and together weigh `PARTS.partners` at most, and merit leaves them out.
 */
export function historyReasons(question: Pick<Question, 'partners'>, organisationId: string): Reason[] {
  const shared = question.partners.find((partner) => partner.organisationId === organisationId)
  if (!shared) return []
  const { projects } = shared
  return [
    {
      kind: 'partners',
      history: true,
      weight: PARTS.partners * Math.min(projects / PARTNERS_FULL, 1),
      facts: { projects },
    },
  ]
}

/** Has never worked with any of those given. */
export const isNewcomer = (question: Pick<Question, 'partners'>, organisationId: string): boolean =>
  !question.partners.some((partner) => partner.organisationId === organisationId)
