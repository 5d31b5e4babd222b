import type { Command } from '#db/command.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { respond, withdrawResponse } from '../match/response-service.ts'
import { maySeeNeed } from '../needs/access.ts'
import { standingOf } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import { listMembers } from './consortium-store.ts'
import { tellOfMove } from './invitation-letter.ts'
import { mailAnotherLink } from './invitation-link.ts'
import type { DeclineCode, Moved, MoveInput, Terms } from './invitation-model.ts'
import { moveTo, refusalFor, refuseDay, refuseRoleTwice, roleGiven, sideOf } from './invitation-rules.ts'
import { lastDayIn, putRole, todayIn } from './invitation-service.ts'
import { type Concerned, withInvitation } from './invitation-sides.ts'
import { insertStep, putInvitation, type StoredInvitation } from './invitation-store.ts'
import type { Role } from './model.ts'
import { orderSearch } from './search-service.ts'

const STEPS_OF_AN_INVITATION_MAX = 200

/** One side's move, by somebody who is signed in. @throws Fault `forbidden` for a move of the other side */
export async function moveInvitation(
  world: World,
  done: Command,
  caller: Caller,
  id: string,
  input: MoveInput,
): Promise<Moved> {
  const move = ({ invitation, sides, hand }: Concerned) => {
    const wanted = input.move === 'take_back' ? invitation.before?.side : sideOf(input.move)
    const side = sides.find((one) => one === wanted) ?? (input.move === 'take_back' ? sides[0] : undefined)
    if (!side)
      throw new Fault('forbidden', 'This is for the other side to say.', {
        rule: wanted === 'host' ? 'invitation.for_hosts' : 'invitation.for_invited',
      })
    return makeMove(world, done, hand, { invitation, input, side, byLink: false })
  }
  return withInvitation(done.tx, caller, id, move, { lock: true })
}

export interface Making {
  /** Held by the transaction. */
  invitation: StoredInvitation
  input: MoveInput
  side: 'host' | 'invited'
  byLink: boolean
}

/**
 * Makes a move on the revision that was read.
 * @throws Fault `changed_meanwhile` where the other side was first, `wrong_state` where the move is not possible
 */
export async function makeMove(
  world: World,
  done: Command,
  caller: Caller,
  { invitation, input, side, byLink }: Making,
): Promise<Moved> {
  const { tx, at } = done
  const { zoneId } = caller
  if (invitation.revision !== input.revision)
    throw new Fault('changed_meanwhile', 'This invitation has moved on since you opened it.', {
      rule: 'invitation.changed',
      now: { state: invitation.state, revision: invitation.revision },
      tip: 'Look at how it stands now, and answer that.',
    })
  if (invitation.revision >= STEPS_OF_AN_INVITATION_MAX)
    throw new Fault('too_many', 'There have been too many offers; withdraw, and invite anew.', {
      rule: 'invitation.too_many_steps',
      limit: STEPS_OF_AN_INVITATION_MAX,
    })
  const today = await todayIn(tx, zoneId, at)
  const state = moveTo(invitation, side, input.move, today)
  const terms = termsAfter(invitation, input)
  const expiresOn = input.move === 'offer' && input.expiresOn ? input.expiresOn : invitation.expiresOn
  if (expiresOn !== invitation.expiresOn) refuseDay(expiresOn, today, await lastDayIn(tx, zoneId, at))
  const role = roleGiven(input.move, terms, invitation.before)
  const seat = role && (await seatRole(done, caller, invitation, role))
  const code = state === 'declined' && input.move === 'decline' ? input.code : null
  const note = 'note' in input ? input.note : ''
  const responseId = await keepRefusal(done, caller, invitation, code, note)
  const stood = { side, state: invitation.state, terms: invitation.terms, ...(seat && { seat }) }
  const before = input.move === 'take_back' ? null : stood
  await putInvitation(tx, zoneId, invitation.id, { state, terms, code, before, responseId, expiresOn, at })
  await insertStep(tx, zoneId, invitation.id, {
    move: input.move,
    side,
    terms,
    code,
    note,
    byLink,
    accountId: byLink ? null : caller.accountId,
    at,
  })
  done.changed({
    subject: { kind: 'consortium', id: invitation.consortiumId },
    action: `invitation.${input.move}`,
    changes: { state: { from: invitation.state, to: state } },
  })
  await tellOfMove(world, done, caller, { ...invitation, expiresOn }, input.move, side)
  if (input.move === 'offer') await mailAnotherLink(world, done, caller, { ...invitation, expiresOn })
  if (state === 'declined') await orderSearch(world, done, caller, invitation)
  return { id: invitation.id, state, revision: invitation.revision + 1 }
}

function termsAfter(invitation: StoredInvitation, input: MoveInput): Terms {
  if (input.move === 'offer' || input.move === 'counter') return input.terms
  return input.move === 'take_back' ? (invitation.before?.terms ?? invitation.terms) : invitation.terms
}

/** Gives the seat a role that no other member holds; answers the one that it had. */
async function seatRole(
  { tx }: Command,
  { zoneId }: Caller,
  { consortiumId, organisationId }: StoredInvitation,
  role: Role,
): Promise<Role | null> {
  const members = await listMembers(tx, zoneId, consortiumId)
  const had = members.find(({ id }) => id === organisationId)?.role ?? null
  if (had === role) return null
  refuseRoleTwice(members, organisationId, role)
  await putRole(tx, zoneId, { consortiumId, organisationId, role })
  return had
}

/**
 * A no that says something of the need itself is kept as the organisation's refusal of the match too, where the need is
 * open for answers; taken back, that goes as well. Answers which refusal stands now.
 */
async function keepRefusal(
  done: Command,
  caller: Caller,
  { needId, organisationId, responseId }: StoredInvitation,
  code: DeclineCode | null,
  note: string,
): Promise<string | null> {
  if (responseId) {
    await withdrawResponse(done, caller, { need: needId, response: responseId }).catch((error: unknown) => {
      if (!(error instanceof Fault)) throw error
    })
    return null
  }
  const refusal = code && refusalFor(code)
  const need = refusal && (await findNeed(done.tx, caller.zoneId, needId))
  if (!refusal || !need || !maySeeNeed(caller, standingOf(need))) return null
  if (need.state !== 'open' && need.state !== 'matched') return null
  const said = { organisationId, side: 'offer' as const, answer: 'refusal' as const, code: refusal, note }
  const { id } = await respond(done, caller, needId, said, { tells: false })
  return id
}
