import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { builtInPacks, packFor } from '#engines/rules/catalogue.ts'
import { readPack } from '#engines/rules/pack.ts'
import { checkFacts, tellAnswer } from '#engines/rules/run.ts'
import { PROJECT_FOLDER } from '../testing/folders.ts'
import { runShell } from '../testing/shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'consortia-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function keep(name: string, value: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

const rules = (...words: string[]) => runShell(['engine', 'rules', ...words])
const giant = (facts: unknown, ...words: string[]) =>
  rules('--pack', 'cn/little-giant', '--facts', keep('facts.json', facts), '--date', '2026-05-01', ...words)

const MEETS = {
  specialised_title: true,
  niche_years: 3,
  revenue_last_year: 5000,
  revenue_year_before: 4700,
  main_business_share: 90,
  revenue_growth_compound: 5,
  debt_ratio: 75,
  research_spending_last_year: 600,
  research_spending_year_before: 600,
  class1_intellectual_property: 4,
  market_share: 10,
  key_product: true,
  development_score: 60,
  serious_event_3_years: false,
  single_champion: false,
  controlled_by_little_giant: false,
}

test('facts are checked against a pack as of a day', async () => {
  const yes = await giant(MEETS, '--json')
  expect(yes).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(yes.out)).toMatchObject({
    eligible: true,
    met: expect.arrayContaining(['revenue', 'intellectual_property']),
    missed: [],
    unknown: [],
    pack: { id: 'cn/little-giant', version: '2026', hash: packFor('cn/little-giant', '2026-05-01').hash },
    date: '2026-05-01',
  })
  const no = await giant({ ...MEETS, revenue_last_year: 4999, market_share: null }, '--json')
  expect(JSON.parse(no.out)).toMatchObject({
    eligible: false,
    missed: [{ rule: 'revenue', have: 4999, need: 5000, source: '工信部企业〔2026〕2号 附件2' }],
    unknown: ['market_share'],
  })
  const open = await giant({ ...MEETS, debt_ratio: null })
  expect(open.out).toContain('to be checked by hand')
  expect(open.out).toContain(
    'check by hand: debt_ratio: Debts of at most 75 % of assets (has: between 0 and anything; not known: debt_ratio)',
  )
})

test('the day decides which version is asked', async () => {
  const facts = keep('old.json', { niche_years: 1 })
  const old = await rules('--pack', 'cn/little-giant', '--facts', facts, '--date', '2026-03-31', '--json')
  expect(JSON.parse(old.out)).toMatchObject({ eligible: false, pack: { version: '2022' } })
})

test('a team is checked the same way, and candidates become constraints', async () => {
  const member = (id: string, country: string) => ({ id, facts: { country, role: 'beneficiary' } })
  const members = [member('a', 'DE'), member('b', 'FR'), member('c', 'US')]
  const checked = await rules(
    '--pack',
    'eu/horizon-europe',
    '--facts',
    keep('team.json', { members }),
    '--date',
    '2026-05-01',
    '--json',
  )
  expect(JSON.parse(checked.out)).toMatchObject({
    eligible: false,
    met: ['member_state'],
    missed: [{ rule: 'countries', have: 2, need: 3 }],
    unknown: ['independent'],
  })
  const compiled = await rules(
    '--pack',
    'eu/horizon-europe',
    '--candidates',
    keep('candidates.json', members),
    '--date',
    '2026-05-01',
    '--json',
  )
  expect(JSON.parse(compiled.out)).toMatchObject({
    constraints: [
      {
        kind: 'distinct',
        id: 'countries',
        distinctMin: 3,
        groupsOf: [
          ['a', '=DE'],
          ['b', '=FR'],
        ],
      },
      {
        kind: 'linear',
        id: 'member_state',
        sense: '>=',
        bound: 1,
        terms: [
          ['a', 1],
          ['b', 1],
        ],
      },
    ],
    settled: [{ rule: 'independent', verdict: 'unknown' }],
  })
})

