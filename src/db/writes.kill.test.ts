import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '#kit/random.ts'
import { becomeAdministrator, type TestClient } from '../testing/client.ts'
import { type Postgres, startPostgres } from '../testing/postgres.ts'
import { startServer, type TestServer } from '../testing/server.ts'
import { runShell } from '../testing/shell.ts'

/**
 * Goal: what was acknowledged is there after a kill -9, and nothing is half there.
 * Method: eight writers send organisations without a pause, each with an idempotency key of its own. At a seeded count of
 * answers all processes get SIGKILL, PostgreSQL included. After the restart every acknowledged id must be found; then
 * each request that had no answer is sent again with its key. If exactly one organisation stands for each name, and one
 * journal entry, no write was lost, doubled or left in halves.
 */
const KILLS = 5
const WRITERS = 8
const ANSWERS_MIN = 8
const ANSWERS_SPREAD = 40
const FIRST_PIC = 900_000_000
const SEED = 20261122

interface Sent {
  number: number
  id?: string
}

interface Site {
  data: string
  port?: number
  databaseUrl?: string
  postgres?: Postgres
}

test.each(['pglite', 'postgres'] as const)(
  'five kills amid a stream of writes lose and halve nothing, on %s',
  async (engine) => {
    const random = seededRandom(SEED)
    const site = await openSite(engine)
    let server = await serveAt(site)
    site.port = server.port
    const client = await becomeAdministrator(server)
    const all: Sent[] = []
    let killsBetween = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const answers = ANSWERS_MIN + Math.floor(random() * ANSWERS_SPREAD)
      const { sent, open } = await writeUntilKilled(client, all.length, answers, () => killAll(site, server))
      if (open > 0) killsBetween += 1
      all.push(...sent)
      await restartDatabase(site)
      expect(await verify(site)).toMatchObject({ code: 0 })
      server = await serveAt(site)
      await expectAcknowledged(client, sent)
      await sendUnansweredAgain(client, sent)
    }
    expect(killsBetween).toBeGreaterThanOrEqual(Math.ceil(KILLS / 2))
    await expectOneOfEach(client, all)
    expect(await server.stop()).toBe(0)
    expect(await verify(site)).toMatchObject({ code: 0, out: expect.stringContaining(`"entries":${all.length + 1}`) })
    await site.postgres?.stop()
    rmSync(site.data, { recursive: true, force: true })
    if (site.postgres) rmSync(dirname(site.postgres.dataDir), { recursive: true, force: true })
  },
)

async function openSite(engine: 'pglite' | 'postgres'): Promise<Site> {
  const data = mkdtempSync(join(tmpdir(), 'consortia-kill-'))
  if (engine === 'pglite') return { data }
  const postgres = await startPostgres({ fsync: true })
  return { data, postgres, databaseUrl: await postgres.createDatabase('writes') }
}

const serveAt = ({ data, port, databaseUrl }: Site) =>
  startServer({
    data,
    environment: { CONSORTIA_DEMO: 'no', LOG_LEVEL: 'error' },
    ...(port === undefined ? {} : { port }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  })

async function killAll({ postgres }: Site, server: TestServer): Promise<void> {
  await Promise.all([server.kill9(), postgres?.kill9()])
}

async function restartDatabase(site: Site): Promise<void> {
  if (!site.postgres) return
  const { dataDir, port } = site.postgres
  site.postgres = await startPostgres({ fsync: true, dataDir, port })
}

const verify = ({ data, databaseUrl }: Site) =>
  runShell(['verify-journal', '--json'], {
    CONSORTIA_DATA: data,
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  })

/** Writes until so many answers have come, kills, and says what was sent and how many requests were open at the kill. */
async function writeUntilKilled(client: TestClient, start: number, answers: number, kill: () => Promise<void>) {
  const sent: Sent[] = []
  let open = 0
  let openAtKill = 0
  let killing: Promise<void> | undefined
  const write = async () => {
    while (!killing) {
      const one: Sent = { number: start + sent.length }
      sent.push(one)
      open += 1
      const answer = await send(client, one).catch(() => undefined)
      open -= 1
      if (!answer) return
      expect(answer).toMatchObject({ status: 201 })
      one.id = answer.body.id
      if (killing || sent.filter(({ id }) => id).length < answers) continue
      openAtKill = open
      killing = kill()
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  await killing
  return { sent, open: openAtKill }
}

const send = (client: TestClient, { number }: Sent) =>
  client.ask('POST', '/organisations', {
    key: `write-${number}`,
    body: { names: { en: nameOf(number) }, identifiers: { pic: String(FIRST_PIC + number) } },
  })

const nameOf = (number: number) => `Organisation ${number}`

async function expectAcknowledged(client: TestClient, sent: readonly Sent[]) {
  for (const { id, number } of sent)
    if (id) expect((await client.ask('GET', `/organisations/${id}`)).body).toMatchObject({ id, name: nameOf(number) })
}

async function sendUnansweredAgain(client: TestClient, sent: readonly Sent[]) {
  for (const one of sent) {
    if (one.id) continue
    const answer = await send(client, one)
    expect([200, 201]).toContain(answer.status)
    one.id = answer.body.id
  }
}

async function expectOneOfEach(client: TestClient, all: readonly Sent[]) {
  const found: { id: string; name: string }[] = []
  for (let page = 1; found.length < all.length; page++) {
    const { body } = await client.ask('GET', `/organisations?size=200&page=${page}`)
    expect(body.total).toBe(all.length)
    found.push(...body.rows)
  }
  const names = new Map(found.map(({ id, name }) => [id, name]))
  expect(names.size).toBe(all.length)
  for (const { id, number } of all) expect(names.get(id!)).toBe(nameOf(number))
  const { body: journal } = await client.ask('GET', '/journal?q=registry.add_organisation')
  expect(journal.total).toBe(all.length)
  for (const { id } of all) {
    const { body } = await client.ask('GET', `/history/organisation/${id}`)
    expect(body.rows.map(({ action }: { action: string }) => action)).toEqual(['added'])
  }
}
