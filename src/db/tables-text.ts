import { sql } from 'kysely'
import type { Database } from './db.ts'

const TYPES: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  int4: 'number',
  int8: 'bigint',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  jsonb: 'unknown',
  timestamptz: 'Date',
  bytea: 'Uint8Array',
  _text: 'string[]',
  _uuid: 'string[]',
}

interface Column {
  table: string
  column: string
  type: string
  nullable: boolean
  defaulted: boolean
}

/** The TypeScript text of the tables as the migrations leave them. */
export async function tablesText({ kysely }: Pick<Database, 'kysely'>): Promise<string> {
  const { rows } = await sql<Column>`
    select c.table_name as "table", c.column_name as "column", c.udt_name as "type",
           c.is_nullable = 'YES' as nullable, c.column_default is not null as defaulted
    from information_schema.columns c
    where c.table_schema = current_schema() and c.table_name not like 'kysely%'
    order by c.table_name, c.ordinal_position`.execute(kysely)
  const tables = Map.groupBy(rows, (row) => row.table)
  const bodies = [...tables].map(([table, columns]) => `  ${table}: {\n${columns.map(lineOf).join('\n')}\n  }`)
  return `// Written by scripts/tables.ts from the migrations; a test sees that it is up to date.
import type { Generated } from 'kysely'

export interface Tables {
${bodies.join('\n')}
}
`
}

function lineOf({ column, type, nullable, defaulted }: Column): string {
  const plain = TYPES[type]
  if (!plain) throw new Error(`The type ${type} of ${column} has no TypeScript type here.`)
  const read = nullable && plain !== 'unknown' ? `${plain} | null` : plain
  return `    ${column}: ${defaulted || (nullable && plain === 'unknown') ? `Generated<${read}>` : read}`
}
