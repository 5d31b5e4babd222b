import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { json, type Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { likePattern } from '../registry/list-store.ts'
import type {
  Counts,
  Import,
  ImportBrief,
  ImportQuery,
  ImportRow,
  ImportRowQuery,
  Mapping,
  Reading,
  Summary,
} from './model.ts'
import { mayAct, stateOf } from './rules.ts'

/** A file of a run, kept by its hash. `part` is its place in a CORDIS download that came file by file. */
export interface RunFile {
  name: string
  sha256: string
  bytes: number
  part?: string
}

export type RunRow = Selectable<Tables['import_run']>
type StoredState = Parameters<typeof stateOf>[0]
type WorkRow = Pick<Selectable<Tables['work']>, 'id' | 'state' | 'doing' | 'done' | 'total' | 'fault'>
type Shown = Pick<
  RunRow,
  'id' | 'kind' | 'file_name' | 'files' | 'state' | 'summary' | 'fault' | 'created_at' | 'applied_at'
> & { who: string | null; work: WorkRow | null }

const RUNS_LISTED_MAX = 1_000

export const filesOf = (run: Pick<RunRow, 'files'>) => run.files as RunFile[]

export async function findRun(tx: Tx, zoneId: string, id: string, lock = false): Promise<RunRow | undefined> {
  const query = tx.selectFrom('import_run').selectAll().where('zone_id', '=', zoneId).where('id', '=', id)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export type RunChange = Partial<{
  kind: string
  state: string
  workId: string
  reading: Reading
  mapping: Mapping
  summary: Summary
  fault: unknown
  files: RunFile[]
  rowsHash: string | null
  appliedAt: Date
}>

export async function changeRun(tx: Tx, zoneId: string, id: string, change: RunChange): Promise<void> {
  const { kind, state, workId, rowsHash, appliedAt, ...documents } = change
  const columns = {
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
    ...(workId === undefined ? {} : { work_id: workId }),
    ...(rowsHash === undefined ? {} : { rows_hash: rowsHash }),
    ...(appliedAt === undefined ? {} : { applied_at: appliedAt }),
    ...Object.fromEntries(Object.entries(documents).map(([column, value]) => [column, json(value)])),
  }
  await tx
    .updateTable('import_run')
    .set(columns as never)
    .where('zone_id', '=', zoneId)
    .where('id', '=', id)
    .execute()
}

const shown = (tx: Tx, zoneId: string) =>
  tx
    .selectFrom('import_run as i')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'i.zone_id').onRef('m.account_id', '=', 'i.account_id'),
    )
    .leftJoin('work as w', (join) => join.onRef('w.zone_id', '=', 'i.zone_id').onRef('w.id', '=', 'i.work_id'))
    .select(['i.id', 'i.kind', 'i.file_name', 'i.files', 'i.state', 'i.summary', 'i.fault', 'i.created_at'])
    .select(['i.applied_at', 'm.name as who'])
    .select(
      sql<WorkRow | null>`case when w.id is not null then jsonb_build_object('id', w.id, 'state', w.state,
        'doing', w.doing, 'done', w.done, 'total', w.total, 'fault', w.fault) end`.as('work'),
    )
    .where('i.zone_id', '=', zoneId)

/** The latest first. Their state follows from their work too, so the filter looks at each of the latest thousand. */
export async function listRuns(tx: Tx, zoneId: string, query: z.output<typeof ImportQuery>) {
  const rows = await shown(tx, zoneId)
    .orderBy('i.created_at', 'desc')
    .orderBy('i.id', 'desc')
    .limit(RUNS_LISTED_MAX)
    .execute()
  const said = query.q.toLowerCase()
  const found = rows
    .map(briefOf)
    .filter((run) => run.fileName.toLowerCase().includes(said) && (query.state?.includes(run.state) ?? true))
  return { rows: found.slice((query.page - 1) * query.size, query.page * query.size), total: found.length }
}

