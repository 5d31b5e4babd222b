import type { Row } from '#engines/tables/types.ts'

export type { Cell, Row, Span } from '#engines/tables/types.ts'

/** A file as it was handed over: where it lies, or its bytes. */
export type FileSource = string | Uint8Array

/** What a file is by its bytes. */
export type FileKind =
  | 'xlsx'
  | 'xlsb'
  | 'ods'
  | 'docx'
  | 'zip'
  | 'ole2'
  | 'encrypted_office'
  | 'pdf'
  | 'image'
  | 'gzip'
  | 'html'
  | 'xml'
  | 'text'
  | 'empty'
  | 'unknown'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'shift_jis' | 'windows-1252'

export type Delimiter = ',' | ';' | '\t' | '|'

/** Something a person should know about how a file was read, by a stable key. */
export interface FileNote {
  readonly note: FileNoteKey
  readonly sheet?: string
  /** How often, or which figure it is about. */
  readonly count?: number
  /** The first row it was met in. */
  readonly row?: number
}

export const FILE_NOTES = ['hidden_sheet_skipped', 'chart_sheet_skipped', 'hidden_rows_read', 'ragged_rows'] as const
export type FileNoteKey = (typeof FILE_NOTES)[number]

/** One sheet of a workbook, or the whole of a CSV. */
export interface Sheet {
  readonly name: string
  /** Where it stands in the file, from 0. */
  readonly index: number
  /** Of the sheet as it lies unpacked, as far as stated; `onBytes` counts towards it. */
  readonly bytes: number
  /** A fresh reading from the top each time it is called; leaving the loop early lets go of the file. */
  rows(): AsyncIterable<Row>
}

/** A file of tables. Nothing but its directory (and a workbook's shared texts) is held in memory. */
export interface TableFile {
  readonly kind: 'xlsx' | 'csv'
  /** Of a CSV. */
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  /** Visible sheets in the workbook's order; hidden ones are named in `notes`. */
  readonly sheets: readonly Sheet[]
  /** Grows while rows are read: ragged rows are known only then. */
  readonly notes: readonly FileNote[]
}

export interface ReadOptions {
  /** The name it was handed over under; its ending must agree with its bytes. */
  readonly name?: string
  /** Stops the reading: the next row throws Fault('cancelled'). */
  readonly signal?: AbortSignal
  /** Hears of every piece of a sheet's rows that is read, so that progress has a figure. */
  readonly onBytes?: (bytes: number) => void
}

/** The rules a file can be refused by, as `details.rule` of a Fault. */
export const FILE_RULES = [
  'file.not_there',
  'file.empty',
  'file.old_excel',
  'file.not_what_it_says',
  'file.not_a_table',
  'file.not_a_zip',
  'file.not_a_workbook',
  'file.damaged',
  'file.encrypted',
  'file.climbing_path',
  'file.packed_size',
  'file.unpacked_size',
  'file.entries',
  'file.ratio',
  'file.overlap',
  'file.compression',
  'file.encoding',
  'file.unclosed_quote',
  'file.rows',
  'file.columns',
  'file.field_size',
  'file.shared_texts',
  'file.doctype',
  'file.missing_part',
  'file.missing_column',
  'file.cancelled',
] as const
export type FileRule = (typeof FILE_RULES)[number]
