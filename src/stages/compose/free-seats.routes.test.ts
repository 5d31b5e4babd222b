import { beforeAll, describe, expect, it } from 'vitest'
import type { Who } from '#testing'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { mover, openDraft, TERMS } from './invitation.fixture.ts'
import { expireInvitations } from './search-service.ts'

let world: ComposeWorld
let move: ReturnType<typeof mover>
beforeAll(async () => {
  world = await openComposeWorld()
  move = mover(world)
}, PATIENT.timeout)

const INVITED: Who = 'company.other'
/** `other` presses as well as the presser, so that a no of it leaves a gap that others can fill. */
async function openPressing() {
  const fresh = await openComposeWorld()
  await fresh.judge(fresh.other, 'pressing', 3)
  const draft = await openDraft(fresh, { bans: [fresh.who.presser] })
  return { fresh, draft, move: mover(fresh) }
}
const takeOver = (of: ComposeWorld, id: string, body: object) =>
  of.ask('POST', `/consortia/${id}/take-over`, { as: 'company', body })

describe('A seat whose invitation was declined', PATIENT, () => {
  it('is sought anew, with those who accepted and without the one who declined', async () => {
    const { fresh, draft, move: answer } = await openPressing()
    const { university, institute, spare } = fresh.who
    const first = await draft.invited(fresh.other)
    await draft.invited(university)
    await answer(INVITED, first, { move: 'decline', code: 'share', note: '比例太低' })
    const board = await draft.searched()
    expect(board).toMatchObject({ free: 1, work: { state: 'done' } })
    expect(board.seats.find(({ id }) => id === fresh.other)?.invitation).toMatchObject({
      state: 'declined',
      code: 'share',
    })
    const { before, after, options } = board.next!
    expect([before, after]).toMatchObject([{ likelihood: null }, { likelihood: null }])
    expect(before?.members.map(({ id }) => id)).toContain(fresh.other)
    expect(after.members.map(({ id }) => id)).toContain(spare)
    expect(after.members.map(({ id }) => id)).not.toContain(fresh.other)
    expect(options.pins).toEqual([university])
    expect(options.bans).toContain(fresh.other)
    expect(after.objective).toBeLessThan(before!.objective!)

    const taken = await takeOver(fresh, draft.id, { proposalId: after.id, revision: board.revision })
    expect(taken.body).toEqual({ id: draft.id, revision: board.revision + 1 })
    const now = await draft.board()
    expect(now.seats.map(({ id }) => id).sort()).toEqual([fresh.own, university, institute, spare].sort())
    expect(now.seats.find(({ id }) => id === university)?.invitation).toMatchObject({ state: 'offered' })
    expect(now.former.map(({ party }) => party.id)).toEqual([fresh.other])
    expect(now).toMatchObject({ next: null, free: 0 })
    const versions = await fresh.ask('GET', `/needs/${fresh.need}/proposals`, { as: 'company' })
    expect(versions.body.rows.find(({ id }: { id: string }) => id === after.id).consortiumId).toBe(draft.id)

    const late = await answer(INVITED, { id: first.id, revision: 3 }, { move: 'take_back' })
    expect([late.status, late.body.rule]).toEqual([409, 'invitation.not_taken_back'])
  })

  it('is not taken over once the answer was taken back', async () => {
    const { fresh, draft, move: answer } = await openPressing()
    const { body } = await answer(INVITED, await draft.invited(fresh.other), { move: 'decline', code: 'timing' })
    const board = await draft.searched()
    await answer(INVITED, body, { move: 'take_back' })
    const now = await draft.board()
    expect(now).toMatchObject({ free: 0 })
    const refused = await takeOver(fresh, draft.id, { proposalId: board.next!.after.id, revision: now.revision })
    expect([refused.status, refused.body.rule]).toEqual([409, 'invitation.seats_changed'])
  })

  it('is kept as a refusal of the match where it says something of the need, and no longer when taken back', async () => {
    const draft = await openDraft(world)
    const said = async () =>
      (await world.ask('GET', `/needs/${world.need}/responses`, { as: 'company' })).body.rows.filter(
        ({ organisationId }: { organisationId: string }) => organisationId === world.other,
      )
    const { body } = await move(INVITED, await draft.invited(world.other), { move: 'decline', code: 'no_capacity' })
    expect(await said()).toMatchObject([{ side: 'offer', answer: 'refusal', code: 'no_capacity' }])
    const { body: open } = await move(INVITED, body, { move: 'take_back' })
    expect(await said()).toEqual([])
    await move(INVITED, open, { move: 'decline', code: 'effort' })
    expect(await said()).toEqual([])
    await draft.searched()
  })

  it('leaves a gap where nobody else can do it', async () => {
    const fresh = await openComposeWorld()
    const draft = await openDraft(fresh)
    const { university } = fresh.who
    const { id, revision } = await draft.invited(university)
    await fresh.within((tx) =>
      tx
        .updateTable('membership')
        .set({ organisation_id: university })
        .where('zone_id', '=', fresh.zoneId)
        .where('account_id', '=', fresh.caller('researcher.other').accountId!)
        .execute(),
    )
    await mover(fresh)('researcher.other', { id, revision }, { move: 'decline', code: 'timing' })
    const board = await draft.searched()
    expect(board.next).toMatchObject({ after: { status: 'optimal' }, options: { criticalRequired: false } })
    expect(board.next?.after.solved.covered).toBe(board.next!.before!.solved.covered - 1)
  })

  it('is sought by hand after a withdrawal, and not where none is free', async () => {
    const draft = await openDraft(world)
    const search = () => world.ask('POST', `/consortia/${draft.id}/others`, { as: 'company' })
    const none = await search()
    expect([none.status, none.body.rule]).toEqual([409, 'invitation.no_free_seat'])
    await move('company', await draft.invited(world.other), { move: 'withdraw' })
    const { status, body } = await search()
    expect(status).toBe(202)
    await world.jobs.settled(world.zoneId, body.workId)
    const { next, revision } = await draft.board()
    expect(next?.after.members.map(({ id }) => id)).not.toContain(world.other)
    const foreign = await takeOver(world, draft.id, { proposalId: (await world.propose()).id, revision })
    expect([foreign.status, foreign.body.rule]).toEqual([404, 'proposal.unknown'])
    const stale = await takeOver(world, draft.id, { proposalId: next!.after.id, revision: revision + 1 })
    expect([stale.status, stale.body.rule]).toEqual([409, 'consortium.changed'])
  })
})

