import { prepareCase } from '#engines/cover/check.ts'
import { chooseGreedily, improveTeam } from '#engines/cover/greedy.ts'
import { openHighs, toModelData } from '#engines/cover/highs.ts'
import { hasTeam, type Problem } from '#engines/cover/model.ts'
import { buildProgram, type Program } from '#engines/cover/program.ts'
import { brokenConditions, scoreTeam } from '#engines/cover/score.ts'
import { solveCover } from '#engines/cover/solve.ts'

/** One problem, solved in three ways. */
export interface Measured {
  /** By the clock. */
  seconds: number
  /** Of processor time, which a busy machine stretches less. */
  processor: number
  objective: number
  gap: number
  status: string
  left: number
  /** Null where it kept not every condition. */
  greedy: number | null
  improved: number | null
  /** HiGHS on the whole program, with its own settings and a gap of nought. */
  plain: PlainlySolved | null
}

export async function measureProblem(
  problem: Problem,
  { secondsMax, plain }: { secondsMax: number; plain: boolean },
): Promise<Measured> {
  await openHighs()
  const started = processorSeconds()
  const answer = await solveCover(problem, { secondsMax })
  const processor = processorSeconds() - started
  if (!hasTeam(answer)) throw new Error(`The generated problem has no team: ${answer.status}.`)
  const prepared = prepareCase(problem)
  const everyone = prepared.candidates.map((_, position) => position)
  const greedy = chooseGreedily(prepared, everyone)
  const improved = improveTeam(prepared, greedy, everyone)
  const worthOf = (team: readonly number[]) =>
    brokenConditions(prepared, team).length === 0 ? scoreTeam(prepared, team) : null
  return {
    seconds: answer.seconds,
    processor,
    objective: answer.objective,
    gap: answer.gap,
    status: answer.status,
    left: answer.screened.to,
    greedy: worthOf(greedy),
    improved: worthOf(improved),
    plain: plain ? await solvePlainly(problem, secondsMax) : null,
  }
}

export interface PlainlySolved {
  seconds: number
  processor: number
  objective: number
  /** What no solution exceeds. */
  bound: number
}

/** HiGHS as it comes: the whole program, no start, no screening. */
export async function solvePlainly(problem: Problem, secondsMax: number): Promise<PlainlySolved> {
  return runPlainly(() => buildProgram(prepareCase(problem)), secondsMax)
}

/** HiGHS on any program, with its own settings and a gap of nought. */
export async function runPlainly(program: () => Program, secondsMax: number): Promise<PlainlySolved> {
  const highs = await openHighs()
  const started = performance.now()
  const begun = processorSeconds()
  const model = highs.createModel(toModelData(highs, program()))
  try {
    model.options.set({ output_flag: false, mip_rel_gap: 0, time_limit: secondsMax })
    model.run()
    return {
      seconds: (performance.now() - started) / 1000,
      processor: processorSeconds() - begun,
      objective: Math.round(model.getObjectiveValue()),
      bound: Number(model.info.get('mip_dual_bound')),
    }
  } finally {
    model.dispose()
  }
}

/** Of this process so far. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
