import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import { postNotice } from '../house/outbox.ts'
import { findZone } from '../house/store.ts'
import type { MoveAction } from './model.ts'
import type { StoredNeed } from './need-row.ts'

const READERS_MAX = 100

/** Whom a step concerns besides the one who takes it. A notice names no title: the outbox has no circles. */
const SAID: Partial<
  Record<MoveAction | 'expire' | 'ask' | 'let_in', { to: 'officers' | 'sponsors'; subject: string }>
> = {
  submit: { to: 'officers', subject: '有一项需求待审核 · A need awaits review' },
  return: { to: 'sponsors', subject: '需求已退回，附有理由 · A need was returned, with reasons' },
  open: { to: 'sponsors', subject: '需求已发布 · A need is open' },
  match: { to: 'officers', subject: '一项需求已对接成功 · A need was matched' },
  expire: { to: 'sponsors', subject: '需求已到期，可延期 · A need has expired and can be renewed' },
  ask: { to: 'sponsors', subject: '有机构申请共同提出需求 · An organisation asks to join a need' },
  let_in: { to: 'sponsors', subject: '需求有了新的共同提出方 · A need has a new sponsor' },
}

/** Posts a notice to everybody whom the step concerns; nobody is told of what he did himself. */
export async function tellOfStep(
  done: Command,
  caller: Caller,
  { need_id: needId, sponsor_ids: sponsorIds }: Pick<StoredNeed, 'need_id' | 'sponsor_ids'>,
  what: keyof typeof SAID,
): Promise<void> {
  const said = SAID[what]
  if (!said) return
  const zone = await findZone(done.tx, caller.zoneId)
  const link = `/${zone?.slug}/needs/${needId}`
  const readers = await listReaders(done.tx, caller.zoneId, said.to === 'officers' ? null : sponsorIds)
  for (const toAccount of readers)
    if (toAccount !== caller.accountId)
      await postNotice(done, caller.zoneId, { toAccount, subject: said.subject, link })
}

/** The accounts of these organisations, or the zone's officers. */
async function listReaders(tx: Tx, zoneId: string, organisationIds: readonly string[] | null): Promise<string[]> {
  if (organisationIds?.length === 0) return []
  const query = tx.selectFrom('membership').select('account_id').where('zone_id', '=', zoneId)
  const rows = await (organisationIds
    ? query.where('organisation_id', 'in', organisationIds)
    : query.where('role', 'in', ['zone_officer', 'administrator'])
  )
    .orderBy('account_id')
    .limit(READERS_MAX)
    .execute()
  return rows.map((row) => row.account_id)
}
