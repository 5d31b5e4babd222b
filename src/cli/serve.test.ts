import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { becomeAdministrator, type TestClient } from '../testing/client.ts'
import { isAlive } from '../testing/processes.ts'
import { startServer, type TestServer } from '../testing/server.ts'
import { runShell } from '../testing/shell.ts'

const PERSON = { name: 'Ouyang Xiaoming', email: 'ouyang.xiaoming@zone.test' }
const SECRET_WORDS = 'the unheard-of fluoride electrolyte'

let server: TestServer
let client: TestClient
const data = mkdtempSync(join(tmpdir(), 'consortia-serve-'))

beforeAll(async () => {
  server = await startServer({ data, environment: { CONSORTIA_DEMO: 'no', LOG_LEVEL: 'trace' } })
  client = await becomeAdministrator(server)
})
afterAll(async () => {
  await server.stop()
  rmSync(data, { recursive: true, force: true })
})

test('a server says that it lives, that it can serve, and its figures', async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ alive: true })
  expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ ready: true, engine: 'pglite' })
  const figures = await (await fetch(`${server.url}/metrics`)).text()
  expect(figures).toMatch(/^consortia_requests_total\{method="POST",status="2xx"\} [1-9]/m)
  expect(figures).toMatch(/^consortia_request_seconds_bucket/m)
  expect(figures).toMatch(/^process_resident_memory_bytes [1-9]/m)
})

test.each([
  ['a second server', ['serve']],
  ['a backup', ['backup', join(data, 'never.tar')]],
  ['a check of the journal', ['verify-journal']],
])('%s is refused while the data folder is held, and is told what to do', async (_says, words) => {
  const run = await runShell([...words, '--data', data], { PORT: '0', CONSORTIA_DEMO: 'no' })
  expect(run).toMatchObject({ code: 1, out: '' })
  expect(run.err).toMatch(/^data_folder_held: /)
  expect(run.err).toContain('Stop the running server first')
})

test('a port that is taken is refused, and the data folder let go', async () => {
  const other = mkdtempSync(join(tmpdir(), 'consortia-serve-'))
  const run = await runShell(['serve', '--data', other], { PORT: String(server.port), CONSORTIA_DEMO: 'no' })
  expect(run.code).toBe(1)
  expect(run.err).toMatch(/^already_running: /)
  expect(await runShell(['verify-journal', '--data', other])).toMatchObject({ code: 0 })
  rmSync(other, { recursive: true, force: true })
})

test('the log names no person and repeats no words of theirs, whatever goes wrong', async () => {
  const member = await client.ask('POST', '/members', { body: { ...PERSON, role: 'researcher' } })
  expect(member.status).toBe(201)
  expect((await client.ask('POST', '/members', { body: { ...PERSON, role: 'researcher' } })).status).toBe(409)
  const wrong = { email: PERSON.email, password: SECRET_WORDS }
  expect((await client.ask('POST', '/api/auth/sign-in/email', { body: wrong })).status).toBe(401)
  const names = { zh: '欧阳电解液', en: SECRET_WORDS }
  const contact = { name: PERSON.name, email: PERSON.email }
  expect((await client.ask('POST', '/organisations', { body: { names, contact } })).status).toBe(201)
  await client.ask('POST', '/organisations', { body: { names, contact: PERSON.name } })
  await client.ask('GET', `/organisations?q=${encodeURIComponent(SECRET_WORDS)}`)
  await client.ask('GET', `/organisations/${encodeURIComponent(PERSON.email)}`)
  const log = server.output()
  expect(log.match(/"msg":"request"/g)!.length).toBeGreaterThan(6)
  for (const line of log.split('\n').filter((text) => text.startsWith('{')))
    expect(line).toMatch(/"requestId":"[0-9a-f]{16}"/)
  for (const secret of [
    PERSON.name,
    PERSON.email,
    'ouyang',
    SECRET_WORDS,
    '欧阳',
    client.email,
    client.password,
    client.cookie.slice(-20),
  ])
    expect(log).not.toContain(secret)
})

test('told to stop, a server lets an open request end and stops well', async () => {
  const { ask, answer } = await openRequest(client, server)
  const stopped = server.stop()
  // npm passes the signal on, so that a server often hears it twice.
  process.kill(server.pid, 'SIGTERM')
  await expect
    .poll(() =>
      fetch(`${server.url}/healthz`).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed')
  expect(isAlive(server.pid)).toBe(true)
  ask.end('"Sent while it stopped"}')
  expect((await answer).statusCode).toBe(201)
  expect(await stopped).toBe(0)
  expect(await runShell(['verify-journal', '--data', data])).toMatchObject({ code: 0 })
})

test('told to stop twice, a server ends at once', async () => {
  server = await startServer({ data, environment: { CONSORTIA_DEMO: 'no' } })
  const { answer } = await openRequest(client, server)
  const stopped = server.stop()
  await expect
    .poll(() =>
      fetch(`${server.url}/healthz`).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed')
  await new Promise((resolve) => setTimeout(resolve, 600))
  process.kill(server.pid, 'SIGTERM')
  expect(await stopped).toBe(1)
  await expect(answer).rejects.toThrow()
})

/** A write whose body comes slowly: the server has heard of it, since it said to go on, and waits for the rest. */
async function openRequest({ cookie, slug }: TestClient, { url }: TestServer) {
  const headers = { cookie, origin: url, 'content-type': 'application/json', expect: '100-continue' }
  const ask: ClientRequest = request(`${url}/api/zones/${slug}/organisations`, { method: 'POST', headers })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    ask.on('response', (response) => resolve(response.resume()))
    ask.on('error', reject)
  })
  answer.catch(() => {})
  ask.flushHeaders()
  await once(ask, 'continue')
  ask.write('{"names":')
  return { ask, answer }
}
