import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Who } from '#testing'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { type Draft, LAST_DAY, mover, openDraft, TERMS } from './invitation.fixture.ts'
import type { HostInvitation } from './invitation-model.ts'

/** Speaks for `world.other`, which sponsors nothing. */
const LEAD: Who = 'company.other'
let world: ComposeWorld
let move: ReturnType<typeof mover>
let draft: Draft
let leading: HostInvitation
beforeAll(async () => {
  world = await openComposeWorld({ circle: 'invited' })
  move = mover(world)
}, PATIENT.timeout)

/** A draft of which `other` was offered the lead. */
async function offerLead(): Promise<{ draft: Draft; leading: HostInvitation }> {
  const opened = await openDraft(world)
  const { revision } = await opened.board()
  const path = `/consortia/${opened.id}/seats/${world.own}`
  await world.ask('PATCH', path, { as: 'company', body: { role: 'first_user', revision } })
  return { draft: opened, leading: await opened.invited(world.other, { role: 'lead' }) }
}
beforeEach(async () => {
  ;({ draft, leading } = await offerLead())
  await move(LEAD, leading, { move: 'accept' })
}, PATIENT.timeout)

const seatOf = async (id: string) => (await draft.board(LEAD)).seats.find((seat) => seat.id === id)

describe('A lead that sponsors nothing', PATIENT, () => {
  it('invites, makes another offer, agrees, and withdraws', async () => {
    const { university, institute } = world.who
    expect((await draft.invite(university, {}, {}, LEAD)).status).toBe(201)
    const invited = (await seatOf(university))!.invitation!
    expect(invited).toMatchObject({ state: 'offered', by: 'company.other', moves: ['offer', 'withdraw'] })
    const terms = { ...TERMS, shareHundredths: 700 }
    const offered = await move(LEAD, invited, { move: 'offer', terms })
    expect(offered.body).toMatchObject({ state: 'offered', revision: 2 })
    const { body } = await move('researcher.other', offered.body, { move: 'withdraw' })
    expect(body.state).toBe('withdrawn')
    expect((await move(LEAD, body, { move: 'take_back' })).body.state).toBe('offered')
    const byHosts = await draft.invited(institute)
    expect((await world.ask('GET', `/invitations/${byHosts.id}`, { as: LEAD })).body.moves).toEqual([
      'offer',
      'withdraw',
    ])
    expect((await world.ask('POST', `/invitations/${byHosts.id}/link`, { as: LEAD, body: {} })).status).toBe(201)
    expect((await world.ask('DELETE', `/invitations/${byHosts.id}/link`, { as: LEAD })).status).toBe(200)
    expect((await move(LEAD, byHosts, { move: 'withdraw' })).status).toBe(200)
  })

  it('finds its team from its own invitation, and the history names it', async () => {
    const { body } = await world.ask('GET', `/invitations/${leading.id}`, { as: LEAD })
    expect(body.leads).toBe(draft.id)
    await draft.invite(world.who.presser, {}, {}, LEAD)
    const changes = await world.within((tx) =>
      tx
        .selectFrom('record_change')
        .select(['account_id', 'action'])
        .where('zone_id', '=', world.zoneId)
        .where('subject_id', '=', draft.id)
        .orderBy('seq')
        .execute(),
    )
    expect(changes.at(-1)).toEqual({ action: 'invitation.invite', account_id: world.caller(LEAD).accountId })
  })

  it('is told of the answers, and others are sought for whom it lost under the name of whoever saved the draft', async () => {
    const { university } = world.who
    await draft.invite(university, {}, {}, LEAD)
    const { id, revision } = (await seatOf(university))!.invitation!
    const speak = (organisationId: string) =>
      world.within((tx) =>
        tx
          .updateTable('membership')
          .set({ organisation_id: organisationId })
          .where('zone_id', '=', world.zoneId)
          .where('account_id', '=', world.caller('researcher').accountId!)
          .execute(),
      )
    await speak(university)
    expect((await move('researcher', { id, revision }, { move: 'decline', code: 'timing' })).status).toBe(200)
    await speak(world.own)
    const { body } = await world.ask('GET', '/notices', { as: LEAD })
    const told = body.rows.map(({ subject, link }: { subject: string; link: string }) => ({ subject, link }))
    const link = `/${world.slug}/consortia/${draft.id}`
    expect(told).toContainEqual({ subject: 'notice.invitation.decline', link })
    const { work } = await draft.searched()
    expect(work).toMatchObject({ state: 'done', rule: null })
    expect(await draft.board(LEAD)).toMatchObject({ work: null, next: null, free: 1 })
  })

  it('sees of the need what it was told, and nothing of the hosts’ wishes', async () => {
    const pinned = await openDraft(world, { bans: [world.who.spare] })
    const { revision } = await pinned.board()
    const path = `/consortia/${pinned.id}`
    await world.ask('PATCH', `${path}/seats/${world.own}`, { as: 'company', body: { role: 'first_user', revision } })
    await world.ask('PATCH', path, { as: 'company', body: { note: '内部备注', revision: revision + 1 } })
    await move(LEAD, await pinned.invited(world.other, { role: 'lead' }), { move: 'accept' })
    const read = await world.ask('GET', path, { as: LEAD })
    expect(read).toMatchObject({ status: 200, body: { note: '', by: null, proposalId: null, mayChange: false } })
    const board = await world.ask('GET', `${path}/invitations`, { as: LEAD })
    expect(board.body).toMatchObject({ as: 'lead', next: null, work: null, persons: { known: [] } })
    for (const { text } of [read, board]) {
      for (const secret of ['难题', '内部备注', 'pinned', 'evidence":{', world.who.spare])
        expect(text).not.toContain(secret)
    }
    const seat = board.body.seats.find(({ id }: { id: string }) => id === world.other)
    expect(seat.invitation).toMatchObject({ state: 'accepted', moves: [] })
    const reads = [`/needs/${world.need}`, `/needs/${world.need}/proposals`, `/needs/${world.need}/match`]
    for (const one of reads) expect((await world.ask('GET', one, { as: LEAD })).status, one).toBe(404)
    expect((await world.ask('GET', '/consortia', { as: LEAD })).body.total).toBe(0)
  })

  it.each([
    ['write a seat', 'PATCH', (seat: string) => `/seats/${seat}`, { shareHundredths: 1, revision: 2 }],
    ['take a member out', 'POST', (seat: string) => `/seats/${seat}/remove`, { revision: 2 }],
    ['name persons', 'PUT', () => '/persons', { chief: null, operator: null, revision: 2 }],
    ['rename the draft', 'PATCH', () => '', { note: 'mine', revision: 2 }],
    ['remove the draft', 'DELETE', () => '', undefined],
    ['seek others', 'POST', () => '/others', undefined],
    [
      'take a version over',
      'POST',
      () => '/take-over',
      { proposalId: '00000000-0000-7000-8000-000000000000', revision: 2 },
    ],
  ] as const)('does not %s', async (_story, method, path, body) => {
    const asked = await world.ask(method, `/consortia/${draft.id}${path(world.who.presser)}`, {
      as: LEAD,
      ...(body ? { body } : {}),
    })
    expect([asked.status, asked.body.rule]).toEqual([404, 'consortium.unknown'])
  })

  it('does not invite itself or a sponsor, or move its own invitation for the hosts', async () => {
    expect((await draft.invite(world.other, { role: 'lead' }, {}, LEAD)).body.issues[0].rule).toBe('invitation.known')
    expect((await draft.invite(world.own, {}, {}, LEAD)).body.issues[0].rule).toBe('invitation.sponsor')
    const withdrawn = await move(LEAD, { id: leading.id, revision: 2 }, { move: 'withdraw' })
    expect([withdrawn.status, withdrawn.body.rule]).toEqual([403, 'invitation.for_hosts'])
  })
})

