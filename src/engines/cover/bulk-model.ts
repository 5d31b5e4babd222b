import type { Answer, Problem } from './model.ts'

/** Many teams out of one pool of candidates, who each have so many seats to give over all teams together. */

export const BULK_TASKS_MAX = 200
export const CAPACITY_DEFAULT = 3
export const CAPACITY_MAX = 60
export const BULK_SECONDS_MAX_DEFAULT = 60
/** Of that, for each single search. */
export const BULK_SECONDS_EACH_MAX_DEFAULT = 10

export interface BulkProblem {
  /** Who comes first is served first where that is asked for. Candidates are the same where their ids are. */
  tasks: readonly { id: string; problem: Problem }[]
  /** How many teams one may serve in; default 3. */
  capacity?: number
  /** The same by candidate, above the other. */
  capacities?: Readonly<Record<string, number>>
}

export const BULK_PHASES = ['alone', 'turns', 'prices', 'exchanges'] as const

export interface BulkProgress {
  phase: (typeof BULK_PHASES)[number]
  /** Tasks or rounds of the phase. */
  done: number
  of: number
  /** Of the best teams so far; null while there are none. */
  total: number | null
  bound: number | null
}

export interface BulkOptions {
  secondsMax?: number
  secondsEachMax?: number
  /** Default 0. */
  seed?: number
  onProgress?: (progress: BulkProgress) => void
  isCancelled?: () => boolean
}

export interface BulkTeam {
  id: string
  /** What it would get if nobody else asked. */
  alone: Answer
  /**
   * What it gets beside the others. A team is `optimal` where none is better while the others keep theirs. Without a
   * team, why there is none; null where that is not known, or where no team is worth its seats.
   */
  together: Answer | null
  /** Who could have taken part and has no seat left: banned in `together`. By id. */
  full: string[]
  /** Points of the best team alone less those together; null without a team of one's own. */
  givesUp: number | null
  /** Points where tasks are served one after another; null without a team then. */
  inTurn: number | null
  /** How many requirements each of the three teams meets at the level wanted; null without that team. */
  met: { alone: number | null; together: number | null; inTurn: number | null }
}

/** A candidate who is asked for or chosen. */
export interface BulkSeats {
  id: string
  capacity: number
  /** The tasks that would choose it if nobody else asked. */
  askedBy: string[]
  /** The tasks in whose teams it is. */
  takenBy: string[]
  /** How many of the teams pin it; such seats are kept for them. */
  pinned: number
  /**
   * By one more seat of this candidate the bound on the total rises by so many points at most. Null where no seat is left
   * beside those that are kept, so that none was priced.
   */
  price: number | null
}

export interface BulkAnswer {
  /** In the order of the tasks. */
  teams: BulkTeam[]
  /** The most asked first, then by id. */
  seats: BulkSeats[]
  /**
   * Points of all teams. A task without a team counts as nothing, or as those whom it pins where they alone are worth
   * less; a task that has no team alone doesn't count.
   */
  total: number
  /** No choice of teams is worth more. */
  bound: number
  /** (bound - total) / max(1, |total|) */
  gap: number
  /** Points if each had the pool to itself. */
  aloneTotal: number
  /** Points if tasks are served one after another; null where that was not told to its end. */
  inTurnTotal: number | null
  /** What ended the search before nothing helped any more. */
  stopped: 'time' | 'cancelled' | null
  searches: number
  seconds: number
}
