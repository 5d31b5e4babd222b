import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAs } from '#db/caller.ts'
import { openFileStore } from '#db/files.ts'
import { migrate } from '#db/migrate.ts'
import { keyedId } from '#kit/ids.ts'
import { operatorCaller } from '#stages/caller.ts'
import { composeNeed } from '#stages/compose/compose-service.ts'
import { ComposeOptions } from '#stages/compose/model.ts'
import { readProposal } from '#stages/compose/proposal-service.ts'
import { openFreshDatabase } from '#testing'
import { assembleWorld, closeWorld } from '../open.ts'
import type { World } from '../world.ts'
import { plantDemo } from './plant.ts'

// Goal: what is proposed for the demo's needs is what an engineer who knows the zone would expect. Method: compose for each
// open need, as a sponsor would with one press, and hold the proposal against the answers written down in expected.json.
interface Named {
  zh: string
}
interface Expected {
  need: string
  answer: 'rich' | 'gap' | 'infeasible'
  conflict?: string[]
  gaps: { capability: Named; nearest: { organisation: string }[] }[]
}
const FOLDER = join(import.meta.dirname, '../../examples/demo-zone')
const readJson = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
const expected: Expected[] = readJson('expected.json')
const organisations: { key: string; name: Named }[] = readJson('organisations.json')
const nameOf = (key: string) => organisations.find((one) => one.key === key)?.name.zh

let world: World
let zoneId: string
beforeAll(async () => {
  const database = await openFreshDatabase()
  await migrate(database)
  world = assembleWorld({
    database,
    files: openFileStore(mkdtempSync(join(tmpdir(), 'consortia-proposals-'))),
    secret: 'a secret of this test alone, long enough',
    origin: 'http://demo.test',
  })
  zoneId = (await plantDemo(world)).zoneId
})
afterAll(() => closeWorld(world))

async function propose(need: string) {
  const caller = operatorCaller(zoneId)
  const needId = keyedId('demo', 'lanjiang', 'need', need)
  const id = await composeNeed(world, caller, { needId, options: ComposeOptions.parse({}) })
  return readAs(world.database, caller, (tx) => readProposal(tx, caller, id))
}

test.each(expected.map((one) => [one.need, one.answer, one] as const))(
  '%s has a %s answer',
  async (need, answer, { gaps, conflict }) => {
    const proposal = await propose(need)
    expect(proposal.status).toBe(answer === 'infeasible' ? 'infeasible' : 'optimal')
    expect(proposal.gaps.map(({ name }) => name)).toEqual(gaps.map(({ capability }) => capability.zh))
    for (const { capability, nearest } of gaps) {
      const near = proposal.gaps.find(({ name }) => name === capability.zh)?.nearest.map(({ name }) => name)
      expect(nearest.map(({ organisation }) => nameOf(organisation))).toContain(near?.[0])
    }
    if (conflict) for (const condition of proposal.conflict!.conditions) expect(conflict).toContain(condition)
    else expect(proposal.members[0]).toMatchObject({ role: 'lead', sponsor: true })
  },
)
