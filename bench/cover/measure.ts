import { prepareCase } from '#engines/cover/check.ts'
import { chooseGreedily, improveTeam } from '#engines/cover/greedy.ts'
import { openHighs, toModelData } from '#engines/cover/highs.ts'
import { hasTeam, type Problem } from '#engines/cover/model.ts'
import { buildProgram } from '#engines/cover/program.ts'
import { brokenConditions, scoreTeam } from '#engines/cover/score.ts'
import { solveCover } from '#engines/cover/solve.ts'

/** One problem, solved in three ways. */
export interface Measured {
  seconds: number
  objective: number
  gap: number
  status: string
  left: number
  /** Null where it kept not every condition. */
  greedy: number | null
  improved: number | null
  /** HiGHS on the whole program, with its own settings and a gap of nought. */
  plain: { seconds: number; objective: number } | null
}

export async function measureProblem(
  problem: Problem,
  { secondsMax, plain }: { secondsMax: number; plain: boolean },
): Promise<Measured> {
  const answer = await solveCover(problem, { secondsMax })
  if (!hasTeam(answer)) throw new Error(`The generated problem has no team: ${answer.status}.`)
  const prepared = prepareCase(problem)
  const everyone = prepared.candidates.map((_, position) => position)
  const greedy = chooseGreedily(prepared, everyone)
  const improved = improveTeam(prepared, greedy, everyone)
  const worthOf = (team: readonly number[]) =>
    brokenConditions(prepared, team).length === 0 ? scoreTeam(prepared, team) : null
  return {
    seconds: answer.seconds,
    objective: answer.objective,
    gap: answer.gap,
    status: answer.status,
    left: answer.screened.to,
    greedy: worthOf(greedy),
    improved: worthOf(improved),
    plain: plain ? await solvePlainly(problem, secondsMax) : null,
  }
}

/** HiGHS as it comes: the whole program, no start, no screening. */
export async function solvePlainly(
  problem: Problem,
  secondsMax: number,
): Promise<{ seconds: number; objective: number }> {
  const highs = await openHighs()
  const started = performance.now()
  const model = highs.createModel(toModelData(highs, buildProgram(prepareCase(problem))))
  try {
    model.options.set({ output_flag: false, mip_rel_gap: 0, time_limit: secondsMax })
    model.run()
    return { seconds: (performance.now() - started) / 1000, objective: Math.round(model.getObjectiveValue()) }
  } finally {
    model.dispose()
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
