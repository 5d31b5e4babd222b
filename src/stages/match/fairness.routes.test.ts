import { expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { openMatcher } from './matcher.ts'
import { matchNeed } from './service.ts'

// Goal: refusals feed back and are undone, officers share out places, and any server answers from what is written now.
const PUMP = { name: 'Cryogenic pump', weight: 3, critical: true, levelWanted: 2 }
const board = async (world: TestWorld, need: string, query = '') =>
  (await world.ask('POST', `/needs/${need}/match${query}`)).body
const standing = async (world: TestWorld, need: string, id: string) =>
  (await board(world, need)).candidates.find((one: { id: string }) => one.id === id)

async function withPump(options: { jobs?: boolean } = {}) {
  const world = await openWorld(options)
  const maker = await world.addOrganisation({ names: { en: 'Pump Works' } })
  const result = await world.addResult({ owners: [maker], title: { en: 'Cryogenic pump for liquid hydrogen' }, trl: 5 })
  const need = await world.addNeed({ title: 'Pumping', trl: { from: 5, to: 6 }, capabilities: [PUMP], state: 'open' })
  return { world, maker, result, need }
}

test('a refusal by the need’s side lowers the score and says so, and is undone with the answer', async () => {
  const { world, maker, need } = await withPump()
  const before = await standing(world, need, maker)
  const body = { organisationId: maker, side: 'need', answer: 'refusal', code: 'too_early' }
  const said = await world.ask('POST', `/needs/${need}/responses`, { as: 'company', body })
  const after = await standing(world, need, maker)
  expect(before.score - after.score).toBeCloseTo(0.04)
  expect(after.reasons.at(-1)).toMatchObject({ kind: 'refusals', facts: { code: 'too_early', lowers: 'trl', here: 1 } })
  const gone = await world.ask('DELETE', `/needs/${need}/responses/${said.body.id}`, { as: 'company' })
  expect(gone.status).toBe(200)
  expect((await standing(world, need, maker)).score).toBeCloseTo(before.score)
})

/** Has a need refuse the maker with one code; of the test's own company, where no other sponsor is named. */
async function refuse(world: TestWorld, maker: string, name: string, sponsors?: string[]) {
  const given = {
    title: name,
    capabilities: [{ ...PUMP, name }],
    state: 'open' as const,
    ...(sponsors ? { sponsors } : {}),
  }
  const other = await world.addNeed(given)
  const body = { organisationId: maker, side: 'need', answer: 'refusal', code: 'no_better' }
  expect((await world.ask('POST', `/needs/${other}/responses`, { body })).status).toBe(201)
}

test('two refusals with one code on alike needs count on a third; one does not, nor do those on other things', async () => {
  const { world, maker, need } = await withPump()
  const before = await standing(world, need, maker)
  await refuse(world, maker, 'Cryogenic pump')
  await refuse(world, maker, 'Bread oven')
  expect((await standing(world, need, maker)).score).toBeCloseTo(before.score)
  await refuse(world, maker, 'Cryogenic hydrogen pump')
  const after = await standing(world, need, maker)
  expect(before.score - after.score).toBeCloseTo(0.04)
  expect(after.reasons.at(-1)).toMatchObject({ facts: { code: 'no_better', alike: 2, here: 0, others: 0 } })
})

test('a sponsor with refusals of its own learns nothing of one other sponsor’s, nor how many there are of several', async () => {
  const { world, maker, need } = await withPump()
  const third = await world.addOrganisation({ names: { en: 'Third Sponsor' } })
  const fourth = await world.addOrganisation({ names: { en: 'Fourth Sponsor' } })
  const seen = async () => {
    const { score, reasons } = await standing(world, need, maker)
    return { score, reasons }
  }
  const clean = await seen()
  await refuse(world, maker, 'Cryogenic pump')
  await refuse(world, maker, 'Cryogenic pump', [world.other])
  expect(await seen()).toEqual(clean)
  await refuse(world, maker, 'Cryogenic pump', [world.other])
  await refuse(world, maker, 'Cryogenic pump', [world.other, world.own])
  expect((await seen()).reasons.at(-1)).toMatchObject({ facts: { alike: 2, others: 0 } })

  const two = await seen()
  await refuse(world, maker, 'Cryogenic pump', [world.other, third])
  expect(await seen()).toEqual(two)
  await refuse(world, maker, 'Cryogenic pump', [third])
  const several = await seen()
  expect(several.reasons.at(-1)).toMatchObject({ facts: { alike: 4, others: 2 } })
  await refuse(world, maker, 'Cryogenic pump', [fourth])
  expect(await seen()).toEqual(several)
})

test.each([
  ['the other side’s answer', 'company.other', 403],
  ['an answer in a need that is foreign', 'zone_officer.foreign', 403],
] as const)('%s is not taken back', async (_says, as, status) => {
  const { world, need } = await withPump()
  const body = { organisationId: world.other, side: 'need', answer: 'interest' }
  const said = await world.ask('POST', `/needs/${need}/responses`, { as: 'company', body })
  expect((await world.ask('DELETE', `/needs/${need}/responses/${said.body.id}`, { as })).status).toBe(status)
})

test('an answer that is not there, or not the reader’s to see, is not found', async () => {
  const { world, need, maker } = await withPump()
  const body = { organisationId: maker, side: 'need', answer: 'interest' }
  const said = await world.ask('POST', `/needs/${need}/responses`, { as: 'company', body })
  const asked = { as: 'company.other' } as const
  expect((await world.ask('DELETE', `/needs/${need}/responses/${said.body.id}`, asked)).status).toBe(404)
  expect((await world.ask('DELETE', `/needs/${need}/responses/${need}`, asked)).status).toBe(404)
})

test.each([
  ['six seats', { newcomerSeats: 6 }],
  ['a negative bound', { exposureBound: -0.1 }],
  ['an order that nobody knows', { order: 'beauty' }],
  ['a setting that nobody knows', { seats: 1 }],
])('%s are refused', async (_says, body) => {
  const world = await openWorld()
  expect((await world.ask('PATCH', '/match-settings', { body })).status).toBe(422)
})

test('the officer’s choices stand, order the boards, and the exposure is counted', async () => {
  const { world, maker, need } = await withPump({ jobs: true })
  const body = { order: 'merit', newcomerSeats: 2, exposureBound: 0.5 }
  const changed = await world.ask('PATCH', '/match-settings', { body })
  expect(changed.status).toBe(200)
  await world.jobs.settled(world.zoneId, changed.body.workId)
  expect((await world.ask('GET', '/match-settings', { as: 'company' })).body).toMatchObject({
    ...body,
    mayChange: false,
  })
  const { report } = (await world.ask('GET', '/exposure')).body
  expect(report).toMatchObject({ needs: 1, eligible: 1, stale: false, applied: { gini: 0, shown: 1, bound: 0.5 } })
  expect(report.most).toMatchObject([{ id: maker, shown: 1 }])
  expect(await board(world, need)).toMatchObject({ order: 'merit', fairness: { newcomerSeats: 2, exposureBound: 0.5 } })
  expect((await board(world, need, '?order=score')).order).toBe('score')
  await world.addResult({ title: { en: 'Another pump' } })
  expect((await world.ask('GET', '/exposure')).body.report.stale).toBe(true)
})

test('two servers over one database: what one writes the other ranks, and what is removed is gone from both', async () => {
  const { world, need, result } = await withPump()
  const other = { ...world, matcher: openMatcher() }
  const caller = world.caller('zone_officer')
  const both = () => Promise.all([matchNeed(world, caller, need), matchNeed(other, caller, need)])
  try {
    const [first, second] = await both()
    expect(second.candidates).toEqual(first.candidates)
    const late = await world.addOrganisation({ names: 'Late Pumps', products: 'Cryogenic pump' })
    const [a, b] = await both()
    expect(b.candidates.map(({ id }) => id)).toContain(late)
    expect(b.candidates).toEqual(a.candidates)
    const { body } = await world.ask('GET', `/results/${result}`)
    const removed = await world.ask('DELETE', `/results/${result}`, { body: { revision: body.revision } })
    expect(removed.status).toBe(200)
    for (const { candidates } of await both()) expect(candidates.map(({ id }) => id)).not.toContain(result)
  } finally {
    await other.matcher.stop()
  }
})

test('many who ask at once while a zone is first read all get the same answer', async () => {
  const { world, need } = await withPump()
  const boards = await Promise.all(Array.from({ length: 8 }, () => board(world, need)))
  expect(new Set(boards.map(({ inputsHash }) => inputsHash)).size).toBe(1)
})
