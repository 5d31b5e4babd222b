import { beforeAll, describe, expect, it } from 'vitest'
import type { Who } from '#testing'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'

let world: ComposeWorld
let proposal: string
let consortium: string
beforeAll(async () => {
  world = await openComposeWorld()
  proposal = (await world.propose()).id
  consortium = (await world.ask('POST', `/proposals/${proposal}/consortium`, { body: {} })).body.id
}, PATIENT.timeout)

/** What each may do: of the need (which every member of the zone sees), of its proposals, and of its drafts. */
const table: [who: Who, need: number, record: number, rows: number | null][] = [
  ['administrator', 200, 200, 1],
  ['zone_officer', 200, 200, 1],
  ['technology_manager', 200, 200, 1],
  ['company', 200, 200, 1],
  ['researcher', 200, 200, 1],
  ['company.other', 403, 404, 0],
  ['researcher.other', 403, 404, 0],
  ['administrator.foreign', 403, 403, null],
  ['zone_officer.foreign', 403, 403, null],
  ['company.foreign', 403, 403, null],
  ['stranger', 401, 401, null],
]

describe.each(table)('%s', PATIENT, (who, need, record, rows) => {
  it(`gets ${need} for a need’s proposals`, async () => {
    expect((await world.compose({}, { as: who })).status).toBe(need)
    expect((await world.ask('GET', `/needs/${world.need}/proposals`, { as: who })).status).toBe(need)
  })

  it(`gets ${record} for a proposal, its files and its draft`, async () => {
    const reads = [
      `/proposals/${proposal}`,
      `/proposals/${proposal}/export?format=xlsx`,
      `/proposals/${proposal}/links`,
      `/consortia/${consortium}`,
    ]
    for (const path of reads) expect((await world.ask('GET', path, { as: who })).status, path).toBe(record)
  })

  it('writes to it or not', async () => {
    if (record === 200) return
    const body = { note: 'mine', revision: 1 }
    const writes = [
      await world.ask('PATCH', `/consortia/${consortium}`, { as: who, body }),
      await world.ask('DELETE', `/consortia/${consortium}`, { as: who }),
      await world.ask('POST', `/proposals/${proposal}/consortium`, { as: who, body: {} }),
    ]
    for (const { status } of writes) expect(status).toBe(record)
  })

  it(`sees ${rows ?? 'no list of'} drafts`, async () => {
    const { status, body } = await world.ask('GET', '/consortia', { as: who })
    if (rows === null) expect(status).toBe(record)
    else expect(body.total).toBe(rows)
  })
})

it('a need that is hidden is unknown', async () => {
  const hidden = await world.addNeed({ state: 'draft' })
  const asked = await world.ask('POST', `/needs/${hidden}/proposals`, { as: 'company.other', body: {} })
  expect(asked).toMatchObject({ status: 404, body: { rule: 'need.unknown' } })
  const read = await world.ask('GET', `/needs/${hidden}/proposals`, { as: 'company.other' })
  expect(read).toMatchObject({ status: 404, body: { rule: 'need.unknown' } })
})

it('a sponsor that left reads no more', PATIENT, async () => {
  const left = await openComposeWorld()
  const { id } = await left.propose({}, { as: 'company' })
  await left.within((tx) =>
    tx
      .updateTable('need_sponsor')
      .set({ organisation_id: left.other })
      .where('zone_id', '=', left.zoneId)
      .where('need_id', '=', left.need)
      .execute(),
  )
  expect((await left.ask('GET', `/proposals/${id}`, { as: 'company' })).status).toBe(404)
  expect((await left.ask('GET', `/proposals/${id}`, { as: 'company.other' })).status).toBe(200)
})
