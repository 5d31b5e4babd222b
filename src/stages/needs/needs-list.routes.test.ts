import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { idsIn } from './needs.fixture.ts'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
})

describe('a list', () => {
  let world: TestWorld
  const made: Record<string, string> = {}
  beforeAll(async () => {
    world = await openWorld()
    const capability = (name: string) => ({ name, weight: 3, critical: false, levelWanted: 2 })
    made.pack = await world.addNeed({
      title: '电池包',
      circle: 'public',
      trl: { from: 2, to: 4 },
      deadline: '2027-03-01',
      fields: ['batteries'],
      segment: 'systems',
      budget: { amount: 100, currency: 'CNY' },
    })
    made.cell = await world.addNeed({
      title: 'Élan cell',
      trl: { from: 5, to: 8 },
      deadline: null,
      capabilities: [capability('银烧结互连')],
      sponsors: [world.other],
      budget: { amount: 300, currency: 'CNY' },
    })
    made.line = await world.addNeed({
      title: '碳化硅产线',
      state: 'draft',
      trl: null,
      deadline: '2027-01-31',
      targets: [{ quantity: '良率 100%_\\', wanted: 98 }],
    })
    made.done = await world.addNeed({
      title: 'Anode',
      state: 'matched',
      sponsors: [world.own, world.other],
      circle: 'members',
    })
  })

  test.each([
    ['q=電池', 'pack'],
    ['q=elan', 'cell'],
    ['q=ÉLAN cell', 'cell'],
    ['q=银烧结', 'cell'],
    ['q=%', 'line'],
    ['q=_\\', 'line'],
    ['q=batteries', 'pack'],
    ['state=draft,matched', 'line done'],
    ['capability=烧结', 'cell'],
    ['capability=solid', 'pack line done'],
    ['field=batteries,steel', 'pack'],
    ['segment=systems', 'pack'],
    ['trl=4', 'pack done'],
    ['trl=8', 'cell'],
    ['due_to=2027-02-28', 'line'],
    ['due_from=2027-02-28', 'pack done'],
    ['circle=public', 'pack'],
    ['sponsor=别家', 'cell done'],
    ['sponsor=自家,别家', 'pack cell line done'],
    ['joint=true', ''],
    ['joint=false', 'pack cell line done'],
    ["q='; drop table need; --", ''],
  ])('filtered by %s has %s', async (query, expected) => {
    const answered = await world.ask('GET', `/needs?${encodeURI(query)}`)
    expect(answered.status).toBe(200)
    expect(idsIn(answered).sort()).toEqual(
      expected
        .split(' ')
        .filter(Boolean)
        .map((name) => made[name]!)
        .sort(),
    )
    expect(answered.body.total).toBe(idsIn(answered).length)
  })

  test('filtered by a sponsor’s id, and by what is mine', async () => {
    expect(idsIn(await world.ask('GET', `/needs?sponsor=${world.other}`)).sort()).toEqual([made.cell, made.done].sort())
    const mine = await world.ask('GET', '/needs?mine=true', { as: 'company.other' })
    expect(idsIn(mine).sort()).toEqual([made.cell, made.done].sort())
    const others = await world.ask('GET', '/needs?mine=false', { as: 'company.other' })
    expect(idsIn(others)).toEqual([made.pack])
  })

  test.each([
    ['title', 'asc', 'done cell pack line'],
    ['title', 'desc', 'line pack cell done'],
    ['deadline', 'asc', 'line pack done cell'],
    ['deadline', 'desc', 'done pack line cell'],
    ['budget', 'desc', 'cell pack done line'],
    ['trl', 'asc', 'pack done cell line'],
    ['state', 'asc', 'line cell pack done'],
    ['opened', 'desc', 'done cell pack line'],
  ])('sorted by %s, %s', async (sort, order, expected) => {
    const { body } = await world.ask('GET', `/needs?sort=${sort}&order=${order}`)
    expect(
      body.rows.map((row: { id: string }) => Object.keys(made).find((name) => made[name] === row.id)).join(' '),
    ).toBe(expected)
  })

  test('paged, it shows each need once', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => world.ask('GET', `/needs?size=2&page=${page}&sort=state`)))
    expect(pages.map(({ body }) => body.rows.length)).toEqual([2, 2, 0])
    expect(new Set(pages.flatMap(idsIn)).size).toBe(4)
    expect(pages[0]!.body.total).toBe(4)
  })

  test.each([
    'size=201',
    'size=0',
    'page=0',
    'page=x',
    'state=gone',
    'trl=10',
    'trl=x',
    'sort=problem',
    'due_to=2027-13-01',
    'mine=maybe',
    `q=${'a'.repeat(201)}`,
  ])('asked for by %s is refused', async (query) => {
    expect(await world.ask('GET', `/needs?${query}`)).toMatchObject({ status: 422, body: { rule: 'query.form' } })
  })

  test('of a row shows its sponsors and capabilities', async () => {
    const { body } = await world.ask('GET', '/needs?q=elan')
    expect(body.rows).toEqual([
      {
        id: made.cell,
        name: 'Élan cell',
        title: { en: { text: 'Élan cell', origin: 'typed' } },
        state: 'open',
        circle: 'signed_in',
        trl: { from: 5, to: 8 },
        budget: { minor: '30000', currency: 'CNY' },
        deadline: null,
        fields: [],
        segment: null,
        joint: false,
        openedAt: '2026-11-22T08:00:00.000Z',
        updatedAt: '2026-11-22T08:00:00.000Z',
        sponsors: [{ id: world.other, name: '别家公司' }],
        capabilities: [{ name: { zh: { text: '银烧结互连', origin: 'typed' } }, weight: 3, critical: false }],
      },
    ])
  })
})

describe('a list leaves as a file', () => {
  const rowsOf = (text: string) => parse(text, { bom: true, columns: true }) as Record<string, string>[]

  test('whole, by its filters, in the reader’s words, safe from formulas, and without what the reader may not see', async () => {
    const world = await openWorld()
    await world.addNeed({
      title: { zh: '=cmd|calc', en: 'Low pressure' },
      budget: { amount: '320000.50', currency: 'CNY' },
      capabilities: [{ name: { zh: '硫化物电解质' }, weight: 5, critical: true, levelWanted: 2 }],
      fields: ['电池', '安全'],
    })
    await world.addNeed({ title: '乙' })
    await world.addNeed({ title: '丙', state: 'draft' })
    const zh = await world.ask('GET', '/needs/export?format=csv&language=zh&size=1&page=2&sort=title&order=asc', {
      as: 'company.other',
    })
    expect(zh.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(zh.text).not.toContain('nobody but the sponsors')
    const rows = rowsOf(zh.text)
    expect(rows.map((row) => row.需求名称)).toEqual(["'=cmd|calc", '乙'])
    expect(rows[0]).toMatchObject({
      状态: '征集中',
      提出方: '自家公司',
      所需能力: '硫化物电解质（关键）',
      '起始 TRL': '4',
      '目标 TRL': '7',
      预算: '320000.50',
      币种: 'CNY',
      截止日期: '2027-06-30',
      技术领域: '电池; 安全',
      公开范围: '园区成员可见',
    })
    const en = await world.ask('GET', '/needs/export?format=csv&language=en&state=draft', { as: 'company' })
    expect(rowsOf(en.text)).toMatchObject([{ Need: '丙', State: 'Draft', Budget: '' }])
    const workbook = await world.ask('GET', '/needs/export', { as: 'company' })
    expect([workbook.status, workbook.text.slice(0, 2)]).toEqual([200, 'PK'])
  })
})
