import loadHighs, { type Highs, type ModelData, type ModelStatusCode } from 'highs'
import { assert } from '#kit/assert.ts'
import type { Progress } from './model.ts'
import type { Program } from './program.ts'

export interface RunOptions {
  secondsMax: number
  seed: number
  /** The search may stop once no solution can be better by more than this. */
  gapMax: number
  /** Columns of a known solution to begin with. */
  start?: Float64Array
  /** A limit on the search tree, the same on every machine. */
  nodesMax?: number
  /** Whether the solver may begin again with what it learnt. Team programs take three times as long with it. */
  restarts?: boolean
  onProgress?: (progress: Progress) => void
  isCancelled?: () => boolean
}

/** `stopped`: by the limit or on request, before the proof was complete. */
export type RunStatus = 'optimal' | 'infeasible' | 'stopped'

export interface Run {
  status: RunStatus
  /** Null where no solution was found. */
  values: Float64Array | null
  /** What no solution exceeds; Infinity where nothing is known. */
  bound: number
}

let loading: Promise<Highs> | undefined

/** The solver, loaded once a thread. */
export async function openHighs(): Promise<Highs> {
  loading ??= loadHighs()
  return loading
}

/** Maximises a program. It blocks the thread until it ends. */
export function runProgram(highs: Highs, program: Program, options: RunOptions): Run {
  if (hasHopelessRow(program)) return { status: 'infeasible', values: null, bound: -Infinity }
  const model = highs.createModel(toModelData(highs, program))
  try {
    model.options.set({
      output_flag: false,
      mip_rel_gap: 0,
      mip_abs_gap: options.gapMax,
      mip_allow_restart: options.restarts ?? false,
      mip_detect_symmetry: false,
      ...(options.start && { mip_heuristic_effort: HEURISTIC_EFFORT_WITH_START }),
      random_seed: options.seed,
      time_limit: Math.max(0, options.secondsMax),
      mip_min_logging_interval: PROGRESS_INTERVAL_SECONDS,
    })
    if (options.nodesMax !== undefined) model.options.set('mip_max_nodes', options.nodesMax)
    if (options.start) model.setSolution({ colValue: options.start })
    const { mipLogging, mipInterrupt } = highs.constants.callbackType
    const { onProgress, isCancelled } = options
    const { modelStatus } = model.run({
      ...(onProgress && {
        [mipLogging]: ({ data }) => {
          onProgress(toProgress(data))
          return undefined
        },
      }),
      ...(isCancelled && {
        [mipInterrupt]: (event) => {
          if (isCancelled()) event.interrupt()
          return undefined
        },
      }),
    })
    const status = readStatus(highs, modelStatus)
    if (status === 'infeasible') return { status, values: null, bound: -Infinity }
    const found = model.info.get('primal_solution_status') === FEASIBLE_POINT
    const bound = Number(model.info.get('mip_dual_bound'))
    return {
      status: status === 'optimal' && !found ? 'stopped' : status,
      values: found ? model.getSolution().colValue : null,
      bound: Number.isFinite(bound) ? bound : Infinity,
    }
  } finally {
    model.dispose()
  }
}

export interface Relaxation {
  status: RunStatus
  /** What no solution exceeds. */
  bound: number
  /** For each column, by how much the bound changes if it is one, at least: not above zero where it is nought. */
  reducedCosts: Float64Array
}

/** Maximises a program with its columns free to be fractions. */
export function relaxProgram(
  highs: Highs,
  program: Program,
  options: { secondsMax: number; seed: number },
): Relaxation {
  const none = { bound: Infinity, reducedCosts: new Float64Array(program.cost.length) }
  if (hasHopelessRow(program)) return { status: 'infeasible', ...none }
  const { integrality: _, ...linear } = toModelData(highs, program)
  const model = highs.createModel(linear)
  try {
    model.options.set({
      output_flag: false,
      random_seed: options.seed,
      time_limit: Math.max(0, options.secondsMax),
    })
    const status = readStatus(highs, model.run().modelStatus)
    if (status !== 'optimal') return { status, ...none }
    return { status, bound: model.getObjectiveValue(), reducedCosts: model.getSolution().colDual }
  } finally {
    model.dispose()
  }
}

/** With a good start the time goes into the proof. */
const HEURISTIC_EFFORT_WITH_START = 0.01
const PROGRESS_INTERVAL_SECONDS = 0.25
/** HiGHS: kSolutionStatusFeasible. */
const FEASIBLE_POINT = 2

function readStatus(highs: Highs, code: ModelStatusCode): RunStatus {
  const { optimal, infeasible, unboundedOrInfeasible, empty, timeLimit, interrupted, iterationLimit, solutionLimit } =
    highs.constants.modelStatus
  if (code === optimal || code === empty) return 'optimal'
  // Every column is bounded, so that no program here is unbounded.
  if (code === infeasible || code === unboundedOrInfeasible) return 'infeasible'
  assert(
    [timeLimit, interrupted, iterationLimit, solutionLimit].some((limit) => limit === code),
    `HiGHS ends with an answer or at a limit, not with status ${code}.`,
  )
  return 'stopped'
}

/** A row without columns that can't hold: settled here, since solvers differ over it. */
function hasHopelessRow({ rows }: Program): boolean {
  return rows.some(({ columns, lower, upper }) => columns.length === 0 && (lower > 0 || upper < 0))
}

/** A program in the form that the solver takes. */
export function toModelData(highs: Highs, { cost, upper, integer, rows }: Program): ModelData {
  const starts = new Int32Array(rows.length + 1)
  rows.forEach((row, at) => {
    starts[at + 1] = starts[at]! + row.columns.length
  })
  const { integer: whole, continuous } = highs.constants.variableType
  return {
    numCols: cost.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: cost,
    colLower: new Float64Array(cost.length),
    colUpper: upper,
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols: cost.length,
      starts,
      indices: Int32Array.from(rows.flatMap((row) => row.columns)),
      values: Float64Array.from(rows.flatMap((row) => row.values)),
    },
    integrality: integer.map((isWhole) => (isWhole ? whole : continuous)),
  }
}

function toProgress(data: Readonly<Record<string, unknown>>): Progress {
  const finite = (value: unknown) => (typeof value === 'number' && Math.abs(value) < 1e15 ? value : null)
  return {
    seconds: finite(data.running_time) ?? 0,
    objective: finite(data.mip_primal_bound),
    bound: finite(data.mip_dual_bound),
    gap: finite(data.mip_gap),
    nodes: Number(data.mip_node_count ?? 0),
  }
}
