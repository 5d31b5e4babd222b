import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordTable } from './words.ts'

describe('a table of words', () => {
  it('finds, anywhere in a text, what was kept last and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 6 }), { maxLength: 60 }), fc.nat(59), (words, keptCount) => {
        const table = new WordTable<number>(1_000)
        for (const [at, word] of words.slice(0, keptCount).entries()) table.add(word, at)
        for (const [at, word] of words.entries())
          expect(table.find(`a${word}b`, 1, 1 + word.length)).toBe(at < keptCount ? at : undefined)
      }),
    )
  })

  it('grows with its words, and forgets them all where there are too many', () => {
    const table = new WordTable<number>(10_000)
    for (let at = 0; at < 10_000; at += 1) table.add(`w${at}`, at)
    for (let at = 0; at < 10_000; at += 1) expect(table.find(`w${at}`, 0, 1 + `${at}`.length)).toBe(at)
    table.add('more', 1)
    expect(table.find('w7', 0, 2)).toBeUndefined()
    expect(table.find('more', 0, 4)).toBe(1)
  })
})
