import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import {
  type CordisOrganisation,
  type CordisProject,
  type CordisRead,
  type CordisTag,
  type CordisTopic,
  readOrganisation,
  readProject,
  readTag,
  readTopic,
} from './cordis-rows.ts'
import { textRecords } from './csv.ts'
import { findDialect } from './delimiter.ts'
import { decodeStream, detectEncodingOf } from './encoding.ts'
import { bytesOf, countBytes, fileFault, sizeOf } from './source.ts'
import { CORDIS_UNPACKED_BYTES_MAX, openZip, type Zip } from './zip.ts'

/** Where a CORDIS download lies: its zip, a folder with its files, or the files one by one. */
export type CordisSource =
  | string
  | { readonly project: string; readonly organization: string; readonly topics?: string; readonly euroSciVoc?: string }

export const CORDIS_ROWS_MAX = 5_000_000
const SAMPLE_CHARACTERS = 1 << 16
const SAMPLE_BYTES = 1 << 22

const PARTS = ['project', 'organization', 'topics', 'euroSciVoc'] as const
export type CordisPart = (typeof PARTS)[number]

/** The columns without which a file can't be understood; all others may be missing. */
const REQUIRED: Readonly<Record<CordisPart, readonly string[]>> = {
  project: ['id', 'rcn'],
  organization: ['projectID', 'organisationID'],
  topics: ['projectID', 'topic'],
  euroSciVoc: ['projectID', 'euroSciVocCode'],
}

/** An opened download. Each reading streams from the beginning; `close` lets go of the zip. */
export interface CordisDownload {
  /** Which files were found, by the name they have in the download. */
  readonly files: Readonly<Partial<Record<CordisPart, string>>>
  /** Unpacked bytes of these files, as far as they are stated. */
  readonly bytes: number
  projects(signal?: AbortSignal): AsyncIterable<CordisRead<CordisProject>>
  organisations(signal?: AbortSignal): AsyncIterable<CordisRead<CordisOrganisation>>
  topics(signal?: AbortSignal): AsyncIterable<CordisRead<CordisTopic>>
  euroSciVoc(signal?: AbortSignal): AsyncIterable<CordisRead<CordisTag>>
  close(): void
}

type Opener = () => Promise<Readable>

export interface CordisOptions {
  /** Hears of every piece that is read, so that progress has a figure. */
  readonly onBytes?: (bytes: number) => void
}

/**
 * Opens the official bulk download of CORDIS, wherever its files lie in a zip or folder. Throws Fault('unreadable') with
 * rule `file.missing_part` where project.csv or organization.csv is missing, and with `file.missing_column`, naming it,
 * where one lacks a column that it can't be read without; and every refusal of a zip.
 */
export async function openCordis(source: CordisSource, options: CordisOptions = {}): Promise<CordisDownload> {
  const { found, close } = await findParts(source)
  try {
    for (const part of ['project', 'organization'] as const)
      if (!found.has(part))
        throw fileFault('unreadable', 'file.missing_part', `The download holds no ${part}.csv.`, {
          limit: `${part}.csv`,
          tip: 'Hand over the zip as it was downloaded from CORDIS.',
        })
    const tables = new Map<CordisPart, Table>()
    for (const [part, place] of found) tables.set(part, await openPart(part, place.name, place.open))
    return downloadOf(found, tables, close, options)
  } catch (error) {
    close()
    throw error
  }
}

function downloadOf(
  found: ReadonlyMap<CordisPart, Place>,
  tables: ReadonlyMap<CordisPart, Table>,
  close: () => void,
  { onBytes }: CordisOptions,
): CordisDownload {
  return {
    files: Object.fromEntries([...found].map(([part, { name }]) => [part, name])),
    bytes: [...found.values()].reduce((sum, place) => sum + place.bytes, 0),
    projects: (signal) => readPart(tables.get('project'), readProject, signal, onBytes),
    organisations: (signal) => readPart(tables.get('organization'), readOrganisation, signal, onBytes),
    topics: (signal) => readPart(tables.get('topics'), readTopic, signal, onBytes),
    euroSciVoc: (signal) => readPart(tables.get('euroSciVoc'), readTag, signal, onBytes),
    close,
  }
}

interface Place {
  readonly name: string
  readonly bytes: number
  readonly open: Opener
}

interface Found {
  readonly found: Map<CordisPart, Place>
  readonly close: () => void
}

async function findParts(source: CordisSource): Promise<Found> {
  if (typeof source !== 'string') return partsOfFiles(source)
  const place = await stat(source).catch(() => null)
  if (place?.isDirectory()) return partsOfFolder(source)
  const zip = await openZip(source, { unpackedBytesMax: CORDIS_UNPACKED_BYTES_MAX })
  return { found: partsOfZip(zip), close: () => zip.close() }
}

