import { sniffFile } from '../../files/sniff.ts'
import { headOf } from '../../files/source.ts'
import type { FileKind } from '../../files/types.ts'

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const BINARY = 'application/octet-stream'

/** What may be said of a file, by its bytes. Whatever a browser could run as a page is called plain bytes. */
const MEDIA_TYPES: Readonly<Partial<Record<FileKind, string>>> = {
  pdf: 'application/pdf',
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  docx: `${OFFICE}.wordprocessingml.document`,
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  zip: 'application/zip',
  gzip: 'application/gzip',
  text: 'text/plain',
}

const IMAGES: readonly [readonly number[], string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 'image/png'],
  [[0xff, 0xd8, 0xff], 'image/jpeg'],
  [[0x47, 0x49, 0x46, 0x38], 'image/gif'],
]

/** The media type of a kept file, by its bytes alone; its name is not asked. */
export async function mediaTypeOf(path: string): Promise<string> {
  const kind = await sniffFile(path)
  if (kind !== 'image') return MEDIA_TYPES[kind] ?? BINARY
  const head = await headOf(path, 4)
  return IMAGES.find(([bytes]) => bytes.every((byte, at) => head[at] === byte))?.[1] ?? BINARY
}
