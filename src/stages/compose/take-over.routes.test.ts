import { beforeEach, describe, expect, it } from 'vitest'
import type { Who } from '#testing'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { type Draft, mover, openDraft, TERMS } from './invitation.fixture.ts'
import type { InvitationBoard } from './invitation-model.ts'

const INVITED: Who = 'company.other'
let world: ComposeWorld
let draft: Draft
let move: ReturnType<typeof mover>
/** The board before the declined seat went to another. */
let before: InvitationBoard

const takeOver = (revision: number, proposalId: string) =>
  world.ask('POST', `/consortia/${draft.id}/take-over`, { as: 'company', body: { proposalId, revision } })
const undo = (revision: number, as: Who = 'company') =>
  world.ask('POST', `/consortia/${draft.id}/take-over/undo`, { as, body: { revision } })
const seatsOf = ({ seats }: InvitationBoard) =>
  seats.map(({ id, role, terms, packages }) => ({ id, role, terms, packages }))

/** `other` has a seat with terms, says no, and the spare company takes its place. */
beforeEach(async () => {
  world = await openComposeWorld()
  move = mover(world)
  await world.judge(world.other, 'pressing', 3)
  draft = await openDraft(world, { bans: [world.who.presser] })
  const { revision } = await draft.board()
  const path = `/consortia/${draft.id}/seats/${world.own}`
  await world.ask('PATCH', path, { as: 'company', body: { shareHundredths: 4_000, revision } })
  await draft.invited(world.who.university)
  await move(INVITED, await draft.invited(world.other), { move: 'decline', code: 'share' })
  before = await draft.searched()
  const taken = await takeOver(before.revision, before.next!.after.id)
  if (taken.status !== 200) throw new Error(taken.text)
}, PATIENT.timeout)

describe('A version that was taken over', PATIENT, () => {
  it('is undone in one press: members, seats, proposal and what can be taken back', async () => {
    const now = await draft.board()
    expect([now.undoable, now.seats.map(({ id }) => id).includes(world.other)]).toEqual([true, false])
    expect((await undo(now.revision)).body).toEqual({ id: draft.id, revision: now.revision + 1 })
    const after = await draft.board()
    expect(seatsOf(after)).toEqual(seatsOf(before))
    expect(after).toMatchObject({ undoable: false, free: before.free, former: [] })
    expect(after.next?.after.id).toBe(before.next?.after.id)
    const { proposalId } = (await world.ask('GET', `/consortia/${draft.id}`, { as: 'company' })).body
    expect(proposalId).toBe(before.next?.before?.id)
    const { invitation } = await draft.seat(world.other)
    const back = await move(INVITED, { id: invitation!.id, revision: invitation!.revision }, { move: 'take_back' })
    expect(back.body.state).toBe('offered')
    expect((await undo(after.revision)).body.rule).toBe('take_over.none')
  })

  it('is taken over again and undone again', async () => {
    const { revision } = await draft.board()
    await undo(revision)
    await takeOver(revision + 1, before.next!.after.id)
    expect((await undo(revision + 2)).status).toBe(200)
    expect(seatsOf(await draft.board())).toEqual(seatsOf(before))
  })

  it('is undone where the newcomer was invited and has not answered: its invitation is withdrawn', async () => {
    const invited = await draft.invited(world.who.spare)
    const { revision, undoable } = await draft.board()
    expect(undoable).toBe(true)
    expect((await undo(revision)).status).toBe(200)
    const after = await draft.board()
    expect(seatsOf(after)).toEqual(seatsOf(before))
    expect(after.former).toMatchObject([
      { party: { id: world.who.spare }, invitation: { id: invited.id, state: 'withdrawn' } },
    ])
  })

  it('stands once the newcomer has answered', async () => {
    const { spare } = world.who
    const { id, revision } = await draft.invited(spare)
    await world.within((tx) =>
      tx
        .updateTable('membership')
        .set({ organisation_id: spare })
        .where('zone_id', '=', world.zoneId)
        .where('account_id', '=', world.caller('researcher.other').accountId!)
        .execute(),
    )
    await move('researcher.other', { id, revision }, { move: 'counter', terms: TERMS })
    const board = await draft.board()
    expect(board.undoable).toBe(false)
    const refused = await undo(board.revision)
    expect([refused.status, refused.body.rule]).toEqual([409, 'take_over.answered'])
  })

  it('stands once the draft was changed, or seen otherwise', async () => {
    const { revision } = await draft.board()
    expect((await undo(revision - 1)).body.rule).toBe('consortium.changed')
    const path = `/consortia/${draft.id}/seats/${world.own}`
    await world.ask('PATCH', path, { as: 'company', body: { shareHundredths: 1, revision } })
    const refused = await undo(revision + 1)
    expect([refused.status, refused.body.rule]).toEqual([409, 'take_over.changed'])
  })

  it('is undone by nobody but the hosts', async () => {
    const { revision } = await draft.board()
    expect((await undo(revision, INVITED)).status).toBe(404)
    expect((await undo(revision, 'company.foreign')).status).toBe(403)
    expect((await undo(revision, 'zone_officer')).status).toBe(200)
  })
})

it('There is nothing to undo in a new draft', PATIENT, async () => {
  const fresh = await openDraft(world)
  const { revision, undoable } = await fresh.board()
  expect(undoable).toBe(false)
  const refused = await world.ask('POST', `/consortia/${fresh.id}/take-over/undo`, {
    as: 'company',
    body: { revision },
  })
  expect([refused.status, refused.body.rule]).toEqual([409, 'take_over.none'])
})
