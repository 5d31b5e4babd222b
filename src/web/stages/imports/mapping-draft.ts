import {
  type ColumnReading,
  LIST_TARGETS,
  type Mapping,
  ORGANISATION_TARGETS,
  RESULT_TARGETS,
  type Reading,
  readYearTarget,
  type SheetMapping,
  type SheetReading,
  type SheetSubject,
  yearTarget,
} from '#stages/imports/model.ts'
import { FIGURES, isMoneyFigure } from '#stages/registry/year-model.ts'

export interface UnitChoice {
  scale: number
  currency?: string | undefined
}

/** What a person says of a column: the field that it is, or null where it is left out. */
export interface Choice {
  field: string | null
  /** Instead of the unit that the sheet states. */
  unit?: UnitChoice | undefined
}

/** A sheet as it is understood now, and what a person has chosen otherwise. */
export interface SheetDraft {
  reading: SheetReading
  subject: SheetSubject
  /** By column. */
  chosen: ReadonlyMap<number, Choice>
  /** Whose results a sheet of results lists where a row names nobody: an organisation's id. */
  owner?: string | undefined
}

/** What stands between a draft and the checking of its rows. */
export type Problem =
  | { kind: 'nothing' }
  | { kind: 'no_name' | 'no_title'; sheet: SheetReading }
  | { kind: 'field_twice'; sheet: SheetReading; field: string; columns: ColumnReading[] }

const ORGANISATION_FIELDS = ORGANISATION_TARGETS.map((field) => `organisation.${field}`)
const RESULT_FIELDS = RESULT_TARGETS.map((field) => `result.${field}`)
/** Any of them says which organisation a row is about. */
const IDENTITIES = ['name', 'nameEn', 'uscc', 'ror', 'lei', 'pic', 'vat'].map((field) => `organisation.${field}`)
const TITLES = ['result.title', 'result.titleEn']
const MONEY_FIELDS = ['organisation.revenue', 'organisation.rdSpend']
/** Years that are offered for a figure besides those that the sheet names. */
const YEARS_OFFERED = 5

/** Units in which a column of amounts can be. */
export const UNITS: readonly Required<UnitChoice>[] = [
  ...[1, 1e3, 1e4, 1e6, 1e8].map((scale) => ({ scale, currency: 'CNY' })),
  ...[1, 1e3, 1e6].map((scale) => ({ scale, currency: 'EUR' })),
  ...[1, 1e3, 1e6].map((scale) => ({ scale, currency: 'USD' })),
]

/** The fields that a column of such a sheet can be, those of organisations and those of results. */
export function fieldsOf(subject: SheetSubject): { organisation: readonly string[]; result: readonly string[] } {
  return {
    organisation: subject === 'organisations' || subject === 'both' ? ORGANISATION_FIELDS : [],
    result: subject === 'results' || subject === 'both' ? RESULT_FIELDS : [],
  }
}

/** The figures of years that a column of a sheet can be: of the years that it names, and of the last that have closed. */
export function yearFieldsOf({ reading, subject, chosen }: SheetDraft, thisYear: number): string[] {
  if (subject !== 'organisations' && subject !== 'both') return []
  const named = [...reading.columns.map(({ field }) => field), ...[...chosen.values()].map(({ field }) => field)]
  const told = named.flatMap((field) => (field === null ? [] : (readYearTarget(field)?.year ?? [])))
  const last = Array.from({ length: YEARS_OFFERED }, (_, back) => thisYear - 1 - back)
  const years = [...new Set([...told, ...last])].sort((a, b) => b - a)
  return FIGURES.flatMap((figure) => years.map((year) => yearTarget(figure, year)))
}

export function isMoney(field: string | null): boolean {
  if (field === null) return false
  const ofYear = readYearTarget(field)
  return ofYear ? isMoneyFigure(ofYear.figure) : MONEY_FIELDS.includes(field)
}

function fits(field: string, subject: SheetSubject): boolean {
  const { organisation, result } = fieldsOf(subject)
  if (readYearTarget(field)) return organisation.length > 0
  return organisation.includes(field) || result.includes(field)
}

/** The sheets as they were read, or as a person mapped them before. */
export function beginDraft(reading: Reading, mapping: Mapping | null): SheetDraft[] {
  return reading.sheets.map((sheet) => {
    const mapped = mapping?.sheets.find(({ index }) => index === sheet.index)
    if (mapping && !mapped) return { reading: sheet, subject: 'none', chosen: new Map() }
    if (!mapped) return { reading: sheet, subject: sheet.subject, chosen: new Map() }
    return { reading: sheet, subject: mapped.subject, chosen: choicesOf(sheet, mapped), owner: mapped.owner }
  })
}

