import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { Fault, type Issue } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import { type Caller, isStaff } from '../caller.ts'
import { todayIn } from '../registry/list-store.ts'
import { isSponsorOrOfficer, mayChangeNeed } from './access.ts'
import { contentOf, EMPTY_CONTENT, type NeedContent } from './content-rules.ts'
import type { Capability, NeedChange, NeedInput, NeedSaved, NeedState } from './model.ts'
import { columnsOf, type StoredNeed, standingOf } from './need-row.ts'
import { fullContent, heldNeed, notYours, putNeed } from './need-standing.ts'
import { keepCapabilities, keepPrivate } from './parts-store.ts'
import { lifeOf, readNeed } from './read-service.ts'
import { isRemovable, lacksToBeWhole, pastDeadline, refuseLacks } from './rules.ts'

/** Begins a need. A company's or researcher's account does so for its organisation; the staff for whom it names. */
export async function addNeed(
  done: Command,
  caller: Caller,
  input: NeedInput,
  { id = newId(done.at) }: { id?: string } = {},
): Promise<NeedSaved> {
  const sponsorIds = await sponsorsFor(done.tx, caller, input.sponsors)
  await insertNeed(done, caller, { ...EMPTY_CONTENT, ...contentOf(input) }, { id, sponsorIds })
  done.changed({ subject: { kind: 'need', id }, action: 'added' })
  return { id, revision: 1, state: 'draft' }
}

/** Keeps a new draft with all its parts. */
export async function insertNeed(
  { tx, at }: Command,
  caller: Caller,
  content: NeedContent,
  { id, sponsorIds, joint = false }: { id: string; sponsorIds: readonly string[]; joint?: boolean },
): Promise<void> {
  const { zoneId } = caller
  await tx
    .insertInto('need')
    .values({
      zone_id: zoneId,
      need_id: id,
      ...columnsOf(content),
      sponsor_ids: [...sponsorIds],
      joint,
      account_id: caller.accountId,
      created_at: at,
      updated_at: at,
    })
    .execute()
  if (sponsorIds.length)
    await tx
      .insertInto('need_sponsor')
      .values(
        sponsorIds.map((organisation) => ({
          zone_id: zoneId,
          need_id: id,
          organisation_id: organisation,
          joined_at: at,
        })),
      )
      .execute()
  await keepPrivate(tx, zoneId, id, content)
  await keepCapabilities(tx, zoneId, { needId: id, before: [], capabilities: content.capabilities, at })
}

async function sponsorsFor(tx: Tx, caller: Caller, named: readonly string[] | undefined): Promise<string[]> {
  if (isStaff(caller)) return knownOrganisations(tx, caller.zoneId, named ?? [])
  const own = caller.organisationId
  if (own === null)
    throw new Fault('forbidden', 'Your account speaks for no organisation that could sponsor a need.', {
      rule: 'need.no_organisation',
      tip: 'Ask an administrator of the zone to name your organisation.',
    })
  if (named?.some((id) => id !== own))
    throw new Fault('forbidden', 'Another organisation joins a need by its own account, or by an officer.', {
      rule: 'need.sponsor_other',
    })
  return [own]
}

/** The organisations under these ids, each once. Throws `invalid` that names each one the zone does not know. */
export async function knownOrganisations(tx: Tx, zoneId: string, ids: readonly string[]): Promise<string[]> {
  if (!ids.length) return []
  const rows = await tx
    .selectFrom('zone_organisation')
    .select('organisation_id')
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', ids)
    .where('merged_into', 'is', null)
    .execute()
  const known = new Set(rows.map((row) => row.organisation_id))
  const issues = ids.flatMap((id, at): Issue[] =>
    known.has(id.toLowerCase()) ? [] : [{ path: `sponsors.${at}`, rule: 'organisation.unknown' }],
  )
  if (issues.length)
    throw new Fault('invalid', 'The zone does not know an organisation that is named.', { rule: 'body.form', issues })
  return [...new Set(ids.map((id) => id.toLowerCase()))]
}

