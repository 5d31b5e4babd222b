import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMNS_MAX } from './csv.ts'
import { all, refusalOf } from './faults.fixture.ts'
import { readTable } from './table.ts'
import type { Cell, Row } from './types.ts'
import { forgeZip } from './zip.fixture.ts'

type Fill = (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void

const written = async (fill: Fill): Promise<Buffer> => {
  const book = new ExcelJS.Workbook()
  fill(book.addWorksheet('台账'), book)
  return Buffer.from(await book.xlsx.writeBuffer())
}

const rowsOf = async (bytes: Buffer): Promise<Row[]> =>
  all((await readTable(bytes, { name: 'a.xlsx' })).sheets[0]!.rows())
const cellsOf = async (bytes: Buffer): Promise<(readonly Cell[])[]> => (await rowsOf(bytes)).map((row) => row.cells)
const day = (date: string) => new Date(`${date}T00:00:00Z`)

describe('the cells of a workbook', () => {
  it('are text, numbers, booleans, dates, links, formula results and errors', async () => {
    const bytes = await written((sheet) => {
      sheet.addRow(['甲 & 乙 <b>', 12.5, true, day('2024-03-05'), { text: '官网', hyperlink: 'https://a.cn' }])
      sheet.addRow([
        { richText: [{ text: '富' }, { text: '文本', font: { bold: true } }] },
        { formula: 'B1*2', result: 25 },
        { formula: 'A1', result: '结果' },
        { error: '#N/A' },
        { formula: '1=1', result: true },
      ])
      sheet.addRow([
        { formula: 'D1', result: day('2020-02-29') },
        { formula: '1/0', result: { error: '#DIV/0!' } },
      ])
      sheet.getCell('A3').numFmt = 'yyyy-mm-dd'
    })
    expect(await cellsOf(bytes)).toEqual([
      ['甲 & 乙 <b>', 12.5, true, day('2024-03-05'), '官网'],
      ['富文本', 25, '结果', { error: '#N/A' }, true],
      [day('2020-02-29'), { error: '#DIV/0!' }],
    ])
  })

  it('say so where a formula was never calculated', async () => {
    const bytes = await written((sheet) => sheet.addRow(['x', { formula: 'A1' }]))
    expect(await cellsOf(bytes)).toEqual([['x', { error: '#UNCALCULATED' }]])
    const other = foreign('<row r="1"><c r="A1"><f>B1</f><v/></c><c r="B1" t="str"><f>C1</f><v></v></c></row>')
    expect(await cellsOf(other)).toEqual([[{ error: '#UNCALCULATED' }]])
  })

  it('keep what their number format shows: shares, units, padded codes', async () => {
    const shown: readonly [number, string, Cell][] = [
      [0.153, '0.0%', '15.3%'],
      [500, '#,##0"万元"', '500万元'],
      [1234.5, '"¥"#,##0.00', '¥1234.5'],
      [-20, '[$€-2] #,##0', '-€20'],
      [371, '000000', '000371'],
      [35, '0"人"', '35人'],
      [12_345, '0!.0,"万元"', 12_345],
      [1234, '#,##0.00', 1234],
      [1234, 'General', 1234],
      [7, '@', 7],
    ]
    const bytes = await written((sheet) => {
      for (const [at, [value, format]] of shown.entries()) {
        sheet.getCell(at + 1, 1).value = value
        sheet.getCell(at + 1, 1).numFmt = format
      }
    })
    expect((await cellsOf(bytes)).flat()).toEqual(shown.map(([, , cell]) => cell))
  })

  it('are dates in both date systems and under every way of showing them', async () => {
    for (const date1904 of [false, true]) {
      const bytes = await written((sheet, book) => {
        book.properties.date1904 = date1904
        for (const format of [
          'yyyy-mm-dd',
          'yyyy"年"m"月"d"日"',
          'd/m/yy',
          'mmm-yy',
          '[$-804]yyyy年mm月',
          'yyyy/m/d h:mm',
        ])
          sheet.addRow([day('2019-12-31')]).getCell(1).numFmt = format
      })
      expect((await cellsOf(bytes)).flat()).toEqual(Array(6).fill(day('2019-12-31')))
    }
  })

  it('come back as they were written', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'ab名<>&"\' _\n'), minLength: 1, maxLength: 8 }),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.boolean(),
      fc
        .date({ min: day('1901-01-01'), max: day('2099-12-31'), noInvalidDate: true })
        .map((date) => day(date.toISOString().slice(0, 10))),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const bytes = await written((sheet) => {
            for (const row of rows) sheet.addRow(row)
          })
          expect(await cellsOf(bytes)).toEqual(rows)
        },
      ),
      { seed: 3, numRuns: 60 },
    )
  })
})

