import { setImmediate } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { actAs } from '#db/caller.ts'
import type { Database, Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import type { SheetMapping, Subject } from './model.ts'
import type { StagedRow } from './staged.ts'

/** Rows that go into staging at once: few enough that the embedded engine gives others a turn many times a second. */
export const STAGED_AT_ONCE_MAX = 2_000
const ROWS_BETWEEN_YIELDS = 100

export interface Run {
  zoneId: string
  importId: string
  /** When the work began: what the source says now is dated by it. */
  at: Date
}

/** What it takes to read a file into staging. */
export interface StagingWork {
  database: Database
  caller: Caller
  run: Run
  stager: Stager
  signal: AbortSignal
  progress: (doing: string, done: number, total?: number) => void
}

/** A mapping as it is remembered: without the sheet's place, which may be another next time. */
export type RememberedMapping = Pick<SheetMapping, 'subject' | 'columns'>

/** What was only counted while a file was read into staging. */
export interface Tally {
  /** Rows that nobody needs to look at, by reason. */
  asides: Record<string, number>
  /** Projects of which no organisation is named. */
  projectsAlone: number
  /** Of tables: by the signature of its heading, how each sheet was mapped. */
  mapped: { signature: string; mapping: RememberedMapping }[]
}

/** A short transaction of the server's own, as the account that ordered the work. */
export async function asServer<T>(database: Database, caller: Caller, run: (tx: Tx) => Promise<T>): Promise<T> {
  return database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, caller)
    return run(tx)
  })
}

/** Takes all staged rows of a run away, so that it can be read anew from its file. */
export async function clearStaged(database: Database, caller: Caller, importId: string): Promise<void> {
  await asServer(database, caller, (tx) =>
    tx.deleteFrom('import_row').where('zone_id', '=', caller.zoneId).where('import_id', '=', importId).execute(),
  )
}

/** Lets the engine learn how the tables have grown; the embedded one never does so by itself. */
export async function learnSizes({ kysely }: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(kysely)
}

/** Puts rows of one subject into staging, each with its verdict against the registry as it stands. */
export async function stageRows(tx: Tx, run: Run, subject: Subject, rows: readonly StagedRow[]): Promise<void> {
  const { zoneId, importId } = run
  await sql`
    insert into import_row (zone_id, import_id, ordinal, subject, sheet, row_number, subject_id, other_id, name, payload,
                            notes, refusals, raw, verdict, revision, changes, told, says)
    select ${zoneId}::uuid, ${importId}::uuid, b.o, ${subject}, b.h, b.r, b.i, b.x, b.n, coalesce(b.p, '{}'),
      coalesce(b.t, '[]'), coalesce(b.f, '[]'), b.w,
      coalesce(b.v, case when not m.known then 'new' when m.merged is null then 'same' else 'changed' end),
      m.revision, coalesce(m.merged -> 'changes', '{}'), coalesce(m.merged -> 'told', '{}'), m.merged -> 'says'
    from jsonb_to_recordset(${batchText(rows)}::jsonb)
      as b (o int, h text, r int, i uuid, x uuid, n text, p jsonb, t jsonb, f jsonb, w jsonb, v text)
    left join lateral (${mergesOf(subject, run)}) m on true`.execute(tx)
}

type Merge = (run: Run) => RawBuilder<unknown>

/**
 * A query beside a staged row `b` (payload `p`, ids `i` and `x`, given verdict `v`): whether the registry knows the
 * record, at which revision, and what the row would change, null where nothing.
 */
export const mergesOf = (subject: Subject, run: Run): RawBuilder<unknown> => MERGES[subject](run)

const MERGES: Record<Subject, Merge> = {
  organisation: ({ zoneId, importId, at }) => sql`
    select k.organisation_id is not null as known, k.revision,
      case when k.organisation_id is not null then merge_import(
        organisation_facts(k) || case when b.p ? 'years' then year_facts(k) else '{}' end, k.edited, k.source_says,
        (b.p -> 'facts') || jsonb_build_object('identifiers',
          coalesce(b.p -> 'facts' -> 'identifiers', '{}') || k.identifiers),
        ${importId}, ${at.toISOString()}) end as merged
    from (select) one
    left join zone_organisation k on k.zone_id = ${zoneId}::uuid and k.organisation_id = b.i and b.v is null`,
  result: ({ zoneId, importId, at }) => sql`
    select k.result_id is not null as known, k.revision,
      case when k.result_id is not null then merge_import(
        result_facts(k) || jsonb_build_object('owners', w.owners), k.edited, k.source_says,
        (b.p -> 'facts') || jsonb_build_object('owners', w.owners || coalesce((
          select jsonb_agg(s.value) from jsonb_array_elements(b.p -> 'owners') s where not w.owners @> s.value), '[]')),
        ${importId}, ${at.toISOString()}) end as merged
    from (select) one
    left join result k on k.zone_id = ${zoneId}::uuid and k.result_id = b.i and b.v is null
    left join lateral (
      select coalesce(jsonb_agg(o.organisation_id order by o.ordinal, o.organisation_id), '[]') as owners
      from result_owner o where o.zone_id = k.zone_id and o.result_id = k.result_id) w on true`,
  project: ({ zoneId, importId, at }) => sql`
    select k.project_id is not null as known, k.revision,
      case when k.project_id is not null then merge_import(project_facts(k), '{}', '{}', b.p -> 'facts',
        ${importId}, ${at.toISOString()}) end as merged
    from (select) one
    left join project k on k.zone_id = ${zoneId}::uuid and k.project_id = b.i and b.v is null`,
  participation: ({ zoneId }) => sql`
    select k.project_id is not null as known, null::int as revision,
      case when c.changes <> '{}' then jsonb_build_object('changes', c.changes) end as merged
    from (select) one
    left join participation k on k.zone_id = ${zoneId}::uuid and k.project_id = b.i and k.organisation_id = b.x
      and b.v is null
    left join lateral (select
      ${partChange('role', sql`to_jsonb(k.role)`)}
      || ${partChange('contribution', sql`to_jsonb(k.contribution_minor::text)`)}
      || ${partChange('totalCost', sql`to_jsonb(k.total_cost_minor::text)`)}
      || ${partChange('ended', sql`to_jsonb(k.ended)`)} as changes
      where k.project_id is not null) c on true`,
}

