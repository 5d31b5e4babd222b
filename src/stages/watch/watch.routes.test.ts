import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { lookFor, lookInZone } from './look.ts'
import { WATCHES_MAX } from './model.ts'

// Goal: a watched search tells each new hit once, whoever looks and however often, and is its member's alone.
beforeAll(async () => {
  await openWorld()
})

const watch = async (world: TestWorld, body: object, as: Who = 'company') => {
  const answered = await world.ask('POST', '/watches', { as, body })
  expect([answered.status, answered.text]).toEqual([201, answered.text])
  return answered.body.id as string
}
const look = (world: TestWorld) => lookInZone(world, world.zoneId)
const noticesOf = async (world: TestWorld, as: Who = 'company') =>
  ((await world.ask('GET', '/notices', { as })).body.rows as { subject: string; body: string; link: string }[]).filter(
    ({ subject }) => subject.startsWith('notice.watch'),
  )
const batteries = { kind: 'results', name: 'Batteries', query: { q: 'battery', sort: 'title' }, search: '?q=battery' }

test('a new record is told once, and what was there before, what is edited and what does not fit is not', async () => {
  const world = await openWorld()
  await world.addResult({ title: 'Old battery' })
  await watch(world, batteries)
  await look(world)
  expect(await noticesOf(world)).toEqual([])

  const id = await world.addResult({ title: 'New battery' })
  await world.addResult({ title: 'A valve' })
  await look(world)
  await look(world)
  const told = [
    { subject: 'notice.watch.result', body: 'New battery · Batteries', link: `/${world.slug}/results/${id}` },
  ]
  expect(await noticesOf(world)).toMatchObject(told)

  await world.ask('PATCH', `/results/${id}`, { as: 'zone_officer', body: { revision: 1, title: 'Newer battery' } })
  await world.ask('DELETE', `/results/${id}`, { as: 'zone_officer' })
  await look(world)
  await world.ask('POST', `/results/${id}/restore`, { as: 'zone_officer' })
  await look(world)
  expect(await noticesOf(world)).toMatchObject(told)
})

test('an old record that comes to fit is told', async () => {
  const world = await openWorld()
  const id = await world.addResult({ title: 'A cell' })
  await watch(world, batteries)
  await world.ask('PATCH', `/results/${id}`, { as: 'zone_officer', body: { revision: 1, title: 'A battery cell' } })
  await look(world)
  expect(await noticesOf(world)).toMatchObject([{ subject: 'notice.watch.result' }])
})

test('two servers that look at once tell it once', async () => {
  const world = await openWorld()
  await watch(world, batteries)
  await watch(world, { ...batteries, name: 'Cells', query: { q: 'cell' } })
  await world.addResult({ title: 'A battery cell' })
  const caller = world.caller('company')
  const posted = await Promise.all([1, 2, 3, 4].map(() => lookFor(world, caller)))
  expect(posted.toSorted()).toEqual([0, 0, 0, 1])
  expect(await noticesOf(world)).toMatchObject([{ body: 'A battery cell · Batteries, Cells' }])
})

test('many at once are one notice', async () => {
  const world = await openWorld()
  await watch(world, batteries)
  for (let at = 0; at < 6; at += 1) await world.addResult({ title: `Battery ${at}` })
  await look(world)
  expect(await noticesOf(world)).toMatchObject([
    { subject: 'notice.watch.many', body: '6 · Batteries', link: `/${world.slug}/watches` },
  ])
  expect((await world.ask('GET', '/watches', { as: 'company' })).body.rows).toMatchObject([
    { found: 6, last: [{ kind: 'result' }, {}, {}] },
  ])
})

