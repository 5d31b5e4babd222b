import { sql } from 'kysely'
import { NIL_ID } from '#kit/ids.ts'
import type { Tx } from '../db.ts'

/** A table as its rows are kept and put back. */
export interface TableForm {
  name: string
  columns: string[]
  /** The primary key, in whose order rows are kept, so that equal contents give equal bytes. */
  key: { name: string; text: boolean }[]
  scope: Scope
}

/** `zone`: rows of a zone. `own`: the zone itself. `home`: rows that all share, or of one zone. `shared`: of all. */
type Scope = 'zone' | 'own' | 'home' | 'shared'

const ROWS_READ_AT_ONCE = 500
const PART_BYTES_MIN = 4_000_000
const BATCH_CHARACTERS_MAX = 1_000_000
const SYSTEM = 'system'

/** The tables of the schema, each after those that it refers to; ties by name. */
export async function listTables(tx: Tx): Promise<TableForm[]> {
  const { rows } = await sql<{ name: string; columns: string[]; key: string[]; texts: string[]; after: string[] }>`
    select c.relname::text as name,
      array(select a.attname::text from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
            where i.indrelid = c.oid and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)) as key,
      array(select a.attname::text from pg_attribute a
            where a.attrelid = c.oid and a.atttypid in ('text'::regtype, 'varchar'::regtype)) as texts,
      array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
            where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as after
    from pg_class c
    where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
      and c.relkind = 'r' and c.relname not like 'kysely%'
    order by c.relname collate "C"`.execute(tx)
  return sortByReference(rows).map(({ name, columns, key, texts }) => ({
    name,
    columns,
    key: key.map((column) => ({ name: column, text: texts.includes(column) })),
    scope: scopeOf(name, columns),
  }))
}

function sortByReference<Row extends { name: string; after: string[] }>(rows: readonly Row[]): Row[] {
  const sorted: Row[] = []
  const left = new Map(rows.map((row) => [row.name, row]))
  while (left.size > 0) {
    const next = [...left.values()].find((row) => row.after.every((name) => !left.has(name)))
    if (!next) throw new Error(`These tables refer to each other in a circle: ${[...left.keys()].join(', ')}`)
    left.delete(next.name)
    sorted.push(next)
  }
  return sorted
}

function scopeOf(name: string, columns: readonly string[]): Scope {
  if (columns.includes('zone_id')) return 'zone'
  if (name === 'zone') return 'own'
  return columns.includes('home_zone_id') ? 'home' : 'shared'
}

/** Which tables hold rows of a zone, or for null, rows that all zones share. */
export function tablesOf(tables: readonly TableForm[], zoneId: string | null): TableForm[] {
  return tables.filter(({ scope }) => scope === 'home' || (scope === 'shared') === (zoneId === null))
}

/**
 * Lets the owner of the tables, who on PostgreSQL is no superuser, pass the walls of one zone and no other; null passes
 * to what all zones share.
 */
export async function enterZone(tx: Tx, zoneId: string | null): Promise<void> {
  await sql`select set_config('app.zone', ${zoneId ?? NIL_ID}, true), set_config('app.role', ${SYSTEM}, true),
    set_config('app.account', '', true), set_config('app.organisation', '', true),
    set_config('timezone', 'UTC', true)`.execute(tx)
}

/** A table's rows within a zone, as lines of JSON, some megabytes at a time. */
export async function* dumpRows(
  tx: Tx,
  { name, key, scope }: TableForm,
  zoneId: string | null,
): AsyncGenerator<{ bytes: Buffer; rows: number }> {
  const order = key.map((column) => sql`t.${sql.ref(column.name)}${column.text ? sql` collate "C"` : sql``}`)
  await sql`declare dumped no scroll cursor for select row_to_json(t)::text as line from ${sql.table(name)} t
    where ${within(scope, zoneId)} order by ${sql.join(order)}`.execute(tx)
  let lines: string[] = []
  let characters = 0
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(ROWS_READ_AT_ONCE)} from dumped`.execute(tx)
    for (const { line } of rows) {
      lines.push(line)
      characters += line.length
    }
    const ended = rows.length < ROWS_READ_AT_ONCE
    if (lines.length > 0 && (ended || characters >= PART_BYTES_MIN)) {
      yield { bytes: Buffer.from(`${lines.join('\n')}\n`), rows: lines.length }
      lines = []
      characters = 0
    }
    if (ended) break
  }
  await sql`close dumped`.execute(tx)
}

function within(scope: Scope, zoneId: string | null) {
  if (scope === 'shared') return sql`true`
  if (scope === 'own') return sql`t.id = ${sql.lit(zoneId)}::uuid`
  if (scope === 'zone') return sql`t.zone_id = ${sql.lit(zoneId)}::uuid`
  return zoneId === null ? sql`t.home_zone_id is null` : sql`t.home_zone_id = ${sql.lit(zoneId)}::uuid`
}

/** Puts lines of JSON back as rows. Returns how many there were. */
export async function loadRows(tx: Tx, table: string, columns: readonly string[], bytes: Buffer): Promise<number> {
  const lines = bytes.toString('utf8').split('\n').filter(Boolean)
  const into = sql.join(columns.map((column) => sql.ref(column)))
  for (const batch of batchesOf(lines))
    await sql`insert into ${sql.table(table)} (${into})
      select ${into} from json_populate_recordset(null::${sql.table(table)}, ${batch}::json)`.execute(tx)
  return lines.length
}

function* batchesOf(lines: readonly string[]): Generator<string> {
  let batch: string[] = []
  let characters = 0
  for (const line of lines) {
    batch.push(line)
    characters += line.length
    if (characters < BATCH_CHARACTERS_MAX) continue
    yield `[${batch.join(',')}]`
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`
}
