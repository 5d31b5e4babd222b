import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'

export interface Key {
  kind: 'primary' | 'unique' | 'foreign'
  name: string
  columns: string[]
  /** Of a foreign key: the table and columns that it points at. */
  table: string | null
  targets: string[]
}

export interface TableSchema {
  name: string
  columns: { name: string; type: string; needed: boolean }[]
  keys: Key[]
  /** By column: a value that its check allows, where there is one. */
  allowed: Map<string, string>
  walled: boolean
  owner: string
}

/** The tables of the current schema as the catalogue knows them, without the migrator's own. */
export async function readSchema(tx: Tx): Promise<Map<string, TableSchema>> {
  const { rows: tables } = await sql<{ name: string; walled: boolean; owner: string }>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled, pg_get_userbyid(c.relowner) as owner
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      and c.relname not like 'kysely%' order by c.relname`.execute(tx)
  const { rows: columns } = await sql<{ table: string; name: string; type: string; needed: boolean }>`
    select table_name as "table", column_name as name, udt_name as type,
      is_nullable = 'NO' and column_default is null as needed
    from information_schema.columns where table_schema = current_schema() order by ordinal_position`.execute(tx)
  const keys = await readKeys(tx)
  const { rows: checks } = await sql<{ table: string; text: string }>`
    select conrelid::regclass::text as "table", pg_get_constraintdef(oid) as text
    from pg_constraint where contype = 'c' and connamespace = current_schema()::regnamespace`.execute(tx)
  return new Map(
    tables.map((table) => [
      table.name,
      {
        ...table,
        columns: columns.filter((column) => column.table === table.name),
        keys: keys.filter((key) => key.of === table.name),
        allowed: allowedBy(checks.filter((check) => plain(check.table) === table.name).map((check) => check.text)),
      },
    ]),
  )
}

const plain = (name: string) => name.replaceAll('"', '').replace(/^.*\./, '')

/** Keys of constraints and of unique indexes alike. */
async function readKeys(tx: Tx): Promise<(Key & { of: string })[]> {
  const { rows: foreign } = await sql<Key & { of: string }>`
    select 'foreign' as kind, k.conname as name, o.relname as of, t.relname as "table",
      (select array_agg(a.attname::text order by u.at) from unnest(k.conkey) with ordinality u (num, at)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num) as columns,
      (select array_agg(a.attname::text order by u.at) from unnest(k.confkey) with ordinality u (num, at)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num) as targets
    from pg_constraint k join pg_class o on o.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = current_schema()::regnamespace`.execute(tx)
  const { rows: unique } = await sql<Key & { of: string }>`
    select case when i.indisprimary then 'primary' else 'unique' end as kind, x.relname as name, o.relname as of,
      null as "table", '{}'::text[] as targets,
      (select array_agg(coalesce(a.attname::text, '') order by u.at) from unnest(i.indkey::int2[]) with ordinality u (num, at)
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.num and u.num > 0) as columns
    from pg_index i join pg_class o on o.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    where i.indisunique and o.relnamespace = current_schema()::regnamespace`.execute(tx)
  return [...foreign, ...unique]
}

/** From checks such as `kind = any (array['link', …])`, the first value of each column; of bounds the lower. */
function allowedBy(checks: readonly string[]): Map<string, string> {
  const found = checks.flatMap((text) => {
    const match =
      /^CHECK \(\(?\(?(\w+) = (?:ANY \()?\(?\(?ARRAY\['([^']+)'/.exec(text) ??
      /^CHECK \(\((\w+) = '([^']+)'/.exec(text) ??
      /^CHECK \(\(\((\w+) >= (\d+)\) AND/.exec(text)
    return match ? [[match[1]!, match[2]!] as const] : []
  })
  return new Map(found)
}

const VALUES: Record<string, unknown> = {
  text: 'x',
  int4: 1,
  int8: 1,
  float4: 0.5,
  float8: 0.5,
  bool: false,
  bytea: '\\x00',
  jsonb: {},
  timestamptz: '2026-11-22T08:00:00Z',
  _text: [],
  _uuid: [],
}

export type Row = Record<string, unknown>

/**
 * Plants one row in a table of a zone, and before it the rows that it points at. It writes as the server itself, whom no
 * wall stops. `planted` holds what stands already, by table.
 */
export async function plantRow(
  tx: Tx,
  schema: ReadonlyMap<string, TableSchema>,
  name: string,
  { zoneId, planted, own, newId }: { zoneId: string; planted: Map<string, Row>; own: Row; newId: () => string },
): Promise<Row> {
  const known = planted.get(name)
  if (known) return known
  const table = schema.get(name)!
  const row: Row = { zone_id: zoneId }
  for (const key of table.keys.filter((each) => each.kind === 'foreign')) {
    const target =
      key.table === 'zone'
        ? { id: zoneId }
        : await plantRow(tx, schema, key.table!, { zoneId, planted, own: {}, newId })
    for (const [at, column] of key.columns.entries()) row[column] = target[key.targets[at]!]
  }
  for (const column of table.columns.filter((each) => each.needed && row[each.name] === undefined))
    row[column.name] = table.allowed.get(column.name) ?? (column.type === 'uuid' ? newId() : VALUES[column.type])
  Object.assign(row, own)
  const { rows } = await sql<{ row: Row }>`
    insert into ${sql.table(name)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))})
    select ${sql.join(Object.keys(row).map((column) => sql.ref(`r.${column}`)))}
    from jsonb_populate_record(null::${sql.table(name)}, ${JSON.stringify(row)}::jsonb) r
    returning to_jsonb(${sql.table(name)}.*) as row`.execute(tx)
  planted.set(name, rows[0]!.row)
  return rows[0]!.row
}
