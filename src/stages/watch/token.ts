import { randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { readAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'

const ZONE_BYTES = 16
const SECRET_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{64}$/

export type TokenKind = 'feed' | 'digest'

/**
 * A secret for an address: the zone's id, in which the row that holds its hash is found, then 256 random bits. Nothing of
 * it is kept but the hash, and what was not handed out is not in the table.
 */
export function makeToken(zoneId: string): string {
  const zone = Buffer.from(zoneId.replaceAll('-', ''), 'hex')
  return Buffer.concat([zone, randomBytes(SECRET_BYTES)]).toString('base64url')
}

function zoneOf(token: string): string | undefined {
  if (!TOKEN.test(token)) return undefined
  const hex = Buffer.from(token, 'base64url').subarray(0, ZONE_BYTES).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export async function keepToken(
  tx: Tx,
  {
    zoneId,
    accountId,
    kind,
    token,
    at,
  }: { zoneId: string; accountId: string; kind: TokenKind; token: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('watch_token')
    .values({ zone_id: zoneId, token_hash: sha256(token), account_id: accountId, kind, created_at: at })
    .execute()
}

/** Ends a member's addresses of a kind, or those that were made before an instant. */
export async function revokeTokens(
  tx: Tx,
  { zoneId, accountId, kind, before }: Holder & { kind: TokenKind; before?: Date },
): Promise<void> {
  let query = tx
    .deleteFrom('watch_token')
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
  if (before) query = query.where('created_at', '<', before)
  await query.execute()
}

/** Since when a member's feed has the address that it has. */
export async function openSince(tx: Tx, zoneId: string, accountId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('watch_token')
    .select(sql<Date>`max(created_at)`.as('at'))
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .where('kind', '=', 'feed')
    .executeTakeFirst()
  return row?.at ? new Date(row.at).toISOString() : null
}

export interface Holder {
  zoneId: string
  accountId: string
}

/**
 * Whose secret it is. The row falls with the membership, so a token opens nothing once its member has left.
 * @throws Fault `not_found`, the same for a token that is unknown, of another kind, or revoked
 */
export async function holderOf(world: World, token: string, kind: TokenKind): Promise<Holder> {
  const zoneId = zoneOf(token)
  if (!zoneId) throw unknownToken()
  const hash = sha256(token)
  const row = await readAs(world.database, systemCaller(zoneId), (tx) =>
    tx
      .selectFrom('watch_token')
      .select(['token_hash', 'account_id', 'kind'])
      .where('zone_id', '=', zoneId)
      .where('token_hash', '=', hash)
      .executeTakeFirst(),
  )
  if (!row || !isSame(row.token_hash, hash) || row.kind !== kind) throw unknownToken()
  return { zoneId, accountId: row.account_id }
}

const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export const unknownToken = () =>
  new Fault('not_found', 'There is nothing behind this address, or no longer.', {
    rule: 'watch.token_unknown',
    tip: 'Sign in and make a new one.',
  })
