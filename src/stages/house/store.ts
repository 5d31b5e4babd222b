import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import type { Texts } from '../texts.ts'
import type { RecordChange, Work, Zone } from './model.ts'

const WORK_SHOWN_MAX = 50
const LETTERS_SHOWN_MAX = 200
const CHANGES_SHOWN_MAX = 200

export async function findZone(tx: Tx, zoneId: string): Promise<Zone | undefined> {
  const row = await tx.selectFrom('zone').selectAll().where('id', '=', zoneId).executeTakeFirst()
  return row && zoneOf(row)
}

type ZoneRow = Awaited<ReturnType<typeof zoneRow>>
const zoneRow = (tx: Tx) => tx.selectFrom('zone').selectAll().executeTakeFirstOrThrow()

export function zoneOf(row: ZoneRow): Zone {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name as Texts,
    statement: row.statement as Texts,
    city: row.city,
    country: row.country,
    timeZone: row.time_zone,
    currency: row.currency,
    demo: row.demo,
    invented: row.invented,
  }
}

export async function listMembershipsOf(tx: Tx, accountId: string) {
  return tx
    .selectFrom('membership')
    .innerJoin('zone', 'zone.id', 'membership.zone_id')
    .selectAll('zone')
    .select(['membership.role', 'membership.organisation_id'])
    .where('membership.account_id', '=', accountId)
    .orderBy('zone.created_at', 'desc')
    .execute()
}

export async function listMembers(tx: Tx, zoneId: string) {
  return tx
    .selectFrom('membership as m')
    .leftJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'm.zone_id').onRef('o.organisation_id', '=', 'm.organisation_id'),
    )
    .select(['m.account_id', 'm.name', 'm.email', 'm.role', 'm.organisation_id', 'm.created_at', 'o.display_name'])
    .where('m.zone_id', '=', zoneId)
    .orderBy('m.created_at')
    .orderBy('m.account_id')
    .execute()
}

export async function findWork(tx: Tx, zoneId: string, workId: string) {
  return tx.selectFrom('work').selectAll().where('zone_id', '=', zoneId).where('id', '=', workId).executeTakeFirst()
}

export async function listWork(tx: Tx, zoneId: string, accountId: string | null) {
  return tx
    .selectFrom('work')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where((eb) => (accountId === null ? eb('account_id', 'is', null) : eb('account_id', '=', accountId)))
    .orderBy('created_at', 'desc')
    .limit(WORK_SHOWN_MAX)
    .execute()
}

export function workOf(row: NonNullable<Awaited<ReturnType<typeof findWork>>>): Work {
  return {
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    state: row.state as Work['state'],
    doing: row.doing,
    done: Number(row.done),
    total: row.total === null ? null : Number(row.total),
    output: row.output ?? null,
    fault: row.fault ?? null,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

export async function listLetters(tx: Tx, zoneId: string, only: { accountId?: string }) {
  let query = tx.selectFrom('outbox').selectAll().where('zone_id', '=', zoneId)
  query = only.accountId
    ? query.where('kind', '=', 'notice').where('to_account', '=', only.accountId)
    : query.where('kind', '=', 'mail')
  return query.orderBy('created_at', 'desc').orderBy('id').limit(LETTERS_SHOWN_MAX).execute()
}

export function letterOf(row: Awaited<ReturnType<typeof listLetters>>[number]) {
  return {
    id: row.id,
    kind: row.kind as 'mail' | 'notice',
    to: row.to_address,
    subject: row.subject,
    body: row.body,
    link: row.link,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
  }
}

export async function listJournal(
  tx: Tx,
  zoneId: string,
  { page, size, order, q }: { page: number; size: number; order: 'asc' | 'desc'; q: string },
) {
  let query = tx.selectFrom('journal as j').where('j.zone_id', '=', zoneId)
  if (q) query = query.where('j.command', 'like', `%${q.replaceAll(/[%_\\]/g, '\\$&')}%`)
  const { total } = await query.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'j.zone_id').onRef('m.account_id', '=', 'j.actor'),
    )
    .select(['j.seq', 'j.at', 'j.actor', 'j.command', 'j.subjects', 'j.hash', 'm.name'])
    .orderBy('j.seq', order)
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { rows, total }
}

export async function listHistory(
  tx: Tx,
  zoneId: string,
  kind: string,
  id: string,
): Promise<z.infer<typeof RecordChange>[]> {
  const rows = await tx
    .selectFrom('record_change as c')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'c.zone_id').onRef('m.account_id', '=', 'c.account_id'),
    )
    .select(['c.seq', 'c.at', 'c.import_id', 'c.action', 'c.changes', 'm.name'])
    .where('c.zone_id', '=', zoneId)
    .where('c.subject_kind', '=', kind)
    .where('c.subject_id', '=', id)
    .orderBy('c.seq', 'desc')
    .orderBy('c.part')
    .limit(CHANGES_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    seq: String(row.seq),
    at: row.at.toISOString(),
    who: row.name,
    importId: row.import_id,
    action: row.action,
    changes: row.changes as Record<string, { from: unknown; to: unknown }>,
  }))
}

/** Whether an organisation stands behind a record: it is the record, owns the result, or sponsors the need. */
export async function standsBehind(
  tx: Tx,
  zoneId: string,
  kind: string,
  id: string,
  organisationId: string,
): Promise<boolean> {
  if (kind === 'organisation') return id === organisationId
  const table = kind === 'result' ? 'result_owner' : kind === 'need' ? 'need_sponsor' : undefined
  if (!table) return false
  const column = kind === 'result' ? 'result_id' : 'need_id'
  const { rows } =
    await sql`select 1 from ${sql.table(table)} where zone_id = ${zoneId} and ${sql.ref(column)} = ${id} and organisation_id = ${organisationId}`.execute(
      tx,
    )
  return rows.length > 0
}

const TERMS_MAX = 5_000

/** The zone's own words, and the organisations that it knows by a Chinese and an English name. */
export async function listTerms(tx: Tx, zoneId: string): Promise<{ text: string; names: Record<string, string> }[]> {
  const { rows: named } = await sql<{ text: string; zh: string; en: string }>`
    select display_name as text, names->'zh'->>'text' as zh, names->'en'->>'text' as en from zone_organisation
    where zone_id = ${zoneId} and merged_into is null and names ? 'zh' and names ? 'en'
    order by sort_key limit ${TERMS_MAX}`.execute(tx)
  const rows = await tx
    .selectFrom('term')
    .select(['text', 'names'])
    .where('zone_id', '=', zoneId)
    .orderBy('text')
    .limit(TERMS_MAX)
    .execute()
  return [
    ...rows.map((row) => ({ text: row.text, names: row.names as Record<string, string> })),
    ...named.map(({ text, zh, en }) => ({ text, names: { zh, en } })),
  ]
}

/** Returns how many were unread. */
export async function markNoticesRead(tx: Tx, zoneId: string, accountId: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ state: 'read' })
    .where('zone_id', '=', zoneId)
    .where('kind', '=', 'notice')
    .where('to_account', '=', accountId)
    .where('state', '<>', 'read')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function listViews(tx: Tx, zoneId: string, accountId: string) {
  return tx
    .selectFrom('saved_view')
    .select(['id', 'page', 'name', 'search'])
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute()
}
