import { sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import type { NamedRecord, SuspectedPair } from '#engines/duplicates/find.ts'
import type { Texts } from '../texts.ts'
import type { DuplicatePair, DuplicateQuery, DuplicateSide, Reason } from './duplicate-model.ts'
import { fullerOf } from './duplicate-rules.ts'
import { likePattern } from './list-store.ts'
import type { Identifiers } from './rules.ts'

/** Names and places of all organisations that stand in the zone under a name, as the search for duplicates takes them. */
export async function listNamed(tx: Tx, zoneId: string): Promise<NamedRecord[]> {
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id', 'names', 'short_name', 'country', 'region', 'city', 'url', 'identifiers'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .where('nameless', '=', false)
    .orderBy('organisation_id')
    .execute()
  return rows.map((row) => {
    const { uscc, lei } = row.identifiers as Identifiers
    return {
      id: row.organisation_id,
      names: Object.values(row.names as Texts).map((name) => name.text),
      shortName: row.short_name,
      country: row.country,
      region: row.region,
      city: row.city,
      url: row.url,
      // Each legal person has one of these; a participant code or a tax number may be several.
      apart: { ...(uscc ? { uscc } : {}), ...(lei ? { lei } : {}) },
    }
  })
}

/**
 * Keeps what was found: new pairs, and new reasons of those that are suspected already; forgets suspicions that no longer
 * hold, of all organisations or of those in `among`. What a person has decided stays decided. Returns the new pairs' number.
 */
export async function keepPairs(
  tx: Tx,
  zoneId: string,
  pairs: readonly SuspectedPair[],
  among: readonly string[] | null,
): Promise<number> {
  const found = sql`jsonb_to_recordset(${json(pairs)}) as f (first uuid, second uuid, score real, reasons jsonb)`
  const touched = among ? sql`and (d.first_id = any(${among}::uuid[]) or d.second_id = any(${among}::uuid[]))` : sql``
  await sql`
    delete from duplicate_pair d where d.zone_id = ${zoneId} and d.state = 'suspected' ${touched}
      and not exists (select from ${found} where f.first = d.first_id and f.second = d.second_id)`.execute(tx)
  const { rows } = await sql<{ added: boolean }>`
    insert into duplicate_pair as d (zone_id, first_id, second_id, reason, score)
    select ${zoneId}, f.first, f.second, f.reasons, f.score
    from ${found}
    join zone_organisation a on a.zone_id = ${zoneId} and a.organisation_id = f.first and a.merged_into is null
    join zone_organisation b on b.zone_id = ${zoneId} and b.organisation_id = f.second and b.merged_into is null
    on conflict (zone_id, first_id, second_id) do update set reason = excluded.reason, score = excluded.score
      where d.state = 'suspected'
    returning xmax = 0 as added`.execute(tx)
  return rows.filter((row) => row.added).length
}

const side = (table: 'a' | 'b') => sql<DuplicateSide>`jsonb_build_object(
  'id', ${sql.ref(`${table}.organisation_id`)}, 'name', ${sql.ref(`${table}.display_name`)},
  'names', ${sql.ref(`${table}.names`)}, 'kind', ${sql.ref(`${table}.kind`)}, 'country', ${sql.ref(`${table}.country`)},
  'region', ${sql.ref(`${table}.region`)}, 'city', ${sql.ref(`${table}.city`)}, 'url', ${sql.ref(`${table}.url`)},
  'identifiers', ${sql.ref(`${table}.identifiers`)}, 'revision', ${sql.ref(`${table}.revision`)},
  'results', (select count(*) from result_owner w where w.zone_id = ${sql.ref(`${table}.zone_id`)} and w.organisation_id = ${sql.ref(`${table}.organisation_id`)}),
  'projects', (select count(*) from participation p where p.zone_id = ${sql.ref(`${table}.zone_id`)} and p.organisation_id = ${sql.ref(`${table}.organisation_id`)}),
  'facts', ${factCount(table)})`

function factCount(table: 'a' | 'b') {
  const single = [
    'short_name',
    'size',
    'staff',
    'founded',
    'country',
    'region',
    'city',
    'address',
    'url',
    'segment',
    'revenue_minor',
  ]
  const filled = sql.join(single.map((column) => sql.ref(`${table}.${column}`)))
  const lists = sql`(${sql.ref(`${table}.fields`)} <> '{}')::int + (${sql.ref(`${table}.titles`)} <> '{}')::int`
  const maps = ['names', 'identifiers', 'products', 'summary', 'contact'].map(
    (column) => sql`(select count(*) from jsonb_object_keys(${sql.ref(`${table}.${column}`)}))`,
  )
  return sql`num_nonnulls(${filled}) + ${lists} + ${sql.join(maps, sql` + `)}`
}

const pairsOf = (tx: Tx) =>
  tx
    .selectFrom('duplicate_pair as d')
    .innerJoin('zone_organisation as a', (join) =>
      join.onRef('a.zone_id', '=', 'd.zone_id').onRef('a.organisation_id', '=', 'd.first_id'),
    )
    .innerJoin('zone_organisation as b', (join) =>
      join.onRef('b.zone_id', '=', 'd.zone_id').onRef('b.organisation_id', '=', 'd.second_id'),
    )

export async function listPairs(
  tx: Tx,
  zoneId: string,
  query: DuplicateQuery,
): Promise<{ rows: DuplicatePair[]; total: number }> {
  let filtered = pairsOf(tx)
    .where('d.zone_id', '=', zoneId)
    .where('d.state', 'in', query.state?.length ? query.state : ['suspected'])
  if (query.organisation)
    filtered = filtered.where((eb) =>
      eb.or([eb('d.first_id', '=', query.organisation!), eb('d.second_id', '=', query.organisation!)]),
    )
  if (query.q)
    filtered = filtered.where((eb) =>
      eb.or([eb('a.search_text', 'like', likePattern(query.q)), eb('b.search_text', 'like', likePattern(query.q))]),
    )
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await filtered
    .select(['d.reason', 'd.score', 'd.state', 'd.decided_at', side('a').as('first'), side('b').as('second')])
    .orderBy('d.score', query.order)
    .orderBy('d.first_id')
    .orderBy('d.second_id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      first: row.first,
      second: row.second,
      fuller: fullerOf(row.first, row.second).id,
      reasons: row.reason as Reason[],
      score: Math.round(row.score * 1000) / 1000,
      state: row.state as DuplicatePair['state'],
      decidedAt: row.decided_at?.toISOString() ?? null,
    })),
  }
}

/** Writes what a person decided of two organisations, whether they were suspected or not. */
export async function putDecision(
  tx: Tx,
  zoneId: string,
  [first, second]: readonly [string, string],
  { state, accountId, at }: { state: 'merged' | 'distinct'; accountId: string | null; at: Date },
): Promise<void> {
  const decided = { state, account_id: accountId, decided_at: at }
  await tx
    .insertInto('duplicate_pair')
    .values({
      zone_id: zoneId,
      first_id: first,
      second_id: second,
      reason: json([{ kind: 'person' }]),
      score: 1,
      found_at: at,
      ...decided,
    })
    .onConflict((conflict) => conflict.columns(['zone_id', 'first_id', 'second_id']).doUpdateSet(decided))
    .execute()
}
