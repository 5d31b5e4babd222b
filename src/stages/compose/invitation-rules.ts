import { Fault } from '#kit/fault.ts'
import { REFUSAL_CODES, type RefusalCode } from '../match/model.ts'
import type { DeclineCode, InvitationState, Move, StepSide, Terms } from './invitation-model.ts'
import { SHARE_HUNDREDTHS_WHOLE } from './invitation-model.ts'
import type { MemberReason, Role } from './model.ts'
import { SOLE_ROLES } from './role-rules.ts'

/** Where an invitation can still lead to a member, and where an answer is awaited. */
export const LIVE_STATES: readonly InvitationState[] = ['offered', 'countered', 'accepted']
export const OPEN_STATES: readonly InvitationState[] = ['offered', 'countered']

/** Whether an organisation has accepted to lead: then it invites others too. */
export const isLeading = ({ state, terms }: { state: InvitationState; terms: Pick<Terms, 'role'> }) =>
  state === 'accepted' && terms.role === 'lead'

type Answering = Exclude<Move, 'invite' | 'take_back'>
/** Who may make a move, from where, and where it leads. `take_back` returns to what stood before. */
const MOVES_OF: Record<Answering, { side: StepSide; from: readonly InvitationState[]; to: InvitationState }> = {
  accept: { side: 'invited', from: ['offered'], to: 'accepted' },
  counter: { side: 'invited', from: ['offered', 'countered'], to: 'countered' },
  decline: { side: 'invited', from: LIVE_STATES, to: 'declined' },
  offer: { side: 'host', from: OPEN_STATES, to: 'offered' },
  agree: { side: 'host', from: ['countered'], to: 'accepted' },
  withdraw: { side: 'host', from: LIVE_STATES, to: 'withdrawn' },
  expire: { side: 'time', from: OPEN_STATES, to: 'expired' },
}
const ANSWERS = Object.keys(MOVES_OF) as Answering[]

/** What stood before the last answer, for whoever gave it to take it back. */
export interface Before {
  side: StepSide
  state: InvitationState
  terms: Terms
  /** Of an answer that gave the hosts' seat another role: the one that it had. */
  seat?: Role
}

export interface Standing {
  state: InvitationState
  expiresOn: string
  before: Before | null
}

/** The state that readers see: what nobody answered has expired once its last day is over. */
export function stateOn({ state, expiresOn }: Pick<Standing, 'state' | 'expiresOn'>, today: string): InvitationState {
  return OPEN_STATES.includes(state) && expiresOn < today ? 'expired' : state
}

export const turnOf = (state: InvitationState): 'host' | 'invited' | null =>
  state === 'offered' ? 'invited' : state === 'countered' ? 'host' : null

/** What one side may do, today. */
export function movesOf(standing: Standing, side: StepSide, today: string): Move[] {
  const state = stateOn(standing, today)
  const answers = ANSWERS.filter((move) => MOVES_OF[move].side === side && MOVES_OF[move].from.includes(state))
  return mayTakeBack(standing, side, today) ? [...answers, 'take_back'] : answers
}

/** An answer is taken back by the side that gave it, as long as the other has not acted and the last day is not over. */
const mayTakeBack = ({ before, expiresOn, state }: Standing, side: StepSide, today: string) =>
  before !== null && before.side === side && expiresOn >= today && state !== 'expired'

/** The side whose move it is, whatever the state. */
export const sideOf = (move: Answering): StepSide => MOVES_OF[move].side

/**
 * Where a move leads.
 * @throws Fault `wrong_state` that says in which state the invitation is, and what may be done there
 */
export function moveTo(standing: Standing, side: StepSide, move: Move, today: string): InvitationState {
  const may = movesOf(standing, side, today)
  const state = stateOn(standing, today)
  if (!may.includes(move)) {
    if (move === 'take_back')
      throw new Fault('wrong_state', 'The other side has acted since, or the time is over.', {
        rule: 'invitation.not_taken_back',
        now: { state },
      })
    const turn = turnOf(state)
    throw new Fault('wrong_state', `An invitation that is ${state} can’t be moved so.`, {
      rule: turn ? `invitation.waits_${turn}` : `invitation.is_${state}`,
      now: { state, moves: may },
    })
  }
  if (move === 'take_back') return standing.before!.state
  return MOVES_OF[move as Answering].to
}

/**
 * The role that a move gives the seat; null where the seat keeps its own. It follows what the hosts offer or agree to, and
 * never what the invited ask for: who asks for a role that another holds can still be refused it.
 */
export function roleGiven(move: Move, terms: Terms, before: Before | null): Role | null {
  if (move === 'offer' || move === 'agree') return terms.role
  return move === 'take_back' ? (before?.seat ?? null) : null
}

/** A refusal of the match says the same of the need; what concerns the terms of this team alone is none. */
export function refusalFor(code: DeclineCode): RefusalCode | null {
  return (REFUSAL_CODES as readonly string[]).includes(code) ? (code as RefusalCode) : null
}

