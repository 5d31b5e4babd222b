import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Caller, CallerRole } from '../caller.ts'
import { maySeeNeed, type Standing } from './access.ts'
import { EMPTY_CONTENT, type NeedContent } from './content-rules.ts'
import { CIRCLES, NEED_STATES, type NeedState } from './model.ts'
import { admitStep, lacksFor, lacksToBeWhole, ROADS, STEPS, type Step, stateOn, stepOf, stepsOpenTo } from './rules.ts'

const caller = (role: CallerRole, organisationId: string | null = null): Caller => ({
  zoneId: 'zone',
  accountId: 'somebody',
  role,
  organisationId,
  signedIn: true,
})

/** Who asks, by a letter: capitals act for the sponsor, the zone or the server. */
const WHO: Record<string, Caller> = {
  C: caller('company', 'sponsor'),
  R: caller('researcher', 'sponsor'),
  T: caller('technology_manager'),
  O: caller('zone_officer'),
  A: caller('administrator'),
  Y: caller('system'),
  c: caller('company', 'another'),
  r: caller('researcher', 'another'),
  n: caller('company', null),
  x: caller('stranger'),
  // An account of another zone that names the sponsor's organisation.
  f: caller('stranger', 'sponsor'),
}

// Who may take which step in which state; a dot is nobody.
const GRID = `
           draft   in_review returned open    matched closed expired merged
submit     CRTOAY  .         CRTOAY   .       .       .      .       .
withdraw   .       CRTOAY    .        .       .       .      .       .
return     .       OAY       .        .       .       .      .       .
open       .       OAY       .        .       .       .      .       .
match      .       .         .        CRTOAY  .       .      .       .
reopen     .       .         .        .       OAY     .      .       .
close      .       .         .        CROAY   CROAY   .      CROAY   .
renew      .       .         .        .       .       .      CROAY   .
expire     .       .         .        Y       .       .      .       .
merge      .       OAY       .        OAY     .       .      .       .
unmerge    .       .         .        .       .       .      .       OAY
`
const [HEAD = '', ...LINES] = GRID.trim().split('\n')
const STATES = HEAD.trim().split(/\s+/) as NeedState[]
const CELLS = LINES.flatMap((line) => {
  const [action, ...cells] = line.trim().split(/\s+/)
  return STATES.map((state, at) => [action as Step['action'], state, cells[at]!.replace('.', '')] as const)
})

test('the grid has every step and every state', () => {
  expect(CELLS.length).toBe(STEPS.length * NEED_STATES.length)
  expect([...STATES].sort()).toEqual([...NEED_STATES].sort())
})

test.each(CELLS)('%s from %s is for: %s', (action, state, allowed) => {
  for (const circle of CIRCLES) {
    const need: Standing = { state, circle, sponsorIds: ['first', 'sponsor'] }
    const admitted = Object.keys(WHO).filter((letter) => {
      try {
        admitStep(stepOf(action), WHO[letter]!, need)
        return true
      } catch {
        return false
      }
    })
    expect(admitted.join('')).toBe(allowed)
  }
})

test.each([
  ['a step out of its state', 'open', 'draft', 'O', 'wrong_state', 'need.move.not_allowed'],
  ['a step of somebody else', 'open', 'in_review', 'C', 'forbidden', 'need.move.not_yours'],
  ['a step out of its state by somebody else', 'open', 'closed', 'c', 'wrong_state', 'need.move.not_allowed'],
] as const)('%s is refused by its own rule', (_says, action, state, letter, code, rule) => {
  const need: Standing = { state, circle: 'public', sponsorIds: ['sponsor'] }
  expect(() => admitStep(stepOf(action), WHO[letter]!, need)).toThrow(
    expect.objectContaining({ code, details: expect.objectContaining({ rule }) }),
  )
})

