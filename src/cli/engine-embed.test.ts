import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEndpoint, type TestEndpoint } from '../embedding/endpoint.fixture.ts'
import { runShell } from '../testing/shell.ts'

// Goal: anybody can measure what an embedder adds, as a run of the same form.
const folder = mkdtempSync(join(tmpdir(), 'consortia-embed-'))
let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await openTestEndpoint([['accumulator', 'rechargeable cell']])
  process.env.CONSORTIA_EMBEDDER_MODEL = 'hashed'
})
afterAll(async () => {
  delete process.env.CONSORTIA_EMBEDDER_MODEL
  rmSync(folder, { recursive: true, force: true })
  await endpoint.close()
})

const keep = (name: string, lines: readonly object[]) => {
  const path = join(folder, name)
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
  return path
}

test('what is near in meaning joins what words find, by rank', async () => {
  const docs = keep('docs.jsonl', [
    { id: 'words', title: 'Sorting', text: 'An accumulator of sums' },
    { id: 'meaning', text: 'rechargeable cell' },
    { id: 'neither', text: 'Sourdough bread from a stone oven' },
  ])
  const queries = keep('queries.jsonl', [{ id: 'q1', text: 'accumulator' }])
  const run = join(folder, 'run.txt')
  const plain = ['engine', 'search', '--docs', docs, '--queries', queries, '--run', run]
  expect(await runShell(plain)).toMatchObject({ code: 0 })
  expect(readFileSync(run, 'utf8')).toMatch(/^q1 Q0 words 1 [\d.]+ consortia\n$/)
  expect(await runShell([...plain, '--embed', endpoint.base, '--k', '2'])).toMatchObject({ code: 0 })
  const fused = readFileSync(run, 'utf8').trim().split('\n')
  expect(fused).toEqual([
    `q1 Q0 words 1 ${(1 / 61 + 1 / 62).toFixed(6)} consortia`,
    `q1 Q0 meaning 2 ${(1 / 61).toFixed(6)} consortia`,
  ])
  const nowhere = await runShell([...plain, '--embed', 'local:/nowhere/at/all'])
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('not_ready') })
})
