import { expect } from 'vitest'
import type { Proposal } from '#stages/compose/model.ts'
import { DEMO_ZONE, type Visitor } from '../../../testing/pages.ts'

/** An open need of the demo zone: a solid-state transformer. */
export const NEED = '0239eaad-3574-5ade-9522-9b9d1cfa482b'
const PATIENTLY = { timeout: 120_000 }

/** Asks the server as the visitor who is signed in. */
export async function ask(visitor: Visitor, method: string, path: string, data?: object) {
  const answer = await visitor.context.request.fetch(`/api/zones/${DEMO_ZONE}${path}`, {
    method,
    headers: { origin: process.env.TEST_SERVER_URL ?? '' },
    ...(data ? { data } : {}),
  })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
  return answer.json()
}

/** Composes for the need, and waits where that takes work. */
export async function propose(visitor: Visitor, options: object): Promise<Proposal> {
  const { proposalId, workId } = await ask(visitor, 'POST', `/needs/${NEED}/proposals`, { options })
  let id = proposalId
  const isMade = async () => {
    id ??= (await ask(visitor, 'GET', `/work/${workId}`)).output?.proposalId
    return typeof id
  }
  await expect.poll(isMade, PATIENTLY).toBe('string')
  return ask(visitor, 'GET', `/proposals/${id}`)
}
