import { type Merge, readMerges } from './merges.ts'
import { sheetRows } from './sheet-rows.ts'
import { countBytes, fileFault, stopIfTold } from './source.ts'
import type { FileNote, FileSource, ReadOptions, Row, Sheet, TableFile } from './types.ts'
import { readWorkbookParts, type SheetPart, type WorkbookParts } from './workbook-parts.ts'
import { openZip, WORKBOOK_UNPACKED_BYTES_MAX, type Zip } from './zip.ts'

/**
 * Opens an XLSX workbook. Its directory, styles and shared texts are read at once; rows stream out of the zip each time
 * they are asked for. Hidden sheets are left out and named in the notes; hidden rows are read.
 */
export async function readWorkbook(source: FileSource, options: ReadOptions = {}): Promise<TableFile> {
  const parts = await withZip(source, readWorkbookParts)
  const notes: FileNote[] = []
  const sheets: Sheet[] = []
  for (const [index, part] of parts.sheets.entries()) {
    if (part.kind === 'chart') notes.push({ note: 'chart_sheet_skipped', sheet: part.name })
    else if (part.hidden) notes.push({ note: 'hidden_sheet_skipped', sheet: part.name })
    else sheets.push(sheetOf(source, parts, part, index, notes, options))
  }
  if (sheets.length === 0)
    throw fileFault('unreadable', 'file.empty', 'The workbook has no visible sheet.', { tip: 'Show its sheets again.' })
  return { kind: 'xlsx', sheets, notes }
}

function sheetOf(
  source: FileSource,
  parts: WorkbookParts,
  part: SheetPart,
  index: number,
  notes: FileNote[],
  options: ReadOptions,
): Sheet {
  let known: Merge[] | null = null
  const merges = async (): Promise<Merge[]> => {
    known ??= await withZip(source, async (zip) => readMerges(await zip.open(part.path)))
    return known
  }
  return {
    name: part.name,
    index,
    bytes: part.bytes,
    rows: () => rowsOf(source, parts, part, merges, notes, options),
  }
}

async function* rowsOf(
  source: FileSource,
  parts: WorkbookParts,
  part: SheetPart,
  merges: () => Promise<Merge[]>,
  notes: FileNote[],
  options: ReadOptions,
): AsyncGenerator<Row> {
  const blocks = await merges()
  const zip = await openZip(source, { unpackedBytesMax: WORKBOOK_UNPACKED_BYTES_MAX })
  const hidden: number[] = []
  try {
    let rows = 0
    const bytes = countBytes(await zip.open(part.path), options.onBytes)
    const onHidden = (number: number) => hidden.push(number)
    for await (const row of sheetRows(bytes, blocks, parts, onHidden)) {
      if (++rows % 1024 === 0) stopIfTold(options.signal)
      yield row
    }
    noteHidden(part.name, hidden, notes)
  } finally {
    zip.close()
  }
}

function noteHidden(sheet: string, hidden: readonly number[], notes: FileNote[]): void {
  const known = notes.some((each) => each.note === 'hidden_rows_read' && each.sheet === sheet)
  if (known || hidden[0] === undefined) return
  notes.push({ note: 'hidden_rows_read', sheet, count: hidden.length, row: hidden[0] })
}

async function withZip<T>(source: FileSource, work: (zip: Zip) => Promise<T>): Promise<T> {
  const zip = await openZip(source, { unpackedBytesMax: WORKBOOK_UNPACKED_BYTES_MAX })
  try {
    return await work(zip)
  } finally {
    zip.close()
  }
}
