import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import type { Conditions, NeedFile } from '../needs/model.ts'
import { type Texts, textIn } from '../texts.ts'
import { askedNeed, needOfFile } from './asking.ts'
import type { Level, Quote } from './model.ts'
import { type Asked, askFor, asSeen, rankFor, unarranged } from './service.ts'
import { listPairs } from './store.ts'

/** A need with what every organisation covers of it: what composing starts from. */
export interface Cover {
  need: {
    id: string
    title: string
    titles: Texts
    conditions: Conditions
    budgetMinor: bigint | null
    currency: string | null
    sponsors: readonly string[]
    capabilities: { id: string; name: string; names: Texts; weight: number; critical: boolean; levelWanted: number }[]
    revision: number
    state: string
  }
  organisations: CoverRow[]
  /** Who has worked with a sponsor. */
  acquainted: ReadonlySet<string>
  /** Shared past projects among the organisations above that cover something. */
  partners: { a: string; b: string; projects: number }[]
  /** For each capability, who comes nearest of those that cover nothing of it. */
  near: { capability: string; organisation: CoverRow; evidence: Quote }[]
  refused: readonly string[]
  seenSeq: string
  inputsHash: string
}

export interface CoverRow {
  id: string
  name: string
  kind: string
  size: string | null
  country: string | null
  region: string | null
  city: string | null
  /** No sponsor itself, and has never worked with one. */
  newcomer: boolean
  /** `fit` is how well the best evidence matches, from 0 to 1. */
  cells: Record<string, { level: Level; judged: 'confirm' | 'deny' | null; fit: number; best: Quote | null }>
}

/** Whether an organisation is a newcomer to a need, whether it covers anything of it or not. */
export const isNewTo = (
  sponsors: readonly string[],
  acquainted: ReadonlySet<string>,
  organisationId: string,
): boolean => !sponsors.includes(organisationId) && !acquainted.has(organisationId)

/** Throws `not_found` or `forbidden` for those who may not match the need. */
export async function coverFor(world: World, caller: Caller, needId: string): Promise<Cover> {
  return coverOf(world, caller, await askFor(world, caller, (tx) => askedNeed(tx, caller, needId)))
}

/** The same for a need that is only in a file. */
export async function coverForFile(world: World, caller: Caller, file: z.output<typeof NeedFile>): Promise<Cover> {
  return coverOf(world, caller, await askFor(world, caller, async () => needOfFile(file)))
}

/** Pairs are counted among so many at most: those that cover most. */
const PAIRED_ORGANISATIONS_MAX = 2_000

async function coverOf(world: World, caller: Caller, asked: Asked): Promise<Cover> {
  const { content, id, name, sponsors, revision, state } = asked.need
  const ranking = await rankFor(world, caller, asked)
  const { supports, near } = ranking
  const { version } = asSeen(asked, ranking)
  const covering = supports
    .filter(({ cells }) => cells.some(({ level }) => level > 0))
    .map(({ organisationId }) => organisationId)
  const wanted = [...new Set([...covering, ...sponsors])]
  const { organisations, partners, nearby } = await readAs(world.database, caller, async (tx) => ({
    organisations: await listRows(tx, caller.zoneId, wanted),
    nearby: await listRows(tx, caller.zoneId, [...new Set(near.map(({ organisationId }) => organisationId))]),
    partners: await listPairs(tx, caller.zoneId, wanted.slice(0, PAIRED_ORGANISATIONS_MAX)),
  }))
  const acquainted = new Set(asked.question.partners.map(({ organisationId }) => organisationId))
  const isNew = (organisationId: string) => isNewTo(sponsors, acquainted, organisationId)
  const cellsOf = new Map(supports.map((support) => [support.organisationId, support.cells]))
  return {
    need: {
      id,
      title: name,
      titles: content.title,
      conditions: content.conditions,
      budgetMinor: content.budget ? BigInt(content.budget.minor) : null,
      currency: content.budget?.currency ?? null,
      sponsors,
      capabilities: content.capabilities.map((capability) => ({
        id: capability.id,
        name: textIn(capability.name, 'zh'),
        names: capability.name,
        weight: capability.weight,
        critical: capability.critical,
        levelWanted: capability.levelWanted,
      })),
      revision,
      state,
    },
    organisations: organisations.map((row) => ({
      ...row,
      cells: Object.fromEntries(
        (cellsOf.get(row.id) ?? []).map(({ capabilityId, level, judged, fit, evidence }) => [
          capabilityId,
          { level, judged, fit, best: evidence[0] ?? null },
        ]),
      ),
      newcomer: isNew(row.id),
    })),
    acquainted,
    partners,
    near: near.flatMap(({ capabilityId, organisationId, evidence }) => {
      const row = nearby.find(({ id: nearId }) => nearId === organisationId)
      return row
        ? [{ capability: capabilityId, organisation: { ...row, newcomer: isNew(row.id), cells: {} }, evidence }]
        : []
    }),
    refused: asked.question.refused,
    seenSeq: version,
    inputsHash: unarranged(asked, ranking),
  }
}

async function listRows(tx: Tx, zoneId: string, ids: readonly string[]) {
  if (!ids.length) return []
  return tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name', 'kind', 'size', 'country', 'region', 'city'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(ids))))
    .orderBy('organisation_id')
    .execute()
}
