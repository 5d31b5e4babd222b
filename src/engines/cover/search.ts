import type { Highs } from 'highs'
import type { Case } from './check.ts'
import { runExactly } from './exact-run.ts'
import { chooseGreedily, improveTeam } from './greedy.ts'
import { type Relaxation, type Run, relaxProgram } from './highs.ts'
import { type Progress, SHORTLIST_MAX } from './model.ts'
import { type Apart, buildProgram, type Program, placeTeam } from './program.ts'
import { brokenConditions, mostPoints, scoreTeam } from './score.ts'

/** The objective is whole points: nothing can lie in between. */
const GAP_POINTS_MAX = 0.9
/** What the solver's floating point may be off by, in points. */
const BOUND_TOLERANCE_POINTS = 0.05
/** The first, quick search is among so many of the most promising. */
const CORE_MIN = 60
const CORE_PER_REQUIREMENT = 5
const CORE_NODES_MAX = 200
/** Below so many candidates the quick search saves nothing. */
const CORE_WORTHWHILE_MIN = 150

export interface SearchOptions {
  secondsMax: number
  seed: number
  apartFrom?: readonly Apart[]
  /** A team from which to begin. */
  hint?: readonly number[]
  onProgress?: (progress: Progress) => void
  isCancelled?: () => boolean
}

export interface Found {
  status: 'optimal' | 'infeasible' | 'stopped'
  /** By position; null where none was found. */
  team: number[] | null
  /** Whole points that no team exceeds. */
  bound: number
  /** How many candidates were left to the last search. */
  left: number
}

/**
 * The best team, proven. The linear relaxation bounds what any team with a given candidate can be worth (its bound plus
 * the candidate's reduced cost). So after a quick search among the most promising, whoever can't better that team is
 * left out without loss, and the full search has few candidates to deal with.
 */
export function searchTeam(highs: Highs, problem: Case, options: SearchOptions): Found {
  return new Search(highs, problem, options).run()
}

class Search {
  private readonly highs: Highs
  private readonly problem: Case
  private readonly options: SearchOptions
  private readonly started = performance.now()
  private best: { team: number[]; objective: number } | null = null

  constructor(highs: Highs, problem: Case, options: SearchOptions) {
    this.highs = highs
    this.problem = problem
    this.options = options
  }

  run(): Found {
    const all = this.problem.candidates.map((_, position) => position)
    const relaxed = relaxProgram(this.highs, this.programOf(all), { ...this.options, secondsMax: this.secondsLeft() })
    if (relaxed.status === 'infeasible') return this.found('infeasible', -Infinity, all.length)
    const bound = Math.min(wholePoints(relaxed.bound), mostPoints(this.problem))
    const promising = [...all].sort((a, b) => relaxed.reducedCosts[b]! - relaxed.reducedCosts[a]! || a - b)
    this.beginWithTeam(promising)
    this.tell(bound)
    if (relaxed.status === 'optimal' && all.length > CORE_WORTHWHILE_MIN && !this.isProven(bound)) {
      this.searchAmong(promising.slice(0, this.coreSize()), { nodesMax: CORE_NODES_MAX, gapMax: GAP_POINTS_MAX })
      this.tell(bound)
    }
    if (this.isProven(bound)) return this.found('optimal', bound, this.best!.team.length)
    if (this.isCancelled()) return this.found('stopped', bound, all.length)
    return this.searchAll(promising, relaxed, bound)
  }

  private searchAll(promising: readonly number[], relaxed: Relaxation, bound: number): Found {
    const boundWith = (candidate: number) => wholePoints(relaxed.bound + relaxed.reducedCosts[candidate]!)
    const useful = promising.filter((candidate) => !this.best || boundWith(candidate) > this.best.objective)
    const shortlist = useful.slice(0, SHORTLIST_MAX)
    const leftOut = useful[SHORTLIST_MAX]
    const { run, size } = this.searchAmong(shortlist, { gapMax: GAP_POINTS_MAX, tell: true })
    const boundAmong = run.status === 'optimal' || run.status === 'infeasible' ? -Infinity : wholePoints(run.bound)
    const boundOutside = leftOut === undefined ? -Infinity : boundWith(leftOut)
    const boundOfAll = Math.min(bound, Math.max(boundAmong, boundOutside, this.best?.objective ?? -Infinity))
    if (!this.best && run.status === 'infeasible' && leftOut !== undefined) return this.searchEveryone(bound)
    if (!this.best) return this.found(run.status === 'infeasible' ? 'infeasible' : 'stopped', boundOfAll, size)
    return this.found(this.isProven(boundOfAll) ? 'optimal' : 'stopped', boundOfAll, size)
  }

