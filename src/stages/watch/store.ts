import { type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import { titlesOf } from './find.ts'
import { HITS_SHOWN_MAX, type Hit, RECORD_KINDS, type RecordKind, type WatchKind } from './model.ts'
import { recordOf } from './rules.ts'

/** A watch as it is kept. */
export interface StoredWatch {
  watch_id: string
  account_id: string
  kind: WatchKind
  name: string
  query: unknown
  search: string
  subject_id: string | null
  paused: boolean
  removed_at: Date | null
  created_at: Date
}

export async function findWatch(tx: Tx, zoneId: string, id: string, lock = false): Promise<StoredWatch | undefined> {
  const query = tx.selectFrom('watch').selectAll().where('zone_id', '=', zoneId).where('watch_id', '=', id)
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as StoredWatch | undefined
}

/** A member's watches that stand, the oldest first. */
export async function listWatches(tx: Tx, zoneId: string, accountId: string): Promise<StoredWatch[]> {
  const rows = await tx
    .selectFrom('watch')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('name')
    .orderBy('watch_id')
    .execute()
  return rows as StoredWatch[]
}

/** What a watch may go on to find is what it has not found: takes note of it, and answers what was indeed new. */
export async function noteHits(
  tx: Tx,
  zoneId: string,
  watchId: string,
  ids: readonly string[],
  foundAt: Date | null,
): Promise<string[]> {
  if (!ids.length) return []
  const { rows } = await sql<{ id: string }>`
    insert into watch_hit (zone_id, watch_id, record_id, found_at)
    select ${zoneId}::uuid, ${watchId}::uuid, id, ${foundAt}::timestamptz from unnest(${[...ids]}::uuid[]) as id
    on conflict do nothing returning record_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}

export interface FoundHit extends Hit {
  watchId: string
}

/** What these watches found, the latest first, as far as the caller may see it now. */
export async function listHits(
  tx: Tx,
  caller: Caller,
  watches: readonly Pick<StoredWatch, 'watch_id' | 'kind'>[],
  limit = HITS_SHOWN_MAX,
  only: { undigestedSince?: Date } = {},
): Promise<FoundHit[]> {
  if (!watches.length) return []
  const kinds = new Map(watches.map(({ watch_id, kind }) => [watch_id, recordOf(kind)]))
  let query = tx
    .selectFrom('watch_hit')
    .select(['watch_id', 'record_id', 'found_at'])
    .where('zone_id', '=', caller.zoneId)
    .where(sql<SqlBool>`watch_id = any(${[...kinds.keys()]}::uuid[])`)
    .where('found_at', 'is not', null)
  if (only.undigestedSince) query = query.where('digested_at', 'is', null).where('found_at', '>=', only.undigestedSince)
  const rows = await query
    .orderBy('found_at', 'desc')
    .orderBy('record_id', 'desc')
    .orderBy('watch_id')
    .limit(limit)
    .execute()
  return withTitles(
    tx,
    caller,
    rows.map((row) => ({
      watchId: row.watch_id,
      kind: kinds.get(row.watch_id)!,
      id: row.record_id,
      at: row.found_at!.toISOString(),
    })),
  )
}

/** For each of these watches the last few that it found, and how many in all. */
export async function listLastHits(tx: Tx, caller: Caller, watches: readonly StoredWatch[], most: number) {
  const ids = watches.map(({ watch_id }) => watch_id)
  const { rows } = await sql<{ watch_id: string; record_id: string; found_at: Date; place: number; found: number }>`
    select * from (
      select watch_id, record_id, found_at,
        row_number() over (partition by watch_id order by found_at desc, record_id desc)::int as place,
        count(*) over (partition by watch_id)::int as found
      from watch_hit
      where zone_id = ${caller.zoneId} and watch_id = any(${ids}::uuid[]) and found_at is not null) h
    where place <= ${most}
    order by watch_id, place`.execute(tx)
  const kinds = new Map(watches.map(({ watch_id, kind }) => [watch_id, recordOf(kind)]))
  const hits = await withTitles(
    tx,
    caller,
    rows.map((row) => ({
      watchId: row.watch_id,
      kind: kinds.get(row.watch_id)!,
      id: row.record_id,
      at: new Date(row.found_at).toISOString(),
    })),
  )
  return {
    last: Map.groupBy(hits, ({ watchId }) => watchId),
    found: new Map(rows.map((row) => [row.watch_id, row.found])),
  }
}

async function withTitles(
  tx: Tx,
  caller: Caller,
  rows: readonly { watchId: string; kind: RecordKind; id: string; at: string }[],
): Promise<FoundHit[]> {
  const titles = new Map<string, Awaited<ReturnType<typeof titlesOf>>>()
  for (const kind of RECORD_KINDS) {
    const ids = rows.filter((row) => row.kind === kind).map(({ id }) => id)
    titles.set(kind, await titlesOf(tx, caller, kind, ids))
  }
  return rows.flatMap((row) => {
    const titled = titles.get(row.kind)!.get(row.id)
    return titled ? [{ ...row, ...titled }] : []
  })
}

/** Members with something to look for, each as the caller that they are in the zone now. */
export async function listWatchers(tx: Tx, zoneId: string): Promise<Caller[]> {
  const rows = await tx
    .selectFrom('membership as m')
    .select(['m.account_id', 'm.role', 'm.organisation_id'])
    .where('m.zone_id', '=', zoneId)
    .where(
      sql<SqlBool>`exists (select from watch w where w.zone_id = m.zone_id and w.account_id = m.account_id
        and not w.paused and w.removed_at is null)`,
    )
    .orderBy('m.account_id')
    .execute()
  return rows.map((row) => callerOf(zoneId, row))
}

/** A member as the caller that they are in the zone now; nothing for who is none. */
export async function findMember(tx: Tx, zoneId: string, accountId: string) {
  const row = await tx
    .selectFrom('membership')
    .select(['account_id', 'role', 'organisation_id', 'email', 'name'])
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && { ...row, caller: callerOf(zoneId, row) }
}

const callerOf = (
  zoneId: string,
  row: { account_id: string; role: string; organisation_id: string | null },
): Caller => ({
  zoneId,
  accountId: row.account_id,
  role: row.role as Caller['role'],
  organisationId: row.organisation_id,
  signedIn: true,
})

/** One at a time for each member, whichever server looks. Until the transaction ends. */
export async function holdMember(tx: Tx, zoneId: string, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`watch ${zoneId} ${accountId}`}, 0))`.execute(tx)
}
