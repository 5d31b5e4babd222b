import { expect, test } from 'vitest'
import { hasTeam } from '#engines/cover/model.ts'
import { solveCover } from '#engines/cover/solve.ts'
import { generateProblem } from './generate.ts'
import { solvePlainly } from './measure.ts'

test.each([
  { candidates: 300, requirements: 8, density: 0.08, seed: 1 },
  { candidates: 300, requirements: 8, density: 0.2, seed: 2 },
  { candidates: 300, requirements: 8, density: 0.3, seed: 3 },
])('screening leaves out nobody who is needed: $candidates x $requirements, $density, seed $seed', async (shape) => {
  const problem = generateProblem(shape)
  const answer = await solveCover(problem)
  expect(answer.status).toBe('optimal')
  expect(hasTeam(answer) && answer.screened.to).toBeLessThan(shape.candidates)
  expect(hasTeam(answer) && answer.objective).toBe((await solvePlainly(problem, 60)).objective)
})

test('the same shape gives the same problem', () => {
  const shape = { candidates: 20, requirements: 3, density: 0.3, seed: 9 }
  expect(generateProblem(shape)).toEqual(generateProblem(shape))
  expect(generateProblem({ ...shape, seed: 10 })).not.toEqual(generateProblem(shape))
})
