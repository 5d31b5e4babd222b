import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { becomeAdministrator, type TestClient } from '../testing/client.ts'
import { startServer, type TestServer } from '../testing/server.ts'

/** A disk of its own that the test can fill: memory, mounted for the server's process alone. */
const DISK_BYTES = 160_000_000
const WRITES_MAX = 400
const NOTES = 'not a word '.repeat(800)
const ownDisk = (folder: string) => [
  'unshare',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  `mount -t tmpfs -o size=${DISK_BYTES} tmpfs '${folder}' && exec "$@"`,
  'sh',
]

const folder = mkdtempSync(join(tmpdir(), 'consortia-disk-'))
const hasOwnDisk = spawnSync('unshare', [...ownDisk(folder).slice(1), 'true']).status === 0

test.skipIf(!hasOwnDisk)('a full disk refuses writes and loses none; with room again, they are taken', async () => {
  const server = await startServer({
    data: folder,
    startedBy: ownDisk(folder),
    environment: { CONSORTIA_DEMO: 'no' },
  })
  const client = await becomeAdministrator(server)
  fillDisk(server)
  const refused = await writeUntilRefused(client)
  expect(refused).toMatchObject({ status: 503, body: { code: 'not_ready', rule: 'disk.full' } })
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  const { body: before } = await client.ask('GET', '/organisations?size=1')

  rmSync(ballastOf(server))
  expect((await client.ask('POST', '/organisations', { body: { names: 'With room again' } })).status).toBe(201)
  expect((await client.ask('GET', '/organisations?size=1')).body.total).toBe(before.total + 1)
  expect((await client.ask('POST', '/journal/verify')).body).toMatchObject({
    intact: true,
    entries: before.total + 2,
  })
  expect(await server.stop()).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})

/** The server's disk as seen from outside of its own view of the file system. */
const ballastOf = ({ pid }: TestServer) => `/proc/${pid}/root${folder}/ballast`

function fillDisk(server: TestServer): void {
  for (const bytes of [1_000_000, 1_000])
    try {
      for (;;) writeFileSync(ballastOf(server), Buffer.alloc(bytes), { flag: 'a' })
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
    }
}

async function writeUntilRefused(client: TestClient) {
  for (let number = 1; number <= WRITES_MAX; number++) {
    const answer = await client.ask('POST', '/organisations', {
      body: { names: `Organisation ${number}`, notes: NOTES },
    })
    if (answer.status !== 201) return answer
  }
  throw new Error('The disk did not become full.')
}
