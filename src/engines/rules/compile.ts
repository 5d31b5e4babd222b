import { Fault } from '#kit/fault.ts'
import { type Contribution, contributionOf } from './contribution.ts'
import { subjectOf } from './evaluate.ts'
import { compare, exactOf, isKnown, only, ZERO } from './exact.ts'
import { type Facts, readDay, type TeamMember } from './facts.ts'
import { leadRows, type MemberSubject, mayLead, memberSubject } from './lead.ts'
import type { DistinctConstraint, LinearConstraint, TeamConstraint } from './linear.ts'
import { CANDIDATES_MAX, isMemberRow, type MemberRow } from './model.ts'
import type { Pack } from './pack.ts'
import { applicable, type ByHandCause, type Reason, recordReason, recordVerdict } from './reason.ts'
import { type Amounts, type Keep, sumConstraints } from './whole.ts'

/** How many of the candidates with missing facts are named. */
const CANDIDATES_TOLD_MAX = 20
/** The id of the constraint that one of the members can lead. */
export const LEAD_CONSTRAINT = 'lead'

/** A row that the constraints do not, or not wholly, stand for. */
export interface ByHand {
  rule: string
  /** `lead`: it depends on who of several leads. `figures`: its numbers are too large to be exact. */
  why: ByHandCause | 'lead' | 'figures'
  /** Whether constraints stand for it all the same, as far as facts are known. */
  compiled: boolean
  /** How many candidates lack facts for it, and the first of them by id. */
  candidates: number
  first: string[]
}

export interface Compiled {
  pack: { id: string; version: string; hash: string }
  keep: Keep
  constraints: TeamConstraint[]
  /** Rows that don't depend on who is in, answered: about the team as a whole. */
  settled: Reason[]
  byHand: ByHand[]
  notApplicable: string[]
}

export interface CompileOptions {
  /** The day of assessment, `2026-05-01`. */
  date: string
  keep: Keep
  /** Facts of the team as a whole. */
  team?: Facts
  /** Who leads, where that is settled. */
  lead?: string | null
}

/**
 * Turns a pack's rows into constraints on who is in the team. With `keep: 'met'` a team keeps all of them exactly if
 * `checkTeam` says that every compiled row is met; with `keep: 'not_missed'` exactly if it says of none that it is missed. Rows
 * that nobody has confirmed are never compiled; rows for which candidates lack facts are, and stand in `byHand` too.
 *
 * @throws Fault `invalid` for a pack about organisations, a lead who is no candidate, or no day; `too_many` beyond
 *   CANDIDATES_MAX
 */
export function compileTeam(pack: Pack, candidates: readonly TeamMember[], options: CompileOptions): Compiled {
  const { date, keep, team = new Map(), lead = null } = options
  refuseToCompile(pack, candidates, lead)
  const day = readDay(date)
  const members = candidates.map((candidate) => memberSubject(pack, team, candidate, day))
  const { id, version } = pack.form
  const compiled: Compiled = {
    pack: { id, version, hash: pack.hash },
    keep,
    constraints: [],
    settled: [],
    byHand: [],
    notApplicable: [],
  }
  const leads = compileLead(pack, members, lead, compiled)
  const whole = subjectOf(pack, team, day)
  for (const row of pack.form.rows) {
    if (row.of === 'lead') continue
    if (!isMemberRow(row)) {
      const reason = recordReason(row, whole)
      if (reason) compiled.settled.push(reason)
      else compiled.notApplicable.push(row.id)
      continue
    }
    whole.missing.clear()
    const { when, unless } = applicable(row, whole)
    if (when === 'missed' || unless === 'met') compiled.notApplicable.push(row.id)
    else if (row.certainty === 'B') compiled.byHand.push(notCompiled(row.id, 'certainty'))
    else if (when === 'unknown' || unless === 'unknown') compiled.byHand.push(notCompiled(row.id, 'facts'))
    else compileRow(row, members, leads, lead, compiled)
  }
  return compiled
}

function refuseToCompile({ form }: Pack, candidates: readonly TeamMember[], lead: string | null): void {
  if (form.about !== 'team')
    throw new Fault('invalid', `${form.id} is about one organisation.`, {
      rule: 'rules.pack.about',
      limit: form.about,
      tip: 'Only packs about a team say who may be in one.',
    })
  if (candidates.length > CANDIDATES_MAX)
    throw new Fault('too_many', `There are ${candidates.length} candidates.`, {
      rule: 'rules.candidates.too_many',
      limit: CANDIDATES_MAX,
    })
  if (lead !== null && !candidates.some(({ id }) => id === lead))
    throw new Fault('invalid', 'The lead is none of the candidates.', { rule: 'rules.team.lead_unknown' })
}

const notCompiled = (rule: string, why: ByHand['why']): ByHand => ({
  rule,
  why,
  compiled: false,
  candidates: 0,
  first: [],
})

function lacking(rule: string, ids: readonly string[]): ByHand {
  const first = [...ids].sort().slice(0, CANDIDATES_TOLD_MAX)
  return { rule, why: 'facts', compiled: true, candidates: ids.length, first }
}

