import { type Subject, subjectOf, type Verdict } from './evaluate.ts'
import type { Facts, TeamMember } from './facts.ts'
import { isMemberRow, type RecordRow } from './model.ts'
import type { Pack } from './pack.ts'
import { recordVerdict } from './reason.ts'

/** A member with its id; its conditions also see the facts of the team. */
export interface MemberSubject extends Subject {
  readonly id: string
}

export function memberSubject(pack: Pack, team: Facts, { id, facts }: TeamMember, day: number): MemberSubject {
  return { id, ...subjectOf(pack, team.size === 0 ? facts : new Map([...team, ...facts]), day) }
}

/** The rows that are asked of the lead and that somebody has confirmed. */
export function leadRows({ form }: Pack): RecordRow[] {
  return form.rows.filter((row): row is RecordRow => !isMemberRow(row) && row.of === 'lead' && row.certainty === 'A')
}

/** Whether a member may lead: every row for the lead is met; one is missed; or nobody can say. */
export function mayLead(rows: readonly RecordRow[], member: MemberSubject): Verdict {
  let all: Verdict = 'met'
  for (const row of rows) {
    const verdict = recordVerdict(row, member)
    if (verdict === 'missed') return 'missed'
    if (verdict === 'unknown') all = 'unknown'
  }
  return all
}

/**
 * Who is taken for the lead: the one that is named, else those who miss the fewest rows for the lead, and among them leave
 * the fewest open; by id.
 */
export function leadsOf(pack: Pack, members: readonly MemberSubject[], named: string | null): MemberSubject[] {
  if (named !== null) return members.filter(({ id }) => id === named)
  const rows = leadRows(pack)
  const ranked = members.map((member) => {
    const verdicts = rows.map((row) => recordVerdict(row, member))
    const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length
    return { member, missed: count('missed'), unknown: count('unknown') }
  })
  const missed = Math.min(...ranked.map((one) => one.missed))
  const unknown = Math.min(...ranked.filter((one) => one.missed === missed).map((one) => one.unknown))
  return ranked.filter((one) => one.missed === missed && one.unknown === unknown).map(({ member }) => member)
}
