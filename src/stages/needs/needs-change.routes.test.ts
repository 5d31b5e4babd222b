import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld } from '#testing'
import { FILE } from './needs.fixture.ts'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
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
