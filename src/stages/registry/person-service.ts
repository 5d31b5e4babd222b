import { sql } from 'kysely'
import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import { Fault } from '#kit/fault.ts'
import { checkOrcid } from '#kit/identifiers.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { allText, type Texts, textIn, toTexts } from '../texts.ts'
import { mayEditPerson } from './access.ts'
import { importName } from './list-store.ts'
import type { Person, PersonChange, PersonFacts, PersonInput } from './person-model.ts'
import { findPerson, lockPerson, personRowOf } from './person-store.ts'
import { listStanding } from './result-store.ts'

export async function readPerson(tx: Tx, caller: Caller, id: string): Promise<Person> {
  const row = await findPerson(tx, caller.zoneId, id)
  if (!row) throw unknownPerson()
  return {
    ...personRowOf(row),
    importId: row.source_id,
    importName: await importName(tx, caller.zoneId, row.source_id),
    mayEdit: mayEditPerson(caller, row.organisation_id),
    revision: row.revision,
  }
}

export async function addPerson(done: Command, caller: Caller, input: z.output<typeof PersonInput>) {
  const { tx, at, changed } = done
  const columns = await columnsOf(tx, caller, input)
  if (!mayEditPerson(caller, (columns.organisation_id as string | null | undefined) ?? null)) throw notYours()
  const id = newId(at)
  const names = toTexts(input.names, 'typed')
  await refuseKnownOrcid(tx, caller.zoneId, columns.orcid)
  await tx
    .insertInto('person')
    .values({
      zone_id: caller.zoneId,
      person_id: id,
      ...columns,
      ...namingOfPerson({ names, fields: input.fields ?? [] }),
      created_at: at,
      updated_at: at,
    } as never)
    .execute()
  changed({ subject: { kind: 'person', id }, action: 'added' })
  return { id, revision: 1 }
}

export async function changePerson(done: Command, caller: Caller, id: string, input: z.output<typeof PersonChange>) {
  const { tx, at, changed } = done
  const row = await lockPerson(tx, caller.zoneId, id)
  if (!row) throw unknownPerson()
  if (!mayEditPerson(caller, row.organisation_id)) throw notYours()
  const { revision, ...said } = input
  if (row.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this person since you opened the page.', {
      rule: 'revision.old',
      tip: 'Compare what stands now with yours, and save again.',
      now: await readPerson(tx, caller, id),
    })
  const columns = await columnsOf(tx, caller, said)
  const goesTo = columns.organisation_id as string | null | undefined
  if (goesTo !== undefined && !mayEditPerson(caller, goesTo)) throw notYours()
  await refuseKnownOrcid(tx, caller.zoneId, columns.orcid, id)
  const names = said.names === undefined ? (row.names as Texts) : toTexts(said.names, 'typed')
  await tx
    .updateTable('person')
    .set({
      ...columns,
      ...namingOfPerson({ names, fields: said.fields ?? row.fields }),
      revision: sql`revision + 1`,
      updated_at: at,
    } as never)
    .where('zone_id', '=', caller.zoneId)
    .where('person_id', '=', id)
    .execute()
  changed({ subject: { kind: 'person', id }, action: 'changed', changes: changesOf(row, said) })
  return { id, revision: row.revision + 1 }
}

const COLUMNS = {
  post: 'post',
  organisation: 'organisation_id',
  orcid: 'orcid',
  fields: 'fields',
  segment: 'segment',
  talentLevel: 'talent_level',
} as const

/** What a person sent, as columns: the ORCID in its one form, the organisation one that stands. */
async function columnsOf(tx: Tx, { zoneId }: Caller, said: PersonFacts): Promise<Record<string, unknown>> {
  const columns: Record<string, unknown> = {}
  for (const [fact, column] of Object.entries(COLUMNS)) {
    const value = said[fact as keyof typeof COLUMNS]
    if (value !== undefined) columns[column] = value
  }
  if (said.names !== undefined) columns.names = json(toTexts(said.names, 'typed'))
  if (said.orcid !== undefined) columns.orcid = said.orcid ? orcidOf(said.orcid) : null
  if (said.organisation) {
    const standing = await listStanding(tx, zoneId, [said.organisation])
    const organisationId = standing.get(said.organisation)
    if (!organisationId)
      throw invalid('organisation', 'organisation.unknown', 'The zone does not know this organisation.')
    columns.organisation_id = organisationId
  }
  return columns
}

function orcidOf(text: string): string {
  const checked = checkOrcid(text)
  if ('value' in checked) return checked.value
  throw invalid('orcid', `orcid.${checked.rule}`, 'The ORCID is not right.')
}

async function refuseKnownOrcid(tx: Tx, zoneId: string, orcid: unknown, except?: string) {
  if (!orcid) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`orcid ${zoneId} ${orcid}`}, 0))`.execute(tx)
  const known = await tx
    .selectFrom('person')
    .select('person_id')
    .where('zone_id', '=', zoneId)
    .where('orcid', '=', String(orcid))
    .executeTakeFirst()
  if (known && known.person_id !== except)
    throw new Fault('conflict', 'The zone knows a person with this ORCID already.', {
      rule: 'person.known',
      tip: 'Open the person and change what is said there.',
      now: { id: known.person_id },
    })
}

/** What follows from a person's names: what is shown, how it sorts, and what a search looks through. */
export function namingOfPerson({ names, fields }: { names: Texts; fields: readonly string[] }) {
  const name = textIn(names, 'zh')
  return {
    display_name: name,
    sort_key: sortKey(name),
    search_text: foldText([allText(names), ...fields].join('\n')),
  }
}

function changesOf(row: Record<string, unknown>, said: PersonFacts): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const [fact, column] of Object.entries({ ...COLUMNS, names: 'names' })) {
    const raw = said[fact as keyof PersonFacts]
    if (raw === undefined) continue
    const to = fact === 'names' ? toTexts(said.names, 'typed') : raw
    if (JSON.stringify(row[column]) !== JSON.stringify(to)) changes[fact] = { from: row[column] ?? null, to }
  }
  return changes
}

const unknownPerson = () => new Fault('not_found', 'The zone does not know this person.', { rule: 'person.unknown' })
const notYours = () => new Fault('forbidden', 'This person is not yours to change.', { rule: 'access.record' })
const invalid = (path: string, rule: string, message: string) =>
  new Fault('invalid', message, { rule: 'body.form', issues: [{ path, rule }], tip: 'Mend it and save again.' })
