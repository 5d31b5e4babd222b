import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { sendDigests } from './digest-send.ts'
import { LETTER_LINES_MAX } from './letter.ts'
import { lookInZone } from './look.ts'

// Goal: one letter a week with what is new, none where nothing is, none twice, and none after the link in it was used.
const ZONE_TIME = 'Asia/Shanghai'
const MONDAY = 1
/** The worlds' clock stands on Sunday, 22 November 2026, at 16:00 in the zone. */
const MONDAY_MORNING = '2026-11-23T00:30:00Z'
const NEXT_MONDAY = '2026-11-30T00:30:00Z'

beforeAll(async () => {
  await openWorld()
})

const order = (world: TestWorld, as: Who = 'company', body: object = {}) =>
  world.ask('PUT', '/digest', { as, body: { on: true, weekday: MONDAY, language: 'en', ...body } })
const send = (world: TestWorld) => sendDigests(world, world.zoneId, ZONE_TIME)
const look = (world: TestWorld) => lookInZone(world, world.zoneId)
const lettersOf = async (world: TestWorld) =>
  (await world.ask('GET', '/outbox', { as: 'administrator' })).body.rows as {
    to: string
    subject: string
    body: string
    link: string
  }[]
const watchBatteries = (world: TestWorld, as: Who = 'company') =>
  world.ask('POST', '/watches', { as, body: { kind: 'results', name: 'Batteries', query: { q: 'battery' } } })

test('a letter comes on its day with what is new, grouped, and the next one only with what came since', async () => {
  const world = await openWorld()
  await watchBatteries(world)
  await world.addResult({ title: 'Cryogenic valve for liquid hydrogen' })
  const ordered = await order(world)
  expect(ordered.body).toEqual({
    on: true,
    weekday: 1,
    language: 'en',
    nextDay: '2026-11-23',
    address: 'company@consortia.test',
  })
  const result = await world.addResult({ owners: [world.other], title: 'A battery\nwith a second line' })
  const need = await world.addNeed({
    sponsors: [world.other],
    title: 'Valve wanted',
    capabilities: [{ name: 'Cryogenic valve', weight: 3, critical: false, levelWanted: 2 }],
  })
  await look(world)
  expect(await send(world)).toBe(0)
  world.clock.set('2026-11-22T23:30:00Z')
  expect(await send(world)).toBe(0)

  world.clock.set(MONDAY_MORNING)
  expect(await send(world)).toBe(1)
  const [letter] = await lettersOf(world)
  expect(letter).toMatchObject({ to: 'company@consortia.test', subject: 'home: 2 new this week' })
  expect(letter!.link).toMatch(/^http:\/\/consortia\.test\/end-letters\/[\w-]{64}$/)
  expect(letter!.body.split('\n\n')).toEqual([
    'Hello company,',
    'This is new in home since your last letter.',
    `Needs that want your organisation\n· Valve wanted (Need)\n  http://consortia.test/${world.slug}/needs/${need}`,
    `Batteries\n· A battery with a second line (Result)\n  http://consortia.test/${world.slug}/results/${result}`,
    `All your saved searches: http://consortia.test/${world.slug}/watches`,
    'To end these letters, open:',
  ])
  expect(await send(world)).toBe(0)

  world.clock.set(NEXT_MONDAY)
  expect(await send(world)).toBe(0)
  world.clock.set('2026-12-05T08:00:00Z')
  await world.addResult({ owners: [world.other], title: 'A newer battery' })
  await look(world)
  world.clock.set('2026-12-07T00:30:00Z')
  expect(await send(world)).toBe(1)
  const newest = (await lettersOf(world)).find(({ subject }) => subject === 'home: 1 new this week')!
  expect(newest.body).toContain('A newer battery')
  expect(newest.body).not.toContain('with a second line')
})

