import { randomBytes } from 'node:crypto'
import { sha256 } from '#kit/ids.ts'

const ZONE_BYTES = 16
const SECRET_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{64}$/

/**
 * A link's token: the zone's id, then 256 random bits. The zone stands in the token, since a row can be read only within
 * a zone's wall and the address of a link names none; it is no secret, and the hash that is kept covers it too, so that a
 * token can't be carried over to another zone. Being random, the token needs no signature: what was not handed out is
 * not in the table.
 */
export function makeToken(zoneId: string): string {
  const zone = Buffer.from(zoneId.replaceAll('-', ''), 'hex')
  return Buffer.concat([zone, randomBytes(SECRET_BYTES)]).toString('base64url')
}

/** The only form in which a token is kept. */
export const hashToken = (token: string) => sha256(token)

/** The zone that a token names, or nothing for what can't be a token. */
export function zoneOfToken(token: string): string | undefined {
  if (!TOKEN.test(token)) return undefined
  const hex = Buffer.from(token, 'base64url').subarray(0, ZONE_BYTES).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
