import type { Command } from '#db/command.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { postMail, postNotice } from '../house/outbox.ts'
import { findZone } from '../house/store.ts'
import { textIn } from '../texts.ts'
import type { Move } from './invitation-model.ts'
import type { StoredInvitation } from './invitation-store.ts'
import { standingOfHost } from './lead-service.ts'

const READERS_MAX = 50

/** What the other side reads of a move, as a letter's subject and first line. */
const SAID: Record<Exclude<Move, 'expire'>, { zh: string; en: string }> = {
  invite: { zh: '邀请贵单位加入创新联合体', en: 'You are invited to a consortium' },
  offer: { zh: '联合体给出了新的条件', en: 'The consortium makes another offer' },
  accept: { zh: '受邀单位已接受邀请', en: 'An invitation was accepted' },
  counter: { zh: '受邀单位提出了不同条件', en: 'A counter-offer was made' },
  decline: { zh: '受邀单位婉拒了邀请', en: 'An invitation was declined' },
  agree: { zh: '联合体同意了贵单位提出的条件', en: 'Your counter-offer was accepted' },
  withdraw: { zh: '邀请已撤回', en: 'An invitation was withdrawn' },
  take_back: { zh: '对方收回了刚才的答复', en: 'An answer was taken back' },
}

/**
 * Tells whoever is concerned, besides the one who acts: the organisation's people by notice and letter where the hosts
 * act, the sponsors' people by notice and the one who invited by letter where the invited act.
 */
export async function tellOfMove(
  world: World,
  done: Command,
  caller: Caller,
  invitation: StoredInvitation,
  move: Move,
  side: 'host' | 'invited' | 'time',
): Promise<void> {
  const slug = (await findZone(done.tx, caller.zoneId))?.slug ?? ''
  const toInvited = `/${slug}/invitations/${invitation.id}`
  const toHosts = `/${slug}/consortia/${invitation.consortiumId}`
  const told = side === 'host' ? ['invited'] : side === 'invited' ? ['host'] : ['invited', 'host']
  for (const one of told) {
    const readers =
      one === 'invited'
        ? await readersOf(done, caller, [invitation.organisationId])
        : await hostsOf(done, caller, invitation)
    const link = one === 'invited' ? toInvited : toHosts
    for (const { accountId, email } of readers) {
      if (accountId === caller.accountId) continue
      const subject = `notice.invitation.${move}`
      await postNotice(done, caller.zoneId, {
        toAccount: accountId,
        subject,
        body: invitation.told.consortium.name,
        link,
      })
      const isMailed = move !== 'expire' && (one === 'invited' || accountId === invitation.accountId)
      if (isMailed)
        await postMail(done, caller.zoneId, {
          toAccount: accountId,
          toAddress: email,
          ...wordMove(invitation, move),
          link: `${world.origin}${link}`,
        })
    }
  }
}

/** The sponsors' people, and whoever invited, as long as that is a host or the lead. */
async function hostsOf(done: Command, caller: Caller, invitation: StoredInvitation) {
  const { hostIds, accountId } = invitation
  const sponsors = await readersOf(done, caller, hostIds)
  if (accountId === null || sponsors.some((one) => one.accountId === accountId)) return sponsors
  if ((await standingOfHost(done.tx, caller, invitation)) === null) return sponsors
  const host = await done.tx
    .selectFrom('membership')
    .select(['account_id as accountId', 'email'])
    .where('zone_id', '=', caller.zoneId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return host ? [...sponsors, host] : sponsors
}

async function readersOf({ tx }: Command, { zoneId }: Caller, organisations: readonly string[]) {
  if (!organisations.length) return []
  return tx
    .selectFrom('membership')
    .select(['account_id as accountId', 'email'])
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', [...organisations])
    .orderBy('account_id')
    .limit(READERS_MAX)
    .execute()
}

function wordMove({ told, message, expiresOn }: StoredInvitation, move: Exclude<Move, 'expire'>) {
  const said = SAID[move]
  const [zh, en] = [textIn(told.consortium.names, 'zh'), textIn(told.consortium.names, 'en')]
  const asks = move === 'invite' || move === 'offer'
  const body = [
    ...(move === 'invite' && message ? [message, ''] : []),
    `${said.zh}：“${zh}”。${asks ? `请于 ${expiresOn} 前（含当日）答复：接受、婉拒或提出不同条件。` : ''}`,
    '',
    `${said.en}: “${en}”.${asks ? ` It can be answered until ${expiresOn}: accept, decline, or propose other terms.` : ''}`,
  ].join('\n')
  return { subject: `${said.zh} ${said.en}`, body }
}

/** The letter with a link that needs no sign-in, in both languages, the sender's own note above. */
export function wordLink({ told, expiresOn }: StoredInvitation, note: string) {
  const [zh, en] = [textIn(told.consortium.names, 'zh'), textIn(told.consortium.names, 'en')]
  const body = [
    ...(note ? [note, ''] : []),
    `“${zh}”邀请贵单位加入。打开下方链接即可查看条件并答复，无需登录；链接只能答复一次，有效期至 ${expiresOn}（含当日），请勿转发。`,
    '',
    `“${en}” invites you to join. The link below shows the terms and takes your answer without a sign-in. It takes one answer, holds until ${expiresOn}, and is meant for you alone.`,
  ].join('\n')
  return { subject: `${SAID.invite.zh} ${SAID.invite.en}`, body }
}
