import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './db.ts'

const FOLDER = join(import.meta.dirname, '../../migrations')

/**
 * Brings the schema up to date, or up to a given migration. Running it twice, or on many servers at once, does no harm.
 * Returns the names of the migrations that ran.
 */
export async function migrate(database: Pick<Database, 'kysely'>, upTo?: string): Promise<string[]> {
  const migrator = await openMigrator(database)
  const { error, results } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo))
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}

/** Every migration that this version knows, in order, and whether it has run here. */
export async function listMigrations(database: Pick<Database, 'kysely'>): Promise<{ name: string; ran: boolean }[]> {
  const known = await (await openMigrator(database)).getMigrations()
  return known.map(({ name, executedAt }) => ({ name, ran: executedAt !== undefined }))
}

async function openMigrator(database: Pick<Database, 'kysely'>): Promise<Migrator> {
  return new Migrator({
    db: database.kysely as Kysely<unknown>,
    provider: { getMigrations: readMigrations },
    ...(await schemaOf(database)),
  })
}

async function schemaOf({ kysely }: Pick<Database, 'kysely'>) {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(kysely)
  return { migrationTableSchema: rows[0]!.name }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(FOLDER, name), 'utf8')))
  return Object.fromEntries(names.map((name, at) => [name.replace('.sql', ''), { up: (db) => runAll(db, texts[at]!) }]))
}

async function runAll(db: Kysely<unknown>, text: string) {
  for (const statement of statementsOf(text)) await sql.raw(statement).execute(db)
}

/** Statements end with a semicolon at the end of a line, outside a `$$` body. The embedded engine takes one at a time. */
export function statementsOf(text: string): string[] {
  const statements: string[] = []
  let lines: string[] = []
  let inBody = false
  for (const line of text.split('\n')) {
    if (line.startsWith('--')) continue
    lines.push(line)
    if ((line.split('$$').length - 1) % 2 === 1) inBody = !inBody
    if (inBody || !line.trimEnd().endsWith(';')) continue
    statements.push(lines.join('\n').trim())
    lines = []
  }
  const rest = lines.join('\n').trim()
  return rest ? [...statements, rest] : statements
}
