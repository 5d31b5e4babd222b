import { sql } from 'kysely'
import { actAs } from '#db/caller.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'

/** The order in which a zone's rows may go: what points at others first. */
const TABLES = [
  'term',
  'capital_event',
  'zone_record',
  'ten_ones_target',
  'industry',
  'invitation_link',
  'invitation',
  'consortium_member',
  'consortium',
  'proposal_link',
  'proposal',
  'match_run',
  'match_settings',
  'exposure_report',
  'text_vector',
  'text_vector_state',
  'response',
  'coverage_judgement',
  'need_private',
  'need_capability',
  'need_sponsor',
  'need',
  'column_mapping',
  'import_row',
  'import_run',
  'removed_record',
  'organisation_merge',
  'duplicate_pair',
  'evidence',
  'participation',
  'project',
  'result_owner',
  'result',
  'person',
  'zone_identifier',
  'organisation_year',
  'zone_organisation',
  'saved_view',
  'work',
  'stored_file',
  'outbox',
  'record_change',
  'answer',
  'journal_salt',
  'journal_head',
  'membership',
] as const

/**
 * Ends a zone and all it holds. Accounts that were members there and nowhere else end with it, but for `keepAccount`.
 * The server does this by itself, not as a caller: a journal can't be deleted by the application's role.
 */
export async function deleteZone(world: World, zoneId: string, keepAccount: string): Promise<void> {
  const orphans = await world.database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, systemCaller(zoneId))
    const { rows: members } = await sql<{
      account_id: string
    }>`select account_id from membership where zone_id = ${zoneId}`.execute(tx)
    for (const table of TABLES) await sql`delete from ${sql.table(table)} where zone_id = ${zoneId}`.execute(tx)
    await sql`delete from organisation where home_zone_id = ${zoneId}`.execute(tx)
    await sql`select set_config('role', 'none', true)`.execute(tx)
    await sql`delete from journal where zone_id = ${zoneId}`.execute(tx)
    await sql`delete from zone where id = ${zoneId}`.execute(tx)
    const ids = members.map((member) => member.account_id).filter((id) => id !== keepAccount)
    return ids
  })
  for (const accountId of orphans)
    if (!(await isMemberAnywhere(world, accountId))) await world.accounts.remove(accountId)
}

async function isMemberAnywhere(world: World, accountId: string): Promise<boolean> {
  return world.database.kysely.transaction().execute(async (tx) => {
    await actAs(tx, {
      zoneId: '00000000-0000-0000-0000-000000000000',
      accountId,
      role: 'stranger',
      organisationId: null,
    })
    return Boolean(
      await tx.selectFrom('membership').select('zone_id').where('account_id', '=', accountId).executeTakeFirst(),
    )
  })
}
