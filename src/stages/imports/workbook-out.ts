import { looksLikeFormula } from '#http/export-file.ts'

/** A sheet to write: its first row is the heading. */
export interface OutSheet {
  name: string
  rows: readonly (readonly string[])[]
  widths: readonly number[]
}

const CELL_CHARACTERS_MAX = 32_767
const SHEET_NAME_LENGTH_MAX = 31
const TEXT_FORMAT = '@'

/** Texts as a workbook. Every cell is a text and stays one: what could be taken for a formula or a number is not. */
export async function writeWorkbook(sheets: readonly OutSheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const { default: excel } = await import('exceljs')
  const workbook = new excel.Workbook()
  const taken = new Set<string>()
  for (const { name, rows, widths } of sheets) {
    const sheet = workbook.addWorksheet(sheetName(name, taken), { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = widths.map((width) => ({ width, style: { numFmt: TEXT_FORMAT } }))
    for (const row of rows) sheet.addRow(row.map(cellOf))
    sheet.getRow(1).font = { bold: true }
  }
  return new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer)
}

const cellOf = (text: string) =>
  text.replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').slice(0, CELL_CHARACTERS_MAX)

function sheetName(name: string, taken: Set<string>): string {
  const plain =
    name
      .replaceAll(/[\\/*?:[\]']/g, ' ')
      .slice(0, SHEET_NAME_LENGTH_MAX)
      .trim() || 'Sheet'
  let unique = plain
  for (let count = 2; taken.has(unique.toLowerCase()); count++)
    unique = `${plain.slice(0, SHEET_NAME_LENGTH_MAX - 4)} ${count}`
  taken.add(unique.toLowerCase())
  return unique
}

/** Texts as CSV by RFC 4180, in UTF-8 with its mark. */
export function writeCsv(rows: readonly (readonly string[])[], delimiter = ','): string {
  return `\uFEFF${rows.map((row) => `${row.map((text) => csvField(text, delimiter)).join(delimiter)}\r\n`).join('')}`
}

function csvField(text: string, delimiter: string): string {
  const safe = looksLikeFormula(text) ? `'${text}` : text
  return /["\r\n]|^\s|\s$/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe
}
