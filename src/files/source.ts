import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Fault, type FaultCode } from '#kit/fault.ts'
import type { FileRule, FileSource } from './types.ts'

/** A refusal of a file, by one of its closed list of rules. */
export function fileFault(
  code: FaultCode,
  rule: FileRule,
  message: string,
  more: { limit?: number | string; tip?: string; now?: unknown } = {},
): Fault {
  return new Fault(code, message, { rule, ...more })
}

/** Bytes the file has. Throws Fault('not_found') where there is none. */
export async function sizeOf(source: FileSource): Promise<number> {
  if (typeof source !== 'string') return source.byteLength
  const found = await stat(source).catch(() => null)
  if (!found?.isFile()) throw fileFault('not_found', 'file.not_there', `There is no file ${source}.`)
  return found.size
}

/** The first bytes of the file, at most `bytes` of them. */
export async function headOf(source: FileSource, bytes: number): Promise<Buffer> {
  if (typeof source !== 'string')
    return Buffer.from(source.buffer, source.byteOffset, Math.min(bytes, source.byteLength))
  const handle = await open(source, 'r')
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const CHUNK_BYTES = 1 << 16

/** The file's bytes from its beginning, in chunks. */
export function bytesOf(source: FileSource): Readable {
  if (typeof source === 'string') return createReadStream(source, { highWaterMark: CHUNK_BYTES })
  return Readable.from(slices(source))
}

function* slices(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES)
    yield Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(CHUNK_BYTES, bytes.byteLength - at))
}

/** Throws Fault('cancelled') where the reader was told to stop. */
export function stopIfTold(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw fileFault('cancelled', 'file.cancelled', 'The reading was stopped.')
}

/** The same bytes, each piece told of. */
export async function* countBytes(
  bytes: AsyncIterable<Buffer>,
  onBytes: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    onBytes?.(piece.length)
    yield piece
  }
}
