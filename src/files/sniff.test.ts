import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from './faults.fixture.ts'
import { sniffFile, sniffTable } from './sniff.ts'
import { readTable } from './table.ts'
import { forgeZip } from './zip.fixture.ts'

const bytes = (...values: number[]) => Buffer.from([...values, ...Buffer.alloc(200, 1)])
const zipOf = (...paths: string[]) => forgeZip(paths.map((path) => ({ path, data: Buffer.from('x') })))
const ole = (name: string) => Buffer.concat([bytes(0xd0, 0xcf, 0x11, 0xe0), Buffer.from(name, 'utf16le')])
let workbook = Buffer.alloc(0)

beforeAll(async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('Sheet1').addRow(['name'])
  workbook = Buffer.from(await book.xlsx.writeBuffer())
})

describe('what a file is', () => {
  it.each([
    ['old Excel', ole('Workbook'), 'ole2'],
    ['a workbook with a password', ole('EncryptedPackage'), 'encrypted_office'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'pdf'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47), 'image'],
    ['a gzip', bytes(0x1f, 0x8b), 'gzip'],
    ['a web page that Excel would open', Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), 'html'],
    ['an XML spreadsheet of 2003', Buffer.from('<?xml version="1.0"?><Workbook/>'), 'xml'],
    ['a zip', zipOf('a.csv'), 'zip'],
    ['a Word document', zipOf('word/document.xml'), 'docx'],
    ['an OpenDocument sheet', zipOf('content.xml', 'META-INF/manifest.xml'), 'ods'],
    ['a binary workbook', zipOf('xl/workbook.bin'), 'xlsb'],
    ['a program', Buffer.concat([Buffer.from('\u007fELF'), Buffer.alloc(100, 2)]), 'unknown'],
    ['text', Buffer.from('名称,人数\n甲,5\n'), 'text'],
    ['UTF-16 text with a mark', Buffer.from('\ufeff名称,人数', 'utf16le'), 'text'],
    ['UTF-16 text without a mark', Buffer.from('name,staff\nA,5\n', 'utf16le'), 'text'],
    ['nothing', Buffer.alloc(0), 'empty'],
  ])('%s', async (_, source, kind) => expect(await sniffFile(source)).toBe(kind))
})

describe('a table is refused', () => {
  const text = Buffer.from('a,b\n1,2\n')
  const cases: readonly [string, string, () => Buffer, string][] = [
    ['an old workbook', 'a.xls', () => ole('Workbook'), 'unsupported_file file.old_excel'],
    ['an old workbook under a new name', 'a.xlsx', () => ole('Workbook'), 'unsupported_file file.old_excel'],
    ['a workbook with a password', 'a.xlsx', () => ole('EncryptedPackage'), 'unsupported_file file.encrypted'],
    ['text that calls itself a workbook', 'a.xlsx', () => text, 'unsupported_file file.not_what_it_says'],
    ['text that calls itself an old workbook', 'a.xls', () => text, 'unsupported_file file.not_what_it_says'],
    [
      'a web page that calls itself an old workbook',
      'a.xls',
      () => Buffer.from('<table></table>'),
      'unsupported_file file.not_what_it_says',
    ],
    ['a workbook that calls itself CSV', 'a.csv', () => workbook, 'unsupported_file file.not_what_it_says'],
    ['a workbook that calls itself an old one', 'a.xls', () => workbook, 'unsupported_file file.not_what_it_says'],
    [
      'a PDF that calls itself a workbook',
      'a.xlsx',
      () => Buffer.from('%PDF-1.7'),
      'unsupported_file file.not_what_it_says',
    ],
    [
      'a picture that calls itself CSV',
      'a.csv',
      () => bytes(0x89, 0x50, 0x4e, 0x47),
      'unsupported_file file.not_what_it_says',
    ],
    ['a zip that calls itself a workbook', 'a.xlsx', () => zipOf('a.csv'), 'unsupported_file file.not_what_it_says'],
    ['a PDF', 'a.pdf', () => Buffer.from('%PDF-1.7'), 'unsupported_file file.not_a_table'],
    [
      'an OpenDocument sheet',
      'a.ods',
      () => zipOf('content.xml', 'META-INF/manifest.xml'),
      'unsupported_file file.not_a_table',
    ],
    ['an empty file', 'a.csv', () => Buffer.alloc(0), 'unreadable file.empty'],
    ['a workbook cut in half', 'a.xlsx', () => workbook.subarray(0, workbook.length / 2), 'unreadable file.damaged'],
  ]
  it.each(cases)('%s', async (_, name, source, refusal) => {
    expect(await refusalOf(() => readTable(source(), { name }))).toBe(refusal)
  })

  it('with a tip on what to do', async () => {
    const refused = sniffTable(ole('Workbook'), '台账.xls')
    await expect(refused).rejects.toMatchObject({ details: { tip: expect.stringContaining('.xlsx') } })
  })

  it('where there is none', async () => {
    expect(await refusalOf(() => readTable('no/such/file.csv'))).toBe('not_found file.not_there')
  })
})

it('a table under its own ending, an ending in capitals or none is read', async () => {
  for (const name of ['a.xlsx', 'A.XLSX', 'a.xlsm', 'ledger']) expect(await sniffTable(workbook, name)).toBe('xlsx')
  for (const name of ['a.csv', 'a.TXT', 'a.tsv', 'ledger', '2024.12 台账'])
    expect(await sniffTable(Buffer.from('a\tb\n'), name)).toBe('text')
})
