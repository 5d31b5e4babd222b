/**
 * How soon a saved record is found, over HTTP, and how soon a server answers after its start: `node bench/fresh/run.ts
 * [pglite|postgres] [RECORDS …]`. Prints a row of the README's table for each engine and size.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { command } from '#db/command.ts'
import { type Database, json, openDatabase } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import { keyedId } from '#kit/ids.ts'
import { systemCaller } from '#stages/caller.ts'
import { becomeAdministrator, type TestClient } from '../../src/testing/client.ts'
import { startPostgres } from '../../src/testing/postgres.ts'
import { startServer, type TestServer } from '../../src/testing/server.ts'
import { makeCollection } from '../search/collection.ts'

const SIZES = [1_000, 10_000, 100_000]
const SAVES = 40
const ROWS_AT_ONCE = 2_000
const RESULTS_AN_ORGANISATION = 10
const TITLE_WORDS = 12
const FOUND_MS_MAX = 120_000
/** Snapshots are written two seconds after there is something to write, and then not more often than every minute. */
const SNAPSHOT_WAIT_MS_MAX = 60_000
const CAPABILITIES = [
  'Solid electrolyte film',
  'Battery thermal management',
  'Water treatment membrane',
  'Wind turbine',
]
const environment = { CONSORTIA_DEMO: 'no', CONSORTIA_SECRET: 'a secret of this measurement', LOG_LEVEL: 'warn' }

