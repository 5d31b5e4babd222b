import { type BulkProblem, type BulkSeats, CAPACITY_DEFAULT } from './bulk-model.ts'
import type { SharedTask, SharedTeam } from './bulk-task.ts'
import type { Case } from './check.ts'
import { compareIds } from './model.ts'

type Teams = readonly (SharedTeam | null)[]

/** All candidates of all tasks, each once, with the seats that they have to give. */
export class Pool {
  /** By id. */
  readonly ids: readonly string[]
  readonly capacities: Int32Array
  /** How many tasks pin it. */
  readonly pinned: Int32Array
  /** Seats beside those that are kept for who is pinned. */
  readonly free: Int32Array
  /** Of each task, the position in the pool of each of its candidates. */
  readonly seatsOf: readonly Int32Array[]

  constructor(cases: readonly { problem: Case }[], { capacity = CAPACITY_DEFAULT, capacities = {} }: Capacities) {
    const known = new Set(cases.flatMap(({ problem }) => problem.candidates.map(({ id }) => id)))
    this.ids = [...known].sort(compareIds)
    const positions = new Map(this.ids.map((id, position) => [id, position]))
    this.seatsOf = cases.map(({ problem }) => Int32Array.from(problem.candidates, ({ id }) => positions.get(id)!))
    this.capacities = Int32Array.from(this.ids, (id) => Math.max(0, Math.floor(capacities[id] ?? capacity)))
    this.pinned = new Int32Array(this.ids.length)
    for (const { problem } of cases)
      for (const id of new Set(problem.conditions.pinned ?? [])) {
        const seat = positions.get(id)!
        this.pinned[seat] = this.pinned[seat]! + 1
      }
    this.free = this.capacities.map((seats, seat) => Math.max(0, seats - this.pinned[seat]!))
  }

  /** By how many seats each is asked for more than it has. */
  overOf(teams: Teams): Int32Array {
    const over = this.free.map((seats) => -seats)
    for (const team of teams) for (const seat of team?.seats ?? []) over[seat] = over[seat]! + 1
    return over
  }

  isKept(teams: Teams): boolean {
    return this.overOf(teams).every((seats) => seats <= 0)
  }

  /** Who has no seat left beside these teams. */
  fullBeside(teams: Teams): Set<number> {
    return new Set([...this.overOf(teams)].flatMap((over, seat) => (over >= 0 ? [seat] : [])))
  }

  /** What all free seats come to at these prices. */
  priced(prices: Float64Array): number {
    return this.free.reduce((sum, seats, seat) => sum + seats * prices[seat]!, 0)
  }

  describe(
    tasks: readonly SharedTask[],
    teams: Teams,
    { asked, prices }: { asked: readonly (readonly string[])[]; prices: Float64Array },
  ): BulkSeats[] {
    const askedBy = new Map<string, string[]>()
    const takenBy = new Map<string, string[]>()
    tasks.forEach((task, at) => {
      for (const id of asked[at]!) askedBy.set(id, [...(askedBy.get(id) ?? []), task.id])
      const members = teams[at]?.members.map((member) => task.problem.candidates[member]!.id) ?? []
      for (const id of members) takenBy.set(id, [...(takenBy.get(id) ?? []), task.id])
    })
    return this.ids
      .map((id, seat) => ({
        id,
        capacity: this.capacities[seat]!,
        askedBy: askedBy.get(id) ?? [],
        takenBy: takenBy.get(id) ?? [],
        pinned: this.pinned[seat]!,
        price: this.free[seat]! > 0 ? prices[seat]! : null,
      }))
      .filter((one) => one.askedBy.length + one.takenBy.length > 0)
      .sort((a, b) => b.askedBy.length - a.askedBy.length || compareIds(a.id, b.id))
  }
}

type Capacities = Pick<BulkProblem, 'capacity' | 'capacities'>

export function openPool(cases: readonly { problem: Case }[], capacities: Capacities): Pool {
  return new Pool(cases, capacities)
}
