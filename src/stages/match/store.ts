import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import type { Caller, Role } from '../caller.ts'
import type { Texts } from '../texts.ts'
import type { RefusedElsewhere } from './alike.ts'
import type { Level, Response } from './model.ts'

const RESPONSES_SHOWN_MAX = 500

/** Judgements on capabilities of these keys. Two names of a capability may each have been judged: the later word counts. */
export async function listJudgements(tx: Tx, zoneId: string, keys: readonly string[], organisationId?: string) {
  if (!keys.length) return []
  let query = tx
    .selectFrom('coverage_judgement as j')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'j.zone_id').onRef('m.account_id', '=', 'j.account_id'),
    )
    .select(['j.capability_key', 'j.organisation_id', 'j.verdict', 'j.level', 'j.note', 'j.at', 'm.name'])
    .where('j.zone_id', '=', zoneId)
    .where('j.capability_key', 'in', keys)
  if (organisationId) query = query.where('j.organisation_id', '=', organisationId)
  const rows = await query.orderBy('j.at').orderBy('j.organisation_id').execute()
  return rows.map((row) => ({ ...row, verdict: row.verdict as 'confirm' | 'deny', level: row.level as Level }))
}

/** Shared projects among a few organisations, each pair once. */
export async function listPairs(tx: Tx, zoneId: string, organisations: readonly string[]) {
  if (organisations.length < 2) return []
  const { rows } = await sql<{ a: string; b: string; projects: number }>`
    select one.organisation_id as a, two.organisation_id as b, count(*)::int as projects
    from participation one
    join participation two on two.zone_id = one.zone_id and two.project_id = one.project_id
      and two.organisation_id > one.organisation_id
    where one.zone_id = ${zoneId} and one.organisation_id = any(${organisations}::uuid[])
      and two.organisation_id = any(${organisations}::uuid[])
    group by 1, 2
    order by 1, 2`.execute(tx)
  return rows
}

interface Only {
  needId?: string
  organisationId?: string
}

/** Responses as far as the database shows them to the caller: the parties to the match and the zone's staff. */
export async function listResponses(
  tx: Tx,
  zoneId: string,
  { needId, organisationId }: Only,
): Promise<z.infer<typeof Response>[]> {
  let query = tx
    .selectFrom('response as r')
    .innerJoin('need as n', (join) => join.onRef('n.zone_id', '=', 'r.zone_id').onRef('n.need_id', '=', 'r.need_id'))
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'r.zone_id').onRef('o.organisation_id', '=', 'r.organisation_id'),
    )
    .select([
      'r.response_id',
      'r.need_id',
      'r.organisation_id',
      'r.result_id',
      'r.side',
      'r.answer',
      'r.code',
      'r.note',
      'r.at',
    ])
    .select(['n.display_title', 'n.title', 'o.display_name', 'o.names'])
    .where('r.zone_id', '=', zoneId)
  if (needId) query = query.where('r.need_id', '=', needId)
  if (organisationId)
    query = query.where((eb) =>
      eb.or([eb('r.organisation_id', '=', organisationId), sql<boolean>`${organisationId}::uuid = any(n.sponsor_ids)`]),
    )
  const rows = await query.orderBy('r.at', 'desc').orderBy('r.response_id').limit(RESPONSES_SHOWN_MAX).execute()
  return rows.map((row) => ({
    id: row.response_id,
    needId: row.need_id,
    needTitle: row.display_title,
    needTitles: row.title as Texts,
    organisationId: row.organisation_id,
    organisationName: row.display_name,
    organisationNames: row.names as Texts,
    resultId: row.result_id,
    side: row.side as 'need' | 'offer',
    answer: row.answer as 'interest' | 'refusal' | 'later',
    code: row.code as z.infer<typeof Response>['code'],
    note: row.note,
    at: row.at.toISOString(),
  }))
}

/** Those who speak for any of these organisations. */
export async function listSpeakers(tx: Tx, zoneId: string, organisations: readonly string[]) {
  if (!organisations.length) return []
  const rows = await tx
    .selectFrom('membership')
    .select(['account_id', 'role', 'organisation_id'])
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', organisations)
    .orderBy('account_id')
    .execute()
  return rows.map((row): Caller & { accountId: string } => ({
    zoneId,
    accountId: row.account_id,
    role: row.role as Role,
    organisationId: row.organisation_id,
    signedIn: true,
  }))
}

const REFUSALS_READ_MAX = 2_000

/** The latest refusals by the side of any need of the zone. Read as the server: `gatherRefusals` lets only sums reach a board. */
export async function listRefusals(tx: Tx, zoneId: string): Promise<RefusedElsewhere[]> {
  const refused = await tx
    .selectFrom('response as r')
    .innerJoin('need as n', (join) => join.onRef('n.zone_id', '=', 'r.zone_id').onRef('n.need_id', '=', 'r.need_id'))
    .select(['r.need_id', 'r.organisation_id', 'r.result_id', 'r.code', 'n.sponsor_ids'])
    .where('r.zone_id', '=', zoneId)
    .where('r.side', '=', 'need')
    .where('r.answer', '=', 'refusal')
    .orderBy('r.at', 'desc')
    .orderBy('r.response_id')
    .limit(REFUSALS_READ_MAX)
    .execute()
  const needs = [...new Set(refused.map((row) => row.need_id))]
  if (!needs.length) return []
  const capabilities = await tx
    .selectFrom('need_capability')
    .select(['need_id', 'name'])
    .where('zone_id', '=', zoneId)
    .where('need_id', 'in', needs)
    .execute()
  const byNeed = Map.groupBy(capabilities, (row) => row.need_id)
  return refused.map((row) => ({
    needId: row.need_id,
    sponsors: row.sponsor_ids,
    organisationId: row.organisation_id,
    resultId: row.result_id,
    code: row.code as RefusedElsewhere['code'],
    capabilities: (byNeed.get(row.need_id) ?? []).map(({ name }) => name as Texts),
  }))
}
