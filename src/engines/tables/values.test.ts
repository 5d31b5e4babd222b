import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell, Reading } from './types.ts'
import {
  cellText,
  isEmptyText,
  readContact,
  readCountry,
  readDate,
  readDeals,
  readEmail,
  readList,
  readMoney,
  readNumber,
  readOrganisationKind,
  readPercent,
  readPhone,
  readPlace,
  readRightKinds,
  readRightStatus,
  readSize,
  readTrl,
  readUrl,
  readYesNo,
} from './values.ts'

const readers: readonly ((cell: Cell) => Reading<unknown>)[] = [
  readContact,
  readCountry,
  readDate,
  readDeals,
  readEmail,
  readList,
  readMoney,
  readNumber,
  readOrganisationKind,
  readPercent,
  readPhone,
  readPlace,
  readRightKinds,
  readRightStatus,
  readSize,
  readTrl,
  readUrl,
  readYesNo,
]

const outcomes = (reading: Reading<unknown>) =>
  [reading.value !== undefined, reading.refusal !== undefined, reading.empty === true].filter(Boolean).length

describe('every reader', () => {
  it('answers exactly one of value, refusal and emptiness, and keeps what was written', () => {
    const words = fc.constantFrom(
      ...'0 1 5 12 , . - / % ( ) 万 元 亿 年 月 日 级 TRL 中试 人 有 无 是 @ :// www. a.cn EUR € 三 百 至 约 、 ； ｘ \n'.split(
        ' ',
      ),
    )
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.array(words, { maxLength: 7 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.date(),
      fc.constantFrom(null, { error: '#REF!' }),
    )
    fc.assert(
      fc.property(cell, (value) => {
        for (const read of readers) {
          const reading = read(value)
          expect(outcomes(reading)).toBe(1)
          expect(reading.original).toBe(cellText(value))
        }
      }),
      { seed: 1, numRuns: 2_000 },
    )
  })

  it('is done with hostile text as soon as with any other', () => {
    for (const piece of ['1', ' ', '(', ',', 'a.', '1 ', '一', '=', '@', '-', '、', '\n ', '&amp;', '（1）'])
      for (const read of readers) expect(outcomes(read(`x${piece.repeat(100_000 / piece.length)}x`))).toBe(1)
  })
})

describe('nothing', () => {
  it.each([
    '',
    ' ',
    '-',
    '—',
    '——',
    '/',
    '\\',
    '无',
    '暂无',
    '（无）',
    'N/A',
    'n.a.',
    'NA',
    '待定',
    '不详',
    'TBD',
    'none',
    '…',
    '?',
    '\u200b',
    '　',
  ])('is what “%s” says', (text) => expect(isEmptyText(cellText(text))).toBe(true))
  it.each(['0', '无锡', 'Nauru', '无人机', 'x', '暂无锡', '空调'])('is not what “%s” says', (text) =>
    expect(isEmptyText(text)).toBe(false),
  )
  it('is not what NA says of a country, nor what 无 says to a question', () => {
    expect(isEmptyText('NA', { na: true })).toBe(false)
    expect(isEmptyText('无', { no: true })).toBe(false)
  })
})

describe('the text of a cell', () => {
  it.each<[Cell, string]>([
    ['  甲公司\u3000', '甲公司'],
    ['\ufeff甲\u200b公司', '甲公司'],
    ['="00123"', '00123'],
    ["'00123", '00123'],
    ['\t913100', '913100'],
    [13_800_000_000, '13800000000'],
    [0.1 + 0.2, '0.3'],
    [9.11e17, '911000000000000000'],
    [new Date('2024-03-05T00:00:00Z'), '2024-03-05'],
    [new Date('2024-03-05T10:30:00Z'), '2024-03-05 10:30:00'],
    [true, 'TRUE'],
    [null, ''],
    [{ error: '#N/A' }, '#N/A'],
  ])('%j is “%s”', (cell, text) => expect(cellText(cell)).toBe(text))
})
