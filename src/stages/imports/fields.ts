import { LEDGER_FIELDS, ORGANISATION_FIELDS, RESULT_FIELDS } from '#engines/tables/dictionary.ts'
import type { Dictionary } from '#engines/tables/types.ts'
import { ORGANISATION_TARGETS, RESULT_TARGETS, readYearTarget, type SheetSubject } from './model.ts'

/** Every field that a column can be, as a mapping names it, but for those of years. */
const TARGETS: ReadonlySet<string> = new Set([
  ...ORGANISATION_TARGETS.map((field) => `organisation.${field}`),
  ...RESULT_TARGETS.map((field) => `result.${field}`),
])

/** Whether the registry keeps what a column of this field says. */
export const isTarget = (field: string) => TARGETS.has(field) || readYearTarget(field) !== null

const prefixed = (prefix: string, dictionary: Dictionary): Dictionary =>
  Object.fromEntries(Object.entries(dictionary).map(([field, hint]) => [`${prefix}.${field}`, hint]))

/** Known headings, by what the rows of a sheet are. Where that is open, both are looked for. */
export const DICTIONARIES: Readonly<Record<SheetSubject, Dictionary>> = {
  organisations: prefixed('organisation', ORGANISATION_FIELDS),
  results: prefixed('result', RESULT_FIELDS),
  both: LEDGER_FIELDS,
  none: LEDGER_FIELDS,
}

/** Whether a field can stand in a sheet of this subject. */
export function fits(field: string, subject: SheetSubject): boolean {
  if (!isTarget(field)) return false
  if (subject === 'both') return true
  return field.startsWith(subject === 'organisations' ? 'organisation.' : 'result.')
}

/** Every heading that is known, whatever it stands for: what a row of headings is told by. */
export const EVERY_NAME: Dictionary = {
  any: { names: [...new Set(Object.values(LEDGER_FIELDS).flatMap((hint) => hint.names))] },
}
