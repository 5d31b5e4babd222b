import { describe, expect, it } from 'vitest'
import type { ImportState } from './model.ts'
import { type Act, fillFacts, joinParticipations, mayAct, overlayFact, stateOf } from './rules.ts'

describe('a run is in the state', () => {
  it.each([
    ['reading', null, 'reading'],
    ['reading', 'running', 'reading'],
    ['reading', 'cancelled', 'cancelled'],
    ['reading', 'failed', 'failed'],
    ['checking', 'cancelled', 'mapping'],
    ['checking', 'failed', 'failed'],
    ['applying', 'cancelled', 'ready'],
    ['applying', 'failed', 'ready'],
    ['applied', 'failed', 'applied'],
    ['mapping', 'done', 'mapping'],
    ['dropped', 'cancelled', 'dropped'],
  ] as const)('%s with its work %s: %s', (stored, work, seen) => {
    expect(stateOf(stored, work)).toBe(seen)
  })
})

describe('what may be done', () => {
  const acts: Act[] = ['map', 'apply', 'drop', 'addFile']
  it.each<[ImportState, string]>([
    ['reading', 'drop'],
    ['mapping', 'map drop addFile'],
    ['checking', 'drop'],
    ['ready', 'map apply drop'],
    ['applying', ''],
    ['applied', ''],
    ['dropped', ''],
    ['failed', 'drop'],
    ['cancelled', 'drop'],
  ])('in the state %s: %s', (state, expected) => {
    expect(acts.filter((act) => mayAct(act, state)).join(' ')).toBe(expected)
  })
})

describe('the same organisation twice in one project', () => {
  it.each([
    ['takes the stronger role', [{ role: 'participant' }, { role: 'coordinator' }], { role: 'coordinator' }],
    ['keeps a role that nobody knows behind the known', [{ role: 'guest' }, { role: 'partner' }], { role: 'partner' }],
    ['adds its amounts', [{ contribution: '100' }, { contribution: '25' }], { contribution: '125' }],
    ['leaves open what no part says', [{ role: 'partner' }, { totalCost: '7' }], { role: 'partner', totalCost: '7' }],
    ['has ended where every part has', [{ ended: true }, { ended: false }], { ended: false }],
  ])('%s', (_says, parts, expected) => {
    expect(joinParticipations(parts)).toEqual(expected)
  })
})

describe('a text laid over another', () => {
  const zh = { text: '甲', origin: 'typed' }
  const en = { text: 'A', origin: 'imported' }
  it.each([
    ['adds a language', { zh }, { en }, { zh, en }],
    ['replaces its own language', { en: { text: 'B', origin: 'typed' } }, { en }, { en }],
    ['leaves the same text with its origin', { zh }, { zh: { text: '甲', origin: 'imported' } }, { zh }],
    ['replaces what is no text', ['SME'], ['高新'], ['高新']],
    ['takes the place of nothing', null, { en }, { en }],
  ])('%s', (_says, standing, said, expected) => {
    expect(overlayFact(standing, said)).toEqual(expected)
  })
})

it('a further row of a record fills gaps and leaves the first row’s words', () => {
  const first = { city: 'Wien', names: { zh: { text: '甲' } } }
  const further = { city: 'Graz', staff: 7, names: { zh: { text: '乙' }, en: { text: 'A' } } }
  expect(fillFacts(first, further)).toEqual({
    city: 'Wien',
    staff: 7,
    names: { zh: { text: '甲' }, en: { text: 'A' } },
  })
})
