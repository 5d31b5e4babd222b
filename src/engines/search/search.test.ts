import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutAsking } from './asking.ts'
import { buildIndex } from './build.ts'
import { QUERY_TERMS_MAX } from './index.ts'
import { normalisedGain, recall } from './measure.ts'
import { trecRun } from './trec.ts'

const indexOf = (texts: Record<string, string>) =>
  buildIndex(Object.entries(texts).map(([id, text]) => ({ id, fields: { text } })))

const sumOf = (parts: readonly { weight: number }[]) => parts.reduce((sum, { weight }) => sum + weight, 0)

describe('BM25', () => {
  // N = 3, film in 2 of them: idf = ln(1 + 1.5 / 2.5). Lengths 3, 1 and 4 average 8/3, k1 = 1.2, b = 0.75:
  // one: 2 * 2.2 / (2 + 1.2 (0.25 + 0.75 * 3 * 3 / 8)) = 1.328302; two: 2.2 / (1 + 1.2 (0.25 + 0.75 * 3 / 8)) = 1.343511.
  const index = indexOf({ one: 'film film cell', two: 'film', three: 'cell cell cell cell' })

  // Film stands three times in two documents: its burst is 1.5, to the power of 0.2; a query
  // weighs a term by its tellingness to the power of 1.35. Impacts are in steps of 2.2 / 65535.
  it('scores as computed by hand', () => {
    const hits = index.search('films', { plain: true })
    expect(hits.map(({ id }) => id)).toEqual(['two', 'one'])
    const weight = (1.5 ** 0.2 * Math.log(1.6)) ** 1.35
    expect(hits[0]!.score).toBeCloseTo(weight * 1.343511, 4)
    expect(hits[1]!.score).toBeCloseTo(weight * 1.328302, 4)
  })

  it('leaves out the phrases of asking, and only them', () => {
    const asked = (query: string) => index.search(query, { plain: true })
    expect(asked("I'd like to find all papers on film")).toEqual(asked('film'))
    expect(withoutAsking('paper made of cells')).toBe('paper made of cells')
    expect(withoutAsking('Interested in')).toBe('Interested in')
  })

  it('counts a term that is said again less', () => {
    const weightOf = (query: string) => index.search(query, { plain: true }).find(({ id }) => id === 'three')!.score
    expect(weightOf('cell cell') / weightOf('cell')).toBeCloseTo(4 / 3, 6)
  })

  it('explains a hit as it was found, whatever has changed since', () => {
    const changed = indexOf({ one: 'film film cell', two: 'film', three: 'cell' })
    const [best] = changed.search('film cell', { plain: true })
    changed.remove(['one', 'two'])
    changed.add([{ id: 'four', fields: { text: 'film cell film cell' } }])
    changed.compact()
    expect(sumOf(best!.terms)).toBeCloseTo(best!.score, 10)
  })

  it('says what each term brought', () => {
    const [best] = index.search('film cell', { plain: true })
    expect(best!.terms.map(({ term }) => term).sort()).toEqual(['cell', 'film'])
    expect(sumOf(best!.terms)).toBeCloseTo(best!.score, 10)
  })

  it('counts a title three times, in frequency and in length', () => {
    const titled = buildIndex([
      { id: 'a', fields: { title: 'film', text: 'cell' } },
      { id: 'b', fields: { text: 'film film film cell' } },
    ])
    const [first, second] = titled.search('film', { plain: true })
    expect(first!.score).toBe(second!.score)
    expect([first!.id, second!.id]).toEqual(['a', 'b'])
  })
})

describe('feedback and neighbours', () => {
  const index = indexOf({
    a: 'battery film casting, electrolyte slurry',
    b: 'battery film casting with electrolyte slurry and calender',
    c: 'electrolyte slurry mixing',
    d: 'choir music festival',
    e: 'battery recycling',
  })
  const hits = index.search('battery casting')

  it('find what the best documents say in other words, and say where the words come from', () => {
    expect(index.search('battery casting', { plain: true }).map(({ id }) => id)).not.toContain('c')
    const found = hits.find(({ id }) => id === 'c')!
    expect(found.terms.map(({ term, expandedFrom }) => [term, expandedFrom])).toEqual(
      ['electrolyt', 'slurri'].map((term) => [term, { by: 'feedback', from: expect.arrayContaining(['a', 'b']) }]),
    )
  })

  it('add up to the score with the terms of the query', () => {
    for (const { score, terms, neighbours, additions } of hits)
      expect(sumOf(terms) + sumOf(neighbours) + sumOf(additions)).toBeCloseTo(score, 10)
    expect(hits[0]!.neighbours.map(({ id }) => id)).toContain('b')
  })

  it('learn nothing from documents that are filtered out', () => {
    const shown = index.search('battery casting', { filter: (id) => id !== 'a' })
    const used = shown.flatMap(({ id, terms, neighbours }) => [
      id,
      ...neighbours.map((one) => one.id),
      ...terms.flatMap(({ expandedFrom }) => expandedFrom?.from ?? []),
    ])
    expect(used).not.toContain('a')
  })

  it('leave no trace of how many hits are asked for', () => {
    expect(index.search('battery casting', { k: 2 })).toEqual(hits.slice(0, 2))
  })
})

