import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { FILE, idsIn, SECRET } from './needs.fixture.ts'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
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
