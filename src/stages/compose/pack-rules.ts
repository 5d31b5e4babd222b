import type { TeamRule } from '#engines/cover/model.ts'
import { type Answer, checkTeam } from '#engines/rules/check.ts'
import { compileTeam, LEAD_CONSTRAINT } from '#engines/rules/compile.ts'
import { factsFor, readMemberFacts, type TeamMember } from '#engines/rules/facts.ts'
import type { TeamConstraint } from '#engines/rules/linear.ts'
import { AMOUNT_MAX, type Fact, type Row } from '#engines/rules/model.ts'
import type { Pack } from '#engines/rules/pack.ts'
import type { PackClause, RuleState } from './pack-model.ts'
import { factsFromYears, factsOfRow, isPrivateFact, missingYears, type PackYear, yearsOfFact } from './year-facts.ts'

/** What a zone's registry tells of an organisation that rules ask for. */
export interface PackFacts {
  kind: string
  size: string | null
  country: string | null
  city: string | null
  /** Whether it has an identifier that only legal entities get. */
  registered: boolean
  titles: readonly string[]
  /** A year's, which one is not said, in minor units of the yuan; null where it is not known. */
  revenueMinor: bigint | null
  /** Where it keeps figures by year. */
  years?: readonly PackYear[]
  /** Where it is known of the need that is composed for. */
  newcomer?: boolean
}

/** Packs that a team has to meet, with the facts of all that may be in it. */
export interface PacksAsked {
  packs: readonly Pack[]
  /** The day of assessment in the zone. */
  date: string
  facts: ReadonlyMap<string, PackFacts>
}

export const NO_PACKS: PacksAsked = { packs: [], date: '', facts: new Map() }

/** The engine's rules, the rows behind each of them, and who may lead. */
export interface PackConditions {
  rules: TeamRule[]
  /** By rule id, the rows as `pack:row`. */
  rowsOf: ReadonlyMap<string, readonly string[]>
  /** Null where no pack says who may lead. */
  leads: ReadonlySet<string> | null
}

/** What a row asks, as people read it. */
export const clauseOf = ({ id, words, certainty, source }: Row): PackClause => ({ id, words, certainty, source })

const MINOR_PER_TEN_THOUSAND = 1_000_000
const LEADING_TITLE = /链主|龙头|领军/u
const TECHNOLOGY_SME_TITLE = /科技型中小企业/u
const COUNTRY = /^[A-Z]{2}$/
const WUHU = /芜湖|wuhu/iu

/**
 * Packs as conditions of the search: no row of theirs is missed, as far as facts are known. What nobody has confirmed, or
 * the registry doesn't know, is left to be checked by hand.
 */
export function conditionsOfPacks(
  asked: PacksAsked,
  ids: readonly string[],
  waived: readonly string[],
): PackConditions {
  const rules: TeamRule[] = []
  const rowsOf = new Map<string, readonly string[]>()
  let leads: Set<string> | null = null
  for (const pack of asked.packs) {
    const { id } = pack.form
    const kept = withoutWaived(pack, waived)
    if (kept.form.rows.length === 0) continue
    const members = membersOf(kept, asked, ids)
    const { constraints } = compileTeam(kept, members, { date: asked.date, keep: 'not_missed' })
    for (const constraint of constraints) {
      const rule = ruleOf(`${id}:${constraint.id}`, constraint)
      rules.push(rule)
      const rows = constraint.rules.map((row) => `${id}:${row}`)
      rowsOf.set(rule.id, rows)
      if (constraint.id === LEAD_CONSTRAINT && constraint.kind === 'linear') {
        const able = constraint.terms.map(([candidate]) => candidate)
        leads = new Set(leads ? able.filter((one) => leads!.has(one)) : able)
      }
    }
  }
  return { rules, rowsOf, leads }
}

/**
 * How a team under its lead stands to each row of the packs; one that a person has set aside says so. Where nobody leads,
 * rows for the lead are asked of whoever fits them best.
 */
