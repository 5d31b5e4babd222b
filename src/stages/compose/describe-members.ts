import type { Loss as EngineLoss } from '#engines/cover/explain.ts'
import { compareIds, type Coverage as EngineCoverage, type TeamAnswer } from '#engines/cover/model.ts'
import { SECOND_LEVEL } from '#engines/cover/score.ts'
import { keepsRule, prepareRules } from '#engines/cover/team-rules.ts'
import type { Cover, CoverRow } from '../match/cover.ts'
import type { Kind } from '../registry/model.ts'
import type { Texts } from '../texts.ts'
import { type Condition, type Member, type MemberReason, type Party, ROLES } from './model.ts'
import { openRowsOfLead } from './pack-rules.ts'
import { type Framed, levelOf, strengthOf } from './problem.ts'
import { assignSeats, seatReasons } from './role-rules.ts'
import { conditionOf } from './rules.ts'

export type Names = ReadonlyMap<string, { name: string; names: Texts }>

/** What describing an answer looks things up in. */
export interface Told {
  cover: Cover
  framed: Framed
  options: { pins: readonly string[]; bans: readonly string[]; waived: readonly string[] }
  names: Names
}

export function partyOf({ framed, names }: Pick<Told, 'framed' | 'names'>, id: string): Party {
  const row = framed.named.get(id)!
  return {
    id,
    name: names.get(id)?.name ?? row.name,
    names: names.get(id)?.names ?? {},
    kind: row.kind as Kind,
    size: row.size as Party['size'],
    country: row.country,
    region: row.region,
    city: row.city,
  }
}

/** The team, the lead first and then by seat and strength, each with why it is there. */
export function describeMembers(told: Told, answer: TeamAnswer, losses: readonly EngineLoss[]): Member[] {
  const { cover, framed, options } = told
  const { capabilities } = cover.need
  const ids = answer.chosen.map(({ id }) => id)
  const openRows = openRowsOfLead(framed.packs, ids, options.waived)
  const seats = assignSeats(
    ids.map((id) => ({ ...seatOf(told, id), openRows: openRows(id) })),
    capabilities,
  )
  const roleOf = (id: string) => seats.get(id)!.role
  const lead = ids.find((id) => roleOf(id) === 'lead')
  const lossOf = new Map(losses.map((loss) => [loss.member, loss]))
  const rowOf = (id: string) => framed.rows.get(id)!
  const ordered = [...ids].sort(
    (a, b) =>
      ROLES.indexOf(roleOf(a)) - ROLES.indexOf(roleOf(b)) ||
      strengthOf(rowOf(b), capabilities) - strengthOf(rowOf(a), capabilities) ||
      compareIds(a, b),
  )
  return ordered.map((id) => {
    const loss = lossOf.get(id)
    return {
      ...partyOf(told, id),
      role: roleOf(id),
      sponsor: framed.sponsors.includes(id),
      pinned: options.pins.includes(id),
      newcomer: rowOf(id).newcomer,
      covers: coversOf(rowOf(id), answer, id),
      reasons: [...reasonsOf(told, answer, { id, lead, loss }), ...seatReasons(seats.get(id)!)],
      loss: loss ? describeLoss(told, loss) : null,
      cost: framed.costs.get(id) ?? null,
    }
  })
}

const seatOf = ({ framed, cover }: Told, id: string) => {
  const row = framed.rows.get(id)!
  return {
    id,
    kind: row.kind as Kind,
    sponsor: framed.sponsors.includes(id),
    mayLead: framed.packConditions.leads?.has(id) ?? true,
    levels: Object.fromEntries(cover.need.capabilities.map((wanted) => [wanted.id, levelOf(row, wanted.id)])),
  }
}

function coversOf(row: CoverRow, answer: TeamAnswer, id: string): Member['covers'] {
  const chosen = answer.chosen.find((member) => member.id === id)!
  return chosen.covers.map(({ requirement, level }) => ({
    capability: requirement,
    level,
    evidence: row.cells[requirement]?.best ?? null,
  }))
}

interface Asked {
  id: string
  lead: string | undefined
  loss: EngineLoss | undefined
}

