import { readAs } from '#db/caller.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { World } from '../../world.ts'

/**
 * Does something now and again every so often, as long as the server runs, never twice at once; what fails is in the log and
 * tried again. Answers how to stop; what is under way then ends first.
 */
export function startRounds(
  world: World,
  everyMs: number,
  failure: string,
  round: () => Promise<unknown>,
): () => Promise<void> {
  let running: Promise<unknown> | undefined
  const run = () => {
    running ??= round()
      .catch((err: unknown) => world.log.error({ err }, failure))
      .finally(() => {
        running = undefined
      })
  }
  run()
  const timer = setInterval(run, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** All zones by their ids, each with its calendar. */
export async function everyZone(world: World): Promise<{ id: string; timeZone: string }[]> {
  const nobody = { zoneId: NIL_ID, accountId: null, role: 'stranger', organisationId: null }
  return readAs(world.database, nobody, (tx) =>
    tx.selectFrom('zone').select(['id', 'time_zone as timeZone']).orderBy('id').execute(),
  )
}