export function statesOfPacks(
  asked: PacksAsked,
  ids: readonly string[],
  waived: readonly string[],
  lead: string | null = null,
): RuleState[] {
  if (ids.length === 0) return []
  return asked.packs.flatMap((pack) => {
    const members = membersOf(pack, asked, ids)
    const under = (one: string | null) => checkTeam(pack, { team: new Map(), lead: one, members }, asked.date)
    const answer = under(lead)
    const fitter = fitterLead(pack, answer, under(null))
    return answer.reasons.map((reason) => stateOf(pack, asked, { answer, reason, ids, fitter }, waived))
  })
}

/** How many rows for the lead would have to be checked by hand if a member of this team led it; one set aside counts for none. */
export function openRowsOfLead(
  asked: PacksAsked,
  ids: readonly string[],
  waived: readonly string[],
): (lead: string) => number {
  const packs = asked.packs
    .map((pack) => withoutWaived(pack, waived))
    .filter(({ form }) => form.rows.some((row) => row.of === 'lead'))
    .map((pack) => ({ pack, members: membersOf(pack, asked, ids) }))
  return (lead) =>
    packs.reduce((sum, { pack, members }) => {
      const answer = checkTeam(pack, { team: new Map(), lead, members }, asked.date)
      return sum + rowsOfLead(pack, answer, 'unknown')
    }, 0)
}

/** Who fits the rows for a lead better than the one who leads: misses fewer, or as many and leaves fewer open. */
function fitterLead(pack: Pack, own: Answer, best: Answer): string | null {
  const fewer = (verdict: RuleState['verdict']) => rowsOfLead(pack, own, verdict) - rowsOfLead(pack, best, verdict)
  return (fewer('missed') || fewer('unknown')) > 0 ? best.lead : null
}

function rowsOfLead({ form }: Pack, { reasons }: Answer, wanted: RuleState['verdict']): number {
  const ofLead = new Set(form.rows.filter((row) => row.of === 'lead').map(({ id }) => id))
  return reasons.filter(({ rule, verdict }) => ofLead.has(rule) && verdict === wanted).length
}

interface Told {
  answer: Answer
  reason: Answer['reasons'][number]
  ids: readonly string[]
  fitter: string | null
}

function stateOf(
  pack: Pack,
  asked: PacksAsked,
  { answer, reason, ids, fitter }: Told,
  waived: readonly string[],
): RuleState {
  const { id, version, title, source } = pack.form
  const wordsOf = (fact: string) => pack.facts.get(fact)?.words ?? { zh: fact, en: fact }
  return {
    pack: { id, version, hash: pack.hash, title, source: source.title, url: source.url ?? null },
    row: reason.rule,
    words: reason.words,
    verdict: reason.verdict,
    have: reason.have,
    need: typeof reason.need === 'object' ? [...reason.need] : reason.need,
    compare: reason.compare,
    unit: reason.unit,
    source: reason.source,
    certainty: reason.certainty,
    why: reason.why,
    missing: reason.missing.map(({ fact, of }) => ({
      fact: wordsOf(fact),
      of,
      years: of.flatMap((one) => {
        const years = missingYears(fact, asked.facts.get(one)?.years ?? [], asked.date)
        return years ? [{ of: one, ...years }] : []
      }),
    })),
    ...figuresBehind(pack, asked, { answer, reason, ids }),
    lead: fitter,
    waived: waived.includes(`${id}:${reason.rule}`),
  }
}

/** Whose private figures stand behind a row; and of a lead the figures themselves, which not every reader may see. */
function figuresBehind(
  pack: Pack,
  asked: PacksAsked,
  { answer, reason, ids }: Pick<Told, 'answer' | 'reason' | 'ids'>,
): Pick<RuleState, 'privateOf' | 'figures'> {
  const facts = factsOfRow(pack, reason.rule).filter(isPrivateFact)
  const row = pack.form.rows.find((one) => one.id === reason.rule)
  if (facts.length === 0 || !row) return { privateOf: [], figures: [] }
  if (row.of !== 'lead' || answer.lead === null) return { privateOf: [...ids], figures: [] }
  const of = answer.lead
  const known = factsAsked(pack, asked.facts.get(of), asked.date)
  const figures = facts.flatMap((fact) => {
    const [value, named] = [known[fact], pack.facts.get(fact)]
    if (typeof value !== 'number' || named?.type !== 'number') return []
    const years = asked.facts.get(of)?.years?.length ? yearsOfFact(fact, asked.date) : []
    return [{ of, fact: named.words, unit: named.unit, value: Math.round(value * 100) / 100, years }]
  })
  return { privateOf: [of], figures }
}

