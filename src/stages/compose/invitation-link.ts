import { sql } from 'kysely'
import type { z } from 'zod'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { postMail } from '../house/outbox.ts'
import { wordLink } from './invitation-letter.ts'
import type { InvitationLinkInput, InvitationLinkMade } from './invitation-model.ts'
import { OPEN_STATES, stateOn } from './invitation-rules.ts'
import { todayIn } from './invitation-service.ts'
import { type Concerned, withInvitation } from './invitation-sides.ts'
import { listLinks, type StoredInvitation } from './invitation-store.ts'
import { hashToken, makeToken } from './link-token.ts'

const LINKS_OF_AN_INVITATION_MAX = 50

export interface LinkOrder {
  invitationId: string
  input: InvitationLinkInput
  key?: string | undefined
  rehearse?: boolean
}

/**
 * Makes a link that takes one answer, and mails it where an address is given; one that was made before ends. The token
 * leaves in this answer and in the letter, and only its hash is kept.
 */
export async function makeInvitationLink(
  world: World,
  caller: Caller,
  { invitationId, input, key, rehearse }: LinkOrder,
): Promise<z.infer<typeof InvitationLinkMade>> {
  const token = makeToken(caller.zoneId)
  const at = world.clock.now()
  const order = { name: 'compose.link_invitation', input: { invitation: invitationId, ...input }, key, rehearse, at }
  const { output, replayed } = await command(world.database, caller, order, (done) =>
    asHostOf(done.tx, caller, invitationId, async (invitation, hand) => {
      const today = await todayIn(done.tx, caller.zoneId, at)
      if (!OPEN_STATES.includes(stateOn(invitation, today)))
        throw new Fault('wrong_state', 'This invitation awaits no answer.', { rule: 'invitation.link_settled' })
      await putLink(world, done, hand, { invitation, token, address: input.email ?? null, note: input.note })
      return { expiresOn: invitation.expiresOn, mailed: Boolean(input.email) }
    }),
  )
  const shown = !replayed && !rehearse
  return { ...output, token: shown ? token : null, url: shown ? addressOf(world, token) : null }
}

const addressOf = (world: World, token: string) => `${world.origin}/invited/${token}`

/** Holds an invitation for whoever may act on the hosts' side of it. */
async function asHostOf<T>(
  tx: Tx,
  caller: Caller,
  id: string,
  run: (invitation: StoredInvitation, hand: Caller) => Promise<T>,
): Promise<T> {
  const held = ({ invitation, sides, hand }: Concerned) => {
    if (!sides.includes('host'))
      throw new Fault('forbidden', 'This is for the other side to say.', { rule: 'invitation.for_hosts' })
    return run(invitation, hand)
  }
  return withInvitation(tx, caller, id, held, { lock: true })
}

interface Link {
  invitation: StoredInvitation
  token: string
  address: string | null
  note: string
}

async function putLink(
  world: World,
  { tx, at, changed, ...done }: Command,
  caller: Caller,
  { invitation, token, address, note }: Link,
): Promise<void> {
  const { count } = await tx
    .selectFrom('invitation_link')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', caller.zoneId)
    .where('invitation_id', '=', invitation.id)
    .executeTakeFirstOrThrow()
  if (count >= LINKS_OF_AN_INVITATION_MAX)
    throw new Fault('too_many', 'There have been too many links to this invitation.', {
      rule: 'invitation.too_many_links',
      limit: LINKS_OF_AN_INVITATION_MAX,
    })
  await endLinks(tx, caller.zoneId, invitation.id, at)
  await tx
    .insertInto('invitation_link')
    .values({
      zone_id: caller.zoneId,
      token_hash: hashToken(token),
      invitation_id: invitation.id,
      to_address: address,
      account_id: caller.accountId,
      created_at: at,
    })
    .execute()
  if (address)
    await postMail({ tx, at, changed, ...done }, caller.zoneId, {
      toAddress: address,
      ...wordLink(invitation, note),
      link: addressOf(world, token),
    })
  changed({ subject: { kind: 'consortium', id: invitation.consortiumId }, action: 'invitation.linked' })
}

/** Who was written to before and answered by the link is written to again, with a new one. */
export async function mailAnotherLink(
  world: World,
  done: Command,
  caller: Caller,
  invitation: StoredInvitation,
): Promise<void> {
  const last = (await listLinks(done.tx, caller.zoneId, [invitation.id])).get(invitation.id)
  if (!last?.to_address || !last.used_at) return
  const token = makeToken(caller.zoneId)
  await putLink(world, done, caller, { invitation, token, address: last.to_address, note: '' })
}

async function endLinks(tx: Tx, zoneId: string, invitationId: string, at: Date): Promise<void> {
  await tx
    .updateTable('invitation_link')
    .set({ revoked_at: at })
    .where('zone_id', '=', zoneId)
    .where('invitation_id', '=', invitationId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Ends whatever link is open. */
export async function endInvitationLink(done: Command, caller: Caller, id: string): Promise<{ id: string }> {
  return asHostOf(done.tx, caller, id, async ({ consortiumId }) => {
    await endLinks(done.tx, caller.zoneId, id, done.at)
    done.changed({ subject: { kind: 'consortium', id: consortiumId }, action: 'invitation.link_ended' })
    return { id }
  })
}
