import { readAsServer } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import { builtInPacks, isInForce, joinPacks, packFor } from '#engines/rules/catalogue.ts'
import type { Pack } from '#engines/rules/pack.ts'
import { todayIn } from '../registry/list-store.ts'
import { localPacksInForce } from './local-pack-store.ts'
import type { Packs } from './pack-model.ts'
import { clauseOf, NO_PACKS, type PackFacts, type PacksAsked } from './pack-rules.ts'
import type { PackYear } from './year-facts.ts'

/** The packs that a zone can ask for. */
export async function packsOf(tx: Tx, zoneId: string): Promise<readonly Pack[]> {
  return joinPacks([...builtInPacks(), ...(await localPacksInForce(tx, zoneId))])
}

/**
 * The packs that are asked for, by the versions in force on the zone's day, with what the registry knows of these organisations.
 *
 * @throws Fault `not_found` for a pack that there is not, or that is not in force
 */
export async function packsAsked(
  tx: Tx,
  zoneId: string,
  { names, rows, at }: { names: readonly string[]; rows: readonly { id: string; newcomer: boolean }[]; at: Date },
): Promise<PacksAsked> {
  if (names.length === 0) return NO_PACKS
  const date = await todayIn(tx, zoneId, at)
  const known = await packsOf(tx, zoneId)
  const packs = names.map((name) => packFor(name, date, known))
  return { packs, date, facts: await factsFor(tx, zoneId, rows) }
}

/** With who is a newcomer to the need. */
async function factsFor(tx: Tx, zoneId: string, rows: readonly { id: string; newcomer: boolean }[]) {
  const known = await packFactsOf(
    tx,
    zoneId,
    rows.map(({ id }) => id),
  )
  for (const { id, newcomer } of rows) {
    const facts = known.get(id)
    if (facts) known.set(id, { ...facts, newcomer })
  }
  return known
}

/** The packs about a team that are in force on the zone's day. */
export async function listPacks(tx: Tx, zoneId: string, at: Date): Promise<Packs> {
  const date = await todayIn(tx, zoneId, at)
  const forms = (await packsOf(tx, zoneId))
    .filter((pack) => pack.form.about === 'team' && isInForce(pack, date))
    .map(({ form }) => form)
  return {
    rows: forms.map(({ id, version, title, effective, source, notes, rows: all }) => ({
      ...{ id, version, title, rows: all.map(clauseOf), local: id.startsWith('local/') },
      ...{ from: effective.from, to: effective.to ?? null },
      ...{ source: source.title, url: source.url ?? null, notes: notes ?? null },
    })),
  }
}

/**
 * What the registry knows of organisations that rules ask for. Figures of years are read for whoever asks, since rows are
 * judged by them: `statesFor` holds back what a reader may not see of them.
 */
export async function packFactsOf(tx: Tx, zoneId: string, ids: readonly string[]): Promise<Map<string, PackFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('zone_organisation')
    .select([
      'organisation_id',
      'kind',
      'size',
      'country',
      'city',
      'identifiers',
      'titles',
      'revenue_minor',
      'revenue_currency',
    ])
    .where('zone_id', '=', zoneId)
    .where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(ids))))
    .execute()
  const years = await yearsFor(tx, zoneId, ids)
  return new Map(
    rows.map((row) => [
      row.organisation_id,
      {
        kind: row.kind,
        size: row.size,
        country: row.country,
        city: row.city,
        registered: Object.keys(row.identifiers as object).some((scheme) => LEGAL_SCHEMES.includes(scheme)),
        titles: row.titles,
        revenueMinor: row.revenue_currency === 'CNY' ? row.revenue_minor : null,
        years: years.get(row.organisation_id) ?? [],
      },
    ]),
  )
}

/** Figures of years in yuan, the currency in which rules ask for them. */
async function yearsFor(tx: Tx, zoneId: string, ids: readonly string[]): Promise<Map<string, PackYear[]>> {
  const rows = await readAsServer(tx, () =>
    tx
      .selectFrom('organisation_year')
      .selectAll()
      .where('zone_id', '=', zoneId)
      .where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(ids))))
      .orderBy('organisation_id')
      .orderBy('year', 'desc')
      .execute(),
  )
  const inYuan = (minor: bigint | null, currency: string | null) => (currency === 'CNY' ? minor : null)
  const years = new Map<string, PackYear[]>()
  for (const row of rows) {
    const year = {
      year: row.year,
      revenue: inYuan(row.revenue_minor, row.revenue_currency),
      sales: inYuan(row.sales_minor, row.sales_currency),
      rdSpend: inYuan(row.rd_minor, row.rd_currency),
    }
    years.set(row.organisation_id, [...(years.get(row.organisation_id) ?? []), year])
  }
  return years
}

/** Registers that give a number to legal entities alone. */
const LEGAL_SCHEMES = ['uscc', 'lei', 'vat']