describe('Nobody else invites for a draft', PATIENT, () => {
  /** Everything a lead could do, by somebody who may not: it all answers as if there were nothing. */
  async function refuses(who: Who, of: Draft, invitation: { id: string; revision: number }, status = 404) {
    const seats = [{ organisationId: world.who.institute, ...TERMS }]
    const asked = [
      await world.ask('GET', `/consortia/${of.id}`, { as: who }),
      await world.ask('GET', `/consortia/${of.id}/invitations`, { as: who }),
      await world.ask('POST', `/consortia/${of.id}/invitations`, { as: who, body: { seats, expiresOn: LAST_DAY } }),
      await world.ask('GET', `/invitations/${invitation.id}`, { as: who }),
      await move(who, invitation, { move: 'withdraw' }),
      await world.ask('POST', `/invitations/${invitation.id}/link`, { as: who, body: {} }),
      await world.ask('DELETE', `/invitations/${invitation.id}/link`, { as: who }),
    ]
    for (const one of asked) expect(one.status).toBe(status)
  }

  it('an ordinary member that has accepted', async () => {
    const plain = await openDraft(world)
    await move(LEAD, await plain.invited(world.other), { move: 'accept' })
    await refuses(LEAD, plain, await plain.invited(world.who.presser))
  })

  it('a lead that was asked and has not answered, or wants other terms', async () => {
    const asked = await offerLead()
    const invited = await asked.draft.invited(world.who.presser)
    await refuses(LEAD, asked.draft, invited)
    await move(LEAD, asked.leading, { move: 'counter', terms: { ...TERMS, role: 'lead' } })
    await refuses(LEAD, asked.draft, invited)
  })

  it('a lead from whom the hosts took it, or that has left', async () => {
    const invited = await draft.invited(world.who.presser)
    expect((await draft.invite(world.who.university, {}, {}, LEAD)).status).toBe(201)
    const { body } = await move('company', { id: leading.id, revision: 2 }, { move: 'withdraw' })
    expect(body.state).toBe('withdrawn')
    await refuses(LEAD, draft, invited)
    await refuses(LEAD, draft, (await draft.seat(world.who.university)).invitation!)
    const left = await offerLead()
    const { body: accepted } = await move(LEAD, left.leading, { move: 'accept' })
    await move(LEAD, accepted, { move: 'decline', code: 'timing' })
    await refuses(LEAD, left.draft, await left.draft.invited(world.who.presser))
    await left.draft.searched()
  })

  it('the lead of another draft', async () => {
    const other = await openDraft(world)
    await refuses(LEAD, other, await other.invited(world.who.presser))
  })

  it('one whose seat has another role than its invitation says', async () => {
    const invited = await draft.invited(world.who.presser)
    await world.within((tx) =>
      tx
        .updateTable('consortium_member')
        .set({ role: 'member' })
        .where('zone_id', '=', world.zoneId)
        .where('consortium_id', '=', draft.id)
        .where('organisation_id', '=', world.other)
        .execute(),
    )
    await refuses(LEAD, draft, invited)
  })

  it('somebody of another zone, or of none', async () => {
    const invited = await draft.invited(world.who.presser)
    await refuses('company.foreign', draft, invited, 403)
    await refuses('stranger', draft, invited, 401)
  })
})
