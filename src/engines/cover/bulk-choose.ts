import type { Highs } from 'highs'
import type { SharedTask, SharedTeam } from './bulk-task.ts'
import { runProgram } from './highs.ts'
import type { Program, Row } from './program.ts'

/** The solver's objective is whole points. */
const GAP_POINTS_MAX = 0.9

/**
 * The best choice of one team a task among those that are known, or of none, so that nobody gives more seats than are
 * free; null where none was found in time.
 */
export function chooseAmongKnown(
  highs: Highs,
  tasks: readonly SharedTask[],
  free: Int32Array,
  limits: { secondsMax: number; seed: number; start: readonly (SharedTeam | null)[] },
): (SharedTeam | null)[] | null {
  const options = tasks.flatMap((task, at) => [null, ...task.knownTeams()].map((team) => ({ at, team })))
  const program: Program = {
    candidates: [],
    cost: options.map(({ at, team }) => (team ? team.worth : tasks[at]!.none)),
    upper: options.map(() => 1),
    integer: options.map(() => true),
    rows: [
      ...tasks.map((_, task) =>
        sumOf(
          columnsWhere(options, ({ at }) => at === task),
          1,
          1,
        ),
      ),
      ...seatRows(options, free),
    ],
    follow: [],
  }
  const start = Float64Array.from(options, ({ at, team }) => (limits.start[at] === team ? 1 : 0))
  const { secondsMax, seed } = limits
  const { values } = runProgram(highs, program, { secondsMax, seed, gapMax: GAP_POINTS_MAX, start })
  if (!values) return null
  const chosen: (SharedTeam | null)[] = tasks.map(() => null)
  options.forEach(({ at, team }, column) => {
    if (values[column]! > 0.5) chosen[at] = team
  })
  return chosen
}

interface Option {
  at: number
  team: SharedTeam | null
}

function columnsWhere(options: readonly Option[], passes: (option: Option) => boolean): number[] {
  return options.flatMap((option, column) => (passes(option) ? [column] : []))
}

function seatRows(options: readonly Option[], free: Int32Array): Row[] {
  const askedBy = new Map<number, number[]>()
  options.forEach(({ team }, column) => {
    for (const seat of team?.seats ?? []) {
      const columns = askedBy.get(seat)
      if (columns) columns.push(column)
      else askedBy.set(seat, [column])
    }
  })
  return [...askedBy]
    .filter(([seat, columns]) => new Set(columns.map((column) => options[column]!.at)).size > free[seat]!)
    .map(([seat, columns]) => sumOf(columns, -Infinity, free[seat]!))
}

function sumOf(columns: number[], lower: number, upper: number): Row {
  return { key: 'model', lower, upper, columns, values: columns.map(() => 1) }
}
