import type { Texts } from '../texts.ts'
import { AS_SCORED } from './arrange.ts'
import { type Board, type Exposure as Counted, exposureOf, type Priced, priceRounds, withinBound } from './exposure.ts'
import type { Exposure, MatchSettings } from './fairness-model.ts'

const TOLD_MAX = 10
const NEVER_TOLD_MAX = 50
const CURVE_POINTS_MAX = 60
const BOUNDS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] as const

export interface Known {
  id: string
  name: string
  names: Texts
}

/** The report without its date, and the prices that the boards are to use. */
export function measure(
  boards: readonly Board[],
  settings: Pick<MatchSettings, 'order' | 'newcomerSeats' | 'exposureBound'>,
  organisations: readonly Known[],
): { answer: Omit<Exposure, 'at' | 'stale'>; prices: Priced['prices']; turns: Priced['turns'] } {
  const plain = exposureOf(boards, { ...AS_SCORED, order: settings.order })
  const rounds = [...priceRounds(boards, settings)]
  const bound = settings.exposureBound
  const { round, reached } = bound === null ? { round: rounds[0]!, reached: true } : withinBound(rounds, bound)
  const known = new Map(organisations.map((organisation) => [organisation.id, organisation]))
  const told = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const one = known.get(id)
      return one ? [{ id, name: one.name, names: one.names, shown: round.counts.get(id) ?? 0 }] : []
    })
  const sorted = [...round.counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([id]) => id)
  const never = sorted.filter((id) => round.counts.get(id) === 0)
  return {
    answer: {
      needs: boards.length,
      organisations: organisations.length,
      eligible: round.counts.size,
      plain: outcomeOf(plain),
      applied: { ...outcomeOf(round), bound, reached },
      curve: curveOf(plain, round),
      most: told(sorted.slice(0, TOLD_MAX)).filter(({ shown }) => shown > 0),
      never: told(never.slice(0, NEVER_TOLD_MAX)),
      neverCount: never.length,
      bounds: BOUNDS.map((one) => {
        const found = withinBound(rounds, one)
        return { bound: one, reached: found.reached, ...outcomeOf(found.round) }
      }),
    },
    prices: round.prices,
    turns: round.turns,
  }
}

const outcomeOf = ({ gini, merit, score, counts }: Counted) => ({
  gini,
  merit,
  score,
  shown: [...counts.values()].filter((count) => count > 0).length,
})

/** The Lorenz curve: of the least shown share of organisations, which share of all places they have. */
function curveOf(plain: Counted, applied: Counted): Exposure['curve'] {
  const total = plain.counts.size
  const points = Math.min(total, CURVE_POINTS_MAX)
  const cumulative = (counts: Counted['counts']) => {
    const sorted = [...counts.values()].sort((a, b) => a - b)
    const sum = sorted.reduce((all, count) => all + count, 0)
    let running = 0
    return [0, ...sorted.map((count) => (running += count))].map((part) => (sum ? part / sum : 0))
  }
  const [before, after] = [cumulative(plain.counts), cumulative(applied.counts)]
  return Array.from({ length: points + 1 }, (_, at) => {
    const place = points ? Math.round((at * total) / points) : 0
    return { organisations: total ? place / total : 0, plain: before[place] ?? 0, applied: after[place] ?? 0 }
  })
}
