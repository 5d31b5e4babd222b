import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '#kit/ids.ts'
import { plantDemo } from '../../demo/plant.ts'
import { assembleWorld } from '../../open.ts'
import { createDatabase } from '../../testing/postgres.ts'
import { actAs } from '../caller.ts'
import { type Database, json, openDatabase, type Tx } from '../db.ts'
import { type FileStore, openFileStore } from '../files.ts'
import { verifyChain } from '../journal.ts'
import { listMigrations, migrate } from '../migrate.ts'
import { type BackupReport, backUp } from './backup.ts'
import { checkBackup } from './check.ts'
import { MANIFEST_NAME, type Manifest, type Part, packManifest, unpackManifest } from './manifest.ts'
import { restore } from './restore.ts'
import { enterZone } from './rows.ts'

const AT = new Date('2026-11-22T08:00:00Z')
const FILE = 'a report that a record names'
const POSTGRES = process.env.TEST_DATABASE_URL
const OPERATOR = 'keeper'

interface Parts {
  database: Database
  files: FileStore
}

const folder = mkdtempSync(join(tmpdir(), 'consortia-backup-'))
const opened: Database[] = []
let source: Parts
let path: string
let report: BackupReport
/** Refuses one damaged backup after another and must be as empty after each as before. */
let untouched: Parts

beforeAll(async () => {
  source = await openParts()
  await migrate(source.database)
  const world = assembleWorld({ ...source, secret: 'x'.repeat(32), origin: 'http://backup.test' })
  const { zoneId } = await plantDemo(world)
  await plantDemo(world, 'second-zone')
  await world.accounts.openSession(await anyAccount())
  await keepFile(zoneId)
  untouched = await openParts()
  path = join(folder, 'whole.tar.gz')
  report = await backUp(source, path, AT)
})

afterAll(async () => {
  for (const database of opened) await database.close()
})

/** An empty database of the engine under test; on PostgreSQL its owner is no superuser. */
async function openParts(engine = POSTGRES ? 'postgres' : 'pglite'): Promise<Parts> {
  const database = engine === 'postgres' ? await openDatabase({ url: await makeOwned() }) : await openDatabase()
  opened.push(database)
  return { database, files: openFileStore(mkdtempSync(join(folder, 'files-'))) }
}

let made = 0
async function makeOwned(): Promise<string> {
  const name = `owned_${process.pid}_${Date.now()}_${++made}`
  const url = new URL(await createDatabase(POSTGRES!, name))
  const client = new pg.Client({ connectionString: POSTGRES! })
  await client.connect()
  await client.query(`do $$ begin create role ${OPERATOR} login; exception when duplicate_object then null; end $$`)
  await client.query(`alter role ${OPERATOR} nosuperuser nobypassrls createrole`)
  await client.query(`do $$ begin create role consortia_app nologin; exception when duplicate_object then null; end $$`)
  await client.query(`grant consortia_app to ${OPERATOR}`)
  await client.query(`alter database ${name} owner to ${OPERATOR}`)
  await client.end()
  url.username = OPERATOR
  return url.href
}

