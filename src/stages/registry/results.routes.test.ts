import { describe, expect, test } from 'vitest'
import { openWorld } from '#testing'

const sulfide = {
  title: { zh: '硫化物固态电解质粉体', en: 'Sulfide electrolyte powder' },
  summary: '公斤级批次，室温离子电导率 6.2 mS/cm',
  fields: ['固态电池'],
  segment: 'battery-materials',
  trl: 6,
  trlSaid: '中试',
  ip: [
    { kind: 'invention', number: 'ZL 2017 1 0601862.3', status: 'granted', expires: '2027-01-01' },
    { kind: 'invention', number: 'ZL201710601862.4', status: 'granted' },
  ],
  inventors: ['祁砚青'],
  wantedDeal: ['licence'],
  dated: '2025-11',
} as const

test('a result is added, listed, opened, changed and remembered', async () => {
  const world = await openWorld()
  const added = await world.ask('POST', '/results', { as: 'company', body: { ...sulfide, owners: [world.own] } })
  expect(added).toMatchObject({ status: 201, body: { revision: 1 } })
  const list = await world.ask('GET', '/results?q=固態%20粉体&trl_from=5&ip_kind=invention&deal=licence')
  expect(list.body).toMatchObject({
    total: 1,
    rows: [
      {
        id: added.body.id,
        title: '硫化物固态电解质粉体',
        owners: [{ id: world.own, name: '自家公司' }],
        expires: '2027-01-01',
      },
    ],
  })
  const page = await world.ask('GET', `/results/${added.body.id}`, { as: 'company' })
  expect(page.body).toMatchObject({
    trlSaid: '中试',
    inventors: ['祁砚青'],
    ip: [
      { number: 'ZL201710601862.3', office: 'CN', note: null, daysLeft: 40 },
      { number: 'ZL201710601862.4', note: 'checksum', expected: '3', daysLeft: null },
    ],
    mayEdit: true,
    provenance: { importId: null },
    evidence: [],
  })
  const changed = await world.ask('PATCH', `/results/${added.body.id}`, {
    as: 'company',
    body: { revision: 1, trl: 7 },
  })
  expect(changed.body).toEqual({ id: added.body.id, revision: 2 })
  const history = await world.ask('GET', `/history/result/${added.body.id}`, { as: 'company' })
  expect(history.body.rows[0]).toMatchObject({ action: 'changed', changes: { trl: { from: 6, to: 7 } } })
})

test('the second of two editors of a result is told, with what stands now', async () => {
  const world = await openWorld()
  const id = await world.addResult({ trl: 3 })
  await world.ask('PATCH', `/results/${id}`, { body: { revision: 1, trl: 4 } })
  expect(await world.ask('PATCH', `/results/${id}`, { body: { revision: 1, trl: 5 } })).toMatchObject({
    status: 409,
    body: { code: 'changed_meanwhile', rule: 'revision.old', now: { trl: 4, revision: 2 } },
  })
})

describe('who may', () => {
  test.each([
    ['anonymous', 'stranger', 401],
    ['a member of another zone', 'company.foreign', 403],
    ['a company, of its own', 'company', 200],
    ['a researcher, of its own', 'researcher', 200],
    ['another company', 'company.other', 403],
    ['a technology manager', 'technology_manager', 200],
  ] as const)('%s changes a result', async (_says, as, status) => {
    const world = await openWorld()
    const id = await world.addResult()
    expect((await world.ask('PATCH', `/results/${id}`, { as, body: { revision: 1, trl: 2 } })).status).toBe(status)
    expect((await world.ask('DELETE', `/results/${id}`, { as })).status).toBe(status)
  })

  test('a company can’t say who else owns a result, nor put one on another’s page', async () => {
    const world = await openWorld()
    const refusal = { status: 403, body: { code: 'forbidden', rule: 'result.owners_by_staff' } }
    const title = 'Ours'
    const add = (owners: string[], as: 'company' | 'zone_officer') =>
      world.ask('POST', '/results', { as, body: { title, owners } })
    expect(await add([world.other], 'company')).toMatchObject(refusal)
    expect(await add([world.own, world.other], 'company')).toMatchObject(refusal)
    expect((await add([world.own, world.other], 'zone_officer')).status).toBe(201)
    const id = await world.addResult()
    const change = { revision: 1, owners: [world.other] }
    expect(await world.ask('PATCH', `/results/${id}`, { as: 'company', body: change })).toMatchObject(refusal)
    expect((await world.ask('PATCH', `/results/${id}`, { body: change })).status).toBe(200)
    expect((await world.ask('GET', `/results/${id}`, { as: 'company.other' })).body.mayEdit).toBe(true)
  })

  test('a result of another zone isn’t there, for reading, changing or naming its owner', async () => {
    const world = await openWorld()
    const abroad = await world.addOrganisation({}, world.foreign.zoneId)
    const id = await world.addResult({ owners: [abroad] }, world.foreign.zoneId)
    for (const [method, body] of [['GET'], ['PATCH', { revision: 1, trl: 1 }], ['DELETE']] as const)
      expect(await world.ask(method, `/results/${id}`, { body })).toMatchObject({
        status: 404,
        body: { rule: 'result.unknown' },
      })
    expect(await world.ask('POST', '/results', { body: { title: 'X', owners: [abroad] } })).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'owners.0', rule: 'organisation.unknown' }] },
    })
  })
})

