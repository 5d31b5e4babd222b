import { expect, test } from 'vitest'
import { openWorld } from '#testing'

test('a few words find organisations, results, projects and people of the zone, and of no other', async () => {
  const world = await openWorld()
  const organisation = await world.addOrganisation({
    names: { zh: '曜川储能科技', en: 'Yaochuan Storage' },
    city: '澜江市',
  })
  const result = await world.addResult({ title: 'Yaochuan powder', owners: [organisation] })
  const project = await world.addProject({ acronym: 'YAOCHUAN', title: 'Storage at scale', startDate: '2022-07' })
  const person = await world.ask('POST', '/people', { body: { names: 'Shen Yaochuan', organisation } })
  await world.addOrganisation({ names: 'Yaochuan Abroad' }, world.foreign.zoneId)
  const { body } = await world.ask('GET', '/search?q=yaochuan', { as: 'company.other' })
  expect(body.rows).toEqual([
    { kind: 'organisation', id: organisation, title: '曜川储能科技', detail: '澜江市' },
    { kind: 'result', id: result, title: 'Yaochuan powder', detail: '曜川储能科技' },
    { kind: 'project', id: project, title: 'Storage at scale', detail: 'YAOCHUAN · 2022' },
    { kind: 'person', id: person.body.id, title: 'Shen Yaochuan', detail: '曜川储能科技' },
  ])
  expect((await world.ask('GET', '/search?q=')).body.rows).toEqual([])
  expect((await world.ask('GET', '/search?q=yaochuan', { as: 'stranger' })).status).toBe(401)
  expect((await world.ask('GET', '/search?q=yaochuan', { as: 'company.foreign' })).status).toBe(403)
})

test('facets count what stands, once a record', async () => {
  const world = await openWorld()
  await world.addOrganisation({
    names: 'A',
    kind: 'fund',
    size: 'small',
    country: 'CN',
    region: '澜东省',
    fields: ['储能', '储能'],
  })
  const gone = await world.addOrganisation({ names: 'B', kind: 'fund', titles: ['链主企业'] })
  const kept = await world.addOrganisation({ names: 'C', kind: 'institute' })
  await world.ask('POST', `/duplicates/${gone}/${kept}`, { body: { decision: 'merge', keep: kept } })
  await world.addResult({
    trl: 6,
    ip: [{ kind: 'design' }, { kind: 'design' }, { kind: 'software' }],
    wantedDeal: ['equity'],
  })
  await world.addResult({ trl: 3 })
  await world.addProject({ parts: ['LEIT'], framework: 'H2020' })
  const { body } = await world.ask('GET', '/registry/facets', { as: 'researcher' })
  expect(body).toMatchObject({
    organisations: {
      total: 4,
      kinds: [
        { value: 'other', count: 2 },
        { value: 'fund', count: 1 },
        { value: 'institute', count: 1 },
      ],
      sizes: [{ value: 'small', count: 1 }],
      regions: [{ value: '澜东省', count: 1 }],
      fields: [{ value: '储能', count: 1 }],
      titles: [{ value: '链主企业', count: 1 }],
    },
    results: {
      total: 2,
      trls: [
        { value: '3', count: 1 },
        { value: '6', count: 1 },
      ],
      ipKinds: [
        { value: 'design', count: 1 },
        { value: 'software', count: 1 },
      ],
      deals: [{ value: 'equity', count: 1 }],
    },
    projects: { total: 1, parts: [{ value: 'LEIT', count: 1 }], frameworks: [{ value: 'H2020', count: 1 }] },
  })
  expect((await world.ask('GET', '/registry/facets', { as: 'stranger' })).status).toBe(401)
})
