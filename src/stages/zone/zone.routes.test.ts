import { expect, test } from 'vitest'
import { openWorld, type TestWorld } from '#testing'

const INDUSTRY = {
  slug: 'storage',
  names: { zh: '新型储能', en: 'Storage' },
  segments: [
    { key: 'cells', names: { zh: '电芯', en: 'Cells' }, stream: 'midstream' },
    { key: 'recycling', names: { zh: '回收', en: 'Recycling' }, stream: 'downstream' },
  ],
}

async function withIndustry(): Promise<TestWorld & { industry: string }> {
  const world = await openWorld()
  const { body } = await world.ask('POST', '/industries', { body: INDUSTRY })
  return { ...world, industry: body.id }
}
const ones = async (world: TestWorld) => (await world.ask('GET', '/industries/storage', { as: 'researcher' })).body.ones

test('zero is shown as zero, for each of the ten, in their order', async () => {
  const world = await withIndustry()
  const measured = await ones(world)
  expect(measured).toHaveLength(10)
  expect(measured.every((one: { measured: number; target: null }) => one.measured === 0 && one.target === null)).toBe(
    true,
  )
})

test('a figure counts the records that its link opens, and a plan counts only when in force', async () => {
  const world = await withIndustry()
  const add = (status: string) =>
    world.ask('POST', '/records', {
      body: { kind: 'policy', names: `Policy ${status}`, status, industryId: world.industry },
    })
  for (const status of ['planned', 'in_force', 'done', 'ended']) expect((await add(status)).status).toBe(201)
  const policy = (await ones(world)).find((one: { key: string }) => one.key === 'policy')
  expect(policy).toMatchObject({ measured: 2, planned: 1 })
  const opened = await world.ask('GET', `/${policy.drill.page}?${policy.drill.search}`)
  expect(opened.body.total).toBe(policy.measured)
})

test('pioneer enterprises are companies of the industry that carry a title', async () => {
  const world = await withIndustry()
  await world.addOrganisation({ names: 'Titled', kind: 'company', segment: 'cells', titles: ['高新技术企业'] })
  await world.addOrganisation({ names: 'Untitled', kind: 'company', segment: 'cells' })
  await world.addOrganisation({ names: 'Elsewhere', kind: 'company', segment: 'other', titles: ['高新技术企业'] })
  const enterprises = (await ones(world)).find((one: { key: string }) => one.key === 'enterprises')
  expect(enterprises.measured).toBe(1)
  expect((await world.ask('GET', `/organisations?${enterprises.drill.search}`)).body.total).toBe(1)
})

test('a target is set by an officer and never the measure', async () => {
  const world = await withIndustry()
  const put = (body: object, as: 'zone_officer' | 'company') =>
    world.ask('PUT', '/industries/storage/ones/fund', { body, as })
  expect((await put({ target: 3, owner: '发改局' }, 'zone_officer')).status).toBe(200)
  expect((await put({ target: 3 }, 'company')).status).toBe(403)
  expect((await put({ target: 3, measured: 3 }, 'zone_officer')).status).toBe(422)
  expect((await ones(world)).find((one: { key: string }) => one.key === 'fund')).toMatchObject({
    measured: 0,
    target: 3,
  })
})

test('the second of two editors of a record is told', async () => {
  const world = await withIndustry()
  const { body } = await world.ask('POST', '/records', { body: { kind: 'plan', names: 'Plan' } })
  const change = { kind: 'plan', names: 'Plan', status: 'in_force', revision: 1 }
  expect((await world.ask('PUT', `/records/${body.id}`, { body: change })).status).toBe(200)
  expect(await world.ask('PUT', `/records/${body.id}`, { body: change })).toMatchObject({
    status: 409,
    body: { code: 'changed_meanwhile' },
  })
})

test('an organisation of another zone can’t be named', async () => {
  const world = await withIndustry()
  const abroad = await world.addOrganisation({ names: 'Abroad' }, world.foreign.zoneId)
  const body = { kind: 'fund', names: 'Fund', organisationId: abroad }
  expect(await world.ask('POST', '/records', { body })).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

test('a stranger and another zone’s officer see nothing of the plan', async () => {
  const world = await withIndustry()
  expect((await world.ask('GET', '/industries/storage', { as: 'stranger' })).status).toBe(401)
  expect((await world.ask('GET', '/industries/storage', { as: 'zone_officer.foreign' })).status).toBe(403)
})
