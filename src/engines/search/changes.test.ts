import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchBatch } from './batch.ts'
import { buildIndex, type SearchDocument } from './build.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'

const words = fc.constantFrom('film', 'cell', 'battery', '电池', '薄膜', 'the', 'slurry', 'choir', 'calender', '10 kWh')
const text = fc.array(words, { maxLength: 8 }).map((chosen) => chosen.join(' '))
const documentsOf = (texts: Readonly<Record<string, string>>): SearchDocument[] =>
  Object.entries(texts).map(([id, own]) => ({ id, fields: { title: own.split(' ')[0], text: own } }))
const changes = fc.array(fc.tuple(fc.constantFrom('add', 'remove'), fc.nat(12), text), { maxLength: 25 })
const EMPTY_FIELDS: SearchDocument = { id: 'empty', fields: { title: '', text: '' } }

describe('a changed index', () => {
  it('answers, once it is joined, like one built anew from what is left', () => {
    fc.assert(
      fc.property(changes, text, (steps, query) => {
        const left: Record<string, string> = {}
        const index = buildIndex([EMPTY_FIELDS])
        for (const [kind, number, own] of steps) {
          const id = `d${number}`
          if (kind === 'remove') {
            delete left[id]
            index.remove([id])
          } else {
            left[id] = own
            index.add(documentsOf({ [id]: own }))
          }
        }
        const rebuilt = buildIndex([EMPTY_FIELDS, ...documentsOf(left)])
        expect(index.documentsCount).toBe(rebuilt.documentsCount)
        expect(index.documentFrequency('film')).toBe(rebuilt.documentFrequency('film'))
        const found = index.search(query, { k: 50 }).map(({ id }) => id)
        expect(new Set(found).isSubsetOf(new Set(Object.keys(left)))).toBe(true)
        index.compact()
        expect(index.search(query, { k: 50 })).toEqual(rebuilt.search(query, { k: 50 }))
      }),
    )
  })

  it('finds at once what was added, and no longer what was removed or said before', () => {
    const index = buildIndex(documentsOf({ a: 'battery film', b: 'choir' }))
    index.add(documentsOf({ c: 'battery slurry', b: 'calender' }))
    expect(index.search('slurry', { plain: true }).map(({ id }) => id)).toEqual(['c'])
    expect(index.search('choir')).toEqual([])
    index.remove(['c', 'nobody'])
    expect(index.search('slurry')).toEqual([])
    expect(index.search('battery').map(({ id }) => id)).toEqual(['a'])
  })

  it('forgets everything when all is removed, and takes up again', () => {
    const index = buildIndex(documentsOf({ a: 'battery' }))
    index.remove(['a'])
    expect(index.search('battery')).toEqual([])
    index.add(documentsOf({ z: 'battery' }))
    expect(index.data.ids).toEqual(['z'])
  })
})

describe('a snapshot', () => {
  const index = buildIndex(documentsOf({ a: 'battery film 电池', b: 'film cell \ud800 10 kWh', c: 'choir' }))
  const snapshot = writeSnapshot(index)

  it('gives the index back, in shared memory too', () => {
    const shared = writeSnapshot(index, (bytes) => new SharedArrayBuffer(bytes))
    for (const read of [readSnapshot(snapshot), readSnapshot(shared)])
      for (const query of ['battery film', '电池', '10kWh', 'nothing'])
        expect(read.search(query)).toEqual(index.search(query))
  })

  it('of an index that has been changed answers like it, and goes on changing like it', () => {
    fc.assert(
      fc.property(changes, changes, text, (steps, further, query) => {
        const index = buildIndex([EMPTY_FIELDS])
        follow(index, steps)
        const read = readSnapshot(writeSnapshot(index))
        const answers = (one: typeof index) => [one.search(query, { k: 50 }), one.documentsCount, one.averageLength]
        expect(answers(read)).toEqual(answers(index))
        for (const one of [index, read]) follow(one, further)
        expect(answers(read)).toEqual(answers(index))
      }),
    )
  })

  function follow(one: typeof index, steps: readonly [string, number, string][]): void {
    for (const [kind, number, own] of steps)
      if (kind === 'remove') one.remove([`d${number}`])
      else one.add(documentsOf({ [`d${number}`]: own }))
  }

  it('can be changed once it is read, and leaves its bytes alone', () => {
    const before = snapshot.slice()
    const read = readSnapshot(snapshot)
    read.add(documentsOf({ d: 'battery choir' }))
    read.remove(['a'])
    expect(read.search('battery').map(({ id }) => id)).toEqual(['d'])
    expect(snapshot).toEqual(before)
  })

  it.each([
    ['cut in half', () => snapshot.slice(0, snapshot.length / 2), 'search.snapshot_cut'],
    ['without its last word', () => snapshot.slice(0, -8), 'search.snapshot_cut'],
    ['of no bytes', () => new Uint8Array(0), 'search.snapshot_cut'],
    ['of something else', () => new Uint8Array(64), 'search.snapshot_foreign'],
    ['of another version', () => withByte(4, 1), 'search.snapshot_version'],
  ])('%s is refused', (_, bytes, rule) => {
    expect(() => readSnapshot(bytes())).toThrow(
      expect.objectContaining({ code: 'unreadable', details: expect.objectContaining({ rule }) }),
    )
  })

  it('with any one bit flipped is refused', () => {
    fc.assert(
      fc.property(fc.nat(snapshot.length - 1), fc.nat(7), (at, bit) => {
        expect(() => readSnapshot(withByte(at, snapshot[at]! ^ (1 << bit)))).toThrow('cannot be used')
      }),
    )
  })

  function withByte(at: number, byte: number): Uint8Array {
    const changed = snapshot.slice()
    changed[at] = byte
    return changed
  }
})

describe('a batch', () => {
  it('answers as one query after another does', async () => {
    const index = buildIndex(documentsOf({ a: 'battery film', b: 'film cell', c: 'choir', d: 'film battery cell' }))
    const queries = ['battery', 'film cell', '', 'choir', 'nothing', 'battery film cell']
    const answers = await searchBatch(
      index,
      queries.map((text) => ({ text })),
      { threads: 2, k: 3 },
    )
    expect(answers).toEqual(
      queries.map((query) => index.search(query, { k: 3 }).map(({ id, score }) => ({ id, score }))),
    )
  })

  it('of nothing is answered with nothing', async () => {
    expect(await searchBatch(buildIndex([]), [], { threads: 2 })).toEqual([])
  })
})
