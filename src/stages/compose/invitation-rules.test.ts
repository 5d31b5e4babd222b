import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DECLINE_CODES,
  INVITATION_STATES,
  type InvitationState,
  MOVES,
  type Move,
  type Terms,
} from './invitation-model.ts'
import {
  type Before,
  heldSeats,
  isProfessor,
  movesOf,
  moveTo,
  refusalFor,
  refuseDay,
  refusePersons,
  refuseRoleTwice,
  roleGiven,
  rolesAfter,
  standingInvitations,
  stateOn,
  sumShares,
  tellReasons,
} from './invitation-rules.ts'
import type { Role } from './model.ts'
import { ComposeOptions } from './model.ts'
import { optionsHolding } from './search-rules.ts'

const TODAY = '2026-11-22'
const TERMS: Terms = { role: 'member', shareHundredths: 1_000, effortTenths: 60 }
const standing = (state: InvitationState, { before = null as Before | null, expiresOn = '2026-12-01' } = {}) => ({
  state,
  before,
  expiresOn,
})
const ruleOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    const { details } = error as { details: { rule: string; issues?: { rule: string }[] } }
    return details.issues?.[0]?.rule ?? details.rule
  }
}

describe('An invitation', () => {
  const table: [from: InvitationState, side: 'host' | 'invited', move: Move, to: InvitationState][] = [
    ['offered', 'invited', 'accept', 'accepted'],
    ['offered', 'invited', 'counter', 'countered'],
    ['countered', 'invited', 'counter', 'countered'],
    ['offered', 'invited', 'decline', 'declined'],
    ['countered', 'invited', 'decline', 'declined'],
    ['accepted', 'invited', 'decline', 'declined'],
    ['countered', 'host', 'agree', 'accepted'],
    ['countered', 'host', 'offer', 'offered'],
    ['offered', 'host', 'offer', 'offered'],
    ['offered', 'host', 'withdraw', 'withdrawn'],
    ['countered', 'host', 'withdraw', 'withdrawn'],
    ['accepted', 'host', 'withdraw', 'withdrawn'],
  ]
  it.each(table)('that is %s may by the %s side be moved by %s to %s', (from, side, move, to) => {
    expect(moveTo(standing(from), side, move, TODAY)).toBe(to)
    expect(movesOf(standing(from), side, TODAY)).toContain(move)
  })

  const refusals: [story: string, InvitationState, 'host' | 'invited', Move, rule: string][] = [
    ['the invited accept what they have countered', 'countered', 'invited', 'accept', 'invitation.waits_host'],
    ['the hosts agree to their own offer', 'offered', 'host', 'agree', 'invitation.waits_invited'],
    ['the invited accept twice', 'accepted', 'invited', 'accept', 'invitation.is_accepted'],
    ['the invited counter what is accepted', 'accepted', 'invited', 'counter', 'invitation.is_accepted'],
    ['the hosts offer anew what is accepted', 'accepted', 'host', 'offer', 'invitation.is_accepted'],
    ['the invited accept what they declined', 'declined', 'invited', 'accept', 'invitation.is_declined'],
    ['the hosts offer after a no', 'declined', 'host', 'offer', 'invitation.is_declined'],
    ['the invited accept what was withdrawn', 'withdrawn', 'invited', 'accept', 'invitation.is_withdrawn'],
    ['the hosts withdraw twice', 'withdrawn', 'host', 'withdraw', 'invitation.is_withdrawn'],
    ['the invited accept what has expired', 'expired', 'invited', 'accept', 'invitation.is_expired'],
    ['the hosts offer what has expired', 'expired', 'host', 'offer', 'invitation.is_expired'],
    ['the hosts accept for the invited', 'offered', 'host', 'accept', 'invitation.waits_invited'],
    ['there is nothing to take back', 'offered', 'host', 'take_back', 'invitation.not_taken_back'],
  ]
  it.each(refusals)('is refused when %s', (_story, from, side, move, rule) => {
    expect(ruleOf(() => moveTo(standing(from), side, move, TODAY))).toBe(rule)
  })

  it('can be answered on its last day, and reads as expired on the next', () => {
    const last = standing('offered', { expiresOn: TODAY })
    expect(moveTo(last, 'invited', 'accept', TODAY)).toBe('accepted')
    expect(stateOn(last, '2026-11-23')).toBe('expired')
    expect(ruleOf(() => moveTo(last, 'invited', 'accept', '2026-11-23'))).toBe('invitation.is_expired')
    expect(stateOn(standing('accepted', { expiresOn: TODAY }), '2027-01-01')).toBe('accepted')
  })

  it('is taken back by the side that answered, to what stood before, until its last day is over', () => {
    const before: Before = { side: 'invited', state: 'offered', terms: TERMS }
    const declined = standing('declined', { before, expiresOn: TODAY })
    expect(moveTo(declined, 'invited', 'take_back', TODAY)).toBe('offered')
    expect(ruleOf(() => moveTo(declined, 'host', 'take_back', TODAY))).toBe('invitation.not_taken_back')
    expect(ruleOf(() => moveTo(declined, 'invited', 'take_back', '2026-11-23'))).toBe('invitation.not_taken_back')
  })

  const gives: [move: Move, before: Role | undefined, role: Role | null][] = [
    ['offer', undefined, 'member'],
    ['agree', undefined, 'member'],
    ['take_back', 'investor', 'investor'],
    ['take_back', undefined, null],
    ['withdraw', 'investor', null],
    ['counter', undefined, null],
    ['accept', undefined, null],
    ['decline', undefined, null],
  ]
  it.each(gives)('gives the seat a role by %s, where it had %s before: %s', (move, had, role) => {
    const before: Before = { side: 'host', state: 'countered', terms: TERMS, ...(had && { seat: had }) }
    expect(roleGiven(move, TERMS, before)).toBe(role)
  })

  it('lets nobody do what the list of moves does not offer, whatever state it is in', () => {
    const any = fc.record({
      state: fc.constantFrom(...INVITATION_STATES),
      expiresOn: fc.constantFrom('2026-11-21', TODAY, '2026-12-01'),
      before: fc.option(
        fc.record({
          side: fc.constantFrom('host' as const, 'invited' as const),
          state: fc.constantFrom('offered' as const, 'countered' as const, 'accepted' as const),
          terms: fc.constant(TERMS),
        }),
      ),
    })
    fc.assert(
      fc.property(
        any,
        fc.constantFrom('host' as const, 'invited' as const),
        fc.constantFrom(...MOVES),
        (one, side, move) => {
          const may = movesOf(one, side, TODAY).includes(move)
          const answered = ruleOf(() => moveTo(one, side, move, TODAY))
          expect((INVITATION_STATES as readonly unknown[]).includes(answered)).toBe(may)
        },
      ),
      { seed: 12 },
    )
  })

  it('counts the one that stands, else the latest', () => {
    const one = (id: string, state: InvitationState, day: number) => ({
      id,
      organisationId: 'o',
      state,
      createdAt: new Date(Date.UTC(2026, 10, day)),
    })
    const of = (...all: ReturnType<typeof one>[]) => standingInvitations(all).get('o')?.id
    expect(of(one('a', 'declined', 1), one('b', 'withdrawn', 2))).toBe('b')
    expect(of(one('a', 'offered', 1), one('b', 'declined', 2))).toBe('a')
  })

  it('that was declined for the need’s sake is a refusal of the match; for the terms’ sake it is none', () => {
    expect(Object.fromEntries(DECLINE_CODES.map((code) => [code, refusalFor(code)]))).toEqual({
      no_capacity: 'no_capacity',
      outside_scope: 'outside_scope',
      too_early: 'too_early',
      unclear_description: 'unclear_description',
      conflict: 'conflict',
      role: null,
      share: null,
      effort: null,
      partners: null,
      timing: null,
    })
  })

  it('ends on a day that is neither over nor far away', () => {
    const day = (text: string) => ruleOf(() => refuseDay(text, TODAY, '2027-05-21'))
    expect([day('2026-11-21'), day(TODAY), day('2027-05-21'), day('2027-05-22')]).toEqual([
      'invitation.day_over',
      undefined,
      undefined,
      'invitation.day_far',
    ])
  })

  it('tells the invited no wish of the hosts', () => {
    expect(
      tellReasons([
        { kind: 'pinned' },
        { kind: 'likely', place: 1, of: 40, why: [] },
        { kind: 'condition', conditions: ['budget', 'kinds'] },
        { kind: 'condition', conditions: ['pinned'] },
        { kind: 'sole_cover', capabilities: ['c'] },
      ]),
    ).toEqual([
      { kind: 'condition', conditions: ['kinds'] },
      { kind: 'sole_cover', capabilities: ['c'] },
    ])
  })
})

