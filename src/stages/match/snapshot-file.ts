import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { readSnapshot, writeSnapshot } from '#engines/search/snapshot.ts'
import type { Mark } from './corpus.ts'
import type { UNUSABLE } from './model.ts'
import type { PreparedCorpus } from './prepared.ts'
import { type CorpusOrganisation, type CorpusText, keyOf, openBook } from './question.ts'

/**
 * A snapshot of a zone's registry as matching holds it: frames of a kind, a length, a checksum and so many bytes. The head
 * says what it is of; then come texts and organisations, so many a frame, the index, and an end without which it was cut.
 */
const FRAME_HEAD_BYTES = 16
const MAGIC = 0x5a4d_5343
const KINDS = { head: 1, organisations: 2, texts: 3, index: 4, end: 5 } as const
const RECORDS_A_FRAME = 500
/** A larger registry is read from its database. */
export const SNAPSHOT_BYTES_MAX = 2 ** 31 - 1

/** Why a snapshot cannot be used. */
export type Unusable = (typeof UNUSABLE)[number]

interface Head {
  /** What the code that read the texts was: an index made by another must not be asked. */
  made: string
  zoneId: string
  mark: Mark
}

export interface Loaded {
  mark: Mark
  prepared: PreparedCorpus
}

export const snapshotPath = (folder: string, zoneId: string) => join(folder, `${zoneId}.snapshot`)

/** Of which zones a folder holds a snapshot; what a write that was broken off has left is removed. */
export async function listSnapshots(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = await readdir(folder)
  for (const name of names) if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { force: true })
  return names
    .filter((name) => name.endsWith('.snapshot'))
    .map((name) => name.slice(0, -'.snapshot'.length))
    .sort()
}

const UNFINISHED = '.unfinished'

/**
 * Writes what is held of a zone beside the old snapshot and puts it in its place. Answers its bytes; null where it is too
 * large, or where `stillWanted` says no in the end: then nothing is left.
 */
export async function writeSnapshotFile(
  folder: string,
  head: Head,
  { book, index }: PreparedCorpus,
  stillWanted: () => boolean,
): Promise<number | null> {
  // The corpus moves on while this is written: all of it is taken at once, its records being never changed themselves.
  const [texts, organisations] = [book.texts.filter(({ id }) => id !== ''), [...book.organisations]]
  const indexBytes = writeSnapshot(index)
  const path = snapshotPath(folder, head.zoneId)
  const unfinished = `${path}.${process.pid}${UNFINISHED}`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(unfinished, 'w', 0o600)
  try {
    let bytes = await writeFrame(file, KINDS.head, asBytes(head))
    for (const [kind, records] of [
      [KINDS.organisations, organisations],
      [KINDS.texts, texts],
    ] as const)
      for (let from = 0; from < records.length; from += RECORDS_A_FRAME) {
        bytes += await writeFrame(file, kind, asBytes(records.slice(from, from + RECORDS_A_FRAME)))
        await nextTurn()
      }
    if (bytes + indexBytes.length > SNAPSHOT_BYTES_MAX) return null
    bytes += await writeFrame(file, KINDS.index, indexBytes)
    bytes += await writeFrame(file, KINDS.end, new Uint8Array(0))
    await file.sync()
    if (!stillWanted()) return null
    await rename(unfinished, path)
    return bytes
  } finally {
    await file.close()
    await rm(unfinished, { force: true })
  }
}

/**
 * Reads a zone's snapshot; null where there is none.
 * @throws UnusableSnapshot
 */
export async function readSnapshotFile(folder: string, wanted: Pick<Head, 'made' | 'zoneId'>): Promise<Loaded | null> {
  const file = await open(snapshotPath(folder, wanted.zoneId), 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new UnusableSnapshot('unreadable', { cause: error })
  })
  if (!file) return null
  try {
    return await readFrames(file, wanted)
  } finally {
    await file.close()
  }
}

async function readFrames(file: FileHandle, wanted: Pick<Head, 'made' | 'zoneId'>): Promise<Loaded> {
  const size = (await file.stat()).size
  const first = await readFrame(file, 0, size)
  if (first.kind !== KINDS.head) throw new UnusableSnapshot('foreign')
  const head = fromBytes(first.bytes) as Head
  if (head.made !== wanted.made) throw new UnusableSnapshot('version')
  if (head.zoneId !== wanted.zoneId) throw new UnusableSnapshot('zone')
  const texts: CorpusText[] = []
  const organisations: CorpusOrganisation[] = []
  let index: PreparedCorpus['index'] | undefined
  let at = first.end
  for (;;) {
    const { kind, bytes, end } = await readFrame(file, at, size)
    at = end
    if (kind === KINDS.end) break
    if (kind === KINDS.organisations) organisations.push(...(fromBytes(bytes) as CorpusOrganisation[]))
    else if (kind === KINDS.texts) texts.push(...(fromBytes(bytes) as CorpusText[]))
    else if (kind === KINDS.index) index = readIndex(bytes)
  }
  if (!index || index.documentsCount !== texts.length) throw new UnusableSnapshot('damaged')
  const places = new Map(texts.map((text, place) => [keyOf(text), place]))
  return { mark: head.mark, prepared: { book: openBook({ texts, organisations }), texts, index, places, learnt: null } }
}

async function writeFrame(file: FileHandle, kind: number, bytes: Uint8Array): Promise<number> {
  const head = new Uint32Array([MAGIC, kind, bytes.length, crc32(bytes)])
  await file.writeFile(new Uint8Array(head.buffer))
  await file.writeFile(bytes)
  return FRAME_HEAD_BYTES + bytes.length
}

async function readFrame(file: FileHandle, at: number, size: number) {
  if (at + FRAME_HEAD_BYTES > size) throw new UnusableSnapshot('cut')
  const [magic, kind, length, checksum] = new Uint32Array((await readBytes(file, at, FRAME_HEAD_BYTES)).buffer)
  if (magic !== MAGIC) throw new UnusableSnapshot(at === 0 ? 'foreign' : 'damaged')
  const end = at + FRAME_HEAD_BYTES + length!
  if (end > size) throw new UnusableSnapshot('cut')
  const bytes = await readBytes(file, at + FRAME_HEAD_BYTES, length!)
  if (crc32(bytes) !== checksum) throw new UnusableSnapshot('damaged')
  return { kind: kind!, bytes, end }
}

async function readBytes(file: FileHandle, at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(bytes, read, length - read, at + read)
    if (bytesRead === 0) throw new UnusableSnapshot('cut')
    read += bytesRead
  }
  return bytes
}

const asBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const fromBytes = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

/** Thrown where a snapshot cannot be used: the registry is read from its database instead. */
export class UnusableSnapshot extends Error {
  readonly why: Unusable

  constructor(why: Unusable, options?: ErrorOptions) {
    super(`The snapshot cannot be used: ${why}.`, options)
    this.why = why
  }
}

function readIndex(bytes: Uint8Array): PreparedCorpus['index'] {
  try {
    return readSnapshot(bytes)
  } catch (cause) {
    throw new UnusableSnapshot('damaged', { cause })
  }
}
