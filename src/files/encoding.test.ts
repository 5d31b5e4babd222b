import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAs } from './bytes.fixture.ts'
import { decodeText, detectEncoding } from './encoding.ts'
import { all, refusalOf } from './faults.fixture.ts'
import type { Encoding } from './types.ts'

const SIMPLIFIED =
  '企业名称,统一社会信用代码,注册资本\n合肥市某某科技有限公司,91340100MA2N,500万元\n上海精密仪器研究所,12310000,—\n'
const TRADITIONAL =
  '公司名稱,統一編號,資本額\n臺灣某某精密機械股份有限公司,12345678,新臺幣五百萬元\n國立大學研究發展處,87654321,無\n'
const JAPANESE =
  '会社名,所在地,従業員数\n株式会社あおぞら製作所,東京都千代田区,百二十名\nさくら精密工業,愛知県名古屋市,五十名\n'
const WESTERN =
  'Société;Ville;Effectif\nÉlan Photonique;Orléans;45\nMüller & Söhne GmbH;Köln;12\nCañón Óptica S.A.;A Coruña;7\n'
const DANISH = 'Navn;By\nØrsted Måling;Ærøskøbing\n'
const QUOTED = 'Name;Note\nAcme;“best” – €5\n'

describe('the encoding of a text', () => {
  const cases: readonly [string, string, Encoding][] = [
    ['plain ASCII', 'name,staff\nAcme,5\n', 'utf-8'],
    ['Chinese', SIMPLIFIED, 'utf-8'],
    ['Western', WESTERN, 'utf-8'],
    ['Japanese', JAPANESE, 'utf-8'],
    ['Chinese', SIMPLIFIED, 'gb18030'],
    ['Chinese in one word', '名称,数量\n轴承,5\n', 'gb18030'],
    ['traditional Chinese', TRADITIONAL, 'big5'],
    ['traditional Chinese in the code of the mainland', TRADITIONAL.replaceAll('臺', '台'), 'gb18030'],
    ['Japanese', JAPANESE, 'shift_jis'],
    ['French, German and Spanish', WESTERN, 'windows-1252'],
    ['Danish', DANISH, 'windows-1252'],
    ['typographic signs', QUOTED, 'windows-1252'],
    ['Chinese', SIMPLIFIED, 'utf-16le'],
    ['Western', WESTERN, 'utf-16be'],
  ]
  it.each(cases)('%s in %s', async (_, text, encoding) => {
    const bytes = encodeAs(text, encoding)
    expect(await detectEncoding(bytes)).toBe(encoding)
    expect((await all(decodeText(bytes, encoding))).join('')).toBe(text)
  })

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    '%s by its mark, which is not part of the text',
    async (encoding) => {
      const bytes = encodeAs(`\ufeff名称,x`, encoding)
      expect(await detectEncoding(bytes)).toBe(encoding)
      expect((await all(decodeText(bytes, encoding))).join('')).toBe('名称,x')
    },
  )

  it('is found where the first character outside ASCII stands far down', async () => {
    const far = Buffer.concat([Buffer.from('a,b\n'.repeat(200_000)), encodeAs(SIMPLIFIED, 'gb18030')])
    expect(await detectEncoding(far)).toBe('gb18030')
  })

  it('holds whole characters together wherever the pieces of a large file end', async () => {
    const text = '价值链上的企业，'.repeat(60_000)
    for (const encoding of ['utf-8', 'gb18030', 'utf-16le'] as const) {
      const bytes = Buffer.concat([encodeAs('a', encoding), encodeAs(text, encoding)])
      expect((await all(decodeText(bytes, encoding))).join('')).toBe(`a${text}`)
    }
  })

  it('is UTF-8 for whatever UTF-8 can write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'))
        expect(await detectEncoding(Buffer.from(text))).toBe('utf-8')
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})

describe('a broken encoding', () => {
  it.each([
    ['a character cut off', Buffer.concat([Buffer.from('名称,人数\n甲公司,5\n乙'), Buffer.from([0xe5, 0x85])]), 29],
    [
      'a byte that UTF-8 never has',
      Buffer.concat([Buffer.from('名称,人数\n'), Buffer.from([0xff]), Buffer.from('甲公司,5\n')]),
      14,
    ],
    [
      'a surrogate written as UTF-8',
      Buffer.concat([Buffer.from('企业'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('名称')]),
      6,
    ],
  ])('names the byte: %s', async (_, bytes, offset) => {
    await expect(detectEncoding(bytes)).rejects.toMatchObject({
      code: 'unreadable',
      details: { rule: 'file.encoding', limit: offset },
    })
  })

  it('of UTF-16 with half a character at its end', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff名称', 'utf16le'), Buffer.from([0x0d])])
    expect(await refusalOf(() => detectEncoding(bytes))).toBe('unreadable file.encoding')
  })

  it('that comes after what was judged by is met while reading', async () => {
    const bytes = Buffer.concat([encodeAs('公司名称\n', 'gb18030'), Buffer.from([0xff, 0xff])])
    await expect(all(decodeText(bytes, 'gb18030'))).rejects.toMatchObject({
      details: { rule: 'file.encoding', limit: 9 },
    })
  })
})
