import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { postNeedFile } from '../../cli/needs.ts'
import { systemCaller } from '../caller.ts'
import { FILE, SECRET } from './needs.fixture.ts'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
})

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
