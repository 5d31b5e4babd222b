import type { History } from './history.ts'
import { rowOf, strongest } from './rows.ts'
import type { Statistics } from './statistics.ts'
import { PAIRED_MEMBERS_MAX } from './types.ts'

const TIES = [
  'shared',
  'sharedFresh',
  'sharedShare',
  'sharedInPart',
  'known',
  'strongest',
  'cosine',
  'surprise',
  'likeConsortium',
  'bestConsortium',
  'lastYears',
  'walkOne',
  'walkTwo',
  'walkThree',
] as const
export type Tie = (typeof TIES)[number]

/** What ties every organisation to those given, filled anew for each question; entries are 0 but for `touched`. */
export class Ties {
  readonly columns: Readonly<Record<Tie, Float64Array>>
  readonly touched: number[] = []
  private readonly all: readonly Float64Array[]
  private readonly seen: Uint8Array
  private readonly perGiven: Float64Array
  private readonly stamp: Int32Array
  private readonly projectOverlap: Float64Array
  private readonly projectCount: Float64Array
  private readonly history: History
  private readonly statistics: Statistics
  private readonly walkWeight: Float64Array
  private readonly projectMass: Float64Array

  constructor(history: History, statistics: Statistics) {
    const size = history.organisations.size
    const fresh = () => new Float64Array(size)
    this.history = history
    this.statistics = statistics
    this.all = TIES.map(() => fresh())
    this.columns = Object.fromEntries(TIES.map((tie, at) => [tie, this.all[at]!])) as Record<Tie, Float64Array>
    this.seen = new Uint8Array(size)
    this.perGiven = fresh()
    this.stamp = new Int32Array(size).fill(-1)
    this.projectOverlap = new Float64Array(history.projects.length)
    this.projectCount = new Float64Array(history.projects.length)
    this.projectMass = new Float64Array(history.projects.length)
    this.walkWeight = fresh()
    for (let organisation = 0; organisation < size; organisation += 1)
      for (const project of rowOf(history.joined, organisation))
        if (this.pairs(project)) this.walkWeight[organisation]! += statistics.freshness[project]!
  }

  private pairs(project: number): boolean {
    const { starts } = this.history.members
    const size = starts[project + 1]! - starts[project]!
    return size >= 2 && size <= PAIRED_MEMBERS_MAX
  }

  fill(given: readonly number[], part: number): void {
    for (const organisation of this.touched) {
      for (const column of this.all) column[organisation] = 0
      this.seen[organisation] = 0
    }
    this.touched.length = 0
    if (given.length === 0) return
    this.countShared(given, part)
    this.compareConsortia(given)
    this.walk(given)
  }

  private touch(organisation: number): void {
    if (this.seen[organisation] === 1) return
    this.seen[organisation] = 1
    this.touched.push(organisation)
  }

  private countShared(given: readonly number[], part: number): void {
    const { history, statistics } = this
    const { members, joined, projects } = history
    this.stamp.fill(-1)
    given.forEach((one, turn) => {
      const degree = joined.starts[one + 1]! - joined.starts[one]!
      const met: number[] = []
      const counts = new Map<number, number>()
      for (const project of rowOf(joined, one)) {
        if (!this.pairs(project)) continue
        const size = members.starts[project + 1]! - members.starts[project]!
        const share = 1 / (size - 1)
        const fresh = statistics.freshness[project]!
        const inPart = part >= 0 && rowOf(history.projectParts, project).includes(part)
        for (let at = members.starts[project]!; at < members.starts[project + 1]!; at += 1) {
          const other = members.items[at]!
          if (other === one) continue
          this.touch(other)
          if (this.stamp[other] !== turn) {
            this.stamp[other] = turn
            this.perGiven[other] = 0
            counts.set(other, 0)
            met.push(other)
          }
          counts.set(other, counts.get(other)! + 1)
          this.perGiven[other]! += share * fresh
          this.columns.shared[other]! += 1
          this.columns.sharedShare[other]! += share
          this.columns.sharedFresh[other]! += share * fresh
          if (inPart) this.columns.sharedInPart[other]! += share * fresh
          const age = history.projectAge[project]!
          const last = this.columns.lastYears[other]!
          if (last === 0 || age < last) this.columns.lastYears[other] = Math.max(age, 1e-6)
        }
      }
      for (const other of met) {
        this.columns.known[other]! += 1
        this.columns.strongest[other] = Math.max(this.columns.strongest[other]!, this.perGiven[other]!)
        const otherDegree = joined.starts[other + 1]! - joined.starts[other]!
        const count = counts.get(other)!
        this.columns.cosine[other]! += count / Math.sqrt(degree * otherDegree)
        const expected = (degree * otherDegree) / projects.length
        this.columns.surprise[other]! += Math.log1p((SURPRISE_WEIGHT * count) / (expected + SURPRISE_PRIOR))
      }
    })
  }

