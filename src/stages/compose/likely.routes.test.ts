import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../caller.ts'
import { coverFor, coverForFile } from '../match/cover.ts'
import { NeedFile } from '../needs/model.ts'
import { CAPABILITIES, type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { draftFor } from './compose-service.ts'
import { ComposeOptions, type Proposal } from './model.ts'
import { PRESET_WEIGHTS } from './rules.ts'

const idsOf = ({ members }: Proposal) => members.map(({ id }) => id).sort()
const pointsOf = ({ parts }: Proposal) => parts.reduce((sum, { points }) => sum + points, 0)
const likelyOf = (proposal: Proposal, id: string) =>
  proposal.members.find((member) => member.id === id)?.reasons.find((one) => one.kind === 'likely')

describe('As past consortia formed, in a zone without a past', PATIENT, () => {
  let world: ComposeWorld
  beforeAll(async () => {
    world = await openComposeWorld()
  }, PATIENT.timeout)

  it('is the balanced team, and says that there is nothing to learn from', async () => {
    const balanced = await world.propose()
    const likely = await world.propose({ weights: 'likely' })
    expect(likely.likelihood).toEqual({ known: false })
    expect(likely.conditions.weights).toEqual(PRESET_WEIGHTS.balanced)
    expect(idsOf(likely)).toEqual(idsOf(balanced))
    expect(likely.objective).toBe(balanced.objective)
    expect(likely.parts).toEqual(balanced.parts)
    expect(balanced.likelihood).toBeNull()
  })

  it('does not take one lonely project for a past', async () => {
    await world.addProject({
      title: { en: 'Alone' },
      startDate: '2024-01-01',
      participants: [{ organisation: world.who.spare, role: 'coordinator' }],
    })
    expect((await world.propose({ weights: 'likely' })).likelihood).toEqual({ known: false })
  })
})

describe('As past consortia formed', PATIENT, () => {
  // The presser presses best; the spare company presses well enough, and has worked with the sponsor three times.
  let world: ComposeWorld
  let balanced: Proposal
  let likely: Proposal
  beforeAll(async () => {
    world = await openComposeWorld()
    const together = [world.own, world.who.spare, world.who.institute]
    for (const startDate of ['2023-01-01', '2024-03-01', '2025-05-01'])
      await world.addProject({
        title: { en: 'Cells at low pressure' },
        startDate,
        participants: together.map((organisation, at) => ({ organisation, role: at ? 'participant' : 'coordinator' })),
      })
    balanced = await world.propose()
    likely = await world.propose({ weights: 'likely' })
  }, PATIENT.timeout)

  it('takes who has come before over who does a little better', () => {
    expect(idsOf(balanced)).toContain(world.who.presser)
    expect(idsOf(likely)).toContain(world.who.spare)
    expect(idsOf(likely)).not.toContain(world.who.presser)
  })

  it('still covers what is critical, though its only cover has no past', () => {
    expect(idsOf(likely)).toContain(world.who.university)
  })

  it('tells of each member its place and why, but of no sponsor', () => {
    const told = likelyOf(likely, world.who.spare)
    expect(told).toMatchObject({ kind: 'likely', of: expect.any(Number) })
    expect(told && 'place' in told && told.place).toBeLessThanOrEqual(2)
    expect(told && 'why' in told && told.why.map(({ kind }) => kind)).toContain('shared')
    expect(likelyOf(likely, world.own)).toBeUndefined()
    expect(balanced.members.flatMap(({ reasons }) => reasons).some(({ kind }) => kind === 'likely')).toBe(false)
  })

  it('sets both terms beside those of the balanced team', () => {
    expect(likely.likelihood).toMatchObject({
      known: true,
      wanted: 4,
      projects: 3,
      covered: likely.solved.covered,
      members: likely.members.length,
      balanced: { covered: balanced.solved.covered, members: balanced.members.length },
    })
    const { likelihood } = likely
    if (!likelihood?.known || !likelihood.balanced) throw new Error('Nothing is known.')
    expect(likelihood.middle).toBeLessThanOrEqual(likelihood.balanced.middle!)
  })

  it('adds up to the objective, with a part for each who is likely', () => {
    expect(pointsOf(likely)).toBe(likely.objective)
    expect(likely.parts.filter(({ kind }) => kind === 'likelihood').map(({ id }) => id)).toContain(world.who.spare)
  })

  it('is the same proposal when it is asked for again', async () => {
    expect((await world.propose({ weights: 'likely' })).id).toBe(likely.id)
  })

  it('can be studied, and its alternatives differ in what is told of them', async () => {
    const asked = await world.ask('POST', `/proposals/${likely.id}/study`, { body: {} })
    expect(asked.status, asked.text).toBe(200)
    if (asked.body.workId) await world.jobs.settled(world.zoneId, asked.body.workId)
    const { body } = await world.ask('GET', `/proposals/${likely.id}/study`)
    expect(body.study.objective).toBe(likely.objective)
  })

  it('knows nobody who is pinned as likely: they are given', async () => {
    const pinned = await world.propose({ weights: 'likely', pins: [world.who.presser] })
    expect(idsOf(pinned)).toContain(world.who.presser)
    expect(likelyOf(pinned, world.who.presser)).toBeUndefined()
  })

  it('takes weights of one’s own with and without likelihood', async () => {
    const { likelihood: _, ...without } = PRESET_WEIGHTS.balanced
    expect((await world.propose({ weights: without })).likelihood).toBeNull()
    const own = await world.propose({ weights: { ...PRESET_WEIGHTS.balanced, likelihood: 300 } })
    expect(own.likelihood).toMatchObject({ known: true })
  })

  it('is told neither to who holds a link nor to who is invited', async () => {
    const made = await world.ask('POST', `/proposals/${likely.id}/links`, { body: {} })
    expect(made.status, made.text).toBe(201)
    const shared = await world.ask('GET', `/api/shared/${made.body.token}`, { as: 'stranger' })
    expect(shared.status).toBe(200)
    expect(shared.text).not.toContain('likel')
  })

  it('can be asked for all needs at once', async () => {
    const ordered = await world.ask('POST', '/bulk-runs', {
      as: 'zone_officer',
      body: { options: { weights: 'likely' } },
    })
    expect(ordered.status, ordered.text).toBe(202)
    await world.jobs.settled(world.zoneId, ordered.body.workId)
    const { body } = await world.ask('GET', `/bulk-runs/${ordered.body.workId}`, { as: 'zone_officer' })
    const need = body.needs.find(({ id }: { id: string }) => id === world.need)
    expect(need.members.map(({ id }: { id: string }) => id)).toContain(world.who.spare)
  })

  it('works for a need that is only in a file', async () => {
    const caller = operatorCaller(world.zoneId)
    const capabilities = [{ name: CAPABILITIES.pressing, weight: 3, critical: true }]
    const file = NeedFile.parse({
      ...{ title: 'Pressing', problem: 'How?', targets: [], trl: { from: 3, to: 6 }, capabilities },
    })
    const cover = await coverForFile(world, caller, file)
    const options = ComposeOptions.parse({ weights: 'likely', pins: [world.own] })
    const draft = await draftFor(world, caller, cover, options)
    expect(draft.likelihood).toMatchObject({ known: true, wanted: 1, covered: 1 })
    expect(draft.members.map(({ id }) => id)).toContain(world.who.spare)
  })

  it('is no longer waited for once it is cancelled', async () => {
    const caller = operatorCaller(world.zoneId)
    const options = ComposeOptions.parse({ weights: 'likely' })
    const drafting = draftFor(world, caller, await coverFor(world, caller, world.need), options, {
      signal: AbortSignal.abort(),
    })
    await expect(drafting).rejects.toMatchObject({ code: 'cancelled' })
  })
})
