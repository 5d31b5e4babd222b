import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { present } from '#kit/assert.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { findZone } from '../house/store.ts'
import type { Digest, DigestEnd, DigestInput } from './model.ts'
import { lastDueDay, nextDueDay } from './rules.ts'
import { findMember } from './store.ts'
import { holderOf, unknownToken } from './token.ts'

type DigestState = z.infer<typeof Digest>

export async function readDigest(tx: Tx, caller: Caller, at: Date): Promise<DigestState> {
  const { zoneId } = caller
  const accountId = caller.accountId ?? ''
  const row = await findDigest(tx, zoneId, accountId)
  const zone = present(await findZone(tx, zoneId), 'the zone of a member')
  const weekday = row?.weekday ?? 1
  return {
    on: row?.is_on ?? false,
    weekday,
    language: row?.language === 'en' ? 'en' : 'zh',
    nextDay: row?.is_on ? nextDueDay(at, zone.timeZone, weekday) : null,
    address: (await findMember(tx, zoneId, accountId))?.email ?? '',
  }
}

export const findDigest = (tx: Tx, zoneId: string, accountId: string) =>
  tx
    .selectFrom('digest')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()

/** The first letter comes on the next day that is due, and tells what is new from now on. */
export async function setDigest(
  { tx, at }: Command,
  caller: Caller,
  { on, weekday, language }: z.output<typeof DigestInput>,
): Promise<DigestState> {
  const { zoneId } = caller
  const accountId = caller.accountId ?? ''
  const before = await findDigest(tx, zoneId, accountId)
  const zone = present(await findZone(tx, zoneId), 'the zone of a member')
  const since = before?.is_on ? before.since : at
  const kept = { is_on: on, weekday, language, since, last_day: lastDueDay(at, zone.timeZone, weekday) }
  await tx
    .insertInto('digest')
    .values({ zone_id: zoneId, account_id: accountId, ...kept })
    .onConflict((conflict) => conflict.columns(['zone_id', 'account_id']).doUpdateSet(kept))
    .execute()
  return readDigest(tx, caller, at)
}

/** What whoever holds a letter's link is shown. */
export async function readDigestEnd(world: World, token: string): Promise<z.infer<typeof DigestEnd>> {
  const { zoneId, accountId } = await holderOf(world, token, 'digest')
  return readAs(world.database, systemCaller(zoneId), (tx) => endOf(tx, zoneId, accountId))
}

/** Ends the letters of the link's own member in the link's own zone. Done twice it is the same. */
export async function endDigest(world: World, token: string): Promise<z.infer<typeof DigestEnd>> {
  const { zoneId, accountId } = await holderOf(world, token, 'digest')
  const order = { name: 'watch.end_digest', input: { account: accountId }, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, async ({ tx }) => {
    await tx
      .updateTable('digest')
      .set({ is_on: false })
      .where('zone_id', '=', zoneId)
      .where('account_id', '=', accountId)
      .execute()
    return endOf(tx, zoneId, accountId)
  })
  return output
}

async function endOf(tx: Tx, zoneId: string, accountId: string): Promise<z.infer<typeof DigestEnd>> {
  const zone = await findZone(tx, zoneId)
  if (!zone) throw unknownToken()
  const row = await findDigest(tx, zoneId, accountId)
  return { on: row?.is_on ?? false, zone: { slug: zone.slug, name: zone.name } }
}
