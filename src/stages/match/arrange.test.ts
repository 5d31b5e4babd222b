import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrange, FIRST_PLACES, isWorthSeat, type Placed, ringOf, turnAfter } from './arrange.ts'

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
const plain = { order: 'score', newcomerSeats: 0, prices: {}, turn: null } as const
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
        const arranged = arrange(board, { order, newcomerSeats: seats, prices: {}, turn: seats % 2 ? 0.5 : null })
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

const equals = Array.from({ length: 30 }, (_, at) => candidate(`equal-${String(at).padStart(2, '0')}`, 0.5))

test('equals begin with the one whose turn it is, say so, and nobody else moves', () => {
  const behind = [candidate('last', 0.4)]
  const board = [...known.slice(0, 4), ...equals, ...behind]
  const arranged = arrange(board, { ...plain, turn: ringOf('equal-17') })
  expect(ids(arranged).slice(0, 5)).toEqual([...ids(known.slice(0, 4)), 'equal-17'])
  expect(arranged[4]!.lifted).toEqual({ by: 'turn', from: 22 })
  expect(arranged.at(-1)!.id).toBe('last')
  expect(arrange([...board].reverse(), { ...plain, turn: ringOf('equal-17') })).toEqual(arranged)
})

test('who is equal in one score and not in the other takes no turn', () => {
  const merits = equals.map((one, at) => ({ ...one, merit: 0.5 + at / 1000 }))
  expect(ids(arrange(merits, { ...plain, turn: 0.3 }))).toEqual(ids(merits).reverse())
})

test('over many boards all equals are shown, as often as each other but for one', () => {
  let turn = 0
  const counts = new Map<string, number>()
  for (let board = 0; board < 30; board += 1) {
    const arranged = arrange(equals, { ...plain, turn })
    for (const { id } of arranged.slice(0, FIRST_PLACES)) counts.set(id, (counts.get(id) ?? 0) + 1)
    turn = turnAfter(arranged, turn)
  }
  expect(counts.size).toBe(equals.length)
  expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
})

test('places on the ring are spread', () => {
  const quarters = [0, 0, 0, 0]
  for (let at = 0; at < 4_000; at += 1) quarters[Math.floor(ringOf(`id-${at}`) * 4)]! += 1
  for (const count of quarters) expect(count).toBeGreaterThan(850)
})
