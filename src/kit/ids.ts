import { createHash, randomBytes } from 'node:crypto'

/** The namespace of every id that is made from a natural key. Changing it would orphan what was imported. */
const NAMESPACE = '6f1de3f0-58b6-5d5e-9c1e-0c0a5027a51a'

export const NIL_ID = '00000000-0000-0000-0000-000000000000'

/** A new id for what a person types: UUIDv7, so that ids sort by the time they were made. */
export function newId(now: Date = new Date()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  return format(bytes, 7)
}

/** The id of what has a natural key: UUIDv5, so that two machines agree. `keyedId('project', 'rcn', '193157')` */
export function keyedId(...key: readonly string[]): string {
  const digest = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(key.join('\u001f'))
    .digest()
  return format(digest.subarray(0, 16), 5)
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
