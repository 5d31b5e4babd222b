import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { type Pack, readPack } from '#engines/rules/pack.ts'
import { present } from '#kit/assert.ts'

/** Those in use are listed before those withdrawn; the rules' own limit on packs keeps the first below it. */
const LISTED_MAX = 500
/** A pack is never changed once it is there, so what was read of it stays as it is. */
const READ_KEPT_MAX = 1_000
const TEAMS_MAX = 500

const read = new Map<string, Pack>()

interface PackKey {
  local_pack_id: string
  hash: string
}
const keyOf = ({ local_pack_id: id, hash }: PackKey) => `${id} ${hash}`

export interface LocalPackRow {
  id: string
  by: string | null
  at: Date
  withdrawnAt: Date | null
  pack: Pack
}

/** A zone's own packs, the newest first, those withdrawn after those in use. */
export async function listLocalPacks(tx: Tx, zoneId: string): Promise<LocalPackRow[]> {
  const rows = await tx
    .selectFrom('local_pack as p')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'p.zone_id').onRef('m.account_id', '=', 'p.account_id'),
    )
    .select(['p.local_pack_id', 'p.hash', 'p.at', 'p.withdrawn_at', 'm.name'])
    .where('p.zone_id', '=', zoneId)
    .orderBy(sql`p.withdrawn_at is not null`)
    .orderBy('p.at', 'desc')
    .orderBy('p.local_pack_id')
    .limit(LISTED_MAX)
    .execute()
  const packs = await readPacksOf(tx, zoneId, rows)
  return rows.map((row, at) => ({
    ...{ id: row.local_pack_id, by: row.name, at: row.at, withdrawnAt: row.withdrawn_at },
    pack: packs[at]!,
  }))
}

/** Those that are in use, whatever was withdrawn before and after them. */
export async function localPacksInForce(tx: Tx, zoneId: string): Promise<Pack[]> {
  const rows = await tx
    .selectFrom('local_pack')
    .select(['local_pack_id', 'hash'])
    .where('zone_id', '=', zoneId)
    .where('withdrawn_at', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('local_pack_id')
    .limit(LISTED_MAX)
    .execute()
  return readPacksOf(tx, zoneId, rows)
}

/** The packs of rows that the caller was shown; only what was not read before is fetched and read. */
async function readPacksOf(tx: Tx, zoneId: string, rows: readonly PackKey[]): Promise<Pack[]> {
  const unread = rows.filter((row) => !read.has(keyOf(row))).map((row) => row.local_pack_id)
  const fetched = unread.length
    ? await tx
        .selectFrom('local_pack')
        .select(['local_pack_id', 'hash', 'form'])
        .where('zone_id', '=', zoneId)
        .where('local_pack_id', 'in', unread)
        .execute()
    : []
  const now = new Map(fetched.map((row) => [keyOf(row), readPack(row.form)]))
  const packs = rows.map((row) => read.get(keyOf(row)) ?? present(now.get(keyOf(row)), 'a pack that was listed'))
  for (const [key, pack] of now) read.set(key, pack)
  for (const key of read.keys()) if (read.size > READ_KEPT_MAX) read.delete(key)
  return packs
}

export interface LastTeam {
  needId: string
  need: string
  /** `newcomer` is null where the proposal was made before that was kept. */
  members: { id: string; newcomer: boolean | null }[]
}

/** The team that was proposed last for each need, of those that the caller sees. */
export async function lastTeams(tx: Tx, zoneId: string): Promise<LastTeam[]> {
  const { rows } = await sql<{ need_id: string; display_title: string; members: LastTeam['members'] }>`
    select need_id, display_title, members from (
      select distinct on (p.need_id) p.need_id, n.display_title,
        (select jsonb_agg(jsonb_build_object('id', m -> 'id', 'newcomer', m -> 'newcomer') order by at)
          from jsonb_array_elements(p.answer -> 'members') with ordinality as team(m, at)) as members
      from proposal p
      join need n on n.zone_id = p.zone_id and n.need_id = p.need_id
      where p.zone_id = ${zoneId} and p.status <> 'infeasible'
      order by p.need_id, p.at desc, p.proposal_id desc) last
    where members is not null
    order by need_id limit ${TEAMS_MAX}`.execute(tx)
  return rows.map((row) => ({ needId: row.need_id, need: row.display_title, members: row.members }))
}
