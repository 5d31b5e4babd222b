import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrange, FIRST_PLACES, isWorthSeat, type Placed } from './arrange.ts'

// Goal: the officer's choice moves candidates and never a score; whoever it lifts says so.
const candidate = (id: string, score: number, also: Partial<Placed> = {}): Placed => ({
  kind: 'organisation',
  id,
  organisation: { id },
  score,
  merit: score,
  newcomer: false,
  lifted: null,
  cells: [{ level: 2 }],
  ...also,
})
const known = Array.from({ length: 12 }, (_, at) => candidate(`known-${String(at).padStart(2, '0')}`, 0.9 - at / 100))
const newcomers = [candidate('new-a', 0.3, { newcomer: true }), candidate('new-b', 0.2, { newcomer: true })]
const plain = { order: 'score', newcomerSeats: 0, prices: {} } as const
const ids = (of: readonly Placed[]) => of.map(({ id }) => id)

test('by score alone nobody is lifted, and by merit the other score orders', () => {
  const odd = [candidate('a', 0.5, { merit: 0.1 }), candidate('b', 0.4, { merit: 0.6 })]
  expect(ids(arrange(odd, plain))).toEqual(['a', 'b'])
  expect(ids(arrange(odd, { ...plain, order: 'merit' }))).toEqual(['b', 'a'])
  expect(arrange(odd, plain).every(({ lifted }) => lifted === null)).toBe(true)
})

test('newcomers take the last of the first places, in their own order, and say from where', () => {
  const arranged = arrange([...known, ...newcomers], { ...plain, newcomerSeats: 2 })
  expect(ids(arranged).slice(8, 10)).toEqual(['new-a', 'new-b'])
  expect(arranged[8]!.lifted).toEqual({ by: 'newcomer_seat', from: 13 })
  expect(ids(arranged).slice(10)).toEqual(['known-08', 'known-09', 'known-10', 'known-11'])
})

test.each([
  ['a newcomer who stands there by score', [candidate('new-top', 0.95, { newcomer: true }), ...known], 1],
  ['one who covers nothing', [...known, candidate('new-c', 0.2, { newcomer: true, cells: [{ level: 1 }] })], 1],
  ['nobody', known, 5],
] as const)('no seat is made for %s', (_says, board, newcomerSeats) => {
  expect(arrange(board, { ...plain, newcomerSeats }).every(({ lifted }) => lifted === null)).toBe(true)
})

test('who has paid for being shown often stands behind, and whoever moves up says so', () => {
  const arranged = arrange(known, { ...plain, prices: { 'known-00': 0.055 } })
  expect(ids(arranged).indexOf('known-00')).toBe(5)
  expect(arranged[0]!.lifted).toEqual({ by: 'exposure', from: 2 })
})

test('whatever is chosen: the same candidates with the same scores, and seats enough where newcomers are enough', () => {
  const one = fc.record({
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    newcomer: fc.boolean(),
    level: fc.nat(3),
    kind: fc.constantFrom('organisation' as const, 'result' as const),
  })
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 40 }),
      fc.nat(5),
      fc.constantFrom('score' as const, 'merit' as const),
      (drawn, seats, order) => {
        const board = drawn.map(({ score, newcomer, level, kind }, at) =>
          candidate(`c${at}`, score, { newcomer, kind, cells: [{ level }], merit: 1 - score }),
        )
        const arranged = arrange(board, { order, newcomerSeats: seats, prices: {} })
        expect(arranged.map(({ id, score, merit }) => `${id}:${score}:${merit}`).sort()).toEqual(
          board.map(({ id, score, merit }) => `${id}:${score}:${merit}`).sort(),
        )
        const organisations = arranged.filter(({ kind }) => kind === 'organisation')
        const worthy = organisations.filter((each) => each.newcomer && isWorthSeat(each)).length
        const seated = organisations.slice(0, FIRST_PLACES).filter(({ newcomer }) => newcomer).length
        expect(seated).toBeGreaterThanOrEqual(Math.min(seats, worthy))
      },
    ),
    { seed: 5 },
  )
})
