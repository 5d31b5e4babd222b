import type { Loss } from '#engines/cover/explain.ts'
import { type Answer, compareIds, hasTeam, type Level, NEAREST_MAX, type TeamAnswer } from '#engines/cover/model.ts'
import { Fault } from '#kit/fault.ts'
import type { Cover } from '../match/cover.ts'
import { describeConflict } from './describe-conflict.ts'
import { describeMembers, type Names, partyOf, type Told } from './describe-members.ts'
import { describeLikelihood } from './likely.ts'
import type { ComposeOptions, Coverage, Gap, Proposal } from './model.ts'
import { statesOfPacks } from './pack-rules.ts'
import { ENGINE, type Framed, levelOf, strengthOf } from './problem.ts'
import { conditionOf, isIn } from './rules.ts'

/** How many candidates stand beside the members in the heat map. */
const CANDIDATES_SHOWN = 8

/** A proposal before it is kept: all of it that doesn't depend on who asks and when. */
export type Draft = Omit<Proposal, 'id' | 'at' | 'by' | 'stale' | 'consortiumId'>

export interface Solution {
  cover: Cover
  framed: Framed
  options: ComposeOptions
  answer: Answer
  losses: readonly Loss[]
  /** The best team by the balanced weights, where others ask who is likely to join. */
  beside?: Answer | null
  /** The conflict stands without the budget too, which rests on estimates, and so it is told without it. */
  besidesBudget?: boolean
}

/** The organisations that a solution's proposal names. */
export function mentioned({ cover, framed, options, answer, losses }: Solution): string[] {
  const members = hasTeam(answer) ? answer.chosen.map(({ id }) => id) : []
  const near = cover.near.map(({ organisation }) => organisation.id)
  const covering = hasTeam(answer) ? [] : cover.need.capabilities.flatMap(({ id }) => nearestTo(framed, id))
  const gaps = hasTeam(answer) ? answer.gaps.flatMap(({ nearest }) => nearest.map(({ id }) => id)) : []
  const joining = losses.flatMap((loss) => loss.joining)
  const next = nextBest({ cover, framed }, members)
  return [
    ...new Set([
      ...members,
      ...near,
      ...covering,
      ...gaps,
      ...joining,
      ...next,
      ...options.pins,
      ...options.bans,
      ...options.apart.flat(),
      ...framed.refused,
    ]),
  ]
}

/**
 * Puts the engine's answer into the need's own words.
 * @throws Fault `out_of_time` where no team was found in time, `cancelled` where the search was cancelled
 */
export function describeSolution(solution: Solution, names: Names): Draft {
  const { cover, framed, options, answer, losses } = solution
  if (answer.status === 'cancelled' || (answer.status === 'unknown' && answer.reason === 'cancelled'))
    throw new Fault('cancelled', 'The search was cancelled.', { rule: 'compose.cancelled' })
  if (answer.status === 'unknown')
    throw new Fault('out_of_time', 'No team was found in the time allowed.', {
      rule: 'compose.no_team_in_time',
      limit: options.seconds,
      tip: 'Allow more seconds, or fewer conditions.',
    })
  const told: Told = { cover, framed, options, names }
  const team = answer.status === 'infeasible' ? null : answer
  const members = team ? describeMembers(told, team, losses) : []
  return {
    needId: cover.need.id,
    needName: cover.need.title,
    needTitle: cover.need.titles,
    status: answer.status,
    rules: statesOfPacks(
      framed.packs,
      members.map(({ id }) => id),
      options.waived,
      members.find(({ role }) => role === 'lead')?.id ?? null,
    ),
    objective: team?.objective ?? null,
    bound: team?.bound ?? null,
    gap: team?.gap ?? null,
    seconds: answer.seconds,
    parts: team?.parts ?? [],
    options,
    conditions: describeConditions(told, options),
    capabilities: capabilitiesOf(cover),
    members,
    coverage: describeCoverage(told, team),
    gaps: team ? team.gaps.map((gap) => describeGap(told, gap)) : gapsWithoutTeam(told),
    conflict:
      answer.status === 'infeasible'
        ? describeConflict(told, answer.conflict, { options, besidesBudget: solution.besidesBudget ?? false })
        : null,
    heatMap: describeHeatMap(
      told,
      members.map(({ id }) => id),
    ),
    solved: describeSearch(told, team),
    likelihood: describeLikelihood(framed, options, { team, beside: solution.beside ?? null }),
    engine: ENGINE,
    seed: options.seed,
    inputsHash: framed.inputsHash,
    seenSeq: cover.seenSeq,
    needRevision: cover.need.revision,
  }
}

