import type { World } from '../world.ts'
import { orderDueLearning } from './compose/partners-learning.ts'
import { everyZone, startRounds } from './house/rounds.ts'
import { orderDueCount } from './match/exposure-upkeep.ts'

const LOOK_MS = 60_000

/** Looks through every zone for long work that is due by the day or by what has changed, and orders it. */
export async function keepUp(world: World): Promise<void> {
  for (const { id: zoneId } of await everyZone(world))
    for (const order of [orderDueCount, orderDueLearning])
      await order(world, zoneId).catch((err: unknown) =>
        world.log.error({ err, zoneId }, 'Work that is due could not be ordered.'),
      )
}

/** Looks now and every minute, as long as the server runs. Answers how to stop; what is under way then ends first. */
export function startKeepingUp(world: World): () => Promise<void> {
  return startRounds(world, LOOK_MS, 'Zones could not be looked through for work that is due.', () => keepUp(world))
}
