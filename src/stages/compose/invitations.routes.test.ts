import { beforeAll, describe, expect, it } from 'vitest'
import type { Who } from '#testing'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { type Draft, LAST_DAY, mover, openDraft, TERMS } from './invitation.fixture.ts'

let world: ComposeWorld
let move: ReturnType<typeof mover>
beforeAll(async () => {
  world = await openComposeWorld()
  move = mover(world)
}, PATIENT.timeout)

const INVITED: Who = 'company.other'

describe('Hosts', PATIENT, () => {
  it('invite a member to a seat, and both sides see the same of it', async () => {
    const draft = await openDraft(world)
    const { status } = await draft.invite(world.other, { role: 'investor' })
    expect(status).toBe(201)
    const seat = await draft.seat(world.other)
    expect(seat).toMatchObject({
      role: 'investor',
      terms: { role: 'investor', shareHundredths: 1_250, effortTenths: 65 },
      invitation: {
        state: 'offered',
        turn: 'invited',
        by: 'company',
        expiresOn: LAST_DAY,
        moves: ['offer', 'withdraw'],
      },
    })
    const { body } = await world.ask('GET', `/invitations/${seat.invitation!.id}`, { as: INVITED })
    expect(body).toMatchObject({
      state: 'offered',
      message: '请来一起做',
      moves: ['accept', 'counter', 'decline'],
      told: {
        need: { summary: { zh: { text: '公开摘要' } } },
        lead: { name: '自家公司' },
        organisation: { name: '别家公司' },
      },
    })
    expect(body.steps.map((step: { move: string }) => step.move)).toEqual(['invite'])
  })

  it('invite many at once, or nobody', async () => {
    const draft = await openDraft(world)
    const seats = [world.who.university, world.own].map((organisationId) => ({ organisationId, ...TERMS }))
    const refused = await draft.invite(world.other, {}, { seats })
    expect([refused.status, refused.body.issues]).toEqual([
      422,
      [{ path: 'seats.1.organisationId', rule: 'invitation.sponsor' }],
    ])
    expect((await draft.board()).seats.filter(({ invitation }) => invitation)).toEqual([])
    const both = [world.who.university, world.who.institute].map((organisationId) => ({ organisationId, ...TERMS }))
    expect((await draft.invite(world.other, {}, { seats: both })).body.invitations).toHaveLength(2)
  })

  const refusals: [story: string, seat: (w: ComposeWorld) => object, body: object, rule: string][] = [
    ['nobody’s seat', (w) => ({ organisationId: w.who.neighbour }), {}, 'invitation.no_member'],
    ['a sponsor', (w) => ({ organisationId: w.own }), {}, 'invitation.sponsor'],
    [
      'until a day that is over',
      (w) => ({ organisationId: w.other }),
      { expiresOn: '2026-11-21' },
      'invitation.day_over',
    ],
    ['until a day far away', (w) => ({ organisationId: w.other }), { expiresOn: '2028-01-01' }, 'invitation.day_far'],
    ['until no day', (w) => ({ organisationId: w.other }), { expiresOn: 'soon' }, 'date.format'],
    ['for more than the whole', (w) => ({ organisationId: w.other, shareHundredths: 10_001 }), {}, 'number.too_big'],
    ['for less than nothing', (w) => ({ organisationId: w.other, shareHundredths: -1 }), {}, 'number.too_small'],
    ['for a part of a hundredth', (w) => ({ organisationId: w.other, shareHundredths: 0.5 }), {}, 'int.expected'],
    ['with a role that there is not', (w) => ({ organisationId: w.other, role: 'boss' }), {}, 'choice.unknown'],
  ]
  it.each(refusals)('do not invite %s', async (_story, seat, body, rule) => {
    const draft = await openDraft(world)
    const seats = [{ ...TERMS, ...seat(world) }]
    const refused = await draft.invite(world.other, {}, { seats, ...body })
    expect([refused.status, refused.body.issues?.[0]?.rule]).toEqual([422, rule])
  })

  it('do not invite twice, give a held role, or write what is under negotiation', async () => {
    const draft = await openDraft(world)
    await draft.invited(world.other)
    expect((await draft.invite(world.other)).body.issues[0].rule).toBe('invitation.known')
    expect((await draft.invite(world.who.presser, { role: 'lead' })).body.rule).toBe('roles.taken')
    const { revision } = await draft.board()
    const path = `/consortia/${draft.id}/seats/${world.other}`
    const written = await world.ask('PATCH', path, { as: 'company', body: { shareHundredths: 1, revision } })
    expect([written.status, written.body.rule]).toEqual([409, 'invitation.seat_invited'])
    const removed = await world.ask('POST', `${path}/remove`, { as: 'company', body: { revision } })
    expect(removed.body.rule).toBe('invitation.seat_invited')
    const dropped = await world.ask('DELETE', `/consortia/${draft.id}`, { as: 'company' })
    expect(dropped.body.rule).toBe('consortium.invited')
  })

  it('write seats that nobody is invited to, on the revision that was read', async () => {
    const draft = await openDraft(world)
    const path = `/consortia/${draft.id}/seats/${world.own}`
    const change = (body: object) => world.ask('PATCH', path, { as: 'company', body })
    expect((await change({ shareHundredths: 4_000, effortTenths: 120, revision: 1 })).body.revision).toBe(2)
    expect((await draft.seat(world.own)).terms).toEqual({ role: 'lead', shareHundredths: 4_000, effortTenths: 120 })
    expect((await change({ shareHundredths: 1, revision: 1 })).body.rule).toBe('consortium.changed')
    expect((await change({ role: 'chief_scientist', revision: 2 })).body.rule).toBe('roles.taken')
    const seat = `/consortia/${draft.id}/seats/${world.other}`
    expect((await world.ask('POST', `${seat}/remove`, { as: 'company', body: { revision: 2 } })).status).toBe(200)
    expect((await draft.board()).seats.map(({ id }) => id)).not.toContain(world.other)
    const gone = await world.ask('PATCH', seat, { as: 'company', body: { revision: 3 } })
    expect([gone.status, gone.body.rule]).toEqual([404, 'invitation.seat_unknown'])
  })

  it('name a chief scientist and an operator, who are two, and a professor as operator with a reason alone', async () => {
    const draft = await openDraft(world)
    const person = async (names: string, organisation: string) =>
      (await world.ask('POST', '/people', { body: { names, organisation } })).body.id
    const professor = await person('Professor Zhao', world.who.university)
    const manager = await person('Manager Qian', world.own)
    const outsider = await person('Outsider Sun', world.who.fund)
    let revision = 1
    const name = async (body: object) => {
      const answered = await world.ask('PUT', `/consortia/${draft.id}/persons`, {
        as: 'company',
        body: { chief: null, operator: null, ...body, revision },
      })
      if (answered.status === 200) revision = answered.body.revision
      return answered.body.issues?.[0] ?? answered.status
    }
    expect(await name({ chief: professor, operator: manager })).toBe(200)
    expect((await draft.board()).persons).toMatchObject({
      chief: { id: professor, professor: true },
      operator: { id: manager, professor: false },
    })
    expect(await name({ chief: professor, operator: professor, operatorReason: 'x' })).toMatchObject({
      path: 'operator',
      rule: 'roles.same_person',
    })
    expect(await name({ operator: professor })).toMatchObject({
      path: 'operatorReason',
      rule: 'roles.professor_operates',
    })
    expect(await name({ operator: outsider })).toMatchObject({ path: 'operator', rule: 'roles.no_member' })
    expect(await name({ operator: professor, operatorReason: '学校派驻企业三年' })).toBe(200)
    expect((await draft.board()).persons).toMatchObject({ chief: null, operatorReason: '学校派驻企业三年' })
  })
})