test('a removed result is gone everywhere, and comes back as it was', async () => {
  const world = await openWorld()
  const id = await world.addResult({ ...sulfide, owners: [world.own, world.other] } as never)
  const before = (await world.ask('GET', `/results/${id}`)).body
  expect((await world.ask('DELETE', `/results/${id}`, { as: 'company' })).status).toBe(200)
  expect((await world.ask('GET', `/results/${id}`)).status).toBe(404)
  expect((await world.ask('GET', '/results')).body.total).toBe(0)
  expect((await world.ask('GET', `/organisations/${world.own}`)).body.results).toEqual([])
  expect((await world.ask('POST', `/results/${id}/restore`, { as: 'company.foreign' })).status).toBe(403)
  expect((await world.ask('POST', `/results/${id}/restore`, { as: 'company' })).body).toEqual({ id, revision: 2 })
  const { revision, updatedAt, ...after } = (await world.ask('GET', `/results/${id}`)).body
  expect({ ...after, revision: 1, updatedAt: before.updatedAt }).toEqual(before)
  expect(await world.ask('POST', `/results/${id}/restore`)).toMatchObject({
    status: 404,
    body: { rule: 'result.unknown' },
  })
})

test('mine are those of my organisation; those who speak for none have none', async () => {
  const world = await openWorld()
  const mine = await world.addResult()
  await world.addResult({ owners: [world.other] })
  expect((await world.ask('GET', '/results?mine=true', { as: 'company' })).body.rows).toMatchObject([{ id: mine }])
  expect((await world.ask('GET', '/results?mine=true')).body.total).toBe(0)
})

test.each([
  ['title', 'asc', ['A', 'B', 'C']],
  ['trl', 'desc', ['C', 'A', 'B']],
  ['expires', 'asc', ['B', 'A', 'C']],
  ['dated', 'desc', ['A', 'C', 'B']],
])('results sort by %s, %s, the unknown last', async (sort, order, titles) => {
  const world = await openWorld()
  await world.addResult({ title: 'A', trl: 5, dated: '2025', ip: [{ kind: 'design', expires: '2030-01-01' }] })
  await world.addResult({ title: 'B', ip: [{ kind: 'design', expires: '2027' }] })
  await world.addResult({ title: 'C', trl: 8, dated: '2024', ip: [{ kind: 'design', expires: '2020-01-01' }] })
  const { body } = await world.ask('GET', `/results?sort=${sort}&order=${order}`)
  expect(body.rows.map((row: { title: string }) => row.title)).toEqual(titles)
})

test.each([
  ['no title', { owners: [] }, 'title'],
  ['an empty title', { title: '  ' }, 'title'],
  ['no owner', { title: 'X', owners: [] }, 'owners'],
  ['an owner that is no id', { title: 'X', owners: ["' or 1=1"] }, 'owners.0'],
  ['a level beyond nine', { title: 'X', trl: 10 }, 'trl'],
  ['an unknown right', { title: 'X', ip: [{ kind: 'magic' }] }, 'ip.0.kind'],
  ['a day that is no date', { title: 'X', dated: 'soon' }, 'dated'],
  ['a field that a result doesn’t have', { title: 'X', zone_id: 'x' }, 'zone_id'],
])('a result with %s is refused by name', async (_says, body, path) => {
  const world = await openWorld()
  const answer = await world.ask('POST', '/results', { body: { owners: [world.own], ...body } })
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } })
  expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path)
})

test('hostile searches are words like others', async () => {
  const world = await openWorld()
  await world.addResult({ title: "100 % O'Neil_\\ powder" })
  const total = async (q: string) => (await world.ask('GET', `/results?q=${encodeURIComponent(q)}`)).body.total
  expect(await total("o'neil_\\")).toBe(1)
  expect(await total('%')).toBe(1)
  expect(await total('_______')).toBe(0)
  expect(await total("'; drop table result; --")).toBe(0)
})
