import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import type { Caller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { saysAll } from './list-store.ts'
import type { PersonQuery, PersonRow } from './person-model.ts'

type Row = Selectable<Tables['person']>
type Where = ExpressionBuilder<Tables & { p: Tables['person']; o: Partial<Tables['zone_organisation']> }, 'p' | 'o'>

function conditions(eb: Where, caller: Caller, query: PersonQuery) {
  const all: Expression<SqlBool>[] = [eb('p.zone_id', '=', caller.zoneId)]
  if (query.q) all.push(saysAll('p.search_text', query.q))
  if (query.field?.length) all.push(sql<SqlBool>`p.fields && ${query.field}::text[]`)
  if (query.segment?.length) all.push(eb('p.segment', 'in', query.segment))
  if (query.level?.length) all.push(eb('p.talent_level', 'in', query.level))
  if (query.organisation?.length) all.push(eb('p.organisation_id', 'in', query.organisation))
  if (query.mine)
    all.push(caller.organisationId ? eb('p.organisation_id', '=', caller.organisationId) : sql<SqlBool>`false`)
  return eb.and(all)
}

const people = (tx: Tx) =>
  tx
    .selectFrom('person as p')
    .leftJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'p.zone_id').onRef('o.organisation_id', '=', 'p.organisation_id'),
    )

export async function listPeople(
  tx: Tx,
  caller: Caller,
  query: PersonQuery,
): Promise<{ rows: PersonRow[]; total: number }> {
  const filtered = people(tx).where((eb) => conditions(eb as never, caller, query))
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const sorts = {
    name: sql`p.sort_key`,
    organisation: sql`o.sort_key`,
    level: sql`p.talent_level`,
    updated: sql`p.updated_at`,
  }
  const rows = await filtered
    .selectAll('p')
    .select('o.display_name as organisation_name')
    .orderBy(sorts[query.sort] as Expression<unknown>, (by) =>
      query.order === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast(),
    )
    .orderBy('p.sort_key')
    .orderBy('p.person_id')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { total, rows: rows.map(personRowOf) }
}

export async function findPerson(tx: Tx, zoneId: string, id: string) {
  return people(tx)
    .selectAll('p')
    .select('o.display_name as organisation_name')
    .where('p.zone_id', '=', zoneId)
    .where('p.person_id', '=', id)
    .executeTakeFirst()
}

/** Holds the person's row until the transaction ends. */
export async function lockPerson(tx: Tx, zoneId: string, id: string): Promise<Row | undefined> {
  return tx
    .selectFrom('person')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('person_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export function personRowOf(row: Row & { organisation_name: string | null }): PersonRow {
  return {
    id: row.person_id,
    name: row.display_name,
    names: row.names as Texts,
    post: row.post,
    organisation: row.organisation_id ? { id: row.organisation_id, name: row.organisation_name ?? '—' } : null,
    orcid: row.orcid,
    fields: row.fields,
    segment: row.segment,
    talentLevel: row.talent_level,
    updatedAt: row.updated_at.toISOString(),
  }
}
