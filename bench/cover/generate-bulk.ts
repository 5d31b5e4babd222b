import type { BulkProblem } from '#engines/cover/bulk-model.ts'
import type { Candidate, Level } from '#engines/cover/model.ts'
import { seededRandom } from '#kit/random.ts'
import { generateProblem } from './generate.ts'

export interface BulkShape {
  tasks: number
  candidates: number
  requirements: number
  density: number
  capacity: number
  seed: number
}

/** Seeds of a pool's tasks lie so far apart. */
const SEEDS_APART = 1_000

/**
 * Many tasks over one pool. The pool's kinds, regions, costs, trust and conflicts are those of one generated problem;
 * each task draws its requirements and levels anew, and pins whom it drew. Some organisations are asked for by many:
 * the share of cells above 0 is the density times 0.3 + 2.5 u³, with u drawn once for each organisation.
 */
export function generateBulk({ tasks, candidates, requirements, density, capacity, seed }: BulkShape): BulkProblem {
  const pool = generateProblem({ candidates, requirements, density, seed })
  const random = seededRandom(seed)
  const sought = pool.candidates.map(() => 0.3 + 2.5 * random() ** 3)
  const drawLevel = (): Level => {
    const drawn = random()
    return drawn < 0.5 ? 1 : drawn < 0.8 ? 2 : 3
  }
  return {
    capacity,
    tasks: Array.from({ length: tasks }, (_, at) => {
      const own = generateProblem({ candidates, requirements, density, seed: seed * SEEDS_APART + at })
      const people: Candidate[] = pool.candidates.map((one, position) => ({
        ...one,
        load: 0,
        levels: Object.fromEntries(
          own.requirements.flatMap(({ id }) => (random() < density * sought[position]! ? [[id, drawLevel()]] : [])),
        ),
      }))
      const { trust = [], conflicts = [] } = pool.conditions
      const conditions = { ...own.conditions, trust, conflicts, regions: { distinctMin: 2 } }
      return {
        id: `t${String(at).padStart(3, '0')}`,
        problem: { requirements: own.requirements, candidates: people, conditions },
      }
    }),
  }
}
