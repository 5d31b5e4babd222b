/** Costs of a set cover in a unit of their own, so that bounds and gaps mean the same whatever the costs are counted in. */
export interface MeasuredCosts {
  costs: number[]
  /** What so many of the unit are in the costs as they were given. */
  told: (amount: number) => number
}

const DECIMALS_MAX = 9
/** Beyond so many units a sum in floating point can't tell one from the next. */
const UNITS_MAX = 1_000_000_000
/** Of the greatest cost where no unit fits all: a power of two, so that nothing is rounded. */
const SIZE_EXPONENT = 20

/** Costs in the greatest decimal unit of which each is a whole multiple; where there is none, of a size that is known. */
export function measureCosts(costs: readonly number[]): MeasuredCosts {
  return inWholes(costs) ?? inPowersOfTwo(costs)
}

function inWholes(costs: readonly number[]): MeasuredCosts | null {
  let decimals = 0
  for (const cost of costs) {
    while (decimals <= DECIMALS_MAX && Number(cost.toFixed(decimals)) !== cost) decimals++
    if (decimals > DECIMALS_MAX) return null
  }
  const parts = 10 ** decimals
  const counts = costs.map((cost) => Math.round(cost * parts))
  const divisor = counts.reduce(divisorOf, 0) || 1
  if (!counts.every((count) => Number.isSafeInteger(count) && count / divisor <= UNITS_MAX)) return null
  return { costs: counts.map((count) => count / divisor), told: (amount) => (amount * divisor) / parts }
}

/** The greatest common divisor of two whole numbers. */
function divisorOf(one: number, other: number): number {
  return other === 0 ? one : divisorOf(other, one % other)
}

function inPowersOfTwo(costs: readonly number[]): MeasuredCosts {
  const most = costs.reduce((greatest, cost) => Math.max(greatest, cost), 0)
  const unit = Math.max(Number.MIN_VALUE, 2 ** (Math.floor(Math.log2(most)) - SIZE_EXPONENT))
  return { costs: costs.map((cost) => cost / unit), told: (amount) => amount * unit }
}
