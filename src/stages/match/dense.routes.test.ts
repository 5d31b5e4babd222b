import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import { openWorld, type TestWorld } from '#testing'
import { failing, openTestEndpoint, type TestEndpoint } from '../../embedding/endpoint.fixture.ts'
import { type OpenedEmbedder, openEmbedder } from '../../embedding/open.ts'
import { nearInMeaning, openMeaning } from './dense-meaning.ts'
import { orderVectors } from './dense-work.ts'

// Goal: with an embedder a need finds what means the same in other words, and says so; without one it goes on by words.
const ALIKE = [['accumulator pack', 'rechargeable cells', '蓄电池组']]
const REST_MS = 30_000
const NEED = {
  title: { en: 'Accumulator pack' },
  summary: { en: 'Accumulator pack' },
  problem: { en: 'The secret word is marzipan.' },
  capabilities: [{ name: 'Cryogenic valve', weight: 3, critical: false, levelWanted: 2 }],
  state: 'open' as const,
}
const OTHERS = [
  ['Sourdough', 'Bread from an oven of stone'],
  ['Tyre tread', 'Grip on wet tarmac'],
  ['Optical fibre', 'Light over a thousand kilometres'],
  ['Wheat harvest', 'Satellites count the ears'],
  ['Hearing aid', 'Whispers in a crowded room'],
  ['Paper mill', 'Less water for each sheet'],
  ['Ship paint', 'Barnacles stay away'],
  ['Glass furnace', 'Hydrogen instead of gas'],
  ['Milk powder', 'Drying at low heat'],
  ['Railway sleeper', 'Out of old plastic'],
]

let endpoint: TestEndpoint
let world: TestWorld
let maker: string
let result: string
let embedder: OpenedEmbedder
beforeAll(async () => {
  endpoint = await openTestEndpoint(ALIKE)
  embedder = openEmbedder({ address: endpoint.base, model: 'hashed' })
})
afterAll(() => endpoint.close())
beforeEach(async () => {
  endpoint.behave(null)
  world = await openWorld({ jobs: true, embedder })
  // What failed in another test is tried again, and nothing of it is remembered.
  later(10 * REST_MS * (1 + zonesMade++))
  maker = await world.addOrganisation({ names: { en: 'Cell Makers' } })
  result = await world.addResult({
    owners: [maker],
    title: { en: 'Rechargeable cells', zh: '蓄电池组' },
    summary: 'Rechargeable cells',
  })
  for (const [title, summary] of OTHERS) await world.addResult({ title: { en: title! }, summary: summary! })
  endpoint.asked.length = 0
})
let zonesMade = 0
const later = (ms: number) => world.clock.set(new Date(world.clock.now().getTime() + ms).toISOString())

/** Makes the zone's vectors and answers how that ended. */
async function makeVectors() {
  const workId = await orderVectors(world, world.zoneId)
  if (!workId) return null
  await world.jobs.settled(world.zoneId, workId)
  return (await world.ask('GET', `/work/${workId}`)).body
}
const boardOf = async (need: string) => (await world.ask('POST', `/needs/${need}/match`)).body
const candidateOf = (board: { candidates: { id: string }[] }, id: string) =>
  board.candidates.find((one) => one.id === id) as
    | { score: number; reasons: { kind: string; weight: number; facts: object; evidence: object }[] }
    | undefined

test('finds a text that shares no word with the need, with a reason that says so and adds up', async () => {
  const need = await world.addNeed(NEED)
  const before = await boardOf(need)
  expect(before.meaning).toMatchObject({ state: 'filling', used: false, vectors: 0 })
  expect(candidateOf(before, maker)).toBeUndefined()

  expect(await makeVectors()).toMatchObject({ state: 'done', output: { made: OTHERS.length + 1 } })
  const board = await boardOf(need)
  const count = OTHERS.length + 1
  expect(board.meaning).toEqual({ state: 'on', model: 'hashed', texts: count, vectors: count, used: true, why: null })
  expect(board.engine).toContain('hashed')
  expect(board.inputsHash).not.toBe(before.inputsHash)
  const found = candidateOf(board, maker)!
  expect(found.reasons).toEqual([
    expect.objectContaining({
      kind: 'meaning',
      facts: { cosine: expect.any(Number), place: 1, of: count },
      evidence: expect.objectContaining({ kind: 'result', id: result, marks: [] }),
    }),
  ])
  expect(found.score).toBeCloseTo(found.reasons.reduce((sum, { weight }) => sum + weight, 0))
  expect((await boardOf(need)).inputsHash).toBe(board.inputsHash)
})