test('the steps shown to a caller are those that the grid admits', () => {
  for (const state of NEED_STATES)
    for (const letter of Object.keys(WHO)) {
      const shown = stepsOpenTo(WHO[letter]!, { state, circle: 'public', sponsorIds: ['sponsor'] })
      const own = ['expire', 'merge', 'unmerge']
      const admitted = CELLS.filter(
        ([action, at, who]) => at === state && who.includes(letter) && !own.includes(action),
      )
      expect(shown).toEqual(admitted.map(([action]) => action))
    }
})

test.each(Object.entries(ROADS))('the road to %s follows the steps', (state, road) => {
  let at: string = 'draft'
  for (const action of road) {
    expect(stepOf(action).from).toContain(at)
    at = stepOf(action).to
  }
  expect(at).toBe(state)
})

// Who knows of a need that `sponsor` sponsors, by its state and circle.
const SEEN = `
            public       signed_in    invited  members
draft       CRTOAY       CRTOAY       CRTOAY   CRTOAY
in_review   CRTOAY       CRTOAY       CRTOAY   CRTOAY
returned    CRTOAY       CRTOAY       CRTOAY   CRTOAY
open        CRTOAYcrnxf  CRTOAYcrn    CRTOAY   CRTOAY
matched     CRTOAYcrnxf  CRTOAYcrn    CRTOAY   CRTOAY
closed      CRTOAYcrnxf  CRTOAYcrn    CRTOAY   CRTOAY
expired     CRTOAYcrnxf  CRTOAYcrn    CRTOAY   CRTOAY
merged      CRTOAY       CRTOAY       CRTOAY   CRTOAY
`
test.each(
  SEEN.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/)),
)('a need in state %s is seen', (state, ...cells) => {
  for (const [at, circle] of CIRCLES.entries()) {
    const need: Standing = { state: state as NeedState, circle, sponsorIds: ['sponsor'] }
    const seers = Object.keys(WHO).filter((letter) => maySeeNeed(WHO[letter]!, need))
    expect(seers.join('')).toBe(cells[at])
  }
})

describe('a need past its last day', () => {
  test.each([
    ['open', '2026-11-21', '2026-11-22', 'expired'],
    ['open', '2026-11-22', '2026-11-22', 'open'],
    ['open', null, '2026-11-22', 'open'],
    ['matched', '2026-11-21', '2026-11-22', 'matched'],
    ['draft', '2026-11-21', '2026-11-22', 'draft'],
  ] as const)('%s until %s, on %s, is %s', (state, deadline, today, expected) => {
    expect(stateOn({ state, deadline }, today)).toBe(expected)
  })
})

const named = (en: string) => ({ en: { text: en, origin: 'typed' as const } })
const whole: NeedContent = {
  ...EMPTY_CONTENT,
  title: named('Low stack pressure'),
  problem: named('The cell collapses.'),
  trl: { from: 4, to: 7 },
  targets: [{ quantity: named('Pressure'), unit: named('MPa'), now: 8, wanted: 2 }],
  capabilities: [{ id: '1', name: named('Solid electrolyte'), weight: 5, critical: true, levelWanted: 2 }],
  deadline: '2027-06-30',
}

describe('a need is whole', () => {
  test('with a title, a problem, a capability and its TRLs', () => {
    expect(lacksToBeWhole(whole)).toEqual([])
    expect(lacksToBeWhole({ ...whole, targets: [], deadline: null })).toEqual([])
    expect(lacksToBeWhole({ ...whole, trl: { from: 5, to: 5 } })).toEqual([])
  })

  test.each([
    ['a title', { title: {} }, { path: 'title', rule: 'text.missing' }],
    ['a problem', { problem: {} }, { path: 'problem', rule: 'text.missing' }],
    ['a capability', { capabilities: [] }, { path: 'capabilities', rule: 'list.empty' }],
    ['its TRLs', { trl: null }, { path: 'trl', rule: 'missing' }],
    ['TRLs in order', { trl: { from: 7, to: 4 } }, { path: 'trl.to', rule: 'trl.order', limit: 7 }],
    [
      'capabilities that differ by more than letters',
      {
        capabilities: [
          { id: '1', name: { zh: { text: '固態電池', origin: 'typed' } }, weight: 1, critical: false, levelWanted: 2 },
          { id: '2', name: { zh: { text: '固态电池', origin: 'typed' } }, weight: 2, critical: false, levelWanted: 2 },
        ],
      },
      { path: 'capabilities.1.name', rule: 'capability.twice' },
    ],
    [
      'a target to reach',
      { targets: [{ quantity: named('Pressure'), unit: {}, now: 2, wanted: 2 }] },
      { path: 'targets.0.wanted', rule: 'target.same' },
    ],
    [
      'members between a least and a most',
      { conditions: { minMembers: 5, maxMembers: 3 } },
      { path: 'conditions.maxMembers', rule: 'members.order', limit: 5 },
    ],
  ] satisfies [string, Partial<NeedContent>, object][])('only with %s', (_says, change, issue) => {
    expect(lacksToBeWhole({ ...whole, ...change })).toEqual([issue])
  })

  test('and everything that is lacking is told at once', () => {
    expect(lacksToBeWhole(EMPTY_CONTENT).map(({ path }) => path)).toEqual(['title', 'problem', 'capabilities', 'trl'])
  })
})

