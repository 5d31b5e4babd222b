import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { lookInZone } from './look.ts'
import { FEED_RATE } from './rate-limit.ts'

// Goal: a feed's secret address shows its own member's hits to whoever holds it, as far as the member may read them now,
// and nothing once it was renewed, revoked, or its member has left.
beforeAll(async () => {
  await openWorld()
})

const renew = async (world: TestWorld, as: Who = 'company') => {
  const { status, body } = await world.ask('POST', '/feed', { as })
  expect(status).toBe(201)
  return new URL(body.url).pathname
}
const read = (world: TestWorld, path: string, headers = {}) => world.ask('GET', path, { as: 'stranger', headers })
const look = (world: TestWorld) => lookInZone(world, world.zoneId)
async function withWatch(
  as: Who = 'company',
  body: object = { kind: 'results', name: 'Batteries & <cells>', query: { q: 'battery' } },
) {
  const world = await openWorld()
  const { id } = (await world.ask('POST', '/watches', { as, body })).body
  return { world, id: id as string }
}
const titles = (text: string) => [...text.matchAll(/<item>.*?<title>(.*?)<\/title>/g)].map(([, title]) => title)

test('a feed holds what the watches found, escaped, once each, and says so again only where it has changed', async () => {
  const { world, id } = await withWatch()
  await world.ask('POST', '/watches', { as: 'company', body: { kind: 'results', name: 'All', query: {} } })
  const address = await renew(world)
  const empty = await read(world, address)
  expect([empty.status, titles(empty.text)]).toEqual([200, []])

  const record = await world.addResult({ title: { en: 'A battery <b>&amp; "more"</b>\u0007', zh: '电池' } })
  await look(world)
  const { status, text, headers } = await read(world, `${address}?language=en`)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/rss+xml; charset=utf-8'])
  expect(headers.get('cache-control')).toContain('no-store')
  expect(titles(text)).toEqual(['A battery &lt;b&gt;&amp;amp; &quot;more&quot;&lt;/b&gt;'])
  expect(text).toContain(`<link>http://consortia.test/${world.slug}/results/${record}</link>`)
  expect(text).toContain('Result · All, Batteries &amp;amp; &amp;lt;cells&amp;gt;')
  expect(text).toContain(`<guid isPermaLink="false">urn:consortia:${world.zoneId}:result:${record}</guid>`)
  expect(titles((await read(world, address)).text)).toEqual(['电池'])
  expect(titles((await read(world, `${address}?watch=${id}`)).text)).toEqual(['电池'])
  expect(titles((await read(world, `${address}?watch=${crypto.randomUUID()}`)).text)).toEqual([])

  const tag = headers.get('etag')!
  expect(headers.get('last-modified')).toBe('Sun, 22 Nov 2026 08:00:00 GMT')
  const same = await read(world, `${address}?language=en`, { 'if-none-match': `W/${tag}, "other"` })
  expect([same.status, same.text]).toEqual([304, ''])
  await world.addResult({ title: 'Another battery' })
  await look(world)
  expect((await read(world, `${address}?language=en`, { 'if-none-match': tag })).status).toBe(200)
})

test('the address is kept nowhere, and an answer that is given again holds none', async () => {
  const { world } = await withWatch()
  const key = crypto.randomUUID()
  const first = await world.ask('POST', '/feed', { as: 'company', key })
  const token = new URL(first.body.url).pathname.split('/').at(-1)!
  expect((await world.ask('POST', '/feed', { as: 'company', key })).body.url).toBeNull()
  expect((await read(world, `/api/feeds/${token}`)).status).toBe(200)
  const kept = await world.within(async (tx) =>
    JSON.stringify(
      [
        await tx.selectFrom('watch_token').selectAll().where('zone_id', '=', world.zoneId).execute(),
        await tx.selectFrom('answer').selectAll().where('zone_id', '=', world.zoneId).execute(),
        await tx.selectFrom('journal').selectAll().where('zone_id', '=', world.zoneId).execute(),
      ],
      (_key, value) => (typeof value === 'bigint' ? String(value) : value),
    ),
  )
  expect(kept).not.toContain(token)
})

