import { readAs } from '#db/caller.ts'
import type { Row } from '#engines/tables/types.ts'
import { Fault } from '#kit/fault.ts'
import { openCordis } from '../../files/cordis.ts'
import { endingOf, sniffFile } from '../../files/sniff.ts'
import { readTable } from '../../files/table.ts'
import type { Sheet, TableFile } from '../../files/types.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { signaturesIn } from './headings.ts'
import { type Mapping, type Reading, SHEETS_MAX, type SheetReading } from './model.ts'
import type { RememberedMapping } from './stage-store.ts'
import { type RunFile, rememberedMappings } from './store.ts'
import { templateMapping } from './template.ts'
import { type SheetHead, UNDERSTOOD_ROWS_MAX, understandSheet } from './understand.ts'

/** Rows of a table, all sheets together, that one import takes. */
export const TABLE_ROWS_MAX = 1_000_000
const TOLD_EVERY_ROWS = 5_000
const TABLE_ENDINGS = ['xlsx', 'xlsm', 'xltx', 'csv', 'tsv', 'txt', 'tab', 'xls']
/** The parts of a CORDIS download that may come file by file, with the columns by which each is known. */
const CORDIS_PARTS = {
  organization: ['projectid', 'organisationid'],
  project: ['id', 'rcn'],
} as const
const PROJECT_SIGNS = ['frameworkprogramme', 'ecmaxcontribution', 'legalbasis', 'objective', 'fundingscheme']

export interface FileReading {
  kind: 'cordis' | 'table' | 'template'
  reading: Reading
  /** Where the file needs nobody to map it. */
  mapping?: Mapping
  /** The files, each with its part where they are a CORDIS download that comes file by file. */
  files: RunFile[]
}

interface Reader {
  world: Pick<World, 'files' | 'database'>
  caller: Caller
  signal: AbortSignal
  progress: (doing: string, done: number, total?: number) => void
}

/** Finds out what the files of a run are and how their tables are to be understood. */
export async function readFiles(reader: Reader, files: RunFile[]): Promise<FileReading> {
  const [first] = files
  if (!first) throw new Fault('not_found', 'The import has no file.', { rule: 'file.not_there' })
  if (files.length > 1 || first.part) return cordisParts(reader, files)
  const path = reader.world.files.path(first.sha256)
  const ending = endingOf(first.name)
  if ((await sniffFile(path)) === 'zip' && !(ending && TABLE_ENDINGS.includes(ending))) return cordisZip(path, files)
  const table = await readTable(path, { name: first.name, signal: reader.signal })
  const part = table.kind === 'csv' ? await cordisPartOf(table) : null
  return part ? cordisParts(reader, [{ ...first, part }]) : readSheets(reader, table, files)
}

const EMPTY = { encoding: null, delimiter: null, sheets: [], parts: {}, missing: [], notes: [] }

async function cordisZip(path: string, files: RunFile[]): Promise<FileReading> {
  const download = await openCordis(path)
  download.close()
  return { kind: 'cordis', reading: { ...EMPTY, file: 'zip', parts: { ...download.files } }, files }
}

async function cordisParts({ world, signal }: Reader, files: RunFile[]): Promise<FileReading> {
  const parts: RunFile[] = []
  for (const file of files) {
    const part =
      file.part ?? (await cordisPartOf(await readTable(world.files.path(file.sha256), { name: file.name, signal })))
    if (!part)
      throw new Fault('unsupported_file', `${file.name} is no part of a CORDIS download.`, {
        rule: 'import.not_a_part',
      })
    parts.push({ ...file, part })
  }
  const missing = Object.keys(CORDIS_PARTS).filter((part) => !parts.some((file) => file.part === part))
  const named = Object.fromEntries(parts.map((file) => [file.part!, file.name]))
  const reading = { ...EMPTY, file: 'files' as const, parts: named, missing: missing.map((part) => `${part}.csv`) }
  return { kind: 'cordis', reading, files: parts }
}

