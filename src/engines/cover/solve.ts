import { assert } from '#kit/assert.ts'
import { describeTeam, settleTies } from './answer.ts'
import { type Case, prepareCase } from './check.ts'
import { findConflict, pinnedAndBanned } from './conflict.ts'
import { openHighs, type Run, runProgram } from './highs.ts'
import { type Answer, type Problem, SECONDS_MAX_DEFAULT, type SolveOptions } from './model.ts'
import { buildProgram, type Program } from './program.ts'
import { brokenConditions } from './score.ts'

/** The objective is whole points: nothing can lie in between. */
export const GAP_POINTS_MAX = 0.9
/** What the solver's floating point may be off by, in points. */
const BOUND_TOLERANCE = 0.01
const TIE_EXCHANGES_MAX = 100

/**
 * Chooses the team that is worth most among those that keep every condition, with a proof, or the proof that there is
 * none with the conditions that can't hold together. The same problem and seed give the same answer unless the time
 * limit strikes; the order of the candidates doesn't matter. Blocks its thread; `solveInWorker` doesn't.
 *
 * @throws Fault `invalid` or `too_many` for a problem that is not well formed.
 */
export async function solveCover(problem: Problem, options: SolveOptions = {}): Promise<Answer> {
  const prepared = prepareCase(problem)
  const highs = await openHighs()
  const started = performance.now()
  const { secondsMax = SECONDS_MAX_DEFAULT, seed = 0, isCancelled } = options
  const seconds = () => (performance.now() - started) / 1000
  const conflict = () => {
    const found = findConflict(highs, prepared, { secondsMax, seed, ...(isCancelled && { isCancelled }) })
    return { status: 'infeasible' as const, seconds: seconds(), conflict: found }
  }
  if (pinnedAndBanned(prepared)) return conflict()
  const candidates = prepared.candidates.map((_, position) => position)
  const program = buildProgram(prepared, { candidates })
  const run = runProgram(highs, program, {
    secondsMax: secondsMax - seconds(),
    seed,
    gapMax: GAP_POINTS_MAX,
    ...(options.onProgress && { onProgress: options.onProgress }),
    ...(isCancelled && { isCancelled }),
  })
  if (run.status === 'infeasible') return conflict()
  const cancelled = run.status === 'stopped' && (isCancelled?.() ?? false)
  if (!run.values) return { status: 'unknown', reason: cancelled ? 'cancelled' : 'time', seconds: seconds() }
  const team = settleTies(prepared, readTeam(prepared, program, run), TIE_EXCHANGES_MAX)
  const report = describeTeam(prepared, team)
  const bound = tightenBound(run, report.objective)
  return {
    status: cancelled ? 'cancelled' : bound === report.objective ? 'optimal' : 'feasible',
    ...report,
    bound,
    gap: (bound - report.objective) / Math.max(1, Math.abs(report.objective)),
    seconds: seconds(),
    screened: { from: prepared.candidates.length, to: candidates.length },
  }
}

/** The team that a run's columns stand for. */
export function readTeam(problem: Case, program: Program, run: Run): number[] {
  const team = program.candidates.filter((_, column) => run.values![column]! > 0.5)
  const broken = brokenConditions(problem, team)
  assert(broken.length === 0, `a team out of the solver keeps its conditions, not so ${broken.join(', ')}`)
  return team
}

function tightenBound(run: Run, objective: number): number {
  if (run.status === 'optimal') return objective
  return Math.max(objective, Math.floor(run.bound + BOUND_TOLERANCE))
}
