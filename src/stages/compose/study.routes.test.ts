import { beforeAll, describe, expect, it } from 'vitest'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import type { Proposal } from './model.ts'
import type { Study } from './study-model.ts'

let world: ComposeWorld
beforeAll(async () => {
  world = await openComposeWorld()
}, PATIENT.timeout)

async function study(proposal: Proposal): Promise<Study> {
  const asked = await world.ask('POST', `/proposals/${proposal.id}/study`)
  if (asked.body.workId) await world.jobs.settled(world.zoneId, asked.body.workId)
  const { body } = await world.ask('GET', `/proposals/${proposal.id}/study`)
  return body.study as Study
}

describe('Beside a proposal', PATIENT, () => {
  let proposal: Proposal
  let found: Study
  beforeAll(async () => {
    proposal = await world.propose({ criticalRequired: false })
    found = await study(proposal)
  }, PATIENT.timeout)

  it('stand teams that differ, each with the price of each difference', () => {
    expect(found.alternatives.length).toBeGreaterThan(0)
    for (const { members, joining, leaving, worseBy, objective, differences } of found.alternatives) {
      expect(leaving.length).toBeGreaterThanOrEqual(found.apartMin)
      expect(members).toHaveLength(proposal.members.length - leaving.length + joining.length)
      expect(proposal.objective! - objective).toBe(worseBy)
      expect(differences.reduce((sum, { points }) => sum + points, 0)).toBe(-worseBy)
      expect(worseBy).toBeLessThanOrEqual(proposal.objective! * (found.worsePercentMax / 100))
    }
  })

  it('an alternative is proposed by its own options', async () => {
    const [first] = found.alternatives
    const taken = await world.propose(first!.options)
    expect(taken.members.map(({ id }) => id).sort()).toEqual(first!.members.map(({ id }) => id).sort())
    expect(taken.objective).toBe(first!.objective)
  })

  it('stands what each condition costs, which solving again confirms', async () => {
    const tight = await world.propose({ sizeMax: 3 })
    const { prices } = await study(tight)
    const size = prices.find(({ condition }) => condition === 'maxMembers')!
    expect(size).toMatchObject({ change: { what: 'membersMax', from: 3, to: 4 }, proven: true })
    expect(size.gain).toBeGreaterThan(0)
    const eased = await world.propose(size.options!)
    expect(eased.objective! - tight.objective!).toBe(size.gain)
  })

  it('is worked out once, and read by who may read the proposal', async () => {
    const again = await world.ask('POST', `/proposals/${proposal.id}/study`)
    expect(again.body).toEqual({ study: found, workId: null })
    for (const as of ['company.other', 'company.foreign'] as const)
      expect((await world.ask('GET', `/proposals/${proposal.id}/study`, { as })).status).toBeGreaterThanOrEqual(403)
  })
})

describe('There is no study', PATIENT, () => {
  it('of a proposal without a team', async () => {
    const none = await world.propose({ pins: [world.who.spare], bans: [world.who.spare] })
    const asked = await world.ask('POST', `/proposals/${none.id}/study`)
    expect(asked).toMatchObject({ status: 409, body: { rule: 'compose.study_no_team' } })
  })

  it('once the inputs have changed', async () => {
    const before = await world.propose({ sizeMax: 4 })
    await world.judge(world.who.neighbour, 'monitoring', 2)
    const asked = await world.ask('POST', `/proposals/${before.id}/study`)
    expect(asked.body.rule).toBe('compose.study_stale')
    await world.judge(world.who.neighbour, 'monitoring', 1)
  })
})

describe('Conditions on the whole team', PATIENT, () => {
  const ids = ({ members }: Proposal) => members.map(({ id }) => id)

  it('two stand behind what is critical, where two can', async () => {
    await world.judge(world.who.spare, 'electrolyte', 2)
    await world.judge(world.who.spare, 'interface', 2)
    expect(ids(await world.propose({ criticalCovers: 2 }))).toContain(world.who.spare)
    await world.judge(world.who.spare, 'electrolyte', 0)
    const { status, conflict } = await world.propose({ criticalCovers: 2 })
    expect([status, conflict?.conditions]).toEqual(['infeasible', ['critical']])
    await world.judge(world.who.spare, 'interface', 0)
  })

  it('two who can’t sit together don’t, and the price names them', async () => {
    const { university, institute } = world.who
    const { conflict } = await world.propose({ apart: [[university, institute]] })
    expect(conflict?.conditions).toContain('apart')
    const eased = conflict!.relaxations.find(({ condition }) => condition === 'apart')!
    expect(eased.options).toMatchObject({ apart: [] })
    const { members } = await world.propose({ apart: [[university, institute]], criticalRequired: false })
    expect(members.filter(({ id }) => id === university || id === institute)).toHaveLength(1)
  })

  it('small firms have their share', async () => {
    await world.within((tx) =>
      tx
        .updateTable('zone_organisation')
        .set({ size: 'small' })
        .where('zone_id', '=', world.zoneId)
        .where('organisation_id', 'in', [world.who.presser, world.who.spare])
        .execute(),
    )
    const { members } = await world.propose({ smeShareMin: 40 })
    const small = members.filter(({ kind, size }) => kind === 'company' && size === 'small')
    expect(small.length / members.length).toBeGreaterThanOrEqual(0.4)
  })

  it('newcomers have their seats, and a sponsor is none', async () => {
    const { members } = await world.propose({ newcomersMin: 2 })
    expect(members.filter(({ sponsor }) => !sponsor).length).toBeGreaterThanOrEqual(2)
    const { conflict } = await world.propose({ newcomersMin: 3, sizeMax: 3 })
    expect(conflict?.conditions).toEqual(['maxMembers', 'sponsors', 'newcomers'])
  })

  it('one’s own weights are used, and kept in the open', async () => {
    const { conditions } = await world.propose()
    const weights = { ...conditions.weights, member: 5_000 }
    const dear = await world.propose({ weights, criticalRequired: false, sponsorsIn: false })
    expect(dear.members.length).toBeLessThan(2)
    expect(dear.conditions.weights).toEqual(weights)
  })

  it.each([
    ['a weight that is not a number of points', { weights: { met: -1 } }],
    [
      'somebody apart from itself',
      { apart: [['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000001']] },
    ],
    ['a share beyond the whole', { smeShareMin: 101 }],
    ['three behind what is critical', { criticalCovers: 3 }],
  ])('%s is refused', async (_, options) => {
    expect((await world.compose(options)).status).toBe(422)
  })
})
