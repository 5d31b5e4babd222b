import { expect, test } from 'vitest'
import { openWorld } from '#testing'

test('a person is added, listed, opened and changed', async () => {
  const world = await openWorld()
  const body = {
    names: { zh: '祁砚青', en: 'Qi Yanqing' },
    post: 'Professor',
    organisation: world.own,
    orcid: 'https://orcid.org/0000-0002-1825-0097',
    fields: ['硫化物电解质'],
    segment: 'battery-materials',
    talentLevel: 'leading',
  }
  const added = await world.ask('POST', '/people', { as: 'company', body })
  expect(added.status).toBe(201)
  const list = await world.ask('GET', '/people?q=yanqing&level=leading')
  expect(list.body.rows).toMatchObject([
    { id: added.body.id, organisation: { id: world.own, name: '自家公司' }, orcid: '0000-0002-1825-0097' },
  ])
  const change = { revision: 1, post: 'Chief scientist' }
  expect((await world.ask('PATCH', `/people/${added.body.id}`, { body: change })).body.revision).toBe(2)
  expect(await world.ask('PATCH', `/people/${added.body.id}`, { body: change })).toMatchObject({
    status: 409,
    body: { code: 'changed_meanwhile', now: { post: 'Chief scientist' } },
  })
  expect(await world.ask('POST', '/people', { body })).toMatchObject({ status: 409, body: { rule: 'person.known' } })
})

test.each([
  ['an ORCID with a wrong check digit', { orcid: '0000-0002-1825-0098' }, 'orcid', 'orcid.checksum'],
  [
    'an organisation of nowhere',
    { organisation: '0190a0a0-0000-7000-8000-000000000000' },
    'organisation',
    'organisation.unknown',
  ],
])('%s is refused', async (_says, part, path, rule) => {
  const world = await openWorld()
  const answer = await world.ask('POST', '/people', { body: { names: 'A Person', ...part } })
  expect(answer).toMatchObject({ status: 422, body: { issues: [{ path, rule }] } })
})

test('a company has its own people only: not another’s, not nobody’s, and it can’t hand them over', async () => {
  const world = await openWorld()
  const add = (organisation: string | null) =>
    world.ask('POST', '/people', { as: 'company', body: { names: 'A Person', organisation } })
  expect((await add(world.other)).status).toBe(403)
  expect((await add(null)).status).toBe(403)
  const { body } = await add(world.own)
  const change = (as: 'company' | 'company.other', part: object) =>
    world.ask('PATCH', `/people/${body.id}`, { as, body: { revision: 1, ...part } })
  expect((await change('company.other', { post: 'X' })).status).toBe(403)
  expect((await change('company', { organisation: world.other })).status).toBe(403)
  expect((await world.ask('GET', '/people?mine=true', { as: 'company' })).body.total).toBe(1)
  expect((await world.ask('GET', '/people?mine=true', { as: 'company.other' })).body.total).toBe(0)
  expect((await world.ask('GET', '/people', { as: 'stranger' })).status).toBe(401)
})
