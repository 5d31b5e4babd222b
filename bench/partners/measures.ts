import { seededRandom } from '#kit/random.ts'

/** Share of the hidden that stand in the first k, and the inverse of the first one's rank. */
export interface Found {
  readonly recall: Readonly<Record<number, number>>
  readonly inverseRank: number
}

export const RANKS = [10, 20, 50] as const

export function foundIn(ranked: readonly string[], hidden: readonly string[]): Found {
  const ranks = hidden.map((one) => ranked.indexOf(one)).filter((rank) => rank >= 0)
  const recall = Object.fromEntries(
    RANKS.map((k) => [k, ranks.filter((rank) => rank < k).length / Math.max(1, hidden.length)]),
  )
  return { recall, inverseRank: ranks.length > 0 ? 1 / (1 + Math.min(...ranks)) : 0 }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

export function rowOf(name: string, found: readonly Found[]): string {
  const cells = RANKS.map((k) => meanOf(found.map(({ recall }) => recall[k]!)))
  return `| ${name} | ${[...cells, meanOf(found.map(({ inverseRank }) => inverseRank))].map((value) => value.toFixed(4)).join(' | ')} |`
}

const RESAMPLES = 2_000

/** The mean and its 95 % interval by bootstrap over the values. */
export function interval(values: readonly number[], seed = 1): string {
  const random = seededRandom(seed)
  const means = Array.from({ length: RESAMPLES }, () =>
    meanOf(values.map(() => values[Math.floor(random() * values.length)]!)),
  ).sort((a, b) => a - b)
  const [low, high] = [means[Math.floor(RESAMPLES * 0.025)]!, means[Math.floor(RESAMPLES * 0.975)]!]
  return `${meanOf(values).toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`
}

/** Chance that one score is above another drawn from the rest; a tie counts half. */
export function areaUnderCurve(own: number, others: readonly number[]): number {
  return meanOf(others.map((other) => (own > other ? 1 : own === other ? 0.5 : 0)))
}