/** @throws Fault `conflict` where a role that one member holds is given to a second */
export function refuseRoleTwice(seats: readonly { id: string; role: Role }[], id: string, role: Role): void {
  const holder = SOLE_ROLES.includes(role) ? seats.find((seat) => seat.role === role && seat.id !== id) : undefined
  if (holder)
    throw new Fault('conflict', 'Another member holds this role.', {
      rule: 'roles.taken',
      now: { role, organisationId: holder.id },
      tip: 'Give that member another role first.',
    })
}

/** @throws Fault `invalid` where the day is over or too far away */
export function refuseDay(expiresOn: string, today: string, last: string): void {
  const rule = expiresOn < today ? 'invitation.day_over' : expiresOn > last ? 'invitation.day_far' : null
  if (rule)
    throw new Fault('invalid', 'The last day to answer is over or too far away.', {
      rule: 'body.form',
      issues: [{ path: 'expiresOn', rule, limit: last }],
    })
}

/** What the shares of a team add up to, and how far they are from the whole; members without one are counted. */
export function sumShares(terms: readonly Pick<Terms, 'shareHundredths'>[]) {
  const sum = terms.reduce((total, { shareHundredths }) => total + (shareHundredths ?? 0), 0)
  const open = terms.filter(({ shareHundredths }) => shareHundredths === null).length
  return { sum, open, left: SHARE_HUNDREDTHS_WHOLE - sum }
}

/** Somebody whom one would name chief scientist rather than operator. */
export function isProfessor({ kind, post }: { kind: string; post: string | null }): boolean {
  return kind === 'university' || /教授|professor/iu.test(post ?? '')
}

interface Nameable {
  id: string
  professor: boolean
}

/**
 * A chief scientist decides on the technology and an operator runs the business: two persons. A professor as operator is
 * what the roles are there to avoid, so it takes a reason.
 * @throws Fault `invalid`
 */
export function refusePersons(chief: Nameable | null, operator: Nameable | null, reason: string): void {
  const issue =
    chief && operator && chief.id === operator.id
      ? { path: 'operator', rule: 'roles.same_person' }
      : operator?.professor && !reason
        ? { path: 'operatorReason', rule: 'roles.professor_operates' }
        : null
  if (issue)
    throw new Fault('invalid', 'These persons can’t hold these roles together.', { rule: 'body.form', issues: [issue] })
}

/** Wishes, prices and guesses of the hosts are neither for the invited nor for the public. */
const UNTOLD_REASONS = ['pinned', 'likely']
const UNTOLD = ['pinned', 'banned', 'budget', 'sponsors', 'apart']

/** The reasons that may be told to the invited, and to whoever holds a link. */
export function tellReasons(reasons: readonly MemberReason[]): MemberReason[] {
  return reasons.flatMap((reason): MemberReason[] => {
    if (UNTOLD_REASONS.includes(reason.kind)) return []
    if (reason.kind !== 'condition') return [reason]
    const conditions = reason.conditions.filter((one) => !UNTOLD.includes(one))
    return conditions.length ? [{ ...reason, conditions }] : []
  })
}

/** Of each organisation's invitations the one that counts: a live one, else the latest. */
export function standingInvitations<
  T extends { organisationId: string; state: InvitationState; createdAt: Date; id: string },
>(all: readonly T[]): Map<string, T> {
  const order = (one: T) => (LIVE_STATES.includes(one.state) ? 1 : 0)
  const sorted = [...all].sort(
    (a, b) => order(a) - order(b) || a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  )
  return new Map(sorted.map((one) => [one.organisationId, one]))
}

/** What a new search holds on to: who has said yes or still may stays, who said no or nothing is left out. */
export function heldSeats(standing: ReadonlyMap<string, { state: InvitationState }>): {
  kept: string[]
  accepted: string[]
  out: string[]
} {
  const of = (states: readonly InvitationState[]) =>
    [...standing]
      .filter(([, { state }]) => states.includes(state))
      .map(([id]) => id)
      .sort()
  return { kept: of(LIVE_STATES), accepted: of(['accepted']), out: of(['declined', 'withdrawn', 'expired']) }
}

interface Staying {
  id: string
  role: Role
  /** Whether its invitation still stands, so that its role was agreed or is offered. */
  live: boolean
}

/**
 * The roles once a proposed team is taken over. Who stays keeps the role. A newcomer takes the proposed one, unless it is
 * held; and a role that one member must hold and nobody does goes to whom the proposal gives it, where nothing was agreed
 * with that one.
 */
export function rolesAfter(
  staying: readonly Staying[],
  proposed: readonly { id: string; role: Role; leads: boolean }[],
): Map<string, Role> {
  const before = new Map(staying.map((one) => [one.id, one]))
  const roles = new Map<string, Role>()
  for (const { id } of proposed) {
    const known = before.get(id)
    if (known) roles.set(id, known.role)
  }
  const isHeld = (role: Role) => SOLE_ROLES.includes(role) && [...roles.values()].includes(role)
  for (const { id, role, leads } of proposed) {
    const known = before.get(id)
    if (!known) roles.set(id, isHeld(role) ? (leads ? 'package_lead' : 'member') : role)
    else if (SOLE_ROLES.includes(role) && !isHeld(role) && !known.live) roles.set(id, role)
  }
  return roles
}
