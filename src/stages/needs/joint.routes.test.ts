import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
})

const capability = (name: { zh?: string; en?: string } | string, weight: number, critical = false) => ({
  name,
  weight,
  critical,
  levelWanted: 2,
})
const actionsOf = (answered: { body: { rows: { action: string }[] } }) => answered.body.rows.map(({ action }) => action)

describe('an organisation joins a need', () => {
  test('by asking, and being let in by a sponsor; until then it reads nothing private', async () => {
    const world = await openWorld()
    const id = await world.addNeed()
    const path = `/needs/${id}`
    const asked = await world.ask('POST', `${path}/sponsors`, { as: 'company.other', body: {} })
    expect(asked).toMatchObject({ status: 200, body: { state: 'asked', organisationId: world.other } })
    const again = await world.ask('POST', `${path}/sponsors`, { as: 'researcher.other', body: {} })
    expect(again.body).toEqual(asked.body)
    const outside = await world.ask('GET', path, { as: 'company.other' })
    expect(outside.body).toMatchObject({ private: null, asking: null, mayJoin: 'asked', mayLeave: false })

    const inside = await world.ask('GET', path, { as: 'company' })
    expect(inside.body.asking).toMatchObject([
      { id: world.other, name: '别家公司', askedAt: '2026-11-22T08:00:00.000Z' },
    ])
    expect((await world.ask('GET', '/needs/counts', { as: 'company' })).body.waiting).toBe(1)
    expect((await world.ask('GET', '/notices', { as: 'company' })).body.unread).toBe(1)
    const letIn = await world.ask('POST', `${path}/sponsors`, { as: 'company', body: { organisationId: world.other } })
    expect(letIn.body).toMatchObject({ state: 'joined' })
    const joined = await world.ask('GET', path, { as: 'company.other' })
    expect(joined.body.private).not.toBeNull()
    expect(joined.body).toMatchObject({ mayJoin: null, mayLeave: true, asking: [], mayMove: ['match', 'close'] })
    expect(joined.body.sponsors.map((one: { id: string }) => one.id).sort()).toEqual([world.own, world.other].sort())

    expect((await world.ask('DELETE', `${path}/sponsors/${world.other}`, { as: 'company.other' })).status).toBe(200)
    expect((await world.ask('GET', path, { as: 'company.other' })).body).toMatchObject({
      private: null,
      mayJoin: 'ask',
    })
    const history = actionsOf(await world.ask('GET', `/history/need/${id}`))
    expect(history.slice(0, 3)).toEqual(['sponsor_left', 'sponsor_joined', 'sponsor_asked'])
  })

  test('by an officer, who may take it off again; what it could not see it leaves unseen', async () => {
    const world = await openWorld()
    const id = await world.addNeed({ state: 'in_review' })
    const add = { as: 'zone_officer', body: { organisationId: world.other } } as const
    expect((await world.ask('POST', `/needs/${id}/sponsors`, add)).body.state).toBe('joined')
    expect((await world.ask('POST', `/needs/${id}/sponsors`, add)).body.state).toBe('joined')
    expect((await world.ask('GET', `/needs/${id}`, { as: 'company.other' })).body.private).not.toBeNull()
    expect((await world.ask('DELETE', `/needs/${id}/sponsors/${world.other}`)).status).toBe(200)
    expect((await world.ask('GET', `/needs/${id}`, { as: 'company.other' })).status).toBe(404)
  })

  const cases: [string, string, (world: TestWorld) => object, number, string][] = [
    ['in another’s name', 'company.other', (world) => ({ organisationId: world.own }), 200, ''],
    [
      'as a third, by one who is none of them',
      'company.other',
      (world) => ({ organisationId: world.zoneId }),
      403,
      'access.record',
    ],
    [
      'without having asked, by a sponsor',
      'company',
      (world) => ({ organisationId: world.other }),
      403,
      'need.sponsor_not_asking',
    ],
    [
      'that the zone does not know, by an officer',
      'zone_officer',
      (world) => ({ organisationId: world.foreign.zoneId }),
      422,
      'body.form',
    ],
    ['without a name, by an officer', 'zone_officer', () => ({}), 422, 'body.form'],
    [
      'by a technology manager',
      'technology_manager',
      (world) => ({ organisationId: world.other }),
      403,
      'access.record',
    ],
  ]
  test.each(cases)('%s (%s)', async (_says, as, body, status, rule) => {
    const world = await openWorld()
    const id = await world.addNeed()
    const answered = await world.ask('POST', `/needs/${id}/sponsors`, { as: as as 'company', body: body(world) })
    expect([answered.status, answered.body.rule ?? '']).toEqual([status, rule])
    const { body: after } = await world.ask('GET', `/needs/${id}`)
    expect(after.sponsors.map((one: { id: string }) => one.id)).toEqual([world.own])
  })

  test('the last sponsor stays, a closed need keeps its own, and nobody takes off another', async () => {
    const world = await openWorld()
    const one = await world.addNeed()
    const remove = (need: string, organisation: string, as: 'company' | 'company.other' | 'zone_officer') =>
      world.ask('DELETE', `/needs/${need}/sponsors/${organisation}`, { as })
    expect(await remove(one, world.own, 'company')).toMatchObject({ status: 409, body: { rule: 'need.sponsor_last' } })
    expect(await remove(one, world.other, 'company')).toMatchObject({
      status: 404,
      body: { rule: 'need.sponsor_unknown' },
    })
    const both = await world.addNeed({ sponsors: [world.own, world.other] })
    expect(await remove(both, world.own, 'company.other')).toMatchObject({
      status: 403,
      body: { rule: 'access.record' },
    })
    const closed = await world.addNeed({ state: 'closed', sponsors: [world.own, world.other] })
    expect(await remove(closed, world.own, 'company')).toMatchObject({
      status: 409,
      body: { rule: 'need.sponsors_fixed' },
    })
    const ask = await world.ask('POST', `/needs/${await world.addNeed({ state: 'closed' })}/sponsors`, {
      as: 'company.other',
      body: {},
    })
    expect(ask).toMatchObject({ status: 409, body: { rule: 'need.sponsors_fixed' } })
  })

  test('a request is taken back, or turned down', async () => {
    const world = await openWorld()
    const id = await world.addNeed()
    for (const as of ['company.other', 'company', 'zone_officer'] as const) {
      await world.ask('POST', `/needs/${id}/sponsors`, { as: 'company.other', body: {} })
      expect((await world.ask('DELETE', `/needs/${id}/sponsors/${world.other}`, { as })).status).toBe(200)
      expect((await world.ask('GET', `/needs/${id}`)).body.asking).toEqual([])
    }
  })
})