test('a server that goes on looking hears of each change that could be news', async () => {
  const world = await openWorld()
  const looked = new Map()
  const told = async () => {
    await lookInZone(world, world.zoneId, looked)
    return (await noticesOf(world, 'company.other')).length
  }
  await watch(world, { kind: 'needs', name: 'Needs', query: { state: 'open' } }, 'company.other')
  const results = await watch(world, batteries, 'company.other')
  expect(await told()).toBe(0)
  await world.addResult({ title: 'A battery' })
  expect(await told()).toBe(1)
  const need = await world.addNeed({ circle: 'members', sponsors: [world.own] })
  expect(await told()).toBe(1)
  const { accountId } = world.caller('company.other')
  const become = (organisationId: string) =>
    world.ask('PATCH', `/members/${accountId}`, { as: 'administrator', body: { role: 'company', organisationId } })
  await become(world.own)
  expect(await told()).toBe(2)
  await world.ask('POST', `/needs/${need}/match`, { as: 'zone_officer' })
  expect(await told()).toBe(2)
  await world.ask('DELETE', `/watches/${results}`, { as: 'company.other' })
  await world.addResult({ title: 'Another battery' })
  expect(await told()).toBe(2)
  await world.ask('POST', `/watches/${results}/restore`, { as: 'company.other' })
  expect(await told()).toBe(3)
})

test('of the ended ones only the last few are kept', async () => {
  const world = await openWorld()
  for (let at = 0; at < 12; at += 1) {
    const id = await watch(world, { ...batteries, name: `Watch ${at}` })
    await world.ask('DELETE', `/watches/${id}`, { as: 'company' })
  }
  await watch(world, batteries)
  const kept = await world.within((tx) =>
    tx.selectFrom('watch').select('watch_id').where('zone_id', '=', world.zoneId).execute(),
  )
  expect(kept).toHaveLength(11)
})

describe('every list can be watched', () => {
  test.each([
    ['organisations', { q: 'lithium' }, (world: TestWorld) => world.addOrganisation({ names: 'Lithium Works' })],
    ['results', { trl_from: '5' }, (world: TestWorld) => world.addResult({ trl: 6 })],
    ['needs', { state: 'open' }, (world: TestWorld) => world.addNeed()],
    ['projects', { q: 'lithium' }, (world: TestWorld) => world.addProject({ title: 'Lithium' })],
  ] as const)('%s', async (kind, query, add) => {
    const world = await openWorld()
    const id = await watch(world, { kind, name: 'Mine', query })
    const record = await add(world)
    await look(world)
    expect(await noticesOf(world)).toMatchObject([{ link: `/${world.slug}/${kind}/${record}` }])
    expect((await world.ask('GET', `/watches/${id}/hits`, { as: 'company' })).body.rows).toMatchObject([{ id: record }])
  })
})

test('a need that wants my organisation or result is told once it covers what is asked', async () => {
  const world = await openWorld()
  const result = await world.addResult({ owners: [world.own], title: 'Nothing yet' })
  await watch(world, { kind: 'wanted_organisation', name: 'Wants us', subjectId: world.own })
  await watch(world, { kind: 'wanted_result', name: 'Wants the result', subjectId: result })
  const need = await world.addNeed({
    sponsors: [world.other],
    title: 'A title that no notice names',
    capabilities: [{ name: 'Cryogenic valve', weight: 3, critical: false, levelWanted: 2 }],
  })
  await look(world)
  expect(await noticesOf(world)).toEqual([])
  await world.ask('PATCH', `/results/${result}`, {
    as: 'company',
    body: { revision: 1, title: 'Cryogenic valve for liquid hydrogen' },
  })
  await look(world)
  await look(world)
  expect(await noticesOf(world)).toMatchObject([
    { subject: 'notice.watch.wanted', body: 'Wants the result, Wants us', link: `/${world.slug}/needs/${need}` },
  ])
})

test('a paused watch finds nothing, and what came meanwhile is known; an ended one can be taken back', async () => {
  const world = await openWorld()
  const id = await watch(world, batteries)
  const change = (body: object) => world.ask('PATCH', `/watches/${id}`, { as: 'company', body })
  await change({ paused: true, name: 'Cells and batteries' })
  await world.addResult({ title: 'Battery of the pause' })
  await look(world)
  await change({ paused: false })
  await look(world)
  expect(await noticesOf(world)).toEqual([])

  await world.ask('DELETE', `/watches/${id}`, { as: 'company' })
  await world.addResult({ title: 'Battery of the end' })
  await look(world)
  expect(await noticesOf(world)).toEqual([])
  expect((await world.ask('GET', '/watches', { as: 'company' })).body.rows).toEqual([])
  await world.ask('POST', `/watches/${id}/restore`, { as: 'company' })
  await look(world)
  expect(await noticesOf(world)).toMatchObject([{ body: 'Battery of the end · Cells and batteries' }])
})