describe('merged cells', () => {
  it('carry a value down over the rows they cover, and say which columns', async () => {
    const bytes = await written((sheet) => {
      sheet.addRows([
        ['企业', '成果'],
        ['甲公司', '激光器'],
        [null, '探测器'],
        [null, '光栅'],
        ['乙公司', '软件'],
      ])
      sheet.mergeCells('A2:A4')
    })
    expect(await rowsOf(bytes)).toEqual([
      { number: 1, cells: ['企业', '成果'] },
      { number: 2, cells: ['甲公司', '激光器'] },
      { number: 3, cells: ['甲公司', '探测器'], carried: [0] },
      { number: 4, cells: ['甲公司', '光栅'], carried: [0] },
      { number: 5, cells: ['乙公司', '软件'] },
    ])
  })

  it('are spans where they reach across columns, and both where they are blocks', async () => {
    const bytes = await written((sheet) => {
      sheet.addRows([
        ['标题', null, null],
        ['a', 'b', 'c'],
        [null, null, 'd'],
      ])
      sheet.mergeCells('A1:C1')
      sheet.mergeCells('A2:B3')
    })
    expect(await rowsOf(bytes)).toEqual([
      { number: 1, cells: ['标题'], spans: [{ from: 0, to: 2 }] },
      { number: 2, cells: ['a', null, 'c'], spans: [{ from: 0, to: 1 }] },
      { number: 3, cells: ['a', null, 'd'], spans: [{ from: 0, to: 1 }], carried: [0] },
    ])
  })
})

describe('sheets and rows', () => {
  it('that are hidden: sheets are left out and named, rows are read and counted', async () => {
    const bytes = await written((sheet, book) => {
      sheet.addRows([['a'], ['b'], ['c']])
      sheet.getRow(2).hidden = true
      book.addWorksheet('字典', { state: 'hidden' }).addRow(['x'])
      book.addWorksheet('内部', { state: 'veryHidden' }).addRow(['y'])
      book.addWorksheet('第二张').addRow(['z'])
    })
    const table = await readTable(bytes, { name: 'a.xlsx' })
    expect(table.sheets.map(({ name, index }) => [name, index])).toEqual([
      ['台账', 0],
      ['第二张', 3],
    ])
    expect(await all(table.sheets[0]!.rows())).toHaveLength(3)
    expect(table.notes).toEqual([
      { note: 'hidden_sheet_skipped', sheet: '字典' },
      { note: 'hidden_sheet_skipped', sheet: '内部' },
      { note: 'hidden_rows_read', sheet: '台账', count: 1, row: 2 },
    ])
  })

  it('tell how many of their bytes were read', async () => {
    const bytes = await written((sheet) => sheet.addRows(Array.from({ length: 3_000 }, (_, at) => [at, '甲公司'])))
    let told = 0
    const table = await readTable(bytes, { name: 'a.xlsx', onBytes: (count) => (told += count) })
    await all(table.sheets[0]!.rows())
    expect(told).toBe(table.sheets[0]!.bytes)
  })

  it('keep their numbers over gaps, and may be read again or left early', async () => {
    const bytes = await written((sheet) => {
      sheet.getCell('C3').value = 'x'
      sheet.getCell('B70').value = 'y'
    })
    const table = await readTable(bytes, { name: 'a.xlsx' })
    for await (const row of table.sheets[0]!.rows()) if (row.number === 3) break
    expect(await all(table.sheets[0]!.rows())).toEqual([
      { number: 3, cells: [null, null, 'x'] },
      { number: 70, cells: [null, 'y'] },
    ])
  })
})

