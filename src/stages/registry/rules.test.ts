import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DuplicateSide } from './duplicate-model.ts'
import { fullerOf, mergeFacts } from './duplicate-rules.ts'
import {
  checkIdentifiers,
  type FactState,
  type Fields,
  mergeEdit,
  mergeImport,
  publicIdentifier,
  typedFacts,
} from './rules.ts'

const none: FactState = { edited: {}, sourceSays: {} }
const person = { who: 'me', at: '2026-01-01' }
const source = { importId: 'i1', at: '2026-02-02' }

describe('identifiers', () => {
  it('are kept in their one form, empty ones not at all', () => {
    expect(checkIdentifiers({ uscc: ' 91620105l015101280 ', pic: 'PIC 999905974', ror: '' })).toEqual({
      uscc: '91620105L015101280',
      pic: '999905974',
    })
  })

  it.each([
    ['uscc', '91620105L015101281', 'uscc.checksum'],
    ['pic', '12345', 'pic.length'],
    ['ror', '03yrm5c27', 'ror.checksum'],
    ['lei', 'HWUPKR0MPOU8FGXBT395', 'lei.checksum'],
    ['vat', 'DE12345678', 'vat.format'],
  ] as const)('a wrong %s is named: %s', (scheme, value, rule) => {
    expect(() => checkIdentifiers({ [scheme]: value })).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: expect.objectContaining({ issues: [{ path: `identifiers.${scheme}`, rule }] }),
      }),
    )
  })

  it('the foremost one is that under which all zones know an organisation', () => {
    expect(publicIdentifier({ vat: 'X', pic: '1', uscc: '2' })).toEqual({ scheme: 'uscc', value: '2' })
    expect(publicIdentifier({})).toBeNull()
  })
})

describe('a person’s word against a source’s', () => {
  it.each([
    ['a fact of the source gives way to the source', { city: 'A' }, none, { city: 'B' }, { city: 'B' }, {}],
    ['a fact that nobody set is filled', {}, none, { city: 'B' }, { city: 'B' }, {}],
    [
      'a person’s stays, and the source’s is kept beside it',
      { city: 'A' },
      { edited: { city: person }, sourceSays: {} },
      { city: 'B' },
      {},
      { city: { value: 'B', ...source } },
    ],
    [
      'where the source comes round, nothing is left to say',
      { city: 'A' },
      { edited: { city: person }, sourceSays: { city: { value: 'B', ...source } } },
      { city: 'A' },
      {},
      {},
    ],
    ['what the source doesn’t say stays', { city: 'A' }, none, { city: null, staff: undefined, fields: [] }, {}, {}],
  ] as const)('%s', (_says, standing, facts, incoming, changes, sourceSays) => {
    const merged = mergeImport(standing, facts as FactState, incoming, source)
    expect(merged.changes).toEqual(changes)
    expect(merged.facts.sourceSays).toEqual(sourceSays)
  })

  it('what a person types with a new record is the person’s: a later import leaves it', () => {
    const typed = { names: { en: { text: 'A', origin: 'typed' } }, city: 'A', staff: null, fields: [] }
    const edited = typedFacts(typed, person)
    expect(Object.keys(edited)).toEqual(['names', 'city'])
    const merged = mergeImport(typed, { edited, sourceSays: {} }, { city: 'B', staff: 7 }, source)
    expect(merged.changes).toEqual({ staff: 7 })
  })

  it('an edit keeps what the source said, as answered', () => {
    const { changes, facts } = mergeEdit(
      { city: 'A', staff: 1 },
      none,
      { city: 'B', staff: 1 },
      { ...person, importId: 'i1' },
    )
    expect(changes).toEqual({ city: 'B' })
    expect(facts).toEqual({
      edited: { city: { who: 'me', at: '2026-01-01' } },
      sourceSays: { city: { value: 'A', importId: 'i1', at: '2026-01-01', answered: true } },
    })
  })

  const facts = fc.dictionary(
    fc.constantFrom('city', 'staff', 'fields'),
    fc.oneof(fc.constantFrom('A', 'B'), fc.nat({ max: 2 }), fc.constant(null)),
  )

  it('the same import twice changes nothing the second time, whatever was edited', () => {
    fc.assert(
      fc.property(facts, facts, facts, (standing, said, incoming) => {
        const edit = mergeEdit(standing, none, said, { ...person, importId: null })
        const before = { ...standing, ...edit.changes }
        const once = mergeImport(before, edit.facts, incoming, source)
        const twice = mergeImport({ ...before, ...once.changes }, once.facts, incoming, { importId: 'i2', at: 'later' })
        expect([twice.changes, twice.changed, twice.facts]).toEqual([{}, false, once.facts])
        for (const fact of Object.keys(edit.changes)) expect(once.changes).not.toHaveProperty(fact)
      }),
      { seed: 1 },
    )
  })
})