describe('several needs become a joint one', () => {
  async function twoNeeds() {
    const world = await openWorld()
    const plant = await world.addNeed({
      title: { zh: '电站预警' },
      circle: 'public',
      problem: 'The plant’s secret.',
      capabilities: [capability({ zh: '硫化氢监测' }, 3), capability('Gas sensing', 2, true)],
      trl: { from: 5, to: 7 },
      budget: { amount: 100, currency: 'CNY' },
    })
    const cabinet = await world.addNeed({
      title: 'Cabinet warning',
      state: 'in_review',
      problem: 'The cabinet’s secret.',
      sponsors: [world.other],
      capabilities: [capability({ zh: '硫化氫監測', en: 'H2S monitoring' }, 5)],
      trl: { from: 4, to: 6 },
      budget: { amount: 50, currency: 'CNY' },
    })
    return { world, plant, cabinet }
  }

  test('with their capabilities, targets and sponsors, and without their private texts', async () => {
    const { world, plant, cabinet } = await twoNeeds()
    const merged = await world.ask('POST', '/needs/merge', {
      body: { needs: [plant, cabinet], title: { zh: '联合预警', en: 'Joint warning' } },
    })
    expect(merged).toMatchObject({ status: 201, body: { state: 'draft', revision: 1 } })
    const path = `/needs/${merged.body.id}`
    const { body } = await world.ask('GET', path)
    expect(body).toMatchObject({
      name: '联合预警',
      joint: true,
      circle: 'signed_in',
      trl: { from: 4, to: 7 },
      budget: { minor: '15000', currency: 'CNY' },
      capabilities: [
        { name: { zh: { text: '硫化氢监测' }, en: { text: 'H2S monitoring' } }, weight: 5, critical: false },
        { name: { en: { text: 'Gas sensing' } }, weight: 2, critical: true },
      ],
      private: { problem: {}, tried: {} },
      mergedFrom: [
        { id: cabinet, name: 'Cabinet warning' },
        { id: plant, name: '电站预警' },
      ],
      missing: [{ path: 'problem', rule: 'text.missing' }],
      mayUnmerge: true,
      mayRemove: false,
    })
    expect(body.sponsors.map((one: { id: string }) => one.id).sort()).toEqual([world.own, world.other].sort())

    const original = await world.ask('GET', `/needs/${plant}`, { as: 'company' })
    expect(original.body).toMatchObject({
      state: 'merged',
      mergedInto: { id: merged.body.id, name: '联合预警' },
      mayMove: [],
      mayChange: false,
      private: { problem: { en: { text: 'The plant’s secret.' } } },
    })
    expect((await world.ask('GET', `/needs/${plant}`, { as: 'company.other' })).status).toBe(404)
    expect((await world.ask('GET', `/needs/${plant}`, { as: 'stranger' })).status).toBe(404)
    expect((await world.ask('GET', path, { as: 'company.other' })).text).not.toContain('secret')
    expect((await world.ask('GET', '/needs?joint=true', { as: 'company' })).body.total).toBe(1)
    expect(await world.ask('DELETE', path)).toMatchObject({ status: 409, body: { rule: 'need.remove.not_allowed' } })
  })

  test('and go back to where they stood while it is a draft', async () => {
    const { world, plant, cabinet } = await twoNeeds()
    const { body } = await world.ask('POST', '/needs/merge', { body: { needs: [cabinet, plant], title: 'Joint' } })
    const apart = await world.ask('POST', `/needs/${body.id}/unmerge`)
    expect(apart).toMatchObject({ status: 200, body: { id: body.id, needs: [plant, cabinet].sort() } })
    expect((await world.ask('GET', `/needs/${body.id}`)).status).toBe(404)
    expect((await world.ask('GET', `/needs/${plant}`, { as: 'stranger' })).body).toMatchObject({
      state: 'open',
      mergedInto: null,
    })
    expect((await world.ask('GET', `/needs/${cabinet}`)).body).toMatchObject({ state: 'in_review', mergedInto: null })
    expect(actionsOf(await world.ask('GET', `/history/need/${plant}`)).slice(0, 2)).toEqual(['unmerged', 'merged'])
  })

  test('and stay together once it is submitted', async () => {
    const { world, plant, cabinet } = await twoNeeds()
    const { body } = await world.ask('POST', '/needs/merge', {
      body: { needs: [plant, cabinet], title: 'Joint', problem: 'Both want a warning.' },
    })
    expect(
      (await world.ask('POST', `/needs/${body.id}/move`, { as: 'company.other', body: { action: 'submit' } })).status,
    ).toBe(200)
    expect(await world.ask('POST', `/needs/${body.id}/unmerge`)).toMatchObject({
      status: 409,
      body: { rule: 'need.unmerge_not_allowed' },
    })
    expect((await world.ask('POST', `/needs/${body.id}/move`, { body: { action: 'open' } })).body.state).toBe('open')
  })

  const refused: [string, (world: TestWorld, plant: string) => Promise<string[]>, number, string][] = [
    ['of one', async (_world, plant) => [plant], 422, 'body.form'],
    ['of one and itself', async (_world, plant) => [plant, plant], 422, 'body.form'],
    [
      'with a draft',
      async (world, plant) => [plant, await world.addNeed({ state: 'draft' })],
      409,
      'need.move.not_allowed',
    ],
    [
      'with a matched one',
      async (world, plant) => [await world.addNeed({ state: 'matched' }), plant],
      409,
      'need.move.not_allowed',
    ],
    [
      'with another zone’s',
      async (world, plant) => [plant, await world.addNeed({}, world.foreign.zoneId)],
      404,
      'need.unknown',
    ],
    [
      'with one whose time is over',
      async (world, plant) => [plant, await world.addNeed({ state: 'expired', deadline: '2026-01-01' })],
      409,
      'need.move.not_allowed',
    ],
    [
      'that asks for too much',
      async (world, plant) => [
        plant,
        await world.addNeed({ capabilities: Array.from({ length: 40 }, (_, at) => capability(`Capability ${at}`, 1)) }),
      ],
      422,
      'need.merge_too_large',
    ],
  ]
  test.each(refused)('but not %s', async (_says, needs, status, rule) => {
    const { world, plant } = await twoNeeds()
    const body = { needs: await needs(world, plant), title: 'Joint' }
    expect(await world.ask('POST', '/needs/merge', { body })).toMatchObject({ status, body: { rule } })
    expect((await world.ask('GET', `/needs/${plant}`)).body).toMatchObject({ state: 'open', mergedInto: null })
    expect((await world.ask('GET', '/needs?joint=true')).body.total).toBe(0)
  })
})
