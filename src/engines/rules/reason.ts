import { type Finding, find, judgeAll, type Subject, type Verdict } from './evaluate.ts'
import { isKnown, numberOf } from './exact.ts'
import { type Compare, isMemberRow, type RecordRow, type Row, type Words } from './model.ts'

/** Why somebody has to look: nobody confirmed the rule, facts are missing, or the rule leaves it to judgement. */
export type ByHandCause = 'certainty' | 'facts' | 'judgement'

export interface Reason {
  rule: string
  verdict: Verdict
  have: number | string | boolean | null
  /** What a figure of which not all is known lies between; null for no bound. */
  between: { from: number | null; to: number | null } | null
  need: number | boolean | readonly string[]
  compare: Compare
  unit: Words
  source: string
  certainty: 'A' | 'B'
  basis: Row['basis']
  words: Words
  /** Something that the rule allows stands in for it. */
  waived: boolean
  why: ByHandCause | null
  /** Facts that were asked for and are not known; of a team's members `of` names whose. */
  missing: { fact: string; of: string[] }[]
}

/** A row's outcome; null where the row does not apply. */
export type Outcome = { rule: string; reason: Reason | null }

/**
 * Joins what a row found with whether it applies and what stands in for it. Conditions of a row over members are asked of
 * `asked`, the team.
 */
export function settle(
  row: Row,
  subjects: readonly Subject[],
  finding: () => Finding,
  asked: Subject = subjects[0]!,
): Outcome {
  for (const { missing } of subjects) missing.clear()
  const judged = judgeRow(row, finding, asked)
  return { rule: row.id, reason: judged && reasonOf(row, judged, subjects) }
}

interface Judged extends Finding {
  waived: boolean
}

/** Null where the row does not apply. What nobody has confirmed is never judged. */
function judgeRow(row: Row, finding: () => Finding, asked: Subject): Judged | null {
  const { when, unless } = applicable(row, asked)
  if (when === 'missed') return null
  const { verdict, have } = finding()
  const waived = unless === 'met'
  const unsure = verdict !== 'met' && (when === 'unknown' || unless === 'unknown')
  const judged = waived ? 'met' : unsure ? 'unknown' : verdict
  return { verdict: row.certainty === 'B' ? 'unknown' : judged, have, waived }
}

/** How a row over one record stands, without its reason; a row that does not apply is as good as met. */
export function recordVerdict(row: RecordRow, subject: Subject): Verdict {
  return judgeRow(row, () => findRecord(row, subject), subject)?.verdict ?? 'met'
}

/** Whether a row applies, and whether something stands in for it. */
export function applicable(row: Row, subject: Subject): { when: Verdict; unless: Verdict } {
  const waivers = (row.unless ?? []).map((condition) => find(subject, condition).verdict)
  const unless = waivers.includes('met') ? 'met' : waivers.includes('unknown') ? 'unknown' : 'missed'
  return { when: judgeAll(subject, row.when ?? []), unless }
}

/** A reason for a row over one record; null where the row does not apply. */
export function recordReason(row: RecordRow, subject: Subject): Reason | null {
  return settle(row, [subject], () => findRecord(row, subject)).reason
}

export const findRecord = (row: Row, subject: Subject): Finding => find(subject, row as RecordRow)

function reasonOf(row: Row, { verdict, have, waived }: Judged, subjects: readonly Subject[]): Reason {
  const missing = missingOf(subjects)
  const ranged = typeof have === 'object' && have !== null && !isKnown(have)
  return {
    rule: row.id,
    verdict,
    have: typeof have !== 'object' || have === null ? have : isKnown(have) ? tidy(numberOf(have.lo!)) : null,
    between: ranged ? { from: have.lo && tidy(numberOf(have.lo)), to: have.hi && tidy(numberOf(have.hi)) } : null,
    need: needOf(row),
    compare: row.form === 'exists' || row.form === 'distinct' ? 'at_least' : row.compare,
    unit: row.unit,
    source: row.source,
    certainty: row.certainty,
    basis: row.basis,
    words: row.words,
    waived,
    why:
      verdict !== 'unknown' ? null : row.certainty === 'B' ? 'certainty' : missing.length > 0 ? 'facts' : 'judgement',
    missing: verdict === 'unknown' ? missing : [],
  }
}

function needOf(row: Row): Reason['need'] {
  if (row.form !== 'exists') return row.threshold
  return isMemberRow(row) ? 1 : (row.is ?? true)
}

/** For showing: the verdict was found exactly. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6

function missingOf(subjects: readonly Subject[]): Reason['missing'] {
  const of = new Map<string, string[]>()
  for (const subject of subjects)
    for (const fact of subject.missing)
      of.set(fact, [...(of.get(fact) ?? []), ...('id' in subject ? [String(subject.id)] : [])])
  return [...of].map(([fact, whose]) => ({ fact, of: whose }))
}
