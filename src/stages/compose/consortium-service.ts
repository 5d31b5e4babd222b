import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import { sortKey } from '#kit/collate.ts'
import { Fault } from '#kit/fault.ts'
import { keyedId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { paged } from '../lists.ts'
import type { Level } from '../match/model.ts'
import { capabilityOf, type StoredNeed, standingOf } from '../needs/need-row.ts'
import { findNeed, listCapabilities } from '../needs/need-store.ts'
import { allText, type Texts, textIn, toTexts } from '../texts.ts'
import { mayChangeConsortium } from './access.ts'
import { findConsortium, listConsortia, listMembers, type StoredConsortium } from './consortium-store.ts'
import { LIVE_STATES } from './invitation-rules.ts'
import { listInvitations } from './invitation-store.ts'
import type { Consortium, ConsortiumChange, ConsortiumInput, ConsortiumQuery, ConsortiumSaved } from './model.ts'
import { readableProposal } from './proposal-service.ts'
import type { KeptDraft } from './proposal-store.ts'

export const unknownConsortium = () =>
  new Fault('not_found', 'There is no such consortium.', { rule: 'consortium.unknown' })

const namedAs = (names: Texts) => {
  const shown = textIn(names, 'zh')
  return { names: json(names), display_name: shown, sort_key: sortKey(shown), search_text: foldText(allText(names)) }
}

export async function readConsortia(tx: Tx, { zoneId }: Caller, query: z.output<typeof ConsortiumQuery>) {
  return paged(query, await listConsortia(tx, zoneId, query))
}

/**
 * Saves a proposal as a draft consortium, once: its id is the proposal's own, so two people who save it at the same time
 * get one draft.
 */
export async function saveConsortium(
  done: Command,
  caller: Caller,
  proposalId: string,
  { names, note }: ConsortiumInput,
): Promise<z.infer<typeof ConsortiumSaved>> {
  const { tx, at } = done
  const { proposal, need } = await readableProposal(tx, caller, proposalId)
  if (proposal.kept.status === 'infeasible')
    throw new Fault('wrong_state', 'This proposal has no team that could be saved.', {
      rule: 'compose.no_team',
      tip: 'Ease a condition and compose again.',
    })
  const id = keyedId('consortium', caller.zoneId, proposalId)
  const said = names ? toTexts(names, 'typed') : (need.title as Texts)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('consortium')
    .values({
      zone_id: caller.zoneId,
      consortium_id: id,
      need_id: need.need_id,
      proposal_id: proposalId,
      ...namedAs(said),
      note,
      account_id: caller.accountId,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.columns(['zone_id', 'consortium_id']).doNothing())
    .executeTakeFirst()
  if (!numInsertedOrUpdatedRows) {
    const known = await findConsortium(tx, caller.zoneId, id)
    return { id, revision: known?.revision ?? 1, created: false }
  }
  await putMembers(tx, caller.zoneId, id, proposal.kept)
  done.changed({
    subject: { kind: 'consortium', id },
    action: 'added',
    changes: { proposal: { from: null, to: proposalId } },
  })
  return { id, revision: 1, created: true }
}

async function putMembers(tx: Tx, zoneId: string, consortiumId: string, { members }: KeptDraft): Promise<void> {
  if (members.length === 0) return
  await tx
    .insertInto('consortium_member')
    .values(
      members.map(({ id, role, covers, reasons }, ordinal) => ({
        zone_id: zoneId,
        consortium_id: consortiumId,
        organisation_id: id,
        role,
        covers: json(covers),
        reason: json(reasons),
        ordinal,
      })),
    )
    .execute()
}

/** A draft with its need. @throws Fault `not_found` where it is not there for the caller */
export async function readableConsortium(
  tx: Tx,
  caller: Caller,
  id: string,
  lock = false,
): Promise<{ row: StoredConsortium; need: StoredNeed }> {
  const row = await findConsortium(tx, caller.zoneId, id, lock)
  const need = row && (await findNeed(tx, caller.zoneId, row.need_id))
  if (!row || !need || !mayChangeConsortium(caller, standingOf(need))) throw unknownConsortium()
  return { row, need }
}

export async function readConsortium(tx: Tx, caller: Caller, id: string): Promise<Consortium> {
  const { row, need } = await readableConsortium(tx, caller, id)
  const capabilities = await listCapabilities(tx, caller.zoneId, [need.need_id])
  const author = await tx
    .selectFrom('membership')
    .select('name')
    .where('zone_id', '=', caller.zoneId)
    .where('account_id', '=', row.account_id)
    .executeTakeFirst()
  return {
    id,
    name: row.display_name,
    names: row.names as Texts,
    state: 'draft',
    note: row.note,
    by: author?.name ?? null,
    needId: need.need_id,
    needName: need.display_title,
    needTitle: need.title as Texts,
    proposalId: row.proposal_id,
    capabilities: capabilities.map(capabilityOf).map((capability) => ({
      ...capability,
      name: textIn(capability.name, 'zh'),
      names: capability.name,
      levelWanted: capability.levelWanted as Level,
    })),
    members: await listMembers(tx, caller.zoneId, id),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    mayChange: true,
    revision: row.revision,
  }
}

/** Renames a draft, or changes its note. Somebody else's newer change is shown instead of overwritten. */
export async function changeConsortium(
  done: Command,
  caller: Caller,
  id: string,
  { names, note, revision }: ConsortiumChange,
): Promise<{ id: string; revision: number }> {
  const { row } = await readableConsortium(done.tx, caller, id, true)
  if (row.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this draft since you opened it.', {
      rule: 'consortium.changed',
      now: await readConsortium(done.tx, caller, id),
      tip: 'Look at what it says now and make your change on that.',
    })
  const said = names === undefined ? null : toTexts(names, 'typed')
  await done.tx
    .updateTable('consortium')
    .set({
      ...(said ? namedAs(said) : {}),
      ...(note === undefined ? {} : { note }),
      revision: revision + 1,
      updated_at: done.at,
    })
    .where('zone_id', '=', caller.zoneId)
    .where('consortium_id', '=', id)
    .execute()
  const changes = {
    ...(said ? { names: { from: row.names, to: said } } : {}),
    ...(note === undefined ? {} : { note: { from: row.note, to: note } }),
  }
  done.changed({ subject: { kind: 'consortium', id }, action: 'changed', changes })
  return { id, revision: revision + 1 }
}

export async function removeConsortium(done: Command, caller: Caller, id: string): Promise<{ id: string }> {
  const { row } = await readableConsortium(done.tx, caller, id, true)
  const invited = await listInvitations(done.tx, caller.zoneId, id)
  if (invited.some(({ state }) => LIVE_STATES.includes(state)))
    throw new Fault('wrong_state', 'Members have been invited to this draft.', {
      rule: 'consortium.invited',
      tip: 'Withdraw the invitations first.',
    })
  await done.tx.deleteFrom('consortium').where('zone_id', '=', caller.zoneId).where('consortium_id', '=', id).execute()
  const changes = { name: { from: row.display_name, to: null } }
  done.changed({ subject: { kind: 'consortium', id }, action: 'removed', changes })
  return { id }
}
