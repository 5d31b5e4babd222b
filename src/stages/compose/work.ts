import { readAs } from '#db/caller.ts'
import type { Work } from '#db/jobs.ts'
import { callerIn } from '#http/caller.ts'
import { assert } from '#kit/assert.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { composeNeed } from './compose-service.ts'
import { ComposeInput } from './model.ts'
import { makeStudy } from './study-service.ts'

/** Composes what was ordered as work; its output names the proposal. */
export const runCompose = (world: World) => async (work: Work) => {
  assert(work.subjectId !== null, 'Composing is ordered for a need.')
  const { options } = ComposeInput.parse(work.input)
  const { signal, progress } = work
  progress('compose.matching', 0, 100)
  const order = { needId: work.subjectId, options }
  return { proposalId: await composeNeed(world, await orderedBy(world, work), order, { signal, progress }) }
}

/** Studies a proposal that was ordered as work. */
export const runStudy = (world: World) => async (work: Work) => {
  assert(work.subjectId !== null, 'A study is ordered for a proposal.')
  const { signal, progress, subjectId } = work
  await makeStudy(world, await orderedBy(world, work), { proposalId: subjectId }, { signal, progress })
  return { proposalId: subjectId }
}

/** Who ordered the work, with the rights of today. */
export async function orderedBy(world: World, { zoneId, accountId }: Work): Promise<Caller> {
  const system = systemCaller(zoneId)
  if (accountId === null) return system
  const { slug } = await readAs(world.database, system, (tx) =>
    tx.selectFrom('zone').select('slug').where('id', '=', zoneId).executeTakeFirstOrThrow(),
  )
  return callerIn(world.database, slug, accountId)
}
