import { sql } from 'kysely'
import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { type Texts, toTexts } from '../texts.ts'
import { mayChangeIdentifiers, mayEditOrganisation, mayReadNotes, mayReadPrivate } from './access.ts'
import { suspectAtOnce } from './duplicate-service.ts'
import { identify, keepIdentifiers, knownOrganisation, refuseKnownIdentifiers } from './identity.ts'
import { importName } from './list-store.ts'
import type { Organisation, OrganisationChange, OrganisationInput } from './model.ts'
import { columnsOf, factsOf, moneyOf, namingOf, standingFacts } from './organisation-row.ts'
import { findOrganisation, listPartnersOf, listProjectsOf, listResultsOf } from './organisation-store.ts'
import {
  actionOf,
  checkIdentifiers,
  type FactState,
  type Fields,
  type Identifiers,
  mergeEdit,
  typedFacts,
} from './rules.ts'
import { factsOfYears, readYearFact, refuseYears } from './year-rules.ts'
import { findYearFacts, listYears, writeYearFacts } from './year-store.ts'

export { identify } from './identity.ts'

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
          rdSpend: moneyOf(row.rd_minor, row.rd_currency),
          years: (await listYears(tx, zoneId, [id])).map(({ organisationId: _, ...year }) => year),
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

/** Facts by which two organisations are taken for one. */
const TELLING_FACTS = ['names', 'shortName', 'country', 'region', 'city', 'url', 'identifiers']
const PRIVATE_FACTS = ['contact', 'notes', 'revenue', 'rdSpend']
const isPrivate = (fact: string) => PRIVATE_FACTS.includes(fact) || readYearFact(fact) !== null

/** Where facts came from, without those that the caller may not read. */
function visibleFacts(
  caller: Caller,
  id: string,
  row: { edited: FactState['edited']; source_says: FactState['sourceSays'] },
) {
  const isHidden = (field: string) =>
    mayReadPrivate(caller, id) ? field === 'notes' && !mayReadNotes(caller) : isPrivate(field)
  const without = <T>(facts: Record<string, T>) =>
    Object.fromEntries(Object.entries(facts).filter(([field]) => !isHidden(field)))
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
  const years = input.years ?? []
  refuseYears(years, { standing: {}, thisYear: at.getUTCFullYear() })
  const facts: Fields = { ...factsOf(input), ...factsOfYears(years) }
  await tx
    .insertInto('zone_organisation')
    .values({
      zone_id: caller.zoneId,
      organisation_id: id,
      ...columnsOf(facts),
      ...namingOf({ ...facts, names, identifiers }),
      identifiers: json(identifiers),
      edited: json(typedFacts({ ...facts, identifiers }, { who: caller.accountId, at: at.toISOString() })),
      created_at: at,
      updated_at: at,
    } as never)
    .execute()
  await writeYearFacts(tx, { zoneId: caller.zoneId, organisationId: id }, facts, { accountId: caller.accountId, at })
  await keepIdentifiers(tx, caller.zoneId, id, { now: identifiers })
  await suspectAtOnce(tx, caller.zoneId, id)
  changed({ subject: { kind: 'organisation', id }, action: 'added' })
  return { id, revision: 1 }
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
  const { revision, identifiers: saidIdentifiers, keeps, ...said } = input
  if (row.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this organisation since you opened it.', {
      rule: 'revision.old',
      tip: 'Compare what stands now with yours, and save again.',
      now: await readOrganisation(tx, caller, id),
    })
  if (row.merged_into)
    throw new Fault('wrong_state', 'This organisation has been merged into another one.', {
      rule: 'organisation.merged',
      tip: 'Change the one that it was merged into, or part the two again.',
      now: { id: row.merged_into },
    })
  if (!mayReadNotes(caller) && said.notes !== undefined)
    throw new Fault('forbidden', 'The notes belong to the zone’s staff.', { rule: 'access.record' })

  const yearFacts = await findYearFacts(tx, caller.zoneId, id)
  if (said.years) refuseYears(said.years, { standing: yearFacts, thisYear: at.getUTCFullYear() })
  const standing: Fields = { ...standingFacts(row), ...yearFacts, identifiers: row.identifiers }
  const identifiers = saidIdentifiers ? checkIdentifiers(saidIdentifiers) : (row.identifiers as Identifiers)
  const facts = row as unknown as { edited: FactState['edited']; source_says: FactState['sourceSays'] }
  const heard = {
    ...factsOf(said),
    ...(said.years ? factsOfYears(said.years, yearFacts) : {}),
    ...(saidIdentifiers ? { identifiers } : {}),
  }
  const merged = mergeEdit(standing, { edited: facts.edited, sourceSays: facts.source_says }, heard, {
    who: caller.accountId,
    at: at.toISOString(),
    importId: row.source_id,
    keeps,
  })
  if (merged.changes.identifiers) {
    if (!mayChangeIdentifiers(caller))
      throw new Fault('forbidden', 'Only the zone’s staff change the identifiers of an organisation.', {
        rule: 'organisation.identifiers_by_staff',
        tip: 'Ask the zone’s office; an identifier decides whose record an import writes to.',
      })
    await refuseKnownIdentifiers(tx, caller.zoneId, identifiers, id)
    await keepIdentifiers(tx, caller.zoneId, id, { before: row.identifiers as Identifiers, now: identifiers })
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
  const subject = { zoneId: caller.zoneId, organisationId: id }
  await writeYearFacts(tx, subject, merged.changes, { accountId: caller.accountId, at })
  if (TELLING_FACTS.some((fact) => fact in merged.changes)) await suspectAtOnce(tx, caller.zoneId, id)
  changed({
    subject: { kind: 'organisation', id },
    action: actionOf(merged),
    changes: historyOf(standing, merged.changes),
  })
  return { id, revision: row.revision + 1 }
}

const unknownOrganisation = () =>
  new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })

/** Changes as the history tells them. The notes are the staff's, but an organisation reads its own history: it says only that they changed. */
function historyOf(standing: Fields, changes: Fields): Record<string, { from: unknown; to: unknown }> {
  return Object.fromEntries(
    Object.entries(changes).map(([field, to]) => [
      field,
      field === 'notes' ? { from: '…', to: '…' } : { from: standing[field] ?? null, to },
    ]),
  )
}