function partsOfZip(zip: Zip): Found['found'] {
  const found: Found['found'] = new Map()
  const byDepth = zip.entries.toSorted((a, b) => depthOf(a.path) - depthOf(b.path) || (a.path < b.path ? -1 : 1))
  for (const { path, statedBytes } of byDepth) {
    const part = partNamed(path)
    if (part && !path.startsWith('__MACOSX/') && !found.has(part))
      found.set(part, { name: path, bytes: statedBytes, open: () => zip.open(path) })
  }
  return found
}

async function partsOfFolder(folder: string): Promise<Found> {
  const found: Found['found'] = new Map()
  const names = await readdir(folder, { recursive: true })
  for (const name of names.toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))) {
    const part = partNamed(name)
    const path = join(folder, name)
    if (part && !found.has(part)) found.set(part, { name, bytes: await sizeOf(path), open: async () => bytesOf(path) })
  }
  return { found, close: () => {} }
}

async function partsOfFiles(source: Exclude<CordisSource, string>): Promise<Found> {
  const found: Found['found'] = new Map()
  for (const part of PARTS) {
    const path = source[part]
    if (path === undefined) continue
    found.set(part, { name: basename(path), bytes: await sizeOf(path), open: async () => bytesOf(path) })
  }
  return { found, close: () => {} }
}

function depthOf(path: string): number {
  return path.split(/[/\\]/).length
}

function partNamed(path: string): CordisPart | null {
  const name = path.replace(/^.*[/\\]/, '').toLowerCase()
  const stem = /^(.*)\.csv$/.exec(name)?.[1]
  const known = stem === 'organisation' ? 'organization' : stem
  return PARTS.find((part) => part.toLowerCase() === known) ?? null
}

/** A file whose heading was read. */
interface Table {
  readonly file: string
  readonly open: Opener
  readonly encoding: Awaited<ReturnType<typeof detectEncodingOf>>
  readonly dialect: ReturnType<typeof findDialect>
  /** As written, in their order. */
  readonly names: readonly string[]
  /** Where a column stands, by its folded name. */
  readonly columns: ReadonlyMap<string, number>
}

async function openPart(part: CordisPart, file: string, open: Opener): Promise<Table> {
  const encoding = await detectEncodingOf(open, SAMPLE_BYTES)
  const dialect = await sampleDialect(open, encoding)
  for await (const record of textRecords(await open(), encoding, dialect)) {
    const columns = new Map(record.cells.map((name, at) => [foldColumn(name), at]))
    const missing = REQUIRED[part].find((name) => !columns.has(foldColumn(name)))
    if (missing) throw missingColumn(file, missing)
    return { file, open, encoding, dialect, names: record.cells, columns }
  }
  throw missingColumn(file, REQUIRED[part][0] ?? '')
}

function missingColumn(file: string, column: string): Error {
  return fileFault('unreadable', 'file.missing_column', `${file} has no column ${column}.`, { limit: column })
}

async function sampleDialect(open: Opener, encoding: Table['encoding']): Promise<Table['dialect']> {
  let sample = ''
  for await (const piece of decodeStream(await open(), encoding)) {
    sample += piece
    if (sample.length >= SAMPLE_CHARACTERS) return findDialect(sample, false)
  }
  return findDialect(sample, true)
}

function foldColumn(name: string): string {
  return name.trim().toLowerCase().replaceAll('organisation', 'organization')
}

async function* readPart<T>(
  table: Table | undefined,
  read: (field: (name: string) => string, file: string, line: number) => CordisRead<T>,
  signal: AbortSignal | undefined,
  onBytes: CordisOptions['onBytes'],
): AsyncGenerator<CordisRead<T>> {
  if (!table) return
  const { columns, file } = table
  const bounds = { rowsMax: CORDIS_ROWS_MAX, ...(signal ? { signal } : {}) }
  const places = new Map<string, number>()
  let cells: readonly string[] = []
  const field = (name: string): string => {
    const at = places.get(name) ?? columns.get(foldColumn(name)) ?? -1
    places.set(name, at)
    return at < 0 ? '' : (cells[at] ?? '')
  }
  let first = true
  const bytes = await table.open()
  for await (const record of textRecords(countBytes(bytes, onBytes), table.encoding, table.dialect, bounds)) {
    cells = record.cells
    if (!first) yield withCells(read(field, file, record.number), table.names, cells)
    first = false
  }
}

/** A refused row keeps what it said, by column, so that it can be mended. */
function withCells<T>(read: CordisRead<T>, names: readonly string[], cells: readonly string[]): CordisRead<T> {
  if (read.refusals === undefined) return read
  return { ...read, raw: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) }
}
