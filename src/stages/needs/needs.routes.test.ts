import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { postNeedFile } from '../../cli/needs.ts'
import { systemCaller } from '../caller.ts'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
})

const SECRET = 'polysulfide shuttle'
const FILE = {
  title: { zh: '低堆叠压力电芯', en: 'Low stack pressure cell' },
  problem: { en: `It dies of the ${SECRET}.` },
  tried: `More of the ${SECRET}.`,
  summary: { en: 'Partners wanted for cells below 2 MPa.' },
  targets: [{ quantity: 'Stack pressure', unit: 'MPa', now: 8, wanted: 2 }],
  trl: { from: 4, to: 7 },
  capabilities: [
    { name: { zh: '硫化物电解质', en: 'Sulfide electrolyte' }, weight: 5, critical: true },
    { name: 'Warm isostatic pressing', weight: 4, critical: false },
  ],
  budget: { amount: '32000000', currency: 'CNY' },
  deadline: '2028-12-31',
  conditions: { minMembers: 4, kinds: ['company', 'university'] },
}
const idsIn = (answered: { body: { rows: { id: string }[] } }) => answered.body.rows.map(({ id }) => id)

test('a need lives: written, submitted, returned, mended, opened, matched and closed', async () => {
  const world = await openWorld()
  const company = (method: string, path: string, body?: unknown) => world.ask(method, path, { as: 'company', body })
  const officer = (method: string, path: string, body?: unknown) =>
    world.ask(method, path, { as: 'zone_officer', body })

  const begun = await company('POST', '/needs', { title: FILE.title })
  expect(begun).toMatchObject({ status: 201, body: { state: 'draft', revision: 1 } })
  const path = `/needs/${begun.body.id}`
  const early = await company('POST', `${path}/move`, { action: 'submit' })
  expect(early).toMatchObject({ status: 422, body: { code: 'invalid', rule: 'need.incomplete' } })
  expect(early.body.issues.map((issue: { path: string }) => issue.path)).toEqual(['problem', 'capabilities', 'trl'])
  expect((await company('GET', path)).body.missing).toEqual(early.body.issues)

  const { title: _, ...rest } = FILE
  expect((await company('PATCH', path, { revision: 1, ...rest })).body).toMatchObject({ revision: 2, state: 'draft' })
  expect((await company('POST', `${path}/move`, { action: 'submit' })).body).toMatchObject({ state: 'in_review' })
  expect(await company('PATCH', path, { revision: 3, circle: 'public' })).toMatchObject({
    status: 403,
    body: { rule: 'need.change.not_yours' },
  })

  const reasons = [{ code: 'targets_not_measurable', text: { zh: '请写明工况。' } }]
  expect((await officer('POST', `${path}/move`, { action: 'return', reasons })).body.state).toBe('returned')
  const returned = await company('GET', path)
  expect(returned.body.returnReasons).toEqual([
    { code: 'targets_not_measurable', text: { zh: { text: '请写明工况。', origin: 'typed' } } },
  ])
  expect(returned.body).toMatchObject({ mayChange: true, mayMove: ['submit'], mayRemove: true })

  await company('PATCH', path, { revision: returned.body.revision, circle: 'public' })
  await company('POST', `${path}/move`, { action: 'submit' })
  expect((await officer('POST', `${path}/move`, { action: 'open' })).body.state).toBe('open')
  const open = await company('GET', path)
  expect(open.body).toMatchObject({
    state: 'open',
    name: '低堆叠压力电芯',
    budget: { minor: '3200000000', currency: 'CNY' },
    conditions: { minMembers: 4, kinds: { company: 1, university: 1 } },
    sponsors: [{ id: world.own, name: '自家公司' }],
    returnReasons: [],
    openedAt: '2026-11-22T08:00:00.000Z',
    mayChange: false,
    mayMove: ['match', 'close'],
    mayRemove: false,
  })
  expect((await world.ask('GET', path, { as: 'stranger' })).body).toMatchObject({
    state: 'open',
    mayMove: [],
    private: null,
  })
  expect((await company('POST', `${path}/move`, { action: 'match' })).body.state).toBe('matched')
  expect((await company('POST', `${path}/move`, { action: 'close' })).body.state).toBe('closed')

  const history = await company('GET', `/history/need/${begun.body.id}`)
  expect(history.body.rows.map((row: { action: string }) => row.action)).toEqual([
    'close',
    'match',
    'open',
    'submit',
    'changed',
    'return',
    'submit',
    'changed',
    'added',
  ])
  expect(history.text).not.toContain(SECRET)
  const notices = await world.ask('GET', '/notices', { as: 'company' })
  expect(notices.body.rows.map((row: { link: string }) => row.link)).toEqual([
    `/${world.slug}${path}`,
    `/${world.slug}${path}`,
  ])
  expect((await world.ask('GET', '/notices', { as: 'administrator' })).body.unread).toBe(3)
})