const SHEET = 'xl/worksheets/sheet1.xml'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of parts as other programs write them. */
const foreign = (rows: string, parts: Readonly<Record<string, string>> = {}): Buffer => {
  const all = {
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    [SHEET]: `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...parts,
  }
  return forgeZip(Object.entries(all).map(([path, text]) => ({ path, data: Buffer.from(text) })))
}

describe('workbooks of other programs', () => {
  const cases: readonly [string, Buffer, (readonly Cell[])[]][] = [
    [
      'without cell addresses',
      foreign('<row><c><v>1</v></c><c t="str"><v>x</v></c></row><row><c/><c><v>2</v></c></row>'),
      [
        [1, 'x'],
        [null, 2],
      ],
    ],
    [
      'with texts in the cells',
      foreign(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c></row>',
      ),
      [['甲 乙']],
    ],
    [
      'with prefixed tags',
      foreign('', {
        [SHEET]:
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      }),
      [[null, 7]],
    ],
    [
      'with dates in ISO form',
      foreign('<row r="1"><c r="A1" t="d"><v>2024-03-05</v></c><c r="B1" t="d"><v>2024-03-05T10:30:00</v></c></row>'),
      [[day('2024-03-05'), new Date('2024-03-05T10:30:00Z')]],
    ],
    [
      'with the readings of Japanese names',
      foreign('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {
        'xl/sharedStrings.xml': '<sst><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>',
      }),
      [['東京']],
    ],
    [
      'with absolute targets and another case of letters',
      foreign('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Target='/xl/worksheets/sheet1.xml' Id='rId1' Type='${RELATIONS}/worksheet'/></Relationships>`,
        'xl/SharedStrings.xml': '<sst><si><t>a&amp;b&#10;c_x000D_</t></si></sst>',
      }),
      [['a&b\nc\r']],
    ],
    [
      'with comments, CDATA and marks in attributes',
      foreign('<!-- <row> --><row r="1" note="a > b"><c r="A1" t="str"><v><![CDATA[<x>]]></v></c></row>'),
      [['<x>']],
    ],
    [
      'with merged cells in any order of attributes',
      foreign('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>', {
        [SHEET]:
          '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row></sheetData><mergeCells><mergeCell  ref="A1:A2" /></mergeCells></worksheet>',
      }),
      [[1], [1, 2]],
    ],
    [
      'with numbers beyond digits',
      foreign('<row r="1"><c r="A1"><v>1.5E+3</v></c><c r="B1"><v>1E-2</v></c></row>'),
      [[1500, 0.01]],
    ],
  ]
  it.each(cases)('%s', async (_, bytes, cells) => expect(await cellsOf(bytes)).toEqual(cells))

  it('in UTF-16', async () => {
    const sheet = Buffer.from(
      '\ufeff<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>名</v></c></row></sheetData></worksheet>',
      'utf16le',
    )
    const book = '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>'
    const rels = '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>'
    const bytes = forgeZip([
      { path: 'xl/workbook.xml', data: Buffer.from(book) },
      { path: 'xl/_rels/workbook.xml.rels', data: Buffer.from(rels) },
      { path: SHEET, data: sheet },
    ])
    expect(await cellsOf(bytes)).toEqual([['名']])
  })
})

describe('a workbook is refused', () => {
  const entities = `<!DOCTYPE x [${Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join('')}]>`
  const cases: readonly [string, Buffer, string][] = [
    ['that holds a document type', foreign('', { [SHEET]: `${entities}<worksheet/>` }), 'unreadable file.doctype'],
    [
      'whose sheet is missing',
      foreign('', { 'xl/_rels/workbook.xml.rels': '<Relationships/>' }),
      'unreadable file.missing_part',
    ],
    [
      'whose sheet is cut short',
      foreign('', { [SHEET]: '<worksheet><sheetData><row r="1"><c r="A1" t="st' }),
      'unreadable file.damaged',
    ],
    [
      'with a value beyond the last column',
      foreign('<row r="1"><c r="ZZ1"><v>1</v></c></row>'),
      'too_large file.columns',
    ],
    [
      'with a text that is too long',
      foreign(`<row r="1"><c r="A1" t="str"><v>${'x'.repeat(100_001)}</v></c></row>`),
      'too_large file.field_size',
    ],
    ['with too many rows', foreign('<row><c><v>1</v></c></row>'.repeat(1_000_001)), 'too_large file.rows'],
    [
      'without a visible sheet',
      foreign('', {
        'xl/workbook.xml':
          '<workbook xmlns:r="r"><sheets><sheet name="S" state="hidden" r:id="rId1"/></sheets></workbook>',
      }),
      'unreadable file.empty',
    ],
  ]
  it.each(cases)('%s', async (_, bytes, refusal) => expect(await refusalOf(() => cellsOf(bytes))).toBe(refusal))

  it('not for styles that reach to the last column of Excel', async () => {
    const bytes = foreign(`<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>`)
    expect(await cellsOf(bytes)).toEqual([[1]])
    expect(COLUMNS_MAX).toBeLessThan(16_384)
  })
})
