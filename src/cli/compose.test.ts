import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAs } from '#db/caller.ts'
import { operatorCaller } from '#stages/caller.ts'
import { plantDemo } from '../demo/plant.ts'
import { closeWorld, openServerWorld } from '../open.ts'
import { readSettings } from '../settings.ts'
import { runShell } from '../testing/shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'consortia-compose-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let posted: string
beforeAll(async () => {
  const world = await openServerWorld({ ...readSettings({}, { data }), logLevel: 'silent' }, {})
  const { zoneId } = await plantDemo(world)
  posted = await readAs(world.database, operatorCaller(zoneId), async (tx) => {
    const needs = tx.selectFrom('need').select('need_id').where('zone_id', '=', zoneId)
    const { need_id: id } = await needs.where('display_title', 'like', '深冷%').executeTakeFirstOrThrow()
    return id
  })
  await closeWorld(world)
})

const NEED = {
  title: 'Cryogenic shredding',
  problem: 'Electrolyte is lost when cells are shredded.',
  targets: [{ quantity: 'electrolyte recovered', unit: '%', now: 60, wanted: 95 }],
  trl: { from: 4, to: 7 },
  capabilities: [
    { name: { zh: '含氟废气处理', en: 'Fluoride exhaust treatment' }, weight: 4, critical: true },
    { name: { zh: '深冷阀门', en: 'Cryogenic valves' }, weight: 5, critical: true },
  ],
}

function keep(name: string, need: object): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(need))
  return path
}

async function answer(...words: string[]) {
  const run = await runShell([...words, '--json', '--data', data])
  expect(run, run.err).toMatchObject({ code: 0, err: '' })
  return JSON.parse(run.out)
}

test('a posted need is composed for in the fixed form, and the proposal kept', async () => {
  const composed = await answer('compose', posted)
  expect(composed).toMatchObject({
    need: posted,
    status: 'optimal',
    gaps: [{ capability: '深冷阀门', nearest: [{ name: '澜江冷翎热管理有限公司', level: 0 }] }],
  })
  expect(composed.bound).toBe(composed.objective)
  expect(composed.conflict).toBeUndefined()
  expect(composed.members[0]).toMatchObject({
    id: expect.any(String),
    name: '澜江复源循环科技有限公司',
    role: 'lead',
    covers: [{ capability: '氮气保护带电破碎', level: 3 }],
    reason: expect.stringMatching(/^需求的发起单位；.*。$/),
  })
})

test('a rule pack is held, and each of its rows told with its source; newcomers and who sits apart are asked for', async () => {
  const pack = 'cn/jiebang-guashuai'
  const composed = await answer('compose', posted, '--pack', `${pack}@2023`, '--weights', '{"member": 200}')
  expect(composed.status).toBe('optimal')
  expect(composed.members.length).toBeLessThanOrEqual(5)
  expect(composed.rules.map(({ rule, verdict }: { rule: string; verdict: string }) => [rule, verdict])).toEqual([
    ['lead', 'met'],
    ['partners', 'met'],
    ['commitment', 'unknown'],
  ])
  expect(composed.rules[1]).toMatchObject({
    ...{ pack, version: '2023', words: '牵头单位1家，联合参与单位不超过4家', waived: false },
    source: expect.stringContaining('工信厅科函'),
  })
  const text = await runShell(['compose', posted, '--pack', pack, '--data', data])
  expect(text.out).toMatch(/^ {2}by hand {2}承诺在指定期限内完成任务 \(.*\)$/mu)

  const [first, second] = composed.members.map(({ id }: { id: string }) => id)
  const apart = await answer('compose', posted, '--pin', first, '--apart', `${first},${second}`)
  expect(apart.rules).toBeUndefined()
  expect(apart.members.map(({ id }: { id: string }) => id)).not.toContain(second)
  const crowded = await answer('compose', posted, '--newcomers', '60')
  expect(crowded).toMatchObject({ status: 'infeasible', conflict: expect.arrayContaining(['newcomers']) })
})

