import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { todayIn } from '../registry/list-store.ts'
import { toTexts } from '../texts.ts'
import { isAnOfficer } from './access.ts'
import { contentOf, type NeedContent } from './content-rules.ts'
import { uniteNeeds } from './merge-rules.ts'
import { CAPABILITIES_MAX, type MergeInput, type NeedSaved, SPONSORS_MAX, TARGETS_MAX } from './model.ts'
import { type StoredNeed, standingOf } from './need-row.ts'
import { insertNeed } from './need-service.ts'
import { fullContent, heldNeed, putNeed } from './need-standing.ts'
import { listMergedInto } from './need-store.ts'
import { lifeOf } from './read-service.ts'
import { admitStep, isSeparable, stepOf } from './rules.ts'

/** Makes one joint draft of several needs, which then stand as merged and point at it. */
export async function mergeNeeds(
  done: Command,
  caller: Caller,
  { needs: ids, title, ...texts }: z.output<typeof MergeInput>,
): Promise<NeedSaved> {
  const { tx } = done
  const { zoneId } = caller
  const today = await todayIn(tx, zoneId, done.at)
  const rows = new Map<string, StoredNeed>()
  // In the order of ids, so that two officers who merge the same needs don't wait for each other.
  for (const id of ids.toSorted()) rows.set(id, await heldNeed(done, caller, id, today, isAnOfficer))
  const originals = ids.map((id) => rows.get(id)!)
  const step = stepOf('merge')
  for (const row of originals) admitStep(step, caller, standingOf(row))

  const contents: NeedContent[] = []
  for (const row of originals) contents.push(await fullContent(tx, zoneId, row))
  const united = { ...uniteNeeds(contents), ...contentOf(texts), title: toTexts(title, 'typed') }
  const sponsorIds = [...new Set(originals.flatMap((row) => row.sponsor_ids))]
  refuseTooLarge(united, sponsorIds)
  const id = newId(done.at)
  await insertNeed(done, caller, united, { id, sponsorIds, joint: true })
  for (const row of originals) {
    const merged = { state: 'merged', merged_into: id, state_before_merge: row.state }
    await putNeed(done, zoneId, row, merged)
    tell(done, row.need_id, 'merged', { from: row.state, to: 'merged' })
  }
  done.changed({ subject: { kind: 'need', id }, action: 'added' })
  return { id, revision: 1, state: 'draft' }
}

function refuseTooLarge({ capabilities, targets }: NeedContent, sponsorIds: readonly string[]): void {
  const issues = [
    { path: 'capabilities', count: capabilities.length, limit: CAPABILITIES_MAX },
    { path: 'targets', count: targets.length, limit: TARGETS_MAX },
    { path: 'sponsors', count: sponsorIds.length, limit: SPONSORS_MAX },
  ].flatMap(({ path, count, limit }) => (count > limit ? [{ path, rule: 'array.too_big', limit }] : []))
  if (issues.length)
    throw new Fault('invalid', 'Together these needs ask for more than one need can hold.', {
      rule: 'need.merge_too_large',
      issues,
      tip: 'Merge fewer of them.',
    })
}

/** Takes a joint draft apart: each need goes back to where it stood, and the draft goes. */
export async function unmergeNeed(done: Command, caller: Caller, id: string): Promise<{ id: string; needs: string[] }> {
  const { tx } = done
  const { zoneId } = caller
  const today = await todayIn(tx, zoneId, done.at)
  const joint = await heldNeed(done, caller, id, today, isAnOfficer)
  if (!isSeparable(lifeOf(joint)))
    throw new Fault('wrong_state', 'Only a joint need that is still a draft can be taken apart.', {
      rule: 'need.unmerge_not_allowed',
    })
  const needs = (await listMergedInto(tx, zoneId, id)).map((need) => need.id).toSorted()
  for (const needId of needs) {
    const row = await heldNeed(done, caller, needId, today, isAnOfficer)
    admitStep(stepOf('unmerge'), caller, standingOf(row))
    const state = row.state_before_merge ?? 'in_review'
    await putNeed(done, zoneId, row, { state, merged_into: null, state_before_merge: null })
    tell(done, needId, 'unmerged', { from: 'merged', to: state })
  }
  await tx.deleteFrom('need').where('zone_id', '=', zoneId).where('need_id', '=', id).execute()
  done.changed({ subject: { kind: 'need', id }, action: 'removed' })
  return { id, needs }
}

const tell = (done: Command, id: string, action: string, state: { from: string; to: string }) =>
  done.changed({ subject: { kind: 'need', id }, action, changes: { state } })
