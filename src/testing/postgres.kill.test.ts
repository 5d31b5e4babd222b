import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { expect, it } from 'vitest'
import { startPostgres } from './postgres.ts'
import { isAlive, listDescendants } from './processes.ts'

it('PostgreSQL that was killed with all its processes starts again with every acknowledged row', async () => {
  const first = await startPostgres({ fsync: true })
  const url = await first.createDatabase('ledger')
  const writer = new pg.Client({ connectionString: url })
  writer.on('error', () => {})
  await writer.connect()
  await writer.query('create table entry (number int)')
  await writer.query('insert into entry select generate_series(1, 100)')
  const unanswered = writer.query('select pg_sleep(60)').catch((error: Error) => error)
  const family = listDescendants(first.pid)
  await first.kill9()
  expect([first.pid, ...family].filter(isAlive)).toEqual([])
  expect(await unanswered).toBeInstanceOf(Error)

  const second = await startPostgres({ fsync: true, dataDir: first.dataDir, port: first.port })
  const reader = new pg.Client({ connectionString: url })
  await reader.connect()
  expect((await reader.query('select count(*)::int as count from entry')).rows).toEqual([{ count: 100 }])
  await reader.end()
  await second.stop()
  rmSync(dirname(first.dataDir), { recursive: true, force: true })
})
