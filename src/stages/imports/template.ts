import { cellText, foldHeading } from '#engines/tables/text.ts'
import type { Row } from '#engines/tables/types.ts'
import type { Mapping } from './model.ts'
import {
  TEMPLATE_COLUMNS,
  TEMPLATE_NOTES,
  TEMPLATE_SHEETS,
  type TemplateColumn,
  type TemplateSubject,
} from './template-words.ts'
import { type OutSheet, writeWorkbook } from './workbook-out.ts'

export type TemplateLanguage = 'zh' | 'en'

const EXAMPLE_MARKS: Readonly<Record<TemplateLanguage, string>> = { zh: '（示例）', en: '(Example)' }
const SUBJECTS = ['organisations', 'results'] as const
const HEADING_WIDTH_MIN = 14

/** Our own template: a sheet of organisations and one of results, each with an example row, and what to heed. */
export async function writeTemplate(language: TemplateLanguage): Promise<Uint8Array<ArrayBuffer>> {
  const sheets: OutSheet[] = SUBJECTS.map((subject) => ({
    name: TEMPLATE_SHEETS[subject][language],
    rows: [
      TEMPLATE_COLUMNS[subject].map((column) => column.heading[language]),
      TEMPLATE_COLUMNS[subject].map(
        (column, at) => (at === 0 ? EXAMPLE_MARKS[language] : '') + column.example[language],
      ),
    ],
    widths: TEMPLATE_COLUMNS[subject].map((column) => Math.max(HEADING_WIDTH_MIN, column.heading[language].length * 2)),
  }))
  return writeWorkbook([...sheets, notesSheet(language)])
}

function notesSheet(language: TemplateLanguage): OutSheet {
  const columns = SUBJECTS.flatMap((subject) => TEMPLATE_COLUMNS[subject].map((column) => [subject, column] as const))
  return {
    name: TEMPLATE_SHEETS.notes[language],
    rows: [
      ...TEMPLATE_NOTES.map((note) => [note[language]]),
      [],
      ...columns.map(([subject, column]) => [
        TEMPLATE_SHEETS[subject][language],
        column.heading[language],
        column.note[language],
      ]),
    ],
    widths: [24, 28, 70],
  }
}

/** Whether a name marks the template's example row, in either language. */
export function isExample(name: string): boolean {
  const folded = foldHeading(name)
  return Object.values(EXAMPLE_MARKS).some(
    (mark) => name.startsWith(mark) || (folded !== '' && folded.startsWith(foldHeading(mark))),
  )
}

const FIELDS: Readonly<Record<TemplateSubject, ReadonlyMap<string, string>>> = {
  organisations: fieldsOf(TEMPLATE_COLUMNS.organisations),
  results: fieldsOf(TEMPLATE_COLUMNS.results),
}
function fieldsOf(columns: readonly TemplateColumn[]): Map<string, string> {
  return new Map(
    columns.flatMap(({ field, heading }) => [heading.zh, heading.en].map((name) => [foldHeading(name), field])),
  )
}

const NOTES_NAMES = new Set(Object.values(TEMPLATE_SHEETS.notes))

interface Head {
  index: number
  name: string
  rows: readonly Row[]
}

/** The mapping of a workbook made from our template, whose headings say all; nothing for any other workbook. */
export function templateMapping(heads: readonly Head[]): Mapping | undefined {
  const filled = heads.filter((head) => head.rows.length > 0 && !NOTES_NAMES.has(head.name))
  const sheets = filled.flatMap((head) => mapSheet(head) ?? [])
  return sheets.length > 0 && sheets.length === filled.length ? { sheets } : undefined
}

function mapSheet({ index, rows }: Head): Mapping['sheets'][number] | undefined {
  const [heading] = rows
  if (!heading) return undefined
  const names = heading.cells.map((cell) => foldHeading(cellText(cell)))
  for (const subject of SUBJECTS) {
    const first = TEMPLATE_COLUMNS[subject][0]!
    const known = names.every((name) => name === '' || FIELDS[subject].has(name))
    const hasFirst = names.some((name) => FIELDS[subject].get(name) === first.field)
    if (known && hasFirst) {
      const columns = names.flatMap((name, column) =>
        name === '' ? [] : [{ column, field: FIELDS[subject].get(name)! }],
      )
      return { index, subject, headingRow: heading.number, columns }
    }
  }
  return undefined
}