describe('a need is posted in one step', () => {
  test.each([
    ['zone_officer', 'open'],
    ['administrator', 'open'],
    ['technology_manager', 'in_review'],
    ['company', 'in_review'],
    ['researcher', 'in_review'],
  ] as const)('by %s it is %s', async (as, state) => {
    const world = await openWorld()
    const posted = await world.ask('POST', '/needs/post', { as, body: FILE })
    expect(posted).toMatchObject({ status: 201, body: { state } })
    const { body } = await world.ask('GET', `/needs/${posted.body.id}`, { as })
    expect(body.state).toBe(state)
    expect(body.sponsors.map(({ id }: { id: string }) => id)).toEqual(
      as === 'company' || as === 'researcher' ? [world.own] : [],
    )
    expect(body.private.problem.en.text).toContain(SECRET)
    expect(body.capabilities.map(({ levelWanted }: { levelWanted: number }) => levelWanted)).toEqual([2, 2])
  })

  test('by the local operator it is open', async () => {
    const world = await openWorld()
    const operator = systemCaller(world.zoneId)
    expect(await postNeedFile(world, operator, { ...FILE, sponsors: [world.own] })).toMatchObject({ state: 'open' })
    await expect(postNeedFile(world, operator, { ...FILE, colour: 'red' })).rejects.toMatchObject({
      code: 'invalid',
      details: { rule: 'file.form', issues: [{ path: 'colour', rule: 'key.unknown' }] },
    })
    await expect(postNeedFile(world, operator, { ...FILE, deadline: '2026-11-21' })).rejects.toMatchObject({
      details: { rule: 'need.incomplete', issues: [{ path: 'deadline', rule: 'deadline.past', limit: '2026-11-22' }] },
    })
    expect((await world.ask('GET', '/needs')).body.total).toBe(1)
  })

  test.each([
    [
      'names another organisation',
      'company',
      (world: TestWorld) => ({ sponsors: [world.other] }),
      403,
      'need.sponsor_other',
      [],
    ],
    [
      'names an unknown organisation',
      'zone_officer',
      (world: TestWorld) => ({ sponsors: [world.own, world.foreign.zoneId] }),
      422,
      'body.form',
      [{ path: 'sponsors.1', rule: 'organisation.unknown' }],
    ],
  ] as const)('not where it %s', async (_says, as, more, status, rule, issues) => {
    const world = await openWorld()
    const refused = await world.ask('POST', '/needs/post', { as, body: { ...FILE, ...more(world) } })
    expect(refused).toMatchObject({ status, body: { rule } })
    expect(refused.body.issues ?? []).toEqual(issues)
  })

  test('not by an account that speaks for no organisation', async () => {
    const world = await openWorld()
    await world.within((tx) =>
      tx
        .updateTable('membership')
        .set({ organisation_id: null })
        .where('zone_id', '=', world.zoneId)
        .where('name', '=', 'researcher')
        .execute(),
    )
    expect(await world.ask('POST', '/needs', { as: 'researcher', body: { title: 'x' } })).toMatchObject({
      status: 403,
      body: { rule: 'need.no_organisation' },
    })
  })
})

