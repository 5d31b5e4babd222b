import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runShell } from '../testing/shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'consortia-shell-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function keep(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const NEED = {
  title: { zh: '干法电极', en: 'Dry electrode' },
  problem: 'The coating comes off.',
  targets: [{ quantity: 'adhesion', unit: 'N/m', now: 5, wanted: 20 }],
  trl: { from: 4, to: 6 },
  capabilities: [{ name: 'calendering', weight: 5, critical: true }],
}

/** The world of this file, from its first command to its last: each test goes on from the one before. */
test('the first command of an empty folder starts a zone, and its journal tells the operator from an account', async () => {
  const added = await runShell([
    'members',
    'add',
    'ann@zone.test',
    '--name',
    'Ann',
    '--role',
    'zone_officer',
    '--data',
    data,
    '--json',
  ])
  expect(added).toMatchObject({ code: 0, err: expect.stringContaining('the zone home was started') })
  expect(JSON.parse(added.out)).toMatchObject({
    id: expect.any(String),
    link: expect.stringContaining('/api/auth/reset-password/'),
  })

  const need = keep('need.json', JSON.stringify(NEED))
  const posted = await runShell(['needs', 'post', need, '--json', '--data', data, '--zone', 'home'])
  expect(posted).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(posted.out)).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), state: 'open' })
  expect(await runShell(['needs', 'post', need, '--data', data, '--as', 'Ann@zone.test'])).toMatchObject({ code: 0 })
})

test('lists leave as files, filtered as the page does', async () => {
  const csv = join(folder, 'needs.csv')
  const needs = await runShell(['export', 'needs', '--out', csv, '--language', 'en', '--data', data, '--json'])
  expect(needs).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(needs.out)).toEqual({ list: 'needs', out: csv, bytes: readFileSync(csv).length })
  expect(readFileSync(csv, 'utf8')).toMatch(/^\uFEFFNeed,State,.*\r\nDry electrode,Open,/)
  const wrong = ['export', 'organisations', '--filter', 'kind=dragon', '--out', csv, '--data', data]
  expect(await runShell(wrong)).toMatchObject({ code: 1, err: expect.stringMatching(/^invalid: /) })
})

test('a backup comes back into another folder, and both journals say the same', async () => {
  const file = join(folder, 'backup.tar.gz')
  const kept = await runShell(['backup', file, '--data', data, '--json'])
  expect(kept.code).toBe(0)
  const restored = await runShell(['restore', file, '--data', join(folder, 'again'), '--json'])
  expect(restored.code).toBe(0)
  const { seal, rows, journals } = JSON.parse(kept.out)
  expect(JSON.parse(restored.out)).toMatchObject({ seal, rows, journals })

  const before = await runShell(['verify-journal', '--data', data, '--json'])
  const after = await runShell([
    'verify-journal',
    '--data',
    join(folder, 'again'),
    '--json',
    '--against',
    keep('head.json', before.out),
  ])
  expect(after).toMatchObject({ code: 0, out: before.out })
  expect(JSON.parse(before.out)).toMatchObject({
    intact: true,
    zones: [{ zone: 'home', entries: journals[0].entries }],
  })
  const refused = await runShell(['restore', file, '--data', data])
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^conflict: /) })
})

test('a journal that has lost its tail since an earlier answer is refused', async () => {
  const { out } = await runShell(['verify-journal', '--data', data, '--json'])
  const [zone] = JSON.parse(out).zones
  const longer = keep(
    'longer.json',
    JSON.stringify({ zones: [{ ...zone, entries: zone.entries + 1, head: 'f'.repeat(64) }] }),
  )
  const run = await runShell(['verify-journal', '--data', data, '--against', longer])
  expect(run).toMatchObject({ code: 1, err: expect.stringMatching(/^conflict: .*\n {2}home: journal\.cut/) })
})

