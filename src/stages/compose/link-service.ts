import { sql } from 'kysely'
import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { postMail } from '../house/outbox.ts'
import type { Texts } from '../texts.ts'
import { wordLetter } from './letter.ts'
import { hashToken, makeToken, zoneOfToken } from './link-token.ts'
import type { LinkInput, LinkMade, Links, SharedProposal } from './model.ts'
import { readableProposal } from './proposal-service.ts'
import { findProposal } from './proposal-store.ts'
import { linkState } from './rules.ts'
import { shareView } from './share-view.ts'

const DAY_MILLISECONDS = 86_400_000
const LINKS_OF_A_PROPOSAL_MAX = 200

export interface ShareOrder {
  proposalId: string
  input: LinkInput
  key?: string | undefined
  rehearse?: boolean
}

/**
 * Makes a link to exactly this proposal. The token leaves in this answer, and in the letter where one is sent, and is kept
 * nowhere; so the answer that an idempotency key is answered again with holds none.
 */
export async function shareProposal(
  world: World,
  caller: Caller,
  { proposalId, input, key, rehearse }: ShareOrder,
): Promise<z.infer<typeof LinkMade>> {
  const token = makeToken(caller.zoneId)
  const url = `${world.origin}/s/${token}`
  const at = world.clock.now()
  const order = { name: 'compose.share_proposal', input: { proposal: proposalId, ...input }, key, rehearse, at }
  const { output, replayed } = await command(world.database, caller, order, async (done) => {
    const { need } = await readableProposal(done.tx, caller, proposalId)
    await refuseTooMany(done.tx, caller.zoneId, proposalId)
    const expiresAt = new Date(at.getTime() + input.days * DAY_MILLISECONDS)
    const id = hashToken(token)
    await done.tx
      .insertInto('proposal_link')
      .values({
        zone_id: caller.zoneId,
        token_hash: id,
        proposal_id: proposalId,
        to_address: input.email ?? null,
        account_id: caller.accountId,
        created_at: at,
        expires_at: expiresAt,
      })
      .execute()
    if (input.email) {
      const letter = wordLetter({ title: need.title as Texts, note: input.note, days: input.days })
      await postMail(done, caller.zoneId, { toAddress: input.email, ...letter, link: url })
    }
    done.changed({ subject: { kind: 'need', id: need.need_id }, action: 'proposal.shared' })
    return { id, expiresAt: expiresAt.toISOString(), mailed: Boolean(input.email) }
  })
  return { ...output, ...(replayed || rehearse ? { token: null, url: null } : { token, url }) }
}

async function refuseTooMany(tx: Tx, zoneId: string, proposalId: string): Promise<void> {
  const { count } = await tx
    .selectFrom('proposal_link')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('zone_id', '=', zoneId)
    .where('proposal_id', '=', proposalId)
    .executeTakeFirstOrThrow()
  if (count >= LINKS_OF_A_PROPOSAL_MAX)
    throw new Fault('too_many', 'This proposal has been shared too often.', {
      rule: 'link.too_many',
      limit: LINKS_OF_A_PROPOSAL_MAX,
      tip: 'Pass on a link that is open, or compose a new version.',
    })
}

export async function readLinks(tx: Tx, caller: Caller, proposalId: string, at: Date): Promise<z.infer<typeof Links>> {
  await readableProposal(tx, caller, proposalId)
  const rows = await tx
    .selectFrom('proposal_link as l')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'l.zone_id').onRef('m.account_id', '=', 'l.account_id'),
    )
    .select(['l.token_hash', 'l.to_address', 'l.created_at', 'l.expires_at', 'l.revoked_at', 'm.name'])
    .where('l.zone_id', '=', caller.zoneId)
    .where('l.proposal_id', '=', proposalId)
    .orderBy('l.created_at', 'desc')
    .orderBy('l.token_hash')
    .execute()
  return {
    rows: rows.map((row) => ({
      id: row.token_hash,
      by: row.name,
      address: row.to_address,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      state: linkState({ expiresAt: row.expires_at, revokedAt: row.revoked_at }, at),
    })),
  }
}

/** Ends a link. One that has ended before stays as it is. */
export async function revokeLink(done: Command, caller: Caller, proposalId: string, linkId: string) {
  const { need } = await readableProposal(done.tx, caller, proposalId)
  const link = await done.tx
    .selectFrom('proposal_link')
    .select('revoked_at')
    .where('zone_id', '=', caller.zoneId)
    .where('proposal_id', '=', proposalId)
    .where('token_hash', '=', linkId)
    .forUpdate()
    .executeTakeFirst()
  if (!link) throw unknownLink()
  if (link.revoked_at === null) {
    await done.tx
      .updateTable('proposal_link')
      .set({ revoked_at: done.at })
      .where('zone_id', '=', caller.zoneId)
      .where('token_hash', '=', linkId)
      .execute()
    done.changed({ subject: { kind: 'need', id: need.need_id }, action: 'proposal.link_revoked' })
  }
  return { id: linkId }
}

/**
 * What a link shows. The server reads it by itself, having checked the token: its holder has no account.
 * @throws Fault `not_found`, the same for a token that is unknown, expired or revoked
 */
export async function readShared(world: World, token: string): Promise<SharedProposal> {
  const zoneId = zoneOfToken(token)
  if (!zoneId) throw unknownLink()
  return readAs(world.database, systemCaller(zoneId), async (tx) => {
    const link = await tx
      .selectFrom('proposal_link')
      .select(['proposal_id', 'expires_at', 'revoked_at'])
      .where('zone_id', '=', zoneId)
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst()
    const open = link && linkState({ expiresAt: link.expires_at, revokedAt: link.revoked_at }, world.clock.now())
    if (!link || open !== 'open') throw unknownLink()
    const found = await findProposal(tx, zoneId, link.proposal_id)
    const zone = await tx
      .selectFrom('zone')
      .select(['slug', 'name', 'invented'])
      .where('id', '=', zoneId)
      .executeTakeFirst()
    if (!found || !zone) throw unknownLink()
    return shareView(found, { zone: { ...zone, name: zone.name as Texts }, expiresAt: link.expires_at })
  })
}

const unknownLink = () =>
  new Fault('not_found', 'There is nothing behind this link, or no longer.', {
    rule: 'link.unknown',
    tip: 'Ask whoever sent it for a new one.',
  })
