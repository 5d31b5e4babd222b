import { assert } from '#kit/assert.ts'
import { Fault } from '#kit/fault.ts'

/** A tar archive is a row of blocks: for each file a header, its bytes, and zeros up to the next whole block. */
export const BLOCK_BYTES = 512
const NAME_BYTES_MAX = 100
/** Eleven octal digits. */
const FILE_BYTES_MAX = 8 ** 11 - 1
const MODE = '0000600'
const CHECKSUM_AT = 148
const CHECKSUM_BYTES = 8
const REGULAR = '0'

export interface TarHeader {
  name: string
  bytes: number
}

/** The header of a plain file in the ustar form, which every tar reads. */
export function packHeader({ name, bytes }: TarHeader, at: Date): Buffer {
  assert(Buffer.byteLength(name) <= NAME_BYTES_MAX, `${name} fits into a tar header.`)
  assert(bytes <= FILE_BYTES_MAX, `${name} is small enough for a tar header.`)
  const header = Buffer.alloc(BLOCK_BYTES)
  const fields: readonly [at: number, text: string][] = [
    [0, name],
    [100, `${MODE}\0`],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${bytes.toString(8).padStart(11, '0')} `],
    [
      136,
      `${Math.floor(at.getTime() / 1000)
        .toString(8)
        .padStart(11, '0')} `,
    ],
    [CHECKSUM_AT, ' '.repeat(CHECKSUM_BYTES)],
    [156, REGULAR],
    [257, 'ustar\u000000'],
  ]
  for (const [start, text] of fields) header.write(text, start, 'latin1')
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT, 'latin1')
  return header
}

/** What a header says, or nothing for the block of zeros at the end. Throws `unreadable` where it is no header. */
export function unpackHeader(header: Buffer): TarHeader | undefined {
  if (header.every((byte) => byte === 0)) return undefined
  const plain = Buffer.from(header)
  plain.fill(' ', CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES)
  const bytes = octal(header.subarray(124, 136))
  const kind = header.toString('latin1', 156, 157)
  if (octal(header.subarray(CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES)) !== sumOf(plain) || kind !== REGULAR)
    throw new Fault('unreadable', 'This is not an archive that `consortia backup` wrote.', { rule: 'backup.archive' })
  return { name: header.toString('latin1', 0, NAME_BYTES_MAX).split('\0', 1)[0]!, bytes }
}

/** The zeros that fill up a file's last block. */
export function padding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES)
}

const octal = (field: Buffer) => Number.parseInt(field.toString('latin1').replaceAll('\0', ' ').trim() || '0', 8)

function sumOf(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0)
}
