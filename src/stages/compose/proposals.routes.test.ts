import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import type { Proposal } from './model.ts'

let world: ComposeWorld
beforeAll(async () => {
  world = await openComposeWorld()
}, PATIENT.timeout)

const ids = ({ members }: Proposal) => members.map(({ id }) => id)
const member = ({ members }: Proposal, id: string) => members.find((one) => one.id === id)
const kindsOf = (proposal: Proposal, id: string) => member(proposal, id)?.reasons.map(({ kind }) => kind)
const named = (proposal: Proposal, names: readonly { id: string }[]) =>
  names.map(({ id }) => proposal.capabilities.find((one) => one.id === id)?.names.en?.text)

describe('The team', PATIENT, () => {
  let proposal: Proposal
  beforeAll(async () => {
    proposal = await world.propose()
  }, PATIENT.timeout)

  it('is who covers the capabilities, and nobody more, proven best', () => {
    const { university, institute, presser } = world.who
    expect(new Set(ids(proposal))).toEqual(new Set([world.own, university, institute, presser]))
    expect(proposal).toMatchObject({ status: 'optimal', gap: 0, conflict: null, stale: false, consortiumId: null })
    expect(proposal.objective).toBe(proposal.bound)
    expect(proposal.parts.reduce((sum, { points }) => sum + points, 0)).toBe(proposal.objective)
    expect(proposal.solved).toMatchObject({
      covered: 3,
      of: 4,
      provenBest: true,
      stopped: false,
      withoutCompany: false,
    })
  })

  it('has its seats', () => {
    expect(proposal.members.map(({ id, role }) => [id, role])).toEqual([
      [world.own, 'lead'],
      [world.who.university, 'chief_scientist'],
      [world.who.presser, 'operator'],
      [world.who.institute, 'package_lead'],
    ])
  })

  it('has a reason for each member, and what is lost without it', () => {
    expect(kindsOf(proposal, world.own)).toEqual(['sponsor'])
    expect(member(proposal, world.who.university)).toMatchObject({
      reasons: ['sole_cover', 'leads_best'].map((kind) => ({ kind, capabilities: [proposal.capabilities[0]!.id] })),
      loss: { points: null, proven: true, calledForBy: ['critical'] },
    })
    const { loss } = member(proposal, world.who.presser)!
    expect(loss?.points).toBeGreaterThan(0)
    expect(loss?.joining).toEqual([{ id: world.who.spare, name: '备选公司' }])
    expect(member(proposal, world.own)?.loss?.points).toBeLessThan(0)
  })

  it('says what is covered, by whom and how well', () => {
    const [electrolyte, , pressing] = proposal.coverage
    expect(electrolyte).toMatchObject({ critical: true, level: 3, levelWanted: 2 })
    expect(electrolyte?.by.map(({ id, level }) => [id, level])).toEqual([
      [world.who.university, 3],
      [world.who.institute, 1],
    ])
    expect(pressing?.by.map(({ id }) => id)).toEqual([world.who.presser])
  })

  it('names the gap, who is nearest and why that is not enough', () => {
    expect(named(proposal, proposal.gaps)).toEqual(['Leak monitoring'])
    expect(proposal.gaps[0]).toMatchObject({
      level: 0,
      nearest: [{ id: world.who.neighbour, level: 1, member: false, why: { kind: 'level' } }],
    })
  })

  it('stands in a heat map beside the next candidates', () => {
    const { columns, rows } = proposal.heatMap
    expect(columns.map(({ id, member: seated }) => [id, seated])).toEqual([
      ...ids(proposal).map((id) => [id, true]),
      [world.who.spare, false],
      [world.who.neighbour, false],
    ])
    expect(rows.map(({ levels }) => levels)).toEqual([
      [0, 3, 0, 1, 0, 0],
      [0, 0, 0, 3, 0, 0],
      [0, 0, 3, 0, 2, 0],
      [0, 0, 0, 0, 0, 1],
    ])
    expect(rows[0]?.judged).toEqual([null, 'confirm', null, 'confirm', null, null])
  })

  it('quotes the evidence that was found, with what to mark in it', async () => {
    const other = await openComposeWorld()
    const maker = await other.addOrganisation({ names: { en: 'Alarm Maker' }, kind: 'company' })
    const result = await other.addResult({
      owners: [maker],
      title: { en: 'Leak monitoring', zh: '泄漏监测' },
      summary: { en: 'Leak monitoring of hydrogen sulfide by a laser sensor, with an alarm within 2 s.' },
    })
    const found = member(await other.propose(), maker)?.covers[0]
    expect(found).toMatchObject({ level: 3, evidence: { kind: 'result', id: result } })
    expect(found?.evidence?.marks.length).toBeGreaterThan(0)
  })
})

