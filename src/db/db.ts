import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Kysely, PGliteDialect, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { type FolderLock, lockFolder } from './lock.ts'
import type { Tables } from './tables.ts'

export type Tx = Transaction<Tables>

export interface Database {
  engine: 'pglite' | 'postgres'
  kysely: Kysely<Tables>
  /** The embedded engine itself, for what only it can do (jobs, dumps). */
  lite?: PGlite
  url?: string
  /** True as long as the last word of the engine was an answer. */
  ready(): Promise<boolean>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** A PostgreSQL address. Without one the embedded engine keeps its data in `folder`, or in memory where that is absent too. */
  url?: string | undefined
  folder?: string | undefined
  /** The schema to work in; tests give each world its own. */
  schema?: string | undefined
  onLost?: (error: Error) => void
}

const CONNECTIONS_MAX = 10
const STATEMENT_MS_MAX = 120_000
const CONNECT_MS_MAX = 5_000
const INT8 = 20

export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  return options.url ? openPostgres(options.url, options) : openLite(options)
}

async function openPostgres(url: string, { schema, onLost }: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    statement_timeout: STATEMENT_MS_MAX,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format)) },
    ...(schema ? { options: `-c search_path=${schema}` } : {}),
  })
  // Without a listener a lost server would end this process.
  pool.on('error', (error) => onLost?.(error))
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { engine: 'postgres', kysely, url, ready: () => answers(kysely), close: () => kysely.destroy() }
}

async function openLite({ folder, schema }: DatabaseOptions): Promise<Database> {
  let lock: FolderLock | undefined
  if (folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    lock = lockFolder(folder)
  }
  try {
    const lite = await openEngine(folder ? join(folder, 'database') : undefined)
    const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: lite }) })
    if (schema) await sql`set search_path to ${sql.id(schema)}`.execute(kysely)
    const close = async () => {
      await kysely.destroy()
      if (!lite.closed) await lite.close()
      lock?.release()
    }
    return { engine: 'pglite', kysely, lite, ready: () => answers(kysely), close }
  } catch (error) {
    lock?.release()
    throw error
  }
}

export async function openEngine(dataDir?: string): Promise<PGlite> {
  return compiledOnce(() =>
    PGlite.create({
      ...(dataDir ? { dataDir } : {}),
      extensions: { pg_trgm },
      parsers: { [INT8]: (text: string) => BigInt(text) },
    }),
  )
}

const TIERING_FLAGS = ['wasm-tier-up', 'wasm-dynamic-tiering']

/**
 * What starts meanwhile keeps the code of WebAssembly's first compiler. Optimising the engine's greatest function takes
 * half a gigabyte (docs/decisions/0009); whether a module is ever optimised is settled when it is first compiled, so
 * that the solver, which comes later, still is.
 */
async function compiledOnce<T>(start: () => Promise<T>): Promise<T> {
  for (const flag of TIERING_FLAGS) setFlagsFromString(`--no-${flag}`)
  try {
    return await start()
  } finally {
    for (const flag of TIERING_FLAGS) setFlagsFromString(`--${flag}`)
  }
}

async function answers(kysely: Kysely<Tables>): Promise<boolean> {
  try {
    await sql`select 1`.execute(kysely)
    return true
  } catch {
    return false
  }
}

/** A value for a `jsonb` column; drivers differ in what they make of arrays and text. */
export function json(value: unknown) {
  return sql<never>`${JSON.stringify(value)}::jsonb`
}
