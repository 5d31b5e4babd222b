import { type Readable, Transform } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { Fault } from '#kit/fault.ts'
import { fileFault, sizeOf } from './source.ts'
import type { FileSource } from './types.ts'

const MEGABYTE = 1024 * 1024

/** Bounds of every zip. */
export const PACKED_BYTES_MAX = 200 * MEGABYTE
export const ENTRIES_MAX = 10_000
/** Unpacked bytes, by what the zip holds. */
export const CORDIS_UNPACKED_BYTES_MAX = 2048 * MEGABYTE
export const WORKBOOK_UNPACKED_BYTES_MAX = 500 * MEGABYTE
/** How far one entry may grow as it inflates; small entries are let through, since they can do no harm. */
export const UNPACKED_TO_PACKED_RATIO_MAX = 300
export const RATIO_FREE_BYTES = 32 * MEGABYTE

const LOCAL_HEADER_BYTES = 30
const STORED = 0

export interface ZipBounds {
  readonly unpackedBytesMax: number
  readonly packedBytesMax?: number
  readonly entriesMax?: number
}

export interface ZipEntry {
  /** Relative, with `/` between its parts. */
  readonly path: string
  readonly packedBytes: number
  /** As the directory states it: never trusted further than to refuse early. */
  readonly statedBytes: number
}

export interface Zip {
  /** Files only, in the directory's order. */
  readonly entries: readonly ZipEntry[]
  /** The entry's bytes. What goes wrong while it inflates is thrown by the stream as a Fault. */
  open(path: string): Promise<Readable>
  close(): void
}

/**
 * Opens a zip and checks its whole directory. Refusals: packed or unpacked size, number of entries, ratio, overlapping
 * entries, paths that climb out, encryption, unknown compression, damage. Unpacked bytes are counted as they inflate.
 */
export async function openZip(source: FileSource, bounds: ZipBounds): Promise<Zip> {
  const packedMax = bounds.packedBytesMax ?? PACKED_BYTES_MAX
  const packed = await sizeOf(source)
  if (packed > packedMax) throw tooLarge('file.packed_size', `The file has ${packed} bytes.`, packedMax)
  const archive = await openArchive(source)
  try {
    const found = await readDirectory(archive, bounds)
    return zipOver(archive, found, bounds.unpackedBytesMax)
  } catch (error) {
    archive.close()
    throw asFault(error)
  }
}

async function openArchive(source: FileSource): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true }
  try {
    if (typeof source === 'string') return await yauzl.openPromise(source, options)
    return await yauzl.fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options)
  } catch (error) {
    throw asFault(error)
  }
}

async function readDirectory(archive: yauzl.ZipFile, bounds: ZipBounds): Promise<Map<string, yauzl.Entry>> {
  const entriesMax = bounds.entriesMax ?? ENTRIES_MAX
  if (archive.entryCount > entriesMax)
    throw tooLarge('file.entries', `The zip lists ${archive.entryCount} entries.`, entriesMax)
  const found = new Map<string, yauzl.Entry>()
  const all: yauzl.Entry[] = []
  let stated = 0
  for await (const entry of archive.eachEntry()) {
    checkEntry(entry)
    all.push(entry)
    if (all.length > entriesMax) throw tooLarge('file.entries', 'The zip lists too many entries.', entriesMax)
    stated += entry.uncompressedSize
    if (stated > bounds.unpackedBytesMax)
      throw tooLarge('file.unpacked_size', 'The zip unpacks to more than may be read.', bounds.unpackedBytesMax)
    if (entry.fileName.endsWith('/')) continue
    if (found.has(entry.fileName)) throw damaged(`The zip holds ${entry.fileName} twice.`)
    found.set(entry.fileName, entry)
  }
  checkOverlap(all)
  return found
}

function checkEntry(entry: yauzl.Entry): void {
  if (entry.fileName.includes('\0')) throw climbing(entry.fileName)
  if (entry.isEncrypted()) throw encrypted()
  if (!entry.canDecodeFileData())
    throw fileFault('unsupported_file', 'file.compression', `${entry.fileName} is packed by an unknown method.`, {
      limit: entry.compressionMethod,
      tip: 'Pack it again as an ordinary zip.',
    })
  const bombs =
    entry.uncompressedSize > RATIO_FREE_BYTES &&
    entry.uncompressedSize > entry.compressedSize * UNPACKED_TO_PACKED_RATIO_MAX
  if (bombs) throw ratioFault(entry.fileName)
}

