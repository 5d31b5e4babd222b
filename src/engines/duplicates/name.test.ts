import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance } from './distance.ts'
import { cityOf, hostOf, readName } from './name.ts'

describe('a name without its legal form, with its short words written out', () => {
  it.each([
    ['SIEMENS AG', 'siemens', 'ag'],
    ['Miltenyi Biotec B.V. & Co. KG', 'miltenyi biotec', 'bv and co kg'],
    ['ENEL S. p. A.', 'enel', 'spa'],
    ['Polska Firma Sp. z o.o.', 'polska firma', 'sp z oo'],
    ['Nuage Korlátolt Felelősségű Társaság', 'nuage', 'korlatolt felelossegu tarsasag'],
    ['PT Telekomunikasi Indonesia Tbk', 'telekomunikasi indonesia', 'tbk'],
    ['The Trustees of the Ltd', 'trustees', 'ltd'],
    ['GmbH', 'gmbh', ''],
    ['Kwame Nkrumah Uni of Science & Tech', 'kwame nkrumah university science technology', ''],
    ['Universität für Bodenkultur Wien', 'university bodenkultur wien', ''],
    ["Centre d'Etudes (CEA)", 'centre etudes cea', ''],
    ['ＡＢＢ　Ｌｔｄ．', 'abb', 'ltd'],
  ])('%s', (text, words, form) => {
    expect(readName(text)).toMatchObject({ words: words.split(' '), form, han: false })
  })

  it.each([
    ['澜江曜川储能科技股份有限公司', '澜江曜川储能科技', '股份有限公司'],
    ['瀾江曜川儲能科技有限責任公司', '澜江曜川储能科技', '有限责任公司'],
    ['华为技术（深圳）有限公司', '华为技术深圳', '有限公司'],
    ['清华大学', '清华大学', ''],
    ['公司', '公司', ''],
  ])('%s', (text, joined, form) => {
    expect(readName(text)).toMatchObject({ joined, form, han: true })
  })

  it.each(['', '  ', '.,;', '&'])('of %j nothing is left', (text) => {
    expect(readName(text)?.words.filter((word) => word !== 'and') ?? []).toEqual([])
  })

  it('initials know abbreviations in brackets, before and behind the name', () => {
    expect(readName('Public Health Foundation of India (PHFI)')!.initials).toContain('phfi')
    expect(readName('Kilimanjaro Clinical Research Institute KCRI')!.initials).toContain('kcri')
  })

  it('takes any text, in time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const name = readName(text)
        expect(name === null || name.words.length > 0).toBe(true)
      }),
      { seed: 1 },
    )
  })
})

describe('the host of an address', () => {
  it.each([
    ['https://www.Example.com:8080/a?b', 'example.com'],
    ['www2.uni.ac.uk', 'uni.ac.uk'],
    ['http://user:pw@host.cn/', 'host.cn'],
    ['nowhere', null],
    ['', null],
    [null, null],
  ])('%s is %s', (url, host) => expect(hostOf(url)).toBe(host))
})

describe('a city', () => {
  it.each([
    ['PARIS CEDEX 07', 'paris'],
    ['Praha 1', 'praha'],
    ['澜江市', '澜江'],
    ['沙市', '沙市'],
    [' . ', null],
  ])('%s is %s', (city, folded) => expect(cityOf(city)).toBe(folded))
})

describe('the distance of two texts', () => {
  it.each([
    ['', '', 0],
    ['organisation', 'organization', 1],
    ['paolo', 'paulo', 1],
    ['ab', 'ba', 1],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s: %i', (a, b, distance) => expect(editDistance(a, b, 5)).toBe(distance))

  it('is the same both ways, agrees with the slow way, and is cut at its bound', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 })
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 9 }), (a, b, most) => {
        const slow = slowDistance(a, b)
        expect(editDistance(a, b, most)).toBe(Math.min(slow, most + 1))
        expect(editDistance(b, a, most)).toBe(editDistance(a, b, most))
      }),
      { seed: 1, numRuns: 400 },
    )
  })
})

function slowDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? table[i - 2]![j - 2]! + 1
          : Number.POSITIVE_INFINITY
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        swap,
      )
    }
  return table[a.length]![b.length]!
}
