import type { Answer, TeamAnswer } from '#engines/cover/model.ts'
import { hasTeam } from '#engines/cover/model.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { allText, type Texts } from '../texts.ts'
import type { ComposeOptions } from './model.ts'
import type { LikelyRated } from './partners-likely.ts'
import { rateLikely } from './partners-service.ts'
import type { Framed, Inputs } from './problem.ts'
import { weightsFor } from './rules.ts'
import type { Likelihood } from './team-model.ts'

/**
 * What past work says of the candidates, where the weights ask for it. Throws as `rateLikely` does, and Fault `cancelled`
 * where the signal comes first: a zone's past is learned from once, which may take longer than somebody waits.
 */
export async function likelyAmong(
  world: World,
  caller: Caller,
  { cover, others }: Pick<Inputs, 'cover' | 'others'>,
  options: ComposeOptions,
  signal?: AbortSignal,
): Promise<LikelyRated> {
  if (weightsFor(options).likelihood === 0) return null
  const { need, organisations } = cover
  const given = [...new Set([...(options.sponsorsIn ? need.sponsors : []), ...options.pins])]
  const among = [...organisations, ...others].map(({ id }) => id)
  const texts: Texts[] = [need.titles, ...need.capabilities.map(({ names }) => names)]
  const asked = need.revision > 0 ? { needId: need.id } : { text: texts.map(allText).join('\n') }
  return unlessStopped(rateLikely(world, caller, { ...asked, given, among }), signal)
}

async function unlessStopped<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return answer
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = () => reject(new Fault('cancelled', 'The search was cancelled.', { rule: 'compose.cancelled' }))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await Promise.race([answer, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
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
