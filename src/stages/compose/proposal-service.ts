import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { maySeeNeed } from '../needs/access.ts'
import { type StoredNeed, standingOf } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import type { Texts } from '../texts.ts'
import { mayComposeNeed, mayReadProposal } from './access.ts'
import { pulseOf } from './inputs-store.ts'
import type { Proposal, ProposalRow, Proposals } from './model.ts'
import { findProposal, listProposals, type StoredProposal } from './proposal-store.ts'
import { statesFor } from './year-facts.ts'

export const unknownProposal = () => new Fault('not_found', 'There is no such proposal.', { rule: 'proposal.unknown' })

/** A proposal that the caller may read. @throws Fault `not_found` for any other */
export async function readableProposal(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<{ proposal: StoredProposal; need: StoredNeed }> {
  const found = await findProposal(tx, caller.zoneId, id)
  if (!found || !mayReadProposal(caller, standingOf(found.need))) throw unknownProposal()
  return found
}

export async function readProposal(tx: Tx, caller: Caller, id: string): Promise<Proposal> {
  const { proposal } = await readableProposal(tx, caller, id)
  const { pulse, ...draft } = proposal.kept
  return {
    ...draft,
    rules: statesFor(caller, draft.rules),
    id,
    at: proposal.at.toISOString(),
    by: proposal.by,
    stale: pulse !== (await pulseOf(tx, caller, draft.needId)),
    consortiumId: proposal.consortiumId,
  }
}

/** @throws Fault `not_found` for a hidden need, `forbidden` for who may not compose it */
export async function needToCompose(tx: Tx, caller: Caller, needId: string): Promise<StoredNeed> {
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need)))
    throw new Fault('not_found', 'There is no such need.', { rule: 'need.unknown' })
  if (!mayComposeNeed(caller, standingOf(need)))
    throw new Fault('forbidden', 'A need’s proposals are read by its sponsors and the zone’s staff.', {
      rule: 'compose.sponsors_only',
    })
  return need
}

/** The versions of a need's proposal. @throws Fault as `needToCompose` does */
export async function readProposals(
  tx: Tx,
  caller: Caller,
  needId: string,
  query: { page: number; size: number },
): Promise<z.infer<typeof Proposals>> {
  const need = await needToCompose(tx, caller, needId)
  const pulse = await pulseOf(tx, caller, needId)
  const { rows, total } = await listProposals(tx, caller.zoneId, needId, query)
  return {
    need: { id: needId, name: need.display_title, title: need.title as Texts, state: need.state },
    rows: rows.map((row) => rowOf(row, pulse)),
    total,
    ...query,
  }
}

function rowOf({ id, at, by, consortiumId, kept }: StoredProposal, pulse: string): ProposalRow {
  const { status, objective, gap, options, solved, members } = kept
  return {
    id,
    at: at.toISOString(),
    by,
    status,
    objective,
    gap,
    options,
    stale: kept.pulse !== pulse,
    consortiumId,
    covered: solved.covered,
    of: solved.of,
    members: members.map((member) => ({ id: member.id, name: member.name, names: member.names, role: member.role })),
  }
}

export async function timeZoneOf(tx: Tx, zoneId: string): Promise<string> {
  const zone = await tx.selectFrom('zone').select('time_zone').where('id', '=', zoneId).executeTakeFirst()
  return zone?.time_zone ?? 'UTC'
}
