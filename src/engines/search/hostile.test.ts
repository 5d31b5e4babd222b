import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchBatch } from './batch.ts'
import { buildIndex } from './build.ts'
import { QUERY_TERMS_MAX } from './index.ts'

const MEGABYTE = 1_048_576
const documents = [
  { id: 'arabic', fields: { text: 'بطارية الحالة الصلبة للسيارات' } },
  { id: 'broken', fields: { text: 'film \ud83d and \udc00 cell' } },
  { id: 'emoji', fields: { text: '🔋 battery 👩‍🔬 e\u0301lectrolyte' } },
  { id: 'hebrew', fields: { title: 'סוללה', text: 'סוללה מוצקה' } },
  { id: 'nothing', fields: { text: '' } },
]
const index = buildIndex(documents)

describe('a hostile question', () => {
  it.each([
    ['of nothing', '', []],
    ['of one letter', 'x', []],
    ['of blanks and marks', ' \t\n\u0000\u200b.,;()', []],
    ['of emoji alone', '🔋👩‍🔬🔋', []],
    ['of lone surrogates', '\ud83d \udc00\udc00', []],
    ['with lone surrogates inside', 'cell\ud83d', ['broken']],
    ['from right to left', 'بطارية', ['arabic']],
    ['with marks of direction', '\u202eסוללה\u202c', ['hebrew']],
    ['with an accent apart', 'électrolyte', ['emoji']],
  ])('%s is answered', (_, query, ids) => {
    expect(index.search(query).map(({ id }) => id)).toEqual(ids)
  })

  it.each([
    ['one word', 'a'.repeat(MEGABYTE)],
    ['one combining mark after another', `e${'\u0301'.repeat(MEGABYTE)}`],
    ['one Chinese run', '电池'.repeat(MEGABYTE / 2)],
    ['hyphens', '-'.repeat(MEGABYTE)],
    ['letters with hyphens', 'a-'.repeat(MEGABYTE / 2)],
    ['digits with dots', '1.'.repeat(MEGABYTE / 2)],
    ['brackets', '('.repeat(MEGABYTE)],
    ['high surrogates', '\ud83d'.repeat(MEGABYTE)],
  ])('of a megabyte of %s is answered', (_, query) => {
    expect(index.search(query)).toEqual([])
    expect(index.search(`battery ${query}`).map(({ id }) => id)).toContain('emoji')
  })

  it('is answered whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: -5, max: 20 }), (query, k) => {
        const hits = index.search(query, { k })
        expect(hits.length).toBeLessThanOrEqual(Math.max(k, 0))
        for (const { score } of hits) expect(score).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a hostile collection', () => {
  it('of a million distinct terms is indexed and asked', () => {
    const word = (at: number) => at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!)
    const many = Array.from({ length: 8 }, (_, part) => ({
      id: `part${part}`,
      lang: 'pl',
      fields: { text: Array.from({ length: 130_000 }, (_, at) => word(part * 130_000 + at)).join(' ') },
    }))
    const large = buildIndex(many)
    expect(large.data.terms.size).toBeGreaterThan(900_000)
    const [hit] = large.search(many[3]!.fields.text, { k: 1, lang: 'pl' })
    expect(hit!.id).toBe('part3')
    expect(hit!.terms.length).toBeLessThanOrEqual(QUERY_TERMS_MAX)
  })

  it('whose documents are all alike, or all empty, is ranked by id', () => {
    const alike = buildIndex(Array.from({ length: 300 }, (_, at) => ({ id: `d${at}`, fields: { text: 'film' } })))
    const ids = alike.search('film', { k: 300 }).map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(ids).toHaveLength(300)
    expect(buildIndex(Array.from({ length: 9 }, (_, at) => ({ id: `d${at}`, fields: {} }))).search('film')).toEqual([])
  })

  it('that is being changed answers from before or after, never from between', async () => {
    const changing = buildIndex([{ id: 'a', fields: { text: 'battery' } }])
    const running = searchBatch(changing, Array(50).fill({ text: 'battery film' }), { threads: 2 })
    changing.add([{ id: 'b', fields: { text: 'battery film' } }])
    expect(changing.search('film').map(({ id }) => id)).toEqual(['b'])
    for (const hits of await running) expect(hits.map(({ id }) => id)).toEqual(['a'])
  })
})
