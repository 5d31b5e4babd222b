import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { dateIn } from '#kit/clock.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'

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

/** What ends by the day: which of it is due, at most so many, and what is done with those in one command. */
export interface Ending<Due> {
  command: string
  listDue: (tx: Tx, zoneId: string, today: string) => Promise<Due[]>
  /** What the journal keeps of the order. */
  inputOf: (due: readonly Due[]) => unknown
  end: (done: Command, caller: Caller, due: readonly Due[], today: string) => Promise<void>
}

/** Ends what is over in each zone by its own calendar, until nothing is due. Answers how many were ended. */
export async function endWhatIsOver<Due>(world: World, ending: Ending<Due>): Promise<number> {
  let ended = 0
  for (const zone of await everyZone(world)) ended += await endIn(world, zone, ending)
  return ended
}

async function endIn<Due>(
  world: World,
  { id: zoneId, timeZone }: { id: string; timeZone: string },
  { command: name, listDue, inputOf, end }: Ending<Due>,
): Promise<number> {
  const caller = systemCaller(zoneId)
  for (let ended = 0; ; ) {
    const at = world.clock.now()
    const today = dateIn(timeZone, at)
    const due = await readAs(world.database, caller, (tx) => listDue(tx, zoneId, today))
    if (!due.length) return ended
    await command(world.database, caller, { name, input: inputOf(due), at }, (done) => end(done, caller, due, today))
    ended += due.length
  }
}
