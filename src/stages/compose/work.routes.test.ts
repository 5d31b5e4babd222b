import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#kit/ids.ts'
import { holdJobs } from '../../testing/held-jobs.ts'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { ORGANISATIONS_INLINE_MAX } from './compose-service.ts'

/** Organisations that cover nothing: the registry is large, the team the same. */
async function fillRegistry(world: ComposeWorld, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => newId(world.clock.now()))
  await world.within(async (tx) => {
    await sql`insert into organisation (id, home_zone_id) select id, ${world.zoneId} from unnest(${ids}::uuid[]) as id`.execute(
      tx,
    )
    await sql`
      insert into zone_organisation (zone_id, organisation_id, display_name, sort_key)
      select ${world.zoneId}, id, 'Filler', 'filler' from unnest(${ids}::uuid[]) as id`.execute(tx)
  })
}

/** Ends each thread as soon as it starts, as a solver that crashes would; others than the solver's are spared. */
async function withoutSolver<T>(run: () => Promise<T>): Promise<{ value: T; ended: number }> {
  let ended = 0
  const end = (worker: import('node:worker_threads').Worker) => {
    ended++
    void worker.terminate()
  }
  process.on('worker', end)
  try {
    return { value: await run(), ended }
  } finally {
    process.off('worker', end)
  }
}

describe('A large registry', PATIENT, () => {
  let world: ComposeWorld
  beforeAll(async () => {
    world = await openComposeWorld()
    await fillRegistry(world, ORGANISATIONS_INLINE_MAX)
  }, PATIENT.timeout)
  const order = (options: object = {}, asking: object = {}) =>
    world.ask('POST', `/needs/${world.need}/proposals`, { as: 'company', body: { options }, ...asking })

  it('is composed from as work, which names the proposal', async () => {
    const { status, body } = await order()
    expect([status, body.proposalId]).toEqual([200, null])
    await world.jobs.settled(world.zoneId, body.workId)
    const work = await world.ask('GET', `/work/${body.workId}`, { as: 'company' })
    expect(work.body).toMatchObject({ kind: 'compose', state: 'done' })
    const proposal = await world.ask('GET', `/proposals/${work.body.output.proposalId}`, { as: 'company' })
    expect(proposal.body).toMatchObject({ status: 'optimal', by: 'company', solved: { covered: 3 } })
    expect((await world.ask('GET', `/work/${body.workId}`, { as: 'company.other' })).status).toBe(404)
  })

  it('is composed from once for a double click', async () => {
    const clicks = [await order({ seed: 2 }, { key: 'twice' }), await order({ seed: 2 }, { key: 'twice' })]
    expect(clicks[0]?.body.workId).toBe(clicks[1]?.body.workId)
    await world.jobs.settled(world.zoneId, clicks[0]?.body.workId)
  })

  it('is left alone when the work is cancelled', async () => {
    const release = await holdJobs(world)
    const { body } = await order({ seed: 3 })
    await world.ask('POST', `/work/${body.workId}/cancel`, { as: 'company' })
    await release()
    const work = await world.ask('GET', `/work/${body.workId}`, { as: 'company' })
    expect(work.body.state).toBe('cancelled')
    expect(work.body.output).toBeNull()
  })

  it('refuses those who may not before it works', async () => {
    expect((await order({}, { as: 'company.other' })).status).toBe(403)
    const unknown = await order({ pins: ['00000000-0000-4000-8000-000000000001'] })
    await world.jobs.settled(world.zoneId, unknown.body.workId)
    const work = await world.ask('GET', `/work/${unknown.body.workId}`, { as: 'company' })
    expect(work.body).toMatchObject({ state: 'failed', fault: { code: 'invalid' } })
  })

  it('has its work end as failed when the solver ends', async () => {
    await world.propose({ seed: 4 })
    const { value: id } = await withoutSolver(async () => {
      const { body } = await order({ seed: 5 })
      await world.jobs.settled(world.zoneId, body.workId)
      return body.workId
    })
    const work = await world.ask('GET', `/work/${id}`, { as: 'company' })
    expect(work.body).toMatchObject({ state: 'failed', fault: { rule: 'compose.solver_ended' } })
    expect((await world.propose({ seed: 5 })).status).toBe('optimal')
  })
})

describe('A solver that ends', PATIENT, () => {
  it('is told as a refusal, and the server goes on', async () => {
    const world = await openComposeWorld()
    await world.propose()
    const { value: refused, ended } = await withoutSolver(() => world.compose({ seed: 2 }))
    expect(ended).toBeGreaterThan(0)
    expect(refused).toMatchObject({ status: 503, body: { code: 'not_ready', rule: 'compose.solver_ended' } })
    expect((await world.propose({ seed: 2 })).status).toBe('optimal')
  })
})
