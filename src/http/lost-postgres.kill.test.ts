import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { becomeAdministrator } from '../testing/client.ts'
import { startPostgres } from '../testing/postgres.ts'
import { isAlive } from '../testing/processes.ts'
import { startServer } from '../testing/server.ts'

test('a server whose PostgreSQL is lost says so, lives on, and serves again when it is back', async () => {
  const postgres = await startPostgres({ fsync: true })
  const databaseUrl = await postgres.createDatabase('lost')
  const server = await startServer({ databaseUrl, environment: { CONSORTIA_DEMO: 'no' } })
  const client = await becomeAdministrator(server)
  const readiness = async () => (await fetch(`${server.url}/readyz`)).status
  expect(await readiness()).toBe(200)

  await postgres.kill9()
  expect(await readiness()).toBe(503)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  for (const [method, path] of [
    ['GET', '/organisations'],
    ['POST', '/organisations'],
    ['POST', '/api/auth/sign-in/email'],
  ] as const) {
    const answer = await client.ask(
      method,
      path,
      method === 'POST' ? { body: { names: 'X', email: 'a@b.test', password: 'x' } } : {},
    )
    expect(answer).toMatchObject({ status: 503, body: { code: 'not_ready', rule: 'database.silent' } })
  }
  expect(isAlive(server.pid)).toBe(true)

  const { dataDir, port } = postgres
  const again = await startPostgres({ fsync: true, dataDir, port })
  await expect.poll(readiness).toBe(200)
  expect((await client.ask('POST', '/organisations', { body: { names: 'After' } })).status).toBe(201)
  expect(await server.stop()).toBe(0)
  await again.stop()
  rmSync(dirname(dataDir), { recursive: true, force: true })
})
