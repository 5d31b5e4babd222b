import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a zip as a test wants it, lies included. */
export interface ForgedEntry {
  readonly path: string
  readonly data: Uint8Array
  readonly stored?: boolean
  /** What the directory states in place of the truth. */
  readonly statedBytes?: number
  readonly flags?: number
  readonly method?: number
  readonly checksum?: number
  /** Lies over the entry of that place in the list in place of having bytes of its own. */
  readonly sameAs?: number
}

/** A zip written by hand, so that it can say what no honest program would. */
export function forgeZip(entries: readonly ForgedEntry[]): Buffer {
  const pieces: Buffer[] = []
  const places: { offset: number; packed: Buffer }[] = []
  let offset = 0
  for (const entry of entries) {
    const packed = entry.stored ? Buffer.from(entry.data) : deflateRawSync(entry.data)
    const shared = entry.sameAs === undefined ? undefined : places[entry.sameAs]
    places.push(shared ?? { offset, packed })
    if (shared) continue
    const local = header(entry, packed, 30)
    pieces.push(local, packed)
    offset += local.length + packed.length
  }
  const directory = entries.map((entry, at) => header(entry, places[at]!.packed, 46, places[at]!.offset))
  const bytes = directory.reduce((sum, each) => sum + each.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, ...directory, end])
}

/** A local header (30 bytes) or a header of the directory (46 bytes), which has the same fields two bytes further on. */
function header(entry: ForgedEntry, packed: Buffer, size: 30 | 46, offset = 0): Buffer {
  const name = Buffer.from(entry.path, 'utf8')
  const bytes = Buffer.alloc(size)
  const shift = size === 46 ? 2 : 0
  bytes.writeUInt32LE(size === 46 ? 0x02014b50 : 0x04034b50, 0)
  if (size === 46) bytes.writeUInt16LE(20, 4)
  bytes.writeUInt16LE(20, 4 + shift)
  bytes.writeUInt16LE((entry.flags ?? 0) | 0x800, 6 + shift)
  bytes.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 8 + shift)
  bytes.writeUInt32LE(entry.checksum ?? crc32(entry.data), 14 + shift)
  bytes.writeUInt32LE(packed.length, 18 + shift)
  bytes.writeUInt32LE(entry.statedBytes ?? entry.data.length, 22 + shift)
  bytes.writeUInt16LE(name.length, 26 + shift)
  if (size === 46) bytes.writeUInt32LE(offset, 42)
  return Buffer.concat([bytes, name])
}
