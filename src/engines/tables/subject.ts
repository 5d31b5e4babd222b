import { guessColumns } from './columns.ts'
import type { ColumnGuess, Dictionary, Heading, Row } from './types.ts'

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
