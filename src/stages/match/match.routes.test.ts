import { expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'

// Goal: the board finds who covers a need, says why, opens every cell, keeps a person's word, and tells nobody else.
const NEED = {
  title: { zh: '硫化物固态电解质中试', en: 'Sulfide solid electrolyte at pilot scale' },
  problem: 'The secret words are marzipan and gearbox.',
  trl: { from: 4, to: 7 },
  capabilities: [
    {
      name: { zh: '硫化物固态电解质粉体', en: 'Sulfide solid electrolyte powder' },
      weight: 5,
      critical: true,
      levelWanted: 2,
    },
    { name: 'Cryogenic valve', weight: 2, critical: false, levelWanted: 2 },
  ],
}

const PLAIN = { weight: 3, critical: false, levelWanted: 2 }

async function withNeed() {
  const world = await openWorld()
  const maker = await world.addOrganisation({ names: { zh: '电解质工坊', en: 'Electrolyte Works' }, city: '江市' })
  await world.addOrganisation({ names: 'Bakery', summary: 'Bread and cakes.' })
  await world.addResult({
    owners: [maker],
    title: { en: 'Sulfide solid electrolyte powder at kilogram scale' },
    summary: 'Argyrodite powder with 6 mS/cm at room temperature.',
    trl: 6,
  })
  const need = await world.addNeed({ ...NEED, state: 'open' })
  return { world, maker, need }
}
const board = async (world: TestWorld, need: string) => (await world.ask('POST', `/needs/${need}/match`)).body

test('finds who covers it, with reasons that add up and evidence with its words marked', async () => {
  const { world, maker, need } = await withNeed()
  const { candidates, capabilities, withText } = await board(world, need)
  expect(withText).toBe(true)
  const first = candidates.find((one: { kind: string }) => one.kind === 'organisation')
  expect(first).toMatchObject({
    id: maker,
    names: { en: { text: 'Electrolyte Works' } },
    cells: [{ level: 3 }, { level: 0 }],
  })
  const covers = first.reasons.find((reason: { kind: string }) => reason.kind === 'covers')
  expect(covers).toMatchObject({ capability: capabilities[0].id, level: 3, evidence: { kind: 'result' } })
  const marked = covers.evidence.marks.map(([from, to]: [number, number]) => covers.evidence.quote.slice(from, to))
  expect(marked.map((word: string) => word.toLowerCase())).toContain('powder')
  const sum = first.reasons.reduce((total: number, reason: { weight: number }) => total + reason.weight, 0)
  expect(first.score).toBeCloseTo(sum)
  expect(candidates.map((one: { name: string }) => one.name)).not.toContain('Bakery')
})

test('a record saved is found by the next question, and the same question gives the same answer', async () => {
  const { world, need } = await withNeed()
  const before = await board(world, need)
  expect((await board(world, need)).inputsHash).toBe(before.inputsHash)
  const valves = await world.addOrganisation({ names: 'Valve Makers', products: 'Cryogenic valve for liquid hydrogen' })
  const after = await board(world, need)
  expect(after.inputsHash).not.toBe(before.inputsHash)
  expect(after.candidates.find((one: { id: string }) => one.id === valves).cells[1].level).toBeGreaterThanOrEqual(2)
})

test('a cell opens to its evidence, and a person’s word on it is kept and used for a later need', async () => {
  const { world, maker, need } = await withNeed()
  const { capabilities } = await board(world, need)
  const cell = `/needs/${need}/coverage/${capabilities[0].id}/${maker}`
  expect((await world.ask('GET', cell)).body).toMatchObject({
    level: 3,
    computed: 3,
    judgement: null,
    evidence: [{ kind: 'result', named: true }],
  })
  expect((await world.ask('PUT', cell, { body: { verdict: 'deny', note: 'They closed.' } })).status).toBe(200)
  expect((await world.ask('GET', cell)).body).toMatchObject({
    level: 0,
    computed: 3,
    judgement: { verdict: 'deny', note: 'They closed.' },
  })

  const later = await world.addNeed({
    title: 'Another',
    capabilities: [{ ...PLAIN, name: 'Sulfide solid electrolyte powder' }],
    state: 'open',
  })
  const found = (await board(world, later)).candidates.find((one: { id: string }) => one.id === maker)
  expect(found.cells[0]).toMatchObject({ level: 0, judged: 'deny' })

  expect((await world.ask('DELETE', cell)).status).toBe(200)
  expect((await world.ask('GET', cell)).body).toMatchObject({ level: 3, judgement: null })
})

test('a refusal carries its code to the other side', async () => {
  const { world, need } = await withNeed()
  const said = {
    organisationId: world.other,
    side: 'offer',
    answer: 'refusal',
    code: 'no_capacity',
    note: 'Next year.',
  }
  expect((await world.ask('POST', `/needs/${need}/responses`, { as: 'company.other', body: said })).status).toBe(201)
  const heard = await world.ask('GET', `/needs/${need}/responses`, { as: 'company' })
  expect(heard.body.rows).toMatchObject([{ answer: 'refusal', code: 'no_capacity', organisationId: world.other }])
  const notices = await world.ask('GET', '/notices', { as: 'company' })
  expect(notices.body.rows).toMatchObject([{ subject: 'notice.refusal.no_capacity' }])
})

test('a later answer of the same side takes the place of the first', async () => {
  const { world, need } = await withNeed()
  const say = (body: object) =>
    world.ask('POST', `/needs/${need}/responses`, {
      as: 'company.other',
      body: { organisationId: world.other, side: 'offer', ...body },
    })
  await say({ answer: 'refusal', code: 'terms' })
  await say({ answer: 'interest' })
  const heard = await world.ask('GET', `/needs/${need}/responses`)
  expect(heard.body.rows).toMatchObject([{ answer: 'interest', code: null }])
})

test.each([
  ['a refusal without a code', { answer: 'refusal' }, 422],
  ['interest with a code', { answer: 'interest', code: 'terms' }, 422],
  ['a code that nobody knows', { answer: 'refusal', code: 'because' }, 422],
  ['the other side’s answer', { answer: 'interest', side: 'need' }, 403],
] as const)('%s is refused', async (_says, body, status) => {
  const { world, need } = await withNeed()
  const asked = { as: 'company.other', body: { organisationId: world.other, side: 'offer', ...body } } as const
  expect((await world.ask('POST', `/needs/${need}/responses`, asked)).status).toBe(status)
})

test.each([
  ['stranger', 401],
  ['company.other', 403],
  ['researcher.other', 403],
  ['zone_officer.foreign', 403],
  ['company', 200],
  ['technology_manager', 200],
] as const)('%s asking for the board is answered %i', async (as, status) => {
  const { world, need } = await withNeed()
  expect((await world.ask('POST', `/needs/${need}/match`, { as })).status).toBe(status)
})

test('a need that a member may not see is not found', async () => {
  const { world } = await withNeed()
  const hidden = await world.addNeed({ title: 'Hidden', state: 'draft' })
  expect((await world.ask('POST', `/needs/${hidden}/match`, { as: 'company.other' })).status).toBe(404)
  expect((await world.ask('GET', `/needs/${hidden}/responses`, { as: 'company.other' })).status).toBe(404)
})

test('responses between others are not shown to a third', async () => {
  const { world, need, maker } = await withNeed()
  const body = { organisationId: maker, side: 'need', answer: 'refusal', code: 'too_early' }
  expect((await world.ask('POST', `/needs/${need}/responses`, { as: 'company', body })).status).toBe(201)
  expect((await world.ask('GET', `/needs/${need}/responses`, { as: 'company.other' })).body.rows).toEqual([])
})

test.each([
  ['nothing to look for', { title: '?', capabilities: [] }],
  ['emoji and right to left', { title: '🔋 ‏مرحبا', capabilities: [{ ...PLAIN, name: '🔋🔋' }] }],
  ['a very long name', { title: 'Long', capabilities: [{ ...PLAIN, name: 'electrolyte '.repeat(16).trim() }] }],
] as const)('%s gets an answer', async (_says, input) => {
  const { world } = await withNeed()
  const need = await world.addNeed({ state: 'draft', ...input } as never)
  expect((await world.ask('POST', `/needs/${need}/match`)).status).toBe(200)
})

test('half a character and a null character are taken out at the edge', async () => {
  const { world, need } = await withNeed()
  const body = { organisationId: world.other, side: 'offer', answer: 'interest', note: 'a\ud83db\0c' }
  expect((await world.ask('POST', `/needs/${need}/responses`, { as: 'company.other', body })).status).toBe(201)
  expect((await world.ask('GET', `/needs/${need}/responses`)).body.rows[0].note).toBe('a\ufffdbc')
  expect((await world.ask('GET', '/organisations?q=%00')).status).toBe(200)
})
