import { readAs } from '#db/caller.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { World } from '../world.ts'
import { orderDueLearning } from './compose/partners-learning.ts'
import { orderDueCount } from './match/exposure-upkeep.ts'

const LOOK_MS = 60_000

/** Looks through every zone for long work that is due by the day or by what has changed, and orders it. */
export async function keepUp(world: World): Promise<void> {
  const nobody = { zoneId: NIL_ID, accountId: null, role: 'stranger', organisationId: null }
  const zones = await readAs(world.database, nobody, (tx) => tx.selectFrom('zone').select('id').orderBy('id').execute())
  for (const { id: zoneId } of zones)
    for (const order of [orderDueCount, orderDueLearning])
      await order(world, zoneId).catch((err: unknown) =>
        world.log.error({ err, zoneId }, 'Work that is due could not be ordered.'),
      )
}

/** Looks now and every minute, as long as the server runs. Answers how to stop; what is under way then ends first. */
export function startKeepingUp(world: World): () => Promise<void> {
  let running: Promise<unknown> | undefined
  const run = () => {
    running ??= keepUp(world)
      .catch((err: unknown) => world.log.error({ err }, 'Zones could not be looked through for work that is due.'))
      .finally(() => {
        running = undefined
      })
  }
  run()
  const timer = setInterval(run, LOOK_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