/** Entries that share bytes are how a small file unpacks to a huge one without any single entry looking odd. */
function checkOverlap(entries: readonly yauzl.Entry[]): void {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let end = 0
  for (const entry of sorted) {
    if (entry.relativeOffsetOfLocalHeader < end)
      throw fileFault('unreadable', 'file.overlap', 'Entries of the zip lie over one another.')
    end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize
  }
}

function zipOver(archive: yauzl.ZipFile, found: ReadonlyMap<string, yauzl.Entry>, unpackedBytesMax: number): Zip {
  const counted = new Map<string, number>()
  let total = 0
  const count = (path: string, bytes: number): void => {
    const before = counted.get(path) ?? 0
    if (bytes <= before) return
    counted.set(path, bytes)
    total += bytes - before
    if (total > unpackedBytesMax)
      throw tooLarge('file.unpacked_size', 'The zip unpacks to more than may be read.', unpackedBytesMax)
  }
  return {
    entries: [...found.values()].map((entry) => ({
      path: entry.fileName,
      packedBytes: entry.compressedSize,
      statedBytes: entry.uncompressedSize,
    })),
    open: async (path) => {
      const entry = found.get(path)
      if (!entry) throw fileFault('unreadable', 'file.missing_part', `The zip holds no ${path}.`)
      const inflated = await archive.openReadStreamPromise(entry).catch((error: unknown) => {
        throw asFault(error)
      })
      return guarded(inflated, entry, count)
    },
    close: () => archive.close(),
  }
}

/** Counts and checks the bytes as they come, so that neither a size nor a checksum has to be believed. */
function guarded(inflated: Readable, entry: yauzl.Entry, count: (path: string, bytes: number) => void): Readable {
  let bytes = 0
  let sum = 0
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        bytes += chunk.length
        sum = crc32(chunk, sum)
        count(entry.fileName, bytes)
        const grew = entry.compressionMethod !== STORED && bytes > entry.compressedSize * UNPACKED_TO_PACKED_RATIO_MAX
        if (bytes > RATIO_FREE_BYTES && grew) throw ratioFault(entry.fileName)
        done(null, chunk)
      } catch (error) {
        done(asFault(error))
      }
    },
    flush(done) {
      done(sum === entry.crc32 ? null : damaged(`${entry.fileName} does not agree with its checksum.`))
    },
  })
  inflated.on('error', (error) => guard.destroy(asFault(error)))
  guard.on('close', () => inflated.destroy())
  return inflated.pipe(guard)
}

function asFault(error: unknown): Error {
  if (error instanceof Fault) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/absolute path|invalid relative path|invalid characters in fileName/.test(message)) return climbing(message)
  if (/strong encryption/.test(message)) return encrypted()
  if (/too many bytes in the stream/.test(message))
    return fileFault('unreadable', 'file.unpacked_size', 'An entry of the zip unpacks to more than the zip states.')
  return damaged('The zip is damaged or cut short.', error)
}

function climbing(what: string): Fault {
  return fileFault('unreadable', 'file.climbing_path', `The zip holds a path that leaves its folder: ${what}`, {
    tip: 'Pack the files again by an ordinary program.',
  })
}

function encrypted(): Fault {
  return fileFault('unsupported_file', 'file.encrypted', 'The zip is protected by a password.', {
    tip: 'Unpack it and hand over the files, or pack them again without a password.',
  })
}

function ratioFault(path: string): Fault {
  return tooLarge('file.ratio', `${path} grows far beyond its packed size.`, UNPACKED_TO_PACKED_RATIO_MAX)
}

function damaged(message: string, cause?: unknown): Fault {
  const details = { rule: 'file.damaged', tip: 'Download or save the file again.' }
  return new Fault('unreadable', message, details, cause === undefined ? {} : { cause })
}

function tooLarge(
  rule: 'file.packed_size' | 'file.unpacked_size' | 'file.entries' | 'file.ratio',
  message: string,
  limit: number,
): Fault {
  return fileFault('too_large', rule, message, { limit })
}
