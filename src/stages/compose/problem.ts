import {
  CANDIDATES_MAX,
  type Candidate,
  compareIds,
  type Level,
  type Problem,
  type TeamRule,
  type TrustPair,
  type Weights,
} from '#engines/cover/model.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { sha256 } from '#kit/ids.ts'
import type { Cover, CoverRow } from '../match/cover.ts'
import type { Kind } from '../registry/model.ts'
import type { ComposeOptions, SeatCost } from './model.ts'
import { conditionsOfPacks, hashedPacks, type PackConditions, type PacksAsked } from './pack-rules.ts'
import type { LikelyRated } from './partners-likely.ts'
import { type Held, holdConditions, isIn, isSme, NEWCOMERS_RULE, SMES_RULE, weightsFor } from './rules.ts'

/** The engine and its version, by which a kept proposal can be replayed. */
export const ENGINE = 'cover 2'
/** Two partners trust each other fully from so many past projects on. */
const PROJECTS_TRUSTED = 3
/** Each pair is a column of the solver's; so many cost it little. */
const TRUST_PAIRS_MAX = 10_000
/** Where likelihood counts, pairs do among so many: beyond them a seat is lost by more than a pair brings. */
const LIKELIEST_PAIRED_MAX = 30
/** How an organisation within the regions is labelled for the engine; the others keep their place, so that it can be named. */
const WITHIN = '∈'
/** Costs are weighed in thousandths of the budget. */
const BUDGET_UNITS = 1_000
const COST_UNITS_MAX = 1_000_000
const DIGITS_TOLD = 3
/** Beyond so many other consortia a load weighs no more. */
const LOAD_MAX = 20
/** A share in per cent of each member: a small company brings what is left to the whole, any other takes the share off. */
const WHOLE = 100

/** All that composing starts from, read in one go. */
export interface Inputs {
  cover: Cover
  /** Pinned organisations and those of a demanded kind that cover nothing of the need. */
  others: readonly CoverRow[]
  costs: ReadonlyMap<string, SeatCost>
  /** In how many other consortia an organisation sits. */
  loads: ReadonlyMap<string, number>
  packs: PacksAsked
  /** What past work says of the candidates, where it was asked; null where it has nothing to say. */
  likely?: LikelyRated
  /** What the packs ask of these candidates, where that was worked out before. */
  packConditions?: PackConditions
}

type Past = NonNullable<LikelyRated>

/** The question as the engine takes it, with what is needed to read its answer. */
export interface Framed {
  problem: Problem
  held: Held
  rows: ReadonlyMap<string, CoverRow>
  /** The candidates, and who else is named. */
  named: ReadonlyMap<string, CoverRow>
  costs: ReadonlyMap<string, SeatCost>
  sponsors: readonly string[]
  refused: readonly string[]
  /** Critical capabilities that nobody in the registry reaches: named as gaps instead of demanded. */
  outOfReach: readonly string[]
  packs: PacksAsked
  packConditions: PackConditions
  weights: Weights
  likely: LikelyRated
  inputsHash: string
}

