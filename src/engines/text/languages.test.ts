import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from './fold.ts'
import { languageOf, signOf } from './languages.ts'
import { stemIn, stemmedLanguage } from './stemmers.ts'

const told = (text: string) => {
  const folded = fold(text)
  return languageOf(folded, 0, folded.length, (start, end) => signOf(folded.slice(start, end)))
}

describe('the language of a text', () => {
  it.each([
    ['de', 'Entwicklung neuer Werkstoffe für Batterien'],
    ['de', 'Robotik in der Landwirtschaft'],
    ['de', 'Beschichtungen'],
    ['fr', 'Procédé de fabrication de matériaux composites'],
    ['es', 'nuevos materiales para la construcción'],
    ['it', 'rivestimenti delle superfici'],
    ['pt', 'produção de hidrogénio'],
    ['nl', 'nieuwe materialen voor de bouw'],
    ['sv', 'Ytbeläggningar för batterier'],
    ['da', 'Belægninger til batterier og sensorer'],
    ['no', 'Belegg for batterier og sensorer etter bruk hvor også lys blir målt'],
    ['fi', 'Keraaminen pinnoite sekä turbiini'],
    ['hu', 'Egy kerámia bevonat a hajók számára és a házak között'],
    ['ro', 'Acoperiri pentru baterii'],
    ['tr', 'Piller için kaplamalar'],
    ['ru', 'датчики'],
    ['el', 'Επιστρώσεις για μπαταρίες'],
  ])('is %s for "%s"', (language, text) => {
    expect(told(text)).toBe(language)
  })

  it.each([
    'de novo protein design',
    'van der Waals forces',
    'Schrödinger equation',
    'in vivo imaging of the lung in young patients',
    'Los Angeles air quality',
    'DES alloys, per capita',
    'wine de table et al',
    'μ-opioid receptors and β-decay',
    'датчики and other Russian words in an English sentence that is about the price of it',
    'Покриття для акумуляторів і датчиків',
    '提高电池 si3 n4 的强度',
    '',
  ])('is left alone for "%s"', (text) => {
    expect(told(text)).toBeNull()
  })

  it('can be told of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(told(text) === null || stemmedLanguage(told(text)!) === told(text)).toBe(true)
      }),
    )
  })
})

describe('stems', () => {
  it.each([
    ['de', 'Oberflächen', 'oberflach'],
    ['de', 'Häuser', 'haus'],
    ['fr', 'énergétiques', 'energet'],
    ['es', 'investigaciones', 'investig'],
    ['ru', 'покрытиями', 'покрыт'],
    ['de', 'B2B', 'b2b'],
  ] as const)('in %s of %s are %s', (language, word, stem) => {
    expect(stemIn(language, word)).toBe(stem)
    expect(stemIn(language, word.normalize('NFD'))).toBe(stem)
  })

  it.each([
    ['de-AT', 'de'],
    ['nb', 'no'],
    ['pt_BR', 'pt'],
    ['en', null],
    ['constructor', null],
  ])('of the tag %s are those of %s', (tag, language) => {
    expect(stemmedLanguage(tag)).toBe(language)
  })
})
