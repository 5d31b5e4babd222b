import type { Highs } from 'highs'
import { Fault } from '#kit/fault.ts'
import { describeTeam } from './answer.ts'
import { chooseAmongKnown } from './bulk-choose.ts'
import {
  BULK_SECONDS_EACH_MAX_DEFAULT,
  BULK_SECONDS_MAX_DEFAULT,
  BULK_TASKS_MAX,
  type BulkAnswer,
  type BulkOptions,
  type BulkProblem,
  type BulkTeam,
} from './bulk-model.ts'
import { openPool, type Pool } from './bulk-pool.ts'
import { nextPrices, type Step } from './bulk-prices.ts'
import { type SearchLimits, SharedTask, type SharedTeam, type Taken, type Terms } from './bulk-task.ts'
import { type Case, prepareCase } from './check.ts'
import { openHighs } from './highs.ts'
import { type Answer, hasTeam } from './model.ts'
import { bestLevel } from './score.ts'
import { gapBetween } from './search.ts'
import { solveCase } from './solve.ts'

/** Prices move so many times at most. */
const PRICE_ROUNDS_MAX = 40
/** Known teams are put together anew each so many rounds. */
const CHOOSE_EVERY_ROUNDS = 5
const EXCHANGE_ROUNDS_MAX = 20
/**
 * Of the time, what all searches of a phase may take in sum, if each took what it may: so that where time is short every
 * task is reached, with a bound in place of a proof.
 */
const TIME_SHARE = { alone: 0.4, turns: 0.15, prices: 0.05, exchanges: 0.1 } as const
const SECONDS_EACH_MIN = 0.3
/** Prices stop at this share of the time, so that some is left for exchanges. */
const PRICES_TIME_SHARE = 0.7
const CHOOSE_SECONDS_MAX = 5

/**
 * Chooses a team for each task out of one pool, in which nobody serves in more teams than its capacity. Each task alone
 * bounds what it can get. Then seats that are asked for too often get a price, which rises until they are not (Held and
 * Karp's subgradient, with Polyak's step); the teams found on the way are put together by a small program, and each task
 * is searched again beside the others until no single change helps. The prices bound the total from above: where the gap
 * is nought no choice is better. Seats of those who are pinned are kept for them, whatever their capacity. The same problem and seed
 * give the same answer unless a time limit strikes. Blocks its thread; `solveBulkInWorker` doesn't.
 *
 * @throws Fault `too_many` beyond BULK_TASKS_MAX, and what a task's problem is refused for
 */
export async function solveBulk(problem: BulkProblem, options: BulkOptions = {}): Promise<BulkAnswer> {
  if (problem.tasks.length > BULK_TASKS_MAX)
    throw new Fault(
      'too_many',
      `There are ${problem.tasks.length} tasks, and at most ${BULK_TASKS_MAX} can be taken.`,
      {
        rule: 'cover.tasks.too_many',
        limit: BULK_TASKS_MAX,
      },
    )
  if (new Set(problem.tasks.map(({ id }) => id)).size < problem.tasks.length)
    throw new Fault('invalid', 'Two tasks have the same id.', { rule: 'cover.task.twice' })
  const cases = problem.tasks.map((task) => ({ id: task.id, problem: prepareCase(task.problem) }))
  return new Bulk(await openHighs(), problem, cases, options).run()
}

type Chosen = readonly (SharedTeam | null)[]

class Bulk {
  private readonly highs: Highs
  private readonly problem: BulkProblem
  private readonly cases: readonly { id: string; problem: Case }[]
  private readonly options: BulkOptions
  private readonly started = performance.now()
  private alone: Answer[] = []
  private tasks: SharedTask[] = []
  private pool: Pool = openPool([], {})
  private chosen: Chosen = []
  private inTurn: Chosen | null = null
  /** Whether the search came to its end. */
  private isComplete = false
  private bound = Infinity
  private prices: Float64Array = new Float64Array()

  constructor(highs: Highs, problem: BulkProblem, cases: Bulk['cases'], options: BulkOptions) {
    this.highs = highs
    this.problem = problem
    this.cases = cases
    this.options = options
  }

  run(): BulkAnswer {
    this.solveAlone()
    this.takeTurns()
    if (!this.isProven()) this.seekPrices()
    const wasCut = this.alone.some((one) => one.status === 'unknown')
    this.isComplete = (this.isProven() || this.exchange()) && !wasCut
    return this.answer()
  }

