import { actingAs } from '#db/caller.ts'
import type { Tx } from '#db/db.ts'
import { type Caller, isStaff, speaksFor, systemCaller } from '../caller.ts'
import type { StoredNeed } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import { readableConsortium, unknownConsortium } from './consortium-service.ts'
import { findConsortium, listMembers, type StoredConsortium } from './consortium-store.ts'
import { findInvitation, findLeading, type StoredInvitation } from './invitation-store.ts'

/**
 * Who invites for a draft: the need's sponsors and the zone's staff, and the organisation that has accepted to lead it. A
 * lead that only the search or the hosts picked has not been told of the draft yet, and has no part in it.
 */
export interface Hosting {
  row: StoredConsortium
  need: StoredNeed
  /** As whom the hosts' part is done: the caller, or for the lead the server's own hand under the lead's account. */
  hand: Caller
  /** The lead's own invitation, where it is the lead who acts: what it was told is all that it may know of the need. */
  leading: StoredInvitation | null
}

/** The server's own hand: the database lets a lead see no more of a draft than its own invitation. */
const handOf = ({ zoneId, accountId }: Caller): Caller => ({ ...systemCaller(zoneId), accountId })

/**
 * Does the hosts' part of a draft for one of its hosts or for its lead; whoever calls limits what a lead is answered.
 * @throws Fault `not_found` for anybody else
 */
export async function asHost<T>(
  tx: Tx,
  caller: Caller,
  consortiumId: string,
  run: (hosting: Hosting) => Promise<T>,
  { lock = false, unknown = unknownConsortium } = {},
): Promise<T> {
  const leading = await leadingOf(tx, caller, consortiumId)
  if (!leading) return run({ ...(await readableConsortium(tx, caller, consortiumId, lock)), hand: caller, leading })
  const hand = handOf(caller)
  const { row, need, members } = await actingAs(tx, caller, hand, async () => {
    const row = await findConsortium(tx, caller.zoneId, consortiumId, lock)
    const need = row && (await findNeed(tx, caller.zoneId, row.need_id))
    return { row, need, members: await listMembers(tx, caller.zoneId, consortiumId) }
  })
  if (!row || !need) throw unknown()
  // A sponsor that leads has more than a lead has.
  if (need.sponsor_ids.some((id) => speaksFor(caller, id))) return run({ row, need, hand: caller, leading: null })
  if (!members.some(({ id, role }) => role === 'lead' && speaksFor(caller, id))) throw unknown()
  return actingAs(tx, caller, hand, () => run({ row, need, hand, leading }))
}

async function leadingOf(tx: Tx, caller: Caller, consortiumId: string): Promise<StoredInvitation | null> {
  const { organisationId, zoneId } = caller
  if (isStaff(caller) || !organisationId || !speaksFor(caller, organisationId)) return null
  return (await findLeading(tx, zoneId, organisationId, consortiumId)) ?? null
}

/** The draft of an invitation that the caller can't see, where it is one that the caller may lead. */
export async function findLedDraft(tx: Tx, caller: Caller, invitationId: string): Promise<string | null> {
  const find = () => findInvitation(tx, caller.zoneId, invitationId)
  const found = await actingAs(tx, caller, handOf(caller), find)
  return found && (await leadingOf(tx, caller, found.consortiumId)) ? found.consortiumId : null
}

/**
 * Whether an account acts for the hosts of a draft today, as one of them or as its lead; it may have left since it invited.
 * Reads by the server's own hand: who answers an invitation can't see who its hosts are.
 */
export async function standingOfHost(
  tx: Tx,
  caller: Caller,
  { consortiumId, accountId }: { consortiumId: string; accountId: string | null },
): Promise<'host' | 'lead' | null> {
  if (accountId === null) return null
  return actingAs(tx, caller, handOf(caller), () => readStanding(tx, caller.zoneId, consortiumId, accountId))
}

async function readStanding(tx: Tx, zoneId: string, consortiumId: string, accountId: string) {
  const member = await tx
    .selectFrom('membership')
    .select(['role', 'organisation_id'])
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const row = member && (await findConsortium(tx, zoneId, consortiumId))
  const need = row && (await findNeed(tx, zoneId, row.need_id))
  const organisationId = member?.organisation_id
  const isHost =
    member && (isStaff({ role: member.role as Caller['role'] }) || need?.sponsor_ids.includes(organisationId ?? ''))
  const leads = need && organisationId && (await findLeading(tx, zoneId, organisationId, consortiumId))
  return isHost ? 'host' : leads ? 'lead' : null
}