async function measure(engine: string, size: number): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'consortia-fresh-'))
  const postgres = engine === 'postgres' ? await startPostgres({ fsync: true }) : undefined
  const url = await postgres?.createDatabase('fresh')
  const options = { data, environment, ...(url ? { databaseUrl: url } : {}) }
  try {
    let server = await startServer(options)
    const client = await becomeAdministrator(server)
    const need = await postNeed(client)
    await server.stop()
    const zoneId = await fill(await openDatabase(url ? { url } : { folder: data }), size)

    server = await startServer(options)
    const anew = await timed(() => ask(client, server, 'POST', `/needs/${need}/match`))
    const saves: Saved[] = []
    for (let at = 0; at < SAVES; at += 1) saves.push(await saveAndFind(client, server, need, at))
    await snapshotIn(data, zoneId)
    await server.stop()
    const bytes = await snapshotIn(data, zoneId)

    server = await startServer(options)
    const again = await timed(() => ask(client, server, 'POST', `/needs/${need}/match`))
    await server.stop()
    const cells = [
      ...(['save', 'matched', 'searched'] as const).flatMap((kind) => quantiles(saves.map((one) => one[kind]))),
      inSeconds(anew),
      inSeconds(again),
      `${(bytes / 1e6).toFixed(0)} MB`,
    ]
    return `| ${engine} | ${size.toLocaleString('en')} | ${cells.join(' | ')} |`
  } finally {
    await postgres?.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function quantiles(values: readonly number[]): string[] {
  const sorted = [...values].sort((a, b) => a - b)
  return [0.5, 0.95].map((share) => sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(0))
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return performance.now() - began
}

async function ask(client: TestClient, server: TestServer, method: string, path: string, body?: unknown) {
  const answer = await client.ask(method, path, { url: server.url, ...(body === undefined ? {} : { body }) })
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

async function postNeed(client: TestClient): Promise<string> {
  const sponsor = await client.ask('POST', '/organisations', { body: { names: { en: 'Sponsor' } } })
  const { body, status } = await client.ask('POST', '/needs', {
    body: {
      title: 'A pilot line for solid-state batteries',
      problem: 'Films crack when they are cast faster, and the cells grow too hot.',
      sponsors: [sponsor.body.id],
      capabilities: CAPABILITIES.map((name) => ({ name, weight: 3, critical: false, levelWanted: 2 })),
    },
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body.id
}

interface Saved {
  /** Until the save is answered. */
  save: number
  /** From the beginning of the save until the board, or the search, shows the record. */
  matched: number
  searched: number
}

async function saveAndFind(client: TestClient, server: TestServer, need: string, at: number): Promise<Saved> {
  const name = `Solid electrolyte film by casting, line ${at}`
  const maker = await ask(client, server, 'POST', '/organisations', { names: { en: `Film maker ${at}` } })
  const began = performance.now()
  const body = { title: { en: name }, summary: { en: 'Cast at speed without cracks.' }, owners: [maker.id] }
  const { id } = await ask(client, server, 'POST', '/results', body)
  const save = performance.now() - began
  const isThere = (answer: unknown) => JSON.stringify(answer).includes(id)
  const until = async (read: () => Promise<unknown>) => {
    while (!isThere(await read()))
      if (performance.now() - began > FOUND_MS_MAX) throw new Error('The record is not found.')
    return performance.now() - began
  }
  const matched = await until(() => ask(client, server, 'POST', `/needs/${need}/match`))
  const before = performance.now()
  await until(() => ask(client, server, 'GET', `/search?q=${encodeURIComponent(name)}`))
  return { save, matched, searched: save + performance.now() - before }
}

/** How large the zone's snapshot is, once there is one. */
async function snapshotIn(data: string, zoneId: string): Promise<number> {
  const late = performance.now() + SNAPSHOT_WAIT_MS_MAX
  for (;;) {
    const size = statSync(join(data, 'match', `${zoneId}.snapshot`), { throwIfNoEntry: false })?.size
    if (size || performance.now() > late) return size ?? 0
    await pause(100)
  }
}

/** Fills the zone with results of organisations, as an import would, by commands of its chain. */
async function fill(database: Database, size: number): Promise<string> {
  try {
    const { id: zoneId } = await database.kysely.selectFrom('zone').select('id').executeTakeFirstOrThrow()
    const collection = makeCollection(size)
    if (!collection) throw new Error('The shared data is not there.')
    for (let from = 0; from < size; from += ROWS_AT_ONCE) {
      const documents = collection.documents.slice(from, from + ROWS_AT_ONCE)
      const order = { name: 'demo.fill', input: { from }, at: new Date() }
      await command(database, systemCaller(zoneId), order, async ({ tx }) => {
        const owners = [...new Set(documents.map((_, at) => ownerOf(from + at)))]
        const named = owners.map((owner) => ({ id: keyedId('fresh', owner), names: textIn(owner), name: owner }))
        await tx
          .insertInto('organisation')
          .values(named.map(({ id, names }) => ({ id, names, home_zone_id: zoneId })))
          .execute()
        await tx
          .insertInto('zone_organisation')
          .values(
            named.map(({ id, names, name }) => ({
              ...{ zone_id: zoneId, organisation_id: id, names, display_name: name, sort_key: sortKey(name) },
              search_text: foldText(name),
            })),
          )
          .execute()
        const results = documents.map(({ id, text }, at) => ({ ...resultOf(id, text), owner: ownerOf(from + at) }))
        await tx
          .insertInto('result')
          .values(results.map(({ owner: _, ...row }) => ({ ...row, zone_id: zoneId })))
          .execute()
        await tx
          .insertInto('result_owner')
          .values(
            results.map(({ result_id, owner }) => ({
              ...{ zone_id: zoneId, result_id, organisation_id: keyedId('fresh', owner) },
            })),
          )
          .execute()
        return {}
      })
    }
    await sql`analyze`.execute(database.kysely)
    return zoneId
  } finally {
    await database.close()
  }
}

function ownerOf(at: number): string {
  return `Organisation ${Math.floor(at / RESULTS_AN_ORGANISATION)}`
}
function textIn(text: string) {
  return json({ en: { text, origin: 'imported' } })
}

function resultOf(id: string, text: string) {
  const words = text.split(' ')
  const title = words.slice(0, TITLE_WORDS).join(' ')
  return {
    ...{ result_id: keyedId('fresh', id), title: textIn(title), display_title: title, sort_key: sortKey(title) },
    summary: textIn(words.slice(TITLE_WORDS).join(' ')),
    trl: 5,
    search_text: foldText(text),
  }
}

const [engineAsked, ...sizesAsked] = process.argv.slice(2)
for (const engine of ['pglite', 'postgres'])
  if (!engineAsked || engineAsked === engine)
    for (const size of sizesAsked.length ? sizesAsked.map(Number) : SIZES) console.log(await measure(engine, size))
