import { Fault } from '#kit/fault.ts'
import { type Contribution, contributionOf } from './contribution.ts'
import { type Finding, judge, judgeRatio, subjectOf, type Verdict } from './evaluate.ts'
import { addRanges, exactOf, joinRanges, only, type Range, ZERO } from './exact.ts'
import { type Facts, readDay, type TeamFacts } from './facts.ts'
import { leadsOf, type MemberSubject, memberSubject } from './lead.ts'
import { isMemberRow, MEMBERS_MAX, type MemberRow } from './model.ts'
import type { Pack } from './pack.ts'
import { findRecord, type Outcome, type Reason, settle } from './reason.ts'

export interface Answer {
  pack: { id: string; version: string; hash: string }
  /** The day of assessment. */
  date: string
  /** False where a row is missed; else null, "check by hand", where one can't be answered; else true. */
  eligible: boolean | null
  /** Who was taken for the team's lead; null where the pack asks nothing of one. */
  lead: string | null
  /** One for each row that applies, in the pack's order. */
  reasons: Reason[]
  /** Rows that don't apply to these facts. */
  notApplicable: string[]
}

/**
 * Checks one organisation against a pack, as of a day (`2026-05-01`).
 *
 * @throws Fault `invalid` for a pack about teams, and for what is no day
 */
export function checkOrganisation(pack: Pack, facts: Facts, date: string): Answer {
  refuseOther(pack, 'organisation')
  const subject = subjectOf(pack, facts, readDay(date))
  const outcomes = pack.form.rows.map((row) => settle(row, [subject], () => findRecord(row, subject)))
  return answerOf(pack, date, null, outcomes)
}

/**
 * Checks a team against a pack. Rows for the lead are asked of the lead that is named; where none is, of the member that
 * fits them best.
 *
 * @throws Fault `invalid` for a pack about organisations, what is no day, a team of nobody or beyond MEMBERS_MAX, and a lead
 *   who is no member
 */
export function checkTeam(pack: Pack, facts: TeamFacts, date: string): Answer {
  refuseOther(pack, 'team')
  refuseTeam(facts)
  const day = readDay(date)
  const members = facts.members.map((member) => memberSubject(pack, facts.team, member, day))
  const team = subjectOf(pack, facts.team, day)
  const leads = leadsOf(pack, members, facts.lead)
  const lead = leads[0] ?? null
  const outcomes = pack.form.rows.map((row) => {
    if (isMemberRow(row)) return settle(row, [team, ...members], () => findMembers(row, members, leads), team)
    const subject = row.of === 'lead' ? lead! : team
    return settle(row, [subject], () => findRecord(row, subject))
  })
  const asked = lead && pack.form.rows.some(({ of }) => of === 'lead')
  return answerOf(pack, date, facts.lead ?? (asked ? lead.id : null), outcomes)
}

function refuseOther({ form }: Pack, about: 'organisation' | 'team'): void {
  if (form.about !== about)
    throw new Fault('invalid', `${form.id} is about ${form.about === 'team' ? 'a team' : 'one organisation'}.`, {
      rule: 'rules.pack.about',
      limit: form.about,
      tip: form.about === 'team' ? 'Give the facts of its members.' : 'Give the facts of one organisation.',
    })
}

function refuseTeam({ members, lead }: TeamFacts): void {
  if (members.length === 0 || members.length > MEMBERS_MAX)
    throw new Fault('invalid', `A team of ${members.length} can’t be checked.`, {
      rule: 'rules.team.members',
      limit: `1-${MEMBERS_MAX}`,
    })
  if (lead !== null && !members.some(({ id }) => id === lead))
    throw new Fault('invalid', 'The lead is none of the members.', { rule: 'rules.team.lead_unknown' })
}

function findMembers(row: MemberRow, members: readonly MemberSubject[], leads: readonly MemberSubject[]): Finding {
  const contributions = members.map((member) => contributionOf(row, member))
  if (row.form === 'distinct') {
    const have = distinctRange(contributions)
    return { verdict: judge(have, 'at_least', exactOf(row.threshold)), have }
  }
  if (row.form === 'ratio') {
    const total = (name: 'part' | 'whole' | 'excess') =>
      contributions.reduce((sum, one) => (one.form === 'ratio' ? addRanges(sum, one[name]) : sum), only(ZERO))
    return judgeRatio(total('part'), total('whole'), row.compare, total('excess'))
  }
  const total = contributions.reduce(
    (sum, one) => (one.form === 'amount' ? addRanges(sum, one.amount) : sum),
    only(ZERO),
  )
  if (row.form === 'exists') return { verdict: judge(total, 'at_least', exactOf(1)), have: total }
  const besides = row.form === 'count' && row.besidesLead
  const have = besides ? withoutLead(row, members, leads, total) : total
  return { verdict: judge(have, row.compare, exactOf(row.threshold)), have }
}

/** Where several may lead, from the least to the most that are left. */
function withoutLead(
  row: MemberRow,
  members: readonly MemberSubject[],
  leads: readonly MemberSubject[],
  total: Range,
): Range {
  const left = leads.map((lead) =>
    members
      .filter(({ id }) => id !== lead.id)
      .map((member) => contributionOf(row, member))
      .reduce((sum, one) => (one.form === 'amount' ? addRanges(sum, one.amount) : sum), only(ZERO)),
  )
  return left.length === 0 ? total : left.reduce(joinRanges)
}

/** Members whose group is not known may be of one that is there already, or each of a new one. */
function distinctRange(contributions: readonly Contribution[]): Range {
  const groups = contributions.flatMap((one) => (one.form === 'group' && one.counts !== 'missed' ? [one] : []))
  const sure = new Set(groups.filter(({ counts }) => counts === 'met').map(({ value }) => value))
  const possible = new Set(groups.map(({ value }) => value))
  sure.delete(undefined)
  possible.delete(undefined)
  const unknown = groups.filter(({ value }) => value === undefined).length
  return { lo: exactOf(sure.size), hi: exactOf(possible.size + unknown) }
}

function answerOf({ form, hash }: Pack, date: string, lead: string | null, outcomes: readonly Outcome[]): Answer {
  const reasons = outcomes.flatMap(({ reason }) => (reason ? [reason] : []))
  const has = (verdict: Verdict) => reasons.some((reason) => reason.verdict === verdict)
  return {
    pack: { id: form.id, version: form.version, hash },
    date,
    eligible: has('missed') ? false : has('unknown') ? null : true,
    lead,
    reasons,
    notApplicable: outcomes.filter(({ reason }) => !reason).map(({ rule }) => rule),
  }
}