test('all open needs are composed for at once, nobody in more teams than allowed, each with its proposal', async () => {
  const composed = await answer('compose', '--all', '--capacity', '2')
  expect(composed.together).toBeLessThanOrEqual(composed.bound)
  expect(composed.needs.length).toBeGreaterThan(5)
  for (const { status, proposal, members } of composed.needs) {
    expect(proposal === null).toBe(status === 'not_worth' || status === 'unknown')
    expect(members.length > 0).toBe(status === 'optimal' || status === 'feasible')
  }
  for (const { taken } of composed.seats) expect(taken).toBeLessThanOrEqual(2)
})

test('a need file is matched and composed for in its own language, and not posted', async () => {
  const path = keep('need.json', NEED)
  const matched = await answer('match', path)
  expect(matched.need).toBe(path)
  const [first] = matched.candidates
  expect(first).toMatchObject({ kind: expect.stringMatching(/^(organisation|result)$/), id: expect.any(String) })
  expect(first.reasons[0]).toMatchObject({
    kind: 'covers',
    evidence: { id: expect.any(String), title: '电池破碎含氟废气处理', quote: expect.any(String) },
  })
  const weights = first.reasons.map(({ weight }: { weight: number }) => weight)
  expect(weights.reduce((sum: number, weight: number) => sum + weight, 0)).toBeCloseTo(first.score)
  const scores = matched.candidates.map(({ score }: { score: number }) => score)
  expect(scores).toEqual([...scores].sort((a, b) => b - a))

  const composed = await answer('compose', path)
  expect(composed.members).toMatchObject([
    { role: 'lead', covers: [{ capability: 'Fluoride exhaust treatment', level: 3 }] },
  ])
  expect(composed.members[0].reason).toMatch(/^Nobody else in the team covers .*\.$/)
  expect(composed.gaps[0].capability).toBe('Cryogenic valves')
})

test('conditions that can’t hold together are named, and it is an answer all the same', async () => {
  const path = keep('many.json', { ...NEED, conditions: { minMembers: 5, kinds: { university: 9 } } })
  expect(await answer('compose', path)).toMatchObject({
    status: 'infeasible',
    objective: null,
    bound: null,
    members: [],
    conflict: ['minMembers'],
  })
})

test.each([
  ['a need that is not there', ['compose', '00000000-0000-4000-8000-000000000001'], 1, /^not_found: /],
  ['a file that is not there', ['match', 'nowhere.json'], 1, /^unreadable: /],
  ['no need at all', ['compose'], 2, /^An argument is missing/],
  ['one need and all', ['compose', 'nowhere.json', '--all'], 2, /^--all is for all open needs/],
  ['a pin for all', ['compose', '--all', '--pin', 'x'], 2, /^--pin is for one need/],
  ['a pack for all', ['compose', '--all', '--pack', 'cn/jiebang-guashuai'], 2, /^--pack is for one need/],
  [
    'a pack that there is not',
    ['compose', 'POSTED', '--pack', 'cn/jiebang'],
    1,
    /^not_found: No rule pack cn\/jiebang about a team is in force\.\nIn force today: .*cn\/jiebang-guashuai@2023/,
  ],
  [
    'a version that is not in force',
    ['compose', 'POSTED', '--pack', 'eu/horizon-europe@2022'],
    1,
    /^not_found: Version 2022 of eu\/horizon-europe is not in force\.\nIn force today: /,
  ],
  ['one alone apart', ['compose', 'nowhere.json', '--apart', 'x'], 2, /^--apart takes two ids/],
  ['weights that are none', ['compose', 'nowhere.json', '--weights', 'heavy'], 2, /^--weights takes balanced/],
  ['a weight unknown', ['compose', 'nowhere.json', '--weights', '{"luck": 1}'], 1, /^(invalid|unreadable): /],
  ['a capacity for one', ['compose', 'nowhere.json', '--capacity', '2'], 2, /^--capacity stands with --all/],
  ['no seats at all', ['compose', '--all', '--capacity', '0'], 1, /^invalid: /],
  ['a half-minute too much', ['compose', 'nowhere.json', '--seconds', '99'], 1, /^(invalid|unreadable): /],
])('refused: %s', async (_story, words, code, err) => {
  const asked = words.map((word) => (word === 'POSTED' ? posted : word))
  expect(await runShell([...asked, '--data', data])).toMatchObject({ code, err: expect.stringMatching(err) })
})