  /** The last resort, where nobody knows a team and the shortlist holds none. */
  private searchEveryone(bound: number): Found {
    const all = this.problem.candidates.map((_, position) => position)
    const { run, size } = this.searchAmong(all, { gapMax: GAP_POINTS_MAX, tell: true })
    return this.found(run.status, run.status === 'stopped' ? bound : -Infinity, size)
  }

  private searchAmong(
    candidates: readonly number[],
    { tell = false, ...limits }: { gapMax: number; nodesMax?: number; tell?: boolean },
  ): { run: Run; size: number } {
    const program = this.programOf([...this.mustBeIn(), ...candidates])
    const { onProgress, isCancelled, seed } = this.options
    const run = runExactly(this.highs, this.problem, program, {
      ...limits,
      seed,
      secondsMax: this.secondsLeft(),
      ...(this.best && { start: placeTeam(program, this.best.team) }),
      ...(tell && onProgress && { onProgress }),
      ...(isCancelled && { isCancelled }),
    })
    if (run.team) this.offer(run.team)
    return { run, size: program.candidates.length }
  }

  /** Those who are pinned, and the members of the best team so far, so that it can be found again. */
  private mustBeIn(): number[] {
    const pinned = (this.problem.conditions.pinned ?? []).map((id) => this.problem.positionOf.get(id)!)
    return [...pinned, ...(this.best?.team ?? [])]
  }

  private programOf(candidates: readonly number[]): Program {
    const { apartFrom } = this.options
    return buildProgram(this.problem, {
      candidates: [...new Set(candidates)].sort((a, b) => a - b),
      ...(apartFrom && { apartFrom }),
    })
  }

  private beginWithTeam(promising: readonly number[]): void {
    if (this.options.apartFrom?.length) return
    const near = promising.slice(0, SHORTLIST_MAX)
    for (const start of [this.options.hint, chooseGreedily(this.problem, near)])
      if (start) this.offer(improveTeam(this.problem, start, near))
  }

  /** Takes a team as the best so far, if it keeps every condition and is worth more. */
  private offer(team: number[]): void {
    if (brokenConditions(this.problem, team).length > 0) return
    const objective = scoreTeam(this.problem, team)
    if (!this.best || objective > this.best.objective) this.best = { team, objective }
  }

  private coreSize(): number {
    return Math.max(CORE_MIN, CORE_PER_REQUIREMENT * this.problem.requirements.length)
  }

  private isProven(bound: number): boolean {
    return this.best !== null && this.best.objective >= bound
  }

  private isCancelled(): boolean {
    return this.options.isCancelled?.() ?? false
  }

  private secondsLeft(): number {
    return Math.max(0, this.options.secondsMax - this.secondsGone())
  }

  private secondsGone(): number {
    return (performance.now() - this.started) / 1000
  }

  private tell(bound: number): void {
    const objective = this.best?.objective ?? null
    const gap = objective === null ? null : gapBetween(objective, bound)
    this.options.onProgress?.({ seconds: this.secondsGone(), objective, bound, gap, nodes: 0 })
  }

  private found(status: Found['status'], bound: number, left: number): Found {
    const team = this.best?.team ?? null
    return { status, team, bound: this.best ? Math.max(bound, this.best.objective) : bound, left }
  }
}

/** (bound - objective) / max(1, |objective|) */
export function gapBetween(objective: number, bound: number): number {
  return (bound - objective) / Math.max(1, Math.abs(objective))
}

/** What a whole number of points may be at most. */
function wholePoints(bound: number): number {
  return Math.floor(bound + BOUND_TOLERANCE_POINTS)
}
