import { Fault } from '#kit/fault.ts'
import { type IndexScheme, SearchIndex } from './index.ts'
import type { Segment } from './segment.ts'

/**
 * A snapshot is one run of bytes: `MAGIC`, the version, the length of the whole, a checksum of all that follows it, the
 * length of the header, the header (JSON), then each array at a multiple of 8 bytes. Byte order is the machine's own.
 */
const MAGIC = 0x4958_4443
const SNAPSHOT_VERSION = 2
const [MAGIC_AT, VERSION_AT, BYTES_AT, CHECKSUM_AT, HEADER_BYTES_AT, HEADER_AT] = [0, 1, 2, 4, 6, 8] as const
const WORD_BYTES = 4
const ALIGNMENT_BYTES = 8

const KINDS = { Uint8Array, Uint16Array, Int32Array, Uint32Array, Float32Array } as const
type Kind = keyof typeof KINDS
const SEGMENT_ARRAYS = {
  ids: 'Uint8Array',
  struckOut: 'Uint8Array',
  order: 'Uint32Array',
  orderStarts: 'Uint32Array',
  postingStarts: 'Uint32Array',
  postingDocuments: 'Int32Array',
  postingImpacts: 'Uint16Array',
  impactMaxima: 'Uint16Array',
  lengths: 'Float32Array',
} as const satisfies Record<string, Kind>
type SegmentArray = keyof typeof SEGMENT_ARRAYS

/** Where an array stands in the body, and how many entries it has. */
interface Place {
  at: number
  length: number
}

interface Header {
  scheme: IndexScheme
  names: Place
  segments: { averageLength: number; arrays: Record<SegmentArray, Place> }[]
}

/**
 * An index as bytes, each of its segments as it stands: copying is all it takes. Memory that threads share can be given to
 * write into.
 */
export function writeSnapshot(
  index: SearchIndex,
  allocate = (bytes: number): ArrayBufferLike => new ArrayBuffer(bytes),
): Uint8Array {
  const encode = (strings: Iterable<string>) => new TextEncoder().encode(JSON.stringify([...strings]))
  const placed: { at: number; array: ArrayBufferView }[] = []
  let bytes = 0
  const place = (array: ArrayBufferView & { length: number }): Place => {
    const at = bytes
    placed.push({ at, array })
    bytes = aligned(bytes + array.byteLength)
    return { at, length: array.length }
  }
  const names = place(encode(index.termNumbers.keys()))
  const segments = index.parts.map(({ segment, struckOut }) => {
    const arrays = { ...segment, ids: encode(segment.ids), struckOut }
    const kinds = Object.keys(SEGMENT_ARRAYS) as SegmentArray[]
    const places = Object.fromEntries(kinds.map((name) => [name, place(arrays[name])]))
    return { averageLength: segment.averageLength, arrays: places as Record<SegmentArray, Place> }
  })
  const header = new TextEncoder().encode(JSON.stringify({ scheme: index.scheme, names, segments } satisfies Header))
  const bodyAt = aligned(HEADER_AT * WORD_BYTES + header.length)
  const buffer = allocate(bodyAt + bytes)
  const snapshot = new Uint8Array(buffer)
  snapshot.set(header, HEADER_AT * WORD_BYTES)
  for (const { at, array } of placed)
    snapshot.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), bodyAt + at)
  const words = new Uint32Array(buffer)
  words[MAGIC_AT] = MAGIC
  words[VERSION_AT] = SNAPSHOT_VERSION
  words[BYTES_AT] = snapshot.length % 2 ** 32
  words[BYTES_AT + 1] = Math.floor(snapshot.length / 2 ** 32)
  words[HEADER_BYTES_AT] = header.length
  words.set(checksumOf(words), CHECKSUM_AT)
  return snapshot
}

/**
 * The index of a snapshot; its arrays are views of the bytes, which must begin at a multiple of 8 in their memory.
 * @throws Fault `unreadable` where the bytes are not a whole and unharmed snapshot of this version: build the index anew.
 */
export function readSnapshot(snapshot: Uint8Array): SearchIndex {
  // Shared memory is read like any other.
  const { buffer, byteOffset, byteLength } = snapshot as Uint8Array<ArrayBuffer>
  if (byteLength < HEADER_AT * WORD_BYTES || byteLength % ALIGNMENT_BYTES !== 0) throw refusal('cut')
  const words = new Uint32Array(buffer, byteOffset, byteLength / WORD_BYTES)
  if (words[MAGIC_AT] !== MAGIC) throw refusal('foreign')
  if (words[VERSION_AT] !== SNAPSHOT_VERSION) throw refusal('version')
  if (words[BYTES_AT]! + words[BYTES_AT + 1]! * 2 ** 32 !== byteLength) throw refusal('cut')
  if (checksumOf(words).some((part, at) => words[CHECKSUM_AT + at] !== part)) throw refusal('damaged')
  const headerBytes = words[HEADER_BYTES_AT]!
  const bodyAt = aligned(HEADER_AT * WORD_BYTES + headerBytes)
  const textOf = (at: number, length: number) => new TextDecoder().decode(snapshot.slice(at, at + length))
  const header = JSON.parse(textOf(HEADER_AT * WORD_BYTES, headerBytes)) as Header
  const stringsOf = ({ at, length }: Place) => JSON.parse(textOf(bodyAt + at, length)) as string[]
  const parts = header.segments.map(({ averageLength, arrays }) => {
    const views = Object.fromEntries(
      Object.entries(arrays).map(([name, { at, length }]) => [
        name,
        new KINDS[SEGMENT_ARRAYS[name as SegmentArray]](buffer, byteOffset + bodyAt + at, length),
      ]),
    ) as unknown as Omit<Segment, 'ids' | 'averageLength'> & { struckOut: Uint8Array }
    const { struckOut, ...segment } = views
    return { segment: { ...segment, ids: stringsOf(arrays.ids), averageLength }, struckOut }
  })
  return SearchIndex.over(header.scheme, stringsOf(header.names), parts)
}

function refusal(rule: 'cut' | 'foreign' | 'version' | 'damaged'): Fault {
  return new Fault('unreadable', 'The snapshot of the search index cannot be used.', {
    rule: `search.snapshot_${rule}`,
    tip: 'Build the index anew from the records.',
  })
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES
}

/**
 * Two words over everything after the checksum and over the length. Each step maps the state one to one and differs for
 * different words, so a change within one word is always seen.
 */
function checksumOf(words: Uint32Array): [number, number] {
  let [even, odd] = [words[BYTES_AT]!, words[BYTES_AT + 1]! ^ words[VERSION_AT]!]
  for (let at = HEADER_BYTES_AT; at < words.length; at += 2) {
    even = Math.imul(even ^ words[at]!, 0x9e37_79b1)
    even ^= even >>> 15
    odd = Math.imul(odd ^ words[at + 1]!, 0x85eb_ca77)
    odd ^= odd >>> 13
  }
  return [even >>> 0, odd >>> 0]
}
