import type { Command } from '#db/command.ts'
import { newId } from '#kit/ids.ts'

export interface MailOrder {
  toAddress: string
  toAccount?: string
  subject: string
  body: string
  link?: string
}

/** Whether a link lets its holder choose an account's password. */
export const opensAccount = (link: string | null) =>
  link !== null && new URL(link, 'http://here').pathname.startsWith('/api/auth/')

export interface NoticeOrder {
  toAccount: string
  subject: string
  body?: string
  link?: string
}

/** A letter that leaves after the commit, or never if the command is rolled back or only rehearsed. */
export async function postMail({ tx, at }: Command, zoneId: string, mail: MailOrder): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      zone_id: zoneId,
      id: newId(at),
      kind: 'mail',
      to_account: mail.toAccount ?? null,
      to_address: mail.toAddress,
      subject: mail.subject,
      body: mail.body,
      link: mail.link ?? null,
      created_at: at,
    })
    .execute()
}

export async function postNotice({ tx, at }: Command, zoneId: string, notice: NoticeOrder): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      zone_id: zoneId,
      id: newId(at),
      kind: 'notice',
      to_account: notice.toAccount,
      to_address: null,
      subject: notice.subject,
      body: notice.body ?? '',
      link: notice.link ?? null,
      created_at: at,
    })
    .execute()
}

/** Takes notices of one posting back from those who have not read them. */
export async function takeBackNotices(
  tx: Command['tx'],
  zoneId: string,
  { subject, body, link, postedAt }: { subject: string; body: string; link: string; postedAt: Date },
): Promise<void> {
  await tx
    .deleteFrom('outbox')
    .where('zone_id', '=', zoneId)
    .where('kind', '=', 'notice')
    .where('state', '=', 'waiting')
    .where('subject', '=', subject)
    .where('body', '=', body)
    .where('link', '=', link)
    .where('created_at', '=', postedAt)
    .execute()
}
