import { chooseHeading, HEADING_ROWS_MAX } from '#engines/tables/heading.ts'
import { cellText, foldHeading } from '#engines/tables/text.ts'
import type { Heading, Row } from '#engines/tables/types.ts'
import { sha256 } from '#kit/ids.ts'
import { EVERY_NAME } from './fields.ts'
import { PROBLEM_HEADINGS } from './refusal-words.ts'

const LETTERS = 26
const JOINT = ' / '

/** A column's letter in a workbook: 0 is A, 26 is AA. */
export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % LETTERS))
  return column < LETTERS ? last : letterOf(Math.floor(column / LETTERS) - 1) + last
}

/** The heading that ends with the row of this number, as a person points at it; 0 stands for a table without heading. */
export function headingAt(rows: readonly Row[], number: number, found = chooseHeading(rows, EVERY_NAME)): Heading {
  if (found.row === number) return found
  const at = rows.findIndex((row) => row.number === number)
  const row = rows[at]
  if (!row) return { ...withoutHeading(rows), reason: 'a person says so' }
  const upper = rows[at - 1]
  const levels = upper && spreads(upper, row) ? [upper, row] : [row]
  const width = Math.max(...levels.map((level) => level.cells.length))
  return {
    row: number,
    rows: levels.map((level) => level.number),
    columns: Array.from({ length: width }, (_, column) => nameOf(levels, column)),
    confidence: 1,
    reason: 'a person says so',
    above: rows
      .slice(0, at + 1 - levels.length)
      .flatMap((each) => each.cells.map(cellText).filter(Boolean).join(' ') || []),
  }
}

function withoutHeading(rows: readonly Row[]): Heading {
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  return { row: 0, rows: [], columns: Array.from({ length: width }, () => ''), confidence: 1, reason: '', above: [] }
}

/** Whether the upper row spreads texts over columns of the lower, as a heading of two levels does. */
function spreads(upper: Row, lower: Row): boolean {
  const inner = upper.spans?.filter((span) => span.to - span.from < lower.cells.length - 1) ?? []
  return inner.length > 0 || (lower.carried?.length ?? 0) > 0
}

function nameOf(levels: readonly Row[], column: number): string {
  const parts = levels.map((row) => {
    const span = row.spans?.find((each) => each.from <= column && column <= each.to)
    return cellText(row.cells[column] ?? (span ? row.cells[span.from] : null)).replace(/\s+/g, ' ')
  })
  return [...new Set(parts.filter(Boolean))].join(JOINT)
}

const OWN_HEADINGS = new Set(Object.values(PROBLEM_HEADINGS).map(foldHeading))

/** By what such a heading is known again: its names, folded, without the column that we add to refused rows. */
export function signatureOf(columns: readonly string[]): string {
  const names = columns.map(foldHeading).map((name) => (OWN_HEADINGS.has(name) ? '' : name))
  const last = names.findLastIndex((name) => name !== '')
  return sha256(names.slice(0, last + 1).join('\u001f'))
}

/** By signature, every row that could be a heading which a person has mapped before. */
export function signaturesIn(rows: readonly Row[]): Map<string, Heading> {
  const chosen = chooseHeading(rows, EVERY_NAME)
  const found = new Map<string, Heading>()
  for (const row of rows.slice(0, HEADING_ROWS_MAX)) {
    if (row.cells.filter((cell) => cellText(cell) !== '').length < 2) continue
    const heading = headingAt(rows, row.number, chosen)
    found.set(signatureOf(heading.columns), heading)
  }
  return found
}
