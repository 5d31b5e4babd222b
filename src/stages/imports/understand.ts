import { guessColumns, SAMPLE_ROWS_MAX } from '#engines/tables/columns.ts'
import { chooseHeading, HEADING_ROWS_MAX } from '#engines/tables/heading.ts'
import { sortRows } from '#engines/tables/rows.ts'
import { cellText } from '#engines/tables/text.ts'
import type { ColumnGuess, Heading, Row } from '#engines/tables/types.ts'
import { DICTIONARIES, EVERY_NAME, fits, isTarget } from './fields.ts'
import { headingAt, letterOf } from './headings.ts'
import {
  CELL_CHARACTERS_SHOWN_MAX,
  type ColumnReading,
  HEAD_COLUMNS_SHOWN_MAX,
  HEAD_ROWS_SHOWN_MAX,
  type SheetMapping,
  type SheetReading,
  type SheetSubject,
} from './model.ts'

/** Rows of a sheet's beginning that are looked at to understand it. */
export const UNDERSTOOD_ROWS_MAX = HEADING_ROWS_MAX + SAMPLE_ROWS_MAX
const SAMPLES_SHOWN_MAX = 3
const NAME_CONFIDENCE_MIN = 0.5
const SIGN_CONFIDENCE_MIN = 0.6
/** How much less of a sheet results may explain than organisations and still be what it lists. */
const SHARE_LAG_MAX = 0.1

/** What tells that rows are about organisations, or about results, besides a name or a title. */
const ORGANISATION_SIGNS =
  'uscc ror lei pic vat kind size staff founded revenue rdSpend capital products titles address legalRepresentative'.split(
    ' ',
  )
const RESULT_SIGNS = 'trl ipKind ipNumber ipStatus ipExpiry wantedDeal inventors'.split(' ')
const OF_YEAR = /\.\d{4}$/
const IDENTIFIERS = ['uscc', 'ror', 'lei', 'pic', 'vat'].map((field) => `organisation.${field}`)

export interface SheetHead {
  index: number
  name: string
  /** The first rows, at most `UNDERSTOOD_ROWS_MAX`. */
  rows: readonly Row[]
  /** All rows, once they were counted. */
  count: number | null
}

export interface SheetWish {
  /** The lowest heading row, 0 for none. */
  heading?: number | undefined
  subject?: SheetSubject | undefined
}

/** Understands a sheet from its first rows, with the heading row and the subject that a person wants, or the likeliest. */
export function understandSheet(head: SheetHead, wish: SheetWish = {}): SheetReading {
  const heading = wish.heading === undefined ? chooseHeading(head.rows, EVERY_NAME) : headingAt(head.rows, wish.heading)
  const sample = sampleOf(head.rows, heading)
  const guesses = guessAll(heading, sample)
  const { subject, confidence } = wish.subject
    ? { subject: wish.subject, confidence: shareOf(guesses[wish.subject]) }
    : subjectOf(guesses)
  return {
    index: head.index,
    name: head.name,
    rows: head.count,
    subject,
    confidence,
    remembered: false,
    heading: {
      row: heading.row,
      rows: [...heading.rows],
      confidence: heading.confidence,
      reason: heading.reason,
      above: heading.above.slice(0, HEAD_ROWS_SHOWN_MAX).map(shorten),
    },
    columns: guesses[subject].map((guess) => columnOf(guess, subject, sample)),
    head: headOf(head.rows, heading),
  }
}

/** The first rows as text, each with why it is not data. */
function headOf(rows: readonly Row[], heading: Heading): SheetReading['head'] {
  const sorter = sortRows(heading)
  return rows.slice(0, HEAD_ROWS_SHOWN_MAX).map((row) => {
    const sorted = sorter.sort(row)
    return {
      row: row.number,
      cells: row.cells.slice(0, HEAD_COLUMNS_SHOWN_MAX).map((cell) => shorten(cellText(cell))),
      aside: sorted.kind === 'aside' ? sorted.reason : null,
    }
  })
}

/** The data rows after the heading. */
export function sampleOf(rows: readonly Row[], heading: Heading): Row[] {
  const sorter = sortRows(heading)
  return rows.flatMap((row) => {
    const sorted = sorter.sort(row)
    return sorted.kind === 'data' ? [sorted.row] : []
  })
}

