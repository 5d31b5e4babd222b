import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { type Pack, readPack } from '#engines/rules/pack.ts'

const LISTED_MAX = 200
const TEAMS_MAX = 500

export interface LocalPackRow {
  id: string
  by: string | null
  at: Date
  withdrawnAt: Date | null
  pack: Pack
}

/** A zone's own packs, the newest first, withdrawn ones too. */
export async function listLocalPacks(tx: Tx, zoneId: string): Promise<LocalPackRow[]> {
  const rows = await tx
    .selectFrom('local_pack as p')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'p.zone_id').onRef('m.account_id', '=', 'p.account_id'),
    )
    .select(['p.local_pack_id', 'p.form', 'p.at', 'p.withdrawn_at', 'm.name'])
    .where('p.zone_id', '=', zoneId)
    .orderBy('p.at', 'desc')
    .orderBy('p.local_pack_id')
    .limit(LISTED_MAX)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.local_pack_id, by: row.name, at: row.at, withdrawnAt: row.withdrawn_at },
    pack: readPack(row.form),
  }))
}

/** Those that are in use. */
export async function localPacksInForce(tx: Tx, zoneId: string): Promise<Pack[]> {
  return (await listLocalPacks(tx, zoneId)).filter(({ withdrawnAt }) => withdrawnAt === null).map(({ pack }) => pack)
}

/** The team that was proposed last for each need, of those that the caller sees. */
export async function lastTeams(
  tx: Tx,
  zoneId: string,
): Promise<{ needId: string; need: string; members: string[] }[]> {
  const { rows } = await sql<{ need_id: string; display_title: string; members: string[] }>`
    select need_id, display_title, members from (
      select distinct on (p.need_id) p.need_id, n.display_title,
        array(select m ->> 'id' from jsonb_array_elements(p.answer -> 'members') m) as members
      from proposal p
      join need n on n.zone_id = p.zone_id and n.need_id = p.need_id
      where p.zone_id = ${zoneId} and p.status <> 'infeasible'
      order by p.need_id, p.at desc, p.proposal_id desc) last
    where cardinality(members) > 0
    order by need_id limit ${TEAMS_MAX}`.execute(tx)
  return rows.map((row) => ({ needId: row.need_id, need: row.display_title, members: row.members }))
}