describe('an address opens nothing', () => {
  const gone = { status: 404, body: { rule: 'watch.token_unknown' } }

  test('once it was renewed or revoked', async () => {
    const { world } = await withWatch()
    const [first, second] = [await renew(world), await renew(world)]
    expect(await read(world, first)).toMatchObject(gone)
    expect((await read(world, second)).status).toBe(200)
    expect((await world.ask('DELETE', '/feed', { as: 'company' })).body).toEqual({ openSince: null })
    expect(await read(world, second)).toMatchObject(gone)
  })

  test('once its member has left, also when the member comes back', async () => {
    const { world } = await withWatch('researcher.other')
    const address = await renew(world, 'researcher.other')
    const accountId = world.caller('researcher.other').accountId!
    await world.ask('DELETE', `/members/${accountId}`, { as: 'administrator' })
    expect(await read(world, address)).toMatchObject(gone)
    await world.ask('POST', '/members', {
      as: 'administrator',
      body: { name: 'Back', email: 'researcher.other@consortia.test', role: 'researcher', organisationId: world.other },
    })
    expect(await read(world, address)).toMatchObject(gone)
  })

  test('that was guessed, cut, carried over to another zone, or meant for something else', async () => {
    const { world } = await withWatch()
    const token = (await renew(world)).split('/').at(-1)!
    const bytes = Buffer.from(token, 'base64url')
    const elsewhere = Buffer.concat([Buffer.from(world.foreign.zoneId.replaceAll('-', ''), 'hex'), bytes.subarray(16)])
    const flipped = Buffer.from(bytes)
    flipped[47]! ^= 1
    for (const guess of [
      'x',
      token.slice(1),
      `${token}A`,
      flipped.toString('base64url'),
      elsewhere.toString('base64url'),
    ])
      expect(await read(world, `/api/feeds/${guess}`)).toMatchObject(gone)
    expect(await read(world, `/api/digests/${token}`)).toMatchObject(gone)
    expect(await world.ask('POST', `/api/digests/${token}/end`, { as: 'stranger' })).toMatchObject(gone)
  })
})

test('a need that leaves its member’s circle leaves the feed', async () => {
  const { world } = await withWatch('company.other', { kind: 'needs', name: 'Needs', query: {} })
  const address = await renew(world, 'company.other')
  const need = await world.addNeed({ title: 'Seen for a while' })
  await look(world)
  expect(titles((await read(world, address)).text)).toEqual(['Seen for a while'])
  await world.within((tx) => tx.updateTable('need').set({ circle: 'members' }).where('need_id', '=', need).execute())
  expect((await read(world, address)).text).not.toContain('Seen for a while')
})

test('whoever asks for a feed without end is told to wait', async () => {
  const { world } = await withWatch()
  const address = await renew(world)
  for (let asked = 0; asked < 60; asked += 1) await read(world, address)
  const refused = await read(world, address)
  expect(refused).toMatchObject({ status: 429, body: { rule: 'watch.feed_too_often' } })
  expect(refused.headers.get('retry-after')).toBe('300')
  world.clock.set('2026-11-22T08:06:00Z')
  expect((await read(world, address)).status).toBe(200)
})

test('whoever guesses addresses without end closes the feeds of this server for minutes and learns nothing', async () => {
  const { world } = await withWatch()
  world.clock.set('2026-11-22T09:00:00Z')
  const address = await renew(world)
  for (let asked = 0; asked < FEED_RATE.allMax; asked += 1) await read(world, `/api/feeds/${asked}`)
  world.clock.set('2026-11-22T09:01:00Z')
  for (const path of [address, '/api/feeds/guess']) {
    const refused = await read(world, path)
    expect(refused).toMatchObject({ status: 429, body: { rule: 'watch.feeds_too_often', limit: FEED_RATE.allMax } })
    expect(refused.headers.get('retry-after')).toBe('240')
  }
  world.clock.set('2026-11-22T09:05:00Z')
  expect((await read(world, address)).status).toBe(200)
})
