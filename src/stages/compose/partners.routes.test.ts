import type { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import type { NextPartner, Partners } from './partners-model.ts'

// The sponsor and a member have a past with one organisation; another one only speaks of just what the need asks for.
let world: TestWorld
let need: string
let who: Record<'friend' | 'newcomer' | 'later' | 'bystander', string>

const PUBLIC = {
  title: { en: 'Sulfide electrolyte membranes' },
  summary: { en: 'Rolling of thin sulfide electrolyte membranes.' },
}

const ask = async (query: string, as: Parameters<TestWorld['ask']>[2] = {}): Promise<Partners> => {
  const { status, body, text } = await world.ask('GET', `/needs/${need}/partners?${query}`, as)
  expect(status, text).toBe(200)
  return body
}
const idsOf = ({ rows }: Partners) => rows.map(({ id }) => id)
const rowOf = ({ rows }: Partners, id: string) => rows.find((row) => row.id === id) as NextPartner

beforeAll(async () => {
  world = await openWorld()
  const add = (en: string, more = {}) => world.addOrganisation({ names: { en }, kind: 'company', ...more })
  who = {
    friend: await add('Old Friends Works'),
    newcomer: await add('Newcomer Labs'),
    later: await add('Future Systems'),
    bystander: await add('Bystander Trading'),
  }
  const together = (other: string) => [
    { organisation: world.own, role: 'coordinator' as const },
    { organisation: world.other, role: 'participant' as const },
    { organisation: other, role: 'participant' as const },
  ]
  for (const startDate of ['2023-01-01', '2024-03-01', '2025-05-01'])
    await world.addProject({ title: { en: 'Road surfaces' }, startDate, participants: together(who.friend) })
  for (const startDate of ['2026-11-22', '2027-01-01'])
    await world.addProject({
      title: { en: 'Sulfide electrolyte membranes' },
      startDate,
      participants: together(who.later),
    })
  for (const title of ['Sulfide electrolyte membranes', 'Rolling of sulfide electrolyte membranes'])
    await world.addResult({ title: { en: title }, owners: [who.newcomer], dated: '2025' })
  await world.addResult({ title: PUBLIC.title, owners: [who.later], dated: '2026' })
  need = await world.addNeed({
    ...PUBLIC,
    problem: { en: 'Bystander Trading has let us down.' },
  })
})

const given = () => `given=${world.own},${world.other}`

describe('who belongs with them', () => {
  it('by history is who shared projects with them, and why', async () => {
    const answer = await ask(given())
    expect(idsOf(answer)[0]).toBe(who.friend)
    const friend = rowOf(answer, who.friend)
    expect(friend.newcomer).toBe(false)
    expect(friend.oneProjectMore).toBeNull()
    const told = Object.fromEntries(friend.reasons.map(({ kind, facts }) => [kind, facts]))
    expect(told).toMatchObject({ shared: { projects: 3, last: '2025' } })
    expect(answer).toMatchObject({ by: 'history', given: 2, meritOnly: false, projects: 3, before: '2026-11-22' })
  })

  it('on merit is the newcomer whose results speak of the need', async () => {
    const answer = await ask(`${given()}&by=merit`)
    const newcomer = rowOf(answer, who.newcomer)
    expect(idsOf(answer)[0]).toBe(who.newcomer)
    expect(newcomer.newcomer).toBe(true)
    expect(newcomer.places.merit).toBe(1)
    expect(newcomer.places.history).toBeGreaterThan(1)
    expect(newcomer.reasons.map(({ kind }) => kind)).toContain('texts')
    const network = ['shared', 'known', 'together', 'common']
    expect(answer.rows.flatMap(({ reasons }) => reasons.filter(({ kind }) => network.includes(kind)))).toEqual([])
  })

  it('stands in the order of the score that was asked for, and has both', async () => {
    for (const by of ['history', 'merit'] as const) {
      const { rows } = await ask(`${given()}&by=${by}`)
      const scores = rows.map((row) => (by === 'merit' ? row.merit : row.score))
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      expect(rows.map(({ places }) => places[by])).toEqual(rows.map((_, at) => at + 1))
    }
  })

  it('sees nothing that begins today or later', async () => {
    const later = rowOf(await ask(given()), who.later)
    expect(later).toMatchObject({ newcomer: true })
    expect(later.reasons.map(({ kind }) => kind)).not.toContain('shared')
    const { rows } = await ask(`${given()}&by=merit`)
    expect(rows.find(({ id }) => id === who.later)?.reasons.map(({ kind }) => kind)).not.toContain('texts')
  })

  it('reads no private text', async () => {
    const silent = await world.addNeed({ ...PUBLIC, problem: { en: 'Nothing that anybody should know.' } })
    const { body } = await world.ask('GET', `/needs/${silent}/partners?${given()}&by=merit`)
    expect(body).toEqual(await ask(`${given()}&by=merit`))
  })

  it('names neither those given nor those left out', async () => {
    const all = idsOf(await ask(given()))
    expect(all).not.toContain(world.own)
    expect(idsOf(await ask(`${given()}&without=${who.friend}`))).toEqual(
      expect.arrayContaining(all.filter((id) => id !== who.friend)),
    )
    expect(idsOf(await ask(`${given()}&without=${who.friend}`))).not.toContain(who.friend)
  })

  it('says on what it rests', async () => {
    const { learned } = await ask(given())
    expect(learned).toMatchObject({ school: 'texts', before: '2020-01-01' })
  })

  it('knows of a project as soon as it is written', async () => {
    await world.addProject({
      startDate: '2026-01-01',
      participants: [
        { organisation: world.own, role: 'coordinator' },
        { organisation: who.bystander, role: 'participant' },
      ],
    })
    expect(rowOf(await ask(given()), who.bystander).newcomer).toBe(false)
  })
})

it('a zone without past projects ranks on merit alone, and says so', async () => {
  const fresh = await openWorld()
  const asked = await fresh.addNeed()
  const { status, body } = await fresh.ask('GET', `/needs/${asked}/partners?given=${fresh.own}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ meritOnly: true, projects: 0, given: 1 })
  expect(body.rows.map(({ id }: NextPartner) => id)).toEqual([fresh.other])
  expect(body.rows[0].score).toBe(body.rows[0].merit)
})

it('another zone sees nothing of it, nor is seen', async () => {
  const abroad = await world.addOrganisation({ names: { en: 'Sulfide Membranes Abroad' } }, world.foreign.zoneId)
  expect(idsOf(await ask(`${given()}&by=merit`))).not.toContain(abroad)
  expect((await ask(`given=${abroad}`)).given).toBe(0)
  expect(await world.ask('GET', `/needs/${need}/partners`, { as: 'zone_officer.foreign' })).toMatchObject({
    status: 403,
  })
})

const refusals: [name: string, query: () => string, status: number][] = [
  ['more given than a consortium has', () => `given=${Array.from({ length: 31 }, () => crypto.randomUUID())}`, 422],
  ['no id', () => 'given=somebody', 422],
  ['an unknown order', () => 'by=friends', 422],
]
it.each(refusals)('refuses %s', async (_, query, status) => {
  expect((await world.ask('GET', `/needs/${need}/partners?${query()}`)).status).toBe(status)
})

it('a need that is hidden is unknown', async () => {
  const hidden = await world.addNeed({ state: 'draft' })
  expect(await world.ask('GET', `/needs/${hidden}/partners`, { as: 'company.other' })).toMatchObject({
    status: 404,
    body: { rule: 'need.unknown' },
  })
})

it('a thread that ends is told as a refusal, and the next question is answered', async () => {
  await world.partners.stop()
  const end = (worker: Worker) => void worker.terminate()
  process.on('worker', end)
  try {
    expect(await world.ask('GET', `/needs/${need}/partners?${given()}`)).toMatchObject({
      status: 503,
      body: { code: 'not_ready', rule: 'partners.ended' },
    })
  } finally {
    process.off('worker', end)
  }
  expect(idsOf(await ask(given()))).not.toEqual([])
})