/** Puts a need's cover and a person's options as the problem of choosing a team. Pure, and the same for the same inputs. */
export function frameProblem(
  { cover, others, costs, loads, packs, likely = null, packConditions: known }: Inputs,
  options: ComposeOptions,
): Framed {
  const { need } = cover
  const weights = weightsFor(options, { isPastKnown: likely !== null })
  const budget =
    need.budgetMinor !== null && need.currency !== null
      ? { minor: String(need.budgetMinor), currency: need.currency }
      : null
  const held = holdConditions({ conditions: need.conditions, budget, sponsors: need.sponsors }, options)
  const rows = new Map(shortlist(cover, others, options).map((row) => [row.id, row]))
  const named = new Map([...cover.near.map(({ organisation }) => [organisation.id, organisation] as const), ...rows])
  const sponsors = need.sponsors.filter((id) => rows.has(id))
  const refused = cover.refused.filter((id) => rows.has(id))
  const outOfReach = need.capabilities
    .filter(({ id, critical, levelWanted }) => critical && !isReached(rows, refused, id, levelWanted))
    .map(({ id }) => id)
  const packConditions = known ?? conditionsOfPacks(packs, [...rows.keys()], options.waived)
  const problem: Problem = {
    requirements: need.capabilities.map(({ id, weight, critical, levelWanted }) => ({
      id,
      weight,
      critical: critical && !outOfReach.includes(id),
      levelWanted: levelWanted as 1 | 2 | 3,
    })),
    candidates: [...rows.values()].map((row) => candidateOf(row, { need, held, costs, loads, likely })),
    conditions: {
      ...(held.minMembers === null ? {} : { membersMin: held.minMembers }),
      membersMax: held.maxMembers,
      ...(held.budget ? { budgetMax: unitsOf(held.budget.minor, held.budget.minor) } : {}),
      kinds: Object.entries(held.kinds).map(([kind, min]) => ({ kind, min })),
      ...(held.regions.length ? { regions: { allowed: [WITHIN] } } : {}),
      pinned: [...new Set([...(options.sponsorsIn ? sponsors : []), ...options.pins])],
      sponsors: options.sponsorsIn ? sponsors : [],
      banned: [...new Set([...options.bans.filter((id) => rows.has(id)), ...refused])],
      ...(options.companyLeads ? { leadKinds: ['company'] } : {}),
      criticalCovered: options.criticalRequired,
      criticalCovers: options.criticalCovers,
      conflicts: options.apart
        .map(([a, b]) => ({ a: a.toLowerCase(), b: b.toLowerCase() }))
        .filter(({ a, b }) => rows.has(a) && rows.has(b)),
      rules: [...rulesOf(rows, options), ...packConditions.rules],
      trust: likely ? trustAmong(cover, rows, likely) : trustOf(cover, rows),
    },
    weights,
  }
  const hashed = {
    engine: ENGINE,
    need: { id: need.id, revision: need.revision },
    cover: cover.inputsHash,
    options,
    problem,
    packs: hashedPacks(packs, [...rows.keys()]),
  }
  return {
    problem,
    held,
    rows,
    named,
    costs,
    sponsors,
    refused,
    outOfReach,
    packs,
    packConditions,
    weights,
    likely,
    inputsHash: sha256(canonicalJson(hashed)),
  }
}

/** The candidates among whom a team is sought, by id. */
export const candidatesOf = ({ cover, others }: Pick<Inputs, 'cover' | 'others'>, options: ComposeOptions): string[] =>
  shortlist(cover, others, options).map(({ id }) => id)

/** Everybody who covers something, the sponsors and those who were added; where they are too many, who covers most. */
function shortlist({ need, organisations }: Cover, others: readonly CoverRow[], { pins }: ComposeOptions): CoverRow[] {
  const rows = [...organisations, ...others]
  if (rows.length <= CANDIDATES_MAX) return rows
  const named = new Set([...need.sponsors, ...pins])
  const strength = new Map(rows.map((row) => [row.id, strengthOf(row, need.capabilities)]))
  return rows
    .sort(
      (a, b) =>
        Number(named.has(b.id)) - Number(named.has(a.id)) ||
        strength.get(b.id)! - strength.get(a.id)! ||
        compareIds(a.id, b.id),
    )
    .slice(0, CANDIDATES_MAX)
}

/** How much of a need an organisation covers: the sum of weight x level. */
export function strengthOf(row: CoverRow, capabilities: readonly { id: string; weight: number }[]): number {
  return capabilities.reduce((sum, { id, weight }) => sum + weight * levelOf(row, id), 0)
}

export const levelOf = (row: CoverRow | undefined, capability: string): Level => row?.cells[capability]?.level ?? 0

function isReached(
  rows: ReadonlyMap<string, CoverRow>,
  refused: readonly string[],
  capability: string,
  levelWanted: number,
): boolean {
  for (const row of rows.values()) if (levelOf(row, capability) >= levelWanted && !refused.includes(row.id)) return true
  return false
}

interface Given extends Pick<Inputs, 'costs' | 'loads'> {
  need: Cover['need']
  likely: LikelyRated
  held: Held
}

function candidateOf(row: CoverRow, { need, held, costs, loads, likely }: Given): Candidate {
  const levels = Object.entries(row.cells).flatMap(([id, { level }]) => (level > 0 ? [[id, level] as const] : []))
  const fits = held.regions.length === 0 || isIn(held.regions, row)
  const cost = held.budget && costs.get(row.id)
  return {
    id: row.id,
    levels: Object.fromEntries(levels),
    kind: row.kind as Kind,
    region: fits ? WITHIN : (row.region ?? row.city ?? row.country ?? ''),
    ...(held.budget && cost ? { cost: unitsOf(cost.amount.minor, held.budget.minor) } : {}),
    load: Math.min(loads.get(row.id) ?? 0, LOAD_MAX),
    confidence: confidenceOf(row, need.capabilities),
    ...(likely ? { likelihood: likely.sure.has(row.id) ? 1 : (likely.ones.get(row.id)?.likelihood ?? 0) } : {}),
  }
}

