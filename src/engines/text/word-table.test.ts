import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordTable } from './word-table.ts'

const unitsOf = (text: string) => Uint16Array.from(text.split(''), (unit) => unit.charCodeAt(0))
const find = (table: WordTable<number>, word: string) => table.find(unitsOf(`a${word}b`), 1, 1 + word.length)
const add = (table: WordTable<number>, word: string, known: number) =>
  table.add(unitsOf(`+${word}`), 1, 1 + word.length, known)

describe('a table of words', () => {
  it('finds, anywhere in a text, what was kept last and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 6 }), { maxLength: 60 }), fc.nat(59), (words, keptCount) => {
        const table = new WordTable<number>(1_000)
        for (const [at, word] of words.slice(0, keptCount).entries()) add(table, word, at)
        for (const [at, word] of words.entries()) expect(find(table, word)).toBe(at < keptCount ? at : undefined)
      }),
    )
  })

  it('finds the word that goes on from a place while there are letters and digits, and says where it ends', () => {
    const table = new WordTable<number>(10)
    add(table, 'co2', 7)
    const text = unitsOf('a co2-free co2x co2')
    const told = [0, 2, 6, 11, 16].map((start) => [table.findAt(text, start), table.end])
    expect(told).toEqual([
      [undefined, 1],
      [7, 5],
      [undefined, 10],
      [undefined, 15],
      [7, 19],
    ])
  })

  it('grows with its words, and forgets them all where there are too many', () => {
    const table = new WordTable<number>(10_000)
    for (let at = 0; at < 10_000; at += 1) add(table, `w${at}`, at)
    for (let at = 0; at < 10_000; at += 1) expect(find(table, `w${at}`)).toBe(at)
    add(table, 'more', 1)
    expect(find(table, 'w7')).toBeUndefined()
    expect(find(table, 'more')).toBe(1)
  })
})
