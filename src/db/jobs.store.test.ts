import { beforeAll, describe, expect, it } from 'vitest'
import { systemCaller } from '#stages/caller.ts'
import { openWorld, type TestWorld } from '#testing'
import { holdJobs } from '../testing/held-jobs.ts'

const UNTIL_STOPPED = 'test.until_stopped'
const RACES = 60

let world: TestWorld
/** Works that were begun. */
let begun: string[]
beforeAll(async () => {
  world = await openWorld({ jobs: true })
  begun = []
  world.jobs.register(UNTIL_STOPPED, async ({ workId, signal }) => {
    begun.push(workId)
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    return 'what nobody asks for any more'
  })
})

const order = () => world.within((tx) => world.jobs.enqueue(tx, systemCaller(world.zoneId), { kind: UNTIL_STOPPED }))
const read = (id: string) =>
  world.within((tx) =>
    tx
      .selectFrom('work')
      .select(['state', 'output'])
      .where('zone_id', '=', world.zoneId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
const CANCELLED = { state: 'cancelled', output: null }

describe('Work that is cancelled', () => {
  it('while it waits is never begun', async () => {
    const release = await holdJobs(world)
    const id = await order()
    await world.jobs.cancel(world.zoneId, id)
    await release()
    const later = await order()
    await expect.poll(() => begun).toContain(later)
    await world.jobs.cancel(world.zoneId, later)
    expect(begun).not.toContain(id)
    expect(await read(id)).toEqual(CANCELLED)
  })

  it('while it runs hears of it, and what it answers then is not kept', async () => {
    const id = await order()
    await expect.poll(() => begun).toContain(id)
    await world.jobs.cancel(world.zoneId, id)
    // Its runner is free again only when it has heard.
    await (await holdJobs(world))()
    expect(await read(id)).toEqual(CANCELLED)
  })

  it('at the very moment in which it begins is cancelled all the same', async () => {
    for (let race = 0; race < RACES; race += 1) {
      const id = await order()
      const pause = Promise.withResolvers<void>()
      setTimeout(pause.resolve, race % 20)
      await pause.promise
      await world.jobs.cancel(world.zoneId, id)
      expect(await read(id), `after ${race % 20} ms`).toEqual(CANCELLED)
    }
    await (await holdJobs(world))()
  })
})
