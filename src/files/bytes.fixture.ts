import type { Encoding } from './types.ts'

/** Bytes of texts in encodings that the platform only reads, made by reading every byte and pair of bytes backwards. */
export function encodeAs(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const table = tableOf(encoding)
  return Buffer.concat(
    Array.from(text, (character) => {
      const bytes = table.get(character)
      if (!bytes) throw new Error(`${encoding} has no ${character}.`)
      return bytes
    }),
  )
}

const tables = new Map<Encoding, Map<string, Buffer>>()

function tableOf(encoding: Encoding): Map<string, Buffer> {
  const known = tables.get(encoding)
  if (known) return known
  const decoder = new TextDecoder(encoding, { fatal: true })
  const table = new Map<string, Buffer>()
  const learn = (bytes: Buffer) => {
    try {
      const text = decoder.decode(bytes)
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes)
    } catch {
      // The pair stands for nothing.
    }
  }
  for (let lead = 0; lead < 256; lead++) learn(Buffer.from([lead]))
  if (encoding !== 'windows-1252')
    for (let lead = 0x81; lead < 0xff; lead++)
      for (let trail = 0x40; trail < 0xff; trail++) learn(Buffer.from([lead, trail]))
  tables.set(encoding, table)
  return table
}
