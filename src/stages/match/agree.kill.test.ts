import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { becomeAdministrator, type TestAnswer, type TestClient } from '../../testing/client.ts'
import { type Postgres, startPostgres } from '../../testing/postgres.ts'
import { startServer, type TestServer } from '../../testing/server.ts'

/**
 * Goal: several servers over one PostgreSQL agree. What is written at one is found by the other's search and match, and
 * what is removed is gone from both, also where the other has never been asked before or was killed in between.
 * Method: two real server processes with data folders of their own; each is polled until it says so, and no longer.
 */
const FOUND_MS_MAX = 60_000
const POLL_MS = 50
const environment = { CONSORTIA_DEMO: 'no', CONSORTIA_SECRET: 'a secret that both servers of the test know' }

let postgres: Postgres
let databaseUrl: string
let one: TestServer
let other: TestServer
let client: TestClient
let need: string

beforeAll(async () => {
  postgres = await startPostgres()
  databaseUrl = await postgres.createDatabase('agree')
  one = await startServer({ databaseUrl, environment })
  client = await becomeAdministrator(one)
  other = await startServer({ databaseUrl, environment })
  const { body } = await client.ask('POST', '/needs', {
    body: {
      title: 'Pumps for liquid hydrogen',
      problem: 'Ours wear out.',
      capabilities: [{ name: 'Cryogenic pump', weight: 3, critical: true, levelWanted: 2 }],
    },
  })
  need = body.id
})

afterAll(async () => {
  await Promise.all([one.stop(), other.stop()])
  await postgres.stop()
})

/** Asks until what is answered is as wanted. */
async function until(ask: () => Promise<TestAnswer>, isWanted: (answer: TestAnswer) => boolean): Promise<TestAnswer> {
  const late = Date.now() + FOUND_MS_MAX
  for (;;) {
    const answer = await ask()
    if (isWanted(answer)) return answer
    if (Date.now() > late) throw new Error(`Still otherwise: ${JSON.stringify(answer).slice(0, 2_000)}`)
    await pause(POLL_MS)
  }
}

const board = ({ url }: TestServer) => client.ask('POST', `/needs/${need}/match`, { url })
const idsOn = ({ body }: TestAnswer): string[] => body.candidates?.map(({ id }: { id: string }) => id) ?? []

async function makeResult(title: string): Promise<{ maker: string; result: string }> {
  const maker = await client.ask('POST', '/organisations', { body: { names: { en: `Maker of ${title}` } } })
  const result = await client.ask('POST', '/results', {
    body: { title: { en: title }, summary: { en: 'A pump for liquid hydrogen.' }, owners: [maker.body.id] },
  })
  expect(result.status).toBe(201)
  return { maker: maker.body.id, result: result.body.id }
}

test('what is written at one server is found by the other, and what is removed is gone from both', async () => {
  const before = await Promise.all([board(one), board(other)])
  expect(before.map(({ status }) => status)).toEqual([200, 200])
  const { maker, result } = await makeResult('Cryogenic pump with ceramic bearings')
  const search = () => client.ask('GET', '/search?q=ceramic%20bearings', { url: other.url })
  await until(search, ({ body }) => JSON.stringify(body).includes(result))
  const there = await until(
    () => board(other),
    (answer) => idsOn(answer).includes(result),
  )
  expect(idsOn(there)).toContain(maker)
  const here = await board(one)
  expect(here.body.candidates).toEqual(there.body.candidates)

  expect((await client.ask('DELETE', `/results/${result}`, { url: other.url })).status).toBeLessThan(300)
  for (const server of [one, other])
    await until(
      () => board(server),
      (answer) => !idsOn(answer).includes(result),
    )
})

test('a server that was killed finds what was written meanwhile, and agrees', async () => {
  await until(
    () => board(other),
    ({ status }) => status === 200,
  )
  const { data, port } = other
  await other.kill9()
  const { result } = await makeResult('Cryogenic pump with magnetic bearings')
  other = await startServer({ databaseUrl, environment, data, port })
  const there = await until(
    () => board(other),
    (answer) => idsOn(answer).includes(result),
  )
  expect((await board(one)).body.candidates).toEqual(there.body.candidates)
})