describe('Shares', () => {
  it('are added up, and those left open are counted', () => {
    const of = (...shares: (number | null)[]) => sumShares(shares.map((shareHundredths) => ({ shareHundredths })))
    expect(of(4_000, 2_550, null)).toEqual({ sum: 6_550, open: 1, left: 3_450 })
    expect(of(9_000, 1_001)).toEqual({ sum: 10_001, open: 0, left: -1 })
    expect(of()).toEqual({ sum: 0, open: 0, left: 10_000 })
  })
})

describe('Roles', () => {
  const seats: { id: string; role: Role }[] = [
    { id: 'a', role: 'lead' },
    { id: 'b', role: 'chief_scientist' },
    { id: 'c', role: 'member' },
  ]
  const given: [story: string, id: string, role: Role, rule: string | undefined][] = [
    ['a second lead', 'c', 'lead', 'roles.taken'],
    ['a second chief scientist', 'c', 'chief_scientist', 'roles.taken'],
    ['the lead again to the lead', 'a', 'lead', undefined],
    ['a role that many may hold', 'c', 'investor', undefined],
    ['an operator where there is none', 'c', 'operator', undefined],
  ]
  it.each(given)('%s', (_story, id, role, rule) => {
    expect(ruleOf(() => refuseRoleTwice(seats, id, role))).toBe(rule)
  })

  const person = (id: string, professor = false) => ({ id, professor })
  const named: [story: string, Parameters<typeof refusePersons>, rule: string | undefined][] = [
    ['one person as both', [person('p'), person('p'), ''], 'roles.same_person'],
    ['a professor as operator without a reason', [null, person('p', true), ''], 'roles.professor_operates'],
    ['a professor as operator with a reason', [null, person('p', true), 'founded the firm'], undefined],
    ['a professor as chief scientist', [person('p', true), person('m'), ''], undefined],
    ['nobody', [null, null, ''], undefined],
  ]
  it.each(named)('%s', (_story, given, rule) => {
    expect(ruleOf(() => refusePersons(...given))).toBe(rule)
  })

  it('call a professor whoever is at a university or is called one', () => {
    expect(isProfessor({ kind: 'university', post: null })).toBe(true)
    expect(isProfessor({ kind: 'institute', post: '教授级高工' })).toBe(true)
    expect(isProfessor({ kind: 'company', post: 'Visiting Professor' })).toBe(true)
    expect(isProfessor({ kind: 'company', post: '总经理' })).toBe(false)
  })

  const taken: [
    story: string,
    staying: [id: string, role: Role, live?: 'live'][],
    proposed: [id: string, role: Role, leads?: 'leads'][],
    roles: Record<string, Role>,
  ][] = [
    [
      'who stays keeps the role, whoever the proposal would give it',
      [
        ['a', 'lead'],
        ['b', 'investor', 'live'],
      ],
      [
        ['a', 'member'],
        ['b', 'lead'],
      ],
      { a: 'lead', b: 'investor' },
    ],
    [
      'a newcomer takes the proposed role',
      [['a', 'lead']],
      [
        ['a', 'lead'],
        ['n', 'operator'],
      ],
      { a: 'lead', n: 'operator' },
    ],
    [
      'a newcomer does not take a role that is held',
      [
        ['a', 'lead'],
        ['b', 'operator', 'live'],
      ],
      [
        ['a', 'lead'],
        ['b', 'member'],
        ['n', 'operator', 'leads'],
        ['m', 'lead'],
      ],
      { a: 'lead', b: 'operator', n: 'package_lead', m: 'member' },
    ],
    [
      'a role that nobody holds any more goes to whom the proposal gives it',
      [
        ['z', 'lead'],
        ['b', 'member'],
      ],
      [['b', 'lead']],
      { b: 'lead' },
    ],
    [
      'but not to one with whom another was agreed',
      [
        ['z', 'lead'],
        ['b', 'member', 'live'],
      ],
      [['b', 'lead']],
      { b: 'member' },
    ],
  ]
  it.each(taken)('after a takeover: %s', (_story, staying, proposed, roles) => {
    const after = rolesAfter(
      staying.map(([id, role, live]) => ({ id, role, live: live === 'live' })),
      proposed.map(([id, role, leads]) => ({ id, role, leads: leads === 'leads' })),
    )
    expect(Object.fromEntries(after)).toEqual(roles)
  })
})

describe('A search for others', () => {
  it('keeps who said yes or may still, and leaves out the rest', () => {
    const states: [string, InvitationState][] = INVITATION_STATES.map((state) => [state, state])
    expect(heldSeats(new Map(states.map(([id, state]) => [id, { state }])))).toEqual({
      kept: ['accepted', 'countered', 'offered'],
      accepted: ['accepted'],
      out: ['declined', 'expired', 'withdrawn'],
    })
  })

  const ID = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  const [own, other, gone, kept] = [ID(1), ID(2), ID(3), ID(4)] as [string, string, string, string]
  it('pins and bans on top of the draft’s own options', () => {
    const options = ComposeOptions.parse({ pins: [gone, other], bans: [kept], weights: 'lean' })
    const held = optionsHolding({ options, sponsors: [own], out: [gone] }, [kept])
    expect(held).toMatchObject({ pins: [other, kept], bans: [gone], weights: 'lean', sponsorsIn: true })
  })

  it('does not bring a sponsor back that is out, and keeps the other sponsors', () => {
    const held = optionsHolding({ options: ComposeOptions.parse({}), sponsors: [own, gone], out: [gone] }, [])
    expect(held).toMatchObject({ sponsorsIn: false, pins: [own], bans: [gone] })
  })
})
