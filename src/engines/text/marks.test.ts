import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedExcerpt } from './marks.ts'
import { termsOf } from './tokens.ts'

const marked = (text: string, query: string, lengthMax?: number) => {
  const { quote, marks } = markedExcerpt(text, termsOf(query), lengthMax === undefined ? {} : { lengthMax })
  return { quote, words: marks.map(([from, to]) => quote.slice(from, to)) }
}

describe('a marked excerpt', () => {
  it('marks the words that were asked for, in any form', () => {
    expect(marked('We cast Solid-State electrolytes as films.', 'solid electrolyte film casting')).toEqual({
      quote: 'We cast Solid-State electrolytes as films.',
      words: ['cast', 'Solid', 'electrolytes', 'films'],
    })
  })

  it('marks traditional characters asked for in simplified ones, neighbours as one', () => {
    expect(marked('本團隊研發固態電解質薄膜。', '固态电解质').words).toEqual(['固態電解質'])
  })

  it('quotes where most of the words stand, from the beginning of the sentence', () => {
    const filler = 'Nothing of interest is told in this sentence. '.repeat(20)
    const text = `${filler}A film. ${filler}Here a battery film is cast. ${filler}`
    const { quote, words } = marked(text, 'battery film', 80)
    expect(quote.startsWith('Here a battery film is cast.')).toBe(true)
    expect(words).toEqual(['battery', 'film'])
  })

  it('quotes the beginning where nothing matches', () => {
    expect(marked('A plain text.', 'battery')).toEqual({ quote: 'A plain text.', words: [] })
    expect(marked('', 'battery')).toEqual({ quote: '', words: [] })
  })

  it('keeps to its length, cuts no pair and keeps marks in order and in bounds', () => {
    const pieces = fc.constantFrom(
      'film ',
      '电池',
      '😀',
      '\ud83d',
      'e\u0301',
      'a',
      '. ',
      'ﬁlm',
      '薄膜',
      ' ',
      '\n',
      '𠀀',
    )
    const text = fc.array(pieces, { maxLength: 120 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (given, lengthMax) => {
        const { quote, start, marks } = markedExcerpt(given, termsOf('film 电池 薄膜 𠀀'), { lengthMax })
        expect(quote.length).toBeLessThanOrEqual(lengthMax)
        expect(given.slice(start, start + quote.length)).toBe(quote)
        expect(splitsPair(given, start) || splitsPair(given, start + quote.length)).toBe(false)
        let last = -1
        for (const [from, to] of marks) {
          expect(from).toBeGreaterThan(last)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(quote.length)
          last = to
        }
      }),
    )
  })
})

function splitsPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))
}
