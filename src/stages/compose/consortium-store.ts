import { type Expression, type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { saysAll } from '../registry/list-store.ts'
import type { Kind } from '../registry/model.ts'
import type { Texts } from '../texts.ts'
import type { Consortium, ConsortiumQuery, ConsortiumRow, Member, Party, Role } from './model.ts'

type Query = z.output<typeof ConsortiumQuery>

const memberCount = sql<number>`(select count(*)::int from consortium_member m
  where m.zone_id = c.zone_id and m.consortium_id = c.consortium_id)`
const ofLead = <T>(
  column: 'display_name' | 'names',
) => sql<T | null>`(select ${sql.ref(`o.${column}`)} from consortium_member m
  join zone_organisation o on o.zone_id = m.zone_id and o.organisation_id = m.organisation_id
  where m.zone_id = c.zone_id and m.consortium_id = c.consortium_id and m.role = 'lead'
  order by m.ordinal limit 1)`

const SORTS = { name: sql`c.sort_key`, members: memberCount, updated: sql`c.updated_at` } as const

/** The drafts that the database shows to the caller. */
export async function listConsortia(
  tx: Tx,
  zoneId: string,
  query: Query,
): Promise<{ rows: ConsortiumRow[]; total: number }> {
  let filtered = tx
    .selectFrom('consortium as c')
    .innerJoin('need as n', (join) => join.onRef('n.zone_id', '=', 'c.zone_id').onRef('n.need_id', '=', 'c.need_id'))
    .where('c.zone_id', '=', zoneId)
  if (query.q) filtered = filtered.where(saysAll('c.search_text', query.q))
  if (query.need) filtered = filtered.where('c.need_id', '=', query.need)
  if (query.state?.length) filtered = filtered.where('c.state', 'in', query.state)
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await filtered
    .select([
      'c.consortium_id',
      'c.display_name',
      'c.names',
      'c.need_id',
      'c.proposal_id',
      'c.updated_at',
      'n.display_title',
      'n.title',
    ])
    .select([
      memberCount.as('members'),
      ofLead<string>('display_name').as('lead'),
      ofLead<Texts>('names').as('lead_names'),
    ])
    .orderBy(SORTS[query.sort] as Expression<unknown>, query.order)
    .orderBy('c.sort_key')
    .orderBy('c.consortium_id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.consortium_id,
      name: row.display_name,
      names: row.names as Texts,
      state: 'draft',
      needId: row.need_id,
      needName: row.display_title,
      needTitle: row.title as Texts,
      proposalId: row.proposal_id,
      members: row.members,
      leadName: row.lead,
      leadNames: row.lead_names,
      updatedAt: row.updated_at.toISOString(),
    })),
  }
}

export async function findConsortium(tx: Tx, zoneId: string, id: string, lock = false) {
  const query = tx.selectFrom('consortium').selectAll().where('zone_id', '=', zoneId).where('consortium_id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export type StoredConsortium = NonNullable<Awaited<ReturnType<typeof findConsortium>>>

export async function listMembers(tx: Tx, zoneId: string, consortiumId: string): Promise<Consortium['members']> {
  const rows = await tx
    .selectFrom('consortium_member as m')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'm.zone_id').onRef('o.organisation_id', '=', 'm.organisation_id'),
    )
    .select(['o.organisation_id', 'o.display_name', 'o.names', 'o.kind', 'o.size', 'o.country', 'o.region', 'o.city'])
    .select(['m.role', 'm.covers', 'm.reason'])
    .where('m.zone_id', '=', zoneId)
    .where('m.consortium_id', '=', consortiumId)
    .orderBy('m.ordinal')
    .execute()
  return rows.map((row) => ({
    ...partyOf(row),
    role: row.role as Role,
    covers: row.covers as Member['covers'],
    reasons: row.reason as Member['reasons'],
  }))
}

/** An organisation of the zone as drafts and invitations name it. */
export const partyOf = (
  row: Pick<
    Selectable<Tables['zone_organisation']>,
    'organisation_id' | 'display_name' | 'names' | 'kind' | 'size' | 'country' | 'region' | 'city'
  >,
): Party => ({
  id: row.organisation_id,
  name: row.display_name,
  names: row.names as Texts,
  kind: row.kind as Kind,
  size: row.size as Party['size'],
  country: row.country,
  region: row.region,
  city: row.city,
})