const capabilitiesOf = ({ need }: Cover) =>
  need.capabilities.map((capability) => ({ ...capability, levelWanted: capability.levelWanted as Level }))

function describeConditions(told: Told, options: ComposeOptions): Draft['conditions'] {
  const { held, refused, outOfReach } = told.framed
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: nameOf(told, id) }))
  return {
    ...held,
    criticalRequired: options.criticalRequired,
    criticalOutOfReach: [...outOfReach],
    sponsorsIn: options.sponsorsIn,
    companyLeads: options.companyLeads,
    criticalCovers: options.criticalCovers,
    newcomersMin: options.newcomersMin ?? null,
    smeShareMin: options.smeShareMin ?? null,
    apart: options.apart.map(([a, b]) => ({ a, b, names: [nameOf(told, a), nameOf(told, b)] })),
    weights: told.framed.weights,
    pins: named(options.pins),
    bans: named(options.bans.filter((id) => !refused.includes(id))),
    refused: named(refused),
  }
}

const nameOf = ({ names, framed }: Told, id: string) => names.get(id)?.name ?? framed.named.get(id)?.name ?? id

function describeCoverage(told: Told, team: TeamAnswer | null): Coverage[] {
  return capabilitiesOf(told.cover).map((capability) => ({
    ...capability,
    level: team?.coverage.find(({ requirement }) => requirement === capability.id)?.level ?? 0,
    by: (team?.chosen ?? [])
      .map(({ id }) => ({ id, name: nameOf(told, id), level: levelOf(told.framed.rows.get(id), capability.id) }))
      .filter(({ level }) => level > 0)
      .sort((a, b) => b.level - a.level || compareIds(a.id, b.id)),
  }))
}

function describeGap(told: Told, { requirement, level, nearest }: TeamAnswer['gaps'][number]): Gap {
  return {
    ...capabilitiesOf(told.cover).find(({ id }) => id === requirement)!,
    level,
    nearest: withNear(
      told,
      requirement,
      nearest.map((one) => ({
        ...partyOf(told, one.id),
        level: one.level,
        member: one.chosen,
        evidence: told.framed.rows.get(one.id)?.cells[requirement]?.best ?? null,
        why: shortfallOf(told, one),
      })),
    ),
  }
}

/** Where fewer cover any of it than are named, those that come near: something of theirs sounds like it. */
function withNear(told: Told, capability: string, nearest: Gap['nearest']): Gap['nearest'] {
  const near = told.cover.near
    .filter((one) => one.capability === capability && !nearest.some(({ id }) => id === one.organisation.id))
    .map(({ organisation, evidence }) => ({
      ...partyOf(told, organisation.id),
      level: 0 as Level,
      member: false,
      evidence,
      why: { kind: 'level' as const },
    }))
  return [...nearest, ...near].slice(0, NEAREST_MAX)
}

type Near = TeamAnswer['gaps'][number]['nearest'][number]

function shortfallOf({ framed }: Told, { id, why }: Near): Gap['nearest'][number]['why'] {
  if (framed.refused.includes(id) && why.kind === 'condition') return { kind: 'refused' }
  if (why.kind !== 'condition') return why
  return { kind: 'condition', conditions: why.conditions.map(conditionOf) }
}