  private solveAlone(): void {
    this.alone = this.cases.map(({ problem }, done) => {
      this.tell('alone', done, this.cases.length)
      if (this.isEnded()) return { status: 'unknown', reason: this.isCancelled() ? 'cancelled' : 'time', seconds: 0 }
      return solveCase(this.highs, problem, this.limits('alone'))
    })
    const served = this.cases.filter((_, at) => hasTeam(this.alone[at]!))
    this.pool = openPool(served, this.problem)
    const answers = this.alone.filter(hasTeam)
    this.tasks = served.map(({ id, problem }, at) => new SharedTask(id, problem, answers[at]!, this.pool.seatsOf[at]!))
    this.prices = new Float64Array(this.pool.ids.length)
    this.bound = this.tasks.reduce((sum, { alone, none }) => sum + Math.max(none, alone.bound), 0)
  }

  /** First come, first served: among the known teams at once, then in earnest. */
  private takeTurns(): void {
    this.chosen = this.serveInTurn((task, terms) => task.bestKnown(terms))!
    const served = this.serveInTurn((task, terms, at) => {
      this.tell('turns', at, this.tasks.length)
      return this.isEnded() ? null : task.best(this.highs, terms, this.limits('turns'))
    })
    this.inTurn = served
    if (served) this.offer(served)
  }

  private serveInTurn(serve: (task: SharedTask, terms: Terms, at: number) => Taken | null): Chosen | null {
    const chosen: (SharedTeam | null)[] = []
    for (const [at, task] of this.tasks.entries()) {
      const taken = serve(task, this.termsBeside(chosen), at)
      if (!taken) return null
      chosen.push(taken.team)
    }
    return chosen
  }

  private seekPrices(): void {
    let step: Step = { prices: this.prices, scale: 1, stuck: 0, best: Infinity }
    const without = this.fullBeside([])
    for (let round = 0; round < PRICE_ROUNDS_MAX; round++) {
      this.tell('prices', round, PRICE_ROUNDS_MAX)
      const taken = this.takeAtPrices({ prices: step.prices, without })
      if (!taken) break
      const bound = this.pool.priced(step.prices) + taken.reduce((sum, one) => sum + one.bound, 0)
      if (bound < this.bound || round === 0) [this.bound, this.prices] = [Math.min(bound, this.bound), step.prices]
      const teams = taken.map(({ team }) => team)
      if (this.pool.isKept(teams)) this.offer(teams)
      if (round % CHOOSE_EVERY_ROUNDS === CHOOSE_EVERY_ROUNDS - 1) this.choose()
      if (this.isProven()) return
      const next = nextPrices(step, { bound, total: this.total(), over: this.pool.overOf(teams) })
      if (!next) break
      step = next
    }
    this.choose()
  }

  private takeAtPrices(terms: Terms): Taken[] | null {
    const taken: Taken[] = []
    for (const task of this.tasks) {
      if (this.isEnded(PRICES_TIME_SHARE)) return null
      taken.push(task.best(this.highs, terms, this.limits('prices')))
    }
    return taken
  }

  /** Searches each task again beside the others, and puts all that was found together, until nothing helps; false where it was stopped. */
  private exchange(): boolean {
    for (let round = 0; round < EXCHANGE_ROUNDS_MAX; round++) {
      const before = this.total()
      for (const [at, task] of this.tasks.entries()) {
        this.tell('exchanges', at, this.tasks.length)
        if (this.isEnded()) return false
        const others = this.chosen.toSpliced(at, 1, null)
        const { team, value } = task.best(this.highs, this.termsBeside(others), this.limits('exchanges'))
        if (value > this.valueOf(at)) this.chosen = this.chosen.toSpliced(at, 1, team)
      }
      this.choose()
      if (this.total() === before) return !this.isEnded()
    }
    return true
  }

  private choose(): void {
    const secondsMax = Math.min(CHOOSE_SECONDS_MAX, this.secondsLeft())
    const limits = { secondsMax, seed: this.options.seed ?? 0, start: this.chosen }
    const found = this.isCancelled() ? null : chooseAmongKnown(this.highs, this.tasks, this.pool.free, limits)
    if (found) this.offer(found)
  }

  private offer(teams: Chosen): void {
    if (!this.pool.isKept(teams) || this.worthOf(teams) <= this.total()) return
    this.chosen = teams
  }

  private fullBeside(teams: Chosen): Set<number> {
    return this.pool.fullBeside(teams)
  }

  private termsBeside(teams: Chosen): Terms {
    return { prices: new Float64Array(this.pool.ids.length), without: this.fullBeside(teams) }
  }

  private valueOf(at: number, teams = this.chosen): number {
    return teams[at]?.worth ?? this.tasks[at]!.none
  }

