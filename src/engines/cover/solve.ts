import type { Highs } from 'highs'
import { Fault } from '#kit/fault.ts'
import { describeTeam, settleTies } from './answer.ts'
import { type Case, prepareCase } from './check.ts'
import { findConflict, pinnedAndBanned } from './conflict.ts'
import { openHighs } from './highs.ts'
import { type Answer, type Problem, SECONDS_MAX_DEFAULT, type SolveOptions, type TeamAnswer } from './model.ts'
import { type Found, gapBetween, type SearchOptions, searchTeam } from './search.ts'

/**
 * Chooses the team that is worth most among those that keep every condition, with a proof; or the proof that there is
 * none, with the conditions that can't hold together. The same problem and seed give the same answer unless the time
 * limit strikes; the order of the candidates doesn't matter. Of two that are alike the earlier id is taken: no member
 * can be exchanged for one of the same kind and cost with an earlier id at the same worth. Blocks its thread;
 * `solveInWorker` doesn't.
 *
 * @throws Fault `invalid` or `too_many` for a problem that is not well formed.
 */
export async function solveCover(problem: Problem, options: SolveOptions = {}): Promise<Answer> {
  const prepared = prepareCase(problem)
  return solveCase(await openHighs(), prepared, withDefaults(options))
}

/** What was left open in the options, filled in. */
export function withDefaults(options: SolveOptions): SearchOptions {
  return { ...options, secondsMax: options.secondsMax ?? SECONDS_MAX_DEFAULT, seed: options.seed ?? 0 }
}

/** `solveCover` for a problem that was checked, with what only re-solving needs: a team to begin with, teams to differ from. */
export function solveCase(highs: Highs, problem: Case, options: SearchOptions): Answer {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const found = pinnedAndBanned(problem) ? null : searchTeam(highs, problem, options)
  if (!found || found.status === 'infeasible')
    return { status: 'infeasible', conflict: findConflict(highs, problem, options), seconds: seconds() }
  const cancelled = found.status === 'stopped' && (options.isCancelled?.() ?? false)
  if (!found.team) return { status: 'unknown', reason: cancelled ? 'cancelled' : 'time', seconds: seconds() }
  return { ...toAnswer(problem, found, options.apartFrom !== undefined, cancelled), seconds: seconds() }
}

/**
 * For what solves again and again: a series that was cancelled has no answer, since a part of it would mislead.
 *
 * @throws Fault `cancelled`
 */
export function refuseIfCancelled({ isCancelled }: SolveOptions): void {
  if (isCancelled?.()) throw new Fault('cancelled', 'The search was cancelled.', { rule: 'cover.cancelled' })
}

function toAnswer(problem: Case, found: Found, apart: boolean, cancelled: boolean): Omit<TeamAnswer, 'seconds'> {
  // Exchanging members could bring an alternative too near to the others.
  const report = describeTeam(problem, apart ? found.team! : settleTies(problem, found.team!))
  const bound = Math.max(found.bound, report.objective)
  const proven = bound === report.objective
  return {
    status: proven ? 'optimal' : cancelled ? 'cancelled' : 'feasible',
    ...report,
    bound,
    gap: gapBetween(report.objective, bound),
    screened: { from: problem.candidates.length, to: found.left },
  }
}
