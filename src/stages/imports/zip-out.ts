import { crc32, deflateRawSync } from 'node:zlib'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const DEFLATED = 8
const VERSION = 20
/** Names are UTF-8. */
const FLAGS = 0x0800
/** 1 January 1980, the first day that a zip knows. */
const DAY = 0x21

/** Small files as one zip (APPNOTE 6.3.3, deflated, without ZIP64). */
export function writeZip(files: readonly { name: string; bytes: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes)
    const label = Buffer.from(name, 'utf8')
    const fields = fieldsOf(bytes, packed.length, label.length)
    const local = Buffer.concat([uint32(LOCAL), fields, uint16(0), label])
    directory.push(
      Buffer.concat([
        uint32(CENTRAL),
        uint16(VERSION),
        fields,
        uint16(0),
        uint16(0),
        uint16(0),
        uint16(0),
        uint32(0),
        uint32(offset),
        label,
      ]),
    )
    parts.push(local, packed)
    offset += local.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = [
    uint32(END),
    uint16(0),
    uint16(0),
    uint16(files.length),
    uint16(files.length),
    uint32(central.length),
    uint32(offset),
    uint16(0),
  ]
  return new Uint8Array(Buffer.concat([...parts, central, ...end]))
}

/** What a local header and a directory entry share, up to the length of the name. */
function fieldsOf(bytes: Uint8Array, packed: number, label: number): Buffer {
  return Buffer.concat([
    uint16(VERSION),
    uint16(FLAGS),
    uint16(DEFLATED),
    uint16(0),
    uint16(DAY),
    uint32(crc32(bytes)),
    uint32(packed),
    uint32(bytes.length),
    uint16(label),
  ])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
