import { excess, type FactValue, judgeAll, type Subject, sumOf, type Verdict } from './evaluate.ts'
import { exactOf, joinRanges, only, type Range, ZERO } from './exact.ts'
import type { MemberRow, Term } from './model.ts'

/**
 * What one member adds to a row over members. A team's figure is the sum over its members, which is why such rows can be
 * constraints of a solver; the check and the constraint both start here.
 */
export type Contribution =
  | { form: 'amount'; amount: Range }
  | { form: 'ratio'; part: Range; whole: Range; excess: Range }
  /** `value` is undefined where it is not known. */
  | { form: 'group'; counts: Verdict; value: FactValue | undefined }

const NONE = only(ZERO)
const ONE = only(exactOf(1))

export function contributionOf(row: MemberRow, subject: Subject): Contribution {
  const counts = judgeAll(subject, row.members)
  const amountOf = (terms: readonly Term[]) => weigh(counts, () => sumOf(subject, terms))
  switch (row.form) {
    case 'count':
    case 'exists':
      return { form: 'amount', amount: weigh(counts, () => ONE) }
    case 'sum':
      return { form: 'amount', amount: amountOf(row.terms) }
    case 'ratio': {
      const [part, whole] = [amountOf(row.part), amountOf(row.whole)]
      const over = weigh(counts, () => excess(sumOf(subject, row.part), sumOf(subject, row.whole), row.threshold))
      return { form: 'ratio', part, whole, excess: over }
    }
    case 'distinct': {
      const value = counts === 'missed' ? undefined : subject.facts.get(row.fact)
      if (counts !== 'missed' && value === undefined) subject.missing.add(row.fact)
      return { form: 'group', counts, value }
    }
  }
}

/** A member that may count adds anything from nothing to its amount. */
function weigh(counts: Verdict, amount: () => Range): Range {
  if (counts === 'missed') return NONE
  return counts === 'met' ? amount() : joinRanges(NONE, amount())
}
