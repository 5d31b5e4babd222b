import { expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { DEMO_ACCOUNTS } from './demo-accounts.ts'

const newSlug = () => `own-${crypto.randomUUID().slice(0, 8)}`
const newOwner = () => ({
  name: 'He Gang',
  email: `he.${crypto.randomUUID()}@example.org`,
  password: 'a password of her own',
})

/** The zone's administrator signs in with a demo account. */
async function openDemoWorld(): Promise<TestWorld> {
  const world = await openWorld()
  await world.within((tx) =>
    tx
      .updateTable('membership')
      .set({ email: DEMO_ACCOUNTS.find(({ role }) => role === 'administrator')!.email })
      .where('zone_id', '=', world.zoneId)
      .where('account_id', '=', world.caller('administrator').accountId!)
      .execute(),
  )
  return world
}

const start = (world: TestWorld, body: { zone: { slug: string; name: string }; administrator?: object }) =>
  world.ask('POST', '/own-zone', { as: 'administrator', body })

const administratorsOf = (world: TestWorld, zoneId: string) =>
  world.within(
    (tx) => tx.selectFrom('membership').select(['email', 'role']).where('zone_id', '=', zoneId).execute(),
    zoneId,
  )

test('a demo account names the new zone’s administrator, and isn’t it', async () => {
  const world = await openDemoWorld()
  const slug = newSlug()
  const zone = { slug, name: 'Harbour' }
  expect(await start(world, { zone })).toMatchObject({
    status: 422,
    body: {
      code: 'invalid',
      rule: 'zone.administrator_needed',
      issues: [{ path: 'administrator', rule: 'missing' }],
    },
  })
  const administrator = newOwner()
  const started = await start(world, { zone, administrator })
  expect(started).toMatchObject({ status: 201, body: { slug } })
  expect(await administratorsOf(world, started.body.id)).toEqual([
    { email: administrator.email, role: 'administrator' },
  ])
})

test('an account of one’s own becomes the new zone’s administrator by itself', async () => {
  const world = await openWorld()
  const started = await start(world, { zone: { slug: newSlug(), name: 'Harbour' } })
  expect(started.status).toBe(201)
  expect(await administratorsOf(world, started.body.id)).toEqual([
    { email: 'administrator@consortia.test', role: 'administrator' },
  ])
})

test('the new administrator’s address is a new one, and stays free where the zone did not come about', async () => {
  const world = await openDemoWorld()
  const administrator = newOwner()
  const taken = await start(world, { zone: { slug: world.slug, name: 'Harbour' }, administrator })
  expect(taken).toMatchObject({ status: 409, body: { rule: 'zone.slug_taken' } })
  const again = await start(world, { zone: { slug: newSlug(), name: 'Harbour' }, administrator })
  expect(again.status).toBe(201)
  const known = await start(world, { zone: { slug: newSlug(), name: 'Harbour' }, administrator })
  expect(known).toMatchObject({ status: 409, body: { rule: 'account.known' } })
})