async function anyAccount(): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from "user" order by id limit 1`.execute(source.database.kysely)
  return rows[0]!.id
}

async function keepFile(zoneId: string) {
  const text = join(folder, 'report.txt')
  writeFileSync(text, FILE)
  const kept = await source.files.keep(createReadStream(text), { bytesMax: 1000 })
  await source.database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, { zoneId, accountId: null, role: 'system', organisationId: null })
    const file = { name: 'report.txt', bytes: BigInt(kept.bytes), media_type: 'text/plain', created_at: AT }
    const row = { zone_id: zoneId, id: '0190d3a2-0000-7000-8000-000000000001', sha256: kept.sha256, ...file }
    await tx.insertInto('stored_file').values(row).execute()
  })
}

/** What a database holds, as hashes of its rows and files. */
async function contentOf(parts: Parts): Promise<unknown> {
  const copy = join(folder, `content-${++made}.tar`)
  await backUp(parts, copy, AT)
  const { manifest } = await checkBackup(copy)
  const { engine: _, ...content } = manifest
  return content
}

test('a backup names what it holds, and every table holds something of it', async () => {
  const { manifest } = await checkBackup(path)
  expect(report).toMatchObject({ zones: 2, files: 1, lostFiles: 0 })
  expect(report.journals).toHaveLength(2)
  const tables = new Set(manifest.parts.map(({ table }) => table))
  expect([...tables]).toEqual(
    expect.arrayContaining(['user', 'account', 'zone', 'organisation', 'journal', 'need_private']),
  )
  expect([...tables]).not.toEqual(expect.arrayContaining(['session']))
  expect(Object.keys(manifest.leftOut)).toContain('session')
})

test.each(POSTGRES ? ['postgres', 'pglite'] : ['pglite'])(
  'a wiped world comes back row for row, on %s',
  async (engine) => {
    const empty = await openParts(engine)
    const back = await restore(empty, path, AT)
    expect(back).toMatchObject({ zones: 2, rows: report.rows, files: 1, seal: report.seal })
    expect(await contentOf(empty)).toEqual(await contentOf(source))
    for (const { zoneId, entries, head } of report.journals)
      expect(await verifyChain(empty.database, zoneId)).toEqual({ zoneId, entries, head, intact: true })
    expect(readFileSync(empty.files.path(hashOfFile()), 'utf8')).toBe(FILE)
    await expect(restore(empty, path, AT)).rejects.toMatchObject({
      code: 'conflict',
      details: { rule: 'restore.not_empty' },
    })
  },
)

const hashOfFile = () =>
  readdirSync(source.files.root, { recursive: true })
    .map(String)
    .find((name) => name.length > 60)!
    .slice(-64)

test('a folder holds the same as a file, and neither overwrites what stands there', async () => {
  const asFolder = join(folder, 'whole')
  await backUp(source, asFolder, AT)
  expect((await checkBackup(asFolder)).seal).toBe(report.seal)
  for (const taken of [asFolder, path])
    await expect(backUp(source, taken, AT)).rejects.toMatchObject({
      code: 'conflict',
      details: { rule: 'backup.exists' },
    })
})

test('a backup that can not be written whole leaves nothing under its name', async () => {
  const target = join(folder, 'broken.tar')
  const lying = { ...source, files: { ...source.files, path: () => folder } }
  await expect(backUp(lying, target, AT)).rejects.toThrow()
  expect(readdirSync(folder).filter((name) => name.startsWith('broken'))).toEqual([])
})

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['without its last block', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2000)],
  ['with one changed byte', (bytes: Buffer) => flip(bytes, Math.floor(bytes.length / 3))],
  ['with one changed byte near its end', (bytes: Buffer) => flip(bytes, bytes.length - 3000)],
  ['that is no archive', () => Buffer.from('PK is what a zip begins with'.repeat(100))],
  ['that is empty', () => Buffer.alloc(0)],
])('a backup %s is refused before anything is touched', async (_says, damage) => {
  const plain = join(folder, 'plain.tar')
  if (!existsSync(plain)) await backUp(source, plain, AT)
  for (const whole of [plain, path]) {
    const damaged = join(folder, `damaged-${++made}`)
    writeFileSync(damaged, damage(readFileSync(whole)))
    await expect(restore(untouched, damaged, AT)).rejects.toMatchObject({ code: 'unreadable' })
  }
  expect((await listMigrations(untouched.database)).some(({ ran }) => ran)).toBe(false)
})

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at]! ^= 1
  return changed
}

test('a backup of a later version is refused', async () => {
  const later = join(folder, 'later')
  await backUp(source, later, AT)
  changeManifest(later, (manifest) => ({ ...manifest, migrations: [...manifest.migrations, '999999_later'] }))
  await expect(restore(untouched, later, AT)).rejects.toMatchObject({
    code: 'unsupported_file',
    details: { rule: 'backup.later_version', limit: '999999_later' },
  })
})

function changeManifest(at: string, change: (manifest: Manifest) => Manifest) {
  const file = join(at, MANIFEST_NAME)
  writeFileSync(file, packManifest(change(unpackManifest(readFileSync(file)).manifest)).bytes)
}

test('rows that were changed together with the manifest are betrayed by the journal, and nothing is kept', async () => {
  const forged = join(folder, 'forged')
  await backUp(source, forged, AT)
  changeManifest(forged, ({ parts, ...manifest }) => ({ ...manifest, parts: parts.map((part) => forge(forged, part)) }))
  await expect(restore(untouched, forged, AT)).rejects.toMatchObject({ details: { rule: 'backup.journal' } })
  expect(readdirSync(untouched.files.root, { recursive: true }).filter((name) => String(name).length > 60)).toEqual([])
  expect((await restore(untouched, path, AT)).zones).toBe(2)
})

function forge(at: string, part: Part): Part {
  if (part.table !== 'journal') return part
  const file = join(at, part.name)
  const bytes = Buffer.from(readFileSync(file, 'utf8').replace('"demo.plant"', '"demo.plane"'))
  writeFileSync(file, bytes)
  return { ...part, bytes: bytes.length, sha256: sha256(bytes) }
}

test('a backup of an earlier version comes back and is brought up to date', async () => {
  const early = await openParts()
  await migrate(early.database, '000001_house')
  const zone = { id: '0190d3a2-0000-7000-8000-00000000000a', slug: 'early', name: json({}) }
  await early.database.kysely.transaction().execute(async (tx) => {
    await enterZone(tx, zone.id)
    await tx.insertInto('zone').values(zone).execute()
  })
  const taken = join(folder, 'early.tar')
  await backUp(early, taken, AT)
  const empty = await openParts()
  expect(await restore(empty, taken, AT)).toMatchObject({ zones: 1, rows: 1 })
  expect((await listMigrations(empty.database)).every(({ ran }) => ran)).toBe(true)
})

test('work that was under way when the backup was made is told as ended', async () => {
  const busy = untouched
  const { zoneId } = report.journals[0]!
  const open = {
    zone_id: zoneId,
    id: '0190d3a2-0000-7000-8000-000000000002',
    kind: 'x',
    state: 'running',
    created_at: AT,
  }
  const within = <T>(parts: Parts, run: (tx: Tx) => Promise<T>) =>
    parts.database.kysely.transaction().execute(async (tx) => {
      await actAs(tx, { zoneId, accountId: null, role: 'system', organisationId: null })
      return run(tx)
    })
  await within(busy, (tx) => tx.insertInto('work').values(open).execute())
  const taken = join(folder, 'busy.tar')
  await backUp(busy, taken, AT)
  const empty = await openParts()
  await restore(empty, taken, AT)
  expect(await within(empty, (tx) => tx.selectFrom('work').select(['state', 'fault']).execute())).toEqual([
    { state: 'failed', fault: expect.objectContaining({ rule: 'work.restored' }) },
  ])
})
