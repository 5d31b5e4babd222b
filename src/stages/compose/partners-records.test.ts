import { describe, expect, it, test } from 'vitest'
import { plainModel } from '#engines/partners/default-model.ts'
import { member, smallWorld } from '#engines/partners/partners.fixture.ts'
import { openBook, type PartnersAsked, rankPartnersOf } from './partners-rank.ts'
import {
  applyPartnerChanges,
  type KeyedRecords,
  type KeyedText,
  type PartnerChanges,
  sortedTexts,
} from './partners-records.ts'

// Goal: who belongs with them is the same whether single changes were followed or all was read anew, and what still holds
// of what was learned is kept.
const TODAY = '2019-12-01'
const text = (organisation: string, words: string): KeyedText => ({
  key: `profile:${organisation}`,
  organisation,
  text: words,
})
const world = smallWorld()
const records: KeyedRecords = {
  ...world,
  texts: sortedTexts([text(member('seeds', 1), 'wheat and drought'), text(member('railways', 2), 'signalling')]),
}
const asked: PartnersAsked = { given: [member('seeds', 0)], without: [], by: 'history', text: 'Breeding of wheat' }
const first = world.organisations[0]!

const changes: [string, Partial<Record<'organisations' | 'texts', object>>][] = [
  ['a text', { texts: { named: ['profile:seeds-01'], there: [text('seeds-01', 'Breeding of wheat')] } }],
  ['a text that is gone', { texts: { named: ['profile:seeds-01'], there: [] } }],
  ['a place', { organisations: { named: [first.id], there: [{ ...first, country: 'IT' }] } }],
  ['a name', { organisations: { named: [first.id], there: [{ ...first, name: 'Breeding of wheat' }] } }],
  ['one who is new', { organisations: { named: ['new'], there: [{ id: 'new', name: 'New', country: 'DE' }] } }],
  ['one who is gone', { organisations: { named: [first.id], there: [] } }],
]

/** Set by hand, so that nothing has to be learned here. */
const taught = { opening: plainModel(TODAY, 'opening') }

describe('after a change to', () => {
  it.each(changes)('%s, what was followed answers as what is read anew', (_what, change) => {
    const none = { named: [], there: [] }
    const whole = { version: '2', organisations: none, texts: none, ...change } as PartnerChanges
    const before = openBook(records, TODAY)
    const after = applyPartnerChanges(records, whole)
    const followed = openBook(after, TODAY, before)
    expect(rankPartnersOf(followed, asked, taught)).toEqual(rankPartnersOf(openBook(after, TODAY), asked, taught))
    expect(followed.schooled).toBe(before.schooled)
    expect(before.records).toBe(records)
  })
})

test('on another day nothing that was learned is taken over', () => {
  const before = openBook(records, TODAY)
  expect(openBook(records, '2019-12-02', before).schooled).not.toBe(before.schooled)
})

test('what work has learned is said to be of the zone', () => {
  const model = { ...taught.opening, examples: 4_321 }
  const { learned } = rankPartnersOf(openBook(records, TODAY), asked, { opening: model })
  expect(learned).toMatchObject({ school: 'zone', consortia: 4_321 })
})