describe('The invited', PATIENT, () => {
  it('counter, the hosts offer another, and it is accepted on that', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    const terms = { role: 'member', shareHundredths: 2_000, effortTenths: 80 }
    const countered = await move(INVITED, first, { move: 'counter', terms, note: '投入更多' })
    expect(countered.body).toMatchObject({ state: 'countered', revision: 2 })
    expect((await draft.seat(world.other)).invitation).toMatchObject({
      turn: 'host',
      terms: { shareHundredths: 2_000 },
      moves: ['offer', 'agree', 'withdraw'],
    })
    const between = { ...terms, shareHundredths: 1_600 }
    const offered = await move('zone_officer', countered.body, {
      move: 'offer',
      terms: between,
      expiresOn: '2026-12-20',
    })
    expect(offered.body.state).toBe('offered')
    const accepted = await move('researcher.other', offered.body, { move: 'accept' })
    expect(accepted.body.state).toBe('accepted')
    const { invitation, terms: agreed } = await draft.seat(world.other)
    expect(agreed.shareHundredths).toBe(1_600)
    expect(invitation).toMatchObject({ expiresOn: '2026-12-20', moves: ['withdraw'] })
    expect(invitation?.steps.map(({ move: made, by, side }) => [made, side, by])).toEqual([
      ['invite', 'host', 'company'],
      ['counter', 'invited', 'company.other'],
      ['offer', 'host', 'zone_officer'],
      ['accept', 'invited', 'researcher.other'],
    ])
  })

  it('see the hosts agree to their terms, with the role', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    const terms = { role: 'first_user', shareHundredths: null, effortTenths: null }
    const { body } = await move(INVITED, first, { move: 'counter', terms })
    expect((await move('company', body, { move: 'agree' })).body.state).toBe('accepted')
    expect(await draft.seat(world.other)).toMatchObject({ role: 'first_user', terms })
  })

  it('can’t be given a role that another holds', async () => {
    const draft = await openDraft(world)
    const { body } = await move(INVITED, await draft.invited(world.other), {
      move: 'counter',
      terms: { ...TERMS, role: 'lead' },
    })
    expect((await move('company', body, { move: 'agree' })).body.rule).toBe('roles.taken')
  })

  it('keep no hosts from withdrawing or offering again by asking for a role that another holds', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other, { role: 'investor' })
    const { body: countered } = await move(INVITED, first, { move: 'counter', terms: { ...TERMS, role: 'lead' } })
    const { body: offered } = await move('company', countered, { move: 'offer', terms: TERMS })
    const { body: back } = await move('company', offered, { move: 'take_back' })
    expect(back.state).toBe('countered')
    expect(await draft.seat(world.other)).toMatchObject({ role: 'investor', terms: { role: 'lead' } })
    const { body: withdrawn } = await move('company', back, { move: 'withdraw' })
    expect(withdrawn.state).toBe('withdrawn')
    expect((await draft.seat(world.other)).role).toBe('investor')
  })

  const acted: [story: string, act: (draft: Draft) => Promise<unknown>][] = [
    ['they were invited anew', (draft) => draft.invite(world.other)],
    [
      'the seat was written anew',
      async (draft) => {
        const body = { role: 'investor', revision: (await draft.board()).revision }
        await world.ask('PATCH', `/consortia/${draft.id}/seats/${world.other}`, { as: 'company', body })
      },
    ],
  ]
  it.each(acted)('can’t take a no back once %s', async (_story, act) => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    await move(INVITED, first, { move: 'decline', code: 'timing' })
    await act(draft)
    const { body: now } = await world.ask('GET', `/invitations/${first.id}`, { as: INVITED })
    expect([now.state, now.moves]).toEqual(['declined', []])
    const late = await move(INVITED, now, { move: 'take_back' })
    expect([late.status, late.body.rule]).toEqual([409, 'invitation.not_taken_back'])
  })

  it('hold one invitation where the hosts have withdrawn and invited anew', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    const { body: withdrawn } = await move('company', first, { move: 'withdraw' })
    await draft.invite(world.other)
    const late = await move('company', { ...withdrawn, revision: withdrawn.revision + 1 }, { move: 'take_back' })
    expect([late.status, late.body.rule]).toEqual([409, 'invitation.not_taken_back'])
  })

  it('take an answer back while the hosts have not acted', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    const { body: accepted } = await move(INVITED, first, { move: 'accept' })
    const { body: open } = await move(INVITED, accepted, { move: 'take_back' })
    expect(open.state).toBe('offered')
    const twice = await move(INVITED, open, { move: 'take_back' })
    expect([twice.status, twice.body.rule]).toEqual([409, 'invitation.not_taken_back'])
    const { body: countered } = await move(INVITED, open, { move: 'counter', terms: { ...TERMS, effortTenths: 1 } })
    const { body: withdrawn } = await move('company', countered, { move: 'withdraw' })
    expect((await move(INVITED, withdrawn, { move: 'take_back' })).body.rule).toBe('invitation.not_taken_back')
    const { body: back } = await move('company', withdrawn, { move: 'take_back' })
    expect(back.state).toBe('countered')
    expect((await draft.seat(world.other)).terms.effortTenths).toBe(1)
  })

  it('find that the other side was first', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    await move('company', first, { move: 'offer', terms: { ...TERMS, shareHundredths: 900 } })
    const late = await move(INVITED, first, { move: 'accept' })
    expect([late.status, late.body.rule, late.body.now]).toEqual([
      409,
      'invitation.changed',
      { state: 'offered', revision: 2 },
    ])
  })

  it('answer once when two of them answer at the same time', async () => {
    const draft = await openDraft(world)
    const first = await draft.invited(world.other)
    const answers = await Promise.all([
      move(INVITED, first, { move: 'accept' }),
      move('researcher.other', first, { move: 'counter', terms: TERMS }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it.each([
    ['an answer without a code', { move: 'decline' }, 422],
    ['a code that there is not', { move: 'decline', code: 'mood' }, 422],
    ['a counter-offer without terms', { move: 'counter' }, 422],
    ['the hosts’ move', { move: 'agree' }, 403],
    ['the hosts’ withdrawal', { move: 'withdraw' }, 403],
    ['something unknown', { move: 'dance' }, 422],
  ])('are refused %s', async (_story, body, status) => {
    const draft = await openDraft(world)
    expect((await move(INVITED, await draft.invited(world.other), body)).status).toBe(status)
  })

  it('have them in a list with how many await an answer, and in their notices and letters', async () => {
    const fresh = await openComposeWorld()
    const draft = await openDraft(fresh)
    const own = mover(fresh)
    const list = async (as: Who) => (await fresh.ask('GET', '/invitations', { as })).body
    expect(await list(INVITED)).toEqual({ rows: [], waiting: 0 })
    const first = await draft.invited(fresh.other)
    expect(await list(INVITED)).toMatchObject({ waiting: 1, rows: [{ id: first.id, state: 'offered' }] })
    expect(await list('company')).toEqual({ rows: [], waiting: 0 })
    const { body } = await fresh.ask('GET', '/notices', { as: INVITED })
    expect(body.rows[0]).toMatchObject({
      subject: 'notice.invitation.invite',
      link: `/${fresh.slug}/invitations/${first.id}`,
    })
    const letters = await fresh.within((tx) =>
      tx.selectFrom('outbox').selectAll().where('zone_id', '=', fresh.zoneId).where('kind', '=', 'mail').execute(),
    )
    expect(letters.length).toBeGreaterThan(0)
    for (const { body: words } of letters) expect(words).not.toContain('难题')
    await own(INVITED, first, { move: 'accept' })
    expect((await list(INVITED)).waiting).toBe(0)
    expect((await fresh.ask('GET', '/notices', { as: 'company' })).body.rows[0].subject).toBe(
      'notice.invitation.accept',
    )
  })

  it('are the only ones besides the hosts to learn of it', async () => {
    const draft = await openDraft(world)
    const { id, revision } = await draft.invited(world.who.institute)
    const asked: [Who, number][] = [
      ['company.other', 404],
      ['researcher.other', 404],
      ['company.foreign', 403],
      ['stranger', 401],
      ['company', 200],
      ['technology_manager', 200],
    ]
    for (const [who, status] of asked) {
      expect((await world.ask('GET', `/invitations/${id}`, { as: who })).status, who).toBe(status)
      const moved = await move(who, { id, revision }, { move: 'accept' })
      expect(moved.status, who).toBe(status === 200 ? 403 : status)
    }
    const { text } = await world.ask('GET', '/invitations', { as: 'company.other' })
    expect(text).not.toContain(id)
    expect((await world.ask('GET', `/consortia/${draft.id}/invitations`, { as: 'company.other' })).status).toBe(404)
  })

  it('read nothing of the private text, of other seats or of wishes', async () => {
    const draft = await openDraft(world)
    const { id } = await draft.invited(world.other)
    await draft.invited(world.who.presser)
    const { text } = await world.ask('GET', `/invitations/${id}`, { as: INVITED })
    for (const secret of ['难题', '等静压公司', 'pinned', 'budget']) expect(text, secret).not.toContain(secret)
  })
})
