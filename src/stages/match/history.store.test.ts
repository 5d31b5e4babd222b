import { expect, test } from 'vitest'
import { openWorld } from '#testing'
import { readPast } from './history-store.ts'

// Goal: the registry's own participations say with whom somebody worked, when last and through whom, each zone for itself.
async function withPast() {
  const world = await openWorld()
  const add = (name: string) => world.addOrganisation({ names: name })
  const [ada, bo, cy, dee] = [await add('Ada'), await add('Bo'), await add('Cy'), await add('Dee')]
  const project = (startDate: string, ...members: string[]) =>
    world.addProject({
      startDate,
      participants: members.map((organisation) => ({ organisation, role: 'participant' as const })),
    })
  await project('2019-05', ada, bo)
  await project('2021', ada, bo)
  await project('2023-02-01', bo, cy)
  await project('2024', dee)
  return { world, ada, bo, cy, dee }
}

test('partners come with their projects and the last year, paths with the bridge and the older step', async () => {
  const { world, ada, bo, cy } = await withPast()
  const past = await world.within((tx) => readPast(tx, world.zoneId, [ada]))
  expect(past).toEqual({
    year: 2024,
    partners: [{ organisationId: bo, projects: 2, last: 2021, sponsorId: ada }],
    paths: [
      {
        organisationId: cy,
        sponsorId: ada,
        through: bo,
        projects: 1,
        last: 2021,
        bridges: 1,
        strength: expect.any(Number),
      },
    ],
  })
})

test('two that are asked for together need no path to each other, and one project with both counts once', async () => {
  const { world, ada, bo, cy } = await withPast()
  const past = await world.within((tx) => readPast(tx, world.zoneId, [ada, bo]))
  expect(past.partners).toEqual([{ organisationId: cy, projects: 1, last: 2023, sponsorId: bo }])
  expect(past.paths).toEqual([])
})

test('only those asked for are told, read from either side alike', async () => {
  const { world, ada, bo, cy, dee } = await withPast()
  const forth = await world.within((tx) => readPast(tx, world.zoneId, [ada], [cy, dee]))
  const back = await world.within((tx) => readPast(tx, world.zoneId, [cy], [ada]))
  expect(forth.partners).toEqual([])
  expect(forth.paths.map(({ through }) => through)).toEqual([bo])
  expect(back.paths[0]?.strength).toBeCloseTo(forth.paths[0]!.strength)
})

test('nobody, and somebody without a past, have none', async () => {
  const { world, dee } = await withPast()
  for (const from of [[], [dee]])
    expect(await world.within((tx) => readPast(tx, world.zoneId, from))).toMatchObject({ partners: [], paths: [] })
  const abroad = await world.within((tx) => readPast(tx, world.foreign.zoneId, [dee]))
  expect(abroad.partners).toEqual([])
})
