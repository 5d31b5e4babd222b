import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { Fault } from '#kit/fault.ts'
import { type Dialect, findDialect } from './delimiter.ts'
import { decodeStream, detectEncoding } from './encoding.ts'
import { bytesOf, countBytes, fileFault, sizeOf, stopIfTold } from './source.ts'
import type { Encoding, FileNote, FileSource, ReadOptions, Row, TableFile } from './types.ts'

export const ROWS_MAX = 1_000_000
export const COLUMNS_MAX = 500
export const FIELD_CHARACTERS_MAX = 100_000
const RECORD_CHARACTERS_MAX = 2_000_000
const SAMPLE_CHARACTERS = 1 << 17

/** One record of a text file: the physical line it begins on, and its fields as written. */
export interface TextRecord {
  readonly number: number
  readonly cells: readonly string[]
}

export interface TextBounds {
  readonly rowsMax?: number
  readonly signal?: AbortSignal
}

/** Opens a CSV: encoding and delimiter are found from its bytes. Rows stream; each reading starts afresh. */
export async function readCsv(source: FileSource, options: ReadOptions = {}): Promise<TableFile> {
  const encoding = await detectEncoding(source)
  const dialect = await dialectOf(source, encoding)
  const notes: FileNote[] = []
  const sheet = {
    name: (options.name ?? 'table').replace(/\.[A-Za-z]{1,5}$/, ''),
    index: 0,
    bytes: await sizeOf(source),
    rows: () => csvRows(source, encoding, dialect, notes, options),
  }
  return { kind: 'csv', encoding, delimiter: dialect.delimiter, sheets: [sheet], notes }
}

async function dialectOf(source: FileSource, encoding: Encoding): Promise<Dialect> {
  let sample = ''
  let complete = true
  for await (const piece of decodeStream(bytesOf(source), encoding)) {
    sample += piece
    if (sample.length < SAMPLE_CHARACTERS) continue
    complete = false
    break
  }
  return findDialect(sample, complete)
}

async function* csvRows(
  source: FileSource,
  encoding: Encoding,
  dialect: Dialect,
  notes: FileNote[],
  options: ReadOptions,
): AsyncGenerator<Row> {
  const widths = new RaggedRows()
  const bounds = options.signal ? { signal: options.signal } : {}
  for await (const record of textRecords(countBytes(bytesOf(source), options.onBytes), encoding, dialect, bounds)) {
    if (dialect.stated && record.number === 1) continue
    widths.see(record)
    yield { number: record.number, cells: record.cells.map((field) => (field === '' ? null : field)) }
  }
  widths.report(notes)
}

/**
 * The records of a text. Throws Fault('too_large') beyond the bounds on rows, columns and field size, and
 * Fault('unreadable') with rule `file.unclosed_quote` and the line where a quote never closes.
 */
export async function* textRecords(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  dialect: Pick<Dialect, 'delimiter' | 'quoted'>,
  bounds: TextBounds = {},
): AsyncGenerator<TextRecord> {
  const rowsMax = bounds.rowsMax ?? ROWS_MAX
  const text = Readable.from(boundLines(decodeStream(bytes, encoding)), { objectMode: true })
  const parser = parse({
    delimiter: dialect.delimiter,
    quote: dialect.quoted ? '"' : null,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: RECORD_CHARACTERS_MAX,
  })
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let rows = 0
  let line = 1
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const number = line
      line += 1 + newlinesIn(record)
      if (record.length === 1 && record[0] === '') continue
      if (++rows > rowsMax) throw fileFault('too_large', 'file.rows', 'The file has too many rows.', { limit: rowsMax })
      if (rows % 1024 === 0) stopIfTold(bounds.signal)
      yield { number, cells: checkRecord(record, number) }
    }
  } catch (error) {
    throw asFault(error, line)
  } finally {
    text.destroy()
    parser.destroy()
  }
}

/** The parser bounds what fields hold, not how many there are; a line without end would be a row without end. */
async function* boundLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let length = 0
  for await (const piece of pieces) {
    const newline = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('\r'))
    length = newline < 0 ? length + piece.length : piece.length - newline
    if (length > RECORD_CHARACTERS_MAX)
      throw fileFault('too_large', 'file.field_size', 'A line of the file is too long.', {
        limit: RECORD_CHARACTERS_MAX,
      })
    yield piece
  }
}

/** Lines that a record takes beyond its first, since quoted fields may hold newlines. */
function newlinesIn(record: readonly string[]): number {
  let count = 0
  for (const field of record)
    if (field.includes('\n') || field.includes('\r')) count += field.match(/\r\n|\r|\n/g)?.length ?? 0
  return count
}

function checkRecord(record: string[], line: number): string[] {
  if (record.length > COLUMNS_MAX && record.findLastIndex((field) => field !== '') >= COLUMNS_MAX)
    throw fileFault('too_large', 'file.columns', `Line ${line} has ${record.length} columns.`, { limit: COLUMNS_MAX })
  for (const field of record)
    if (field.length > FIELD_CHARACTERS_MAX)
      throw fileFault('too_large', 'file.field_size', `A field on line ${line} is too long.`, {
        limit: FIELD_CHARACTERS_MAX,
      })
  return record.length > COLUMNS_MAX ? record.slice(0, COLUMNS_MAX) : record
}

function asFault(error: unknown, line: number): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const code = (error as CsvError).code
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return fileFault('unreadable', 'file.unclosed_quote', `A quote opened on or after line ${line} never closes.`, {
      now: { line },
      tip: 'Close or remove the stray quote, or save the file as .xlsx.',
    })
  if (code === 'CSV_MAX_RECORD_SIZE')
    return fileFault('too_large', 'file.field_size', `The record that begins on line ${line} is too long.`, {
      limit: RECORD_CHARACTERS_MAX,
      tip: 'A quote that never closes is the usual cause.',
    })
  return error
}

/** Counts rows that are longer than the row they should follow, or shorter; reported once a reading ends. */
class RaggedRows {
  private readonly byWidth = new Map<number, { count: number; row: number }>()

  see(record: TextRecord): void {
    const known = this.byWidth.get(record.cells.length)
    if (known) known.count++
    else this.byWidth.set(record.cells.length, { count: 1, row: record.number })
  }

  report(notes: FileNote[]): void {
    const widths = [...this.byWidth.values()].toSorted((a, b) => b.count - a.count)
    const ragged = widths.slice(1)
    if (ragged.length === 0 || notes.some((each) => each.note === 'ragged_rows')) return
    const count = ragged.reduce((sum, each) => sum + each.count, 0)
    notes.push({ note: 'ragged_rows', count, row: Math.min(...ragged.map((each) => each.row)) })
  }
}
