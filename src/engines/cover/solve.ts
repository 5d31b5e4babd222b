import { describeTeam, settleTies } from './answer.ts'
import { type Case, prepareCase } from './check.ts'
import { findConflict, pinnedAndBanned } from './conflict.ts'
import { openHighs } from './highs.ts'
import { type Answer, type Problem, SECONDS_MAX_DEFAULT, type SolveOptions, type TeamAnswer } from './model.ts'
import { type Found, gapBetween, searchTeam } from './search.ts'

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
  const highs = await openHighs()
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const { secondsMax = SECONDS_MAX_DEFAULT, seed = 0, isCancelled } = options
  const found = pinnedAndBanned(prepared) ? null : searchTeam(highs, prepared, { ...options, secondsMax, seed })
  if (!found || found.status === 'infeasible') {
    const conflict = findConflict(highs, prepared, { secondsMax, seed, ...(isCancelled && { isCancelled }) })
    return { status: 'infeasible', seconds: seconds(), conflict }
  }
  const cancelled = found.status === 'stopped' && (isCancelled?.() ?? false)
  if (!found.team) return { status: 'unknown', reason: cancelled ? 'cancelled' : 'time', seconds: seconds() }
  return { ...toAnswer(prepared, found, cancelled), seconds: seconds() }
}

function toAnswer(problem: Case, found: Found, cancelled: boolean): Omit<TeamAnswer, 'seconds'> {
  const report = describeTeam(problem, settleTies(problem, found.team!))
  const bound = Math.max(found.bound, report.objective)
  return {
    status: cancelled ? 'cancelled' : bound === report.objective ? 'optimal' : 'feasible',
    ...report,
    bound,
    gap: gapBetween(report.objective, bound),
    screened: { from: problem.candidates.length, to: found.left },
  }
}
