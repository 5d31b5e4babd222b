import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { MERIT_MAX } from '../match/rules.ts'
import type { Want } from './model.ts'

// Goal: an organisation and a result see the open needs that want them, best first, with reasons that add up and quote no
// need's private text; and nobody learns of a need outside its circle.
const POWDER = {
  name: { zh: '硫化物固态电解质粉体', en: 'Sulfide solid electrolyte powder' },
  weight: 5,
  critical: true,
  levelWanted: 2,
}
const VALVE = { name: 'Cryogenic valve', weight: 2, critical: false, levelWanted: 2 }
const SECRET = 'The secret words are marzipan and argyrodite.'
const NEEDS_MANY = 200

beforeAll(async () => {
  await openWorld()
})

async function withMaker() {
  const world = await openWorld()
  const maker = await world.addOrganisation({ names: 'Electrolyte Works', city: '江市' })
  const result = await world.addResult({
    owners: [maker],
    title: 'Sulfide solid electrolyte powder at kilogram scale',
    summary: 'Argyrodite powder with 6 mS/cm at room temperature. No marzipan.',
    trl: 6,
  })
  return { world, maker, result }
}
const wants = async (world: TestWorld, path: string, as: Parameters<TestWorld['ask']>[2] = {}) =>
  (await world.ask('GET', `${path}/wanted`, as)).body
const titles = (rows: Want[]) => rows.map(({ need }) => need.title)

test('the needs that want an organisation or a result come best first, with reasons that add up to the score', async () => {
  const { world, maker, result } = await withMaker()
  const need = { problem: SECRET, trl: { from: 4, to: 7 } }
  await world.addNeed({ ...need, title: 'Powder alone', capabilities: [POWDER] })
  await world.addNeed({ ...need, title: 'Powder and valve', capabilities: [POWDER, { ...VALVE, weight: 5 }] })
  await world.addNeed({ ...need, title: 'Valve', capabilities: [VALVE] })
  await world.addNeed({ ...need, title: 'Its own', capabilities: [POWDER], sponsors: [maker] })
  for (const path of [`/organisations/${maker}`, `/results/${result}`]) {
    const { rows, total, looked } = await wants(world, path, { as: 'company.other' })
    expect(titles(rows)).toEqual(['Powder alone', 'Powder and valve'])
    expect([total, looked]).toEqual([2, 4])
    const [first] = rows
    const covers = first.reasons.find((reason: { kind: string }) => reason.kind === 'covers')
    expect(covers).toMatchObject({
      capability: first.capabilities[0].id,
      level: 3,
      evidence: { kind: 'result', id: result },
    })
    expect(first.cells).toEqual([{ capability: first.capabilities[0].id, level: 3, judged: null }])
    const sum = first.reasons.reduce((all: number, reason: { weight: number }) => all + reason.weight, 0)
    expect(first.score).toBeCloseTo(sum)
    expect(first.merit).toBeCloseTo(sum / MERIT_MAX)
    const sentence = JSON.stringify(first.reasons.map(({ evidence, ...reason }: { evidence: unknown }) => reason))
    expect(sentence).not.toMatch(/marzipan|secret/i)
  }
})

test('a place is said to be asked for where the need names it, and to be the sponsors’ where it does not', async () => {
  const { world, maker } = await withMaker()
  const at = await world.addOrganisation({ names: 'River Sponsor', city: '江市' })
  await world.addNeed({ title: 'Asks', capabilities: [POWDER], conditions: { regions: ['江市'] } })
  await world.addNeed({ title: 'Has', capabilities: [POWDER], sponsors: [at] })
  const { rows } = await wants(world, `/organisations/${maker}`)
  const asked = (rows as Want[]).map(({ need, reasons }) => [
    need.title,
    reasons.find(({ kind }) => kind === 'place')?.facts?.asked,
  ])
  expect(asked.sort()).toEqual([
    ['Asks', 1],
    ['Has', 0],
  ])
})