describe('A person', PATIENT, () => {
  const { pins, bans } = { pins: () => [world.who.spare], bans: () => [world.who.presser] }

  it('pins a member, and sees what the wish costs', async () => {
    const pinned = await world.propose({ pins: pins() })
    expect(member(pinned, world.who.spare)).toMatchObject({ pinned: true })
    expect(kindsOf(pinned, world.who.spare)?.[0]).toBe('pinned')
    expect(member(pinned, world.who.spare)?.loss?.points).toBeLessThan(0)
    expect(pinned.conditions.pins).toEqual([{ id: world.who.spare, name: '备选公司' }])
  })

  it('bans one, and the next best takes the seat', async () => {
    const banned = await world.propose({ bans: bans() })
    expect(ids(banned)).toContain(world.who.spare)
    expect(ids(banned)).not.toContain(world.who.presser)
    expect(banned.heatMap.columns.find(({ id }) => id === world.who.presser)).toMatchObject({ banned: true })
  })

  it('pins one that covers nothing of the need', async () => {
    const stranger = await world.addOrganisation({ names: { zh: '旁人公司' } })
    const pinned = await world.propose({ pins: [stranger.toUpperCase()] })
    expect(member(pinned, stranger)).toMatchObject({ name: '旁人公司', covers: [] })
  })

  it('composes without the sponsors', async () => {
    const without = await world.propose({ sponsorsIn: false })
    expect(ids(without)).not.toContain(world.own)
    expect(without.members[0]).toMatchObject({ id: world.who.presser, role: 'lead' })
  })

  it('wants few members, or two behind what weighs', async () => {
    const lean = await world.propose({ weights: 'lean' })
    const deep = await world.propose({ weights: 'deep' })
    expect(lean.members.length).toBeLessThanOrEqual(deep.members.length)
    expect(deep.coverage[2]?.by.map(({ id }) => id)).toEqual([world.who.presser, world.who.spare])
    expect(kindsOf(deep, world.who.spare)).toEqual(['second_cover'])
  })
})

describe('Versions', PATIENT, () => {
  it('are the same one for the same inputs, and another for others', async () => {
    const first = await world.propose({ seed: 11 })
    expect((await world.propose({ seed: 11 })).id).toBe(first.id)
    const other = await world.propose({ seed: 12 })
    expect(other.id).not.toBe(first.id)
    expect(other.inputsHash).not.toBe(first.inputsHash)
    expect({ members: other.members, objective: other.objective }).toEqual({
      members: first.members,
      objective: first.objective,
    })
  })

  it('are listed, the newest first, page by page', async () => {
    world.clock.set('2026-11-23T08:00:00Z')
    const newest = await world.propose({ seed: 13 })
    const { body } = await world.ask('GET', `/needs/${world.need}/proposals?size=2`)
    expect(body).toMatchObject({ need: { id: world.need, name: '低压固态电池', state: 'open' }, page: 1, size: 2 })
    expect(body.rows).toHaveLength(2)
    expect(body.total).toBeGreaterThan(2)
    expect(body.rows[0]).toMatchObject({ id: newest.id, covered: 3, of: 4, stale: false, status: 'optimal' })
    expect(body.rows[0].members[0]).toMatchObject({ id: world.own, role: 'lead' })
  })

  it('are stale once the registry, the need or what was said of them moves on', async () => {
    const moved = async (move: () => Promise<unknown>) => {
      const { id, stale } = await world.propose({ seed: 14 })
      expect(stale).toBe(false)
      await move()
      const { body } = await world.ask('GET', `/proposals/${id}`)
      expect(body.stale).toBe(true)
      const listed = await world.ask('GET', `/needs/${world.need}/proposals?size=200`)
      expect(listed.body.rows.find((row: { id: string }) => row.id === id).stale).toBe(true)
      return id
    }
    const first = await moved(() => world.addOrganisation())
    const second = await moved(() => world.judge(world.who.spare, 'monitoring', 1))
    const { body } = await world.ask('GET', `/needs/${world.need}`)
    const third = await moved(() =>
      world.ask('PATCH', `/needs/${world.need}`, { body: { revision: body.revision, conditions: { maxMembers: 7 } } }),
    )
    expect(new Set([first, second, third]).size).toBe(3)
  })

  it('of two people at once are both kept, and a double click makes one', async () => {
    const [one, two] = await Promise.all([
      world.compose({ seed: 21 }, { as: 'company' }),
      world.compose({ seed: 22 }, { as: 'technology_manager' }),
    ])
    expect(new Set([one.body.proposalId, two.body.proposalId]).size).toBe(2)
    const clicks = await Promise.all([1, 2].map(() => world.compose({ seed: 23 }, { key: 'click' })))
    expect(clicks[0]?.body.proposalId).toBe(clicks[1]?.body.proposalId)
    const reused = await world.compose({ seed: 24 }, { key: 'click' })
    expect(reused).toMatchObject({ status: 409, body: { code: 'key_reused' } })
  })

  it('keep nothing of a rehearsal', async () => {
    const before = await world.ask('GET', `/needs/${world.need}/proposals`)
    const path = `/needs/${world.need}/proposals?rehearse=true`
    expect((await world.ask('POST', path, { body: { options: { seed: 31 } } })).status).toBe(200)
    const after = await world.ask('GET', `/needs/${world.need}/proposals`)
    expect(after.body.total).toBe(before.body.total)
  })
})

