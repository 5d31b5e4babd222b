import { sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { Fault } from '#kit/fault.ts'
import { keyedId, newId } from '#kit/ids.ts'
import type { Texts } from '../texts.ts'
import { type Identifiers, publicIdentifier } from './rules.ts'

/** The id of an organisation by its natural key: its public identifier, or in its zone its name and country. */
export function organisationIdOf(
  zoneId: string,
  { identifiers, name, country }: { identifiers: Identifiers; name: string; country: string | null },
): string {
  const known = publicIdentifier(identifiers)
  if (known) return keyedId('organisation', known.scheme, known.value)
  return keyedId('organisation', zoneId, 'name', foldText(name).replaceAll(/\s+/g, ' ').trim(), country ?? '')
}

/** The shared row of an organisation: found by its public identifier, or made; without one it belongs to the zone alone. */
export async function identify(
  tx: Tx,
  zoneId: string,
  { identifiers, names, country, at }: { identifiers: Identifiers; names: Texts; country: string | null; at: Date },
): Promise<string> {
  const known = publicIdentifier(identifiers)
  const id = known ? keyedId('organisation', known.scheme, known.value) : newId(at)
  await shareOrganisations(tx, zoneId, [{ id, identifiers, names, country }])
  return id
}

/** Makes the shared rows that are not there yet, all in one statement. */
export async function shareOrganisations(
  tx: Tx,
  zoneId: string,
  organisations: readonly { id: string; identifiers: Identifiers; names: Texts; country: string | null }[],
): Promise<void> {
  const rows = organisations.map(({ id, identifiers, names, country }) => {
    const known = publicIdentifier(identifiers)
    return { id, scheme: known?.scheme ?? null, value: known?.value ?? null, names: known ? names : {}, country }
  })
  await sql`
    insert into organisation (id, scheme, value, home_zone_id, names, country)
    select r.id, r.scheme, r.value, case when r.scheme is null then ${zoneId}::uuid end, r.names, r.country
    from jsonb_to_recordset(${json(rows)}) as r (id uuid, scheme text, value text, names jsonb, country text)
    on conflict do nothing`.execute(tx)
}

export interface Identified {
  id: string
  /** The zone has a row of it already. */
  known: boolean
  /** It is known under another identity: merged by a person, or through an identifier that is not its foremost one. */
  alias: boolean
  /** Its identifiers belong to several organisations of the zone; the first of them is taken. */
  disagree: boolean
}

/**
 * Whom many records are about, in two statements whatever their number: by any of their identifiers that the zone knows,
 * else by their natural key; merged ones are followed to the one that stands. Nothing is written.
 */
export async function identifyAll<T extends { identifiers: Identifiers; name: string; country: string | null }>(
  tx: Tx,
  zoneId: string,
  records: readonly T[],
): Promise<Identified[]> {
  const byIdentifier = await findIdentifiers(tx, zoneId, records)
  const ids = records.map((record) => organisationIdOf(zoneId, record))
  const standing = await findStanding(tx, zoneId, ids)
  return records.map(({ identifiers }, at) => {
    const own = ids[at]!
    const hits = new Set(
      Object.entries(identifiers).flatMap(([scheme, value]) => byIdentifier.get(`${scheme} ${value}`) ?? []),
    )
    const id = [...hits][0] ?? standing.get(own) ?? own
    return { id, known: hits.size > 0 || standing.has(own), alias: id !== own, disagree: hits.size > 1 }
  })
}

async function findIdentifiers(
  tx: Tx,
  zoneId: string,
  records: readonly { identifiers: Identifiers }[],
): Promise<Map<string, string>> {
  const asked = records.flatMap(({ identifiers }) =>
    Object.entries(identifiers).map(([scheme, value]) => ({ scheme, value })),
  )
  const { rows } = await sql<{ scheme: string; value: string; organisation_id: string }>`
    select i.scheme, i.value, i.organisation_id
    from jsonb_to_recordset(${json(asked)}) as r (scheme text, value text)
    join zone_identifier i on i.zone_id = ${zoneId} and i.scheme = r.scheme and i.value = r.value`.execute(tx)
  return new Map(rows.map((row) => [`${row.scheme} ${row.value}`, row.organisation_id]))
}

async function findStanding(tx: Tx, zoneId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; standing: string }>`
    select o.organisation_id as id, coalesce(o.merged_into, o.organisation_id) as standing
    from jsonb_array_elements_text(${json(ids)}) as r (id)
    join zone_organisation o on o.zone_id = ${zoneId} and o.organisation_id = r.id::uuid`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.standing]))
}

/** Holds these identifiers until the transaction ends, so that two who add one organisation at once don't make two. */
export async function lockIdentifiers(tx: Tx, zoneId: string, identifiers: Identifiers): Promise<void> {
  for (const [scheme, value] of Object.entries(identifiers).sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${scheme} ${value} ${zoneId}`}, 0))`.execute(tx)
}

/** Throws `conflict` where another organisation than `except` has one of these identifiers in the zone. */
export async function refuseKnownIdentifiers(
  tx: Tx,
  zoneId: string,
  identifiers: Identifiers,
  except?: string,
): Promise<void> {
  await lockIdentifiers(tx, zoneId, identifiers)
  const known = await findIdentifiers(tx, zoneId, [{ identifiers }])
  for (const organisationId of known.values()) if (organisationId !== except) throw knownOrganisation(organisationId)
}

/** Writes the identifiers that a person set; those that came with a merged organisation stay. */
export async function keepIdentifiers(
  tx: Tx,
  zoneId: string,
  organisationId: string,
  { before = {}, now }: { before?: Identifiers; now: Identifiers },
): Promise<void> {
  for (const [scheme, value] of Object.entries(before))
    await tx
      .deleteFrom('zone_identifier')
      .where('zone_id', '=', zoneId)
      .where('organisation_id', '=', organisationId)
      .where('scheme', '=', scheme)
      .where('value', '=', value)
      .execute()
  const rows = Object.entries(now).map(([scheme, value]) => ({
    zone_id: zoneId,
    scheme,
    value,
    organisation_id: organisationId,
  }))
  if (rows.length)
    await tx
      .insertInto('zone_identifier')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

export const knownOrganisation = (id: string) =>
  new Fault('conflict', 'The zone knows an organisation with this identifier already.', {
    rule: 'organisation.known',
    tip: 'Open it and change it there.',
    now: { id },
  })