describe('what cannot be watched', () => {
  test.each([
    ['a kind that is none', { kind: 'people', name: 'X' }, 422],
    ['no name', { ...batteries, name: ' ' }, 422],
    ['a filter that the list refuses', { ...batteries, query: { trl_from: 'high' } }, 422],
    [
      'too many filters',
      { ...batteries, query: Object.fromEntries([...'abcdefghijklmnopqrstuvwxyzABCDEF'].map((key) => [key, 'x'])) },
      422,
    ],
    [
      'an organisation that is not there',
      { kind: 'wanted_organisation', name: 'X', subjectId: crypto.randomUUID() },
      404,
    ],
    ['a result that is not there', { kind: 'wanted_result', name: 'X', subjectId: crypto.randomUUID() }, 404],
  ])('%s', async (_what, body, status) => {
    const world = await openWorld()
    expect((await world.ask('POST', '/watches', { as: 'company', body })).status).toBe(status)
  })

  test('more than a member may have', async () => {
    const world = await openWorld()
    for (let at = 0; at < WATCHES_MAX; at += 1) await watch(world, { ...batteries, name: `Watch ${at}` })
    const refused = await world.ask('POST', '/watches', { as: 'company', body: batteries })
    expect(refused).toMatchObject({ status: 429, body: { rule: 'watch.too_many' } })
    await watch(world, batteries, 'company.other')
  })
})

describe('from outside', () => {
  test('another member, an administrator and another zone’s see nothing of a watch and change nothing', async () => {
    const world = await openWorld()
    const id = await watch(world, batteries)
    for (const as of ['company.other', 'administrator', 'researcher'] as const) {
      expect((await world.ask('GET', '/watches', { as })).body.rows).toEqual([])
      const answered = [
        await world.ask('GET', `/watches/${id}/hits`, { as }),
        await world.ask('PATCH', `/watches/${id}`, { as, body: { paused: true } }),
        await world.ask('DELETE', `/watches/${id}`, { as }),
        await world.ask('POST', `/watches/${id}/restore`, { as }),
      ]
      expect(answered.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    }
    expect((await world.ask('GET', '/watches', { as: 'company.foreign' })).status).toBe(403)
    expect((await world.ask('GET', '/watches', { as: 'company' })).body.rows).toMatchObject([{ id, paused: false }])
  })

  test('a watch finds no need outside its member’s circle, and shows none that has left it', async () => {
    const world = await openWorld()
    await watch(world, { kind: 'needs', name: 'All needs', query: {} }, 'company.other')
    await world.addNeed({ circle: 'members' })
    await world.addNeed({ state: 'draft' })
    await look(world)
    expect(await noticesOf(world, 'company.other')).toEqual([])

    const need = await world.addNeed({ title: 'Seen for a while' })
    await look(world)
    const [told] = await noticesOf(world, 'company.other')
    expect(told).toMatchObject({ link: `/${world.slug}/needs/${need}`, body: 'All needs' })
    await world.within((tx) => tx.updateTable('need').set({ circle: 'members' }).where('need_id', '=', need).execute())
    const { rows } = (await world.ask('GET', '/watches', { as: 'company.other' })).body
    expect(rows).toMatchObject([{ last: [] }])
  })

  test('who has left the zone is told nothing more', async () => {
    const world = await openWorld()
    const member = world.caller('researcher.other')
    await watch(world, batteries, 'researcher.other')
    await world.addResult({ title: 'A battery' })
    await world.ask('DELETE', `/members/${member.accountId}`, { as: 'administrator' })
    await look(world)
    expect(await lookFor(world, member)).toBe(0)
    const left = await world.within((tx) =>
      tx
        .selectFrom('watch')
        .select('watch_id')
        .where('account_id', '=', member.accountId!)
        .where('zone_id', '=', world.zoneId)
        .execute(),
    )
    expect(left).toEqual([])
  })
})