describe('who may', () => {
  const routes: [string, string, unknown, Record<string, number>][] = [
    // A need that is open to signed-in members, sponsored by the `company`'s organisation.
    [
      'GET',
      '/needs',
      undefined,
      { 'company.other': 200, technology_manager: 200, stranger: 200, 'zone_officer.foreign': 200 },
    ],
    ['GET', '/needs/counts', undefined, { 'company.other': 200, stranger: 200, 'zone_officer.foreign': 200 }],
    ['GET', '/needs/export', undefined, { 'company.other': 200, stranger: 401, 'zone_officer.foreign': 403 }],
    ['GET', '/needs/ID', undefined, { company: 200, 'company.other': 200, stranger: 404, 'zone_officer.foreign': 404 }],
    [
      'POST',
      '/needs',
      { title: 'x' },
      { company: 201, technology_manager: 201, stranger: 401, 'zone_officer.foreign': 403 },
    ],
    ['POST', '/needs/post', FILE, { 'company.other': 201, stranger: 401, 'zone_officer.foreign': 403 }],
    [
      'PATCH',
      '/needs/ID',
      { revision: 3, fields: ['x'] },
      {
        company: 403,
        technology_manager: 403,
        'company.other': 403,
        zone_officer: 200,
        stranger: 401,
        'zone_officer.foreign': 403,
      },
    ],
    [
      'POST',
      '/needs/ID/move',
      { action: 'match' },
      { 'company.other': 403, 'researcher.other': 403, stranger: 401, 'zone_officer.foreign': 403, researcher: 200 },
    ],
    [
      'POST',
      '/needs/ID/sponsors',
      {},
      { stranger: 401, 'zone_officer.foreign': 403, company: 200, 'company.other': 200 },
    ],
    [
      'DELETE',
      '/needs/ID/sponsors/OTHER',
      undefined,
      { stranger: 401, 'zone_officer.foreign': 403, technology_manager: 403, company: 200 },
    ],
    [
      'DELETE',
      '/needs/ID',
      undefined,
      { 'company.other': 403, stranger: 401, 'zone_officer.foreign': 403, technology_manager: 403, company: 409 },
    ],
    [
      'POST',
      '/needs/merge',
      { needs: [], title: 'x' },
      { company: 403, technology_manager: 403, stranger: 401, 'zone_officer.foreign': 403, zone_officer: 422 },
    ],
    [
      'POST',
      '/needs/ID/unmerge',
      undefined,
      { company: 403, technology_manager: 403, stranger: 401, 'zone_officer.foreign': 403, zone_officer: 409 },
    ],
  ]
  let world: TestWorld
  let id: string
  beforeAll(async () => {
    world = await openWorld()
    id = await world.addNeed()
  })

  test.each(routes)('%s %s', async (method, path, body, statuses) => {
    for (const [as, status] of Object.entries(statuses)) {
      const at = path.replace('ID', id).replace('OTHER', world.other)
      const answered = await world.ask(method, at, { as: as as Who, body })
      expect([as, answered.status]).toEqual([as, status])
    }
  })
})

