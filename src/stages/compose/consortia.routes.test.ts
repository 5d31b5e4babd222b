import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import type { Proposal } from './model.ts'

let world: ComposeWorld
let proposal: Proposal
beforeAll(async () => {
  world = await openComposeWorld()
  proposal = await world.propose()
}, PATIENT.timeout)

const save = (id = proposal.id, asking: object = {}) =>
  world.ask('POST', `/proposals/${id}/consortium`, { as: 'company', body: {}, ...asking })

describe('A draft consortium', PATIENT, () => {
  it('is the proposal’s team, with roles and reasons, under the need’s name', async () => {
    const { status, body } = await save()
    expect([status, body.created, body.revision]).toEqual([201, true, 1])
    const { body: draft } = await world.ask('GET', `/consortia/${body.id}`, { as: 'company' })
    expect(draft).toMatchObject({
      name: '低压固态电池',
      state: 'draft',
      needId: world.need,
      proposalId: proposal.id,
      by: 'company',
      mayChange: true,
    })
    expect(draft.members.map(({ id, role, reasons }: Proposal['members'][number]) => ({ id, role, reasons }))).toEqual(
      proposal.members.map(({ id, role, reasons }) => ({ id, role, reasons })),
    )
    expect((await world.ask('GET', `/proposals/${proposal.id}`)).body.consortiumId).toBe(body.id)
  })

  it('is saved once, also by two people at the same time', async () => {
    const fresh = await world.propose({ seed: 2 })
    const saved = await Promise.all([save(fresh.id), save(fresh.id, { as: 'zone_officer' })])
    expect(saved[0]?.body.id).toBe(saved[1]?.body.id)
    expect(saved.map(({ body }) => body.created).sort()).toEqual([false, true])
  })

  it('is found in the list by its name and its need', async () => {
    const fresh = await world.propose({ seed: 3 })
    const { body } = await save(fresh.id, { body: { names: { zh: '低温联盟', en: 'Cold Alliance' }, note: 'first' } })
    const list = async (query: string) => (await world.ask('GET', `/consortia?${query}`, { as: 'company' })).body
    expect(await list('q=cold+alliance')).toMatchObject({
      total: 1,
      rows: [
        {
          id: body.id,
          name: '低温联盟',
          needId: world.need,
          leadName: '自家公司',
          leadNames: { en: { text: 'Own Company' } },
          members: 4,
        },
      ],
    })
    expect((await list(`need=${world.need}&size=1`)).total).toBeGreaterThan(1)
    expect((await list('need=00000000-0000-4000-8000-000000000001')).total).toBe(0)
    const names = (await list('sort=name&order=asc')).rows.map(({ name }: { name: string }) => name)
    expect(names).toContain('低温联盟')
    expect((await world.ask('GET', '/consortia?sort=luck')).status).toBe(422)
  })

  it('is renamed on the revision that was read, and shows a newer change', async () => {
    const { id } = (await save((await world.propose({ seed: 4 })).id)).body
    const change = (body: object) => world.ask('PATCH', `/consortia/${id}`, { as: 'company', body })
    expect((await change({ names: '新名', revision: 1 })).body).toEqual({ id, revision: 2 })
    const late = await change({ note: 'late', revision: 1 })
    expect(late).toMatchObject({ status: 409, body: { code: 'changed_meanwhile', rule: 'consortium.changed' } })
    expect(late.body.now).toMatchObject({ name: '新名', revision: 2 })
    expect((await change({ note: 'in time', revision: 2 })).status).toBe(200)
    expect((await change({ names: ' ', revision: 3 })).body.issues[0].rule).toBe('text.missing')
  })

  it('is removed, and can be saved again', async () => {
    const fresh = await world.propose({ seed: 5 })
    const { id } = (await save(fresh.id)).body
    expect((await world.ask('DELETE', `/consortia/${id}`, { as: 'company' })).body).toEqual({ id })
    expect((await world.ask('GET', `/consortia/${id}`)).body.rule).toBe('consortium.unknown')
    expect((await save(fresh.id)).body).toEqual({ id, revision: 1, created: true })
  })

  it('is not made of a proposal without a team', async () => {
    const none = await world.propose({ sizeMax: 1 })
    expect(await save(none.id)).toMatchObject({ status: 409, body: { rule: 'compose.no_team' } })
  })
})