const partChange = (member: string, stands: RawBuilder<unknown>) => sql`
  case when b.p ? ${sql.lit(member)} and b.p -> ${sql.lit(member)} is distinct from ${stands}
    then jsonb_build_object(${sql.lit(member)}, jsonb_build_object('from', ${stands}, 'to', b.p -> ${sql.lit(member)}))
    else '{}' end`

/** Whether a staged organisation has an identifier that is another's in the zone by now. */
export async function clashesOfIdentifiers(tx: Tx, { zoneId, importId }: Run): Promise<boolean> {
  const { rows } = await sql`
    with said as materialized (
      select r.subject_id, i.key as scheme, i.value from import_row r
      cross join lateral jsonb_each_text(coalesce(
        case r.verdict when 'new' then r.payload -> 'facts' -> 'identifiers' else r.changes -> 'identifiers' -> 'to' end,
        '{}')) i
      where r.zone_id = ${zoneId} and r.import_id = ${importId} and r.subject = 'organisation'
        and r.verdict in ('new', 'changed'))
    select from said
    join zone_identifier k on k.zone_id = ${zoneId} and k.scheme = said.scheme and k.value = said.value
    where k.organisation_id <> said.subject_id
    limit 1`.execute(tx)
  return rows.length > 0
}

/** The rows as JSON that `jsonb` takes: it knows neither U+0000 nor half a character. */
function batchText(rows: readonly StagedRow[]): string {
  const text = JSON.stringify(
    rows.map((row) => ({
      o: row.ordinal,
      h: row.sheet,
      r: row.row,
      i: row.id,
      x: row.other,
      n: row.name,
      p: row.payload,
      t: row.notes?.length ? row.notes : undefined,
      f: row.refusals?.length ? row.refusals : undefined,
      w: row.raw,
      v: row.verdict,
    })),
  )
  return /\\u(?:0000|d[89a-f])/i.test(text)
    ? text.replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f]..)/gi, '$1\ufffd')
    : text
}

/**
 * Gathers rows by subject and puts them into staging, some thousands at a time, each in a transaction of its own. While
 * the database writes some, the next are read: one write is under way at a time.
 */
export class Stager {
  private underWay: Promise<void> = Promise.resolve()
  private sinceYield = 0
  private readonly waiting = new Map<Subject, StagedRow[]>()
  private readonly write: (subject: Subject, rows: readonly StagedRow[]) => Promise<void>
  /** How many rows were handed over so far; the next row's ordinal. */
  count = 0

  constructor(write: (subject: Subject, rows: readonly StagedRow[]) => Promise<void>) {
    this.write = write
  }

  /** The ordinal of a row that will be added later, so that rows keep the file's order. */
  reserve(): number {
    return this.count++
  }

  async add(row: Omit<StagedRow, 'ordinal'> & { ordinal?: number }): Promise<void> {
    const { subject } = row
    const rows = this.waiting.get(subject) ?? []
    this.waiting.set(subject, rows)
    rows.push({ ...row, ordinal: row.ordinal ?? this.reserve() })
    // Reading alone would leave the database's answers, and everybody else's requests, waiting.
    if (++this.sinceYield >= ROWS_BETWEEN_YIELDS) {
      this.sinceYield = 0
      await setImmediate()
    }
    if (rows.length >= STAGED_AT_ONCE_MAX) await this.flush(subject)
  }

  async finish(): Promise<void> {
    for (const subject of this.waiting.keys()) await this.flush(subject)
    await this.underWay
  }

  /** Waits for what is under way, however it ends: after a failure nothing may be written any more. */
  async letGo(): Promise<void> {
    await this.underWay.catch(() => undefined)
  }

  private async flush(subject: Subject): Promise<void> {
    const rows = this.waiting.get(subject)
    if (!rows?.length) return
    this.waiting.set(subject, [])
    await this.underWay
    this.underWay = this.write(subject, rows)
    // Whoever awaits it next is told of a failure; until then it is not one that nobody handles.
    this.underWay.catch(() => undefined)
  }
}
