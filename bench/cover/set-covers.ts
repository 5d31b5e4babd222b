import type { SetCoverProblem } from '#engines/cover/set-cover.ts'
import { seededRandom } from '#kit/random.ts'

/** Instances in the manner of the OR-Library's groups of set covering problems. */

export interface Group {
  name: string
  rows: number
  columns: number
  density: number
  /** Costs are whole, evenly from 1 to this. */
  costMax: number
}

/** Beasley (1987 and 1990): groups 4 to 6, a to e, nre to nrh. */
export const GROUPS: readonly Group[] = [
  { name: '4', rows: 200, columns: 1_000, density: 0.02, costMax: 100 },
  { name: '5', rows: 200, columns: 2_000, density: 0.02, costMax: 100 },
  { name: '6', rows: 200, columns: 1_000, density: 0.05, costMax: 100 },
  { name: 'a', rows: 300, columns: 3_000, density: 0.02, costMax: 100 },
  { name: 'b', rows: 300, columns: 3_000, density: 0.05, costMax: 100 },
  { name: 'c', rows: 400, columns: 4_000, density: 0.02, costMax: 100 },
  { name: 'd', rows: 400, columns: 4_000, density: 0.05, costMax: 100 },
  { name: 'e', rows: 50, columns: 500, density: 0.2, costMax: 1 },
  { name: 'nre', rows: 500, columns: 5_000, density: 0.1, costMax: 100 },
  { name: 'nrf', rows: 500, columns: 5_000, density: 0.2, costMax: 100 },
  { name: 'nrg', rows: 1_000, columns: 10_000, density: 0.02, costMax: 100 },
  { name: 'nrh', rows: 1_000, columns: 10_000, density: 0.05, costMax: 100 },
]

/** Every column covers a row at least, and every row stands in two columns at least. */
export function drawSetCover({ rows, columns, density, costMax }: Group, seed: number): SetCoverProblem {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const covers = Array.from({ length: columns }, () => {
    const own = new Set<number>()
    for (let row = 0; row < rows; row++) if (random() < density) own.add(row)
    if (own.size === 0) own.add(below(rows))
    return own
  })
  const times = new Array<number>(rows).fill(0)
  for (const own of covers) for (const row of own) times[row]!++
  times.forEach((_, row) => {
    while (times[row]! < 2) {
      const own = covers[below(columns)]!
      if (own.has(row)) continue
      own.add(row)
      times[row]!++
    }
  })
  return { rows, columns: covers.map((own) => ({ cost: 1 + below(costMax), covers: [...own].sort((a, b) => a - b) })) }
}

/** The fewest edges of a cube of so many dimensions that meet each of its squares: the library's cyc. */
export function cubeSquares(dimensions: number): SetCoverProblem {
  const edges = new Map<string, number>()
  const corners = 2 ** dimensions
  for (let corner = 0; corner < corners; corner++)
    for (let along = 0; along < dimensions; along++)
      if (!(corner & (1 << along))) edges.set(`${corner} ${along}`, edges.size)
  const covers = Array.from(edges, (): number[] => [])
  let rows = 0
  for (let corner = 0; corner < corners; corner++)
    for (let one = 0; one < dimensions; one++)
      for (let other = one + 1; other < dimensions; other++) {
        if (corner & ((1 << one) | (1 << other))) continue
        for (const [from, along] of [
          [corner, one],
          [corner, other],
          [corner | (1 << other), one],
          [corner | (1 << one), other],
        ])
          covers[edges.get(`${from} ${along}`)!]!.push(rows)
        rows++
      }
  return { rows, columns: covers.map((own) => ({ cost: 1, covers: own })) }
}

/** The fewest fours out of so many points of which every parting of the points in two leaves one whole: the library's clr. */
export function partedFours(points: number): SetCoverProblem {
  const rows = 2 ** (points - 1) - 1
  const columns: { cost: number; covers: number[] }[] = []
  for (let four = 0; four < 2 ** points; four++) {
    if (bitsOf(four) !== 4) continue
    const covers: number[] = []
    // The last point is always on the other side.
    for (let side = 1; side <= rows; side++) if ((four & side) === 0 || (four & side) === four) covers.push(side - 1)
    columns.push({ cost: 1, covers })
  }
  return { rows, columns }
}

function bitsOf(value: number): number {
  let count = 0
  for (let left = value; left; left &= left - 1) count++
  return count
}
