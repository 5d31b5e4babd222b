import { sql } from 'kysely'
import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { keyedId, newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { type Texts, toTexts } from '../texts.ts'
import { mayEditOrganisation, mayReadNotes, mayReadPrivate } from './access.ts'
import type { Organisation, OrganisationChange, OrganisationInput } from './model.ts'
import { columnsOf, factsOf, moneyOf, namingOf, standingFacts } from './organisation-row.ts'
import { findOrganisation, importName, listPartnersOf, listProjectsOf, listResultsOf } from './organisation-store.ts'
import { checkIdentifiers, type FactState, type Identifiers, mergeEdit, publicIdentifier } from './rules.ts'

export async function readOrganisation(tx: Tx, caller: Caller, id: string): Promise<Organisation> {
  const { zoneId } = caller
  const row = await findOrganisation(tx, zoneId, id)
  if (!row) throw unknownOrganisation()
  const projects = await listProjectsOf(tx, zoneId, id)
  return {
    id,
    name: row.display_name,
    names: row.names as Texts,
    nameless: row.nameless,
    kind: row.kind as Organisation['kind'],
    size: row.size as Organisation['size'],
    country: row.country,
    region: row.region,
    city: row.city,
    segment: row.segment,
    fields: row.fields,
    titles: row.titles,
    updatedAt: row.updated_at.toISOString(),
    shortName: row.short_name,
    identifiers: row.identifiers as Identifiers,
    staff: row.staff,
    founded: row.founded,
    address: row.address,
    latitude: row.latitude,
    longitude: row.longitude,
    url: row.url,
    products: row.products as Texts,
    summary: row.summary as Texts,
    results: await listResultsOf(tx, zoneId, id),
    projects: projects.rows,
    projectsTotal: projects.total,
    partners: await listPartnersOf(tx, zoneId, id),
    mergedInto: row.merged_into,
    private: mayReadPrivate(caller, id)
      ? {
          contact: row.contact as { name?: string; email?: string; phone?: string },
          notes: mayReadNotes(caller) ? row.notes : null,
          revenue: moneyOf(row.revenue_minor, row.revenue_currency),
          rdSpend: moneyOf(row.rd_minor, row.revenue_currency),
        }
      : null,
    provenance: {
      importId: row.source_id,
      importName: await importName(tx, zoneId, row.source_id),
      ...visibleFacts(
        caller,
        id,
        row as unknown as { edited: FactState['edited']; source_says: FactState['sourceSays'] },
      ),
    },
    mayEdit: mayEditOrganisation(caller, id),
    revision: row.revision,
  }
}

const PRIVATE_FACTS = ['contact', 'notes', 'revenue', 'rdSpend']

/** Where facts came from, without those that the caller may not read. */
function visibleFacts(
  caller: Caller,
  id: string,
  row: { edited: FactState['edited']; source_says: FactState['sourceSays'] },
) {
  const hidden = mayReadPrivate(caller, id) ? (mayReadNotes(caller) ? [] : ['notes']) : PRIVATE_FACTS
  const without = <T>(facts: Record<string, T>) =>
    Object.fromEntries(Object.entries(facts).filter(([field]) => !hidden.includes(field)))
  return { edited: without(row.edited), sourceSays: without(row.source_says) }
}

export async function addOrganisation(done: Command, caller: Caller, input: z.output<typeof OrganisationInput>) {
  const { tx, at, changed } = done
  const identifiers = checkIdentifiers(input.identifiers ?? {})
  await refuseKnownIdentifiers(tx, caller.zoneId, identifiers)
  const names = toTexts(input.names, 'typed')
  const id = await identify(tx, caller.zoneId, { identifiers, names, country: input.country ?? null, at })
  const known = await findOrganisation(tx, caller.zoneId, id)
  if (known) throw knownOrganisation(id)
  const facts = factsOf(input)
  await tx
    .insertInto('zone_organisation')
    .values({
      zone_id: caller.zoneId,
      organisation_id: id,
      ...columnsOf(facts),
      ...namingOf({ ...facts, names, identifiers }),
      identifiers: json(identifiers),
    } as never)
    .execute()
  await keepIdentifiers(tx, caller.zoneId, id, identifiers)
  changed({ subject: { kind: 'organisation', id }, action: 'added' })
  return { id, revision: 1 }
}

/** The shared row of an organisation: found by its public identifier, or made; without one it belongs to the zone alone. */
export async function identify(
  tx: Tx,
  zoneId: string,
  { identifiers, names, country, at }: { identifiers: Identifiers; names: Texts; country: string | null; at: Date },
): Promise<string> {
  const known = publicIdentifier(identifiers)
  const id = known ? keyedId('organisation', known.scheme, known.value) : newId(at)
  await tx
    .insertInto('organisation')
    .values({
      id,
      scheme: known?.scheme ?? null,
      value: known?.value ?? null,
      home_zone_id: known ? null : zoneId,
      names: json(known ? names : {}),
      country,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}

async function refuseKnownIdentifiers(tx: Tx, zoneId: string, identifiers: Identifiers, except?: string) {
  for (const [scheme, value] of Object.entries(identifiers)) {
    const known = await tx
      .selectFrom('zone_identifier')
      .select('organisation_id')
      .where('zone_id', '=', zoneId)
      .where('scheme', '=', scheme)
      .where('value', '=', value)
      .executeTakeFirst()
    if (known && known.organisation_id !== except) throw knownOrganisation(known.organisation_id)
  }
}

async function keepIdentifiers(tx: Tx, zoneId: string, organisationId: string, identifiers: Identifiers) {
  await tx
    .deleteFrom('zone_identifier')
    .where('zone_id', '=', zoneId)
    .where('organisation_id', '=', organisationId)
    .execute()
  const rows = Object.entries(identifiers).map(([scheme, value]) => ({
    zone_id: zoneId,
    scheme,
    value,
    organisation_id: organisationId,
  }))
  if (rows.length) await tx.insertInto('zone_identifier').values(rows).execute()
}

export async function changeOrganisation(
  done: Command,
  caller: Caller,
  id: string,
  input: z.output<typeof OrganisationChange>,
) {
  const { tx, at, changed } = done
  const row = await findOrganisation(tx, caller.zoneId, id, true)
  if (!row) throw unknownOrganisation()
  if (!mayEditOrganisation(caller, id))
    throw new Fault('forbidden', 'This organisation is not yours to change.', { rule: 'access.record' })
  const { revision, identifiers: saidIdentifiers, ...said } = input
  if (row.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this organisation since you opened it.', {
      rule: 'revision.old',
      tip: 'Compare what stands now with yours, and save again.',
      now: await readOrganisation(tx, caller, id),
    })
  if (!mayReadNotes(caller) && said.notes !== undefined)
    throw new Fault('forbidden', 'The notes belong to the zone’s staff.', { rule: 'access.record' })

  const standing = standingFacts(row)
  const facts = row as unknown as { edited: FactState['edited']; source_says: FactState['sourceSays'] }
  const merged = mergeEdit(standing, { edited: facts.edited, sourceSays: facts.source_says }, factsOf(said), {
    who: caller.accountId,
    at: at.toISOString(),
    importId: row.source_id,
  })
  const identifiers = saidIdentifiers ? checkIdentifiers(saidIdentifiers) : (row.identifiers as Identifiers)
  if (saidIdentifiers) {
    await refuseKnownIdentifiers(tx, caller.zoneId, identifiers, id)
    await keepIdentifiers(tx, caller.zoneId, id, identifiers)
  }
  const after = { ...standing, ...merged.changes }
  await tx
    .updateTable('zone_organisation')
    .set({
      ...columnsOf(merged.changes),
      ...namingOf({ ...after, names: after.names as Texts, identifiers }),
      identifiers: json(identifiers),
      edited: json(merged.facts.edited),
      source_says: json(merged.facts.sourceSays),
      revision: sql`revision + 1`,
      updated_at: at,
    } as never)
    .where('zone_id', '=', caller.zoneId)
    .where('organisation_id', '=', id)
    .execute()
  const changes = Object.fromEntries(
    Object.entries(merged.changes).map(([field, to]) => [field, { from: standing[field] ?? null, to }]),
  )
  changed({ subject: { kind: 'organisation', id }, action: 'changed', changes })
  return { id, revision: row.revision + 1 }
}

const unknownOrganisation = () =>
  new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })
const knownOrganisation = (id: string) =>
  new Fault('conflict', 'The zone knows an organisation with this identifier already.', {
    rule: 'organisation.known',
    tip: 'Open it and change it there.',
    now: { id },
  })
