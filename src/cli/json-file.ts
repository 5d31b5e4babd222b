import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { parse } from '#http/valid.ts'
import { Fault } from '#kit/fault.ts'

const JSON_CHARACTERS_MAX = 256_000_000
const LINE_CHARACTERS_MAX = 64_000_000
const REASON_CHARACTERS_MAX = 200
const GZIP = [0x1f, 0x8b]
const LITTLE_ENDIAN = [0xff, 0xfe]
const BIG_ENDIAN = [0xfe, 0xff]

/** An id that stands as one word in a run's line. */
export const Id = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((id) => /^\S+$/.test(id), 'id.spaces')

/** A JSON file of this machine. Throws `unreadable` or `too_large`. */
export async function readJsonFile(path: string): Promise<unknown> {
  const pieces: string[] = []
  let length = 0
  for await (const piece of textOf(path)) {
    length += piece.length
    if (length > JSON_CHARACTERS_MAX)
      throw new Fault('too_large', `${path} is too large.`, { rule: 'file.bytes', limit: JSON_CHARACTERS_MAX })
    pieces.push(piece)
  }
  return parseJson(pieces.join(''), path)
}

/** The lines of a JSONL file, each checked. Throws `unreadable`, `too_large` or `invalid` that names the line. */
export async function* readJsonLines<T extends z.ZodType>(path: string, schema: T): AsyncGenerator<z.output<T>> {
  let number = 0
  for await (const line of linesOf(path)) {
    number += 1
    if (line.trim() !== '') yield checkLine(parseJson(line, `${path}:${number}`), schema, `${path}:${number}`)
  }
}

/** Lines end where JSONL ends them: other separators, such as U+2028, may stand in a text. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let begun: string[] = []
  let length = 0
  for await (const piece of textOf(path)) {
    const ends = piece.split('\n')
    const last = ends.pop()!
    for (const end of ends) {
      yield begun.join('') + end
      begun = []
      length = 0
    }
    begun.push(last)
    length += last.length
    if (length > LINE_CHARACTERS_MAX)
      throw new Fault('too_large', `A line of ${path} is too long.`, { rule: 'file.line', limit: LINE_CHARACTERS_MAX })
  }
  yield begun.join('')
}

/** A file's text, in UTF-8, or in UTF-16 where a byte order mark says so. */
async function* textOf(path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  try {
    for await (const bytes of createReadStream(path)) {
      decoder ??= decoderFor(bytes as Buffer, path)
      yield decoder.decode(bytes as Buffer, { stream: true })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    throw new Fault('unreadable', `${path} is a folder.`, { rule: 'file.folder', tip: 'Name the file in it.' })
  }
  yield decoder?.decode() ?? ''
}

function decoderFor(head: Buffer, path: string): TextDecoder {
  const begins = (mark: readonly number[]) => mark.every((byte, at) => head[at] === byte)
  if (begins(GZIP))
    throw new Fault('unreadable', `${path} is packed.`, { rule: 'file.packed', tip: `Unpack it first: gunzip ${path}` })
  return new TextDecoder(begins(LITTLE_ENDIAN) ? 'utf-16le' : begins(BIG_ENDIAN) ? 'utf-16be' : 'utf-8')
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = String((cause as Error).message).replace(/\p{Cc}/gu, ' ')
    const told = `${where} is not JSON: ${reason.slice(0, REASON_CHARACTERS_MAX)}`
    throw new Fault('unreadable', told, { rule: 'file.json' }, { cause })
  }
}

function checkLine<T extends z.ZodType>(value: unknown, schema: T, where: string): z.output<T> {
  try {
    return parse(schema, value, 'file')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault(error.code, `${where}: ${error.message}`, error.details, { cause: error })
  }
}
