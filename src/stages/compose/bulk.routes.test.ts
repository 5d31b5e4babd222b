import { beforeAll, describe, expect, it } from 'vitest'
import { json } from '#db/db.ts'
import { newId } from '#kit/ids.ts'
import { holdJobs } from '../../testing/held-jobs.ts'
import type { BulkNeed, BulkRun } from './bulk-model.ts'
import { runBulk } from './bulk-work.ts'
import { CAPABILITIES, type CapabilityName, type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'

interface BulkWorld extends ComposeWorld {
  /** Needs that ask for the same university, in the order in which they were opened. */
  rivals: [string, string, string]
  order(options?: object, asking?: object): ReturnType<ComposeWorld['ask']>
  /** Orders, waits, and reads what came of it. */
  settle(options?: object): Promise<BulkRun>
}

const wants = (capability: CapabilityName, weight: number) => ({
  name: CAPABILITIES[capability],
  weight,
  critical: false,
  levelWanted: 2 as const,
})

async function openBulkWorld(): Promise<BulkWorld> {
  const world = await openComposeWorld()
  const addRival = (title: string, weight: number) =>
    world.addNeed({ title, capabilities: [wants('electrolyte', weight), wants('pressing', 1)] })
  const rivals: BulkWorld['rivals'] = [await addRival('One', 2), await addRival('Two', 3), await addRival('Three', 4)]
  const order: BulkWorld['order'] = (options = {}, asking = {}) =>
    world.ask('POST', '/bulk-runs', { as: 'zone_officer', body: { options }, ...asking })
  const settle = async (options: object = {}) => {
    const ordered = await order(options)
    if (ordered.status !== 202) throw new Error(ordered.text)
    await world.jobs.settled(world.zoneId, ordered.body.workId)
    const run = await world.ask('GET', `/bulk-runs/${ordered.body.workId}`, { as: 'zone_officer' })
    if (run.status !== 200)
      throw new Error(JSON.stringify((await world.ask('GET', `/work/${ordered.body.workId}`)).body))
    return run.body as BulkRun
  }
  return { ...world, rivals, order, settle }
}

const rowOf = ({ needs }: BulkRun, id: string): BulkNeed => needs.find((need) => need.id === id)!
const isIn = ({ members }: BulkNeed, organisation: string) => members.some(({ id }) => id === organisation)

describe('Composing for many needs at once', PATIENT, () => {
  let world: BulkWorld
  let run: BulkRun
  beforeAll(async () => {
    world = await openBulkWorld()
    const silent = await world.addNeed({ title: 'Silent', capabilities: [wants('electrolyte', 5)] })
    await world.within((tx) =>
      tx.deleteFrom('need_capability').where('zone_id', '=', world.zoneId).where('need_id', '=', silent).execute(),
    )
    await world.addNeed({ title: 'Draft', state: 'draft', capabilities: [wants('electrolyte', 5)] })
    run = await world.settle({ capacity: 2, sponsorsIn: false })
  }, PATIENT.timeout)

  it('gives nobody more seats than allowed, and the seats to the needs that lose most without', () => {
    const { university } = world.who
    const seats = run.seats.find(({ id }) => id === university)
    expect(seats).toMatchObject({ capacity: 2, elsewhere: 0, own: 0 })
    expect([seats?.askedBy.length, seats?.takenBy.length]).toEqual([4, 2])
    expect(seats?.price ?? 0).toBeGreaterThan(0)
    for (const { takenBy, capacity } of run.seats) expect(takenBy.length).toBeLessThanOrEqual(capacity)
    expect(isIn(rowOf(run, world.need), university)).toBe(true)
    expect(isIn(rowOf(run, world.rivals[2]), university)).toBe(true)
  })

  it('says of each need what it gives up, and of all of them how far they may be from the best', () => {
    const { totals, needs } = run
    expect(totals.gap).toBeLessThan(0.001)
    expect(totals.alone - totals.together).toBe(needs.reduce((sum, need) => sum + (need.givesUp ?? 0), 0))
    expect(totals.inTurn).toBeLessThanOrEqual(totals.together)
    const [weak, , strong] = world.rivals.map((id) => rowOf(run, id))
    expect(strong).toMatchObject({ status: 'optimal', covered: 2, of: 2, stale: false })
    expect(weak?.givesUp).toBeGreaterThan(strong?.givesUp ?? 0)
    expect(run).toMatchObject({ stopped: null, by: 'zone_officer', engine: expect.stringContaining('bulk') })
  })

  it('names what it left out, with the reason', () => {
    expect(run.needs.map(({ id }) => id).sort()).toEqual([world.need, ...world.rivals].sort())
    expect(run.skipped).toMatchObject([{ name: 'Silent', reason: 'no_capabilities' }])
  })

  it('keeps a proposal a need, without those who have no seat left for it', async () => {
    const { proposalId } = rowOf(run, world.rivals[0])
    const { body } = await world.ask('GET', `/proposals/${proposalId}`, { as: 'zone_officer' })
    expect(body).toMatchObject({
      status: 'optimal',
      stale: false,
      conditions: { bans: expect.arrayContaining([expect.objectContaining({ id: world.who.university })]) },
    })
    expect(body.members.map(({ id }: { id: string }) => id)).not.toContain(world.who.university)
    const again = await world.compose(body.options, {}, world.rivals[0])
    expect(again.body.proposalId).toBe(proposalId)
  })

  it.each([
    ['needs', 'xlsx'],
    ['needs', 'csv'],
    ['seats', 'csv'],
  ])('leaves as a file: %s as %s', async (list, format) => {
    const path = `/bulk-runs/${run.id}/export?list=${list}&format=${format}&language=en`
    const { status, text, headers } = await world.ask('GET', path, { as: 'zone_officer' })
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toContain(`.${format}`)
    if (format === 'csv')
      expect(text.trim().split('\n')).toHaveLength(1 + (list === 'needs' ? run.needs : run.seats).length)
  })

  it('is listed, and the plan names the last run', async () => {
    const { body } = await world.ask('GET', '/bulk-runs', { as: 'technology_manager' })
    expect(body).toMatchObject({ total: 1, rows: [{ id: run.id, needs: 4, teams: 4, capacity: 2 }] })
    const plan = await world.ask('GET', '/bulk-plan', { as: 'zone_officer' })
    expect(plan.body).toMatchObject({ runId: run.id, workId: null })
    expect(plan.body.needs.map(({ skip }: { skip: string | null }) => skip).filter(Boolean)).toEqual([
      'no_capabilities',
    ])
  })

  it('is told to be stale where a need has moved on since', async () => {
    await world.judge(world.who.spare, 'monitoring', 2)
    await world.within((tx) =>
      tx
        .updateTable('need')
        .set({ revision: 99 })
        .where('zone_id', '=', world.zoneId)
        .where('need_id', '=', world.need)
        .execute(),
    )
    const noted = await world.ask('PATCH', `/organisations/${world.who.spare}`, {
      as: 'administrator',
      body: { revision: 1, summary: { en: 'Changed' } },
    })
    const { body } = await world.ask('GET', `/bulk-runs/${run.id}`, { as: 'zone_officer' })
    expect([noted.status, rowOf(body, world.need).stale]).toEqual([200, true])
  })
})

describe('The seats of', PATIENT, () => {
  let world: BulkWorld
  beforeAll(async () => {
    world = await openBulkWorld()
  }, PATIENT.timeout)

  it('consortia that exist are counted, and their needs left out', async () => {
    const { id } = await world.propose({ sponsorsIn: false }).then((proposal) => proposal)
    await world.ask('POST', `/proposals/${id}/consortium`, { body: {} })
    const run = await world.settle({ capacity: 1, sponsorsIn: false })
    expect(run.skipped).toMatchObject([{ id: world.need, reason: 'has_consortium' }])
    expect(run.seats.find((seat) => seat.id === world.who.university)).toMatchObject({ elsewhere: 1, takenBy: [] })
    for (const need of run.needs) expect(isIn(need, world.who.university)).toBe(false)
  })

  it('sponsors are kept for their own needs', async () => {
    const run = await world.settle({ capacity: 1 })
    const own = run.seats.find((seat) => seat.id === world.own)
    expect(own?.takenBy.length).toBe(own?.own)
    expect(run.needs.every((need) => isIn(need, world.own))).toBe(true)
  })

  it('a chosen few needs are all that is asked for', async () => {
    const run = await world.settle({ needs: [world.rivals[1]], capacity: 2 })
    expect(run.needs.map(({ id }) => id)).toEqual([world.rivals[1]])
    expect(run.totals.together).toBe(run.totals.alone)
  })
})

describe('The same order again', PATIENT, () => {
  let world: BulkWorld
  let first: BulkRun
  const OPTIONS = { capacity: 2, sponsorsIn: false }
  const proposalsOf = async (need: string) =>
    (await world.ask('GET', `/needs/${need}/proposals`, { as: 'zone_officer' })).body.total
  beforeAll(async () => {
    world = await openBulkWorld()
    first = await world.settle(OPTIONS)
  }, PATIENT.timeout)

  it('is refused where nothing has changed, and the plan says so', async () => {
    const again = await world.order(OPTIONS)
    expect([again.status, again.body.rule]).toEqual([409, 'bulk.nothing_changed'])
    const { body } = await world.ask('GET', '/bulk-plan', { as: 'zone_officer' })
    expect(body.last).toMatchObject({ at: first.at, options: { capacity: 2, sponsorsIn: false } })
    expect(body.last.unchanged.sort()).toEqual([world.need, ...world.rivals].sort())
  })

  it('keeps the proposals of what has not changed, and seeks a team for what is new beside them', async () => {
    world.clock.set('2026-11-22T08:01:00Z')
    const four = await world.addNeed({ title: 'Four', capabilities: [wants('electrolyte', 5), wants('pressing', 1)] })
    const ordered = await world.order(OPTIONS)
    expect(ordered.body).toMatchObject({ needs: 5, kept: 4 })
    await world.jobs.settled(world.zoneId, ordered.body.workId)
    const { body } = await world.ask('GET', `/bulk-runs/${ordered.body.workId}`, { as: 'zone_officer' })
    const run = body as BulkRun
    for (const id of [world.need, ...world.rivals]) {
      const { kept, stale, proposalId, members } = rowOf(run, id)
      const before = rowOf(first, id)
      expect({ kept, stale, proposalId, members }).toEqual({
        ...{ kept: true, stale: false },
        ...{ proposalId: before.proposalId, members: before.members },
      })
      expect(await proposalsOf(id)).toBe(1)
    }
    expect(rowOf(run, four)).toMatchObject({ kept: false, stale: false })
    expect(isIn(rowOf(run, four), world.who.university)).toBe(false)
    const seats = run.seats.find(({ id }) => id === world.who.university)
    expect(seats?.takenBy.length).toBe(2)
    for (const { takenBy, capacity } of run.seats) expect(takenBy.length).toBeLessThanOrEqual(capacity)
    expect(run.totals.together).toBe(run.needs.reduce((sum, { objective }) => sum + (objective ?? 0), 0))
    expect(run.totals).toMatchObject({ inTurn: null })
    expect(run.totals.together).toBeLessThanOrEqual(run.totals.bound)
    expect((await world.order(OPTIONS)).body.rule).toBe('bulk.nothing_changed')
  })

  it('seeks all anew where that is asked for, or other conditions are', async () => {
    world.clock.set('2026-11-22T08:02:00Z')
    const anew = await world.settle({ ...OPTIONS, again: 'all' })
    expect(anew.needs.map(({ kept }) => kept)).toEqual(anew.needs.map(() => false))
    expect(isIn(anew.needs.find(({ name }) => name === 'Four')!, world.who.university)).toBe(true)
    expect(await proposalsOf(world.need)).toBe(2)
    const other = await world.order({ ...OPTIONS, weights: 'lean' })
    expect(other.body).toMatchObject({ needs: 5, kept: 0 })
    await world.jobs.settled(world.zoneId, other.body.workId)
  })
})

describe('A run that is stopped on its way', PATIENT, () => {
  let world: BulkWorld
  beforeAll(async () => {
    world = await openBulkWorld()
  }, PATIENT.timeout)

  /** Runs work whose row has a state, and stops it as soon as a step begins. */
  async function runStopped(state: 'cancelled' | 'running', step: string) {
    const stopper = new AbortController()
    const workId = newId(world.clock.now())
    const { accountId } = world.caller('zone_officer')
    await world.within((tx) =>
      tx
        .insertInto('work')
        .values({
          zone_id: world.zoneId,
          id: workId,
          kind: 'compose.bulk',
          subject_id: null,
          input: json({}),
          account_id: accountId,
          state,
          created_at: world.clock.now(),
        })
        .execute(),
    )
    const progress = (doing: string) => {
      if (doing.startsWith(`bulk.${step}`)) stopper.abort()
    }
    const { signal } = stopper
    const input = { options: { capacity: 1, again: 'all' } }
    const output = runBulk(world)({ zoneId: world.zoneId, workId, subjectId: null, accountId, input, signal, progress })
    return { workId, output: await output.catch((error: unknown) => error) }
  }

  it.each(['turns', 'explaining'])('is kept with what was found, when cancelled while %s', async (step) => {
    const { workId, output } = await runStopped('cancelled', step)
    expect(output).toEqual({ runId: workId })
    const { body } = await world.ask('GET', `/bulk-runs/${workId}`, { as: 'zone_officer' })
    expect(body.needs).toHaveLength(4)
    expect(body.needs.some(({ proposalId }: BulkNeed) => proposalId !== null)).toBe(true)
  })

  it('is left to the next server, when this one stops', async () => {
    const { workId, output } = await runStopped('running', 'explaining')
    expect(output).toMatchObject({ code: 'cancelled' })
    expect((await world.ask('GET', `/bulk-runs/${workId}`, { as: 'zone_officer' })).status).toBe(404)
  })

  it('is nothing where nothing was found yet', async () => {
    const { workId, output } = await runStopped('cancelled', 'matching')
    expect(output).toBeNull()
    expect((await world.ask('GET', `/bulk-runs/${workId}`, { as: 'zone_officer' })).status).toBe(404)
  })
})

describe('An order', PATIENT, () => {
  let world: BulkWorld
  beforeAll(async () => {
    world = await openBulkWorld()
  }, PATIENT.timeout)
  const UNKNOWN = '00000000-0000-4000-8000-000000000001'

  it.each([
    ['no seats', { capacity: 0 }, 422],
    ['more seats than there can be', { capacity: 21 }, 422],
    ['an unknown field', { everything: true }, 422],
    ['a need twice', { needs: [UNKNOWN, UNKNOWN] }, 422],
    ['no needs at all', { needs: [] }, 422],
    ['a need that the zone does not have', { needs: [UNKNOWN] }, 422],
    ['an id that is none', { needs: ["'; drop table need; --"] }, 422],
    ['half a minute too much', { seconds: 901 }, 422],
  ])('for %s is refused', async (_, options, status) => {
    expect((await world.order(options)).status).toBe(status)
  })

  it('is for officers, and what came of it for the staff', async () => {
    const statuses = async (as: string) => [
      (await world.order({}, { as })).status,
      (await world.ask('GET', '/bulk-plan', { as: as as 'company' })).status,
      (await world.ask('GET', `/bulk-runs/${UNKNOWN}`, { as: as as 'company' })).status,
    ]
    expect(await statuses('company')).toEqual([403, 403, 403])
    expect(await statuses('zone_officer.foreign')).toEqual([403, 403, 403])
    expect(await statuses('stranger')).toEqual([401, 401, 401])
    expect(await statuses('technology_manager')).toEqual([403, 200, 404])
  })

  it('waits for the one before, and is one for a double click', async () => {
    const release = await holdJobs(world)
    const clicks = [await world.order({}, { key: 'twice' }), await world.order({}, { key: 'twice' })]
    expect(clicks[0]?.body.workId).toBe(clicks[1]?.body.workId)
    expect((await world.order()).body).toMatchObject({ rule: 'bulk.running' })
    await release()
    await world.jobs.settled(world.zoneId, clicks[0]?.body.workId)
  })

  it('that is cancelled at once keeps nothing, and harms nothing', async () => {
    const release = await holdJobs(world)
    const { body } = await world.order({ seed: 7 })
    await world.ask('POST', `/work/${body.workId}/cancel`, { as: 'zone_officer' })
    await release()
    expect((await world.ask('GET', `/bulk-runs/${body.workId}`, { as: 'zone_officer' })).status).toBe(404)
    const run = await world.settle({ seed: 8 })
    expect(run.needs).toHaveLength(4)
  })

  it('for needs that are all settled is refused', async () => {
    await world.within((tx) =>
      tx.updateTable('need').set({ state: 'closed' }).where('zone_id', '=', world.zoneId).execute(),
    )
    expect((await world.order()).body).toMatchObject({ code: 'wrong_state', rule: 'bulk.no_needs' })
  })
})
