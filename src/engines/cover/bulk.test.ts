import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solveBulk } from './bulk.ts'
import { BULK_TASKS_MAX, type BulkAnswer, type BulkProblem, CAPACITY_DEFAULT } from './bulk-model.ts'
import { type Candidate, hasTeam, type Problem } from './model.ts'
import { solveBulkInWorker } from './run.ts'
import { aCandidate, aRequirement, bestByTrying, everyTeam, keepsAll, smallProblems, worthOf } from './testing.ts'

const team = (answer: BulkAnswer, id: string) => {
  const found = answer.teams.find((one) => one.id === id)?.together
  return found && hasTeam(found) ? found.chosen.map((member) => member.id) : null
}
const seats = (answer: BulkAnswer, id: string) => answer.seats.find((one) => one.id === id)

/** A task that wants one thing, in which the star is best. */
const aTask = (id: string, weight: number, others: Candidate[] = []) => ({
  id,
  problem: {
    requirements: [aRequirement('a', { weight })],
    candidates: [aCandidate('star', { a: 3 }), ...others],
    conditions: {},
  },
})

describe('Teams out of one pool', () => {
  it('leave the one whom all ask for to those who lose most without', async () => {
    const answer = await solveBulk({
      tasks: [aTask('first', 2, [aCandidate('spare', { a: 2 })]), aTask('second', 2)],
      capacity: 1,
    })
    expect([team(answer, 'first'), team(answer, 'second')]).toEqual([['spare'], ['star']])
    expect(answer.gap).toBe(0)
    expect(answer.aloneTotal - answer.total).toBe(answer.teams[0]!.givesUp)
    expect(answer.teams.map(({ givesUp }) => givesUp)).toEqual([50, 0])
    expect(answer.inTurnTotal).toBeLessThan(answer.total)
    expect(answer.teams[0]!.full).toEqual(['star'])
  })

  it('tell what one more seat of the one who is asked too often is worth', async () => {
    const answer = await solveBulk({ tasks: [aTask('first', 2), aTask('second', 2)], capacity: 1 })
    expect(seats(answer, 'star')).toMatchObject({ capacity: 1, askedBy: ['first', 'second'], takenBy: ['first'] })
    expect(seats(answer, 'star')!.price).toBeGreaterThan(1_500)
    expect(answer.gap).toBe(0)
    expect(answer.teams[1]!.givesUp).toBe(1_750)
  })

  it('keep the seats of those who are pinned, and give no other', async () => {
    const pinning = aTask('own', 1)
    const answer = await solveBulk({
      tasks: [aTask('other', 5), { ...pinning, problem: { ...pinning.problem, conditions: { pinned: ['star'] } } }],
      capacity: 1,
    })
    expect([team(answer, 'own'), team(answer, 'other')]).toEqual([['star'], null])
    expect(seats(answer, 'star')).toMatchObject({ pinned: 1, takenBy: ['own'] })
  })

  it('are the best alone where there is room for all', async () => {
    const tasks = [aTask('first', 2), aTask('second', 2), aTask('third', 3)]
    const answer = await solveBulk({ tasks })
    expect(answer).toMatchObject({ total: answer.aloneTotal, bound: answer.aloneTotal, gap: 0, stopped: null })
    expect(seats(answer, 'star')).toMatchObject({ capacity: CAPACITY_DEFAULT, price: 0 })
  })

  it('say why a task has none: alone, or because of the others', async () => {
    const critical = (id: string) => ({
      id,
      problem: {
        requirements: [aRequirement('a', { critical: true })],
        candidates: [aCandidate('star', { a: 3 })],
        conditions: {},
      } satisfies Problem,
    })
    const hopeless = {
      id: 'hopeless',
      problem: { ...critical('x').problem, candidates: [aCandidate('weak', { a: 1 })] },
    }
    const answer = await solveBulk({ tasks: [critical('first'), critical('second'), hopeless], capacity: 1 })
    expect(answer.teams.map(({ together }) => together?.status ?? null)).toEqual(['optimal', 'infeasible', null])
    expect(answer.teams[1]!.together).toMatchObject({ conflict: { conditions: expect.arrayContaining(['critical']) } })
    expect(answer.teams[2]!.alone.status).toBe('infeasible')
  })

  it('heed the capacity of each', async () => {
    const tasks = [aTask('first', 2), aTask('second', 2)]
    const answer = await solveBulk({ tasks, capacity: 2, capacities: { star: 0 } })
    expect(answer.teams.map(({ id }) => team(answer, id))).toEqual([null, null])
  })

  it('are kept as found when the search is cancelled', async () => {
    const tasks = [aTask('first', 2), aTask('second', 2)]
    const early = await solveBulk({ tasks, capacity: 1 }, { isCancelled: () => true })
    expect(early).toMatchObject({ stopped: 'cancelled', total: 0 })
    const told: string[] = []
    const late = await solveBulk(
      { tasks, capacity: 1 },
      { onProgress: ({ phase }) => void told.push(phase), isCancelled: () => told.includes('turns') },
    )
    expect(late.stopped).toBe('cancelled')
    expect(team(late, 'first')).toEqual(['star'])
  })

  it('are the same out of a worker, which tells how far it is', async () => {
    const problem = { tasks: [aTask('first', 2), aTask('second', 2)], capacity: 1 }
    const phases = new Set<string>()
    const answer = await solveBulkInWorker(problem, { onBulkProgress: ({ phase }) => void phases.add(phase) })
    const { seconds: _, teams, ...figures } = await solveBulk(problem)
    expect(answer).toMatchObject(figures)
    expect(answer.teams.map(({ id }) => team(answer, id))).toEqual([['star'], null])
    expect([...phases]).toEqual(expect.arrayContaining(['alone', 'turns']))
    expect(teams).toHaveLength(2)
  })

  it.each([
    ['too many tasks', Array.from({ length: BULK_TASKS_MAX + 1 }, (_, at) => aTask(`t${at}`, 1)), 'too_many'],
    ['two tasks of one id', [aTask('one', 1), aTask('one', 1)], 'invalid'],
  ])('are refused for %s', async (_, tasks, code) => {
    await expect(solveBulk({ tasks })).rejects.toMatchObject({ code })
  })
})