describe('what is hidden stays hidden', () => {
  let world: TestWorld
  let shown: string
  let hidden: string[]
  const OUTSIDERS: readonly Who[] = [
    'company.other',
    'researcher.other',
    'stranger',
    'zone_officer.foreign',
    'company.foreign',
  ]
  beforeAll(async () => {
    world = await openWorld()
    const asFile = { ...FILE, budget: null, conditions: {}, capabilities: [] }
    const capabilities = FILE.capabilities.map((one) => ({ ...one, levelWanted: 2 }))
    const add = (more: object) => world.addNeed({ ...asFile, capabilities, fields: ['batteries'], ...more })
    shown = await add({ circle: 'public' })
    hidden = [
      await add({ state: 'draft', circle: 'public' }),
      await add({ state: 'in_review', circle: 'public' }),
      await add({ state: 'returned', circle: 'public' }),
      await add({ circle: 'members' }),
      await add({ circle: 'invited' }),
    ]
    await world.addNeed({ title: 'Abroad', circle: 'public' }, world.foreign.zoneId)
  })

  test.each(OUTSIDERS)('from %s: pages, lists, counts, searches, sorts and files', async (as) => {
    const absent = await world.ask('GET', '/needs/019aab00-0000-7000-8000-000000000000', { as })
    for (const id of hidden) {
      const page = await world.ask('GET', `/needs/${id}`, { as })
      expect({ ...page.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
      const sponsor = await world.ask('GET', `/needs?sponsor=${world.own}&sort=title&order=asc`, { as })
      expect(idsIn(sponsor)).toEqual([shown])
    }
    for (const query of [
      '',
      '?q=pressure',
      '?q=isostatic',
      '?capability=sulfide',
      '?field=batteries',
      '?trl=5',
      '?state=open',
      '?sponsor=自家',
      '?sort=state',
    ])
      expect([query, (await world.ask('GET', `/needs${query}`, { as })).body]).toMatchObject([
        query,
        { total: 1, rows: [{ id: shown }] },
      ])
    for (const state of ['draft', 'in_review', 'returned', 'merged'])
      expect((await world.ask('GET', `/needs?state=${state}`, { as })).body).toMatchObject({ total: 0, rows: [] })
    expect((await world.ask('GET', '/needs/counts', { as })).body).toEqual({
      states: { draft: 0, in_review: 0, returned: 0, open: 1, matched: 0, closed: 0, expired: 0, merged: 0 },
      total: 1,
      mine: 0,
      waiting: 0,
    })
    expect((await world.ask('GET', '/needs?mine=true', { as })).body.total).toBe(0)
  })

  test.each(OUTSIDERS)('from %s: the private text, in any answer', async (as) => {
    const page = await world.ask('GET', `/needs/${shown}`, { as })
    expect(page.body).toMatchObject({
      private: null,
      asking: null,
      returnReasons: [],
      missing: [],
      mayMove: [],
      mayChange: false,
    })
    const texts = [page.text, (await world.ask('GET', '/needs', { as })).text]
    for (const text of texts) expect(text).not.toContain(SECRET)
  })

  test('no search finds a private text, not even for those who may read it', async () => {
    for (const as of ['company', 'zone_officer'] as const) {
      expect((await world.ask('GET', `/needs?q=${encodeURIComponent(SECRET)}`, { as })).body.total).toBe(0)
      expect((await world.ask('GET', `/needs/${shown}`, { as })).text).toContain(SECRET)
    }
    expect((await world.ask('GET', '/search?q=pressure', { as: 'company.other' })).body.rows).toEqual([
      { kind: 'need', id: shown, title: '低堆叠压力电芯', detail: '自家公司' },
    ])
  })

  test('one who may not know of a need can’t tell it from none, whatever is tried', async () => {
    for (const [method, path, body] of [
      ['PATCH', '', { revision: 1, fields: [] }],
      ['DELETE', '', undefined],
      ['POST', '/move', { action: 'match' }],
      ['POST', '/sponsors', {}],
      ['DELETE', `/sponsors/${world.own}`, undefined],
    ] as const)
      for (const id of [...hidden, '019aab00-0000-7000-8000-000000000000'])
        expect(await world.ask(method, `/needs/${id}${path}`, { as: 'company.other', body })).toMatchObject({
          status: 404,
          body: { rule: 'need.unknown' },
        })
  })

  test('the sponsors and the staff see all of it', async () => {
    for (const as of ['company', 'researcher', 'technology_manager'] as const)
      expect((await world.ask('GET', '/needs', { as })).body.total).toBe(6)
    expect((await world.ask('GET', '/needs/counts', { as: 'zone_officer' })).body).toMatchObject({
      total: 6,
      mine: 0,
      waiting: 1,
    })
    expect((await world.ask('GET', '/needs/counts', { as: 'company' })).body).toMatchObject({
      total: 6,
      mine: 6,
      waiting: 1,
    })
  })
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

describe('a change', () => {
  test('on an old revision is refused with what stands now, private text and all', async () => {
    const world = await openWorld()
    const id = await world.addNeed({ state: 'draft' })
    await world.ask('PATCH', `/needs/${id}`, { as: 'company', body: { revision: 1, problem: { en: 'First' } } })
    const second = await world.ask('PATCH', `/needs/${id}`, {
      as: 'researcher',
      body: { revision: 1, problem: { en: 'Second' } },
    })
    expect(second).toMatchObject({
      status: 409,
      body: {
        code: 'changed_meanwhile',
        rule: 'revision.old',
        now: { revision: 2, private: { problem: { en: { text: 'First' } } } },
      },
    })
    expect(
      await world.ask('POST', `/needs/${id}/move`, { as: 'company', body: { action: 'submit', revision: 1 } }),
    ).toMatchObject({ status: 409 })
  })

  test('keeps the id of a capability that keeps a name', async () => {
    const world = await openWorld()
    const id = await world.addNeed({
      state: 'draft',
      capabilities: ['Anode', 'Cathode'].map((name) => ({ name, weight: 3, critical: false, levelWanted: 2 })),
    })
    const before = (await world.ask('GET', `/needs/${id}`)).body.capabilities
    const capabilities = [
      { name: { zh: '正极', en: 'CATHODE' }, weight: 5 },
      { name: 'Separator', weight: 1 },
    ]
    await world.ask('PATCH', `/needs/${id}`, { body: { revision: 1, capabilities } })
    const after = (await world.ask('GET', `/needs/${id}`)).body.capabilities
    expect(after.map((one: { id: string }) => one.id)).toEqual([before[1].id, expect.not.stringMatching(before[0].id)])
    expect((await world.ask('GET', '/needs?capability=anode')).body.total).toBe(0)
    expect((await world.ask('GET', '/needs?q=separator')).body.total).toBe(1)
    const history = await world.ask('GET', `/history/need/${id}`)
    expect(Object.keys(history.body.rows[0].changes)).toEqual(['capabilities'])
  })

  test.each([
    [
      'in review by an officer, as long as it stays whole',
      'in_review',
      'zone_officer',
      { problem: '' },
      422,
      'need.incomplete',
    ],
    ['in review by an officer', 'in_review', 'zone_officer', { problem: 'More' }, 200, undefined],
    ['in review by its sponsor', 'in_review', 'company', { problem: 'More' }, 403, 'need.change.not_yours'],
    ['open to a day that is over', 'open', 'zone_officer', { deadline: '2026-11-21' }, 422, 'need.incomplete'],
    ['open to today', 'open', 'zone_officer', { deadline: '2026-11-22' }, 200, undefined],
    ['closed', 'closed', 'zone_officer', { fields: ['x'] }, 409, 'need.change.not_allowed'],
    ['expired', 'expired', 'company', { deadline: '2027-11-21' }, 409, 'need.change.not_allowed'],
    ['a draft to half a need', 'draft', 'technology_manager', { problem: '', trl: null }, 200, undefined],
    ['a returned one by its sponsor', 'returned', 'researcher', { problem: 'x' }, 200, undefined],
    ['a draft to no title', 'draft', 'company', { title: '' }, 422, 'body.form'],
    ['its sponsors', 'draft', 'company', { sponsors: [] }, 422, 'body.form'],
  ] as const)('of one %s', async (_says, state, as, change, status, rule) => {
    const world = await openWorld()
    const id = await world.addNeed({ state })
    const { revision } = (await world.ask('GET', `/needs/${id}`)).body
    const answered = await world.ask('PATCH', `/needs/${id}`, { as, body: { revision, ...change } })
    expect([answered.status, answered.body.rule]).toEqual([status, rule])
  })

  test('is made once however often it is sent, and not at all when it is rehearsed', async () => {
    const world = await openWorld()
    const first = await world.ask('POST', '/needs', { as: 'company', body: { title: 'Once' }, key: 'once' })
    const again = await world.ask('POST', '/needs', { as: 'company', body: { title: 'Once' }, key: 'once' })
    expect(again.body).toEqual(first.body)
    const rehearsed = await world.ask('POST', '/needs/post?rehearse=true', { body: FILE })
    expect(rehearsed).toMatchObject({ status: 200, body: { state: 'open' } })
    expect((await world.ask('GET', '/needs')).body.total).toBe(1)
    expect((await world.ask('GET', `/needs/${rehearsed.body.id}`)).status).toBe(404)
  })
})

describe('a need ends with its last day in the zone', () => {
  test('for every reader, before the server has moved it', async () => {
    const world = await openWorld()
    const id = await world.addNeed({ deadline: '2027-06-30', circle: 'public' })
    const stateAt = async (at: string) => {
      world.clock.set(at)
      const list = await world.ask('GET', '/needs?state=expired', { as: 'stranger' })
      const page = await world.ask('GET', `/needs/${id}`, { as: 'company' })
      const counts = await world.ask('GET', '/needs/counts', { as: 'stranger' })
      expect(list.body.total).toBe(counts.body.states.expired)
      expect(counts.body.states.open + counts.body.states.expired).toBe(1)
      return [page.body.state, list.body.total, page.body.mayMove]
    }
    // The zone is in Shanghai, eight hours ahead.
    expect(await stateAt('2027-06-30T15:59:59Z')).toEqual(['open', 0, ['match', 'close']])
    expect(await stateAt('2027-06-30T16:00:00Z')).toEqual(['expired', 1, ['close', 'renew']])
  })

  test('and the next command finds it expired: it is renewed with a day to come', async () => {
    const world = await openWorld()
    const id = await world.addNeed({ deadline: '2026-12-31' })
    const { revision } = (await world.ask('GET', `/needs/${id}`)).body
    world.clock.set('2027-01-02T00:00:00Z')
    const move = (body: object) => world.ask('POST', `/needs/${id}/move`, { as: 'company', body })
    expect(await move({ action: 'match', revision })).toMatchObject({
      status: 409,
      body: { rule: 'need.move.not_allowed' },
    })
    expect((await move({ action: 'renew', revision })).body.issues).toEqual([
      { path: 'deadline', rule: 'missing' },
      { path: 'deadline', rule: 'deadline.past', limit: '2027-01-02' },
    ])
    expect((await move({ action: 'renew', deadline: '2027-01-01' })).body.issues).toEqual([
      { path: 'deadline', rule: 'deadline.past', limit: '2027-01-02' },
    ])
    expect(await move({ action: 'renew', deadline: '2027-03-01', revision })).toMatchObject({
      status: 200,
      body: { state: 'open' },
    })
    expect((await world.ask('GET', `/needs/${id}`)).body).toMatchObject({ state: 'open', deadline: '2027-03-01' })
    const history = await world.ask('GET', `/history/need/${id}`)
    expect(history.body.rows.slice(0, 2).map((row: { action: string }) => row.action)).toEqual(['expired', 'renew'])
  })
})

describe('a need that was never open', () => {
  test.each([
    ['draft', 'company', 200],
    ['returned', 'zone_officer', 200],
    ['draft', 'technology_manager', 403],
    ['in_review', 'company', 409],
    ['open', 'zone_officer', 409],
    ['expired', 'zone_officer', 409],
  ] as const)('%s, removed by %s: %i', async (state, as, status) => {
    const world = await openWorld()
    const id = await world.addNeed({ state })
    expect((await world.ask('DELETE', `/needs/${id}`, { as })).status).toBe(status)
    expect((await world.ask('GET', `/needs/${id}`)).status).toBe(status === 200 ? 404 : 200)
  })
})

test.each([
  ['PATCH', '/needs/not-an-id', { revision: 1 }, 404],
  ['GET', '/needs/%00', undefined, 404],
  ['POST', '/needs/ID/move', { action: 'expire' }, 422],
  ['POST', '/needs/ID/move', { action: 'merge' }, 422],
  ['POST', '/needs/ID/move', { action: 'return', reasons: [{ code: 'other' }] }, 422],
  ['POST', '/needs/ID/move', { action: 'return', reasons: [{ code: 'because' }] }, 422],
  ['POST', '/needs/ID/move', undefined, 422],
  ['PATCH', '/needs/ID', { revision: 1, state: 'open' }, 422],
  ['PATCH', '/needs/ID', { revision: 1, title: { __proto__: null, zh: '\u0000' } }, 422],
  ['PATCH', '/needs/ID', { revision: 1, title: 'half \ud83d', problem: 'no \u0000 end' }, 200],
  ['PATCH', '/needs/ID', { revision: 1, fields: Array.from({ length: 41 }, String) }, 422],
  ['POST', '/needs/ID/sponsors', { organisationId: 'me' }, 422],
  ['DELETE', '/needs/ID/sponsors/me', undefined, 404],
])('%s %s with %j is answered in good order', async (method, path, body, status) => {
  const world = await openWorld()
  const id = await world.addNeed({ state: 'draft' })
  const answered = await world.ask(method, path.replace('ID', id), { body })
  expect([answered.status, answered.body?.code]).toEqual([status, status === 200 ? undefined : expect.any(String)])
})
