import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REFUSAL_CODES, type Reason, type RefusalCode } from './model.ts'
import { refusalReasons } from './refusals.ts'
import { REFUSAL_LOWERS } from './rules.ts'

// Goal: a refusal lowers what its code names, by how much the table says, visibly, and nothing below zero.
const earned = (...weights: [number, boolean][]): Reason[] =>
  weights.map(([weight, history]) => ({ kind: history ? 'partners' : 'covers', weight, history }))
const STRONG = earned([0.5, false], [0.08, true])

const lowered = (code: RefusalCode, here: number, own: number, of = STRONG, others = 0) =>
  refusalReasons(
    { refusals: [{ organisationId: 'ada', resultId: null, code, here, own, others }] },
    { organisationId: 'ada' },
    of,
  )

test.each([
  ['too_early', 1, 0, -0.04, 'trl'],
  ['too_early', 0, 2, -0.04, 'trl'],
  ['too_early', 1, 9, -0.06, 'trl'],
  ['no_better', 1, 0, -0.06, 'covers'],
  ['unclear_route', 1, 0, -0.04, 'covers'],
  ['unclear_description', 1, 0, -0.03, 'text'],
  ['outside_scope', 1, 2, -0.15, 'covers'],
  ['no_capacity', 1, 0, -0.05, 'all'],
  ['conflict', 1, 0, -0.1, 'all'],
  ['terms', 1, 0, -0.05, 'all'],
] as const)(
  '%s, said %i times here and %i times on alike needs, takes %f of %s',
  (code, here, alike, weight, lowers) => {
    const [reason] = lowered(code, here, alike)
    expect(reason?.weight).toBeCloseTo(weight)
    expect(reason).toMatchObject({ kind: 'refusals', facts: { code, lowers, times: here + alike } })
  },
)

test('every code is in the table', () => {
  expect(Object.keys(REFUSAL_LOWERS).sort()).toEqual([...REFUSAL_CODES].sort())
})

test.each([
  ['one refusal elsewhere says nothing', lowered('terms', 0, 1)],
  [
    'nor does one of a result say anything of its owner',
    refusalReasons(
      { refusals: [{ organisationId: 'ada', resultId: 'r', code: 'terms', here: 1, own: 0, others: 0 }] },
      { organisationId: 'ada' },
      STRONG,
    ),
  ],
])('%s', (_says, reasons) => {
  expect(reasons).toEqual([])
})

test('what lies between the two parties leaves merit alone', () => {
  expect(lowered('conflict', 1, 0)[0]?.history).toBe(true)
  expect(lowered('too_early', 1, 0)[0]?.history).toBe(false)
})

test('neither the score nor the merit falls below zero, whatever was refused', () => {
  const share = fc.double({ min: 0, max: 0.3, noNaN: true })
  const said = fc.array(
    fc.record({
      code: fc.constantFrom(...REFUSAL_CODES),
      here: fc.nat(1),
      own: fc.nat(9),
      others: fc.constantFrom(0, 2),
    }),
    {
      maxLength: 8,
    },
  )
  fc.assert(
    fc.property(share, share, said, (merit, history, refusals) => {
      const of = earned([merit, false], [history, true])
      const asked = { refusals: refusals.map((one) => ({ organisationId: 'ada', resultId: null, ...one })) }
      const all = [...of, ...refusalReasons(asked, { organisationId: 'ada' }, of)]
      const sum = (reasons: readonly Reason[]) => reasons.reduce((total, { weight }) => total + weight, 0)
      expect(sum(all)).toBeGreaterThanOrEqual(-1e-12)
      expect(sum(all.filter((reason) => !reason.history))).toBeGreaterThanOrEqual(-1e-12)
    }),
    { seed: 3 },
  )
})
