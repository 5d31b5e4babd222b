import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import excel from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExportColumn, type ExportOrder, type ExportValue, exportFile, looksLikeFormula } from './export-file.ts'

interface Row {
  name: string
  amount?: ExportValue
  day?: string | null
}
const columns: ExportColumn<Row>[] = [
  { heading: { zh: '名称', en: 'Name' }, width: 30, value: (row) => row.name },
  { heading: { zh: '金额', en: 'Amount' }, width: 12, kind: 'number', value: (row) => row.amount ?? null },
  { heading: { zh: '日期', en: 'Date' }, width: 12, kind: 'date', value: (row) => row.day ?? null },
]
const order = (rows: Row[], more: Partial<ExportOrder<Row>> = {}): ExportOrder<Row> => ({
  format: 'csv',
  language: 'en',
  columns,
  rows,
  total: rows.length,
  name: ['澜江高新区', 'organisations', '2026-11-22'],
  ...more,
})
const csvOf = async (rows: Row[], more: Partial<ExportOrder<Row>> = {}) =>
  (await buffer(exportFile(order(rows, more)).body as never)).toString('utf8')
async function sheetOf(rows: Row[], more: Partial<ExportOrder<Row>> = {}) {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load((await buffer(exportFile(order(rows, { format: 'xlsx', ...more })).body as never)) as never)
  return workbook.worksheets[0]!
}

const DANGEROUS = [
  '=1+1',
  '+1',
  '-1+cmd|x',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  ' =1',
  '\u200b=1',
  '\u3000=1',
  '−1',
]

describe('a text that a spreadsheet could run', () => {
  it.each(DANGEROUS)('%j is told', (text) => expect(looksLikeFormula(text)).toBe(true))
  it.each(['1+1', 'a=b', '澜江', '', "O'Neil", '3-Ω'])('%j is none', (text) =>
    expect(looksLikeFormula(text)).toBe(false),
  )

  it('stands behind an apostrophe in a CSV', async () => {
    const rows = parse(await csvOf(DANGEROUS.map((name) => ({ name }))), { bom: true, from: 2 }) as string[][]
    expect(rows.map(([name]) => name)).toEqual(DANGEROUS.map((name) => `'${name}`))
  })

  it('is a text in a workbook and stays one', async () => {
    const sheet = await sheetOf(DANGEROUS.map((name) => ({ name })))
    for (const [at, name] of DANGEROUS.entries()) {
      const cell = sheet.getRow(at + 2).getCell(1)
      expect([cell.type, cell.numFmt, cell.formula]).toEqual([excel.ValueType.String, '@', undefined])
      expect(cell.value).toBe(name.replace('\r', '\n'))
    }
  })
})

describe('numbers and dates', () => {
  it('a number below zero stays a number, in both', async () => {
    expect(await csvOf([{ name: 'A', amount: -12.5 }])).toBe('\uFEFFName,Amount,Date\r\nA,-12.5,\r\n')
    expect(await csvOf([{ name: 'A', amount: '-90071992547409931.25' }])).toContain('A,-90071992547409931.25,')
    const sheet = await sheetOf([
      { name: 'A', amount: -12.5, day: '2026-11-22' },
      { name: 'B', amount: '-3.75', day: '2026' },
    ])
    expect(sheet.getRow(2).getCell(2).value).toBe(-12.5)
    expect(sheet.getRow(2).getCell(3).value).toEqual(new Date('2026-11-22T00:00:00Z'))
    expect(sheet.getRow(2).getCell(3).numFmt).toBe('yyyy-mm-dd')
    expect(sheet.getRow(3).getCell(2).value).toBe(-3.75)
    expect(sheet.getRow(3).getCell(3).value).toBe('2026')
  })

  it('a decimal with more digits than a workbook holds is written as text, not rounded', async () => {
    const sheet = await sheetOf([{ name: 'A', amount: '90071992547409931.25' }])
    expect(sheet.getRow(2).getCell(2).value).toBe('90071992547409931.25')
  })

  it('a text in a column of numbers is guarded like any other', async () => {
    expect(await csvOf([{ name: 'A', amount: '=1' }])).toContain("A,'=1,")
  })
})

describe('the file', () => {
  it('has headings in the reader’s language, which stay while one scrolls', async () => {
    const sheet = await sheetOf([{ name: 'A' }], { language: 'zh' })
    expect(sheet.getRow(1).values).toEqual([undefined, '名称', '金额', '日期'])
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }])
    expect(sheet.getColumn(1).width).toBe(30)
    expect(await csvOf([], { language: 'zh' })).toBe('\uFEFF名称,金额,日期\r\n')
  })

  it('is named by zone, list and date', () => {
    const { headers } = exportFile(order([]))
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="organisations-2026-11-22.csv"; filename*=UTF-8''%E6%BE%9C%E6%B1%9F%E9%AB%98%E6%96%B0%E5%8C%BA-organisations-2026-11-22.csv`,
    )
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  })

  it('says when it was cut', async () => {
    expect(await csvOf([{ name: 'A' }], { total: 1200 })).toContain('Only the first 1 of 1,200 rows are listed')
    const sheet = await sheetOf([{ name: 'A' }], { total: 1200, language: 'zh' })
    expect(sheet.getRow(3).getCell(1).value).toContain('共 1,200 行')
  })

  it('gives every text back as it was, but for the apostrophe before what looks like a formula', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', '\r', '=', ' ', '澜', ';', "'", '-'),
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (names) => {
        const rows = parse(await csvOf(names.map((name) => ({ name }))), { bom: true, from: 2 }) as string[][]
        expect(rows.map(([name]) => name)).toEqual(names.map((name) => (looksLikeFormula(name) ? `'${name}` : name)))
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('takes whatever Unicode holds, and leaves out what a workbook can’t', async () => {
    const sheet = await sheetOf([{ name: 'a\u0000b\u001f\ud800c' }, { name: '𝒳'.repeat(5) }])
    expect(sheet.getRow(2).getCell(1).value).toBe('abc')
    expect(sheet.getRow(3).getCell(1).value).toBe('𝒳'.repeat(5))
  })
})