export async function showRun(tx: Tx, zoneId: string, id: string): Promise<Import | undefined> {
  const row = await shown(tx, zoneId).select(['i.reading', 'i.mapping']).where('i.id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const brief = briefOf(row)
  const { state } = brief
  return {
    ...brief,
    reading: row.reading as Reading | null,
    mapping: row.mapping as Mapping | null,
    summary: row.summary as Summary | null,
    may: {
      map: mayAct('map', state) && row.kind !== 'cordis',
      apply: mayAct('apply', state),
      drop: mayAct('drop', state),
      addFile: mayAct('addFile', state) && row.kind === 'cordis',
    },
  }
}

function briefOf(row: Shown): ImportBrief {
  const { work } = row
  const state = stateOf(row.state as StoredState, work?.state ?? null)
  return {
    id: row.id,
    kind: row.kind as ImportBrief['kind'],
    fileName: row.file_name,
    bytes: filesOf(row).reduce((sum, file) => sum + file.bytes, 0),
    state,
    who: row.who,
    createdAt: row.created_at.toISOString(),
    appliedAt: row.applied_at?.toISOString() ?? null,
    work: work && {
      id: work.id,
      state: work.state as 'running',
      doing: work.doing,
      done: Number(work.done),
      total: work.total === null ? null : Number(work.total),
    },
    counts: (row.summary as Summary | null)?.counts ?? null,
    fault: (row.fault ?? (state === 'failed' ? work?.fault : null) ?? null) as ImportBrief['fault'],
  }
}

type RowQuery = z.output<typeof ImportRowQuery>

export async function listRows(
  tx: Tx,
  zoneId: string,
  importId: string,
  query: RowQuery,
): Promise<{ rows: ImportRow[]; total: number }> {
  let found = tx.selectFrom('import_row').where('zone_id', '=', zoneId).where('import_id', '=', importId)
  if (query.subject?.length) found = found.where('subject', 'in', query.subject)
  if (query.verdict?.length) found = found.where('verdict', 'in', query.verdict)
  if (query.sheet !== undefined) found = found.where('sheet', '=', query.sheet)
  if (query.q) found = found.where(sql`lower(name)`, 'like', likePattern(query.q))
  if (query.note) found = found.where(sql<boolean>`notes @> ${json([{ note: query.note }])}`)
  if (query.rule) found = found.where(sql<boolean>`refusals @> ${json([{ rule: query.rule }])}`)
  const { total } = await found.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const rows = await found
    .selectAll()
    .orderBy('ordinal')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  const ids = rows.flatMap((row) => ownersOf(row.payload).concat(...Object.values(ownersChanged(row.changes))))
  const names = await nameOwners(tx, zoneId, importId, [...new Set(ids)])
  return { total, rows: rows.map((row) => rowOf(row, names)) }
}

type Change = { from: unknown; to: unknown }
const ownersOf = (payload: unknown) => (payload as { owners?: string[] }).owners ?? []
const ownersChanged = (changes: unknown): { from: string[]; to: string[] } => {
  const { owners } = changes as { owners?: Change }
  return { from: (owners?.from ?? []) as string[], to: (owners?.to ?? []) as string[] }
}

/** Names of a result's owners, which stand in the registry or are brought by the same import. */
async function nameOwners(tx: Tx, zoneId: string, importId: string, ids: readonly string[]) {
  if (!ids.length) return new Map<string, string>()
  const brought = await tx
    .selectFrom('import_row')
    .select(['subject_id as id', 'name'])
    .where('zone_id', '=', zoneId)
    .where('import_id', '=', importId)
    .where('subject', '=', 'organisation')
    .where('verdict', '!=', 'set_aside')
    .where('subject_id', 'in', [...ids])
    .execute()
  const standing = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name'])
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', [...ids])
    .execute()
  return new Map([...brought, ...standing].map(({ id, name }) => [id!, name]))
}

function rowOf(row: Selectable<Tables['import_row']>, names: ReadonlyMap<string, string>): ImportRow {
  const payload = row.payload as { facts?: Record<string, unknown> }
  const named = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id)
  const owners = ownersOf(row.payload)
  const changed = ownersChanged(row.changes)
  const changes = row.changes as ImportRow['changes']
  const facts = row.subject === 'participation' ? (row.payload as Record<string, unknown>) : (payload.facts ?? {})
  return {
    ordinal: row.ordinal,
    subject: row.subject as ImportRow['subject'],
    sheet: row.sheet,
    row: row.row_number,
    verdict: row.verdict as ImportRow['verdict'],
    subjectId: row.subject_id,
    otherId: row.other_id,
    name: row.name,
    facts: owners.length ? { ...facts, owners: named(owners) } : facts,
    changes: changes.owners ? { ...changes, owners: { from: named(changed.from), to: named(changed.to) } } : changes,
    told: row.told as ImportRow['told'],
    refusals: row.refusals as ImportRow['refusals'],
    notes: row.notes as ImportRow['notes'],
    raw: row.raw === null ? null : Object.fromEntries(row.raw as [string, string][]),
  }
}

const NONE = { read: 0, new: 0, changed: 0, same: 0, refused: 0, setAside: 0 }
const NAMES = {
  organisation: 'organisations',
  result: 'results',
  project: 'projects',
  participation: 'participations',
} as const

