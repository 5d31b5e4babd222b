import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { NIL_ID, newId } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, isStaff, systemCaller } from '../caller.ts'
import { toTexts } from '../texts.ts'
import { deleteZone } from './delete-zone.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts'
import type { FirstAdministrator, Me, MemberChange, MemberInput, OwnZone, SavedViewInput, ZoneInput } from './model.ts'
import { postMail } from './outbox.ts'
import { findZone, listHistory, listMembershipsOf, standsBehind, zoneOf } from './store.ts'

export async function describeMe(world: World, accountId: string | null, account: Me['account']): Promise<Me> {
  const stranger = { zoneId: NIL_ID, accountId, role: 'stranger', organisationId: null } as const
  return readAs(world.database, stranger, async (tx) => {
    const rows = accountId ? await listMembershipsOf(tx, accountId) : []
    const zones = await tx.selectFrom('zone').select(['demo']).execute()
    const demo = zones.some((zone) => zone.demo)
    return {
      account,
      memberships: rows.map((row) => ({
        zone: zoneOf(row),
        role: row.role as Me['memberships'][number]['role'],
        organisationId: row.organisation_id,
        organisationName: null,
      })),
      awaitsFirstAdministrator: zones.length === 0,
      demoAccounts: demo ? DEMO_ACCOUNTS : [],
      demoPassword: demo ? DEMO_PASSWORD : null,
    }
  })
}

/** Makes a zone and its first administrator, if one is named, in one command of the new zone's own chain. */
export async function startZone(
  world: World,
  input: z.output<typeof ZoneInput>,
  administrator?: { id: string; name: string; email: string },
) {
  const zoneId = newId(world.clock.now())
  const order = { name: 'house.start_zone', input: { ...input, zoneId }, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, async ({ tx, changed }) => {
    const taken = await tx.selectFrom('zone').select('id').where('slug', '=', input.slug).executeTakeFirst()
    if (taken)
      throw new Fault('conflict', 'A zone of this short name stands here already.', { rule: 'zone.slug_taken' })
    await tx
      .insertInto('zone')
      .values({
        id: zoneId,
        slug: input.slug,
        name: json(toTexts(input.name, 'typed')),
        city: input.city ?? null,
        country: input.country,
        time_zone: input.timeZone,
        currency: input.currency,
      })
      .execute()
    if (administrator) await putMember(tx, zoneId, { ...administrator, role: 'administrator', organisationId: null })
    changed({ subject: { kind: 'zone', id: zoneId }, action: 'started' })
    return (await findZone(tx, zoneId))!
  })
  return output
}

export async function startServer(world: World, input: z.output<typeof FirstAdministrator>) {
  if (!world.firstCode.matches(input.code))
    throw new Fault('forbidden', 'This is not the code that the server printed.', {
      rule: 'first_code.wrong',
      tip: 'Look at the console in which the server was started.',
    })
  const { id } = await world.accounts.add(input)
  const zone = await startZone(world, input.zone, { id, name: input.name, email: input.email.toLowerCase() })
  world.firstCode.spend()
  return zone
}

/** The caller's own new zone. The demo ends only after the new one stands. */
export async function startOwnZone(world: World, caller: Caller, input: z.output<typeof OwnZone>) {
  const me = await readAs(world.database, caller, (tx) => memberOf(tx, caller))
  const demo = await readAs(world.database, caller, (tx) => findZone(tx, caller.zoneId))
  if (input.deleteDemo && !demo?.demo)
    throw new Fault('forbidden', 'Only the demo zone can be deleted here.', { rule: 'zone.not_demo' })
  const owner = await ownerOf(world, me, input)
  const zone = await startZone(world, input.zone, owner).catch(async (error) => {
    // Without its zone the new account would bar its address from the next try.
    if (owner.id !== me.account_id) await world.accounts.remove(owner.id)
    throw error
  })
  if (input.deleteDemo) await deleteZone(world, caller.zoneId, owner.id)
  return zone
}

/** The new zone's administrator. A demo account can't be it: its password stands in the documentation. */
async function ownerOf(
  world: World,
  me: { account_id: string; name: string; email: string },
  { administrator }: z.output<typeof OwnZone>,
): Promise<{ id: string; name: string; email: string }> {
  if (!DEMO_ACCOUNTS.some(({ email }) => email === me.email))
    return { id: me.account_id, name: me.name, email: me.email }
  if (!administrator)
    throw new Fault('invalid', 'A zone of your own needs an administrator with a password of your own.', {
      rule: 'zone.administrator_needed',
      issues: [{ path: 'administrator', rule: 'missing' }],
      tip: 'Name the administrator of the new zone: name, email and password.',
    })
  const { id, added } = await world.accounts.add(administrator)
  if (!added) throw new Fault('conflict', 'There is an account of this address already.', { rule: 'account.known' })
  return { id, name: administrator.name, email: administrator.email.toLowerCase() }
}

async function memberOf(tx: Tx, caller: Caller) {
  return tx
    .selectFrom('membership')
    .selectAll()
    .where('zone_id', '=', caller.zoneId)
    .where('account_id', '=', caller.accountId ?? '')
    .executeTakeFirstOrThrow()
}

async function putMember(
  tx: Tx,
  zoneId: string,
  member: { id: string; name: string; email: string; role: string; organisationId: string | null },
) {
  await tx
    .insertInto('membership')
    .values({
      zone_id: zoneId,
      account_id: member.id,
      role: member.role,
      organisation_id: member.organisationId,
      name: member.name,
      email: member.email,
    })
    .execute()
}