test.each([
  ['an unknown account', ['needs', 'post', 'need.json', '--as', 'nobody@zone.test'], /^not_found: .*nobody@zone\.test/],
  [
    'an unknown zone, with those there are',
    ['needs', 'post', 'need.json', '--zone', 'elsewhere'],
    /^not_found: .*\n--zone takes one of: home/,
  ],
  [
    'an incomplete need file, with each thing that lacks',
    ['needs', 'post', 'empty.json'],
    /^invalid: .*\n {2}title: missing/,
  ],
  ['a file that is not JSON', ['needs', 'post', 'broken.json'], /^unreadable: .*broken\.json is not JSON/],
  ['a file that is not there', ['needs', 'post', 'nowhere.json'], /^unreadable: ENOENT/],
  ['a backup that is none', ['restore', 'broken.json'], /^unreadable: /],
  ['an impossible cover', ['engine', 'cover', '--problem', 'wrong-cover.json'], /^invalid: .*\n {2}columns\.0\.covers/],
  [
    'an id that stands twice',
    ['engine', 'search', '--docs', 'twice.jsonl', '--queries', 'twice.jsonl', '--run', 'r.txt'],
    /^invalid: The id a stands twice/,
  ],
  [
    'a broken line, with its number',
    ['engine', 'search', '--docs', 'line.jsonl', '--queries', 'line.jsonl', '--run', 'r.txt'],
    /^unreadable: .*line\.jsonl:2 is not JSON/,
  ],
])('%s is refused with exit code 1', async (_says, words, expected) => {
  keep('empty.json', '{}')
  keep('broken.json', '{"title"')
  keep('wrong-cover.json', '{"rows": 2, "columns": [{"cost": 1, "covers": [0, 7]}]}')
  keep('twice.jsonl', '{"id":"a","text":"x"}\n{"id":"a","text":"y"}\n')
  keep('line.jsonl', '{"id":"a","text":"x"}\n{oh\n')
  const run = await runShell(
    words.map((word) => (/\.(jsonl?|txt)$/.test(word) ? join(folder, word) : word)),
    { CONSORTIA_DATA: data },
  )
  expect(run).toMatchObject({ code: 1, out: '' })
  expect(run.err).toMatch(expected)
})

test.each([
  ['no such command', ['dance'], /There is no command of this name/],
  ['half a command', ['needs'], /There is no command of this name/],
  ['an unknown option', ['backup', 'x.tar', '--loudly'], /--loudly/],
  ['a missing argument', ['backup'], /An argument is missing\.\nconsortia backup FILE_OR_DIR/],
  ['one argument too many', ['migrate', 'now'], /one argument too many: now/],
  [
    'a list that there is not',
    ['export', 'dragons', '--out', 'x.csv'],
    /no list dragons: organisations, results, needs/,
  ],
  ['a missing option', ['engine', 'cover'], /--problem is missing/],
  [
    'a number out of bounds',
    ['engine', 'search', '--docs', 'a', '--queries', 'b', '--run', 'c', '--k', '0'],
    /--k takes a whole number/,
  ],
])('%s is misuse with exit code 2', async (_says, words, expected) => {
  const run = await runShell(words, { CONSORTIA_DATA: data })
  expect(run).toMatchObject({ code: 2, out: '' })
  expect(run.err).toMatch(expected)
})

test('help lists every command, and --help tells the use of one', async () => {
  const help = await runShell(['help'])
  expect(help).toMatchObject({ code: 0, err: '' })
  for (const name of [
    'serve',
    'migrate',
    'backup',
    'restore',
    'verify-journal',
    'needs post',
    'engine cover',
    'engine search',
  ])
    expect(help.out).toContain(`consortia ${name}`)
  expect(await runShell(['backup', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('FILE_OR_DIR') })
})

test('the engines need no data folder and answer in public forms', async () => {
  const problem = {
    rows: 3,
    columns: [
      { cost: 3, covers: [0, 1, 2] },
      { cost: 1, covers: [0, 1] },
      { cost: 1, covers: [2] },
    ],
  }
  const cover = await runShell(['engine', 'cover', '--problem', keep('cover.json', JSON.stringify(problem))])
  expect(JSON.parse(cover.out)).toEqual({
    status: 'optimal',
    objective: 2,
    bound: 2,
    chosen: [1, 2],
    seconds: expect.any(Number),
  })

  const docs = [
    { id: 'd1', lang: 'zh', title: '固态电池', text: '硫化物电解质' },
    { id: 'd2', text: 'lithium metal anode' },
  ]
  const files = [
    keep('d.jsonl', docs.map((doc) => JSON.stringify(doc)).join('\n')),
    keep('q.jsonl', '\uFEFF{"id":7,"text":"电解质"}\n\n'),
  ]
  const run = join(folder, 'run.txt')
  expect(await runShell(['engine', 'search', '--docs', files[0]!, '--queries', files[1]!, '--run', run])).toMatchObject(
    { code: 0 },
  )
  expect(readFileSync(run, 'utf8')).toMatch(/^7 Q0 d1 1 \d+\.\d+ consortia\n$/)
})
