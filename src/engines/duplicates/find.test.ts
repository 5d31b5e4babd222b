import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDuplicates, type NamedRecord } from './find.ts'
import { findDuplicatesInWorker } from './run.ts'

const place = { country: null, city: null }
const record = (id: string, name: string, more: Partial<NamedRecord> = {}): NamedRecord => ({
  id,
  names: [name],
  ...place,
  ...more,
})
const reasonsOf = (one: Partial<NamedRecord> & { name: string }, two: Partial<NamedRecord> & { name: string }) => {
  const [pair] = findDuplicates([record('a', one.name, one), record('b', two.name, two)])
  return pair?.reasons.map((reason) => reason.kind) ?? []
}

describe('taken for one', () => {
  const vienna = { country: 'AT', city: 'Wien' }
  const lanjiang = { country: 'CN', city: '澜江市' }
  it.each([
    [
      'another legal form',
      { name: 'MILTENYI BIOTEC BV & CO KG', country: 'DE' },
      { name: 'Miltenyi Biotec GmbH', country: 'DE' },
      'same_name',
    ],
    ['another script', { name: '澜江曜川储能科技有限公司' }, { name: '瀾江曜川儲能科技有限公司' }, 'same_name'],
    [
      'another order',
      { name: 'Plymouth University', country: 'GB' },
      { name: 'University of Plymouth', country: 'UK' },
      'same_words',
    ],
    [
      'another language of the common words',
      { name: 'Medizinische Universität Wien', ...vienna },
      { name: 'Medical University Wien', ...vienna },
      'same_name',
    ],
    [
      'words cut short',
      { name: 'Noguchi Memorial Inst for Medical Res' },
      { name: 'Noguchi Memorial Institute for Medical Research' },
      'same_name',
    ],
    [
      'a slip of the pen',
      { name: 'Università Commerciale Bocconi', country: 'IT' },
      { name: 'Universita Comerciale Bocconi', country: 'IT' },
      'similar_name',
    ],
    [
      'its abbreviation behind it',
      { name: 'Khyber Medical University' },
      { name: 'Khyber Medical University (KMU)' },
      'contained_name',
    ],
    [
      'its country behind it',
      { name: 'Human Sciences Research Council', country: 'ZA' },
      { name: 'Human Sciences Research Council - South Africa', country: 'ZA' },
      'contained_name',
    ],
    [
      'its city before it',
      { name: '曜川储能科技有限公司', ...lanjiang },
      { name: '澜江市曜川储能科技股份有限公司', ...lanjiang },
      'contained_name',
    ],
    [
      'its initials alone, at the same host',
      { name: 'ECMWF', country: 'GB', url: 'https://www.ecmwf.int' },
      { name: 'European Centre for Medium-Range Weather Forecasts', country: 'GB', url: 'ecmwf.int' },
      'initials',
    ],
  ])('%s', (_says, one, two, kind) => {
    expect(reasonsOf(one, two)[0]).toBe(kind)
    expect(reasonsOf(two, one)[0]).toBe(kind)
  })
})

