import { expect } from 'vitest'
import type { Proposal } from '#stages/compose/model.ts'
import { askAs, type Visitor } from './pages.ts'

/** An open need of the demo zone: a solid-state transformer. */
export const DEMO_NEED = '0239eaad-3574-5ade-9522-9b9d1cfa482b'

/** Composes for a need as the visitor who is signed in, whatever was proposed before, and waits where that takes work. */
export async function propose(visitor: Visitor, options: object, need = DEMO_NEED): Promise<Proposal> {
  const { proposalId, workId } = await askAs(visitor, 'POST', `/needs/${need}/proposals`, { options })
  let id = proposalId
  const isMade = async () => {
    id ??= (await askAs(visitor, 'GET', `/work/${workId}`)).output?.proposalId
    return typeof id
  }
  await expect.poll(isMade).toBe('string')
  return askAs(visitor, 'GET', `/proposals/${id}`)
}
