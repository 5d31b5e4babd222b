import { expect, test } from 'vitest'
import { openWorld } from '#testing'

test('a past project is listed, opened and shown to its participants', async () => {
  const world = await openWorld()
  const id = await world.addProject({
    rcn: '193157',
    acronym: 'SULFISCALE',
    title: { en: 'Kilogram-scale electrolyte' },
    objective: { en: 'Scale argyrodite from grams to kilograms.' },
    startDate: '2022-07-01',
    parts: ['LEIT'],
    totalCost: { minor: '960000000', currency: 'CNY' },
  })
  await world.addProject({ title: { zh: '别的项目' }, participants: [{ organisation: world.other }] })
  const list = await world.ask('GET', '/projects?q=argyrodite%20sulfiscale&part=LEIT&start_from=2022&start_to=2022')
  expect(list.body).toMatchObject({
    total: 1,
    rows: [{ id, members: 2, totalCost: { minor: '960000000', currency: 'CNY' } }],
  })
  const page = await world.ask('GET', `/projects/${id}`, { as: 'researcher.other' })
  expect(page.body).toMatchObject({
    objective: { en: { text: 'Scale argyrodite from grams to kilograms.' } },
    participants: [
      { id: world.own, role: 'coordinator' },
      { id: world.other, role: 'participant' },
    ],
  })
  const mine = await world.ask('GET', '/projects?mine=true', { as: 'company' })
  expect(mine.body.rows).toMatchObject([{ id }])
  expect((await world.ask('GET', `/organisations/${world.own}`)).body).toMatchObject({
    projectsTotal: 1,
    partners: [{ id: world.other, projects: 1 }],
  })
})

test.each([
  ['stranger', 401],
  ['company.foreign', 403],
  ['company', 200],
] as const)('%s reads past projects: %s', async (as, status) => {
  const world = await openWorld()
  const id = await world.addProject()
  expect((await world.ask('GET', '/projects', { as })).status).toBe(status)
  expect((await world.ask('GET', `/projects/${id}`, { as })).status).toBe(status)
})

test.each(['0190a0a0-0000-7000-8000-000000000000', 'no-id'])('the project %s is nowhere', async (id) => {
  const world = await openWorld()
  expect((await world.ask('GET', `/projects/${id}`)).status).toBe(404)
})