describe('taken for two', () => {
  const cn = { country: 'CN', city: '澜江市' }
  it.each([
    [
      'the same name in another country',
      { name: 'Cybernetica AS', country: 'EE' },
      { name: 'Cybernetica AS', country: 'NO' },
    ],
    [
      'another number',
      { name: 'Université de Rennes I', country: 'FR' },
      { name: 'Université Rennes II', country: 'FR' },
    ],
    [
      'another direction',
      { name: 'Northeastern University', country: 'US' },
      { name: 'Northwestern University', country: 'US' },
    ],
    [
      'another city of the same sort',
      { name: 'Stadt Aalen', country: 'DE', city: 'Aalen' },
      { name: 'Stadt Ulm', country: 'DE', city: 'Ulm' },
    ],
    [
      'a word that tells',
      { name: 'Medizinische Universität Graz', country: 'AT', city: 'Graz' },
      { name: 'Technische Universität Graz', country: 'AT', city: 'Graz' },
    ],
    [
      'a part and the whole',
      { name: 'University of Lagos', country: 'NG' },
      { name: 'College of Medicine, University of Lagos', country: 'NG' },
    ],
    [
      'two firms of one city and trade',
      { name: '澜江曜川储能科技有限公司', ...cn },
      { name: '澜江启辰储能科技有限公司', ...cn },
    ],
    ['two institutes of one academy', { name: '中国科学院物理研究所' }, { name: '中国科学院化学研究所' }],
    ['a first and a second', { name: '澜江大学附属第一医院', ...cn }, { name: '澜江大学附属第二医院', ...cn }],
    [
      'two credit codes',
      { name: '曜川储能科技有限公司', apart: { uscc: '1' } },
      { name: '曜川储能科技有限公司', apart: { uscc: '2' } },
    ],
    [
      'a firm called by letters and a society abbreviated by them',
      { name: 'ANAS SPA', country: 'IT', city: 'Roma' },
      { name: 'Associazione Nazionale Allevatori Suini', country: 'IT', city: 'Roma' },
    ],
  ])('%s', (_says, one, two) => {
    expect(reasonsOf(one, two)).toEqual([])
  })
})

describe('whatever the records', () => {
  const words = fc.constantFrom(
    'university',
    'of',
    'graz',
    'wien',
    'medical',
    'storage',
    'yaochuan',
    'gmbh',
    'ltd',
    'institute',
    '曜川',
    '储能',
    '有限公司',
  )
  const records = fc
    .array(
      fc.record({
        names: fc.array(
          fc.array(words, { minLength: 1, maxLength: 5 }).map((some) => some.join(' ')),
          { maxLength: 2 },
        ),
        country: fc.constantFrom('AT', 'DE', null),
        city: fc.constantFrom('Graz', 'Wien', null),
        url: fc.constantFrom('https://a.at', 'https://b.at', null),
        shortName: fc.constantFrom('UG', 'YAO', null),
      }),
      { maxLength: 30 },
    )
    .map((some) => some.map((each, at) => ({ id: `id-${String(at).padStart(2, '0')}`, ...each })))

  it('the pairs are the same in any order of the records, name the smaller id first, and score from 0 to 1', () => {
    fc.assert(
      fc.property(records, (some) => {
        const pairs = findDuplicates(some)
        expect(findDuplicates(some.toReversed())).toEqual(pairs)
        for (const { first, second, score } of pairs) {
          expect(first < second).toBe(true)
          expect(score > 0 && score <= 1).toBe(true)
        }
        expect(new Set(pairs.map((pair) => pair.first + pair.second)).size).toBe(pairs.length)
      }),
      { seed: 1 },
    )
  })

  it('among some of them, they are those of all that one of the some is part of', () => {
    fc.assert(
      fc.property(records, fc.nat({ max: 29 }), (some, at) => {
        const id = some[at]?.id ?? 'none'
        const all = findDuplicates(some).filter((pair) => pair.first === id || pair.second === id)
        expect(findDuplicates(some, { among: new Set([id]) })).toEqual(all)
      }),
      { seed: 1 },
    )
  })

  it('an exact copy in the same place is always found', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (some) => {
        const name = some.join(' ')
        const known = { country: 'AT', city: 'Graz' }
        const pairs = findDuplicates([record('a', name, known), record('b', name, known)])
        expect(pairs).toHaveLength(1)
      }),
      { seed: 1 },
    )
  })
})

it('a thread of its own finds the same, and ends when told', async () => {
  const records = [
    record('a', 'Outotec Oyj', { country: 'FI' }),
    record('b', 'OUTOTEC (FINLAND) OY', { country: 'FI' }),
  ]
  expect(await findDuplicatesInWorker({ records, among: null })).toEqual(findDuplicates(records))
  const stop = new AbortController()
  const running = findDuplicatesInWorker({ records, among: null }, { signal: stop.signal })
  stop.abort()
  await expect(running).rejects.toMatchObject({ code: 'cancelled' })
})
