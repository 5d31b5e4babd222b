import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { z } from 'zod'
import { parse } from '#http/valid.ts'
import { Fault } from '#kit/fault.ts'

const JSON_BYTES_MAX = 256_000_000

/** A JSON file of this machine. Throws `unreadable` or `too_large`. */
export async function readJsonFile(path: string): Promise<unknown> {
  if ((await stat(path)).size > JSON_BYTES_MAX)
    throw new Fault('too_large', `${path} is too large.`, { rule: 'file.bytes', limit: JSON_BYTES_MAX })
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Fault('unreadable', `${path} is not JSON.`, { rule: 'file.json' }, { cause })
  }
}

/** The lines of a JSONL file, each checked. Throws `unreadable` or `invalid` that names the line. */
export async function* readJsonLines<T extends z.ZodType>(path: string, schema: T): AsyncGenerator<z.output<T>> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    number += 1
    if (line.trim() === '') continue
    yield parseLine(line.replace(/^\uFEFF/, ''), schema, `${path}:${number}`)
  }
}

function parseLine<T extends z.ZodType>(line: string, schema: T, where: string): z.output<T> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Fault('unreadable', `${where} is not JSON.`, { rule: 'file.json' }, { cause })
  }
  try {
    return parse(schema, value, 'file')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault(error.code, `${where}: ${error.message}`, error.details, { cause: error })
  }
}