/** Invites: the account is made without a password, and a letter brings the link under which its owner chooses one. */
export async function addMember(world: World, caller: Caller, input: z.output<typeof MemberInput>, key?: string) {
  const email = input.email.toLowerCase()
  const { id, added } = await world.accounts.add({ name: input.name, email })
  const order = { name: 'house.add_member', input: { ...input, accountId: id }, key, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, async (done) => {
    const known = await done.tx
      .selectFrom('membership')
      .select('role')
      .where('zone_id', '=', caller.zoneId)
      .where('account_id', '=', id)
      .executeTakeFirst()
    if (known) throw new Fault('conflict', 'This person is a member already.', { rule: 'member.known' })
    await refuseUnknownOrganisation(done.tx, caller, input.organisationId)
    await putMember(done.tx, caller.zoneId, {
      id,
      name: input.name,
      email,
      role: input.role,
      organisationId: input.organisationId ?? null,
    })
    done.changed({ subject: { kind: 'member', id: accountUuid(id) }, action: 'added' })
    if (!added) {
      const zone = (await findZone(done.tx, caller.zoneId))!
      await postMail(done, caller.zoneId, {
        toAddress: email,
        toAccount: id,
        subject: 'Consortia 联合体',
        body: 'You are now a member of another zone. 您已加入另一个园区。',
        link: `${world.origin}/${zone.slug}`,
      })
    }
    return { id }
  })
  if (added) await world.accounts.invite(email)
  return output
}

/** Accounts' ids are text of their own; the history knows records by UUID. */
export function accountUuid(_accountId: string): string {
  return NIL_ID
}

export async function changeMember(
  { tx, changed }: Command,
  caller: Caller,
  accountId: string,
  input: z.output<typeof MemberChange>,
) {
  const before = await lockMember(tx, caller, accountId)
  await refuseUnknownOrganisation(tx, caller, input.organisationId)
  if (before.role === 'administrator' && input.role !== 'administrator') await refuseToLoseLast(tx, caller, accountId)
  await tx
    .updateTable('membership')
    .set({ role: input.role, organisation_id: input.organisationId ?? null })
    .where('zone_id', '=', caller.zoneId)
    .where('account_id', '=', accountId)
    .execute()
  changed({
    subject: { kind: 'member', id: accountUuid(accountId) },
    action: 'changed',
    changes: { role: { from: before.role, to: input.role } },
  })
  return { id: accountId }
}

export async function removeMember({ tx, changed }: Command, caller: Caller, accountId: string) {
  const before = await lockMember(tx, caller, accountId)
  if (before.role === 'administrator') await refuseToLoseLast(tx, caller, accountId)
  await tx.deleteFrom('membership').where('zone_id', '=', caller.zoneId).where('account_id', '=', accountId).execute()
  changed({ subject: { kind: 'member', id: accountUuid(accountId) }, action: 'removed' })
  return { id: accountId }
}

/** An account that speaks for an organisation unknown to the zone would speak for it the day it is imported. */
async function refuseUnknownOrganisation(tx: Tx, caller: Caller, id: string | null | undefined) {
  if (!id) return
  const known = await tx
    .selectFrom('zone_organisation')
    .select('organisation_id')
    .where('zone_id', '=', caller.zoneId)
    .where('organisation_id', '=', id)
    .executeTakeFirst()
  if (!known)
    throw new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })
}

async function lockMember(tx: Tx, caller: Caller, accountId: string) {
  const row = await tx
    .selectFrom('membership')
    .selectAll()
    .where('zone_id', '=', caller.zoneId)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Fault('not_found', 'There is no such member.', { rule: 'member.unknown' })
  return row
}

async function refuseToLoseLast(tx: Tx, caller: Caller, accountId: string) {
  const others = await tx
    .selectFrom('membership')
    .select('account_id')
    .where('zone_id', '=', caller.zoneId)
    .where('role', '=', 'administrator')
    .where('account_id', '<>', accountId)
    .forUpdate()
    .execute()
  if (!others.length)
    throw new Fault('conflict', 'A zone keeps at least one administrator.', {
      rule: 'member.last_administrator',
      tip: 'Make somebody else an administrator first.',
    })
}

export async function readHistory(tx: Tx, caller: Caller, kind: string, id: string) {
  const own = caller.organisationId !== null && (await standsBehind(tx, caller.zoneId, kind, id, caller.organisationId))
  if (!isStaff(caller) && !own)
    throw new Fault('forbidden', 'The history of this record is read by those it belongs to.', {
      rule: 'access.record',
    })
  return { rows: await listHistory(tx, caller.zoneId, kind, id) }
}

export async function saveView({ tx, at }: Command, caller: Caller, input: z.output<typeof SavedViewInput>) {
  const id = newId(at)
  await tx
    .insertInto('saved_view')
    .values({ zone_id: caller.zoneId, id, account_id: caller.accountId ?? '', ...input, created_at: at })
    .execute()
  return { id }
}

export async function removeView({ tx }: Command, caller: Caller, id: string) {
  const { numDeletedRows } = await tx
    .deleteFrom('saved_view')
    .where('zone_id', '=', caller.zoneId)
    .where('id', '=', id)
    .where('account_id', '=', caller.accountId ?? '')
    .executeTakeFirst()
  if (!numDeletedRows) throw new Fault('not_found', 'There is no such view.', { rule: 'view.unknown' })
  return { id }
}
