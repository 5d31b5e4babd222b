import { expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'

// Goal: an answer reaches whom it is meant for, once, and nobody else; and says of what it was said and no more.
const CAPABILITIES = [{ name: 'Cryogenic valve', weight: 3, critical: false, levelWanted: 2 }]

async function withNeed(input: object = {}) {
  const world = await openWorld()
  const need = await world.addNeed({ title: 'Valves', capabilities: CAPABILITIES, state: 'open', ...input })
  const say = (as: 'company' | 'company.other', body: object) =>
    world.ask('POST', `/needs/${need}/responses`, {
      as,
      body: { organisationId: world.other, side: as === 'company' ? 'need' : 'offer', ...body },
    })
  return { world, need, say }
}
const noticesOf = async (world: TestWorld, as: 'company' | 'company.other') =>
  (await world.ask('GET', '/notices', { as })).body.rows.map(({ subject }: { subject: string }) => subject)
const heardBy = async (world: TestWorld, need: string, as: Parameters<TestWorld['ask']>[2]) => [
  ...(await world.ask('GET', `/needs/${need}/responses`, as)).body.rows,
  ...(await world.ask('GET', '/responses', as)).body.rows,
]

test('what one side puts off for later the other does not hear, nor its note', async () => {
  const { world, need, say } = await withNeed()
  expect((await say('company', { answer: 'later', note: 'Second choice.' })).body.told).toBeNull()
  expect(await heardBy(world, need, { as: 'company.other' })).toEqual([])
  expect(await heardBy(world, need, { as: 'company' })).toHaveLength(2)
  await say('company.other', { answer: 'later', note: 'Rather not.' })
  expect(await heardBy(world, need, { as: 'company' })).toMatchObject([{ side: 'need' }, { side: 'need' }])
  const { responses } = (await world.ask('POST', `/needs/${need}/match`, { as: 'company' })).body
  expect(responses).toMatchObject([{ side: 'need', note: 'Second choice.' }])
})

test('the same answer twice is one answer and one notice, with the later note', async () => {
  const { world, need, say } = await withNeed()
  const first = await say('company', { answer: 'interest' })
  expect(first.body.told).toBe('told')
  const second = await say('company', { answer: 'interest', note: 'Call us.' })
  expect(second.body).toEqual(first.body)
  expect(await noticesOf(world, 'company.other')).toEqual(['notice.interest'])
  expect(await heardBy(world, need, { as: 'company.other' })).toMatchObject([
    { note: 'Call us.' },
    { note: 'Call us.' },
  ])
})

test('an answer that is changed or taken back takes its unread notice with it', async () => {
  const { world, need, say } = await withNeed()
  await say('company', { answer: 'interest' })
  const { id } = (await say('company', { answer: 'refusal', code: 'terms' })).body
  expect(await noticesOf(world, 'company.other')).toEqual(['notice.refusal.terms'])
  expect((await world.ask('DELETE', `/needs/${need}/responses/${id}`, { as: 'company' })).status).toBe(200)
  expect(await noticesOf(world, 'company.other')).toEqual([])
})

test('a candidate is led to the need, and its sponsors to who has answered', async () => {
  const { world, need, say } = await withNeed()
  await say('company', { answer: 'interest' })
  await say('company.other', { answer: 'refusal', code: 'terms' })
  const noticed = async (as: 'company' | 'company.other') => (await world.ask('GET', '/notices', { as })).body.rows
  expect(await noticed('company.other')).toMatchObject([
    { body: 'Valves', link: expect.stringMatching(`/needs/${need}$`) },
  ])
  expect(await noticed('company')).toMatchObject([
    { body: '别家公司 · Valves', link: expect.stringMatching('/responses$') },
  ])
})

test('whoever may not see the need hears nothing of it, and whoever answered is told so', async () => {
  const { world, say } = await withNeed({ circle: 'invited' })
  expect((await say('company', { answer: 'interest' })).body.told).toBe('unseen')
  expect(await noticesOf(world, 'company.other')).toEqual([])
})

test('an organisation of which nobody has an account hears nothing, and whoever answered is told so', async () => {
  const { world, say } = await withNeed()
  const silent = await world.addOrganisation({ names: 'Silent Works' })
  expect((await say('company', { answer: 'interest', organisationId: silent })).body.told).toBe('no_account')
})

test('a result is answered as its owner’s, and what is refused of it is not refused of the owner', async () => {
  const { world, need, say } = await withNeed()
  const owned = { title: { en: 'Cryogenic valve for liquid hydrogen' }, summary: 'A cryogenic valve.' }
  const result = await world.addResult({ owners: [world.other], ...owned })
  const others = await world.addResult({ owners: [world.own], ...owned })
  const refused = { answer: 'refusal', code: 'too_early' }
  for (const unknown of [others, '00000000-0000-4000-8000-000000000000'])
    expect(await say('company', { ...refused, resultId: unknown })).toMatchObject({
      status: 404,
      body: { rule: 'result.unknown' },
    })
  expect((await say('company', { ...refused, resultId: result })).status).toBe(201)
  const doubts = async () => {
    const { candidates } = (await world.ask('POST', `/needs/${need}/match`, { as: 'company' })).body
    return candidates.find(({ id }: { id: string }) => id === world.other).doubts
  }
  expect(await doubts()).not.toContain('refused')
  await say('company', refused)
  expect(await doubts()).toContain('refused')
})

test('the staff see what was answered in the zone; others only what concerns their organisation', async () => {
  const { world, say } = await withNeed()
  const bystander = await world.addOrganisation({ names: 'Bystander' })
  await say('company.other', { answer: 'refusal', code: 'terms' })
  await say('company', { answer: 'interest', organisationId: bystander })
  for (const as of ['zone_officer', 'technology_manager'] as const)
    expect((await world.ask('GET', '/responses', { as })).body.inZone).toHaveLength(2)
  const { rows, inZone } = (await world.ask('GET', '/responses', { as: 'company.other' })).body
  expect([rows.length, inZone]).toEqual([1, null])
  expect((await world.ask('GET', '/responses', { as: 'zone_officer.foreign' })).body.rows ?? []).toEqual([])
})
