import { readYearTarget } from '#stages/imports/model.ts'
import { useWords } from '../../lib/words.ts'
import { yearWords } from '../registry/year-words.ts'
import { fieldWords } from './field-words.ts'
import { noteWords } from './note-words.ts'

/** What a field that a column can be is called (`result.trl`); one that nobody worded stands for itself. */
export function useFieldName(): (field: string) => string {
  const say = useWords(fieldWords)
  const sayYears = useWords(yearWords)
  return (field) => {
    const ofYear = readYearTarget(field)
    if (ofYear) return sayYears('ofYear', { year: ofYear.year, figure: sayYears(`figure.${ofYear.figure}`) })
    const key = `field.${field}` as 'field.result.trl'
    return fieldWords.keys.includes(key) ? say(key) : field
  }
}

/** A note on a row, or the reason for which it was set aside (`aside.total`); one that nobody worded stands for itself. */
export function useNoteName(): (note: string) => string {
  const say = useWords(noteWords)
  return (note) => {
    const key = `note.${note}` as 'note.joined'
    return noteWords.keys.includes(key) ? say(key) : note
  }
}
