import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildIndex } from './build.ts'
import type { Hit } from './index.ts'

const indexOf = (texts: readonly { id: string; title?: string; text: string }[]) =>
  buildIndex(texts.map(({ id, title, text }) => ({ id, fields: { title, text } })))

const additionOf = (hit: Hit | undefined, by: string) => hit?.additions.find((one) => one.by === by)
const sumOf = (parts: readonly { weight: number }[]) => parts.reduce((sum, { weight }) => sum + weight, 0)

describe('words that stand beside each other in the query', () => {
  const far = 'cell one two three four five six seven eight nine'
  const index = indexOf([
    { id: 'apart', text: `${far} film` },
    { id: 'beside', text: `film cell one two three four five six seven eight nine` },
    { id: 'near', text: `film one two three four cell five six seven eight nine` },
    { id: 'other', text: 'choir' },
  ])
  const hits = index.search('film of a cell')

  it('bring most where they stand together in the text, whatever their order there', () => {
    expect(hits.map(({ id }) => id).slice(0, 2)).toEqual(['beside', 'near'])
    for (const id of ['beside', 'near']) {
      const addition = additionOf(
        hits.find((hit) => hit.id === id),
        'together',
      )!
      expect(addition.words).toEqual([['film', 'cell']])
      expect(addition.weight).toBeGreaterThan(0)
    }
    expect(
      additionOf(
        hits.find(({ id }) => id === 'apart'),
        'together',
      ),
    ).toBeUndefined()
  })

  it('are not together across a title and a text', () => {
    const titled = indexOf([
      { id: 'across', title: 'film', text: 'cell' },
      { id: 'choir', title: 'choir', text: 'music' },
    ])
    expect(additionOf(titled.search('film cell')[0], 'together')).toBeUndefined()
  })

  it('are not looked for where one word is asked for', () => {
    for (const hit of index.search('film')) expect(additionOf(hit, 'together')).toBeUndefined()
  })
})

it('a short title brings more than a long one, and one of any length less than none', () => {
  const title = (words: number) => Array.from({ length: words }, (_, at) => `word${at}x`).join(' ')
  const index = indexOf([
    { id: 'none', text: 'film' },
    { id: 'short', title: title(2), text: 'film' },
    { id: 'long', title: title(10), text: 'film' },
    { id: 'endless', title: title(100), text: 'film' },
  ])
  const hits = index.search('film')
  const weights = ['none', 'short', 'long', 'endless'].map(
    (id) =>
      additionOf(
        hits.find((hit) => hit.id === id),
        'title',
      )?.weight ?? 0,
  )
  expect(weights).toEqual([...weights].sort((a, b) => b - a))
  expect(new Set(weights).size).toBe(4)
  expect(weights.at(-1)).toBe(0)
})

it('plain answers and needs of a page have no additions', () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${at}x`).join(' ')
  const index = indexOf([{ id: 'a', title: 'film', text: words }])
  expect(index.search('film', { plain: true })[0]!.additions).toEqual([])
  expect(index.search(words)[0]!.additions).toEqual([])
})

const word = fc.constantFrom('film', 'cell', 'battery', '电池', '薄膜', 'slurry', 'choir', 'calender', 'the')
const words = fc.array(word, { maxLength: 9 }).map((chosen) => chosen.join(' '))
const documents = fc.array(fc.record({ title: words, text: words }), { minLength: 1, maxLength: 12 })

it('all that is said of a hit adds up to its score, after changes too', () => {
  fc.assert(
    fc.property(documents, words, (texts, query) => {
      const index = indexOf(texts.map((one, at) => ({ id: `d${at}`, ...one })))
      const hits = index.search(query, { k: 50 })
      index.remove(hits.slice(1).map(({ id }) => id))
      index.add([{ id: 'new', fields: { text: query } }])
      index.compact()
      for (const { score, terms, neighbours, additions } of hits)
        expect(sumOf(terms) + sumOf(neighbours) + sumOf(additions)).toBeCloseTo(score, 8)
    }),
  )
})

it('the first hits are the same however many are asked for, beyond those that are compared', () => {
  const index = indexOf(
    Array.from({ length: 300 }, (_, at) => ({
      id: `d${at}`,
      title: at % 3 ? 'film '.repeat(1 + (at % 5)) : '',
      text: `film ${'cell '.repeat(at % 7)} ${'choir '.repeat(at % 11)} battery${at % 40}x`,
    })),
  )
  const all = index.search('film cell battery3x', { k: 300 })
  expect(all).toHaveLength(300)
  for (const k of [1, 10, 199, 200, 201, 250])
    expect(index.search('film cell battery3x', { k }).map(({ id }) => id)).toEqual(all.slice(0, k).map(({ id }) => id))
})