  /** Earlier consortia as neighbours of the one that is being built: by whom they share, rarer members counting more. */
  private compareConsortia(given: readonly number[]): void {
    const { history, statistics } = this
    const { members, joined } = history
    const found: number[] = []
    let length = 0
    for (const one of given) {
      const rarity = 1 / Math.log(2 + joined.starts[one + 1]! - joined.starts[one]!)
      length += rarity
      for (const project of rowOf(joined, one)) {
        if (!this.pairs(project)) continue
        if (this.projectOverlap[project] === 0) found.push(project)
        this.projectOverlap[project]! += rarity
        this.projectCount[project]! += 1
      }
    }
    for (const project of found) {
      const size = members.starts[project + 1]! - members.starts[project]!
      const overlap = this.projectOverlap[project]! / length
      const likeness = (overlap * this.projectCount[project]!) / Math.sqrt(size * given.length)
      const weight = likeness * statistics.freshness[project]!
      const alike = this.projectCount[project]! / (size + given.length - this.projectCount[project]!)
      for (let at = members.starts[project]!; at < members.starts[project + 1]!; at += 1) {
        const other = members.items[at]!
        this.touch(other)
        this.columns.likeConsortium[other]! += weight
        if (this.projectCount[project]! > 1 && alike > this.columns.bestConsortium[other]!)
          this.columns.bestConsortium[other] = alike
      }
      this.projectOverlap[project] = 0
      this.projectCount[project] = 0
    }
  }

  /** Random walks from those given over fresh projects, by one, two and three projects. */
  private walk(given: readonly number[]): void {
    const from = new Map(given.map((one) => [one, 1 / given.length]))
    const { walkOne, walkTwo, walkThree } = this.columns
    const first = this.step(from, walkOne)
    const second = this.step(strongestOf(first, walkOne), walkTwo)
    this.step(strongestOf(second, walkTwo), walkThree)
  }

  private step(from: ReadonlyMap<number, number>, into: Float64Array): number[] {
    const { history, statistics } = this
    const { members, joined } = history
    const found: number[] = []
    for (const [one, mass] of from) {
      if (this.walkWeight[one] === 0) continue
      const scale = mass / this.walkWeight[one]!
      for (const project of rowOf(joined, one)) {
        if (!this.pairs(project)) continue
        if (this.projectMass[project] === 0) found.push(project)
        this.projectMass[project]! += scale * statistics.freshness[project]!
      }
    }
    const reached: number[] = []
    for (const project of found) {
      const size = members.starts[project + 1]! - members.starts[project]!
      const mass = this.projectMass[project]! / size
      this.projectMass[project] = 0
      for (let at = members.starts[project]!; at < members.starts[project + 1]!; at += 1) {
        const other = members.items[at]!
        if (into[other] === 0) {
          this.touch(other)
          reached.push(other)
        }
        into[other]! += mass
      }
    }
    return reached
  }
}

const SURPRISE_WEIGHT = 1
const SURPRISE_PRIOR = 0.5
const WALKERS_MAX = 100

function strongestOf(reached: readonly number[], mass: Float64Array): Map<number, number> {
  return new Map(strongest(reached, (one) => mass[one]!, WALKERS_MAX).map((one) => [one, mass[one]!]))
}
