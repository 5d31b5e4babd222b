import { z } from 'zod'
import { foldHeading } from '#engines/tables/text.ts'
import { Fault, type Issue } from '#kit/fault.ts'
import {
  COLUMNS_MAX,
  FILE_NAME_LENGTH_MAX,
  HEAD_ROWS_SHOWN_MAX,
  type Mapping,
  OWNER_LENGTH_MAX,
  SHEETS_MAX,
  type SheetMapping,
  type SheetReading,
  SheetSubject,
} from './model.ts'

const FIELD_LENGTH_MAX = 60
const HEADING_LENGTH_MAX = 300
const SCALE_MAX = 1_000_000_000_000

const Field = z.string().max(FIELD_LENGTH_MAX)
const ColumnWish = z.union([
  Field,
  z.null(),
  z.strictObject({
    field: Field,
    scale: z.number().positive().max(SCALE_MAX),
    currency: z.string().length(3).optional(),
  }),
])
const SheetWish = z.strictObject({
  /** The sheet's name, or its place from 1; the first where it is left out. */
  sheet: z.union([z.string().max(FILE_NAME_LENGTH_MAX), z.number().int().min(1).max(SHEETS_MAX)]).optional(),
  subject: SheetSubject.optional(),
  /** The lowest heading row's number, 0 for none; found where it is left out. */
  headingRow: z.number().int().min(0).max(HEAD_ROWS_SHOWN_MAX).optional(),
  /** Whose results these are where a row names nobody. */
  owner: z.string().trim().min(1).max(OWNER_LENGTH_MAX).optional(),
  /** By heading or letter: the field, with a unit where the heading's is wrong, or null to leave the column out. */
  columns: z.record(z.string().max(HEADING_LENGTH_MAX), ColumnWish).default({}),
  /** Takes no column but those named; else the others are taken as guessed. */
  only: z.boolean().default(false),
})
type SheetWish = z.output<typeof SheetWish>

/** The shell's map file: one sheet, or several of which no other is taken. */
export const MapFile = z.union([
  z.strictObject({ sheets: z.array(SheetWish).min(1).max(SHEETS_MAX) }),
  SheetWish.transform((sheet) => ({ sheets: [sheet] })),
])
export type MapFile = z.output<typeof MapFile>

/** Understands a sheet with the heading row and the subject that are wished for. */
export type Understand = (index: number, wish: { heading?: number; subject?: SheetSubject }) => Promise<SheetReading>

/** The mapping that a map file asks for. Throws Fault('invalid') that names each sheet and column that is not there. */
export async function mappingOf(
  { sheets }: MapFile,
  known: readonly SheetReading[],
  understand: Understand,
): Promise<Mapping> {
  const issues: Issue[] = []
  const mapped: SheetMapping[] = []
  for (const [at, wish] of sheets.entries()) {
    const found = findSheet(known, wish)
    if (!found) {
      issues.push({ path: `sheets.${at}.sheet`, rule: 'mapping.unknown_sheet' })
      continue
    }
    const { headingRow: heading, subject } = wish
    const reading = await understand(found.index, {
      heading: heading ?? found.heading.row,
      ...(subject ? { subject } : found.subject === 'none' ? {} : { subject: found.subject }),
    })
    mapped.push(mapSheet(wish, reading, `sheets.${at}`, issues))
  }
  if (issues.length)
    throw new Fault('invalid', 'The map file does not fit the file.', { rule: 'mapping.wrong', issues })
  return { sheets: mapped }
}

const findSheet = (known: readonly SheetReading[], { sheet }: SheetWish): SheetReading | undefined =>
  sheet === undefined
    ? known[0]
    : known.find((each, at) => (typeof sheet === 'number' ? at + 1 === sheet : each.name.trim() === sheet.trim()))

function mapSheet(wish: SheetWish, reading: SheetReading, path: string, issues: Issue[]): SheetMapping {
  const wished = new Map<number, z.output<typeof ColumnWish>>()
  for (const [name, column] of Object.entries(wish.columns)) {
    const at = findColumn(reading, name)
    if (at === undefined) issues.push({ path: `${path}.columns.${name}`, rule: 'mapping.unknown_column' })
    else wished.set(at, column)
  }
  const taken = new Set(
    [...wished.values()].flatMap((column) => (typeof column === 'string' ? column : (column?.field ?? []))),
  )
  const guessed = reading.columns.flatMap(({ column, field }) =>
    wish.only || field === null || wished.has(column) || taken.has(field) ? [] : [{ column, field }],
  )
  const said = [...wished].flatMap(([column, as]) => {
    if (as === null) return []
    if (typeof as === 'string') return [{ column, field: as }]
    const { field, scale, currency } = as
    return [{ column, field, unit: { scale, ...(currency ? { currency } : {}) } }]
  })
  return {
    index: reading.index,
    subject: reading.subject,
    headingRow: reading.heading.row,
    ...(wish.owner === undefined ? {} : { owner: wish.owner }),
    columns: [...said, ...guessed].toSorted((a, b) => a.column - b.column).slice(0, COLUMNS_MAX),
  }
}

/** A column by its heading, by the lowest level of it, or by its letter. */
function findColumn({ columns }: SheetReading, name: string): number | undefined {
  const folded = foldHeading(name)
  const found =
    columns.find((column) => column.heading !== '' && foldHeading(column.heading) === folded) ??
    columns.find((column) => foldHeading(column.heading.split(' / ').at(-1) ?? '') === folded && folded !== '') ??
    columns.find((column) => column.letter === name.trim().toUpperCase())
  return found?.column
}
