import type { World } from '../../world.ts'
import { endWhatIsOver } from '../house/rounds.ts'
import { standingOf } from './need-row.ts'
import { heldNeed } from './need-standing.ts'
import { listOverdue } from './need-store.ts'
import { tellOfStep } from './notices.ts'

const AT_ONCE_MAX = 200
const EVERY_MS = 3_600_000

/**
 * Moves every open need whose last day is over, by its zone's calendar, and tells its sponsors. Readers see such a need
 * as expired without it. Answers how many were moved.
 */
export async function expireNeeds(world: World): Promise<number> {
  return endWhatIsOver(world, {
    command: 'needs.expire',
    listDue: (tx, zoneId, today) => listOverdue(tx, zoneId, today, AT_ONCE_MAX),
    inputOf: (needs) => ({ needs }),
    end: async (done, caller, needs, today) => {
      for (const id of needs) {
        const row = await heldNeed(done, caller, id, today)
        if (standingOf(row).state === 'expired') await tellOfStep(done, caller, row, 'expire')
      }
    },
  })
}

/**
 * Expires needs, and whatever else ends by the day, now and each hour, as long as the server runs. Answers how to stop; what
 * is under way then ends first.
 */
export function startExpiring(
  world: World,
  others: readonly ((world: World) => Promise<unknown>)[] = [],
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const run = () => {
    for (const expire of [expireNeeds, ...others])
      running = running
        .then(() => expire(world))
        .catch((err: unknown) => world.log.error({ err }, 'What is over could not be moved to expired.'))
  }
  run()
  const timer = setInterval(run, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
