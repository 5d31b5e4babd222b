import type { Context } from 'hono'
import { actAs } from '#db/caller.ts'
import type { Database } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { Caller, Role } from '#stages/caller.ts'
import type { World } from '../world.ts'
import { storable } from './valid.ts'

/** Who asks: the account behind the session, as a member of the zone that the path names, or as a stranger there. */
export async function callerOf(world: World, context: Context): Promise<Caller> {
  const account = await world.accounts.accountOf(context.req.raw.headers)
  const slug = context.req.param('zone')
  return callerIn(world.database, slug && storable(slug), account?.id ?? null)
}

/** The caller that an account is in a zone. Without a slug the caller stands in no zone. Throws `not_found` for an unknown zone. */
export async function callerIn(
  database: Database,
  slug: string | undefined,
  accountId: string | null,
): Promise<Caller> {
  const stranger = {
    zoneId: NIL_ID,
    accountId,
    role: 'stranger',
    organisationId: null,
    signedIn: accountId !== null,
  } as const
  if (slug === undefined) return stranger
  return database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, stranger)
    const zone = await tx.selectFrom('zone').select('id').where('slug', '=', slug).executeTakeFirst()
    if (!zone) throw new Fault('not_found', 'There is no zone of this name here.', { rule: 'zone.unknown' })
    if (!accountId) return { ...stranger, zoneId: zone.id }
    const member = await tx
      .selectFrom('membership')
      .select(['role', 'organisation_id'])
      .where('zone_id', '=', zone.id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    if (!member) return { ...stranger, zoneId: zone.id }
    return { ...stranger, zoneId: zone.id, role: member.role as Role, organisationId: member.organisation_id }
  })
}