test('a pack out of a file is checked, and previewed beside the one that holds', async () => {
  const { form } = packFor('cn/little-giant', '2026-05-01')
  const rows = form.rows.map((row) => (row.id === 'revenue' ? { ...row, threshold: 4000 } : row))
  const file = keep('local.json', { ...form, id: 'local/bay/giant', rows })
  const subjects = keep('subjects.json', [{ id: 'a', facts: { ...MEETS, revenue_last_year: 4000 } }])
  const words = ['--pack', file, '--preview', subjects, '--before', 'cn/little-giant', '--date', '2026-05-01']
  expect(JSON.parse((await rules(...words, '--json')).out)).toMatchObject({
    eligible: { first: ['a'] },
    changes: { becomeEligible: { count: 1, first: ['a'] } },
  })
  expect((await rules(...words)).out).toContain('1 become eligible, 0 cease to be')
  const early = await rules('--pack', file, '--facts', keep('early.json', MEETS), '--date', '2026-03-31')
  expect(early).toMatchObject({ code: 1, err: expect.stringContaining('No version of local/bay/giant is in force') })
})

test('the packs are listed, and each with the facts that it knows', async () => {
  const all = await rules('--list', '--json')
  expect(JSON.parse(all.out)).toHaveLength(builtInPacks().length)
  const one = await rules('--list', '--pack', 'cn/little-giant', '--date', '2026-05-01')
  expect(one.out).toContain('revenue_last_year (10,000 yuan): Operating revenue, last year 上年度营业收入')
  expect(JSON.parse((await rules('--list', '--pack', 'cn/little-giant', '--json')).out)).toHaveLength(2)
})

test.each([
  [
    'no pack of this id',
    ['--pack', 'cn/little-dragon', '--facts', 'F'],
    1,
    'not_found: There is no rule pack of this id.',
  ],
  [
    'no version on that day',
    ['--pack', 'cn/little-giant', '--facts', 'F', '--date', '2020-01-01'],
    1,
    '2022-08-01 to 2026-03-31',
  ],
  ['no such day', ['--pack', 'cn/little-giant', '--facts', 'F', '--date', '2026-02-30'], 1, 'Give it as 2026-05-01.'],
  [
    'a name that no fact has',
    ['--pack', 'cn/little-giant', '--facts', 'WRONG', '--date', '2026-05-01'],
    1,
    'revenu: rules.fact.unknown',
  ],
  ['no facts', ['--pack', 'cn/little-giant'], 2, 'Give one of --facts, --candidates, --preview and --list.'],
  ['no pack', ['--facts', 'F'], 2, '--pack is missing.'],
  ['no file', ['--pack', 'cn/little-giant', '--facts', 'nowhere.json'], 1, 'unreadable'],
  ['a candidate twice', ['--pack', 'eu/horizon-europe', '--candidates', 'TWICE'], 1, 'file.id_twice'],
])('%s: refused', async (_says, words, code, says) => {
  const twice = [
    { id: 'a', facts: {} },
    { id: 'a', facts: {} },
  ]
  const files = { F: keep('some.json', {}), WRONG: keep('wrong.json', { revenu: 1 }), TWICE: keep('twice.json', twice) }
  const run = await rules(...words.map((word) => files[word as keyof typeof files] ?? word))
  expect(run).toMatchObject({ code, out: '' })
  expect(run.err).toContain(says)
})

test('the guide’s examples are facts that fit, and a pack', () => {
  const guide = readFileSync(join(PROJECT_FOLDER, 'docs/guide/rules.md'), 'utf8')
  const [facts, team, pack] = [...guide.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, block]) => block!)
  const checked = checkFacts(packFor('cn/little-giant', '2026-05-01'), JSON.parse(facts!), '2026-05-01')
  expect(tellAnswer(checked)).toMatchObject({
    eligible: false,
    missed: [{ rule: 'intellectual_property' }],
    unknown: [],
  })
  const qingdao = packFor('cn/qingdao-innovation-consortium', '2026-05-01')
  expect(tellAnswer(checkFacts(qingdao, JSON.parse(team!), '2026-05-01')).missed).toHaveLength(2)
  expect(readPack(JSON.parse(pack!)).form.rows).toHaveLength(3)
})
