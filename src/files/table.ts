import { readCsv } from './csv.ts'
import { sniffTable } from './sniff.ts'
import { fileFault, sizeOf } from './source.ts'
import type { FileSource, ReadOptions, TableFile } from './types.ts'
import { readWorkbook } from './workbook.ts'
import { PACKED_BYTES_MAX } from './zip.ts'

/**
 * Opens any XLSX or CSV by its bytes. Refusals are Faults: 'unsupported_file' for what is no table or not what its name
 * says, 'unreadable' for damage and broken encodings, 'too_large' beyond a bound. Rows are read by `sheets[i].rows()`.
 */
export async function readTable(source: FileSource, options: ReadOptions = {}): Promise<TableFile> {
  const bytes = await sizeOf(source)
  if (bytes > PACKED_BYTES_MAX)
    throw fileFault('too_large', 'file.packed_size', `The file has ${bytes} bytes.`, { limit: PACKED_BYTES_MAX })
  const name = options.name ?? (typeof source === 'string' ? source.replace(/^.*[/\\]/, '') : undefined)
  const known = name === undefined ? options : { ...options, name }
  return (await sniffTable(source, name)) === 'xlsx' ? readWorkbook(source, known) : readCsv(source, known)
}
