import { PassThrough, Readable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import { download } from './download.ts'

/** A list leaves with at most so many rows; the file itself says when it was cut. */
export const EXPORT_ROWS_MAX = 100_000

/** Headings and words of a file are in one of these. */
export type ExportLanguage = 'zh' | 'en'

/** The language of a file for a reader of any language. */
export const exportLanguage = (language: string): ExportLanguage => (language.startsWith('zh') ? 'zh' : 'en')

/** A text, a number (as such, or as a decimal text that a number would round), a date `YYYY-MM-DD`, or nothing. */
export type ExportValue = string | number | null

export interface ExportColumn<Row> {
  heading: Record<ExportLanguage, string>
  /** In characters. */
  width: number
  kind?: 'text' | 'number' | 'date'
  value(row: Row, language: ExportLanguage): ExportValue
}

export interface ExportOrder<Row> {
  format: 'xlsx' | 'csv'
  language: ExportLanguage
  columns: readonly ExportColumn<Row>[]
  /** At most `EXPORT_ROWS_MAX`. */
  rows: readonly Row[]
  /** How many there are in all. */
  total: number
  /** What the file's name is made of: the zone, the list, the date. */
  name: readonly string[]
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const CSV = 'text/csv; charset=utf-8'
const ROWS_AT_ONCE = 500

/**
 * Rows as a file to save: a workbook with typed cells and a heading that stays, or a CSV by RFC 4180 in UTF-8 with its
 * mark. It is written while it is read, and lets other requests in between.
 */
export function exportFile<Row>(order: ExportOrder<Row>): Response {
  const name = `${order.name.filter(Boolean).join('-')}.${order.format}`
  const stream = order.format === 'xlsx' ? workbookOf(order) : Readable.from(csvOf(order), { objectMode: false })
  return download(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    name,
    mediaType: order.format === 'xlsx' ? XLSX : CSV,
  })
}

/** What a spreadsheet could take for a formula, in ordinary and full width, behind any blanks. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212]|^[\t\r\n]/u
const DECIMAL = /^-?\d+(\.\d+)?$/

/** Whether a text must not reach a spreadsheet as it is. */
export const looksLikeFormula = (text: string) => FORMULA.test(text)

async function* csvOf<Row>({ columns, rows, total, language }: ExportOrder<Row>): AsyncGenerator<string> {
  yield `\uFEFF${columns.map((column) => csvField(column.heading[language])).join(',')}\r\n`
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const part = rows.slice(at, at + ROWS_AT_ONCE)
    yield part.map((row) => `${columns.map((column) => csvCell(column, row, language)).join(',')}\r\n`).join('')
    await breathe()
  }
  if (total > rows.length) yield `${csvField(cutWords(rows.length, total, language))}\r\n`
}

function csvCell<Row>(column: ExportColumn<Row>, row: Row, language: ExportLanguage): string {
  const value = column.value(row, language)
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  return column.kind === 'number' && DECIMAL.test(value) ? value : csvField(value)
}

function csvField(text: string): string {
  const safe = looksLikeFormula(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell of a workbook holds no more. */
const CELL_CHARACTERS_MAX = 32_767
/** A double holds no more digits of a decimal. */
const DIGITS_MAX = 15
const TEXT_FORMAT = '@'
const DATE_FORMAT = 'yyyy-mm-dd'

function workbookOf<Row>(order: ExportOrder<Row>): PassThrough {
  const stream = new PassThrough()
  writeWorkbook(order, stream).catch((error: Error) => stream.destroy(error))
  return stream
}

async function writeWorkbook<Row>({ columns, rows, total, language, name }: ExportOrder<Row>, stream: PassThrough) {
  // The library is large, and most servers never export in their first minutes.
  const { default: excel } = await import('exceljs')
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const sheet = workbook.addWorksheet(sheetName(name[1] ?? 'Sheet1'), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((column) => ({ header: column.heading[language], width: column.width }))
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
  sheet.getRow(1).font = { bold: true }
  sheet.getRow(1).commit()
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_AT_ONCE === 0) await breathe()
    if (stream.destroyed) return
    const line = sheet.getRow(at + 2)
    for (const [place, column] of columns.entries()) {
      const { value, format } = cellOf(column.value(row, language), column.kind ?? 'text')
      if (value === null) continue
      const cell = line.getCell(place + 1)
      cell.value = value
      if (format) cell.numFmt = format
    }
    line.commit()
  }
  if (total > rows.length) {
    sheet.getRow(rows.length + 2).getCell(1).value = cutWords(rows.length, total, language)
    sheet.getRow(rows.length + 2).commit()
  }
  sheet.commit()
  await workbook.commit()
}

function cellOf(
  value: ExportValue,
  kind: 'text' | 'number' | 'date',
): { value: string | number | Date | null; format?: string } {
  if (value === null || value === '') return { value: null }
  if (typeof value === 'number') return { value: Number.isFinite(value) ? value : null }
  if (kind === 'number' && DECIMAL.test(value) && value.replace(/\D/g, '').length <= DIGITS_MAX)
    return { value: Number(value) }
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value))
    return { value: new Date(`${value}T00:00:00Z`), format: DATE_FORMAT }
  const text = value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .slice(0, CELL_CHARACTERS_MAX)
  // A text stays a text, even when somebody edits the cell later.
  return looksLikeFormula(text) ? { value: text, format: TEXT_FORMAT } : { value: text }
}

/** A sheet's name has at most 31 characters, and none of those that formulas and paths use. */
const sheetName = (name: string) => name.replaceAll(/[\\/*?:[\]']/g, ' ').slice(0, 31) || 'Sheet1'

function cutWords(shown: number, total: number, language: ExportLanguage): string {
  const [rows, all] = [shown, total].map((count) => count.toLocaleString(language))
  return language === 'zh'
    ? `只列出前 ${rows} 行，共 ${all} 行；请缩小筛选范围后再导出。`
    : `Only the first ${rows} of ${all} rows are listed; narrow the filters and export again.`
}
