import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { PROJECT_FOLDER } from '../testing/folders.ts'
import { Id, readJsonFile, readJsonLines } from './json-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'consortia-json-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function keep(bytes: string | Uint8Array): string {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  return path
}

const Line = z.object({ id: Id, text: z.string() })
const linesOf = (bytes: string | Uint8Array) => Array.fromAsync(readJsonLines(keep(bytes), Line))
const littleEndian = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('JSON lines', () => {
  const one = { id: '1', text: '固态电池' }
  const line = JSON.stringify(one)
  test.each([
    ['without a last line end', `${line}\n${line}`],
    ['as Windows writes them, with blank ones at the end', `\uFEFF${line}\r\n\r\n${line}\r\n\r\n`],
    ['in UTF-16', littleEndian(`${line}\r\n${line}\r\n`)],
    ['in UTF-16, the other way round', littleEndian(`${line}\n${line}`).swap16()],
  ])('are read %s', async (_, bytes) => {
    expect(await linesOf(bytes)).toEqual([one, one])
  })

  test('end at line ends alone: a text may hold other separators', async () => {
    const text = 'one\u2028two\u2029three\u0085'
    expect(await linesOf(JSON.stringify({ id: 1, text }))).toEqual([{ id: '1', text }])
  })

  test('may be longer than a piece of the file, with characters cut in two', async () => {
    const text = '电池'.repeat(100_000)
    expect(await linesOf(`${JSON.stringify({ id: 'long', text })}\n${line}\n`)).toEqual([{ id: 'long', text }, one])
  })

  test('are none in an empty file', async () => {
    expect(await linesOf('')).toEqual([])
  })

  test.each([
    ['file.json', `${line}\n{"id": NaN}`, /file:2 is not JSON: Unexpected token 'N'/],
    ['file.form', `${line}\n\n{"id":"a b","text":""}`, /file:3: /],
    ['file.packed', gzipSync(line), /is packed/],
    ['file.line', `{"id":"1","text":"${'x'.repeat(65_000_000)}"}`, /A line of .* is too long/],
  ])('are refused by %s', async (rule, bytes, message) => {
    await expect(linesOf(bytes)).rejects.toMatchObject({ message: expect.stringMatching(message), details: { rule } })
  })
})

test('a folder is no JSON file', async () => {
  await expect(readJsonFile(folder)).rejects.toMatchObject({ details: { rule: 'file.folder' } })
})

describe.skipIf(process.platform !== 'linux')('An answer', () => {
  const candidates = Array.from({ length: 9_000 }, (_, at) => ({ id: `candidate ${at}`, facts: { kind: 'company' } }))
  const runInto = (end: string) =>
    spawnSync(
      'bash',
      [
        '-o',
        'pipefail',
        '-c',
        `"$0" "$1" engine rules --json --pack "$2" --candidates "$3" ${end}`,
        ...[
          process.execPath,
          join(PROJECT_FOLDER, 'bin/consortia.mjs'),
          'cn/qingdao-innovation-consortium',
          keep(JSON.stringify(candidates)),
        ],
      ],
      { encoding: 'utf8' },
    )

  test('may be left after its beginning', () => {
    expect(runInto('| head -c 1')).toMatchObject({ status: 0, stdout: '{', stderr: '' })
  })

  test('that finds no room is told as a full disk', () => {
    expect(runInto('> /dev/full')).toMatchObject({ status: 1, stderr: 'not_ready: The disk is full.\n' })
  })
})
