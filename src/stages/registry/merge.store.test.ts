import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Tx } from '#db/db.ts'
import { newId } from '#kit/ids.ts'
import { openWorld, type TestWorld } from '#testing'
import { plantRow, type Row, readSchema, type TableSchema } from '../../testing/schema.ts'
import { MOVED_TABLES } from './merge-store.ts'

/**
 * Goal: a merge moves every record of an organisation, whatever stage it belongs to, and parting brings each back.
 * Method: the catalogue says in which tables organisations stand; a row of the one that goes is planted in each of them.
 */
const asServer = <T>(world: TestWorld, run: (tx: Tx) => Promise<T>) => world.database.kysely.transaction().execute(run)

async function plantAll(world: TestWorld, organisationId: string, shared = new Map<string, Row>()) {
  return asServer(world, async (tx) => {
    const schema = await readSchema(tx)
    const { rows } = await sql<{ row: Row }>`
      select to_jsonb(t) as row from zone_organisation t where zone_id = ${world.zoneId} and organisation_id = ${organisationId}`.execute(
      tx,
    )
    const planted = new Map<string, Row>([...shared, ['zone_organisation', rows[0]!.row]])
    for (const name of MOVED_TABLES)
      await plantRow(tx, schema, name, {
        zoneId: world.zoneId,
        planted,
        own: ownOf(schema, name, organisationId),
        newId,
      })
    return planted
  })
}

function ownOf(schema: ReadonlyMap<string, TableSchema>, name: string, organisationId: string): Row {
  if (name === 'evidence') return { subject_kind: 'organisation', subject_id: organisationId }
  if (name === 'membership') return { account_id: `of ${organisationId}`, organisation_id: organisationId }
  if (name === 'participation') return { contribution_minor: 5, organisation_id: organisationId }
  if (name === 'zone_identifier') return { value: organisationId, organisation_id: organisationId }
  return schema.get(name)!.columns.some((column) => column.name === 'organisation_id')
    ? { organisation_id: organisationId }
    : {}
}

/** Every row of the moved tables that names one of the two, by table. */
const look = (world: TestWorld, ids: readonly string[]) =>
  asServer(world, async (tx) => {
    const found: Record<string, Row[]> = {}
    for (const name of MOVED_TABLES) {
      const column = sql.ref(name === 'evidence' ? 'subject_id' : 'organisation_id')
      const { rows } = await sql<{ row: Row }>`
        select to_jsonb(t) as row from ${sql.table(name)} t
        where zone_id = ${world.zoneId} and ${column} = any(${[...ids]}::uuid[]) order by to_jsonb(t)::text`.execute(tx)
      found[name] = rows.map((row) => row.row)
    }
    return found
  })

const ownerOf = (name: string, row: Row) => row[name === 'evidence' ? 'subject_id' : 'organisation_id']

test('no table in which organisations stand is forgotten', async () => {
  const world = await openWorld()
  const schema = await asServer(world, readSchema)
  const naming = [...schema.values()].filter((table) =>
    table.columns.some((column) => column.name === 'organisation_id'),
  )
  const others = naming.map((table) => table.name).filter((name) => !MOVED_TABLES.includes(name))
  expect(others).toEqual(['zone_organisation'])
})

test('a merge moves the records of every stage, and parting brings back what was', async () => {
  const world = await openWorld()
  const [gone, kept] = [await world.addOrganisation(), await world.addOrganisation()]
  await plantAll(world, gone)
  const before = await look(world, [gone, kept])
  await world.ask('POST', `/duplicates/${gone}/${kept}`, { body: { decision: 'merge', keep: kept } })
  for (const [name, rows] of Object.entries(await look(world, [gone, kept])))
    expect([name, rows.map((row) => ownerOf(name, row))]).toEqual([name, [kept]])
  expect((await world.ask('POST', `/organisations/${gone}/part`)).status).toBe(200)
  expect(await look(world, [gone, kept])).toEqual(before)
})

test('where both have a row of the same, the kept one’s stays; parting brings both back', async () => {
  const world = await openWorld()
  const [gone, kept] = [await world.addOrganisation(), await world.addOrganisation()]
  const planted = await plantAll(world, gone)
  // The same project, need, result and consortium, with the other organisation.
  const parents = ['project', 'need', 'result', 'consortium'].map((name) => [name, planted.get(name)!] as const)
  await plantAll(world, kept, new Map(parents))
  const before = await look(world, [gone, kept])
  await world.ask('POST', `/duplicates/${gone}/${kept}`, { body: { decision: 'merge', keep: kept } })
  const merged = await look(world, [gone, kept])
  const once = [
    'organisation_year',
    'result_owner',
    'participation',
    'need_sponsor',
    'need_sponsor_request',
    'coverage_judgement',
    'response',
    'consortium_member',
  ]
  for (const [name, rows] of Object.entries(merged))
    expect([name, rows.map((row) => ownerOf(name, row))]).toEqual([name, once.includes(name) ? [kept] : [kept, kept]])
  expect(merged.participation).toMatchObject([{ contribution_minor: 10 }])
  await world.ask('POST', `/organisations/${gone}/part`)
  expect(await look(world, [gone, kept])).toEqual(before)
})