function choicesOf(sheet: SheetReading, mapped: SheetMapping): Map<number, Choice> {
  const byColumn = new Map(mapped.columns.map((column) => [column.column, column]))
  return new Map(
    sheet.columns.map(({ column }) => {
      const { field = null, unit } = byColumn.get(column) ?? {}
      return [column, { field, unit }]
    }),
  )
}

/** The sheet understood anew. What a person chose stays where the column still has its heading and the field fits. */
export function withReading(draft: SheetDraft, reading: SheetReading): SheetDraft {
  const headings = new Map(draft.reading.columns.map(({ column, heading }) => [column, heading]))
  const kept = reading.columns.flatMap(({ column, heading }) => {
    const choice = draft.chosen.get(column)
    const stays = choice && headings.get(column) === heading && (!choice.field || fits(choice.field, reading.subject))
    return stays ? [[column, choice] as const] : []
  })
  return { reading, subject: reading.subject, chosen: new Map(kept), owner: draft.owner }
}

export function withChoice(draft: SheetDraft, column: ColumnReading, change: Partial<Choice>): SheetDraft {
  const before: Choice = draft.chosen.get(column.column) ?? { field: column.field }
  return { ...draft, chosen: new Map(draft.chosen).set(column.column, { ...before, ...change }) }
}

/** What a column is, by a person's word or by the reading's. */
export function choiceOf(draft: SheetDraft, column: ColumnReading): Choice {
  return draft.chosen.get(column.column) ?? { field: column.field }
}

/** The other columns that are the same thing, where only one can be. */
export function twinsOf(draft: SheetDraft, column: ColumnReading): ColumnReading[] {
  const { field } = choiceOf(draft, column)
  if (draft.subject === 'none' || field === null || LIST_TARGETS.includes(field)) return []
  return draft.reading.columns.filter((other) => other !== column && choiceOf(draft, other).field === field)
}

/** Whether a sheet of results says nowhere whose they are. */
export const lacksOwner = (draft: SheetDraft): boolean =>
  draft.subject === 'results' &&
  !draft.owner &&
  !draft.reading.columns.some((column) => choiceOf(draft, column).field === 'result.owners')

/** A column in which nothing stands and which is nothing. */
export const isBare = (draft: SheetDraft, column: ColumnReading): boolean =>
  column.samples.length === 0 && column.field === null && choiceOf(draft, column).field === null

export function problemsOf(sheets: readonly SheetDraft[]): Problem[] {
  const taken = sheets.filter(({ subject }) => subject !== 'none')
  return taken.length ? taken.flatMap(problemsOfSheet) : [{ kind: 'nothing' }]
}

function problemsOfSheet(draft: SheetDraft): Problem[] {
  const { reading: sheet, subject } = draft
  const fields = sheet.columns.map((column) => choiceOf(draft, column).field)
  const has = (wanted: readonly string[]) => fields.some((field) => field !== null && wanted.includes(field))
  const problems: Problem[] = []
  if (subject !== 'results' && !has(IDENTITIES)) problems.push({ kind: 'no_name', sheet })
  if (subject !== 'organisations' && !has(TITLES)) problems.push({ kind: 'no_title', sheet })
  const seen = new Set<string>()
  for (const column of sheet.columns) {
    const { field } = choiceOf(draft, column)
    const twins = twinsOf(draft, column)
    if (field === null || seen.has(field) || twins.length === 0) continue
    seen.add(field)
    problems.push({ kind: 'field_twice', sheet, field, columns: [column, ...twins] })
  }
  return problems
}

/** What is sent: every sheet that is taken, with every column that is something. */
export function mappingOf(sheets: readonly SheetDraft[]): Mapping {
  return {
    sheets: sheets
      .filter(({ subject }) => subject !== 'none')
      .map((draft) => ({
        index: draft.reading.index,
        subject: draft.subject,
        headingRow: draft.reading.heading.row,
        ...(draft.subject === 'results' && draft.owner ? { owner: draft.owner } : {}),
        columns: draft.reading.columns.flatMap((column) => {
          const { field, unit } = choiceOf(draft, column)
          if (field === null) return []
          return [{ column: column.column, field, ...(unit && isMoney(field) ? { unit } : {}) }]
        }),
      })),
  }
}

/** Rows below the headings of the sheets that are taken, totals and notes among them. */
export function rowsToCheck(sheets: readonly SheetDraft[]): number {
  return sheets
    .filter(({ subject }) => subject !== 'none')
    .reduce((sum, { reading: { rows, heading } }) => {
      const above = heading.rows.length + heading.above.length
      return sum + Math.max(0, (rows ?? 0) - above)
    }, 0)
}
