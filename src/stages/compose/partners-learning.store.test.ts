import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { command } from '#db/command.ts'
import { openWorld, type TestWorld } from '#testing'
import { systemCaller } from '../caller.ts'
import { keepUp } from '../upkeep.ts'
import { LEARN_PARTNERS, orderDueLearning, readTaught } from './partners-learning.ts'
import { LEARNED_AT_ONCE_MAX } from './partners-rank.ts'

// Goal: a great past is learned from as work, ordered once however many servers look, and kept for all of them.
beforeAll(async () => {
  await openWorld({ jobs: true })
})
const taughtIn = (world: TestWorld) => world.within((tx) => readTaught(tx, world.zoneId))

async function withGreatPast() {
  const world = await openWorld()
  await world.addProject()
  await world.within(async (tx) => {
    await sql`insert into project (zone_id, project_id, title, display_title, sort_key, search_text, start_date, created_at, updated_at)
      select ${world.zoneId}::uuid, gen_random_uuid(), '{}', n::text, n::text, '', '2019-01-01', now(), now()
      from generate_series(1, ${LEARNED_AT_ONCE_MAX / 2 + 1}) n`.execute(tx)
    await sql`insert into participation (zone_id, project_id, organisation_id, role)
      select zone_id, project_id, o, 'participant' from project
      cross join unnest(array[${world.own}::uuid, ${world.other}::uuid]) o
      where zone_id = ${world.zoneId} on conflict do nothing`.execute(tx)
  })
  return world
}

test('a small past orders nothing', async () => {
  const world = await openWorld()
  await world.addProject()
  expect(await orderDueLearning(world, world.zoneId)).toBeNull()
})

test('a great one is learned from once, and anew where it has changed, after an hour', async () => {
  const world = await withGreatPast()
  const orders = await Promise.all([orderDueLearning(world, world.zoneId), orderDueLearning(world, world.zoneId)])
  const [work] = orders.filter((id) => id !== null)
  expect(orders.filter((id) => id !== null)).toHaveLength(1)
  await world.jobs.settled(world.zoneId, work!)
  // Two that always work together teach nothing: that too is known from now on.
  expect(await taughtIn(world)).toEqual({ taught: { completing: null, opening: null }, learning: null })
  world.clock.set('2026-11-22T10:00:00Z')
  expect(await orderDueLearning(world, world.zoneId)).toBeNull()
  await world.addProject()
  expect(await orderDueLearning(world, world.zoneId)).not.toBeNull()
})

test('while it is under way the answer says so', async () => {
  const world = await openWorld()
  const system = systemCaller(world.zoneId)
  const at = world.clock.now()
  await command(world.database, system, { name: 'compose.order_learning', input: {}, at }, async ({ tx }) => {
    await tx
      .insertInto('work')
      .values({
        zone_id: world.zoneId,
        id: crypto.randomUUID(),
        kind: LEARN_PARTNERS,
        created_at: at,
        done: 25n,
        total: 100n,
      })
      .execute()
    return {}
  })
  expect((await taughtIn(world)).learning).toEqual({ share: 0.25 })
  const need = await world.addNeed()
  const { body } = await world.ask('GET', `/needs/${need}/partners?given=${world.own}`)
  expect(body.learning).toEqual({ share: 0.25 })
})

test('a zone with open needs has its exposure counted without anybody asking', async () => {
  const world = await openWorld()
  await world.addNeed()
  await keepUp(world)
  // A quick machine has counted by then.
  const { workId } = (await world.ask('GET', '/exposure')).body
  if (workId) await world.jobs.settled(world.zoneId, workId)
  expect((await world.ask('GET', '/exposure')).body).toMatchObject({ workId: null, report: { needs: 1, stale: false } })
  await keepUp(world)
  expect((await world.ask('GET', '/exposure')).body.workId).toBeNull()
})