describe('What is refused', PATIENT, () => {
  const table: [story: string, options: object, rule: string][] = [
    ['an option that is not known', { cheap: true }, 'key.unknown'],
    ['more than half a minute', { seconds: 31 }, 'number.too_big'],
    ['a team of nobody', { sizeMax: 0 }, 'number.too_small'],
    ['a team beyond the bound', { sizeMax: 61 }, 'number.too_big'],
    ['a preset of another name', { weights: 'best' }, 'choice.unknown'],
    ['a budget below zero', { budget: { minor: '-1', currency: 'CNY' } }, 'money.negative'],
    ['a kind that is none', { kinds: { unicorn: 1 } }, 'key.unknown'],
    ['a pin that is no id', { pins: ['Own Company'] }, 'guid.format'],
    ['more names than the bound', { bans: Array.from({ length: 201 }, (_, at) => uuid(at)) }, 'array.too_big'],
    ['a name said twice', { bans: [uuid(1), uuid(1)] }, 'list.twice'],
    ['a pin that the zone does not know', { pins: [uuid(1)] }, 'organisation.unknown'],
  ]
  it.each(table)('%s', async (_story, options, rule) => {
    const { status, body } = await world.compose(options)
    expect(status).toBe(422)
    expect(body.issues.map((issue: { rule: string }) => issue.rule)).toContain(rule)
  })

  it('an organisation of another zone as a pin', async () => {
    const abroad = await world.addOrganisation({}, world.foreign.zoneId)
    expect((await world.compose({ pins: [abroad] })).body.issues).toEqual([
      { path: 'options.pins.0', rule: 'organisation.unknown' },
    ])
  })

  it('a need that is settled, or that names no capability', async () => {
    const closed = await world.addNeed({ state: 'closed' })
    const bare = await world.addNeed({ state: 'draft', capabilities: [] })
    const rules = [closed, bare].map(async (need) => {
      const { status, body } = await world.ask('POST', `/needs/${need}/proposals`, { body: {} })
      return [status, body.rule]
    })
    expect(await Promise.all(rules)).toEqual([
      [409, 'compose.need_settled'],
      [409, 'compose.no_capabilities'],
    ])
  })

  it('an id that is none, as an address at which there is nothing', async () => {
    const paths = ['/needs/x/proposals', '/proposals/x', '/proposals/x/export', '/proposals/x/links', '/consortia/x']
    for (const path of paths) expect((await world.ask('GET', path)).status, path).toBe(404)
    expect((await world.ask('POST', '/needs/x/proposals', { body: {} })).status).toBe(404)
    expect((await world.ask('GET', `/proposals/${uuid(1)}`)).body.rule).toBe('proposal.unknown')
  })
})

const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
