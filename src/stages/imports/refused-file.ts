import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { letterOf } from './headings.ts'
import type { RowRefusal } from './model.ts'
import { PROBLEM_HEADINGS, wordRefusal } from './refusal-words.ts'
import { type OutSheet, writeCsv, writeWorkbook } from './workbook-out.ts'
import { writeZip } from './zip-out.ts'

/** Refused rows that one file holds; beyond that the source itself is wrong. */
const REFUSED_ROWS_MAX = 50_000
const COLUMN_WIDTH = 20
const PROBLEM_WIDTH = 60
const CORDIS_HEADS = { 'project.csv': ['id', 'rcn'], 'organization.csv': ['projectID', 'organisationID'] }

type Language = 'zh' | 'en'

export interface RefusedFile {
  bytes: Uint8Array<ArrayBuffer>
  format: 'xlsx' | 'csv' | 'zip'
}

interface RefusedRow {
  sheet: string
  row_number: number
  raw: [string, string][] | null
  refusals: RowRefusal[]
}

/** The refused rows of a run as a file: their own columns, and one that says what is wrong. */
export async function writeRefused(
  tx: Tx,
  zoneId: string,
  importId: string,
  { format, language, isCordis }: { format: 'xlsx' | 'csv'; language: Language; isCordis: boolean },
): Promise<RefusedFile> {
  const { rows } = await sql<RefusedRow>`
    select sheet, row_number, raw, refusals from import_row
    where zone_id = ${zoneId} and import_id = ${importId} and verdict = 'refused'
    order by sheet, row_number, ordinal limit ${REFUSED_ROWS_MAX}`.execute(tx)
  if (!rows.length) throw new Fault('not_found', 'No row of this import was refused.', { rule: 'import.none_refused' })
  const sheets = [...Map.groupBy(oneLineEach(rows), (row) => row.sheet)].map(([name, some]) =>
    sheetOf(name, some, language),
  )
  if (format === 'xlsx') return { bytes: await writeWorkbook(sheets), format }
  const text = new TextEncoder()
  if (isCordis)
    return {
      bytes: writeZip(cordisFiles(sheets).map((file) => ({ ...file, bytes: text.encode(file.text) }))),
      format: 'zip',
    }
  const [first] = sheets
  if (sheets.length === 1) return { bytes: text.encode(writeCsv(first!.rows)), format }
  const files = sheets.map((sheet) => ({
    name: `${sheet.name.replaceAll(/[\\/:*?"<>|]/g, ' ')}.csv`,
    bytes: text.encode(writeCsv(sheet.rows)),
  }))
  return { bytes: writeZip(files), format: 'zip' }
}

/** A firm and its result that were refused in one row stand in one line, with what is wrong with either. */
function oneLineEach(rows: readonly RefusedRow[]): RefusedRow[] {
  const byPlace = Map.groupBy(rows, (row) => `${row.row_number} ${row.sheet}`)
  return [...byPlace.values()].map((same) => ({ ...same[0]!, refusals: same.flatMap((row) => row.refusals) }))
}

function sheetOf(name: string, rows: readonly RefusedRow[], language: Language): OutSheet {
  const widest = rows.reduce(
    (most, row) => ((row.raw?.length ?? 0) > most.length ? (row.raw ?? []) : most),
    rows[0]!.raw ?? [],
  )
  // A column without a name was called by its letter; it goes back without one, so that the heading is known again.
  const headings = widest.map(([heading], at) => (heading === letterOf(at) ? '' : heading))
  return {
    name,
    rows: [
      [...headings, PROBLEM_HEADINGS[language]],
      ...rows.map((row) => [
        ...headings.map((_, at) => row.raw?.[at]?.[1] ?? ''),
        row.refusals.map((refusal) => wordProblem(refusal, language)).join('；'),
      ]),
    ],
    widths: [...headings.map(() => COLUMN_WIDTH), PROBLEM_WIDTH],
  }
}

function wordProblem({ column, value, rule }: RowRefusal, language: Language): string {
  const where = [column, value && (language === 'zh' ? `“${value}”` : `“${value}”`)].filter(Boolean).join(' ')
  const words = wordRefusal(rule, language)
  return where ? `${where}${language === 'zh' ? '：' : ': '}${words}` : words
}

/** A download that CORDIS itself could have sent: both files, whichever rows were refused. */
function cordisFiles(sheets: readonly OutSheet[]): { name: string; text: string }[] {
  return Object.entries(CORDIS_HEADS).map(([name, head]) => {
    const sheet = sheets.find((each) => each.name.toLowerCase().endsWith(name))
    return { name, text: writeCsv(sheet?.rows ?? [head], ';') }
  })
}
