import type { Answer, TeamAnswer } from '#engines/cover/model.ts'
import { hasTeam } from '#engines/cover/model.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { allText, type Texts } from '../texts.ts'
import type { ComposeOptions } from './model.ts'
import type { LikelyRated } from './partners-likely.ts'
import { rateLikely } from './partners-service.ts'
import type { Framed, Inputs } from './problem.ts'
import { weightsFor } from './rules.ts'
import type { Likelihood } from './team-model.ts'

/** What past work says of the candidates, where the weights ask for it. Throws as `rateLikely` does */
export async function likelyAmong(
  world: World,
  caller: Caller,
  { cover, others }: Pick<Inputs, 'cover' | 'others'>,
  options: ComposeOptions,
): Promise<LikelyRated> {
  if (weightsFor(options).likelihood === 0) return null
  const { need, organisations } = cover
  const given = [...new Set([...(options.sponsorsIn ? need.sponsors : []), ...options.pins])]
  const among = [...organisations, ...others].map(({ id }) => id)
  if (need.revision > 0) return rateLikely(world, caller, { needId: need.id, given, among })
  const texts: Texts[] = [need.titles, ...need.capabilities.map(({ names }) => names)]
  return rateLikely(world, caller, { text: texts.map(allText).join('\n'), given, among })
}

/** How the team stands by past work and in what it covers, beside the balanced one. */
export function describeLikelihood(
  framed: Framed,
  options: ComposeOptions,
  { team, beside }: { team: TeamAnswer | null; beside: Answer | null },
): Likelihood | null {
  const { likely, problem } = framed
  if (weightsFor(options).likelihood === 0) return null
  if (!likely) return { known: false }
  const { school, before, projects, of } = likely
  const wanted = problem.requirements.length
  const weigh = ({ chosen, gaps }: TeamAnswer) => ({
    covered: wanted - gaps.length,
    members: chosen.length,
    middle: middleOf(chosen.flatMap(({ id }) => likely.ones.get(id)?.place ?? [])),
  })
  const none = { covered: 0, members: 0, middle: null }
  return {
    ...{ known: true, school, before, projects, of, wanted },
    ...(team ? weigh(team) : none),
    balanced: beside && hasTeam(beside) && beside.status !== 'cancelled' ? weigh(beside) : null,
  }
}

/** The lower one of two in the middle. */
function middleOf(places: readonly number[]): number | null {
  const sorted = [...places].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? null
}