  private worthOf(teams: Chosen): number {
    return this.tasks.reduce((sum, _, at) => sum + this.valueOf(at, teams), 0)
  }

  private total(): number {
    return this.worthOf(this.chosen)
  }

  private isProven(): boolean {
    return this.total() >= this.bound
  }

  private isCancelled(): boolean {
    return this.options.isCancelled?.() ?? false
  }

  private isEnded(share = 1): boolean {
    return this.isCancelled() || this.secondsGone() >= share * this.secondsMax()
  }

  private secondsMax(): number {
    return this.options.secondsMax ?? BULK_SECONDS_MAX_DEFAULT
  }

  private secondsGone(): number {
    return (performance.now() - this.started) / 1000
  }

  private secondsLeft(): number {
    return Math.max(0, this.secondsMax() - this.secondsGone())
  }

  private limits(phase: keyof typeof TIME_SHARE): SearchLimits {
    const { secondsEachMax = BULK_SECONDS_EACH_MAX_DEFAULT, seed = 0, isCancelled } = this.options
    const due = (TIME_SHARE[phase] * this.secondsMax()) / this.cases.length
    const secondsMax = Math.min(secondsEachMax, this.secondsLeft(), Math.max(SECONDS_EACH_MIN, due))
    return { secondsMax, seed, ...(isCancelled && { isCancelled }) }
  }

  private tell(phase: 'alone' | 'turns' | 'prices' | 'exchanges', done: number, of: number): void {
    const known = this.tasks.length > 0 && this.chosen.length === this.tasks.length
    const [total, bound] = known ? [this.total(), this.bound] : [null, null]
    this.options.onProgress?.({ phase, done, of, total, bound })
  }

  private answer(): BulkAnswer {
    const total = this.total()
    const bound = Math.max(total, this.bound)
    const served = new Map(this.tasks.map(({ id }, at) => [id, at]))
    const asked = this.tasks.map((task) => task.alone.chosen.map(({ id }) => id))
    return {
      teams: this.cases.map(({ id }, at) => this.describe(id, this.alone[at]!, served.get(id))),
      seats: this.pool.describe(this.tasks, this.chosen, { asked, prices: this.prices }),
      total,
      bound,
      gap: gapBetween(total, bound),
      aloneTotal: this.tasks.reduce((sum, task) => sum + task.aloneWorth(), 0),
      inTurnTotal: this.inTurn && this.worthOf(this.inTurn),
      stopped: this.isComplete ? null : this.isCancelled() ? 'cancelled' : 'time',
      searches: this.cases.length + this.tasks.reduce((sum, { searches }) => sum + searches, 0),
      seconds: this.secondsGone(),
    }
  }

  private describe(id: string, alone: Answer, at: number | undefined): BulkTeam {
    const met = { alone: null, together: null, inTurn: null }
    if (at === undefined) return { id, alone, together: null, full: [], givesUp: null, inTurn: null, met }
    const task = this.tasks[at]!
    const [team, turn] = [this.chosen[at], this.inTurn?.[at]]
    const terms = this.termsBeside(this.chosen.toSpliced(at, 1, null))
    return {
      id,
      alone,
      together: team ? this.toAnswer(task, terms, team) : this.whyNone(task, terms),
      full: task.idsWithout(terms.without),
      givesUp: task.aloneWorth() - this.valueOf(at),
      inTurn: turn?.worth ?? null,
      met: {
        alone: task.alone.coverage.length - task.alone.gaps.length,
        together: team ? countMet(task.problem, team.members) : null,
        inTurn: turn ? countMet(task.problem, turn.members) : null,
      },
    }
  }

  private toAnswer(task: SharedTask, terms: Terms, team: SharedTeam): Answer {
    const report = describeTeam(task.vary(terms), team.members)
    const found = task.bestKnown(terms)
    const bound = this.isProven() ? report.objective : Math.max(report.objective, found.bound)
    return {
      status: bound === report.objective ? 'optimal' : 'feasible',
      ...report,
      bound,
      gap: gapBetween(report.objective, bound),
      seconds: task.alone.seconds,
      screened: task.alone.screened,
    }
  }

  private whyNone(task: SharedTask, terms: Terms): Answer | null {
    const answer = solveCase(this.highs, task.vary(terms), this.limits('exchanges'))
    return answer.status === 'infeasible' ? answer : null
  }
}

function countMet(problem: Case, members: readonly number[]): number {
  return problem.levelsWanted.filter((wanted, requirement) => bestLevel(problem, members, requirement) >= wanted).length
}
