import { sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import type { StoredNeed } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import type { Draft } from './describe.ts'

/** Older proposals of a need go when there are more, unless they were shared or saved. */
const PROPOSALS_KEPT_MAX = 200

/** What a proposal's row keeps as its answer: all of the draft, and the state of the inputs that it was made from. */
export type KeptDraft = Draft & { pulse: string }

export interface StoredProposal {
  id: string
  at: Date
  by: string | null
  consortiumId: string | null
  kept: KeptDraft
}

const proposals = (tx: Tx, zoneId: string) =>
  tx
    .selectFrom('proposal as p')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 'p.zone_id').onRef('m.account_id', '=', 'p.account_id'),
    )
    .select(['p.proposal_id', 'p.at', 'p.answer', 'm.name'])
    // Two drafts may have come to the same proposal: the older is named.
    .select((of) =>
      of
        .selectFrom('consortium as c')
        .select('c.consortium_id')
        .whereRef('c.zone_id', '=', 'p.zone_id')
        .whereRef('c.proposal_id', '=', 'p.proposal_id')
        .orderBy('c.created_at')
        .orderBy('c.consortium_id')
        .limit(1)
        .as('consortium_id'),
    )
    .where('p.zone_id', '=', zoneId)

const stored = (row: {
  proposal_id: string
  at: Date
  answer: unknown
  name: string | null
  consortium_id: string | null
}): StoredProposal => ({
  id: row.proposal_id,
  at: row.at,
  by: row.name,
  consortiumId: row.consortium_id,
  kept: row.answer as KeptDraft,
})

/** A proposal with its need, as far as the database shows them to the caller. */
export async function findProposal(
  tx: Tx,
  zoneId: string,
  id: string,
): Promise<{ proposal: StoredProposal; need: StoredNeed } | undefined> {
  const row = await proposals(tx, zoneId).where('p.proposal_id', '=', id).executeTakeFirst()
  const proposal = row && stored(row)
  const need = proposal && (await findNeed(tx, zoneId, proposal.kept.needId))
  return need ? { proposal, need } : undefined
}

/** The proposals of a need, the newest first. */
export async function listProposals(
  tx: Tx,
  zoneId: string,
  needId: string,
  { page, size }: { page: number; size: number },
) {
  const { total } = await tx
    .selectFrom('proposal')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', needId)
    .executeTakeFirstOrThrow()
  const rows = await proposals(tx, zoneId)
    .where('p.need_id', '=', needId)
    .orderBy('p.at', 'desc')
    .orderBy('p.proposal_id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { total, rows: rows.map(stored) }
}

/** The proposal that was made of exactly these inputs, and proven, so that it need not be made again. */
export async function findSame(tx: Tx, zoneId: string, needId: string, inputsHash: string): Promise<string | null> {
  const row = await tx
    .selectFrom('proposal')
    .select('proposal_id')
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', needId)
    .where('inputs_hash', '=', inputsHash)
    .where('status', '<>', 'feasible')
    .orderBy('proposal_id')
    .executeTakeFirst()
  return row?.proposal_id ?? null
}

export async function insertProposal(
  tx: Tx,
  caller: Caller,
  { id, at, kept }: { id: string; at: Date; kept: KeptDraft },
) {
  await tx
    .insertInto('proposal')
    .values({
      zone_id: caller.zoneId,
      proposal_id: id,
      need_id: kept.needId,
      options: json(kept.options),
      inputs_hash: kept.inputsHash,
      engine: kept.engine,
      seed: kept.seed,
      seen_seq: BigInt(kept.seenSeq),
      status: kept.status,
      answer: json(kept),
      account_id: caller.accountId,
      at,
    })
    .execute()
  await sql`
    delete from proposal p
    where p.zone_id = ${caller.zoneId} and p.need_id = ${kept.needId}
      and p.proposal_id not in (
        select n.proposal_id from proposal n where n.zone_id = ${caller.zoneId} and n.need_id = ${kept.needId}
        order by n.at desc, n.proposal_id desc limit ${PROPOSALS_KEPT_MAX})
      and not exists (select from proposal_link l where l.zone_id = p.zone_id and l.proposal_id = p.proposal_id)
      and not exists (select from consortium c where c.zone_id = p.zone_id
        and p.proposal_id in (c.proposal_id, c.next_proposal_id))`.execute(tx)
}