export async function countRows(tx: Tx, zoneId: string, importId: string): Promise<Counts> {
  const { rows } = await sql<{ subject: keyof typeof NAMES; verdict: string; count: number }>`
    select subject, verdict, count(*)::int as count from import_row
    where zone_id = ${zoneId} and import_id = ${importId} group by 1, 2`.execute(tx)
  const counts: Counts = {
    organisations: { ...NONE },
    results: { ...NONE },
    projects: { ...NONE },
    participations: { ...NONE },
  }
  for (const { subject, verdict, count } of rows) {
    const of = counts[NAMES[subject]]
    if (verdict === 'set_aside') of.setAside += count
    else {
      of[verdict as 'new'] += count
      of.read += count
    }
  }
  return counts
}

/** How often each note was made on rows that stand, and on rows that were set aside. */
export async function countNotes(tx: Tx, zoneId: string, importId: string) {
  const { rows } = await sql<{ aside: boolean; note: string; count: number }>`
    select r.verdict = 'set_aside' as aside, n ->> 'note' as note, count(*)::int as count
    from import_row r, jsonb_array_elements(r.notes) n
    where r.zone_id = ${zoneId} and r.import_id = ${importId} and r.notes <> '[]' and r.verdict <> 'refused'
    group by 1, 2 order by 1, 2`.execute(tx)
  const told = await sql<{ count: number }>`
    select count(*)::int as count from import_row
    where zone_id = ${zoneId} and import_id = ${importId} and verdict = 'changed' and told <> '{}'`.execute(tx)
  const of = (aside: boolean) =>
    Object.fromEntries(rows.filter((row) => row.aside === aside).map((row) => [row.note, row.count]))
  return { asides: of(true), notes: of(false), told: told.rows[0]?.count ?? 0 }
}

/** The organisations that a run brought or changed. */
export async function listTaken(tx: Tx, zoneId: string, importId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('import_row')
    .select('subject_id')
    .where('zone_id', '=', zoneId)
    .where('import_id', '=', importId)
    .where('subject', '=', 'organisation')
    .where('verdict', 'in', ['new', 'changed'])
    .execute()
  return rows.flatMap((row) => row.subject_id ?? [])
}

/** One hash over all that the staged rows say and would do, in their order. */
export async function hashRows(tx: Tx, zoneId: string, importId: string): Promise<string> {
  const { rows } = await sql<{ hash: string }>`
    select encode(sha256(convert_to(coalesce(string_agg(md5(concat_ws('|', subject, subject_id, other_id, verdict, payload,
      changes)), '' order by ordinal), ''), 'UTF8')), 'hex') as hash
    from import_row where zone_id = ${zoneId} and import_id = ${importId}`.execute(tx)
  return rows[0]!.hash
}

/** Writes the history of what was taken, as part of the journal's next entry, whose place the zone's chain holds until then. */
export async function writeHistory(
  tx: Tx,
  { zoneId, importId, at }: { zoneId: string; importId: string; at: Date },
  accountId: string | null,
): Promise<void> {
  const head = await tx
    .selectFrom('journal_head')
    .select('seq')
    .where('zone_id', '=', zoneId)
    .forUpdate()
    .executeTakeFirst()
  const seq = (head?.seq ?? 0n) + 1n
  await sql`
    insert into record_change (zone_id, subject_kind, subject_id, seq, part, at, account_id, import_id, action, changes)
    select ${zoneId}::uuid, subject, subject_id, ${String(seq)}::bigint, ordinal + 1, ${at}, ${accountId}, ${importId}::uuid,
      case verdict when 'new' then 'added' else 'changed' end, changes
    from import_row
    where zone_id = ${zoneId} and import_id = ${importId} and subject <> 'participation' and verdict in ('new', 'changed')`.execute(
    tx,
  )
}

export async function rememberedMappings(
  tx: Tx,
  zoneId: string,
  signatures: readonly string[],
): Promise<Map<string, unknown>> {
  if (!signatures.length) return new Map()
  const rows = await tx
    .selectFrom('column_mapping')
    .select(['signature', 'mapping'])
    .where('zone_id', '=', zoneId)
    .where('signature', 'in', [...signatures])
    .execute()
  return new Map(rows.map((row) => [row.signature, row.mapping]))
}

export async function rememberMapping(
  tx: Tx,
  zoneId: string,
  { signature, mapping, accountId, at }: { signature: string; mapping: unknown; accountId: string | null; at: Date },
): Promise<void> {
  const values = { mapping: json(mapping), account_id: accountId, updated_at: at }
  await tx
    .insertInto('column_mapping')
    .values({ zone_id: zoneId, signature, ...values })
    .onConflict((conflict) => conflict.columns(['zone_id', 'signature']).doUpdateSet(values))
    .execute()
}
