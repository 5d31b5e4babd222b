import { expect, test } from 'vitest'
import { closenessOf } from './closeness.ts'
import { prepareCorpus } from './prepared.ts'

// Goal: a text is close by words that tell something, and a temperature, whose sign is lost, is none of them.
const holders = [{ organisationId: 'ada', strong: true }]
const result = (id: string, text: string) => ({ kind: 'result' as const, id, title: id, text, trl: null, holders })
const prepared = prepareCorpus({
  organisations: [],
  texts: [
    result('warm', 'Solvent extraction at 40 °C with a titanium autoclave at 12 MPa'),
    result('both', 'Solenoid with a seal for coolant\n电磁密封，用于冷却液'),
    result('general', 'A free single group, bought before the lower place'),
    ...Array.from({ length: 20 }, (_, at) => result(`other-${at}`, `Bread and butter of the ${at}th kind`)),
  ],
})
const closeTo = (text: string, id: string) =>
  closenessOf(prepared, { text, capabilities: [] }).get(prepared.places.get(`result:${id}`)!)
const wordsFor = (text: string) => closeTo(text, 'warm')?.words ?? []

test.each([
  [
    'the same quantities and words are told',
    'A titanium autoclave for 12 MPa and solvent',
    ['12 MPa', 'titanium', 'autoclave', 'solvent'],
  ],
  [
    'a temperature is not, whatever its sign',
    'A titanium autoclave for solvent below −40 °C',
    ['titanium', 'autoclave', 'solvent'],
  ],
  ['two words and a temperature are too few', 'A titanium autoclave at 40 °C', []],
] as const)('%s', (_says, text, words) => {
  expect([...wordsFor(text)].sort()).toEqual([...words].sort())
})

test('a need in two languages says a thing twice: a word and its translation count once', () => {
  expect(closeTo('A solenoid without a seal\n没有密封的电磁', 'both')).toBeUndefined()
  const close = closeTo('A solenoid without a seal for coolant\n没有密封的电磁', 'both')
  expect(close?.words).toEqual(expect.arrayContaining(['solenoid', 'seal', 'coolant', '密封', '电磁']))
  expect(close?.share).toBe(0.5)
})

test('words that say nothing of a subject are no common ground, however few records hold them', () => {
  expect(closeTo('Free single group, before a lower place', 'general')).toBeUndefined()
})
