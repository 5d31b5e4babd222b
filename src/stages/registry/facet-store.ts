import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { Count, Facets } from './search-model.ts'

/** So many values of one filter are offered; the search box finds the rest. */
const VALUES_SHOWN_MAX = 50

interface Source {
  tx: Tx
  zoneId: string
  from: RawBuilder<unknown>
}

/** What the registry's lists can be filtered by, with how many records of each. */
export async function readFacets(tx: Tx, zoneId: string): Promise<Facets> {
  const organisations = {
    tx,
    zoneId,
    from: sql`(select * from zone_organisation where zone_id = ${zoneId} and merged_into is null)`,
  }
  const results = { tx, zoneId, from: sql`(select * from result where zone_id = ${zoneId})` }
  const projects = { tx, zoneId, from: sql`(select * from project where zone_id = ${zoneId})` }
  const people = { tx, zoneId, from: sql`(select * from person where zone_id = ${zoneId})` }
  const ofOrganisations = await countColumns(organisations, ['kind', 'size', 'country', 'region', 'segment'])
  const ofResults = await countColumns(results, ['trl', 'segment'])
  const ofProjects = await countColumns(projects, ['framework'])
  const ofPeople = await countColumns(people, ['talent_level', 'segment'])
  return {
    organisations: {
      total: await countAll(organisations),
      kinds: ofOrganisations.kind!,
      sizes: ofOrganisations.size!,
      countries: ofOrganisations.country!,
      regions: ofOrganisations.region!,
      segments: ofOrganisations.segment!,
      fields: await countList(organisations, sql`unnest(fields)`),
      titles: await countList(organisations, sql`unnest(titles)`),
    },
    results: {
      total: await countAll(results),
      trls: ofResults.trl!.toSorted((a, b) => Number(a.value) - Number(b.value)),
      ipKinds: await countList(results, sql`jsonb_array_elements(ip)->>'kind'`),
      ipStatuses: await countList(results, sql`jsonb_array_elements(ip)->>'status'`),
      deals: await countList(results, sql`unnest(wanted_deal)`),
      segments: ofResults.segment!,
      fields: await countList(results, sql`unnest(fields)`),
    },
    projects: {
      total: await countAll(projects),
      parts: await countList(projects, sql`unnest(parts)`),
      frameworks: ofProjects.framework!,
    },
    people: {
      total: await countAll(people),
      levels: ofPeople.talent_level!,
      segments: ofPeople.segment!,
      fields: await countList(people, sql`unnest(fields)`),
    },
  }
}

async function countAll({ tx, from }: Source): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from ${from} as s`.execute(tx)
  return rows[0]?.total ?? 0
}

/** The values of several columns in one pass over the table, commonest first. */
async function countColumns({ tx, from }: Source, columns: readonly string[]): Promise<Record<string, Count[]>> {
  const sets = sql.join(columns.map((column) => sql`(${sql.ref(column)})`))
  const column = sql.join(
    columns.map((name) => sql`when grouping(${sql.ref(name)}) = 0 then ${sql.lit(name)}`),
    sql` `,
  )
  const value = sql.join(columns.map((name) => sql`${sql.ref(name)}::text`))
  const { rows } = await sql<{ column: string; value: string | null; count: number }>`
    select case ${column} end as "column", coalesce(${value}) as value, count(*)::int as count
    from ${from} as s group by grouping sets (${sets}) order by count(*) desc, 2`.execute(tx)
  return Object.fromEntries(
    columns.map((name) => [
      name,
      rows
        .filter((row) => row.column === name && row.value !== null && row.value !== '')
        .slice(0, VALUES_SHOWN_MAX)
        .map((row) => ({ value: row.value!, count: row.count })),
    ]),
  )
}

/** The values of a list column; a record that names one twice counts once. */
async function countList({ tx, from }: Source, value: RawBuilder<unknown>): Promise<Count[]> {
  const { rows } = await sql<Count>`
    select v.value, count(*)::int as count
    from ${from} as s, lateral (select distinct ${value} as value) as v
    where v.value is not null and v.value <> ''
    group by v.value order by count(*) desc, v.value limit ${VALUES_SHOWN_MAX}`.execute(tx)
  return rows
}
