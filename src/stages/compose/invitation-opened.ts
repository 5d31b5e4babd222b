import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import type { AnswerInput, Moved, OpenedInvitation } from './invitation-model.ts'
import { makeMove } from './invitation-move.ts'
import { OPEN_STATES, stateOn } from './invitation-rules.ts'
import { describeInvitation, todayIn } from './invitation-service.ts'
import { findInvitation, listSteps, type StoredInvitation } from './invitation-store.ts'
import { hashToken, zoneOfToken } from './link-token.ts'

/**
 * The invitation behind a token, held where it is to be answered.
 * @throws Fault `not_found`, the same for a token that is unknown, used, ended, expired, or of another zone
 */
async function behindToken(tx: Tx, zoneId: string, token: string, at: Date, lock: boolean): Promise<StoredInvitation> {
  const link = await openLink(tx, zoneId, token)
  const invitation = await findInvitation(tx, zoneId, link.invitation_id, { lock })
  // Two answers by one link: whoever comes second has waited for the invitation, and finds the link used.
  if (lock) await openLink(tx, zoneId, token)
  const today = await todayIn(tx, zoneId, at)
  if (!invitation || !OPEN_STATES.includes(stateOn(invitation, today))) throw unknownToken()
  return invitation
}

async function openLink(tx: Tx, zoneId: string, token: string) {
  const link = await tx
    .selectFrom('invitation_link')
    .select(['invitation_id', 'used_at', 'revoked_at'])
    .where('zone_id', '=', zoneId)
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  if (!link || link.used_at || link.revoked_at) throw unknownToken()
  return link
}

/** What a link shows. The server reads it by itself, having checked the token: its holder has no account. */
export async function readOpened(world: World, token: string): Promise<OpenedInvitation> {
  const zoneId = zoneOfToken(token)
  if (!zoneId) throw unknownToken()
  const at = world.clock.now()
  return readAs(world.database, systemCaller(zoneId), async (tx) => {
    const invitation = await behindToken(tx, zoneId, token, at, false)
    const zone = await tx
      .selectFrom('zone')
      .select(['slug', 'name', 'time_zone', 'invented'])
      .where('id', '=', zoneId)
      .executeTakeFirst()
    if (!zone) throw unknownToken()
    const today = await todayIn(tx, zoneId, at)
    const steps = await listSteps(tx, zoneId, [invitation.id])
    const { moves, ...shown } = describeInvitation(invitation, { sides: ['invited'], today, steps })
    return {
      ...shown,
      // An answer by a link uses the link up, so none can be taken back by it.
      moves: moves.filter((move) => move !== 'take_back'),
      told: invitation.told,
      zone: {
        slug: zone.slug,
        name: zone.name as Texts,
        timeZone: zone.time_zone,
        invented: zone.invented,
      },
    }
  })
}

/** Answers once by a link, which is then used up; the same answer again with its key is answered as before. */
export async function answerOpened(
  world: World,
  token: string,
  input: AnswerInput,
  { key, rehearse }: { key?: string | undefined; rehearse?: boolean },
): Promise<Moved> {
  const zoneId = zoneOfToken(token)
  if (!zoneId) throw unknownToken()
  const caller = systemCaller(zoneId)
  const at = world.clock.now()
  const order = { name: 'compose.answer_by_link', input: { link: hashToken(token), ...input }, key, rehearse, at }
  const { output } = await command(world.database, caller, order, async (done) => {
    const invitation = await behindToken(done.tx, zoneId, token, at, true)
    const moved = await makeMove(world, done, caller, { invitation, input, side: 'invited', byLink: true })
    await done.tx
      .updateTable('invitation_link')
      .set({ used_at: at })
      .where('zone_id', '=', zoneId)
      .where('token_hash', '=', hashToken(token))
      .execute()
    return moved
  })
  return output
}

const unknownToken = () =>
  new Fault('not_found', 'There is nothing behind this link, or no longer.', {
    rule: 'invitation.link_unknown',
    tip: 'Ask whoever sent it for a new one.',
  })