describe('a step', () => {
  const today = '2026-11-22'
  test.each([
    ['open', { deadline: '2026-11-21' }, {}, [{ path: 'deadline', rule: 'deadline.past', limit: today }]],
    ['open', { deadline: '2026-11-22' }, {}, []],
    ['open', { deadline: null }, {}, []],
    ['open', { problem: {} }, {}, [{ path: 'problem', rule: 'text.missing' }]],
    ['submit', { deadline: '2020-01-01' }, {}, [{ path: 'deadline', rule: 'deadline.past', limit: today }]],
    ['return', {}, {}, [{ path: 'reasons', rule: 'list.empty' }]],
    ['return', {}, { reasons: [] }, [{ path: 'reasons', rule: 'list.empty' }]],
    ['return', { problem: {} }, { reasons: [{ code: 'problem_unclear' }] }, []],
    ['renew', { deadline: '2026-11-01' }, {}, ['missing', 'deadline.past']],
    ['renew', { deadline: '2026-11-01' }, { deadline: '2026-11-20' }, ['deadline.past']],
    ['renew', { deadline: '2026-11-01' }, { deadline: '2027-01-01' }, []],
    ['reopen', { deadline: '2026-11-01' }, {}, ['deadline.past']],
    ['reopen', { deadline: '2026-11-01' }, { deadline: '2027-01-01' }, []],
    ['close', { deadline: '2026-11-01', problem: {} }, {}, []],
    ['withdraw', EMPTY_CONTENT, {}, []],
  ] satisfies [Step['action'], Partial<NeedContent>, Parameters<typeof lacksFor>[2], (string | object)[]][])(
    '%s of a need with %j, sent with %j, lacks %j',
    (action, change, move, lacks) => {
      const issues = lacksFor(stepOf(action), { ...whole, ...change }, move, today)
      expect(issues.map((issue, at) => (typeof lacks[at] === 'string' ? issue.rule : issue))).toEqual(lacks)
    },
  )
})

test('no walk of admitted steps leaves the states, opens a need unseen by an officer, or ends anywhere but in closed', () => {
  const walker = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.constantFrom(...Object.keys(WHO))), { maxLength: 40 })
  fc.assert(
    fc.property(walker, (walk) => {
      let state: NeedState = 'draft'
      let judged = false
      for (const [step, letter] of walk) {
        const need: Standing = { state, circle: 'members', sponsorIds: ['sponsor'] }
        if (!step.from.includes(state) || !step.who(WHO[letter]!, need) || step.to === 'before') continue
        if (step.to === 'open' && step.action === 'open') judged = 'OAY'.includes(letter)
        state = step.to
        expect(NEED_STATES).toContain(state)
        if (['open', 'matched', 'closed', 'expired'].includes(state)) expect(judged).toBe(true)
      }
      const out = STEPS.some((step) => step.from.includes(state))
      expect(out).toBe(state !== 'closed')
    }),
    { seed: 20261122, numRuns: 300 },
  )
})
