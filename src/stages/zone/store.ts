import { type Expression, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import { foldName } from '../imports/zone-index.ts'
import { likePattern } from '../registry/organisation-store.ts'
import type { Texts } from '../texts.ts'
import type { CapitalEvent, CapitalQuery, Industry, RecordQuery, ZoneRecord } from './model.ts'
import { COUNTED_STATES, type Measure, type SegmentCounts } from './rules.ts'

export async function listIndustries(tx: Tx, zoneId: string): Promise<Industry[]> {
  const rows = await tx.selectFrom('industry').selectAll().where('zone_id', '=', zoneId).orderBy('slug').execute()
  return rows.map(industryOf)
}

export async function findIndustry(tx: Tx, zoneId: string, slug: string): Promise<Industry | undefined> {
  const row = await tx
    .selectFrom('industry')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row && industryOf(row)
}

const industryOf = (row: {
  industry_id: string
  slug: string
  names: unknown
  statement: unknown
  segments: unknown
}): Industry => ({
  id: row.industry_id,
  slug: row.slug,
  names: row.names as Texts,
  statement: row.statement as Texts,
  segments: row.segments as Industry['segments'],
})

/** Counts what a measure counts, and what is only planned. */
export async function measure(
  tx: Tx,
  zoneId: string,
  industry: Industry,
  by: Measure,
): Promise<{ measured: number; planned: number }> {
  const segments = industry.segments.map((segment) => segment.key)
  const counted = [...COUNTED_STATES]
  const query =
    by.from === 'records'
      ? sql<Count>`select count(*) filter (where status = any(${counted}::text[]))::int as measured,
            count(*) filter (where status = 'planned')::int as planned
          from zone_record where zone_id = ${zoneId} and industry_id = ${industry.id} and kind = ${by.kind}`
      : by.from === 'people'
        ? sql<Count>`select count(*)::int as measured, 0 as planned from person
            where zone_id = ${zoneId} and segment = any(${segments}::text[])`
        : sql<Count>`select count(*)::int as measured, 0 as planned from zone_organisation
            where zone_id = ${zoneId} and merged_into is null and kind = 'company' and titles <> '{}'
              and segment = any(${segments}::text[])`
  const { rows } = await query.execute(tx)
  return rows[0]!
}

interface Count {
  measured: number
  planned: number
}

export async function listTargets(tx: Tx, zoneId: string, industryId: string) {
  return tx
    .selectFrom('ten_ones_target')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('industry_id', '=', industryId)
    .execute()
}

/** What stands on each chain under each segment. An event without a segment counts under its organisation's. */
export async function countChains(
  tx: Tx,
  zoneId: string,
  industry: Industry,
  currency: string,
): Promise<SegmentCounts[]> {
  const results = await sql<{ segment: string; trl: number; n: number }>`
    select segment, trl, count(*)::int as n from result
    where zone_id = ${zoneId} and segment is not null and trl is not null group by segment, trl`.execute(tx)
  const others = await sql<{
    segment: string
    organisations: number
    talent: number
    capital: number
    minor: bigint | null
  }>`
    select s.segment,
      (select count(*)::int from zone_organisation o where o.zone_id = ${zoneId} and o.merged_into is null and o.segment = s.segment) as organisations,
      (select count(*)::int from person p where p.zone_id = ${zoneId} and p.segment = s.segment) as talent,
      coalesce(c.n, 0)::int as capital, c.minor
    from unnest(${industry.segments.map((segment) => segment.key)}::text[]) as s (segment)
    left join (
      select coalesce(e.segment, o.segment) as segment, count(*) as n, (sum(e.amount_minor) filter (where e.currency = ${currency}))::bigint as minor
      from capital_event e
      join zone_organisation o on o.zone_id = e.zone_id and o.organisation_id = e.organisation_id
      where e.zone_id = ${zoneId} group by 1
    ) c on c.segment = s.segment`.execute(tx)
  return industry.segments.map(({ key }) => {
    const row = others.rows.find((other) => other.segment === key)
    const levels = Array.from(
      { length: 9 },
      (_, at) => results.rows.find((r) => r.segment === key && r.trl === at + 1)?.n ?? 0,
    )
    return {
      segment: key,
      results: levels,
      organisations: row?.organisations ?? 0,
      talent: row?.talent ?? 0,
      capital: row?.capital ?? 0,
      capitalMinor: row?.minor ?? null,
    }
  })
}

/** Results that stand in no cell, since their segment or TRL is not known. */
export async function countUnplaced(tx: Tx, zoneId: string, industry: Industry): Promise<number> {
  const segments = industry.segments.map((segment) => segment.key)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from result
    where zone_id = ${zoneId} and (trl is null or segment is null or segment <> all(${segments}::text[]))`.execute(tx)
  return rows[0]!.n
}

export async function listRecords(tx: Tx, zoneId: string, query: z.output<typeof RecordQuery>) {
  const filtered = tx
    .selectFrom('zone_record as r')
    .leftJoin('industry as i', (join) =>
      join.onRef('i.zone_id', '=', 'r.zone_id').onRef('i.industry_id', '=', 'r.industry_id'),
    )
    .leftJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'r.zone_id').onRef('o.organisation_id', '=', 'r.organisation_id'),
    )
    .where((eb) => {
      const all: Expression<SqlBool>[] = [eb('r.zone_id', '=', zoneId)]
      if (query.q) all.push(sql<SqlBool>`lower(r.names::text) like ${likePattern(query.q)}`)
      if (query.kind?.length) all.push(eb('r.kind', 'in', query.kind))
      if (query.status?.length) all.push(eb('r.status', 'in', query.status))
      if (query.segment?.length) all.push(eb('r.segment', 'in', query.segment))
      if (query.industry) all.push(eb('i.slug', '=', query.industry))
      return eb.and(all)
    })
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const sorts = { name: 'r.sort_key', kind: 'r.kind', status: 'r.status', dated: 'r.dated' } as const
  const rows = await filtered
    .selectAll('r')
    .select('o.display_name as organisation_name')
    .orderBy(sorts[query.sort], (by) => (query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast()))
    .orderBy('r.record_id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { total, rows: rows.map(recordOf) }
}

function recordOf(row: {
  record_id: string
  kind: string
  display_name: string
  names: unknown
  status: string
  industry_id: string | null
  organisation_id: string | null
  organisation_name: string | null
  segment: string | null
  dated: string | null
  note: string
  revision: number
}): z.infer<typeof ZoneRecord> {
  return {
    id: row.record_id,
    kind: row.kind as z.infer<typeof ZoneRecord>['kind'],
    name: row.display_name,
    names: row.names as Texts,
    status: row.status as z.infer<typeof ZoneRecord>['status'],
    industryId: row.industry_id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    segment: row.segment,
    dated: row.dated,
    note: row.note,
    revision: row.revision,
  }
}

export async function listCapital(tx: Tx, zoneId: string, query: z.output<typeof CapitalQuery>) {
  const filtered = tx
    .selectFrom('capital_event as e')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'e.zone_id').onRef('o.organisation_id', '=', 'e.organisation_id'),
    )
    .where((eb) => {
      const all: Expression<SqlBool>[] = [eb('e.zone_id', '=', zoneId)]
      if (query.q) all.push(eb('o.search_text', 'like', likePattern(query.q)))
      if (query.segment?.length) all.push(sql<SqlBool>`coalesce(e.segment, o.segment) = any(${query.segment}::text[])`)
      if (query.stage?.length) all.push(eb('e.stage', 'in', query.stage))
      return eb.and(all)
    })
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const sorts = { dated: 'e.dated', amount: 'e.amount_minor', organisation: 'o.sort_key' } as const
  const rows = await filtered
    .select(['e.event_id', 'e.organisation_id', 'e.stage', 'e.amount_minor', 'e.currency', 'e.dated', 'o.display_name'])
    .select(sql<string | null>`coalesce(e.segment, o.segment)`.as('segment'))
    .orderBy(sorts[query.sort], (by) => (query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast()))
    .orderBy('e.event_id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.event_id,
      organisationId: row.organisation_id,
      organisationName: row.display_name,
      stage: row.stage as z.infer<typeof CapitalEvent>['stage'],
      amountMinor: row.amount_minor === null ? null : String(row.amount_minor),
      currency: row.currency,
      dated: row.dated,
      segment: row.segment,
    })),
  }
}

/** Gives organisations whose segment is written by one of its names its key, and answers which. */
export async function adoptSegments(tx: Tx, zoneId: string, segments: Industry['segments'], at: Date) {
  const written = await tx
    .selectFrom('zone_organisation')
    .select('segment')
    .distinct()
    .where('zone_id', '=', zoneId)
    .where('segment', 'is not', null)
    .execute()
  const keys = new Map(
    segments.flatMap(({ key, names }) => Object.values(names).map(({ text }) => [foldName(text), key] as const)),
  )
  const adopted: { organisationId: string; from: string; to: string }[] = []
  for (const from of written.flatMap(({ segment }) => segment ?? [])) {
    const to = keys.get(foldName(from))
    if (!to || to === from) continue
    const rows = await tx
      .updateTable('zone_organisation')
      .set({ segment: to, revision: sql`revision + 1`, updated_at: at })
      .where('zone_id', '=', zoneId)
      .where('segment', '=', from)
      .returning('organisation_id')
      .execute()
    adopted.push(...rows.map((row) => ({ organisationId: row.organisation_id, from, to })))
  }
  return adopted
}
