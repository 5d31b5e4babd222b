import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eachTerm, segmentHan, termsOf, tokensOf } from './tokens.ts'

const terms = (text: string, lang?: string) => tokensOf(text, lang ? { lang } : {}).map(({ term }) => term)

describe('terms of a text', () => {
  it.each([
    ['10 kWh', ['10', '10kwh', 'kwh']],
    ['10kWh', ['10kwh', '10']],
    ['5微米', ['5', '5um', '微米']],
    ['5 μm', ['5', '5um', 'μm']],
    ['1,200.5 kg', ['1200.5', '1200.5kg', 'kg']],
    ['3-5 mm', ['3', '5', '5mm', 'mm']],
    ['films,slurries.Next U.S.', ['film', 'slurri', 'next', 'u', 's', 'us']],
    ['99.9%', ['99.9', '99.9%']],
    ['LiFePO4', ['lifepo4', 'li', 'fe', 'po']],
    ['LiFePO₄', ['lifepo4', 'li', 'fe', 'po']],
    ['NMC-811', ['nmc', '811', 'nmc811']],
    ['NMC811', ['nmc811', 'nmc', '811']],
    ['Ti-6Al-4V', ['ti', '6al', 'al', '4v', '4', 'ti6al4v']],
    ['solid-state batteries', ['solid', 'state', 'solidst', 'batteri']],
    ["the company's fibres", ['the', 'compani', 'fiber']],
    ['電池', ['电池']],
    ['机器人', ['机器', '器人', '人']],
    ['用硅', ['用硅', '用', '硅']],
    ['硅', ['硅']],
    ['ภาษาไทย', ['ภาษา', 'ไทย']],
    ['مرحبا', ['مرحبا']],
    ['👩‍🔬 🚀', []],
    ['', []],
  ])('reads %s as %j', (text, wanted) => {
    expect(terms(text)).toEqual(wanted)
  })

  it('gives a stem in the language and, beside it, the term of those who do not know the language', () => {
    const told = ['batteri', 'batterien', 'und', 'motor', 'motoren']
    expect(terms('Batterien und Motoren', 'de')).toEqual(told)
    expect(terms('Batterien für Motoren')).toEqual(['batteri', 'batterien', 'fur', 'motor', 'motoren'])
    expect(tokensOf('Batterien und', { lang: 'de' }).map(({ moves, stop }) => [moves, stop])).toEqual([
      [true, false],
      [false, false],
      [true, true],
    ])
  })

  it('leaves words as they stand in a language without a stemmer', () => {
    expect(terms('Baterie i silniki', 'pl')).toEqual(['baterie', 'i', 'silniki'])
    expect(terms('batteries', 'en-GB')).toEqual(['batteri'])
  })

  it('points into the text as it was given', () => {
    const text = '高鎳 ﬁlm，Ångström'
    expect(tokensOf(text).map(({ term, start, end }) => [term, text.slice(start, end)])).toEqual([
      ['高镍', '高鎳'],
      ['高', '高'],
      ['镍', '鎳'],
      ['film', 'ﬁlm'],
      ['angstrom', 'Ångström'],
    ])
  })

  it('does not depend on what was read before', () => {
    expect(terms('NMC-811 5um and 10-fold')).toContain('811')
    expect(terms('811 mm')).toEqual(['811', '811mm', 'mm'])
    expect(terms('10 kWh')).toEqual(['10', '10kwh', 'kwh'])
  })

  it('finds the same terms in traditional and simplified text', () => {
    expect(terms('積體電路與複合材料')).toEqual(terms('积体电路与复合材料'))
  })

  it('leaves stop words out of what a query asks', () => {
    expect(termsOf('the casting of films')).toEqual(['cast', 'film'])
    expect(termsOf('的')).toEqual([])
  })

  it('cuts a Han run into words that make it up', () => {
    const run = '固态电解质薄膜'
    expect(
      segmentHan(run)
        .map(({ word }) => word)
        .join(''),
    ).toBe(run)
  })

  it('gives terms that lie within the text, in both its forms, whatever the text', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({
        unit: fc.constantFrom('a', 'B', '5', '-', '.', ',', "'", ' ', '电', '池', '\ud83d', 'é', '%', 'm'),
        maxLength: 40,
      }),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokensOf(text)
        const seen: string[] = []
        eachTerm(text, {}, (term) => seen.push(term))
        expect(tokens.map(({ term }) => term)).toEqual(seen)
        // Known by now, its words and compounds are read another way.
        expect(tokensOf(text)).toEqual(tokens)
        for (const { term, start, end } of tokens) {
          expect(term.length).toBeGreaterThan(0)
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  it.each([
    ['one Han character', '的'],
    ['one word', 'a'],
    ['compounds', 'a-'],
    ['numbers', '1,'],
    ['numbers with units', '1m'],
    ['accents', 'e\u0301'],
    ['marks alone', '\u0301'],
    ['lone surrogates', '\ud83d'],
    ['joined emoji', '👩‍🔬'],
    ['a sign that folds to eighteen', 'ﷺ'],
    ['Thai', 'ไทย'],
  ])('reads a text of a million characters: %s', (_what, piece) => {
    let count = 0
    eachTerm(piece.repeat(Math.ceil(1_000_000 / piece.length)), {}, () => {
      count += 1
    })
    expect(count).toBeLessThanOrEqual(4_000_000)
  })
})
