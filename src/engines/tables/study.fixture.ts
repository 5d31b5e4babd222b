import { guessColumns, studyColumn } from './columns.ts'
import { chooseHeading } from './heading.ts'
import { sortRows } from './rows.ts'
import type { ColumnGuess, ColumnStyle, Dictionary, Heading, Row } from './types.ts'

export interface SubjectGuess {
  readonly subject: string
  /** 0 to 1: how well this subject's fields explain the columns. */
  readonly confidence: number
  readonly columns: readonly ColumnGuess[]
}

/**
 * Which of several dictionaries explains a table best, best first. `keys` names the fields without which a table can't
 * be of that subject: `{organisation: ['name'], result: ['title']}`.
 */
export function guessSubjects(
  heading: Heading,
  sample: readonly Row[],
  dictionaries: Readonly<Record<string, Dictionary>>,
  keys: Readonly<Record<string, readonly string[]>> = {},
): SubjectGuess[] {
  const guesses = Object.entries(dictionaries).map(([subject, dictionary]) => {
    const columns = guessColumns(heading, sample, dictionary)
    const wanted = keys[subject] ?? []
    const named = wanted.filter((key) => columns.some((each) => each.field === key)).length
    const explained = columns.reduce((sum, each) => sum + (each.field === null ? 0 : each.confidence), 0)
    const share = columns.length === 0 ? 0 : explained / columns.length
    const complete = wanted.length === 0 ? 1 : named / wanted.length
    return { subject, confidence: Math.round(share * complete * 100) / 100, columns }
  })
  return guesses.toSorted((a, b) => b.confidence - a.confidence)
}

export interface TableStudy {
  readonly heading: Heading
  /** Best first. */
  readonly subjects: readonly SubjectGuess[]
  /** How each column of the best subject writes its values, by column. */
  readonly styles: ReadonlyMap<number, ColumnStyle>
}

/** Everything that the first rows of a table tell: its heading, what it is about, and how its columns write. */
export function studyTable(
  rows: readonly Row[],
  dictionaries: Readonly<Record<string, Dictionary>>,
  keys: Readonly<Record<string, readonly string[]>> = {},
): TableStudy {
  const names = Object.values(dictionaries).flatMap((dictionary) =>
    Object.values(dictionary).flatMap((hint) => hint.names),
  )
  const every: Dictionary = { any: { names: [...new Set(names)] } }
  const heading = chooseHeading(rows, every)
  const sorter = sortRows(heading)
  const sample = rows
    .map((row) => sorter.sort(row))
    .filter((sorted) => sorted.kind === 'data')
    .map((sorted) => sorted.row)
  const subjects = guessSubjects(heading, sample, dictionaries, keys)
  const columns = subjects[0]?.columns ?? []
  const cellsOf = (column: number) => sample.map((row) => row.cells[column])
  const styles = new Map(columns.map(({ column, unit }) => [column, studyColumn(cellsOf(column), unit)]))
  return { heading, subjects, styles }
}
