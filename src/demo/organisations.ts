import type { Command } from '#db/command.ts'
import { json } from '#db/db.ts'
import { dateIn } from '#kit/clock.ts'
import { keyedId } from '#kit/ids.ts'
import { columnsOf, namingOf } from '#stages/registry/organisation-row.ts'
import { checkIdentifiers, publicIdentifier } from '#stages/registry/rules.ts'
import type { YearInput } from '#stages/registry/year-model.ts'
import { factsOfYears } from '#stages/registry/year-rules.ts'
import { writeYearFacts } from '#stages/registry/year-store.ts'
import type { DemoOrganisation, DemoYear } from './files.ts'
import { textsOf, type Words } from './words.ts'

/** Plants the organisations and returns their ids by key. */
export async function plantOrganisations(
  { tx, at }: Command,
  zone: { id: string; key: string; currency: string; timeZone: string },
  organisations: readonly DemoOrganisation[],
  words: Words,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const organisation of organisations) {
    const identifiers = checkIdentifiers(organisation.identifiers ?? {})
    const known = publicIdentifier(identifiers)
    const id = known
      ? keyedId('organisation', known.scheme, known.value)
      : keyedId('demo', zone.key, 'organisation', organisation.key)
    const facts = factsOf(organisation, zone.currency, words)
    const names = textsOf(organisation.name)
    await tx
      .insertInto('organisation')
      .values({
        id,
        scheme: known?.scheme ?? null,
        value: known?.value ?? null,
        home_zone_id: known ? null : zone.id,
        names: json(known ? names : {}),
        country: organisation.country ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await tx
      .insertInto('zone_organisation')
      .values({
        zone_id: zone.id,
        organisation_id: id,
        ...columnsOf(facts),
        ...namingOf({ ...facts, names, identifiers }),
        identifiers: json(identifiers),
      } as never)
      .execute()
    for (const [scheme, value] of Object.entries(identifiers))
      await tx.insertInto('zone_identifier').values({ zone_id: zone.id, scheme, value, organisation_id: id }).execute()
    const thisYear = Number(dateIn(zone.timeZone, at).slice(0, 4))
    const years = yearsOf(organisation.years ?? [], thisYear, zone.currency)
    const subject = { zoneId: zone.id, organisationId: id }
    await writeYearFacts(tx, subject, factsOfYears(years), { accountId: null, at })
    ids.set(organisation.key, id)
  }
  return ids
}

function yearsOf(years: readonly DemoYear[], thisYear: number, currency: string): YearInput[] {
  const money = (minor: string | undefined) => (minor === undefined ? null : { minor, currency })
  return years.map(({ back, revenue, sales, rdSpend, staff, researchStaff }) => ({
    ...{ year: thisYear - back, revenue: money(revenue), sales: money(sales), rdSpend: money(rdSpend) },
    ...{ staff: staff ?? null, researchStaff: researchStaff ?? null },
  }))
}

const SHARE_SCALE = 1_000_000

function factsOf(organisation: DemoOrganisation, currency: string, words: Words) {
  const revenue = organisation.revenue ? BigInt(organisation.revenue) : null
  const share = organisation.rdSpendShare
  const rd =
    revenue !== null && share !== undefined
      ? (revenue * BigInt(Math.round(share * SHARE_SCALE))) / BigInt(SHARE_SCALE)
      : null
  return {
    names: textsOf(organisation.name),
    shortName: words.keep(organisation.shortName),
    kind: organisation.kind,
    size: organisation.size ?? null,
    staff: organisation.staff ?? null,
    founded: organisation.founded ?? null,
    country: organisation.country ?? null,
    region: words.keep(organisation.region),
    city: words.keep(organisation.city),
    url: organisation.links?.[0]?.url ?? null,
    segment: organisation.segment ?? null,
    fields: words.keepAll(organisation.fields),
    titles: words.keepAll(organisation.titles),
    products: textsOf(organisation.products),
    summary: textsOf(organisation.summary),
    contact: organisation.contact ?? {},
    revenue: revenue === null ? null : { minor: String(revenue), currency },
    rdSpend: rd === null ? null : { minor: String(rd), currency },
  }
}
