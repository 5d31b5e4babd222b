import { type RawBuilder, sql } from 'kysely'
import { type Database, json, type Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import { namingOf } from '../registry/organisation-row.ts'
import { namingOfResult } from '../registry/result-row.ts'
import type { Texts } from '../texts.ts'
import type { RowNote, Subject } from './model.ts'
import { fillFacts, joinParticipations } from './rules.ts'
import { asServer, type Run, STAGED_AT_ONCE_MAX, stageRows } from './stage-store.ts'
import {
  marksOf,
  type OrganisationPayload,
  type ParticipationPayload,
  type Payload,
  type ResultPayload,
} from './staged.ts'

const NOTED_ROWS_MAX = 20

/** A further row of a record that an earlier row has brought, both by their ordinals. */
export interface Joined {
  first: number
  further: number
}

interface StagedPart {
  ordinal: number
  sheet: string
  row_number: number
  name: string
  subject_id: string
  other_id: string | null
  payload: Payload
  notes: RowNote[]
}

/** Adds what further rows say to the rows that came first, and compares those with the registry anew. */
export async function joinRows(
  database: Database,
  caller: Caller,
  run: Run,
  subject: Exclude<Subject, 'project'>,
  joined: readonly Joined[],
): Promise<void> {
  const byFirst = Map.groupBy(joined, (each) => each.first)
  const firsts = [...byFirst.keys()]
  for (let at = 0; at < firsts.length; at += STAGED_AT_ONCE_MAX) {
    const ordinals = firsts.slice(at, at + STAGED_AT_ONCE_MAX)
    await asServer(database, caller, (tx) => joinSome(tx, run, subject, ordinals, byFirst))
  }
}

async function joinSome(
  tx: Tx,
  run: Run,
  subject: Exclude<Subject, 'project'>,
  firsts: readonly number[],
  byFirst: ReadonlyMap<number, readonly Joined[]>,
): Promise<void> {
  const furthers = firsts.flatMap((first) => byFirst.get(first)!.map((each) => each.further))
  const further = new Map((await rowsAt(tx, run, furthers)).map((row) => [row.ordinal, row]))
  const changed = (await rowsAt(tx, run, firsts)).flatMap((row) => {
    const others = byFirst.get(row.ordinal)!.flatMap((each) => further.get(each.further) ?? [])
    const payload = JOINS[subject](
      row.payload,
      others.map((other) => other.payload),
    )
    if (JSON.stringify(payload) === JSON.stringify(row.payload)) return []
    const note = subject === 'participation' ? 'summed' : 'filled'
    const notes = others.slice(0, NOTED_ROWS_MAX).map((other) => ({ note, row: other.row_number }))
    return [{ ...row, payload, notes: [...row.notes, ...notes] }]
  })
  if (!changed.length) return
  await sql`delete from import_row where ${these(
    run,
    changed.map((row) => row.ordinal),
  )}`.execute(tx)
  await stageRows(
    tx,
    run,
    subject,
    changed.map((row) => ({
      ordinal: row.ordinal,
      subject,
      sheet: row.sheet,
      row: row.row_number,
      name: row.name,
      id: row.subject_id,
      ...(row.other_id ? { other: row.other_id } : {}),
      payload: row.payload,
      notes: row.notes,
    })),
  )
}

async function rowsAt(tx: Tx, run: Run, ordinals: readonly number[]): Promise<StagedPart[]> {
  const { rows } = await sql<StagedPart>`
    select ordinal, sheet, row_number, name, subject_id, other_id, payload, notes
    from import_row where ${these(run, ordinals)} order by ordinal`.execute(tx)
  return rows
}

const these = ({ zoneId, importId }: Run, ordinals: readonly number[]): RawBuilder<unknown> => sql`
  zone_id = ${zoneId} and import_id = ${importId}
  and ordinal in (select value::int from jsonb_array_elements_text(${json(ordinals)}))`

const JOINS: Record<Exclude<Subject, 'project'>, (first: Payload, further: readonly Payload[]) => Payload> = {
  participation: (first, further) => joinParticipations([first, ...further] as ParticipationPayload[]),
  organisation: (first, further) => {
    const payload = first as OrganisationPayload
    const facts = (further as OrganisationPayload[]).reduce((all, each) => fillFacts(all, each.facts), payload.facts)
    const identifiers = (facts.identifiers ?? {}) as Record<string, string>
    const naming = namingOf({ ...facts, names: (facts.names ?? {}) as Texts, identifiers })
    return { ...payload, facts, naming, ...marksOf(facts) }
  },
  result: (first, further) => {
    const payload = first as ResultPayload
    const facts = (further as ResultPayload[]).reduce((all, each) => fillFacts(all, each.facts), payload.facts)
    const owners = [...new Set([payload, ...(further as ResultPayload[])].flatMap((each) => each.owners))]
    return { facts, owners, naming: namingOfResult({ ...facts, title: facts.title as Texts }) }
  },
}
