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
    ...Array.from({ length: 20 }, (_, at) => result(`other-${at}`, `Bread and butter of the ${at}th kind`)),
  ],
})
const wordsFor = (text: string) => closenessOf(prepared, { text, capabilities: [] }).get(0)?.words ?? []

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