test('servers that send at once, or were down on the day, send one letter', async () => {
  const world = await openWorld()
  await watchBatteries(world)
  await order(world, 'company', { language: 'zh' })
  await world.addResult({ title: { zh: '固态电池 battery' } })
  await look(world)
  world.clock.set('2026-11-25T03:00:00Z')
  const sent = await Promise.all([send(world), send(world), send(world)])
  expect(sent.toSorted()).toEqual([0, 0, 1])
  const letters = await lettersOf(world)
  expect(letters).toMatchObject([{ subject: 'home本周有 1 条新内容' }])
  expect(letters[0]!.body).toContain('· 固态电池 battery（成果）')
})

test('a long week is cut to what can be read, and the rest is counted', async () => {
  const world = await openWorld()
  await watchBatteries(world)
  await order(world)
  for (let at = 0; at < LETTER_LINES_MAX + 3; at += 1) await world.addResult({ title: `Battery ${at}` })
  await look(world)
  world.clock.set(MONDAY_MORNING)
  await send(world)
  const [letter] = await lettersOf(world)
  expect(letter!.body.match(/^· /gm)).toHaveLength(LETTER_LINES_MAX)
  expect(letter!.body).toContain('And 3 more')
})

describe('no letter', () => {
  test.each([
    ['that nobody ordered', async (_world: TestWorld) => undefined],
    [
      'that was ordered and ended',
      async (world: TestWorld) => [await order(world), await order(world, 'company', { on: false })],
    ],
    [
      'to who has left',
      async (world: TestWorld) => {
        await order(world, 'researcher.other')
        const { accountId } = world.caller('researcher.other')
        await world.ask('DELETE', `/members/${accountId}`, { as: 'administrator' })
      },
    ],
  ])('%s', async (_what, prepare) => {
    const world = await openWorld()
    await watchBatteries(world)
    await prepare(world)
    await world.addResult({ title: 'A battery' })
    await look(world)
    world.clock.set(MONDAY_MORNING)
    expect(await send(world)).toBe(0)
    expect(await lettersOf(world)).toEqual([])
  })

  test('tells of a need outside its member’s circle', async () => {
    const world = await openWorld()
    await world.ask('POST', '/watches', { as: 'company.other', body: { kind: 'needs', name: 'Needs', query: {} } })
    await order(world, 'company.other')
    const need = await world.addNeed()
    await look(world)
    await world.within((tx) => tx.updateTable('need').set({ circle: 'members' }).where('need_id', '=', need).execute())
    world.clock.set(MONDAY_MORNING)
    expect(await send(world)).toBe(0)
  })
})

describe('the link in a letter', () => {
  async function withLetter() {
    const world = await openWorld()
    await watchBatteries(world)
    await order(world)
    await order(world, 'company.other')
    await world.addResult({ title: 'A battery' })
    await look(world)
    world.clock.set(MONDAY_MORNING)
    await send(world)
    const token = new URL((await lettersOf(world))[0]!.link).pathname.split('/').at(-1)!
    return { world, token }
  }

  test('ends the letters of its own member without a sign-in, and looking at it does not', async () => {
    const { world, token } = await withLetter()
    const ask = (method: string, path = '') => world.ask(method, `/api/digests/${token}${path}`, { as: 'stranger' })
    expect((await ask('GET')).body).toEqual({ on: true, zone: { slug: world.slug, name: expect.anything() } })
    expect((await ask('POST', '/end')).body.on).toBe(false)
    expect((await ask('POST', '/end')).body.on).toBe(false)
    expect((await world.ask('GET', '/digest', { as: 'company' })).body).toMatchObject({ on: false, nextDay: null })
    expect((await world.ask('GET', '/digest', { as: 'company.other' })).body.on).toBe(true)
  })

  test('opens no feed, and no other one ends a letter', async () => {
    const { world, token } = await withLetter()
    expect((await world.ask('GET', `/api/feeds/${token}`, { as: 'stranger' })).status).toBe(404)
    const guess = `${token.slice(0, 60)}AAAA`
    expect((await world.ask('POST', `/api/digests/${guess}/end`, { as: 'stranger' })).status).toBe(404)
    expect((await world.ask('GET', '/digest', { as: 'company' })).body.on).toBe(true)
  })
})
