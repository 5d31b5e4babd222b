import { Fault } from '#kit/fault.ts'
import { prepareCase } from './check.ts'
import { openHighs } from './highs.ts'
import { hasTeam, type KnownTeam, type Problem, type SolveOptions, type TeamAnswer } from './model.ts'
import { refuseIfCancelled, solveCase, withDefaults } from './solve.ts'

export const ALTERNATIVES_MAX = 5
const COUNT_DEFAULT = 3
const APART_MIN_DEFAULT = 2
const WORSE_SHARE_MAX_DEFAULT = 0.1

export interface AlternativesOptions extends SolveOptions {
  /** How many at most; default 3. */
  count?: number
  /** How many members of each earlier team an alternative does without, at least; default 2. */
  apartMin?: number
  /** How much less an alternative may be worth, as a share of the answer's objective; default 0.1. */
  worseShareMax?: number
}

export interface Alternative {
  answer: TeamAnswer
  /** Beside the answer: who comes, who goes, and the price in points. */
  joining: string[]
  leaving: string[]
  worseBy: number
}

/**
 * The next best teams that differ: each is the best of those that do without at least `apartMin` members of the answer
 * and of each alternative before it. Fewer than asked for where there are no more, or none that is good enough.
 *
 * @throws Fault `invalid` when an option is out of range, `cancelled` when `isCancelled` said so.
 */
export async function findAlternatives(
  problem: Problem,
  answer: KnownTeam,
  options: AlternativesOptions = {},
): Promise<Alternative[]> {
  const { count = COUNT_DEFAULT, apartMin = APART_MIN_DEFAULT, worseShareMax = WORSE_SHARE_MAX_DEFAULT } = options
  const prepared = prepareCase(problem)
  checkRange('count', count, 1, ALTERNATIVES_MAX)
  checkRange('apartMin', apartMin, 1, prepared.membersMax)
  checkRange('worseShareMax', worseShareMax, 0, 1)
  const highs = await openHighs()
  const floor = answer.objective - worseShareMax * Math.abs(answer.objective)
  const teams: KnownTeam[] = [answer]
  const alternatives: Alternative[] = []
  while (alternatives.length < count) {
    const apartFrom = teams.map(({ chosen }) => ({
      team: chosen.map(({ id }) => prepared.positionOf.get(id)!),
      sharedMax: chosen.length - apartMin,
    }))
    if (apartFrom.some(({ sharedMax }) => sharedMax < 0)) break
    const next = solveCase(highs, prepared, { ...withDefaults(options), apartFrom })
    refuseIfCancelled(options)
    if (!hasTeam(next) || next.objective < floor) break
    alternatives.push({ answer: next, ...compareAnswers(answer, next) })
    teams.push(next)
  }
  return alternatives
}

function compareAnswers(answer: KnownTeam, next: TeamAnswer): Omit<Alternative, 'answer'> {
  const before = new Set(answer.chosen.map(({ id }) => id))
  const after = new Set(next.chosen.map(({ id }) => id))
  return {
    joining: [...after].filter((id) => !before.has(id)),
    leaving: [...before].filter((id) => !after.has(id)),
    worseBy: answer.objective - next.objective,
  }
}

function checkRange(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most))
    throw new Fault('invalid', `${name} is between ${least} and ${most}.`, {
      rule: `cover.alternatives.${name}`,
      limit: `${least}-${most}`,
    })
}