/** Somebody who can lead has to be in; where the lead is named, it is that one. Returns who may lead. */
function compileLead(
  pack: Pack,
  members: readonly MemberSubject[],
  lead: string | null,
  compiled: Compiled,
): readonly MemberSubject[] {
  for (const row of pack.form.rows)
    if (row.of === 'lead' && row.certainty === 'B') compiled.byHand.push(notCompiled(row.id, 'certainty'))
  const rows = leadRows(pack)
  const asked = lead === null ? members : members.filter(({ id }) => id === lead)
  if (lead === null && rows.length === 0) return members
  const able = asked.map((member) => ({ member, verdict: mayLead(rows, member) }))
  const fit = able.filter(({ verdict }) => verdict === 'met' || (verdict === 'unknown' && compiled.keep !== 'met'))
  for (const row of rows) {
    const open = able.filter(({ member, verdict }) => verdict === 'unknown' && recordVerdict(row, member) === 'unknown')
    if (open.length > 0)
      compiled.byHand.push(
        lacking(
          row.id,
          open.map(({ member }) => member.id),
        ),
      )
  }
  compiled.constraints.push({
    kind: 'linear',
    id: LEAD_CONSTRAINT,
    rules: rows.map(({ id }) => id),
    sense: '>=',
    bound: 1,
    terms: fit.map(({ member }) => [member.id, 1] as const),
  })
  return fit.map(({ member }) => member)
}

function compileRow(
  row: MemberRow,
  members: readonly MemberSubject[],
  leads: readonly MemberSubject[],
  lead: string | null,
  compiled: Compiled,
): void {
  const contributions = members.map((member) => ({ id: member.id, of: contributionOf(row, member) }))
  const made =
    row.form === 'distinct'
      ? [distinctConstraint(row, contributions, compiled.keep)]
      : row.form === 'ratio'
        ? ratioConstraints(row, contributions, compiled.keep)
        : countConstraints(row, contributions, leads, lead, compiled)
  if (!made) return
  compiled.constraints.push(...made)
  const open = contributions.filter(({ of }) => !isCertain(of)).map(({ id }) => id)
  if (open.length > 0) compiled.byHand.push(lacking(row.id, open))
  if (made.length === 0) compiled.byHand.push(notCompiled(row.id, 'figures'))
}

type Contributions = readonly { id: string; of: Contribution }[]

function isCertain(of: Contribution): boolean {
  if (of.form === 'group') return of.counts === 'missed' || (of.counts === 'met' && of.value !== undefined)
  return of.form === 'amount' ? isKnown(of.amount) : isKnown(of.part) && isKnown(of.whole)
}

type Counted = Exclude<MemberRow, { form: 'distinct' } | { form: 'ratio' }>

/** Null where the row has been told as one that can't be compiled. */
function countConstraints(
  row: Counted,
  contributions: Contributions,
  leads: readonly MemberSubject[],
  lead: string | null,
  compiled: Compiled,
): LinearConstraint[] | null {
  const [how, threshold] = row.form === 'exists' ? (['at_least', 1] as const) : ([row.compare, row.threshold] as const)
  const named = { id: row.id, rules: [row.id] }
  if (row.form !== 'count' || !row.besidesLead)
    return sumConstraints(named, amountsOf(contributions), how, exactOf(threshold), compiled.keep) ?? []
  if (lead !== null) {
    const others = amountsOf(contributions.filter(({ id }) => id !== lead))
    return sumConstraints(named, others, how, exactOf(threshold), compiled.keep) ?? []
  }
  const own = leadAmount(row, leads)
  if (own === null) {
    compiled.byHand.push(notCompiled(row.id, 'lead'))
    return null
  }
  return sumConstraints(named, amountsOf(contributions), how, exactOf(threshold + own), compiled.keep) ?? []
}

/** What the lead itself would count for: 1, 0, or null where that depends on who of several leads. */
function leadAmount(row: MemberRow, leads: readonly MemberSubject[]): 0 | 1 | null {
  if (row.members.length === 0) return 1
  const amounts = leads.map((member) => contributionOf(row, member))
  const all = (value: number) =>
    amounts.every(
      (one) => one.form === 'amount' && isKnown(one.amount) && compare(one.amount.lo!, exactOf(value)) === 0,
    )
  return all(1) ? 1 : all(0) ? 0 : null
}

function amountsOf(contributions: Contributions): Amounts {
  return contributions.map(({ id, of }) => [id, of.form === 'amount' ? of.amount : only(ZERO)] as const)
}

type RatioRow = Extract<MemberRow, { form: 'ratio' }>

/** The excess against zero; and, so that it is known to be met, somebody who brings something to divide by. */
function ratioConstraints(row: RatioRow, contributions: Contributions, keep: Keep): LinearConstraint[] {
  const amounts = contributions.map(({ id, of }) => [id, of.form === 'ratio' ? of.excess : only(ZERO)] as const)
  const made = sumConstraints({ id: row.id, rules: [row.id] }, amounts, row.compare, ZERO, keep)
  if (!made || keep !== 'met') return made ?? []
  const brings = contributions.flatMap(({ id, of }) =>
    of.form === 'ratio' && of.whole.lo !== null && compare(of.whole.lo, ZERO) > 0 ? [[id, 1] as const] : [],
  )
  return [...made, { kind: 'linear', id: `${row.id}.whole`, rules: [row.id], sense: '>=', bound: 1, terms: brings }]
}

/** Groups are marked, so that a candidate whose group is not known can be one of its own. */
function distinctConstraint(
  row: Extract<MemberRow, { form: 'distinct' }>,
  contributions: Contributions,
  keep: Keep,
): DistinctConstraint {
  const groupsOf = contributions.flatMap(({ id, of }) => {
    if (of.form !== 'group' || of.counts === 'missed') return []
    if (keep === 'met') return of.counts === 'met' && of.value !== undefined ? [[id, `=${of.value}`] as const] : []
    return [[id, of.value === undefined ? `?${id}` : `=${of.value}`] as const]
  })
  return { kind: 'distinct', id: row.id, rules: [row.id], distinctMin: row.threshold, groupsOf }
}