const pools: fc.Arbitrary<BulkProblem> = fc.record({
  tasks: fc
    .array(smallProblems, { minLength: 2, maxLength: 3 })
    .map((problems) => problems.map((problem, at) => ({ id: `t${at}`, problem: firstFive(problem) }))),
  capacity: fc.integer({ min: 0, max: 2 }),
})

/** Few enough that every choice of teams can be tried. */
function firstFive(problem: Problem): Problem {
  const candidates = problem.candidates.slice(0, 5)
  const known = new Set(candidates.map(({ id }) => id))
  const both = ({ a, b }: { a: string; b: string }) => known.has(a) && known.has(b)
  const { pinned = [], sponsors = [], banned = [], trust = [], conflicts = [], ...rest } = problem.conditions
  const { rules: _, ...conditions } = rest
  return {
    ...problem,
    candidates,
    conditions: {
      ...conditions,
      pinned: pinned.filter((id) => known.has(id)),
      sponsors: sponsors.filter((id) => known.has(id)),
      banned: banned.filter((id) => known.has(id)),
      trust: trust.filter(both),
      conflicts: conflicts.filter(both),
    },
  }
}

const pinnedOf = ({ candidates, conditions }: Problem) => candidates.filter(({ id }) => conditions.pinned?.includes(id))

/** The best total, by trying every choice of a team a task. */
function bestTogether({ tasks, capacity = CAPACITY_DEFAULT }: BulkProblem): number {
  const served = tasks.filter(({ problem }) => bestByTrying(problem) !== null)
  const pinnedIn = (id: string) => served.filter(({ problem }) => problem.conditions.pinned?.includes(id)).length
  const choices = served.map(({ problem }) => [
    { worth: Math.min(0, bestByTrying(problem)!, worthOf(problem, pinnedOf(problem))), asks: [] as string[] },
    ...everyTeam(problem)
      .filter((members) => keepsAll(problem, members))
      .map((members) => ({
        worth: worthOf(problem, members),
        asks: members.map(({ id }) => id).filter((id) => !problem.conditions.pinned?.includes(id)),
      })),
  ])
  const best = (at: number, used: ReadonlyMap<string, number>): number => {
    if (at === choices.length) return 0
    let most = -Infinity
    for (const { worth, asks } of choices[at]!) {
      if (asks.some((id) => (used.get(id) ?? 0) + 1 > capacity - pinnedIn(id))) continue
      const now = new Map(used)
      for (const id of asks) now.set(id, (now.get(id) ?? 0) + 1)
      most = Math.max(most, worth + best(at + 1, now))
    }
    return most
  }
  return best(0, new Map())
}

describe('Any teams out of one pool', () => {
  it('keep capacities and conditions, never exceed the bound, and are the best where the gap is nought', async () => {
    let proven = 0
    await fc.assert(
      fc.asyncProperty(pools, async (problem) => {
        const answer = await solveBulk(problem)
        const best = bestTogether(problem)
        expect(answer.total).toBeLessThanOrEqual(best)
        expect(answer.bound).toBeGreaterThanOrEqual(best)
        if (answer.gap === 0) {
          proven++
          expect(answer.total).toBe(best)
        }
        for (const { takenBy, capacity, pinned } of answer.seats)
          expect(takenBy.length).toBeLessThanOrEqual(Math.max(capacity, pinned))
        for (const { id, givesUp, together } of answer.teams) {
          const { problem: own } = problem.tasks.find((task) => task.id === id)!
          if (givesUp !== null) expect(givesUp).toBeGreaterThanOrEqual(0)
          if (!together || !hasTeam(together)) continue
          const members = together.chosen.map((member) => own.candidates.find((one) => one.id === member.id)!)
          expect(keepsAll(own, members)).toBe(true)
          expect(worthOf(own, members)).toBe(together.objective)
        }
      }),
      { numRuns: 60, seed: 7 },
    )
    expect(proven).toBeGreaterThan(45)
  })

  it('are the same for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (problem) => {
        const [one, other] = [await solveBulk(problem, { seed: 3 }), await solveBulk(problem, { seed: 3 })]
        const told = ({ seconds: _, teams, ...rest }: BulkAnswer) => ({
          ...rest,
          teams: teams.map(({ id, givesUp, together }) => [
            id,
            givesUp,
            together && hasTeam(together) && together.chosen,
          ]),
        })
        expect(told(one)).toEqual(told(other))
      }),
      { numRuns: 10, seed: 11 },
    )
  })
})