/** Changes what a need says, on the revision that was read. What is in review or open stays whole. */
export async function changeNeed(
  done: Command,
  caller: Caller,
  id: string,
  { revision, ...facts }: z.output<typeof NeedChange>,
): Promise<NeedSaved> {
  const today = await todayIn(done.tx, caller.zoneId, done.at)
  const row = await heldNeed(done, caller, id, today)
  const { state } = standingOf(row)
  refuseToChange(caller, row)
  if (row.revision !== revision) throw await changedMeanwhile(done, caller, id)

  const before = await fullContent(done.tx, caller.zoneId, row)
  const content = { ...before, ...contentOf(facts) }
  const overdue = state === 'open' && content.deadline !== null && content.deadline < today
  if (state !== 'draft' && state !== 'returned')
    refuseLacks([...lacksToBeWhole(content), ...(overdue ? [pastDeadline(today)] : [])])
  await putNeed(done, caller.zoneId, row, columnsOf(content))
  if (facts.problem !== undefined || facts.tried !== undefined) await keepPrivate(done.tx, caller.zoneId, id, content)
  if (facts.capabilities) {
    const { capabilities } = content
    await keepCapabilities(done.tx, caller.zoneId, {
      needId: id,
      before: before.capabilities,
      capabilities,
      at: done.at,
    })
  }
  done.changed({ subject: { kind: 'need', id }, action: 'changed', changes: changesBetween(before, content) })
  return { id, revision: revision + 1, state }
}

function refuseToChange(caller: Caller, row: StoredNeed): void {
  const standing = standingOf(row)
  if (mayChangeNeed(caller, standing)) return
  const closedTo: NeedState[] = ['closed', 'expired', 'merged']
  if (closedTo.includes(standing.state))
    throw new Fault('wrong_state', `A need in state ${standing.state} is not changed any more.`, {
      rule: 'need.change.not_allowed',
      tip: standing.state === 'expired' ? 'Renew it first.' : 'Write a new need.',
    })
  throw new Fault('forbidden', 'What was submitted is changed by an officer.', {
    rule: 'need.change.not_yours',
    tip: 'Take it back from the review, or ask an officer of the zone.',
  })
}

/** The refusal that shows the second of two editors what stands now. */
export async function changedMeanwhile(done: Command, caller: Caller, id: string): Promise<Fault> {
  return new Fault('changed_meanwhile', 'Somebody has changed this need since you opened it.', {
    rule: 'revision.old',
    tip: 'Compare what stands now with yours, and save again.',
    now: await readNeed(done.tx, caller, id, done.at),
  })
}

const PRIVATE_FACTS = ['problem', 'tried']

/** Field by field. That a private text changed is told, but not what it says: the history has no circles. */
function changesBetween(before: NeedContent, after: NeedContent): Record<string, { from: unknown; to: unknown }> {
  const told = ({ capabilities, ...content }: NeedContent): Record<string, unknown> => ({
    ...content,
    capabilities: capabilities.map(({ id: _, ...capability }: Capability) => capability),
  })
  const [from, to] = [told(before), told(after)]
  const changed = Object.keys(to).filter(
    (field) => canonicalJson(from[field] ?? null) !== canonicalJson(to[field] ?? null),
  )
  return Object.fromEntries(
    changed.map((field) => [
      field,
      PRIVATE_FACTS.includes(field) ? { from: null, to: null } : { from: from[field], to: to[field] },
    ]),
  )
}

/** Removes a need that was never opened. The history keeps that it was there. */
export async function removeNeed(done: Command, caller: Caller, id: string): Promise<{ id: string }> {
  const today = await todayIn(done.tx, caller.zoneId, done.at)
  const row = await heldNeed(done, caller, id, today)
  if (!isSponsorOrOfficer(caller, standingOf(row))) throw notYours()
  if (!isRemovable(lifeOf(row)))
    throw new Fault('wrong_state', 'Only a draft or a returned need that was never open can be removed.', {
      rule: 'need.remove.not_allowed',
      tip: row.joint ? 'Take a joint draft apart instead.' : 'Close it instead.',
    })
  await done.tx.deleteFrom('need').where('zone_id', '=', caller.zoneId).where('need_id', '=', id).execute()
  done.changed({ subject: { kind: 'need', id }, action: 'removed' })
  return { id }
}