type Guesses = Record<SheetSubject, readonly ColumnGuess[]>

function guessAll(heading: Heading, sample: readonly Row[]): Guesses {
  const both = guessColumns(heading, sample, DICTIONARIES.both)
  return {
    organisations: guessColumns(heading, sample, DICTIONARIES.organisations),
    results: guessColumns(heading, sample, DICTIONARIES.results),
    both,
    none: both,
  }
}

function subjectOf(guesses: Guesses): { subject: SheetSubject; confidence: number } {
  const found = (subject: SheetSubject, fields: readonly string[], least: number) =>
    guesses[subject].filter(
      ({ field, confidence }) => field && confidence >= least && fields.includes(field.replace(OF_YEAR, '')),
    ).length
  const signs = (subject: SheetSubject, prefix: string, fields: readonly string[]) =>
    found(
      subject,
      fields.map((field) => `${prefix}.${field}`),
      SIGN_CONFIDENCE_MIN,
    )
  const hasTitle = found('results', ['result.title'], SIGN_CONFIDENCE_MIN) > 0
  const hasName = found('organisations', ['organisation.name', 'organisation.nameEn'], NAME_CONFIDENCE_MIN) > 0
  // A list of firms with a column `Kind` is none of results: they must explain the sheet about as well as firms do.
  const isResult =
    hasTitle &&
    signs('results', 'result', RESULT_SIGNS) > 0 &&
    (!hasName || shareOf(guesses.results) >= shareOf(guesses.organisations) - SHARE_LAG_MAX)
  const namesBoth =
    found('both', ['organisation.name'], NAME_CONFIDENCE_MIN) > 0 &&
    found('both', ['result.title'], SIGN_CONFIDENCE_MIN) > 0
  const as = (subject: SheetSubject) => ({ subject, confidence: shareOf(guesses[subject]) })
  if (isResult && namesBoth && signs('both', 'organisation', ORGANISATION_SIGNS) >= 2) return as('both')
  if (isResult) return as('results')
  if (hasName || found('organisations', IDENTIFIERS, SIGN_CONFIDENCE_MIN) > 0) return as('organisations')
  return hasTitle ? as('results') : { subject: 'none', confidence: 0 }
}

/** How much of the columns a subject's fields explain, from 0 to 1. */
function shareOf(guesses: readonly ColumnGuess[]): number {
  const explained = guesses.reduce((sum, guess) => sum + (guess.field === null ? 0 : guess.confidence), 0)
  return guesses.length === 0 ? 0 : Math.round((explained / guesses.length) * 100) / 100
}

function columnOf(guess: ColumnGuess, subject: SheetSubject, sample: readonly Row[]): ColumnReading {
  const kept = guess.field !== null && isTarget(guess.field)
  return {
    column: guess.column,
    letter: letterOf(guess.column),
    heading: guess.heading,
    field: kept && subject !== 'none' ? guess.field : null,
    confidence: guess.confidence,
    reason: guess.reason,
    notKept: kept || guess.field === null ? null : guess.field,
    unit: guess.unit ? { ...guess.unit } : null,
    others: guess.others
      .filter((other) => fits(other.field, subject === 'none' ? 'both' : subject))
      .map((other) => ({ ...other })),
    samples: samplesOf(guess.column, sample),
  }
}

function samplesOf(column: number, sample: readonly Row[]): string[] {
  const texts = sample.map((row) => shorten(cellText(row.cells[column]))).filter((text) => text !== '')
  return [...new Set(texts)].slice(0, SAMPLES_SHOWN_MAX)
}

const shorten = (text: string) =>
  text.length > CELL_CHARACTERS_SHOWN_MAX ? `${text.slice(0, CELL_CHARACTERS_SHOWN_MAX - 1).toWellFormed()}…` : text

/** The mapping that a reading proposes. */
export function proposedMapping(sheets: readonly SheetReading[]): SheetMapping[] {
  return sheets
    .filter((sheet) => sheet.subject !== 'none')
    .map((sheet) => ({
      index: sheet.index,
      subject: sheet.subject,
      headingRow: sheet.heading.row,
      columns: sheet.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])),
    }))
}
