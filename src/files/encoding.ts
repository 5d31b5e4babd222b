import { scoreEncodings } from './encoding-scores.ts'
import { looksUtf16 } from './sniff.ts'
import { bytesOf, fileFault } from './source.ts'
import type { Encoding, FileSource } from './types.ts'
import { Utf8Scan } from './utf8-scan.ts'

const HEAD_BYTES = 1 << 16
const NEWLINE = 0x0a

/** A file whose bytes outside ASCII are mostly sound UTF-8 is a damaged UTF-8 file, not one in another encoding. */
const BROKEN_UTF8_SHARE_MIN = 0.5

/**
 * The encoding of a text file, found from its bytes: byte order marks, strict UTF-8, UTF-16 without a mark, then
 * GB 18030, Big5, windows-1252 and Shift_JIS by how plausible each reads. Reads the whole file once or twice.
 * Throws Fault('unreadable') with rule `file.encoding` and the byte offset where nothing fits.
 */
export async function detectEncoding(source: FileSource): Promise<Encoding> {
  return detectEncodingOf(async () => bytesOf(source))
}

/** As detectEncoding, of bytes that can be opened again and again; judges by at most `bytesMax` of them. */
export async function detectEncodingOf(open: Opener, bytesMax: number = Number.POSITIVE_INFINITY): Promise<Encoding> {
  const head = await firstBytes(open)
  const marked = byMark(head) ?? looksUtf16(head)
  if (marked) {
    await checkDecodes(open, marked)
    return marked
  }
  const scan = new Utf8Scan()
  let seen = 0
  for await (const chunk of await open()) {
    scan.push(chunk)
    seen += chunk.length
    if (seen >= bytesMax) break
  }
  if (seen < bytesMax) scan.end()
  if (scan.firstInvalid === null) return 'utf-8'
  if (scan.soundSequences / (scan.soundSequences + scan.brokenBytes) >= BROKEN_UTF8_SHARE_MIN)
    throw brokenAt(scan.firstInvalid, 'utf-8')
  const ranked = scoreEncodings(scan.sample())
  for (const { encoding } of ranked) if ((await firstUndecodable(open, encoding)) === null) return encoding
  throw brokenAt(scan.firstInvalid, ranked[0]?.encoding ?? 'utf-8')
}

type Opener = () => Promise<AsyncIterable<Buffer>>

async function firstBytes(open: Opener): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const chunk of await open()) {
    pieces.push(chunk)
    bytes += chunk.length
    if (bytes >= HEAD_BYTES) break
  }
  return Buffer.concat(pieces)
}

function byMark(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return null
}

async function checkDecodes(open: Opener, encoding: Encoding): Promise<void> {
  const at = await firstUndecodable(open, encoding)
  if (at !== null) throw brokenAt(at, encoding)
}

function brokenAt(offset: number, encoding: Encoding): Error {
  return fileFault('unreadable', 'file.encoding', `The text can't be read: byte ${offset} fits no encoding.`, {
    limit: offset,
    now: { offset, nearest: encoding },
    tip: 'Save the file again as CSV UTF-8.',
  })
}

/** The offset of the first byte that `encoding` cannot read, or null where it reads all. */
export async function firstUndecodable(open: Opener, encoding: Encoding): Promise<number | null> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let before: Buffer = Buffer.alloc(0)
  let offset = 0
  for await (const chunk of await open()) {
    if (!decodes(decoder, chunk, true))
      return offset - before.length + failingByte(Buffer.concat([before, chunk]), encoding)
    offset += chunk.length
    before = afterLastNewline(Buffer.concat([before, chunk]), encoding)
  }
  return decodes(decoder, Buffer.alloc(0), false) ? null : offset - before.length + failingByte(before, encoding)
}

function decodes(decoder: TextDecoder, bytes: Uint8Array, more: boolean): boolean {
  try {
    decoder.decode(bytes, { stream: more })
    return true
  } catch {
    return false
  }
}

/** The first byte at which a decoder that starts at `bytes` gives up. */
function failingByte(bytes: Buffer, encoding: Encoding): number {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for (let at = 0; at < bytes.length; at++) if (!decodes(decoder, bytes.subarray(at, at + 1), true)) return at
  return bytes.length
}

const KEPT_BYTES_MAX = 1 << 17

/** What follows the last newline, where every encoding begins a character; never more than a bounded piece. */
function afterLastNewline(bytes: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return bytes.subarray(bytes.length - (bytes.length % 2))
  const kept = bytes.subarray(bytes.lastIndexOf(NEWLINE) + 1)
  return kept.length > KEPT_BYTES_MAX ? Buffer.alloc(0) : kept
}

/** The file's text in pieces, as `encoding`, without its byte order mark. Throws Fault('unreadable') where it breaks. */
export async function* decodeText(source: FileSource, encoding: Encoding): AsyncGenerator<string> {
  yield* decodeStream(bytesOf(source), encoding)
}

/** As decodeText, over bytes that come from anywhere. */
export async function* decodeStream(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let offset = 0
  for await (const chunk of bytes) {
    const text = decodeOrFault(decoder, chunk, true, offset, encoding)
    offset += chunk.length
    if (text) yield text
  }
  const rest = decodeOrFault(decoder, new Uint8Array(0), false, offset, encoding)
  if (rest) yield rest
}

function decodeOrFault(
  decoder: TextDecoder,
  chunk: Uint8Array,
  more: boolean,
  offset: number,
  encoding: Encoding,
): string {
  try {
    return decoder.decode(chunk, { stream: more })
  } catch {
    throw brokenAt(offset + failingByte(Buffer.from(chunk), encoding), encoding)
  }
}