describe('a search', () => {
  const index = indexOf({ b: '固态电解质薄膜', a: '固態電解質薄膜', c: 'solid-state battery, 10 kWh', d: 'the of and' })

  it.each([
    ['', []],
    ['   ', []],
    ['😀', []],
    ['unheard', []],
    ['电解质', ['a', 'b']],
    ['電解質', ['a', 'b']],
    ['batteries', ['c']],
    ['10kWh', ['c']],
    ['the battery', ['c']],
    ['the', ['d']],
  ])('for %j finds %j, equal scores by id', (query, ids) => {
    expect(index.search(query).map(({ id }) => id)).toEqual(ids)
  })

  it('keeps what the filter keeps, and no more than k', () => {
    expect(index.search('薄膜', { filter: (id) => id !== 'a' }).map(({ id }) => id)).toEqual(['b'])
    expect(index.search('薄膜', { k: 1 }).map(({ id }) => id)).toEqual(['a'])
    expect(index.search('薄膜', { k: 0 })).toEqual([])
  })

  it('answers again as it answered before', () => {
    expect(index.search('薄膜 battery')).toEqual(index.search('薄膜 battery'))
  })

  it('searches nothing in an empty collection', () => {
    expect(buildIndex([]).search('film')).toEqual([])
    expect(indexOf({ a: '' }).search('film')).toEqual([])
  })

  it('takes the most telling terms of a query of a megabyte', () => {
    const words = Array.from({ length: 2 * QUERY_TERMS_MAX }, (_, at) => `word${at}x`)
    const many = indexOf({ all: words.join(' '), some: 'battery' })
    const [hit] = many.search(`${words.join(' ')} `.repeat(500), { k: 1 })
    expect(hit!.terms.filter(({ expandedFrom }) => !expandedFrom)).toHaveLength(QUERY_TERMS_MAX)
  })

  it('refuses, as our bug, an id that comes twice', () => {
    expect(() =>
      buildIndex([
        { id: 'a', fields: {} },
        { id: 'a', fields: {} },
      ]),
    ).toThrow('Broken promise')
  })

  it('does not depend on the order in which the documents come', () => {
    const word = fc.constantFrom('film', 'cell', 'battery', '电池', '薄膜', 'the')
    const texts = fc.array(fc.array(word, { maxLength: 6 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(texts, fc.array(word, { maxLength: 4 }), (given, query) => {
        const documents = given.map((words, at) => ({ id: `d${at}`, fields: { text: words.join(' ') } }))
        const forward = buildIndex(documents).search(query.join(' '))
        expect(buildIndex([...documents].reverse()).search(query.join(' '))).toEqual(forward)
        for (let at = 1; at < forward.length; at += 1) {
          const [before, after] = [forward[at - 1]!, forward[at]!]
          expect(before.score > after.score || (before.score === after.score && before.id < after.id)).toBe(true)
        }
      }),
    )
  })
})

describe('a TREC run', () => {
  const documents = [
    { id: 'a', title: 'Film', text: 'cast' },
    { id: 'b', title: 'Cast', text: 'film' },
  ]

  it('has a line a hit, ranked from 1', async () => {
    expect(await Array.fromAsync(trecRun(documents, [{ id: 'q', text: 'film' }]))).toEqual([
      expect.stringMatching(/^q Q0 a 1 \d\.\d{6} consortia$/),
      expect.stringMatching(/^q Q0 b 2 \d\.\d{6} consortia$/),
    ])
  })

  it('is the same on several threads', async () => {
    const queries = Array.from({ length: 250 }, (_, at) => ({
      id: `q${at}`,
      text: at % 2 ? 'film' : 'cast',
      lang: 'en',
    }))
    const alone = await Array.fromAsync(trecRun(documents, queries))
    expect(await Array.fromAsync(trecRun(documents, queries, { threads: 2 }))).toEqual(alone)
  })
})

describe('measures', () => {
  const grades = new Map([
    ['a', 2],
    ['b', 1],
  ])
  it.each([
    [['a', 'b'], 1],
    [['x', 'a'], 2 / Math.log2(3) / (2 + 1 / Math.log2(3))],
    [[], 0],
  ])('gives %j the gain %d', (ranked, gain) => {
    expect(normalisedGain(ranked, grades)).toBeCloseTo(gain, 12)
  })

  it('counts what was found', () => {
    expect(recall(['x', 'b'], grades)).toBe(0.5)
  })
})