function reasonsOf(told: Told, answer: TeamAnswer, { id, lead, loss }: Asked): MemberReason[] {
  const { framed, options } = told
  const sole = answer.chosen.find((member) => member.id === id)!.soleCoverOf
  const shared = answer.coverage.filter((one) => isSharedBest(one, id)).map(({ requirement }) => requirement)
  const reasons: MemberReason[] = []
  if (framed.sponsors.includes(id)) reasons.push({ kind: 'sponsor' })
  if (options.pins.includes(id)) reasons.push({ kind: 'pinned' })
  if (sole.length) reasons.push({ kind: 'sole_cover', capabilities: sole })
  if (shared.length) reasons.push({ kind: 'best_level', capabilities: shared })
  const second = secondCoverOf(told, answer, id).filter((capability) => !shared.includes(capability))
  const isWeighty = reasons.length > 0
  if (second.length) reasons.push({ kind: 'second_cover', capabilities: second })
  if (!isWeighty) {
    const conditions = conditionsBehind(told, answer, { id, lead, loss })
    if (conditions.length) reasons.push({ kind: 'condition', conditions })
  }
  const past = lead && lead !== id ? pastProjects(told, id, lead) : null
  return [...likelyReason(framed, id), ...reasons, ...(past ? [past] : [])]
}

function likelyReason({ likely }: Framed, id: string): MemberReason[] {
  const one = likely?.ones.get(id)
  return likely && one ? [{ kind: 'likely', place: one.place, of: likely.of, why: one.reasons }] : []
}

const isSharedBest = ({ by }: EngineCoverage, id: string) => by.length > 1 && by.includes(id)

/** Where it is a good second behind another member. */
function secondCoverOf({ framed }: Told, answer: TeamAnswer, id: string): string[] {
  const able = (member: string, capability: string) => levelOf(framed.rows.get(member), capability) >= SECOND_LEVEL
  return answer.coverage
    .map(({ requirement }) => requirement)
    .filter((capability) => able(id, capability))
    .filter((capability) => answer.chosen.some((member) => member.id !== id && able(member.id, capability)))
    .filter((capability) => !answer.chosen.find((member) => member.id === id)!.soleCoverOf.includes(capability))
}

/** Conditions that call for a member which covers nothing better than the others do. */
function conditionsBehind({ framed }: Told, answer: TeamAnswer, { id, loss }: Asked): Condition[] {
  const called = (loss?.calledForBy ?? []).map(conditionOf).filter((one) => one !== 'sponsors' && one !== 'pinned')
  if (called.length) return called
  const { kind } = framed.rows.get(id)!
  const ofKind = answer.chosen.filter((member) => framed.rows.get(member.id)!.kind === kind).length
  if ((framed.held.kinds[kind as Kind] ?? 0) >= ofKind) return ['kinds']
  const broken = rulesBrokenWithout(framed, answer, id)
  if (broken.length) return broken
  return answer.chosen.length === framed.held.minMembers ? ['minMembers'] : []
}

/** The rules that the team would break if this member just left. */
function rulesBrokenWithout({ problem }: Framed, { chosen }: TeamAnswer, id: string): Condition[] {
  const rest = chosen.flatMap((member, position) => (member.id === id ? [] : [position]))
  const broken = prepareRules(problem.conditions, chosen).filter((rule) => !keepsRule(rule, rest))
  return [...new Set(broken.map(({ key }) => conditionOf(key)))]
}

function pastProjects(told: Told, id: string, lead: string): MemberReason | null {
  const [a, b] = compareIds(id, lead) < 0 ? [id, lead] : [lead, id]
  const pair = told.cover.partners.find((partners) => partners.a === a && partners.b === b)
  if (!pair) return null
  return { kind: 'past_projects', with: lead, name: partyOf(told, lead).name, projects: pair.projects }
}

function describeLoss(told: Told, loss: EngineLoss): Member['loss'] {
  return {
    points: loss.loss,
    proven: loss.proven,
    lost: loss.lost.map(({ requirement, from, to }) => ({ capability: requirement, from, to })),
    joining: loss.joining.map((id) => ({ id, name: partyOf(told, id).name })),
    calledForBy: [...new Set(loss.calledForBy.map(conditionOf))],
  }
}
