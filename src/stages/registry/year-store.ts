import { sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import type { Money } from './model.ts'
import { moneyOf } from './organisation-row.ts'
import type { Fields } from './rules.ts'
import { FIGURES, isMoneyFigure, type OrganisationYear } from './year-model.ts'
import { readYearFact, yearFact } from './year-rules.ts'

/** The columns of a figure: of an amount its minor units and currency. */
const COLUMNS = {
  revenue: ['revenue_minor', 'revenue_currency'],
  sales: ['sales_minor', 'sales_currency'],
  rdSpend: ['rd_minor', 'rd_currency'],
  staff: ['staff'],
  researchStaff: ['research_staff'],
} as const

export interface StoredYear extends OrganisationYear {
  organisationId: string
}

/** The years of organisations, as far as the database shows them to the caller: by organisation, the latest first. */
export async function listYears(tx: Tx, zoneId: string, organisationIds: readonly string[]): Promise<StoredYear[]> {
  if (organisationIds.length === 0) return []
  const rows = await tx
    .selectFrom('organisation_year as y')
    .leftJoin('import_run as i', (join) => join.onRef('i.zone_id', '=', 'y.zone_id').onRef('i.id', '=', 'y.source_id'))
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'y.zone_id').onRef('m.account_id', '=', 'y.account_id'),
    )
    .selectAll('y')
    .select(['i.file_name', 'm.name'])
    .where('y.zone_id', '=', zoneId)
    .where((eb) => eb('y.organisation_id', '=', eb.fn.any(eb.val([...organisationIds]))))
    .orderBy('y.organisation_id')
    .orderBy('y.year', 'desc')
    .execute()
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    year: row.year,
    revenue: moneyOf(row.revenue_minor, row.revenue_currency),
    sales: moneyOf(row.sales_minor, row.sales_currency),
    rdSpend: moneyOf(row.rd_minor, row.rd_currency),
    staff: row.staff,
    researchStaff: row.research_staff,
    source: { importId: row.source_id, importName: row.file_name, who: row.name, at: row.updated_at.toISOString() },
  }))
}

/** The figures of one organisation's years as facts, to compare with what is said of them. */
export async function findYearFacts(tx: Tx, zoneId: string, organisationId: string): Promise<Fields> {
  const years = await listYears(tx, zoneId, [organisationId])
  const facts: Fields = {}
  for (const year of years)
    for (const figure of FIGURES) if (year[figure] !== null) facts[yearFact(figure, year.year)] = year[figure]
  return facts
}

/** Writes those of some changed facts that are figures of years. A year of which nothing is left goes. */
export async function writeYearFacts(
  tx: Tx,
  { zoneId, organisationId }: { zoneId: string; organisationId: string },
  changes: Fields,
  by: { accountId: string | null; at: Date },
): Promise<void> {
  const rows = new Map<number, Record<string, unknown>>()
  for (const [fact, value] of Object.entries(changes)) {
    const named = readYearFact(fact)
    if (!named) continue
    const row = rows.get(named.year) ?? {}
    rows.set(named.year, row)
    const [first, second] = COLUMNS[named.figure]
    if (isMoneyFigure(named.figure)) {
      const money = value as Money | null
      row[first] = money ? BigInt(money.minor) : null
      row[second!] = money?.currency ?? null
    } else row[first] = value ?? null
  }
  if (rows.size === 0) return
  const who = { source_id: null, account_id: by.accountId, updated_at: by.at }
  for (const [year, columns] of rows)
    await tx
      .insertInto('organisation_year')
      .values({ zone_id: zoneId, organisation_id: organisationId, year, ...columns, ...who })
      .onConflict((conflict) =>
        conflict.columns(['zone_id', 'organisation_id', 'year']).doUpdateSet({ ...columns, ...who }),
      )
      .execute()
  await tx
    .deleteFrom('organisation_year')
    .where('zone_id', '=', zoneId)
    .where('organisation_id', '=', organisationId)
    .where(sql<boolean>`year in (select value::int from jsonb_array_elements_text(${json([...rows.keys()])}))`)
    .where(sql<boolean>`num_nonnulls(revenue_minor, sales_minor, rd_minor, staff, research_staff) = 0`)
    .execute()
}
