import { Fault, type FaultDetails } from '#kit/fault.ts'
import type { World } from '../../world.ts'

interface Ended {
  message: string
  details: FaultDetails
}

const SOLVER_ENDED: Ended = {
  message: 'The solver ended before it answered.',
  details: {
    rule: 'compose.solver_ended',
    tip: 'Try again; with fewer candidates or conditions where it happens again.',
  },
}
export const RANKING_ENDED: Ended = {
  message: 'Ranking partners ended before it answered.',
  details: { rule: 'partners.ended', tip: 'Try again.' },
}

/** A thread's own end is told as what it is: the server goes on, and the cause is in the log. */
export async function guarded<T>(
  world: World,
  run: () => Promise<T>,
  { message, details }: Ended = SOLVER_ENDED,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Fault) throw error
    world.log.error({ err: error }, message)
    throw new Fault('not_ready', message, details, { cause: error })
  }
}