/** Which file of a CORDIS download a CSV is, by its heading. */
async function cordisPartOf(table: TableFile): Promise<string | null> {
  for await (const row of table.sheets[0]?.rows() ?? []) {
    const names = new Set(
      row.cells.map((cell) =>
        String(cell ?? '')
          .trim()
          .toLowerCase()
          .replaceAll('organization', 'organisation'),
      ),
    )
    if (CORDIS_PARTS.organization.every((name) => names.has(name))) return 'organization'
    const isProject =
      CORDIS_PARTS.project.every((name) => names.has(name)) && PROJECT_SIGNS.some((name) => names.has(name))
    return isProject ? 'project' : null
  }
  return null
}

async function readSheets(reader: Reader, table: TableFile, files: RunFile[]): Promise<FileReading> {
  if (table.sheets.length > SHEETS_MAX)
    throw new Fault('too_large', 'The workbook has too many sheets.', { rule: 'import.sheets', limit: SHEETS_MAX })
  const heads = await readHeads(reader, table)
  const sheets = await proposeRemembered(reader, heads)
  const isTable = sheets.some(
    (sheet) => sheet.heading.row > 0 && sheet.columns.length > 0 && (sheet.rows ?? 0) > sheet.heading.rows.length,
  )
  if (!isTable)
    throw new Fault('unreadable', 'No table was found in the file.', {
      rule: 'import.no_table',
      tip: 'A table has a row with the names of its columns and rows of data below it.',
    })
  const reading: Reading = {
    ...EMPTY,
    file: table.kind,
    encoding: table.encoding ?? null,
    delimiter: table.delimiter ?? null,
    sheets,
    notes: table.notes.map((note) => ({ ...note })),
  }
  const mapping = templateMapping(heads)
  return mapping ? { kind: 'template', reading, mapping, files } : { kind: 'table', reading, files }
}

/** The beginning of each sheet, and how many rows it has: a file beyond its bounds is refused before anything is staged. */
async function readHeads({ progress, signal }: Reader, table: TableFile): Promise<SheetHead[]> {
  const heads: SheetHead[] = []
  let all = 0
  for (const sheet of table.sheets) {
    const rows: Row[] = []
    let count = 0
    for await (const row of sheet.rows()) {
      if (rows.length < UNDERSTOOD_ROWS_MAX) rows.push(row)
      count += 1
      if (++all > TABLE_ROWS_MAX)
        throw new Fault('too_large', 'The file has too many rows.', { rule: 'file.rows', limit: TABLE_ROWS_MAX })
      if (all % TOLD_EVERY_ROWS === 0) {
        progress('reading', all)
        if (signal.aborted) throw new Fault('cancelled', 'The import was stopped.', { rule: 'import.stopped' })
      }
    }
    heads.push({ index: sheet.index, name: sheet.name, rows, count })
  }
  progress('reading', all, all)
  return heads
}

/** The beginning of one sheet, for a person who tries another heading row. */
export async function readHead(sheet: Sheet): Promise<SheetHead> {
  const rows: Row[] = []
  for await (const row of sheet.rows()) {
    rows.push(row)
    if (rows.length >= UNDERSTOOD_ROWS_MAX) break
  }
  return { index: sheet.index, name: sheet.name, rows, count: null }
}

/** Understands the sheets; where a person mapped such a heading before, that mapping is proposed. */
async function proposeRemembered({ world, caller }: Reader, heads: readonly SheetHead[]): Promise<SheetReading[]> {
  const candidates = heads.map((head) => signaturesIn(head.rows))
  const asked = candidates.flatMap((found) => [...found.keys()])
  const known = await readAs(world.database, caller, (tx) => rememberedMappings(tx, caller.zoneId, asked))
  return heads.map((head, at) => {
    for (const [signature, heading] of candidates[at]!) {
      const mapping = known.get(signature) as RememberedMapping | undefined
      if (mapping) return remembered(head, heading.row, mapping)
    }
    return understandSheet(head)
  })
}

function remembered(head: SheetHead, heading: number, { subject, columns }: RememberedMapping): SheetReading {
  const reading = understandSheet(head, { heading, subject })
  const fields = new Map(columns.map((each) => [each.column, each]))
  return {
    ...reading,
    remembered: true,
    confidence: 1,
    columns: reading.columns.map((column) => {
      const field = fields.get(column.column)?.field ?? null
      return { ...column, field, confidence: 1, reason: 'mapped so before', notKept: field ? null : column.notKept }
    }),
  }
}
