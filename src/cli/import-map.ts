import { z } from 'zod'
import { Fault } from '#kit/fault.ts'
import { proposedSheet } from '#stages/imports/mapping-rules.ts'
import type { ColumnReading, Mapping, Reading, SheetReading } from '#stages/imports/model.ts'
import { readSheetAnew } from '#stages/imports/service.ts'
import type { Session } from './session.ts'

/** Between the levels of a heading of several rows. */
const LEVELS = /\s*[/／›>|]\s*/

const Target = z.union([
  z.string().max(80),
  z.strictObject({
    field: z.string().max(80),
    scale: z.number().positive().optional(),
    currency: z.string().length(3).optional(),
  }),
  z.null(),
])
const SheetMap = z.strictObject({
  /** The sheet's name, or its place from 1. */
  sheet: z.union([z.string(), z.number().int().min(1)]).optional(),
  subject: z.enum(['organisations', 'results', 'both', 'none']).optional(),
  headingRow: z.number().int().min(0).optional(),
  columns: z.record(z.string(), Target).default({}),
  /** Takes the named columns and no guessed one. */
  only: z.boolean().default(false),
})
type SheetMap = z.output<typeof SheetMap>

/** The map file of `docs/guide/import.md`: what differs from the guess, by sheet and heading. */
export const MapFile = z.union([
  z.strictObject({ sheets: z.array(SheetMap).min(1) }),
  SheetMap.transform((sheet) => ({ sheets: [sheet] })),
])
export type MapFile = z.output<typeof MapFile>

/** The mapping that a map file asks for. A sheet that it does not name is left out; where it names none, the first counts. */
export async function mappingOf(
  { world, caller }: Session,
  id: string,
  reading: Reading,
  map: MapFile,
): Promise<Mapping> {
  const sheets: Mapping['sheets'] = []
  for (const wanted of map.sheets) {
    const known = sheetOf(reading, wanted)
    const isElse =
      (wanted.headingRow !== undefined && wanted.headingRow !== known.heading.row) ||
      (wanted.subject !== undefined && wanted.subject !== known.subject)
    const sheet = isElse
      ? await readSheetAnew(world, caller, id, known.index, { heading: wanted.headingRow, subject: wanted.subject })
      : known
    sheets.push(mapSheet(sheet, wanted))
  }
  return { sheets }
}

function sheetOf({ sheets }: Reading, { sheet: named }: SheetMap): SheetReading {
  const found =
    named === undefined ? sheets[0] : sheets.find((sheet, at) => sheet.name === named || at + 1 === Number(named))
  if (!found)
    throw new Fault('invalid', `The file has no sheet ${named ?? 1}.`, {
      rule: 'import.sheet_unknown',
      tip: `Its sheets are: ${sheets.map((sheet) => sheet.name).join(', ')}`,
    })
  return found
}

function mapSheet(sheet: SheetReading, { columns, subject, only }: SheetMap): Mapping['sheets'][number] {
  const said = Object.entries(columns).map(([name, target]) => ({ column: columnOf(sheet, name).column, target }))
  const fields = said.flatMap(({ target }) => (typeof target === 'string' ? target : (target?.field ?? [])))
  const proposed = proposedSheet(sheet)
  const guessed = only
    ? []
    : proposed.columns.filter(
        ({ column, field }) => !said.some((one) => one.column === column) && !fields.includes(field),
      )
  const named = said.flatMap(({ column, target }) => {
    if (target === null) return []
    if (typeof target === 'string') return [{ column, field: target }]
    const { field, scale, currency } = target
    const unit =
      scale === undefined && currency === undefined
        ? {}
        : { unit: { scale: scale ?? 1, ...(currency ? { currency } : {}) } }
    return [{ column, field, ...unit }]
  })
  return {
    ...proposed,
    subject: subject ?? sheet.subject,
    columns: [...guessed, ...named].sort((a, b) => a.column - b.column),
  }
}

/** A column by its heading, by the lowest level of it, or by its letter. */
function columnOf(sheet: SheetReading, name: string): ColumnReading {
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase()
  const lowest = ({ heading }: ColumnReading) => heading.split(LEVELS).at(-1) ?? heading
  const found =
    sheet.columns.find(({ heading }) => plain(heading) === plain(name)) ??
    sheet.columns.find((column) => plain(lowest(column)) === plain(name)) ??
    sheet.columns.find(({ letter }) => letter === name.toUpperCase())
  if (!found)
    throw new Fault('invalid', `The sheet ${sheet.name} has no column ${name}.`, {
      rule: 'mapping.unknown_column',
      tip: `Its columns are: ${sheet.columns.map(({ heading, letter }) => heading || letter).join(', ')}`,
    })
  return found
}