test('no word of the private text is marked in the evidence, whoever asks', async () => {
  const { world, maker } = await withMaker()
  await world.addNeed({ problem: SECRET, capabilities: [POWDER] })
  const { rows } = await wants(world, `/organisations/${maker}`, { as: 'company' })
  const marked = (rows as Want[]).flatMap(({ reasons }) =>
    reasons.flatMap(({ evidence }) =>
      evidence ? evidence.marks.map(([from, to]) => evidence.quote.slice(from, to).toLowerCase()) : [],
    ),
  )
  expect(marked.length).toBeGreaterThan(0)
  expect(marked.filter((word) => /marzipan|argyrodite/.test(word))).toEqual([])
})

describe('a need outside the reader’s circle is neither listed nor counted', () => {
  test.each([
    ['company.other', ['For all', 'For members']],
    ['zone_officer', ['For all', 'For members', 'For its sponsors']],
    ['company', ['For all', 'For members', 'For its sponsors']],
  ] as const)('%s', async (as, seen) => {
    const { world, maker } = await withMaker()
    await world.addNeed({ title: 'For all', circle: 'public', capabilities: [POWDER] })
    await world.addNeed({ title: 'For members', circle: 'signed_in', capabilities: [POWDER] })
    await world.addNeed({ title: 'For its sponsors', circle: 'members', capabilities: [POWDER] })
    await world.addNeed({ title: 'A draft', state: 'draft', capabilities: [POWDER] })
    await world.addNeed({ title: 'Closed', state: 'closed', capabilities: [POWDER] })
    await world.addNeed({ title: 'Over', deadline: '2026-11-21', capabilities: [POWDER], state: 'draft' })
    const { rows, total, looked } = await wants(world, `/organisations/${maker}`, { as })
    expect(titles(rows).toSorted()).toEqual([...seen].toSorted())
    expect([total, looked]).toEqual([seen.length, seen.length])
  })
})

test('what the two sides have answered each other stays theirs', async () => {
  const { world, maker } = await withMaker()
  const need = await world.addNeed({ capabilities: [POWDER] })
  const before = await wants(world, `/organisations/${maker}`, { as: 'company.other' })
  await world.ask('POST', `/needs/${need}/responses`, {
    as: 'company',
    body: { organisationId: maker, side: 'need', answer: 'refusal', code: 'outside_scope' },
  })
  expect(await wants(world, `/organisations/${maker}`, { as: 'company.other' })).toEqual(before)
})

test('an organisation or result that the zone does not know is not found', async () => {
  const world = await openWorld()
  for (const path of ['organisations', 'results'])
    expect((await world.ask('GET', `/${path}/${crypto.randomUUID()}/wanted`)).status).toBe(404)
})

test('two hundred open needs are looked through at once', async () => {
  const { world, maker } = await withMaker()
  const wanting = await world.addNeed({ capabilities: [POWDER, VALVE] })
  const other = await world.addNeed({ capabilities: [VALVE] })
  await copyNeed(world, wanting, NEEDS_MANY / 4 - 1)
  await copyNeed(world, other, (NEEDS_MANY * 3) / 4 - 1)
  const { rows, total, looked } = await wants(world, `/organisations/${maker}`)
  expect([rows.length, total, looked]).toEqual([50, NEEDS_MANY / 4, NEEDS_MANY])
})

/** The same need many times over, without the way through its states. */
const copyNeed = (world: TestWorld, id: string, times: number) =>
  world.within(async (tx) => {
    const { rows } = await sql<{
      id: string
    }>`select gen_random_uuid() as id from generate_series(1, ${times})`.execute(tx)
    const ids = rows.map((row) => row.id)
    for (const table of ['need', 'need_capability', 'need_sponsor'])
      await sql`insert into ${sql.table(table)}
        select (jsonb_populate_record(t, jsonb_build_object('need_id', copy) ||
          case when to_jsonb(t) ? 'capability_id' then jsonb_build_object('capability_id', gen_random_uuid()) else '{}' end)).*
        from ${sql.table(table)} t, unnest(${ids}::uuid[]) as copy
        where t.zone_id = ${world.zoneId} and t.need_id = ${id}`.execute(tx)
  })
