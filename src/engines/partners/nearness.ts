import type { Embedding } from './embedding.ts'
import type { History } from './history.ts'
import { rowOf } from './rows.ts'
import type { Statistics } from './statistics.ts'

/** How near a consortium lies to earlier projects, and what that says of their members. */
export class Nearness {
  readonly best: Float64Array
  readonly sum: Float64Array
  readonly direct: Float64Array
  readonly touched: number[] = []
  private readonly history: History
  private readonly statistics: Statistics
  private readonly embedding: Embedding
  /** Projects of at least two, which alone have a place. */
  private readonly placed: Uint32Array

  constructor(history: History, statistics: Statistics, embedding: Embedding) {
    const size = history.organisations.size
    this.best = new Float64Array(size)
    this.sum = new Float64Array(size)
    this.direct = new Float64Array(size)
    this.history = history
    this.statistics = statistics
    this.embedding = embedding
    this.placed = Uint32Array.from(history.projects.keys()).filter(
      (project) => history.members.starts[project + 1]! - history.members.starts[project]! > 1,
    )
  }

  fill(given: readonly number[], part: number): void {
    const { history, statistics, best, sum, direct } = this
    const { width, organisations, projects, parts } = this.embedding
    for (const one of this.touched) {
      best[one] = 0
      sum[one] = 0
      direct[one] = 0
    }
    this.touched.length = 0
    const middle = new Float32Array(width)
    for (const one of given) for (let i = 0; i < width; i += 1) middle[i]! += organisations[one * width + i]!
    if (part >= 0) for (let i = 0; i < width; i += 1) middle[i]! += parts[part * width + i]!
    let square = 0
    for (const value of middle) square += value ** 2
    if (square === 0) return
    for (let i = 0; i < width; i += 1) middle[i]! /= Math.sqrt(square)
    for (const project of this.placed) {
      const from = project * width
      let near = 0
      for (let i = 0; i < width; i += 1) near += middle[i]! * projects[from + i]!
      if (near < NEAR_MIN) continue
      const weight = near ** NEAR_POWER * statistics.freshness[project]!
      for (const one of rowOf(history.members, project)) {
        if (best[one] === 0) this.touched.push(one)
        best[one] = Math.max(best[one]!, near)
        sum[one]! += weight
      }
    }
    for (const one of this.touched) {
      let product = 0
      for (let i = 0; i < width; i += 1) product += middle[i]! * organisations[one * width + i]!
      direct[one] = product
    }
  }
}

const NEAR_MIN = 0.3
const NEAR_POWER = 6