/** How sure a candidate's levels are: the fit of their best evidence by the capabilities' weights; a person's word is quite sure. */
function confidenceOf(row: CoverRow, capabilities: Cover['need']['capabilities']): number {
  const covered = capabilities.filter(({ id }) => levelOf(row, id) > 0)
  const weight = covered.reduce((sum, one) => sum + one.weight, 0)
  const fitOf = (id: string) => (row.cells[id]?.judged === 'confirm' ? 1 : (row.cells[id]?.fit ?? 0))
  const sure = covered.reduce((sum, one) => sum + one.weight * Math.min(Math.max(fitOf(one.id), 0), 1), 0)
  return weight ? Math.round((sure / weight) * 100) / 100 : 0
}

/** Seats for newcomers and for small and medium-sized companies, as the engine's rules. */
function rulesOf(rows: ReadonlyMap<string, CoverRow>, { newcomersMin, smeShareMin }: ComposeOptions): TeamRule[] {
  const amounts = (amountOf: (row: CoverRow) => number) =>
    Object.fromEntries([...rows.values()].map((row) => [row.id, amountOf(row)] as const).filter(([, one]) => one !== 0))
  const rules: TeamRule[] = []
  if (newcomersMin)
    rules.push({ id: NEWCOMERS_RULE, form: 'sum', min: newcomersMin, amounts: amounts((row) => Number(row.newcomer)) })
  if (smeShareMin)
    rules.push({
      ...{ id: SMES_RULE, form: 'sum', min: 0 },
      amounts: amounts((row) => (isSme(row) ? WHOLE - smeShareMin : -smeShareMin)),
    })
  return rules
}

/** An amount in thousandths of the budget; in minor units where the budget is nothing. */
function unitsOf(minor: string, budget: string): number {
  const units = budget === '0' ? Number(minor) : (Number(minor) / Number(budget)) * BUDGET_UNITS
  return Math.min(units, COST_UNITS_MAX)
}

/** A budget in the engine's units as an amount that is enough, rounded up to three digits: it rests on estimates. */
export function minorOf(units: number, budget: string): bigint {
  const minor = Math.ceil(budget === '0' ? units : (units / BUDGET_UNITS) * Number(budget))
  const step = 10n ** BigInt(Math.max(0, String(minor).length - DIGITS_TOLD))
  return ((BigInt(minor) + step - 1n) / step) * step
}

/** Past partners trust each other; where the pairs are too many, the sponsors' and those with most projects count. */
function trustOf({ partners, need }: Cover, rows: ReadonlyMap<string, CoverRow>): TrustPair[] {
  const ofSponsor = ({ a, b }: { a: string; b: string }) => Number(need.sponsors.some((id) => id === a || id === b))
  return pairsOf(
    partners
      .filter(({ a, b }) => rows.has(a) && rows.has(b))
      .sort(
        (one, other) =>
          ofSponsor(other) - ofSponsor(one) ||
          other.projects - one.projects ||
          compareIds(one.a, other.a) ||
          compareIds(one.b, other.b),
      ),
  )
}

/** Past work among the likeliest. That with those who are given already is in how likely they are. */
function trustAmong({ partners }: Cover, rows: ReadonlyMap<string, CoverRow>, likely: Past): TrustPair[] {
  const likeliest = [...rows.keys()]
    .filter((id) => likely.ones.has(id))
    .sort((a, b) => likely.ones.get(a)!.place - likely.ones.get(b)!.place)
  const those = new Set(likeliest.slice(0, LIKELIEST_PAIRED_MAX))
  return pairsOf(partners.filter(({ a, b }) => those.has(a) && those.has(b)))
}

const pairsOf = (partners: Cover['partners']): TrustPair[] =>
  partners
    .slice(0, TRUST_PAIRS_MAX)
    .map(({ a, b, projects }) => ({ a, b, weight: Math.min(projects / PROJECTS_TRUSTED, 1) }))
