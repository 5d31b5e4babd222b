import { stat } from 'node:fs/promises'
import { Fault } from '#kit/fault.ts'
import { NIL_ID, sha256 } from '#kit/ids.ts'
import type { Database, Tx } from '../db.ts'
import type { FileStore } from '../files.ts'
import { verifyChainIn } from '../journal.ts'
import { listMigrations } from '../migrate.ts'
import { type ArchiveWriter, openArchive } from './archive.ts'
import { MANIFEST_NAME, type Manifest, manifestForm, packManifest } from './manifest.ts'
import { dumpRows, enterZone, listTables, type TableForm, tablesOf } from './rows.ts'

/** What a backup does without, and why. The key that signs sessions lies outside the database and stays out as well. */
export const LEFT_OUT = {
  session: 'Whoever finds the backup must not be signed in by it: people sign in again.',
  verification: 'Links for choosing a password hold for an hour.',
  rateLimit: 'Counts of the last minutes.',
  secret: 'The key that signs sessions belongs to a server; a new one is made.',
  jobs: 'The queue of long work: work that was under way is told as ended by the restore.',
} as const

export interface BackupReport {
  path: string
  zones: number
  rows: number
  files: number
  lostFiles: number
  bytes: number
  /** The fingerprint of all that the backup holds. */
  seal: string
  journals: Manifest['journals']
  seconds: number
}

interface ZoneName {
  id: string
  slug: string
}

/**
 * Writes database, files and journal heads as of one moment into a folder or a tar file, in a form that either engine
 * takes back. People may go on working meanwhile; memory stays small whatever there is.
 * @throws Fault `conflict` where something stands at the path
 */
export async function backUp(
  { database, files }: { database: Database; files: FileStore },
  path: string,
  at: Date,
): Promise<BackupReport> {
  const started = performance.now()
  const migrations = (await listMigrations(database)).filter(({ ran }) => ran).map(({ name }) => name)
  if (migrations.length === 0)
    throw new Fault('not_found', 'The database is empty: there is nothing to back up.', { rule: 'backup.nothing' })
  const archive = await openArchive(path, at)
  try {
    const manifest = await database.kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((tx) => writeAll(tx, archive, files, { madeAt: at.toISOString(), engine: database.engine, migrations }))
    const { bytes, seal } = packManifest(manifest)
    await archive.put(MANIFEST_NAME, bytes)
    await archive.close()
    return { path, ...sumUp(manifest), seal, seconds: (performance.now() - started) / 1000 }
  } catch (error) {
    await archive.abandon()
    throw error
  }
}

async function writeAll(
  tx: Tx,
  archive: ArchiveWriter,
  files: FileStore,
  about: Pick<Manifest, 'madeAt' | 'engine' | 'migrations'>,
): Promise<Manifest> {
  const tables = (await listTables(tx)).filter(({ name }) => !(name in LEFT_OUT))
  await enterZone(tx, null)
  const zones = await tx.selectFrom('zone').select(['id', 'slug']).orderBy('id').execute()
  const parts = await writeRows(tx, archive, tables, null, [])
  for (const zone of [{ id: NIL_ID }, ...zones]) await writeRows(tx, archive, tables, zone.id, parts)
  return {
    form: manifestForm,
    ...about,
    tables: Object.fromEntries(tables.map(({ name, columns }) => [name, { columns }])),
    parts,
    ...(await writeFiles(tx, archive, files, zones)),
    journals: await readJournals(tx, zones),
    leftOut: LEFT_OUT,
  }
}

async function writeRows(
  tx: Tx,
  archive: ArchiveWriter,
  tables: readonly TableForm[],
  zoneId: string | null,
  parts: Manifest['parts'],
) {
  await enterZone(tx, zoneId)
  for (const table of tablesOf(tables, zoneId))
    for await (const { bytes, rows } of dumpRows(tx, table, zoneId)) {
      const name = `rows/${String(parts.length + 1).padStart(6, '0')}-${table.name}.ndjson`
      await archive.put(name, bytes)
      parts.push({ name, table: table.name, zoneId, rows, bytes: bytes.length, sha256: sha256(bytes) })
    }
  return parts
}

/** Every file that a record names, once. */
async function writeFiles(tx: Tx, archive: ArchiveWriter, store: FileStore, zones: readonly ZoneName[]) {
  const named = new Set<string>()
  for (const { id } of zones) {
    await enterZone(tx, id)
    const rows = await tx.selectFrom('stored_file').select('sha256').where('zone_id', '=', id).distinct().execute()
    for (const row of rows) named.add(row.sha256)
  }
  const files: Manifest['files'] = []
  const lostFiles: string[] = []
  for (const hash of [...named].sort()) {
    const kept = await stat(store.path(hash)).catch(() => undefined)
    if (!kept) {
      lostFiles.push(hash)
      continue
    }
    await archive.putFile(`files/${hash.slice(0, 2)}/${hash}`, store.path(hash), kept.size)
    files.push({ sha256: hash, bytes: kept.size })
  }
  return { files, lostFiles }
}

async function readJournals(tx: Tx, zones: readonly ZoneName[]): Promise<Manifest['journals']> {
  const journals: Manifest['journals'] = []
  for (const { id, slug } of [{ id: NIL_ID, slug: '' }, ...zones]) {
    await enterZone(tx, id)
    const { entries, head, intact } = await verifyChainIn(tx, id)
    journals.push({ zoneId: id, zone: slug, entries, head, intact })
  }
  return journals
}

export function sumUp({ parts, files, lostFiles, journals }: Manifest) {
  const bytes = [...parts, ...files].reduce((sum, part) => sum + part.bytes, 0)
  return {
    zones: journals.length - 1,
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    files: files.length,
    lostFiles: lostFiles.length,
    bytes,
    journals: journals.filter(({ entries }) => entries > 0),
  }
}
