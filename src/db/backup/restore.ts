import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import type { Database, Tx } from '../db.ts'
import { json } from '../db.ts'
import type { FileStore } from '../files.ts'
import { verifyChainIn } from '../journal.ts'
import { listMigrations, migrate } from '../migrate.ts'
import { readArchive } from './archive.ts'
import { LEFT_OUT, sumUp } from './backup.ts'
import { checkBackup, readWhole } from './check.ts'
import type { Manifest, Part } from './manifest.ts'
import { enterZone, listTables, loadRows, tablesOf } from './rows.ts'

export type RestoreReport = ReturnType<typeof sumUp> & { seal: string; madeAt: string; seconds: number }

/**
 * Brings a backup into an empty database of either engine, and its files into the store. Everything is checked before
 * anything is touched; rows, files and every journal's chain are in before one commit keeps it all. What fails leaves
 * the database as empty as it was.
 * @throws Fault `unreadable` for a damaged backup, `unsupported_file` for one of a later version, `conflict` where the
 *   database holds something
 */
export async function restore(
  { database, files }: { database: Database; files: FileStore },
  path: string,
  at: Date,
): Promise<RestoreReport> {
  const started = performance.now()
  const { manifest, seal } = await checkBackup(path)
  await readySchema(database, manifest)
  const added: string[] = []
  try {
    await database.kysely.transaction().execute(async (tx) => {
      await refuseUnlessEmpty(tx)
      // The plan by which a foreign key is checked is made while tables are small, and then kept for the large ones.
      await sql`set local enable_seqscan = off`.execute(tx)
      await loadAll(tx, path, manifest, files, added)
      await endOpenWork(tx, manifest, at)
      await compareJournals(tx, manifest)
    })
  } catch (error) {
    for (const file of added) await rm(file, { force: true })
    throw error
  }
  await migrate(database)
  return { ...sumUp(manifest), seal, madeAt: manifest.madeAt, seconds: (performance.now() - started) / 1000 }
}

/** Brings the schema to where it was when the backup was made, so that every row fits. */
async function readySchema(database: Database, { migrations }: Manifest): Promise<void> {
  const known = await listMigrations(database)
  const later = migrations.filter((name) => !known.some((migration) => migration.name === name))
  if (later.length > 0)
    throw new Fault('unsupported_file', 'A later version of Consortia made this backup.', {
      rule: 'backup.later_version',
      limit: later[0]!,
      tip: 'Update Consortia first.',
    })
  if (known.some(({ ran }) => ran)) await database.kysely.transaction().execute(refuseUnlessEmpty)
  if (known.some(({ name, ran }) => ran && !migrations.includes(name)))
    throw new Fault('conflict', 'The database has a later schema than the backup.', {
      rule: 'restore.schema',
      tip: 'Restore into a new data folder or a new database.',
    })
  if (migrations.length > 0) await migrate(database, migrations.at(-1))
}

/** A zone's rows can't be there without the zone, so it is enough to look at what all zones share, and at the zones. */
async function refuseUnlessEmpty(tx: Tx): Promise<void> {
  await enterZone(tx, null)
  const shared = tablesOf(await listTables(tx), null).map(({ name }) => name)
  for (const name of [...shared.filter((table) => !(table in LEFT_OUT)), 'zone']) {
    const { rows } = await sql`select from ${sql.table(name)} limit 1`.execute(tx)
    if (rows.length > 0)
      throw new Fault('conflict', 'The database is not empty, and a restore replaces nothing.', {
        rule: 'restore.not_empty',
        tip: 'Restore into a new data folder (--data DIR) or a new database (DATABASE_URL).',
      })
  }
}

async function loadAll(tx: Tx, path: string, manifest: Manifest, files: FileStore, added: string[]): Promise<void> {
  const parts = new Map(manifest.parts.map((part) => [part.name, part]))
  for await (const { name, bytes, content } of readArchive(path)) {
    const part = parts.get(name)
    if (part) await loadPart(tx, manifest, part, await readWhole(content, bytes))
    else if (name.startsWith('files/')) await keepFile(files, name.slice(-64), bytes, content, added)
  }
}

async function loadPart(tx: Tx, { tables }: Manifest, { name, table, zoneId, rows, ...part }: Part, bytes: Buffer) {
  if (sha256(bytes) !== part.sha256) throw changedMeanwhile(name)
  await enterZone(tx, zoneId)
  const loaded = await loadRows(tx, table, tables[table]!.columns, bytes)
  if (loaded !== rows) throw changedMeanwhile(name)
}

async function keepFile(
  files: FileStore,
  hash: string,
  bytes: number,
  content: AsyncIterable<Buffer>,
  added: string[],
) {
  const isNew = !(await files.has(hash))
  const kept = await files.keep(Readable.from(content), { bytesMax: bytes })
  if (isNew || kept.sha256 !== hash) added.push(kept.path)
  if (kept.sha256 !== hash) throw changedMeanwhile(hash)
}

const changedMeanwhile = (part: string) =>
  new Fault('unreadable', 'The backup changed while it was read. Nothing was restored.', {
    rule: 'backup.damaged',
    issues: [{ path: part, rule: 'backup.part_changed' }],
  })

/** The queue of jobs stays behind, so work that was under way is told as ended; its owner orders it again. */
async function endOpenWork(tx: Tx, { journals }: Manifest, at: Date): Promise<void> {
  const fault = { code: 'cancelled', message: 'The server was restored from a backup.', rule: 'work.restored' }
  for (const { zoneId } of journals) {
    await enterZone(tx, zoneId)
    await tx
      .updateTable('work')
      .set({ state: 'failed', fault: json(fault), ended_at: at })
      .where('zone_id', '=', zoneId)
      .where('state', 'in', ['queued', 'running'])
      .execute()
  }
}

async function compareJournals(tx: Tx, { journals }: Manifest): Promise<void> {
  for (const { zoneId, zone, entries, head, intact } of journals) {
    await enterZone(tx, zoneId)
    const now = await verifyChainIn(tx, zoneId)
    if (now.entries !== entries || now.head !== head || now.intact !== intact)
      throw new Fault('unreadable', `The journal of the zone ${zone} is not the one that was backed up.`, {
        rule: 'backup.journal',
      })
  }
}