describe('two organisations become one', () => {
  const text = (value: string) => ({ text: value, origin: 'typed' as const })
  it.each([
    ['an empty fact takes the other’s', { city: null }, { city: 'B' }, {}, { city: 'B' }],
    ['a filled one stays', { city: 'A' }, { city: 'B' }, {}, {}],
    ['unless the other’s is taken', { city: 'A' }, { city: 'B' }, { city: 'other' }, { city: 'B' }],
    ['though never an empty one', { city: 'A' }, { city: null }, { city: 'other' }, {}],
    ['a date that says more is taken', { founded: '2011' }, { founded: '2011-05-18' }, {}, { founded: '2011-05-18' }],
    ['lists are united', { fields: ['a', 'b'] }, { fields: ['b', 'c'] }, {}, { fields: ['a', 'b', 'c'] }],
    [
      'or the other’s list is taken whole',
      { fields: ['a'] },
      { fields: ['c'] },
      { fields: 'other' },
      { fields: ['c'] },
    ],
    [
      'languages are joined',
      { names: { zh: text('甲') } },
      { names: { zh: text('乙'), en: text('B') } },
      {},
      { names: { zh: text('甲'), en: text('B') } },
    ],
    [
      'the other’s names first, where they are taken',
      { names: { zh: text('甲') } },
      { names: { zh: text('乙') } },
      { names: 'other' },
      { names: { zh: text('乙') } },
    ],
    [
      'identifiers are joined by scheme',
      { identifiers: { pic: '1' } },
      { identifiers: { pic: '2', lei: '3' } },
      {},
      { identifiers: { pic: '1', lei: '3' } },
    ],
    ['an open kind takes the other’s', { kind: 'other' }, { kind: 'company' }, {}, { kind: 'company' }],
    ['both notes are kept', { notes: 'A' }, { notes: 'B' }, {}, { notes: 'A\n\nB' }],
  ] as const)('%s', (_says, kept, other, take, changes) => {
    expect(mergeFacts(kept, other, take)).toEqual(changes)
  })

  it('merging the same once more changes nothing, and nothing that was said is lost without a word', () => {
    const side = fc.record({
      city: fc.constantFrom(null, 'A', 'B'),
      fields: fc.subarray(['a', 'b', 'c']),
      kind: fc.constantFrom('other', 'company'),
      names: fc.dictionary(fc.constantFrom('zh', 'en'), fc.constantFrom('x', 'y').map(text)),
    })
    fc.assert(
      fc.property(side, side, (kept: Fields, other: Fields) => {
        const after = { ...kept, ...mergeFacts(kept, other, {}) }
        expect(mergeFacts(after, other, {})).toEqual({})
        for (const field of [...(kept.fields as string[]), ...(other.fields as string[])])
          expect(after.fields).toContain(field)
      }),
      { seed: 1 },
    )
  })

  const side = (id: string, more: Partial<DuplicateSide>) =>
    ({ id, facts: 1, projects: 0, results: 0, ...more }) as DuplicateSide
  it.each([
    [{ facts: 2 }, { facts: 3, projects: 0 }, 'b'],
    [{ projects: 5 }, { results: 4 }, 'a'],
    [{}, {}, 'a'],
  ])('the fuller of %j and %j is %s, whichever comes first', (one, two, id) => {
    expect(fullerOf(side('a', one), side('b', two)).id).toBe(id)
    expect(fullerOf(side('b', two), side('a', one)).id).toBe(id)
  })
})
