import { beforeAll, expect, test } from 'vitest'
import { openWorld } from '#testing'
import { expireNeeds, startExpiring } from './expiry.ts'

// The first world of a worker waits for its database, which no test should pay for.
beforeAll(async () => {
  await openWorld()
})

test('the hourly sweep moves what is over in each zone by its own calendar, tells its sponsors, and finds nothing again', async () => {
  const world = await openWorld()
  await world.within(async (tx) => {
    await tx
      .updateTable('zone')
      .set({ time_zone: 'America/Los_Angeles' })
      .where('id', '=', world.foreign.zoneId)
      .execute()
  }, world.foreign.zoneId)
  const here = await world.addNeed({ deadline: '2027-06-30' })
  const still = await world.addNeed({ deadline: '2027-07-01' })
  const there = await world.addNeed({ deadline: '2027-06-30' }, world.foreign.zoneId)
  const stored = (id: string, zoneId?: string) =>
    world.within(
      (tx) => tx.selectFrom('need').select('state').where('need_id', '=', id).executeTakeFirstOrThrow(),
      zoneId,
    )

  world.clock.set('2027-06-30T16:00:00Z')
  await expireNeeds(world)
  expect([await stored(here), await stored(still), await stored(there, world.foreign.zoneId)]).toEqual([
    { state: 'expired' },
    { state: 'open' },
    { state: 'open' },
  ])
  expect((await world.ask('GET', '/notices', { as: 'company' })).body.unread).toBe(1)
  world.clock.set('2027-07-01T07:00:00Z')
  await expireNeeds(world)
  expect(await stored(there, world.foreign.zoneId)).toEqual({ state: 'expired' })
  const entries = (await world.ask('GET', '/journal?q=needs.expire')).body.total
  expect(await expireNeeds(world)).toBe(0)
  expect((await world.ask('GET', '/journal?q=needs.expire')).body.total).toBe(entries)
})

test('a server that starts moves what became due while it was down', async () => {
  const world = await openWorld()
  const id = await world.addNeed({ deadline: '2026-12-31' })
  world.clock.set('2027-02-01T00:00:00Z')
  await startExpiring(world)()
  const { state } = await world.within((tx) =>
    tx.selectFrom('need').select('state').where('need_id', '=', id).executeTakeFirstOrThrow(),
  )
  expect(state).toBe('expired')
})
