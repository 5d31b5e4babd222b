import type { Highs } from 'highs'
import type { Case } from './check.ts'
import { compareIds, type TeamAnswer } from './model.ts'
import { loadPoints, scoreTeam } from './score.ts'
import { searchTeam } from './search.ts'

/** A team of a task, and the seats that it takes from what all share. */
export interface SharedTeam {
  /** By position in the task's own problem. */
  members: readonly number[]
  worth: number
  /** By position in the pool; those who are pinned take the seat that is kept for them. */
  seats: readonly number[]
}

/** What a task gets: no team at all is null. */
export interface Taken {
  team: SharedTeam | null
  /** Points, less the prices of its seats. */
  value: number
  /** What no team is worth more than. */
  bound: number
}

/** By position in the pool. */
export interface Terms {
  prices: Float64Array
  /** Who has no seat to give. */
  without: ReadonlySet<number>
}

export interface SearchLimits {
  secondsMax: number
  seed: number
  isCancelled?: () => boolean
}

const BOUNDS_KEPT_MAX = 60

/** One of the tasks that share a pool: its known teams, and bounds that spare it most searches. */
export class SharedTask {
  readonly id: string
  readonly problem: Case
  readonly alone: TeamAnswer
  /** Points of no team at all: nothing, or those who are pinned alone where that is less. */
  readonly none: number
  searches = 0
  private readonly pool: Int32Array
  private readonly positions: ReadonlyMap<number, number>
  private readonly pinned: ReadonlySet<number>
  private readonly teams = new Map<string, SharedTeam>()
  private readonly bounds: (Terms & { bound: number })[] = []

  /** `pool` is each candidate's position among all that the tasks share. */
  constructor(id: string, problem: Case, alone: TeamAnswer, pool: Int32Array) {
    this.id = id
    this.problem = problem
    this.alone = alone
    this.pool = pool
    this.positions = new Map([...pool].map((shared, position) => [shared, position]))
    this.pinned = new Set(this.pinnedPositions())
    this.none = Math.min(0, alone.objective, scoreTeam(problem, [...this.pinned]))
    this.keepBound({ prices: new Float64Array(0), without: new Set() }, alone.bound)
    this.keepTeam(alone.chosen.map((member) => problem.positionOf.get(member.id)!))
  }

  /** Those who are pinned, by position in the pool. */
  pinnedSeats(): number[] {
    return [...this.pinned].map((position) => this.pool[position]!)
  }

  /** The best known team alone, which a search for all may have bettered where time was short. */
  aloneWorth(): number {
    return Math.max(...[...this.teams.values()].map(({ worth }) => worth))
  }

  knownTeams(): SharedTeam[] {
    return [...this.teams.values()]
  }

  /** The best of the teams that are known already. */
  bestKnown(terms: Terms): Taken {
    let team: SharedTeam | null = null
    let value = this.none
    for (const known of this.teams.values()) {
      if (known.seats.some((seat) => terms.without.has(seat))) continue
      const worth = known.worth - pricesOf(known, terms.prices)
      if (worth > value || (worth === value && team === null)) [team, value] = [known, worth]
    }
    return { team, value, bound: Math.max(this.none, this.boundUnder(terms)) }
  }

  /** The best team under prices and without some; searched for only where the bounds leave room for a better one. */
  best(highs: Highs, terms: Terms, limits: SearchLimits): Taken {
    const known = this.bestKnown(terms)
    if (known.value >= known.bound) return known
    const varied = this.vary(terms)
    this.searches++
    const found = searchTeam(highs, varied, { ...limits, ...(known.team && { hint: known.team.members }) })
    if (found.team) this.keepTeam(found.team)
    this.keepBound(terms, found.status === 'infeasible' ? -Infinity : found.bound)
    return this.bestKnown(terms)
  }

  /** The task's problem with those banned who have no seat to give it. */
  vary({ prices, without }: Terms): Case {
    const { problem } = this
    const banned = [...(problem.conditions.banned ?? []), ...this.idsWithout(without)]
    const conditions = { ...problem.conditions, banned }
    if (!this.pool.some((seat, position) => this.priceAt(prices, seat, position) > 0)) return { ...problem, conditions }
    // A price is a load that weighs as many points: 1 + 2 + ... + n is solved for n.
    const candidates = problem.candidates.map((candidate, position) => {
      const points = loadPoints(problem, position) + this.priceAt(prices, this.pool[position]!, position)
      return { ...candidate, load: (Math.sqrt(1 + 8 * points) - 1) / 2 }
    })
    return { ...problem, conditions, candidates, weights: { ...problem.weights, load: 1 } }
  }

  /** The candidates among those without a seat to give, by id. */
  idsWithout(without: ReadonlySet<number>): string[] {
    const positions = [...without].flatMap((seat) => this.positions.get(seat) ?? [])
    return positions
      .filter((position) => !this.pinned.has(position))
      .map((position) => this.problem.candidates[position]!.id)
      .sort(compareIds)
  }

  private priceAt(prices: Float64Array, seat: number, position: number): number {
    return this.pinned.has(position) ? 0 : (prices[seat] ?? 0)
  }

  private pinnedPositions(): number[] {
    return (this.problem.conditions.pinned ?? []).map((id) => this.problem.positionOf.get(id)!)
  }

  private keepTeam(members: readonly number[]): void {
    const ordered = [...members].sort((a, b) => a - b)
    if (this.teams.has(ordered.join(' '))) return
    const seats = ordered.filter((member) => !this.pinned.has(member)).map((member) => this.pool[member]!)
    this.teams.set(ordered.join(' '), { members: ordered, worth: scoreTeam(this.problem, ordered), seats })
  }

  private keepBound({ prices, without }: Terms, bound: number): void {
    this.bounds.push({ prices: prices.slice(), without: new Set(without), bound })
    // The first holds whatever the terms are.
    if (this.bounds.length > BOUNDS_KEPT_MAX) this.bounds.splice(1, 1)
  }

  /**
   * A bound under other terms still holds with fewer candidates, and where prices fall it rises by no more than they
   * fall for as many as a team may have.
   */
  private boundUnder({ prices, without }: Terms): number {
    let least = Infinity
    for (const known of this.bounds) {
      if (![...known.without].every((seat) => without.has(seat))) continue
      const falls = [...this.pool].map((seat) => (known.prices[seat] ?? 0) - (prices[seat] ?? 0))
      const most = falls.filter((fall) => fall > 0).sort((a, b) => b - a)
      const rise = most.slice(0, this.problem.membersMax).reduce((sum, fall) => sum + fall, 0)
      least = Math.min(least, known.bound + rise)
    }
    return least
  }
}

function pricesOf({ seats }: SharedTeam, prices: Float64Array): number {
  return seats.reduce((sum, seat) => sum + (prices[seat] ?? 0), 0)
}
