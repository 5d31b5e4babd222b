import type { Highs } from 'highs'
import type { Case } from './check.ts'
import { type Run, type RunOptions, runProgram } from './highs.ts'
import type { ConditionKey } from './model.ts'
import type { Program, Row } from './program.ts'
import { brokenConditions } from './score.ts'

/** So many teams in a row may pass by rounding alone before the search gives up. */
const EXCLUDED_MAX = 50

export interface ExactRun extends Run {
  /** By position; null where no team was found. */
  team: number[] | null
}

/**
 * Runs a program whose team keeps its conditions exactly. The solver knows sums to a millionth only: a team that rounding
 * alone let pass is excluded, and the solver asked again. `mayBreak` says which conditions the program does not hold.
 */
export function runExactly(
  highs: Highs,
  problem: Case,
  program: Program,
  options: RunOptions,
  mayBreak: (key: ConditionKey) => boolean = () => false,
): ExactRun {
  const until = performance.now() + options.secondsMax * 1000
  for (let excluded = 0; ; excluded++) {
    const secondsMax = Math.max(0, (until - performance.now()) / 1000)
    const run = runProgram(highs, program, { ...options, secondsMax })
    if (!run.values) return { ...run, team: null }
    const { values } = run
    const team = program.candidates.filter((_, column) => values[column]! > 0.5)
    if (brokenConditions(problem, team).every(mayBreak)) return { ...run, team }
    if (excluded === EXCLUDED_MAX) return { status: 'stopped', values: null, bound: run.bound, team: null }
    program.rows.push(excluding(program, new Set(team)))
  }
}

/** Holds for every team but one. */
function excluding({ candidates }: Program, team: ReadonlySet<number>): Row {
  return {
    key: 'model',
    lower: -Infinity,
    upper: team.size - 1,
    columns: candidates.map((_, column) => column),
    values: candidates.map((candidate) => (team.has(candidate) ? 1 : -1)),
  }
}