function withoutWaived(pack: Pack, waived: readonly string[]): Pack {
  const rows = pack.form.rows.filter((row) => !waived.includes(`${pack.form.id}:${row.id}`))
  return rows.length === pack.form.rows.length ? pack : { ...pack, form: { ...pack.form, rows } }
}

/** What is known of an organisation on a day, of what a pack asks for. */
export function factsAsked(pack: Pack, known: PackFacts | undefined, date: string): Record<string, unknown> {
  if (!known) return {}
  const facts = Object.entries(factsFor(pack, recordOf(known, date)))
  return Object.fromEntries(facts.filter(([name, value]) => isOfForm(pack.facts.get(name), value)))
}

/** Whether a zone's own pack means by a name what the registry does; where it means something else, that is not known. */
function isOfForm(fact: Fact | undefined, value: unknown): boolean {
  if (fact?.of !== 'member') return false
  if (fact.type === 'number')
    return typeof value === 'number' && value >= (fact.min ?? -AMOUNT_MAX) && value <= (fact.max ?? AMOUNT_MAX)
  if (fact.type === 'boolean') return typeof value === 'boolean'
  if (fact.type === 'choice') return typeof value === 'string' && fact.choices.includes(value)
  return fact.type === 'country' && typeof value === 'string'
}

function membersOf(pack: Pack, { facts, date }: PacksAsked, ids: readonly string[]): TeamMember[] {
  return ids.map((id) => ({ id, facts: readMemberFacts(pack, factsAsked(pack, facts.get(id), date)) }))
}

/** What of packs decides how rows stand, besides who is in: for the hash of what a proposal was made from. */
export function hashedPacks({ packs, facts, date }: PacksAsked, ids: readonly string[]) {
  const years = ids.flatMap((id) => {
    const known = facts.get(id)?.years ?? []
    return known.length ? [[id, factsFromYears(known, date)] as const] : []
  })
  return { packs: packs.map(({ hash }) => hash), years: packs.length ? Object.fromEntries(years) : {} }
}

/**
 * What the registry knows, under the names by which packs ask. What it doesn't know is left out, and so is what it only
 * knows in part: one year's spending is no average. Whoever is composed takes part with the rights and duties of a member.
 */
function recordOf(known: PackFacts, date: string): Record<string, unknown> {
  const { kind, size, country, city, registered, titles, revenueMinor, newcomer, years = [] } = known
  const has = (pattern: RegExp) => titles.some((title) => pattern.test(title)) || undefined
  const record: Record<string, unknown> = {
    kind,
    size: size ?? undefined,
    newcomer,
    country: country !== null && COUNTRY.test(country) ? country : undefined,
    role: 'beneficiary',
    legal_entity: registered || undefined,
    industry_leader: has(LEADING_TITLE),
    leading_enterprise: has(LEADING_TITLE),
    technology_sme: has(TECHNOLOGY_SME_TITLE),
    registered_in_wuhu: city === null ? undefined : WUHU.test(city),
    revenue: revenueMinor === null ? undefined : Number(revenueMinor) / MINOR_PER_TEN_THOUSAND,
    ...factsFromYears(years, date),
  }
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}

function ruleOf(id: string, constraint: TeamConstraint): TeamRule {
  if (constraint.kind === 'distinct')
    return { id, form: 'distinct', groups: Object.fromEntries(constraint.groupsOf), min: constraint.distinctMin }
  const { sense, bound, terms } = constraint
  return {
    id,
    form: 'sum',
    amounts: Object.fromEntries(terms),
    ...(sense === '<=' ? {} : { min: bound }),
    ...(sense === '>=' ? {} : { max: bound }),
  }
}
