import { sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import type { Kind } from '../registry/model.ts'
import type { Texts } from '../texts.ts'
import type { BulkNeed, BulkRun } from './bulk-model.ts'
import type { NeedStanding } from './bulk-plan.ts'
import { pulseOf } from './inputs-store.ts'
import { ENGINE } from './problem.ts'

/** Older runs go when there are more. */
const RUNS_KEPT_MAX = 50
/** What a composition depends on: the registry's records, the needs, and what was said of both. */
const INPUT_COMMANDS = '^(registry|imports|demo|needs|match)\\.'

export const BULK_WORK = 'compose.bulk'
export const BULK_ENGINE = `bulk 1, ${ENGINE}`

export interface BulkNeedStanding extends NeedStanding {
  name: string
  title: Texts
  sponsors: string[]
}

/** All needs that are open, or those named; the ones opened first come first. */
export async function listNeeds(tx: Tx, zoneId: string, only?: readonly string[] | null): Promise<BulkNeedStanding[]> {
  let query = tx
    .selectFrom('need as n')
    .select(['n.need_id as id', 'n.display_title as name', 'n.title', 'n.state', 'n.sponsor_ids as sponsors'])
    .select(
      sql<number>`(select count(*)::int from need_capability c where c.zone_id = n.zone_id and c.need_id = n.need_id)`.as(
        'capabilities',
      ),
    )
    .select(
      sql<boolean>`exists (select from consortium c where c.zone_id = n.zone_id and c.need_id = n.need_id)`.as(
        'hasConsortium',
      ),
    )
    .where('n.zone_id', '=', zoneId)
    .orderBy(sql`n.opened_at nulls last`)
    .orderBy('n.need_id')
  if (only) query = query.where((eb) => eb('n.need_id', '=', eb.fn.any(eb.val(only))))
  else query = query.where('n.state', 'in', ['open', 'matched'])
  return (await query.execute()).map((row) => ({ ...row, title: row.title as Texts }))
}

/** In how many needs' consortia each organisation sits already. */
export async function seatsTaken(tx: Tx, zoneId: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('consortium_member as m')
    .innerJoin('consortium as c', (join) =>
      join.onRef('c.zone_id', '=', 'm.zone_id').onRef('c.consortium_id', '=', 'm.consortium_id'),
    )
    .select(['m.organisation_id as id', sql<number>`count(distinct c.need_id)::int`.as('count')])
    .where('m.zone_id', '=', zoneId)
    .groupBy('m.organisation_id')
    .execute()
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** The last entry of the journal that changed what compositions start from. */
export async function inputsSeq(tx: Tx, zoneId: string): Promise<string> {
  const { rows } = await sql<{ seq: bigint | null }>`
    select max(seq) as seq from journal where zone_id = ${zoneId} and command ~ ${INPUT_COMMANDS}`.execute(tx)
  return String(rows[0]?.seq ?? 0)
}

export async function listParties(tx: Tx, zoneId: string, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name', 'names', 'kind'])
    .where('zone_id', '=', zoneId)
    .where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(ids))))
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, names: row.names as Texts, kind: row.kind as Kind }]))
}

/** What a run keeps of each need: all of its row that does not depend on when it is read. */
export type KeptNeed = Omit<BulkNeed, 'stale' | 'consortiumId'> & { pulse: string }
export type KeptRun = Omit<BulkRun, 'id' | 'at' | 'by' | 'needs'> & { needs: KeptNeed[]; seenSeq: string }

export async function insertRun(tx: Tx, caller: Caller, { id, at, kept }: { id: string; at: Date; kept: KeptRun }) {
  const { options, engine, seed, inputsHash, seenSeq } = kept
  const values = {
    options: json(options),
    inputs_hash: inputsHash,
    engine,
    seed,
    seen_seq: BigInt(seenSeq),
    answer: json(kept),
    account_id: caller.accountId,
    at,
  }
  await tx
    .insertInto('bulk_run')
    .values({ zone_id: caller.zoneId, bulk_run_id: id, ...values })
    .onConflict((conflict) => conflict.columns(['zone_id', 'bulk_run_id']).doUpdateSet(values))
    .execute()
  await sql`
    delete from bulk_run r where r.zone_id = ${caller.zoneId} and r.bulk_run_id not in (
      select n.bulk_run_id from bulk_run n where n.zone_id = ${caller.zoneId}
      order by n.at desc, n.bulk_run_id desc limit ${RUNS_KEPT_MAX})`.execute(tx)
}

const runs = (tx: Tx, zoneId: string) =>
  tx
    .selectFrom('bulk_run as r')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'r.zone_id').onRef('m.account_id', '=', 'r.account_id'),
    )
    .select(['r.bulk_run_id as id', 'r.at', 'r.answer', 'm.name as by'])
    .where('r.zone_id', '=', zoneId)

export interface StoredRun {
  id: string
  at: Date
  by: string | null
  kept: KeptRun
}

const stored = ({ answer, ...row }: { id: string; at: Date; answer: unknown; by: string | null }): StoredRun => ({
  ...row,
  kept: answer as KeptRun,
})

export async function findRun(tx: Tx, zoneId: string, id: string): Promise<StoredRun | undefined> {
  const row = await runs(tx, zoneId).where('r.bulk_run_id', '=', id).executeTakeFirst()
  return row && stored(row)
}

/** The newest first. */
export async function listRuns(tx: Tx, zoneId: string, { page, size }: { page: number; size: number }) {
  const { total } = await tx
    .selectFrom('bulk_run')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('zone_id', '=', zoneId)
    .executeTakeFirstOrThrow()
  const rows = await runs(tx, zoneId)
    .orderBy('r.at', 'desc')
    .orderBy('r.bulk_run_id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { total, rows: rows.map(stored) }
}

/** The draft consortia that were saved from these proposals, and the proposals that are still kept. */
export async function findKept(
  tx: Tx,
  zoneId: string,
  proposals: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await tx
    .selectFrom('proposal as p')
    .leftJoin('consortium as c', (join) =>
      join.onRef('c.zone_id', '=', 'p.zone_id').onRef('c.proposal_id', '=', 'p.proposal_id'),
    )
    .select(['p.proposal_id as id', 'c.consortium_id as consortium'])
    .where('p.zone_id', '=', zoneId)
    .where((eb) => eb('p.proposal_id', '=', eb.fn.any(eb.val(proposals))))
    .execute()
  return new Map(rows.map(({ id, consortium }) => [id, consortium]))
}

/** The run that is under way. */
export async function findBulkWork(tx: Tx, zoneId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('work')
    .select('id')
    .where('zone_id', '=', zoneId)
    .where('kind', '=', BULK_WORK)
    .where('state', 'in', ['queued', 'running'])
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}

export async function isCancelled(tx: Tx, zoneId: string, workId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('work')
    .select('state')
    .where('zone_id', '=', zoneId)
    .where('id', '=', workId)
    .executeTakeFirst()
  return row?.state === 'cancelled'
}

/** Null for a need that is no more. */
export async function pulseNow(tx: Tx, caller: Caller, needId: string): Promise<string | null> {
  try {
    return await pulseOf(tx, caller, needId)
  } catch (error) {
    if (error instanceof Fault && error.code === 'not_found') return null
    throw error
  }
}
