import { expect } from 'vitest'
import { WORK_AT_ONCE } from '#db/jobs.ts'
import { systemCaller } from '#stages/caller.ts'
import type { TestWorld } from '#testing'

const HELD = 'test.held'

/** Keeps all runners of this server busy, so that work ordered meanwhile waits. Answers what lets them go on. */
export async function holdJobs(world: TestWorld): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>()
  world.jobs.register(HELD, () => promise)
  const order = () => world.within((tx) => world.jobs.enqueue(tx, systemCaller(world.zoneId), { kind: HELD }))
  const ids = await Promise.all(Array.from({ length: WORK_AT_ONCE }, order))
  const countRunning = () =>
    world.within(async (tx) => {
      const held = tx.selectFrom('work').select('id').where('zone_id', '=', world.zoneId).where('kind', '=', HELD)
      return (await held.where('state', '=', 'running').execute()).length
    })
  await expect.poll(countRunning).toBe(WORK_AT_ONCE)
  return async () => {
    resolve()
    for (const id of ids) await world.jobs.settled(world.zoneId, id)
  }
}
