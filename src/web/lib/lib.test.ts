import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinRanges } from '../ui/marked-text.tsx'
import { parseSearch, stringifySearch } from './address.ts'
import { compareVersions, sameValue } from './compare.ts'
import { daysUntil, formatIn } from './format.ts'
import { Refusal } from './refusal.ts'
import { refusalInWords } from './refusal-words.ts'
import { readTexts } from './texts.ts'
import { slugOf } from './zone-slug.ts'

const NOW = new Date('2026-11-22T08:00:00Z')

describe('money is short, and exact on demand', () => {
  it.each([
    ['0', 'CNY', '0 元', '¥0'],
    ['123450', 'CNY', '1,234.5 元', '¥1.23k'],
    ['300000000', 'CNY', '300 万元', '¥3M'],
    ['982000000000', 'CNY', '98.2 亿元', '¥9.82 bn'],
    ['-150000000', 'EUR', '−150 万欧元', '−€1.5M'],
    ['1500', 'JPY', '1,500 日元', 'JP¥1.5k'],
    ['123456', 'SEK', '1,234.56 SEK', 'SEK 1.23k'],
  ])('%s of %s', (minor, currency, zh, en) => {
    expect(formatIn('zh').money({ minor, currency })).toBe(zh)
    expect(formatIn('en').money({ minor, currency })).toBe(en)
  })

  it('keeps every unit in the exact form, beyond what a number holds', () => {
    expect(formatIn('en').moneyExact({ minor: '900719925474099312', currency: 'CNY' })).toContain(
      '9,007,199,254,740,993.12',
    )
  })
})

describe('a deadline says how long is left', () => {
  it.each([
    ['2026-11-22', 'today', 'ends today', '今天截止'],
    ['2026-11-25', 'three days on', '3 days left', '还剩 3 天'],
    ['2026-11-23', 'tomorrow', '1 day left', '还剩 1 天'],
    ['2026-11-17', 'five days ago', 'ended 5 days ago', '已过期 5 天'],
    ['2027-03', 'a month', 'about 4 months left', '还剩约 4 个月'],
    ['2036', 'a year', 'about 10 years left', '还剩约 10 年'],
  ])('%s: %s', (day, _what, en, zh) => {
    expect(formatIn('en').deadline(day, 'Asia/Shanghai', NOW).text).toBe(en)
    expect(formatIn('zh').deadline(day, 'Asia/Shanghai', NOW).text).toBe(zh)
  })

  it('ends at midnight of the zone, not of the reader', () => {
    const lateInShanghai = new Date('2026-11-22T16:30:00Z')
    expect(daysUntil('2026-11-23', 'Asia/Shanghai', lateInShanghai)).toBe(0)
    expect(daysUntil('2026-11-23', 'Europe/Berlin', lateInShanghai)).toBe(1)
  })
})

describe('days are shown as far as they are known', () => {
  it.each([
    ['2024', '2024年', '2024'],
    ['2024-03', '2024年3月', 'Mar 2024'],
    ['2024-03-05', '2024年3月5日', '5 Mar 2024'],
    ['someday', 'someday', 'someday'],
  ])('%s', (day, zh, en) => {
    expect(formatIn('zh').date(day)).toBe(zh)
    expect(formatIn('en').date(day)).toBe(en)
  })
})

describe('texts are read in the reader’s language, or say in which they are', () => {
  const text = (text: string) => ({ text, origin: 'typed' as const })
  it.each([
    [{ zh: text('甲'), en: text('A') }, 'en', 'A', undefined],
    [{ zh: text('甲') }, 'en', '甲', 'in Chinese only'],
    [{ en: text('A') }, 'zh', 'A', '仅有英文'],
    [{ 'zh-Hant': text('甲') }, 'zh', '甲', undefined],
    [{ de: text('A') }, 'en', 'A', 'in German only'],
  ] as const)('%j for %s', (texts, reader, shown, other) => {
    const read = readTexts(texts, reader)
    expect(read?.text).toBe(shown)
    expect(read?.otherLanguage).toBe(other)
  })

  it('is nothing where there is none', () => {
    expect(readTexts({}, 'zh')).toBeUndefined()
    expect(readTexts({ zh: text('') }, 'zh')).toBeUndefined()
  })
})

describe('two versions of a record', () => {
  const base = { name: 'A', city: 'X', tags: ['a'], note: null }
  it('ask only where both changed the same field to different values', () => {
    const mine = { ...base, name: 'B', city: 'Y', note: '' }
    const now = { ...base, name: 'C', tags: ['a', 'b'] }
    expect(compareVersions(Object.keys(base), { base, mine, now })).toEqual({
      conflicts: [{ field: 'name', base: 'A', mine: 'B', theirs: 'C' }],
      mine: ['city'],
      theirs: ['tags'],
    })
  })

  it('agree where both made the same change', () => {
    const both = { ...base, name: 'B' }
    const { conflicts, mine } = compareVersions(Object.keys(base), { base, mine: both, now: both })
    expect([conflicts, mine]).toEqual([[], []])
  })

  it('lose no field of either', () => {
    const value = fc.option(fc.constantFrom('a', 'b', ''), { nil: null })
    const version = fc.record({ name: value, city: value, note: value })
    fc.assert(
      fc.property(version, version, version, (was, mine, now) => {
        const found = compareVersions(Object.keys(was), { base: was, mine, now })
        for (const field of ['name', 'city', 'note'] as const) {
          const iChanged = !sameValue(was[field], mine[field])
          const kept =
            found.mine.includes(field) ||
            found.conflicts.some((conflict) => conflict.field === field) ||
            sameValue(mine[field], now[field])
          expect(iChanged ? kept : !found.mine.includes(field)).toBe(true)
        }
      }),
    )
  })
})

describe('addresses', () => {
  it('hold plain words and lose nothing', () => {
    expect(stringifySearch({ kind: 'company,fund', q: '固态 电池', page: undefined, none: '' })).toBe(
      '?kind=company,fund&q=%E5%9B%BA%E6%80%81+%E7%94%B5%E6%B1%A0',
    )
    const words = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string({ minLength: 1 }))
    fc.assert(
      fc.property(words, (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual({ ...search })
      }),
    )
  })

  it.each([
    ['/lanjiang/organisations', 'lanjiang'],
    ['/lanjiang', 'lanjiang'],
    ['/sign-in', undefined],
    ['/s/abc', undefined],
    ['/', undefined],
  ])('%s names the zone', (path, slug) => {
    expect(slugOf(path)).toBe(slug)
  })
})

describe('marked words', () => {
  it('join where they touch and stay within the text', () => {
    expect(
      joinRanges(
        [
          [5, 9],
          [0, 2],
          [1, 4],
          [8, 40],
          [30, 20],
        ],
        12,
      ),
    ).toEqual([
      [0, 4],
      [5, 12],
    ])
  })
})

describe('a refusal is worded by its rule, else by its code', () => {
  it.each([
    [new Refusal('forbidden', 403, { rule: 'access.record' }), 'This record is not yours to change.'],
    [new Refusal('conflict', 409, { rule: 'nobody.worded.this' }), 'This clashes with what is there already.'],
    [Refusal.from(500, undefined), 'The server met an error of its own. It is in the log.'],
    [
      Refusal.offline(),
      'The server can’t be reached. Check the connection and try again; nothing you filled in is lost.',
    ],
    [new Refusal('too_large', 413, { rule: 'body.bytes', limit: 1000 }), 'This is too much: the limit is 1000 bytes.'],
  ])('%s', (refusal, words) => {
    expect(refusalInWords(refusal, 'en')).toBe(words)
  })
})