describe('An invitation that nobody answered', PATIENT, () => {
  it('expires by the zone’s calendar, frees its seat, tells both sides, and has others sought', async () => {
    const { fresh, draft, move: answer } = await openPressing()
    const { body: accepted } = await answer(INVITED, await draft.invited(fresh.other), { move: 'accept' })
    const { university } = fresh.who
    const open = await draft.invited(university)
    fresh.clock.set('2026-12-13T15:59:00Z')
    await expireInvitations(fresh)
    expect((await draft.seat(university)).invitation?.state).toBe('offered')
    fresh.clock.set('2026-12-13T16:01:00Z')
    expect((await draft.seat(university)).invitation).toMatchObject({ state: 'expired', turn: null })
    const late = await answer('company', open, { move: 'offer', terms: TERMS })
    expect([late.status, late.body.rule]).toEqual([409, 'invitation.is_expired'])
    expect(await expireInvitations(fresh)).toBeGreaterThan(0)
    expect(await expireInvitations(fresh)).toBe(0)
    const board = await draft.searched()
    expect(board.next?.options.bans).toContain(university)
    expect(board.next?.options.pins).toContain(fresh.other)
    expect(accepted.state).toBe('accepted')
    const { body } = await fresh.ask('GET', '/notices', { as: 'company' })
    expect(body.rows.map(({ subject }: { subject: string }) => subject)).toContain('notice.invitation.expire')
    fresh.clock.set('2026-11-22T08:00:00Z')
  })
})