test('what a need keeps private is not sent to an endpoint', async () => {
  const need = await world.addNeed({ ...NEED, title: { en: 'Accumulator pack for trams' } })
  await makeVectors()
  await boardOf(need)
  const sent = JSON.stringify(endpoint.asked)
  expect(sent).toContain('Accumulator pack for trams')
  expect(sent).not.toContain('marzipan')
  // The operator may say otherwise.
  const settings = { address: endpoint.base, model: 'hashed', mayReadPrivate: true }
  const meaning = openMeaning(openEmbedder(settings))
  const asked = { open: 'Accumulator pack', closed: 'The secret word is marzipan.' }
  expect((await nearInMeaning({ ...world, meaning }, world.zoneId, asked)).near?.texts[0]?.key).toBe(`result:${result}`)
  await meaning.stop()
  expect(JSON.stringify(endpoint.asked)).toContain('marzipan')
})

test('only what has changed is embedded again, and what is gone is forgotten', async () => {
  const need = await world.addNeed(NEED)
  await makeVectors()
  expect(await orderVectors(world, world.zoneId)).toBeNull()
  endpoint.asked.length = 0
  const { revision } = (await world.ask('GET', `/results/${result}`)).body
  const changed = { revision, title: { en: 'Ceramic knives' }, summary: 'Sharp for years' }
  expect((await world.ask('PATCH', `/results/${result}`, { body: changed })).status).toBe(200)
  // Until its vector is of its present words, a text is near nothing.
  expect(candidateOf(await boardOf(need), maker)).toBeUndefined()
  endpoint.asked.length = 0
  await makeVectors()
  expect(endpoint.asked.flatMap(({ input }) => input)).toEqual(['Ceramic knives\nSharp for years'])
  expect((await world.ask('DELETE', `/results/${result}`)).status).toBe(200)
  expect((await makeVectors()).output).toMatchObject({ made: 0, dropped: 1 })
  const stored = await world.within((tx) =>
    tx.selectFrom('text_vector').select('text_id').where('zone_id', '=', world.zoneId).execute(),
  )
  expect(stored.map(({ text_id }) => text_id)).not.toContain(result)
  expect((await boardOf(need)).meaning).toMatchObject({ state: 'on', texts: OTHERS.length, vectors: OTHERS.length })
})

test('with the endpoint down the board goes on by words, says so, and finds back by itself', async () => {
  await makeVectors()
  const need = await world.addNeed({ ...NEED, title: { en: 'Accumulator pack again' } })
  endpoint.behave(failing(500))
  endpoint.asked.length = 0
  const down = await boardOf(need)
  expect(down.meaning).toMatchObject({ state: 'failing', used: false, why: 'embedder.refused' })
  expect(candidateOf(down, maker)).toBeUndefined()
  // Nobody waits for it again at once.
  await boardOf(need)
  expect(endpoint.asked).toHaveLength(1)
  endpoint.behave(null)
  later(REST_MS)
  expect((await boardOf(need)).meaning).toMatchObject({ state: 'on', used: true })
})

test('vectors that can’t be made leave the reason, and are tried again later', async () => {
  endpoint.behave(failing(401))
  expect(await makeVectors()).toMatchObject({ state: 'failed', fault: { rule: 'embedder.refused' } })
  const need = await world.addNeed(NEED)
  expect((await boardOf(need)).meaning).toMatchObject({ state: 'failing', why: 'embedder.refused', vectors: 0 })
  expect(await orderVectors(world, world.zoneId)).toBeNull()
  endpoint.behave(null)
  later(2 * REST_MS)
  expect(await makeVectors()).toMatchObject({ state: 'done' })
})

test('another zone’s vectors are another zone’s, and only the staff’s road leads to them', async () => {
  await makeVectors()
  const countSeen = async (tx: Tx) => (await tx.selectFrom('text_vector').select('text_id').execute()).length
  const count = (zoneId: string) =>
    world.within((tx) => tx.selectFrom('text_vector').select('text_id').execute(), zoneId)
  expect((await count(world.zoneId)).length).toBe(OTHERS.length + 1)
  expect(await count(world.foreign.zoneId)).toEqual([])
  for (const who of ['company', 'researcher', 'administrator.foreign', 'stranger'] as const)
    expect(await readAs(world.database, world.caller(who), countSeen)).toBe(0)
  expect(await readAs(world.database, world.caller('zone_officer'), countSeen)).toBe(OTHERS.length + 1)
})

test('one text or none stands out of nothing', async () => {
  const empty = world.foreign.zoneId
  const workId = await orderVectors(world, empty)
  await world.jobs.settled(empty, workId!)
  const state = await world.within(
    (tx) => tx.selectFrom('text_vector_state').select(['texts', 'vectors']).executeTakeFirst(),
    empty,
  )
  expect(state).toEqual({ texts: 0, vectors: 0 })
})
