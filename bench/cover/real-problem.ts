import {
  hasTeam,
  type Level,
  type Problem,
  type Requirement,
  type TrustPair,
  type Weights,
} from '#engines/cover/model.ts'
import { solveCover } from '#engines/cover/solve.ts'
import { likelihoodsOf } from '#engines/partners/likelihood.ts'
import { rankAt } from '#engines/partners/rank.ts'
import type { PartnerRecords } from '#engines/partners/types.ts'
import type { Asked, Coverage, Year } from './real-set.ts'

/** Teams for real consortia, given the lead and the size: the rank's candidates, put before the composer in several ways. */

export const CANDIDATES = 500
const SECONDS_MAX = 20
const REQUIREMENT_WEIGHT = 3
const PROJECTS_TRUSTED = 3
const TRUST_MEMBERS_MAX = 60
/** As many as the product's. */
const PAIRED_CANDIDATES_MAX = 30

export interface Way {
  /** Past projects that count: with the lead, or among the likeliest of the others. */
  trust: 'none' | 'lead' | 'others'
  weights: Partial<Weights>
  /** So many of the candidates. */
  among?: number
}

/** A question with its candidates, the likeliest first, and what is required. */
export interface Opened {
  question: Asked
  candidates: readonly string[]
  /** Beside the candidates. */
  likelihoods: Float64Array
  required: ReturnType<Coverage>
}

export function openQuestion({ desk, model, coverage }: Year, question: Asked): Opened {
  const ranked = rankAt(desk, question, model, { k: CANDIDATES }).ranked.filter(
    ({ organisation }) => !question.given.includes(organisation),
  )
  return {
    question,
    candidates: ranked.map(({ organisation }) => organisation),
    likelihoods: likelihoodsOf(ranked.map(({ score }) => score)),
    required: coverage(question),
  }
}

/** The team's members; the first by rank where nothing of what is required was ever seen, so that there is nothing to compose by. */
export async function composeIn(
  way: Way,
  records: PartnerRecords,
  opened: Opened,
): Promise<{ team: readonly string[]; proven: boolean }> {
  const { question, candidates, required } = opened
  const answer =
    required.length > 0 ? await solveCover(problemOf(way, records, opened), { secondsMax: SECONDS_MAX }) : null
  if (!answer || !hasTeam(answer)) return { team: candidates.slice(0, question.others.length), proven: false }
  return { team: answer.chosen.map(({ id }) => id), proven: answer.status === 'optimal' }
}

function problemOf(
  { trust, weights, among = CANDIDATES }: Way,
  records: PartnerRecords,
  { question: { given, others }, candidates, likelihoods, required }: Opened,
): Problem {
  const all = [...given, ...candidates.slice(0, among)]
  const size = 1 + others.length
  const levelsOf = (id: string): Record<string, Level> =>
    Object.fromEntries(required.flatMap((one) => (one.levels.has(id) ? [[one.id, one.levels.get(id)!]] : [])))
  return {
    requirements: required.map(({ id }): Requirement => ({ id, weight: REQUIREMENT_WEIGHT, critical: false })),
    candidates: all.map((id, at) => ({
      id,
      kind: 'any',
      region: 'any',
      levels: levelsOf(id),
      // The rank as confidence: 1 for the first, falling evenly to nought.
      confidence: 1 - at / all.length,
      likelihood: at < given.length ? 0 : likelihoods[at - given.length]!,
    })),
    conditions: {
      membersMin: size,
      membersMax: size,
      pinned: given,
      trust:
        trust === 'lead'
          ? trustWithin(records, given, candidates.slice(0, among))
          : trust === 'others'
            ? trustAmong(records, candidates.slice(0, Math.min(among, PAIRED_CANDIDATES_MAX)))
            : [],
    },
    weights,
  }
}

const weightOf = (count: number) => Math.min(count / PROJECTS_TRUSTED, 1)

/** Past projects with the lead: between two others they would make the choice a search for the densest clique. */
function trustWithin(
  { participations }: PartnerRecords,
  [lead]: readonly string[],
  candidates: readonly string[],
): TrustPair[] {
  const joined = new Set(
    participations.flatMap(({ project, organisation }) => (organisation === lead ? [project] : [])),
  )
  const shared = new Map<string, number>()
  const sizes = new Map<string, number>()
  for (const { project } of participations) if (joined.has(project)) sizes.set(project, (sizes.get(project) ?? 0) + 1)
  for (const { project, organisation } of participations)
    if (joined.has(project) && organisation !== lead && sizes.get(project)! <= TRUST_MEMBERS_MAX)
      shared.set(organisation, (shared.get(organisation) ?? 0) + 1)
  return candidates.flatMap((b) => (shared.has(b) ? [{ a: lead!, b, weight: weightOf(shared.get(b)!) }] : []))
}

/** Past projects between any two of them. */
function trustAmong({ participations }: PartnerRecords, those: readonly string[]): TrustPair[] {
  const isOf = new Set(those)
  const members = new Map<string, Set<string>>()
  const sizes = new Map<string, number>()
  for (const { project, organisation } of participations) {
    sizes.set(project, (sizes.get(project) ?? 0) + 1)
    if (isOf.has(organisation)) members.set(project, (members.get(project) ?? new Set()).add(organisation))
  }
  const counts = new Map<string, { a: string; b: string; count: number }>()
  for (const [project, met] of members) {
    if (sizes.get(project)! > TRUST_MEMBERS_MAX) continue
    const sorted = [...met].sort()
    sorted.forEach((a, at) => {
      for (const b of sorted.slice(at + 1)) {
        const pair = counts.get(`${a} ${b}`) ?? { a, b, count: 0 }
        counts.set(`${a} ${b}`, { ...pair, count: pair.count + 1 })
      }
    })
  }
  return [...counts.values()].map(({ a, b, count }) => ({ a, b, weight: weightOf(count) }))
}

/** Share of the requirements that a team meets at level 2. */
export function shareMet(required: ReturnType<Coverage>, team: readonly string[]): number {
  return required.filter(({ levels }) => team.some((one) => (levels.get(one) ?? 0) >= 2)).length / required.length
}

/** Share of the others that a team has. */
export function shareFound(others: readonly string[], team: readonly string[]): number {
  return others.filter((one) => team.includes(one)).length / others.length
}
