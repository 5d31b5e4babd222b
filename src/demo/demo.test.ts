import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAs } from '#db/caller.ts'
import { openFileStore } from '#db/files.ts'
import { verifyChain } from '#db/journal.ts'
import { migrate } from '#db/migrate.ts'
import { builtInPacks } from '#engines/rules/catalogue.ts'
import { dateIn } from '#kit/clock.ts'
import { keyedId } from '#kit/ids.ts'
import { systemCaller } from '#stages/caller.ts'
import { statesOfPacks } from '#stages/compose/pack-rules.ts'
import { packFactsOf } from '#stages/compose/pack-store.ts'
import { coverFor } from '#stages/match/cover.ts'
import { openFreshDatabase } from '#testing'
import { assembleWorld, closeWorld } from '../open.ts'
import type { World } from '../world.ts'
import { plantDemo } from './plant.ts'

// Goal: the demo zone stands as its authors meant it. Method: plant it for real, then hold what the match finds for each
// open need against the coverage and the gaps that were written down beforehand in expected.json.
interface Expected {
  need: string
  answer: 'rich' | 'gap' | 'infeasible'
  covered: { capability: { zh: string }; by: { organisation: string }[] }[]
  gaps: { capability: { zh: string } }[]
}
const TIME_ZONE = 'Asia/Shanghai'
const FOLDER = join(import.meta.dirname, '../../examples/demo-zone')
const expected: Expected[] = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'))
const organisations: { key: string; name: { zh?: string; en?: string } }[] = JSON.parse(
  readFileSync(join(FOLDER, 'organisations.json'), 'utf8'),
)

let world: World
let zoneId: string
beforeAll(async () => {
  const database = await openFreshDatabase()
  await migrate(database)
  const files = openFileStore(mkdtempSync(join(tmpdir(), 'consortia-demo-')))
  world = assembleWorld({
    database,
    files,
    secret: 'a secret of this test alone, long enough',
    origin: 'http://demo.test',
  })
  zoneId = (await plantDemo(world)).zoneId
})
afterAll(() => closeWorld(world))

test('planting twice changes nothing', async () => {
  await plantDemo(world)
  expect(await verifyChain(world.database, zoneId)).toMatchObject({ intact: true, entries: 1 })
})

test.each(expected.map((one) => [one.need, one] as const))(
  '%s is covered as intended',
  async (need, { covered, gaps }) => {
    const cover = await coverFor(world, systemCaller(zoneId), keyedId('demo', 'lanjiang', 'need', need))
    const levelOf = (name: string, capability: string) =>
      cover.organisations.find((organisation) => organisation.name === name)?.cells[capability]?.level ?? 0
    for (const { capability, by } of covered) {
      const { id } = cover.need.capabilities.find(({ name }) => name === capability.zh)!
      for (const { organisation } of by) {
        const { name } = organisations.find(({ key }) => key === organisation)!
        expect([capability.zh, organisation, levelOf((name.zh ?? name.en)!, id)]).toEqual([
          capability.zh,
          organisation,
          expect.toSatisfy((level) => level >= 2),
        ])
      }
    }
    for (const { capability } of gaps) {
      const { id } = cover.need.capabilities.find(({ name }) => name === capability.zh)!
      const best = cover.organisations
        .filter((organisation) => (organisation.cells[id]?.level ?? 0) >= 2)
        .map(({ name }) => name)
      expect([capability.zh, best]).toEqual([capability.zh, []])
    }
  },
)

test.each([
  ['yaochuan', 'met', []],
  ['lengling', 'missed', []],
  ['hengyu', 'unknown', [3]],
] as const)('%s as a lead has its R&D of three years %s', async (key, verdict, back) => {
  const [pack] = builtInPacks().filter(({ form }) => form.id === 'cn/hefei-innovation-consortium')
  const date = dateIn(TIME_ZONE, world.clock.now())
  const { name } = organisations.find((one) => one.key === key)!
  const { id, facts } = await readAs(world.database, systemCaller(zoneId), async (tx) => {
    const { organisation_id } = await tx
      .selectFrom('zone_organisation')
      .select('organisation_id')
      .where('zone_id', '=', zoneId)
      .where('display_name', '=', name.zh!)
      .executeTakeFirstOrThrow()
    return { id: organisation_id, facts: await packFactsOf(tx, zoneId, [organisation_id]) }
  })
  const row = statesOfPacks({ packs: [pack!], date, facts }, [id], []).find((one) => one.row === 'lead_research')!
  expect(row.verdict).toBe(verdict)
  const missing = new Set(row.missing.flatMap(({ years }) => years.flatMap((one) => one.years)))
  expect([...missing].map((year) => Number(date.slice(0, 4)) - year)).toEqual(back)
})
