import { beforeAll, describe, expect, it } from 'vitest'
import { CAPABILITIES, type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import type { Proposal } from './model.ts'

let world: ComposeWorld
beforeAll(async () => {
  world = await openComposeWorld()
}, PATIENT.timeout)

const ids = ({ members }: Proposal) => members.map(({ id }) => id)
const relaxation = ({ conflict }: Proposal, condition: string) =>
  conflict?.relaxations.find((one) => one.condition === condition)

/** Composes again with what a relaxation offers for one click. */
async function eased(proposal: Proposal, condition: string): Promise<Proposal> {
  const { options } = relaxation(proposal, condition)!
  return world.propose(options!)
}

describe('A condition', PATIENT, () => {
  it('on regions keeps to provinces, cities and countries, and holds for sponsors too', async () => {
    const within = await world.propose({ regions: ['澜东'] })
    expect(ids(within)).toContain(world.who.spare)
    expect(ids(within)).not.toContain(world.who.presser)
    expect(within.conditions.regions).toEqual(['澜东'])

    const elsewhere = await world.propose({ regions: ['澜西省'], criticalRequired: false })
    expect(elsewhere).toMatchObject({ status: 'infeasible', conflict: { conditions: ['regions', 'sponsors'] } })
    expect(relaxation(elsewhere, 'regions')).toMatchObject({ enough: true, changes: [{ id: '澜东省' }] })
    expect((await eased(elsewhere, 'regions')).status).toBe('optimal')
    expect(ids(await eased(elsewhere, 'sponsors'))).toEqual([world.who.presser])
  })

  it('on kinds seats a fund as investor, though it covers nothing', async () => {
    const funded = await world.propose({ kinds: { fund: 1 } })
    const fund = funded.members.find(({ id }) => id === world.who.fund)
    expect(fund).toMatchObject({ role: 'investor', reasons: [{ kind: 'condition', conditions: ['kinds'] }] })
  })

  it('on kinds that the registry does not have gives way to what it has', async () => {
    const many = await world.propose({ kinds: { university: 3 } })
    expect(many).toMatchObject({ status: 'infeasible', members: [], objective: null })
    expect(relaxation(many, 'kinds')).toMatchObject({
      enough: true,
      changes: [{ what: 'kindMin', id: 'university', from: 3, to: 1 }],
      options: { kinds: { university: 1 } },
    })
    expect((await eased(many, 'kinds')).status).toBe('optimal')
  })

  it('on newcomers seats those who have never worked with the sponsors, though they cover nothing', async () => {
    const fresh = await openComposeWorld()
    const { university, institute, presser, spare } = fresh.who
    const past = [university, institute, presser, spare]
    for (const partner of past)
      await fresh.addProject({
        participants: [
          { organisation: fresh.own, role: 'coordinator' },
          { organisation: partner, role: 'participant' },
        ],
      })
    const { members } = await fresh.propose({ newcomersMin: 1, pins: [fresh.who.fund] })
    expect(members.find(({ id }) => id === fresh.who.fund)?.newcomer).toBe(true)
    const seated = await fresh.propose({ newcomersMin: 1 })
    const newcomers = seated.members.filter(({ newcomer }) => newcomer).map(({ id }) => id)
    expect(newcomers).toHaveLength(1)
    expect([...past, fresh.own]).not.toContain(newcomers[0])
  })

  it('on size names the conditions that can’t hold together with it, and what each would have to give', async () => {
    const tiny = await world.propose({ sizeMax: 2 })
    expect(tiny.conflict).toMatchObject({ conditions: ['maxMembers', 'critical', 'sponsors'], irreducible: true })
    expect(relaxation(tiny, 'maxMembers')).toMatchObject({ changes: [{ from: 2, to: 3 }], options: { sizeMax: 3 } })
    for (const condition of tiny.conflict!.conditions)
      expect((await eased(tiny, condition)).status, condition).toBe('optimal')
  })

  it('of at least so many members is kept, the least of them for that alone', async () => {
    const six = await world.propose({ sizeMin: 6 })
    expect(six.members).toHaveLength(6)
  })

  it('that a company leads', async () => {
    const { university, institute, presser } = world.who
    const led = await world.propose({
      sponsorsIn: false,
      companyLeads: true,
      bans: [presser, world.who.spare, world.own],
    })
    expect(new Set(ids(led))).toEqual(new Set([university, institute, world.who.neighbour]))
    expect(led.members[0]).toMatchObject({ id: world.who.neighbour, role: 'lead' })
  })

  it('a pin that is banned can’t hold, and each can be given up', async () => {
    const both = await world.propose({ pins: [world.who.spare], bans: [world.who.spare] })
    expect(both.conflict?.conditions).toEqual(['pinned', 'banned'])
    expect((await eased(both, 'pinned')).conditions.pins).toEqual([])
    expect(ids(await eased(both, 'banned'))).toContain(world.who.spare)
  })

  it('a ban of who alone covers something critical names what is lost', async () => {
    const { university } = world.who
    const banned = await world.propose({ bans: [university] })
    expect(banned.conflict?.conditions).toEqual(['critical', 'banned'])
    expect(banned.gaps.map(({ names }) => names.en?.text)).toEqual(['Solid electrolyte', 'Leak monitoring'])
    expect(banned.gaps[0]?.nearest.map(({ id, why }) => [id, why])).toEqual([
      [university, { kind: 'condition', conditions: ['banned'] }],
      [world.who.institute, { kind: 'level' }],
    ])
  })
})

/** A past project with what each participant was given, in fen. */
async function addFunded(amounts: Record<string, bigint>): Promise<void> {
  const participants = Object.keys(amounts).map((organisation) => ({ organisation }))
  const project = await world.addProject({ totalCost: { minor: '5000000', currency: 'CNY' }, participants })
  await world.within(async (tx) => {
    for (const [organisation, amount] of Object.entries(amounts))
      await tx
        .updateTable('participation')
        .set({ contribution_minor: amount })
        .where('zone_id', '=', world.zoneId)
        .where('project_id', '=', project)
        .where('organisation_id', '=', organisation)
        .execute()
  })
}

describe('The budget', PATIENT, () => {
  it('is kept by estimates from past projects, which say what they rest on', async () => {
    const { presser, spare, university, institute } = world.who
    await addFunded({ [presser]: 900_000n, [spare]: 100_000n })
    await addFunded({ [presser]: 500_000n, [university]: 300_000n })
    await addFunded({ [presser]: 700_000n })

    const free = await world.propose({ budget: { minor: '2000000', currency: 'CNY' }, bans: [spare] })
    const seat = (id: string) => free.members.find((one) => one.id === id)?.cost
    expect(seat(presser)).toEqual({ amount: { minor: '500000', currency: 'CNY' }, basis: 'own', participations: 3 })
    expect(seat(world.own)).toMatchObject({ amount: { minor: '100000' }, basis: 'kind', participations: 4 })
    expect(seat(institute)).toMatchObject({ amount: { minor: '0' }, basis: 'unknown' })
    expect(free.solved).toMatchObject({ cost: { minor: '900000', currency: 'CNY' }, costUnknown: 1 })

    // Of two who can, the cheaper one sits.
    const tight = await world.propose({ budget: { minor: '1000000', currency: 'CNY' } })
    expect(ids(tight)).toContain(spare)
    expect(BigInt(tight.solved.cost!.minor)).toBeLessThanOrEqual(1_000_000n)

    const none = await world.propose({ budget: { minor: '0', currency: 'CNY' } })
    expect(none.conflict?.conditions).toEqual(['budget', 'sponsors'])
    expect(relaxation(none, 'budget')).toMatchObject({ changes: [{ from: 0, to: 400_000 }] })
    expect((await eased(none, 'budget')).solved.cost).toEqual({ minor: '400000', currency: 'CNY' })
  })

  it('in another currency than the past projects’ finds nothing to estimate by, and says so', async () => {
    const euro = await world.propose({ budget: { minor: '1', currency: 'EUR' } })
    expect(euro.members.every(({ cost }) => cost?.basis === 'unknown')).toBe(true)
    expect(euro.solved.costUnknown).toBe(euro.members.length)
  })
})

describe('A refusal', PATIENT, () => {
  it('keeps an organisation out, and is told as such', async () => {
    const other = await openComposeWorld()
    const { presser, spare, university } = other.who
    const refuse = (organisationId: string) =>
      other.ask('POST', `/needs/${other.need}/responses`, {
        body: { organisationId, side: 'offer', answer: 'refusal', code: 'no_capacity' },
      })
    expect((await refuse(presser)).status).toBe(201)
    const without = await other.propose()
    expect(ids(without)).toContain(spare)
    expect(ids(without)).not.toContain(presser)
    expect(without.conditions.refused).toEqual([{ id: presser, name: '等静压公司' }])

    await refuse(university)
    const open = await other.propose()
    expect(open.status).toBe('optimal')
    expect(open.conditions.criticalOutOfReach).toEqual([open.capabilities[0]?.id])
    expect(open.gaps[0]?.nearest[0]).toMatchObject({ id: university, level: 3, why: { kind: 'refused' } })

    const pinned = await other.propose({ pins: [university] })
    expect(pinned.conflict?.conditions).toEqual(['pinned', 'banned'])
    expect(relaxation(pinned, 'banned')?.options).toBeNull()
  })
})

describe('A capability that nobody has', PATIENT, () => {
  it('is a gap by name and no reason to give up, critical or not', async () => {
    const valves = await openComposeWorld({
      capabilities: [
        { name: CAPABILITIES.electrolyte, weight: 3, critical: true, levelWanted: 2 },
        { name: { zh: '深冷阀门', en: 'Cryogenic valves' }, weight: 5, critical: true, levelWanted: 2 },
      ],
    })
    const proposal = await valves.propose()
    expect(proposal).toMatchObject({ status: 'optimal', solved: { covered: 1, of: 2 } })
    expect(proposal.gaps).toMatchObject([{ name: '深冷阀门', critical: true, level: 0, nearest: [] }])
    expect(proposal.conditions.criticalOutOfReach).toEqual([proposal.gaps[0]?.id])
  })

  it('leaves nobody but the sponsor where the registry is empty of it all', async () => {
    const empty = await openComposeWorld({
      capabilities: [{ name: { zh: '深冷阀门' }, weight: 5, critical: false, levelWanted: 2 }],
    })
    expect(ids(await empty.propose())).toEqual([empty.own])
    expect(await empty.propose({ sponsorsIn: false })).toMatchObject({ status: 'optimal', members: [], objective: 0 })
  })
})
