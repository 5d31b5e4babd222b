import { describe, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'

const twins = async (world: TestWorld) => {
  const first = await world.addOrganisation({
    names: { zh: '澜江曜川储能科技股份有限公司' },
    city: '澜江市',
    country: 'CN',
    staff: 120,
    fields: ['储能'],
    identifiers: { pic: '999905974' },
  })
  const second = await world.addOrganisation({
    names: { zh: '曜川儲能科技有限公司', en: 'Yaochuan Energy Storage Co., Ltd.' },
    city: '澜江市',
    country: 'CN',
    staff: 90,
    founded: '2011-05-18',
    fields: ['液冷'],
    identifiers: { pic: '998221957', lei: 'HWUPKR0MPOU8FGXBT394' },
  })
  return { first, second }
}

async function find(world: TestWorld) {
  const { body } = await world.ask('POST', '/duplicates/find')
  await world.jobs.settled(world.zoneId, body.work)
  return (await world.ask('GET', '/duplicates')).body
}

test('one organisation under two spellings is suspected, with reasons, and nothing else is', async () => {
  const world = await openWorld({ jobs: true })
  const { first, second } = await twins(world)
  await world.addOrganisation({ names: { zh: '澜江衡域半导体股份有限公司' }, city: '澜江市', country: 'CN' })
  const { rows, total } = await find(world)
  expect(total).toBe(1)
  expect([rows[0].first.id, rows[0].second.id].toSorted()).toEqual([first, second].toSorted())
  expect(rows[0].fuller).toBe(second)
  expect(rows[0].reasons.map((reason: { kind: string }) => reason.kind)).toEqual([
    'contained_name',
    'same_city',
    'same_country',
  ])
  expect((await find(world)).total).toBe(1)
})

test('one that a person adds or renames is suspected at once, and no more when the name is mended', async () => {
  const world = await openWorld()
  const { second } = await twins(world)
  const total = async () => (await world.ask('GET', '/duplicates')).body.total
  expect(await total()).toBe(1)
  await world.ask('PATCH', `/organisations/${second}`, { body: { revision: 1, names: { zh: '澜江启辰材料有限公司' } } })
  expect(await total()).toBe(0)
})

test('a rehearsed merge shows what would be, and a merge does it: facts, records and identifiers', async () => {
  const world = await openWorld()
  const { first, second } = await twins(world)
  const result = await world.addResult({ owners: [first, second] })
  const alone = await world.addResult({ owners: [second] })
  const shared = await world.addProject({
    participants: [
      { organisation: first, role: 'participant' },
      { organisation: second, role: 'coordinator' },
    ],
  })
  const evidence = { subjectKind: 'organisation', subject: second, kind: 'statement', title: 'X', body: 'Y' }
  await world.ask('POST', '/evidence', { body: evidence })
  const path = `/duplicates/${second}/${first}`
  const body = { decision: 'merge', keep: first, take: { staff: second } }
  const rehearsed = await world.ask('POST', `${path}?rehearse=true`, { body })
  expect(rehearsed.body).toMatchObject({
    state: 'merged',
    kept: first,
    merged: second,
    changes: { staff: { from: 120, to: 90 }, founded: { from: null, to: '2011-05-18' } },
    moved: { identifiers: 2, results: 2, projects: 1, evidence: 1 },
  })
  expect((await world.ask('GET', `/organisations/${second}`)).body.mergedInto).toBeNull()

  expect((await world.ask('POST', path, { body })).body).toEqual(rehearsed.body)
  const kept = (await world.ask('GET', `/organisations/${first}`)).body
  expect(kept).toMatchObject({
    names: { zh: { text: '澜江曜川储能科技股份有限公司' }, en: { text: 'Yaochuan Energy Storage Co., Ltd.' } },
    staff: 90,
    founded: '2011-05-18',
    fields: ['储能', '液冷'],
    identifiers: { pic: '999905974', lei: 'HWUPKR0MPOU8FGXBT394' },
    projectsTotal: 1,
    projects: [{ id: shared, role: 'coordinator', members: 1 }],
  })
  expect(kept.results.map((row: { id: string }) => row.id).toSorted()).toEqual([result, alone].toSorted())
  expect((await world.ask('GET', `/organisations/${second}`)).body).toMatchObject({ mergedInto: first, results: [] })
  expect((await world.ask('GET', '/organisations?q=曜川')).body.total).toBe(1)
  const known = { names: 'Another', identifiers: { pic: '998221957' } }
  expect(await world.ask('POST', '/organisations', { body: known })).toMatchObject({
    status: 409,
    body: { now: { id: first } },
  })
  const change = await world.ask('PATCH', `/organisations/${second}`, { body: { revision: 2, city: 'X' } })
  expect(change).toMatchObject({ status: 409, body: { rule: 'organisation.merged' } })
})

test('parting gives each what was its own; what was changed since stays and is named', async () => {
  const world = await openWorld()
  const { first, second } = await twins(world)
  const shared = await world.addProject({
    participants: [{ organisation: first }, { organisation: second, role: 'coordinator' }],
  })
  const both = await world.addResult({ owners: [first, second] })
  const look = async (id: string) => {
    const { body } = await world.ask('GET', `/organisations/${id}`)
    const { names, staff, founded, fields, identifiers, results, projects, provenance } = body
    return {
      names,
      staff,
      founded,
      fields,
      identifiers,
      results,
      projects,
      edited: Object.keys(provenance.edited).toSorted(),
    }
  }
  const before = [await look(first), await look(second)]
  await world.ask('POST', `/duplicates/${first}/${second}`, { body: { decision: 'merge', keep: first } })
  const parted = await world.ask('POST', `/organisations/${second}/part`)
  expect(parted.body).toEqual({ kept: first, parted: second, stays: [] })
  expect([await look(first), await look(second)]).toEqual(before)
  const project = (await world.ask('GET', `/projects/${shared}`)).body
  expect(project.participants).toMatchObject([
    { id: second, role: 'coordinator' },
    { id: first, role: 'participant' },
  ])
  expect((await world.ask('GET', `/results/${both}`)).body.owners).toHaveLength(2)
  expect((await world.ask('GET', '/duplicates?state=distinct')).body.total).toBe(1)

  await world.ask('POST', `/duplicates/${first}/${second}`, { body: { decision: 'merge', keep: first } })
  const { revision } = (await world.ask('GET', `/organisations/${first}`)).body
  await world.ask('PATCH', `/organisations/${first}`, { body: { revision, founded: '2012' } })
  await world.ask('DELETE', `/results/${both}`)
  expect((await world.ask('POST', `/organisations/${second}/part`)).body.stays).toEqual(['founded'])
  expect((await world.ask('GET', `/organisations/${first}`)).body.founded).toBe('2012')
  expect(await world.ask('POST', `/organisations/${second}/part`)).toMatchObject({
    status: 404,
    body: { rule: 'organisation.not_merged' },
  })
})

test('a need, a judgement, a person, an account and a chain of merges follow', async () => {
  const world = await openWorld()
  const { first, second } = await twins(world)
  const third = await world.addOrganisation({ names: 'Third' })
  const person = await world.ask('POST', '/people', { body: { names: 'P', organisation: world.other } })
  const merge = (one: string, other: string, keep: string) =>
    world.ask('POST', `/duplicates/${one}/${other}`, { body: { decision: 'merge', keep } })
  await merge(world.other, first, first)
  expect((await world.ask('GET', `/people/${person.body.id}`)).body.organisation.id).toBe(first)
  expect((await world.ask('GET', `/organisations/${first}`, { as: 'company.other' })).body.mayEdit).toBe(true)
  await merge(first, second, second)
  expect((await world.ask('GET', `/organisations/${world.other}`)).body.mergedInto).toBe(second)
  expect(await merge(first, third, third)).toMatchObject({ status: 409, body: { rule: 'organisation.merged' } })
  await world.ask('POST', `/organisations/${first}/part`)
  expect((await world.ask('GET', `/organisations/${world.other}`)).body.mergedInto).toBe(first)
  await world.ask('POST', `/organisations/${world.other}/part`)
  expect((await world.ask('GET', `/organisations/${first}`, { as: 'company.other' })).body.mayEdit).toBe(false)
})

test('two that were told apart are never asked about again, whoever they are merged with', async () => {
  const world = await openWorld({ jobs: true })
  const { first, second } = await twins(world)
  expect((await find(world)).total).toBe(1)
  await world.ask('POST', `/duplicates/${first}/${second}`, { body: { decision: 'distinct' } })
  expect((await find(world)).total).toBe(0)
  const third = await world.addOrganisation({ names: '曜川储能科技公司', city: '澜江市', country: 'CN' })
  await world.ask('POST', `/duplicates/${third}/${second}`, { body: { decision: 'merge', keep: third } })
  expect((await find(world)).total).toBe(0)
})

describe('who may, and what is refused', () => {
  test.each([
    ['stranger', 401],
    ['zone_officer.foreign', 403],
    ['company', 403],
    ['researcher', 403],
    ['technology_manager', 200],
  ] as const)('%s: %s', async (as, status) => {
    const world = await openWorld()
    const path = `/duplicates/${world.own}/${world.other}`
    expect((await world.ask('GET', '/duplicates', { as })).status).toBe(status)
    expect((await world.ask('POST', `${path}?rehearse=true`, { as, body: { decision: 'distinct' } })).status).toBe(
      status,
    )
    expect((await world.ask('POST', path, { as, body: { decision: 'merge', keep: world.own } })).status).toBe(status)
    expect((await world.ask('POST', `/organisations/${world.other}/part`, { as })).status).toBe(status)
    const found = await world.ask('POST', '/duplicates/find', { as, ...(status === 200 ? { key: 'find' } : {}) })
    expect(found.status).toBe(status === 200 ? 202 : status)
  })

  test.each([
    ['itself', (world: TestWorld) => [world.own, world.own, { decision: 'distinct' }], 422, 'duplicate.same'],
    [
      'an unknown one',
      (world: TestWorld) => [world.own, '0190a0a0-0000-7000-8000-000000000000', { decision: 'distinct' }],
      404,
      'organisation.unknown',
    ],
    [
      'a third one kept',
      (world: TestWorld) => [
        world.own,
        world.other,
        { decision: 'merge', keep: '0190a0a0-0000-7000-8000-000000000000' },
      ],
      422,
      'body.form',
    ],
    [
      'a fact of a third one',
      (world: TestWorld) => [
        world.own,
        world.other,
        { decision: 'merge', keep: world.own, take: { city: '0190a0a0-0000-7000-8000-000000000000' } },
      ],
      422,
      'body.form',
    ],
    [
      'unseen changes',
      (world: TestWorld) => [
        world.own,
        world.other,
        { decision: 'merge', keep: world.own, revisions: { [world.other]: 7 } },
      ],
      409,
      'revision.old',
    ],
    ['no decision', (world: TestWorld) => [world.own, world.other, {}], 422, 'body.form'],
  ] as const)('%s', async (_says, ask, status, rule) => {
    const world = await openWorld()
    const [one, other, body] = ask(world)
    expect(await world.ask('POST', `/duplicates/${one}/${other}`, { body })).toMatchObject({ status, body: { rule } })
  })

  test('an organisation of another zone can’t be merged from here', async () => {
    const world = await openWorld()
    const abroad = await world.addOrganisation({}, world.foreign.zoneId)
    const body = { decision: 'merge', keep: world.own }
    expect((await world.ask('POST', `/duplicates/${world.own}/${abroad}`, { body })).status).toBe(404)
  })
})