/** Without a team a gap is what no candidate that may be chosen reaches, whatever the size of the team. */
function gapsWithoutTeam(told: Told): Gap[] {
  const { framed, cover } = told
  return capabilitiesOf(cover).flatMap((capability) => {
    const standings = nearestTo(framed, capability.id).map((id) => ({ id, why: whyNot(told, id, capability) }))
    const open = [...framed.rows.values()].some(
      (row) => levelOf(row, capability.id) >= capability.levelWanted && whyNot(told, row.id, capability) === null,
    )
    if (open) return []
    const nearest = standings.map(({ id, why }) => ({
      ...partyOf(told, id),
      level: levelOf(framed.rows.get(id), capability.id),
      member: false,
      evidence: framed.rows.get(id)?.cells[capability.id]?.best ?? null,
      why: why ?? ({ kind: 'level' } as const),
    }))
    return [{ ...capability, level: 0 as Level, nearest: withNear(told, capability.id, nearest) }]
  })
}

function whyNot(
  { framed, options }: Told,
  id: string,
  wanted: { id: string; levelWanted: Level },
): Gap['nearest'][number]['why'] | null {
  const row = framed.rows.get(id)!
  const { regions } = framed.held
  if (levelOf(row, wanted.id) < wanted.levelWanted) return { kind: 'level' }
  if (framed.refused.includes(id)) return { kind: 'refused' }
  if (options.bans.includes(id)) return { kind: 'condition', conditions: ['banned'] }
  if (regions.length && !isIn(regions, row)) return { kind: 'condition', conditions: ['regions'] }
  return null
}

function nearestTo(framed: Framed, capability: string): string[] {
  return [...framed.rows.values()]
    .filter((row) => levelOf(row, capability) > 0)
    .sort((a, b) => levelOf(b, capability) - levelOf(a, capability) || compareIds(a.id, b.id))
    .slice(0, NEAREST_MAX)
    .map(({ id }) => id)
}

/** Who is not a member and covers most. */
function nextBest({ cover, framed }: Pick<Told, 'cover' | 'framed'>, members: readonly string[]): string[] {
  const { capabilities } = cover.need
  return [...framed.rows.values()]
    .filter(({ id }) => !members.includes(id))
    .map((row) => ({ id: row.id, strength: strengthOf(row, capabilities) }))
    .filter(({ strength }) => strength > 0)
    .sort((a, b) => b.strength - a.strength || compareIds(a.id, b.id))
    .slice(0, CANDIDATES_SHOWN)
    .map(({ id }) => id)
}

function describeHeatMap(told: Told, members: readonly string[]): Draft['heatMap'] {
  const { framed, options, cover } = told
  const columns = [...members, ...nextBest(told, members)]
  return {
    columns: columns.map((id) => ({
      ...partyOf(told, id),
      member: members.includes(id),
      refused: framed.refused.includes(id),
      banned: options.bans.includes(id),
    })),
    rows: cover.need.capabilities.map(({ id: capability }) => ({
      capability,
      levels: columns.map((id) => levelOf(framed.rows.get(id), capability)),
      judged: columns.map((id) => framed.rows.get(id)?.cells[capability]?.judged ?? null),
    })),
  }
}

function describeSearch({ cover, framed }: Told, team: TeamAnswer | null): Draft['solved'] {
  const chosen = team?.chosen ?? []
  const covering = [...framed.rows.values()].filter((row) => Object.values(row.cells).some(({ level }) => level > 0))
  const costs = chosen.map(({ id }) => framed.costs.get(id))
  const currency = costs.find((cost) => cost)?.amount.currency
  const spent = costs.reduce((sum, cost) => sum + BigInt(cost?.amount.minor ?? 0), 0n)
  return {
    covered: cover.need.capabilities.length - (team ? team.gaps.length : cover.need.capabilities.length),
    of: cover.need.capabilities.length,
    provenBest: team?.status === 'optimal',
    stopped: team?.status === 'feasible',
    candidates: covering.length,
    weighed: team?.screened.to ?? framed.rows.size,
    cost: currency ? { minor: String(spent), currency } : null,
    costUnknown: costs.filter((cost) => !cost || cost.basis === 'unknown').length,
    withoutCompany: chosen.length > 0 && !chosen.some(({ id }) => framed.rows.get(id)!.kind === 'company'),
  }
}
