import { Fault, type Issue } from '#kit/fault.ts'
import type { FactValue } from './evaluate.ts'
import { AMOUNT_MAX, type Fact, MEMBERS_MAX } from './model.ts'
import type { Pack } from './pack.ts'

/** Facts by name, read and checked against the pack that asks for them. What is null or not there is not known. */

export type Facts = ReadonlyMap<string, FactValue>

export interface TeamMember {
  id: string
  facts: Facts
}

export interface TeamFacts {
  /** Of the team as a whole. */
  team: Facts
  /** Who leads, where that is settled. */
  lead: string | null
  /** By id. */
  members: readonly TeamMember[]
}

const MS_PER_DAY = 86_400_000
const TEXT_LENGTH_MAX = 200
const ISSUES_MAX = 50
const NAMES_TOLD_MAX = 60
/** The European Union's own spellings. */
const COUNTRY_OF: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB' }

/**
 * The facts of one organisation.
 *
 * @throws Fault `invalid` with each name that the pack does not have and each value of the wrong type.
 */
export function readFacts(pack: Pack, value: unknown): Facts {
  const issues: Issue[] = []
  const facts = readRecord(pack, ['organisation'], value, '', issues)
  refuse(pack, issues)
  return facts
}

/**
 * The facts of a team: `{team?: {…}, lead?: ID, members: [{id, facts: {…}}]}`.
 *
 * @throws Fault as readFacts, and for a lead who is no member, members named twice, none, or more than MEMBERS_MAX.
 */
export function readTeamFacts(pack: Pack, value: unknown): TeamFacts {
  const issues: Issue[] = []
  const { team = {}, lead = null, members = [], ...others } = isRecord(value) ? value : { members: value }
  for (const name of Object.keys(others)) issues.push({ path: name, rule: 'rules.fact.unknown' })
  const read: TeamFacts = {
    team: readRecord(pack, ['team'], team, 'team', issues),
    lead: typeof lead === 'string' ? lead : null,
    members: readMembers(pack, members, issues),
  }
  if (lead !== null && !read.members.some(({ id }) => id === lead))
    issues.push({ path: 'lead', rule: 'rules.team.lead_unknown' })
  refuse(pack, issues)
  return read
}

function readMembers(pack: Pack, value: unknown, issues: Issue[]): TeamMember[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MEMBERS_MAX) {
    issues.push({ path: 'members', rule: 'rules.team.members', limit: `1-${MEMBERS_MAX}` })
    return []
  }
  const seen = new Set<string>()
  const members = value.map((member: unknown, at): TeamMember => {
    const path = `members.${at}`
    const { id, facts = {}, ...others } = isRecord(member) ? member : {}
    for (const name of Object.keys(others)) issues.push({ path: `${path}.${name}`, rule: 'rules.fact.unknown' })
    if (typeof id !== 'string' || id === '' || id.length > TEXT_LENGTH_MAX)
      issues.push({ path: `${path}.id`, rule: 'rules.team.member_id' })
    else if (seen.has(id)) issues.push({ path: `${path}.id`, rule: 'rules.team.member_twice' })
    else seen.add(id)
    return { id: String(id), facts: readRecord(pack, ['member'], facts, `${path}.facts`, issues) }
  })
  return members.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The facts of one candidate for a team, as readTeamFacts reads a member's. */
export function readMemberFacts(pack: Pack, value: unknown): Facts {
  const issues: Issue[] = []
  const facts = readRecord(pack, ['member'], value, '', issues)
  refuse(pack, issues)
  return facts
}

/** Those of an organisation's facts for which a pack asks; what others ask for is left out. */
export function factsFor(pack: Pack, record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => pack.facts.has(name)))
}

function readRecord(pack: Pack, of: readonly Fact['of'][], value: unknown, path: string, issues: Issue[]): Facts {
  const facts = new Map<string, FactValue>()
  if (!isRecord(value)) {
    issues.push({ path, rule: 'rules.fact.record' })
    return facts
  }
  for (const [name, raw] of Object.entries(value)) {
    if (issues.length >= ISSUES_MAX) break
    const where = path ? `${path}.${name.slice(0, TEXT_LENGTH_MAX)}` : name.slice(0, TEXT_LENGTH_MAX)
    const fact = pack.facts.get(name)
    if (!fact || !of.includes(fact.of)) {
      issues.push({ path: where, rule: 'rules.fact.unknown' })
      continue
    }
    if (raw === null || raw === undefined) continue
    const read = readValue(fact, raw)
    if (typeof read === 'object') issues.push({ path: where, ...read })
    else facts.set(name, read)
  }
  return facts
}

type Wrong = Omit<Issue, 'path'>

function readValue(fact: Fact, value: unknown): FactValue | Wrong {
  switch (fact.type) {
    case 'number':
      return readNumber(fact, value)
    case 'boolean':
      return typeof value === 'boolean' ? value : { rule: 'rules.fact.boolean', limit: 'true, false' }
    case 'choice':
      return typeof value === 'string' && fact.choices.includes(value)
        ? value
        : { rule: 'rules.fact.choice', limit: fact.choices.join(', ') }
    case 'country':
      return typeof value === 'string' && /^[A-Z]{2}$/.test(value)
        ? (COUNTRY_OF[value] ?? value)
        : { rule: 'rules.fact.country', limit: 'AA-ZZ' }
    case 'date':
      return (typeof value === 'string' ? dayOf(value) : null) ?? { rule: 'rules.fact.date', limit: 'YYYY-MM-DD' }
  }
}

function readNumber({ min = -AMOUNT_MAX, max = AMOUNT_MAX }: Extract<Fact, { type: 'number' }>, value: unknown) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { rule: 'rules.fact.number' }
  return value >= min && value <= max ? value : { rule: 'rules.fact.bounds', limit: `${min}-${max}` }
}

/** Days since 1970 of a real calendar day, else null. */
export function dayOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text) ? null : ms / MS_PER_DAY
}

/** The day of assessment. @throws Fault `invalid` for what is no day. */
export function readDay(date: string): number {
  const day = dayOf(date)
  if (day === null)
    throw new Fault('invalid', 'The day of assessment is no day of the calendar.', {
      rule: 'rules.date',
      limit: 'YYYY-MM-DD',
      tip: 'Give it as 2026-05-01.',
    })
  return day
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(pack: Pack, issues: readonly Issue[]): void {
  if (issues.length === 0) return
  const names = [...pack.facts.values()].map(
    ({ name, type, of }) => `${of === 'organisation' ? '' : `${of}: `}${name} (${type})`,
  )
  throw new Fault('invalid', `The facts do not fit ${pack.form.id} ${pack.form.version}.`, {
    rule: issues[0]!.rule,
    issues: issues.slice(0, ISSUES_MAX),
    tip: `The facts that it knows: ${names.slice(0, NAMES_TOLD_MAX).join(', ')}.`,
  })
}
