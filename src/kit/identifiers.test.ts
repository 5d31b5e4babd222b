import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Checked,
  checkDoi,
  checkIsni,
  checkLei,
  checkOrcid,
  checkPic,
  checkRor,
  checkUscc,
  mod97CheckDigits,
} from './identifiers.ts'

const FULL_WIDTH_SHIFT = 0xfee0
const widen = (text: string) =>
  [...text]
    .map((sign) => (/[!-~]/.test(sign) ? String.fromCodePoint(sign.codePointAt(0)! + FULL_WIDTH_SHIFT) : sign))
    .join('')

const kinds: readonly { name: string; check: (text: string) => Checked; valid: readonly string[] }[] = [
  {
    name: 'USCC',
    check: checkUscc,
    valid: [
      '91110000600037341L',
      '121200004013590816',
      '91310115MA1K3BTP2B',
      '9144030071526726XG',
      '91620105L015101280',
    ],
  },
  {
    name: 'LEI',
    check: checkLei,
    valid: ['213800KUD8LAJWSQ9D15', '5299007DT4PDT06SZM22', '549300GF102RMNYVKB19', 'HWUPKR0MPOU8FGXBT394'],
  },
  {
    name: 'ROR',
    check: checkRor,
    valid: ['03yrm5c26', '02nr0ka47', '05dxps055', '00f54p054', '042nb2s44', '052gg0110', '013meh722'],
  },
  {
    name: 'ORCID',
    check: checkOrcid,
    valid: ['0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X', '0000-0002-6378-6229'],
  },
  { name: 'ISNI', check: checkIsni, valid: ['000000012281955X'] },
]

describe.each(kinds)('$name', ({ check, valid }) => {
  it.each(valid)('%s is right, however it is written', (value) => {
    for (const written of [value, value.toLowerCase(), widen(value), ` ${value.replace(/.{4}/g, '$& ')}\u200b\n`])
      expect(check(written)).toEqual({ value })
  })

  it('notices every single wrong digit', () => {
    const place = fc.nat({ max: 40 })
    fc.assert(
      fc.property(fc.constantFrom(...valid), place, fc.integer({ min: 1, max: 9 }), (value, at, step) => {
        const digits = [...value.matchAll(/\d/g)]
        const digit = digits[at % digits.length]!
        const wrong = String((Number(digit[0]) + step) % 10)
        expect(check(value.slice(0, digit.index) + wrong + value.slice(digit.index + 1))).toHaveProperty('rule')
      }),
      { seed: 1 },
    )
  })
})

describe('an identifier is refused by its rule', () => {
  it.each([
    ['USCC, check sign', checkUscc('91110000600037341N'), { rule: 'checksum', expected: 'L' }],
    [
      'USCC, authority A in place of 9',
      checkUscc('A1110000600037341L'),
      { rule: 'checksum', expected: expect.any(String) },
    ],
    ['USCC, no such authority', checkUscc('B1110000600037341L'), { rule: 'format' }],
    ['USCC, a letter in the place', checkUscc('9111000A600037341L'), { rule: 'format' }],
    ['USCC, the letter O', checkUscc('9111OOOO600037341L'), { rule: 'alphabet' }],
    ['USCC, one short', checkUscc('9111000060003734'), { rule: 'length', expected: '18' }],
    ['USCC, Chinese text', checkUscc('暂无'), { rule: 'alphabet' }],
    ['LEI, one letter changed', checkLei('213800KUD8LXJWSQ9D15'), { rule: 'checksum', expected: expect.any(String) }],
    ['LEI, letters for check digits', checkLei('213800KUD8LAJWSQ9DAB'), { rule: 'format' }],
    ['ROR, the letter u', checkRor('03yrm5cu6'), { rule: 'alphabet' }],
    ['ROR, not from 0', checkRor('13yrm5c26'), { rule: 'format' }],
    ['PIC, eight digits', checkPic('99999999'), { rule: 'length', expected: '9' }],
    ['PIC, a letter', checkPic('99990597A'), { rule: 'alphabet' }],
    ['ORCID, check digit', checkOrcid('0000-0001-1111-955X'), { rule: 'checksum', expected: expect.any(String) }],
    ['ORCID, X inside', checkOrcid('0000-0001-X111-9550'), { rule: 'format' }],
    ['DOI, no name', checkDoi('10.1000/'), { rule: 'format' }],
    ['DOI, no registrant', checkDoi('10.12/abc'), { rule: 'format' }],
    ['DOI, endless', checkDoi(`10.1000/${'a'.repeat(600)}`), { rule: 'length', expected: '512' }],
    ['empty', checkUscc(''), { rule: 'length', expected: '18' }],
  ])('%s', (_case, found, expected) => {
    expect(found).toEqual(expected)
  })
})

it.each([
  ['https://ror.org/03yrm5c26', checkRor, '03yrm5c26'],
  ['https://orcid.org/0000-0002-1825-0097', checkOrcid, '0000-0002-1825-0097'],
  ['0000000218250097', checkOrcid, '0000-0002-1825-0097'],
  ['ISNI 0000 0001 2281 955X', checkIsni, '000000012281955X'],
  ['PIC: 999905974', checkPic, '999905974'],
  ['统一社会信用代码：91110000600037341L', checkUscc, '91110000600037341L'],
  ['https://doi.org/10.1038/S41586-020-2649-2', checkDoi, '10.1038/s41586-020-2649-2'],
  ['doi:10.1000/182', checkDoi, '10.1000/182'],
] as const)('%s is understood', (written, check, value) => {
  expect(check(written)).toEqual({ value })
})

describe('ISO 7064 MOD 97-10', () => {
  it.each([
    ['5367', '02'],
    ['5303', '97'],
    ['5335', '98'],
  ])('%s gets %s', (digits, check) => {
    expect(mod97CheckDigits(digits)).toBe(check)
  })

  it('gives 02 to 98, and 1 as the rest of the whole', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (number) => {
        const check = mod97CheckDigits(number.toString())
        expect(Number(check)).toBeGreaterThanOrEqual(2)
        expect(Number(check)).toBeLessThanOrEqual(98)
        expect((number * 100n + BigInt(check)) % 97n).toBe(1n)
      }),
      { seed: 1 },
    )
  })
})

it('refuses LEI endings 00, 01 and 99, which the division alone would take', () => {
  const starts = fc.stringMatching(/^[0-9A-Z]{18}$/)
  fc.assert(
    fc.property(starts, fc.constantFrom('00', '01', '99'), (start, end) => {
      expect(checkLei(start + end)).toMatchObject({ rule: 'checksum' })
    }),
    { seed: 1 },
  )
})
