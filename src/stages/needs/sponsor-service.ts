import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import { Fault } from '#kit/fault.ts'
import { type Caller, isOfficer, speaksFor } from '../caller.ts'
import { todayIn } from '../registry/list-store.ts'
import { isSponsor, mayAddSponsors, mayAskToJoin } from './access.ts'
import { type NeedState, SPONSORS_MAX, type SponsorAnswer, type SponsorInput } from './model.ts'
import { type StoredNeed, standingOf } from './need-row.ts'
import { knownOrganisations } from './need-service.ts'
import { heldNeed, notYours, putNeed, seenNeed } from './need-standing.ts'
import { listAsking } from './need-store.ts'
import { tellOfStep } from './notices.ts'

type Answer = z.infer<typeof SponsorAnswer>

/**
 * An organisation joins: its own account asks, and a sponsor or an officer lets it in. Until then it reads nothing
 * private. Asking or letting in twice changes nothing.
 */
export async function addSponsor(
  done: Command,
  caller: Caller,
  needId: string,
  input: z.output<typeof SponsorInput>,
): Promise<Answer> {
  const today = await todayIn(done.tx, caller.zoneId, done.at)
  const seen = await seenNeed(done.tx, caller, needId, today)
  const organisationId = input.organisationId?.toLowerCase() ?? caller.organisationId
  if (organisationId === null)
    throw new Fault('invalid', 'Name the organisation that is to join.', {
      rule: 'body.form',
      issues: [{ path: 'organisationId', rule: 'missing' }],
    })
  refuseWhereOver(standingOf(seen).state)
  if (seen.sponsor_ids.includes(organisationId)) return { id: needId, organisationId, state: 'joined' }
  if (mayAddSponsors(caller) || isSponsor(caller, standingOf(seen)))
    return letIn(done, caller, needId, { organisationId, today })
  if (!speaksFor(caller, organisationId) || !mayAskToJoin(caller, standingOf(seen))) throw notYours()
  return ask(done, caller, seen, organisationId)
}

async function ask(done: Command, caller: Caller, seen: StoredNeed, organisationId: string): Promise<Answer> {
  const answer = { id: seen.need_id, organisationId, state: 'asked' as const }
  const { zoneId } = caller
  const own = await done.tx
    .selectFrom('need_sponsor_request')
    .select('organisation_id')
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', seen.need_id)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (own) return answer
  await done.tx
    .insertInto('need_sponsor_request')
    .values({
      zone_id: zoneId,
      need_id: seen.need_id,
      organisation_id: organisationId,
      account_id: caller.accountId,
      asked_at: done.at,
    })
    .execute()
  tell(done, seen.need_id, 'sponsor_asked', { from: null, to: organisationId })
  await tellOfStep(done, caller, seen, 'ask')
  return answer
}

async function letIn(
  done: Command,
  caller: Caller,
  needId: string,
  { organisationId, today }: { organisationId: string; today: string },
): Promise<Answer> {
  const { tx, at } = done
  const { zoneId } = caller
  const row = await heldNeed(done, caller, needId, today)
  const asking = await listAsking(tx, zoneId, needId)
  if (!mayAddSponsors(caller) && !asking.some(({ id }) => id === organisationId))
    throw new Fault('forbidden', 'Only an organisation that has asked can be let in.', {
      rule: 'need.sponsor_not_asking',
      tip: 'Let its own account ask to join, or let an officer add it.',
    })
  await knownOrganisations(tx, zoneId, [organisationId])
  if (row.sponsor_ids.length >= SPONSORS_MAX)
    throw new Fault('conflict', 'The need has as many sponsors as it can have.', {
      rule: 'need.sponsors_max',
      limit: SPONSORS_MAX,
    })
  await tx
    .insertInto('need_sponsor')
    .values({ zone_id: zoneId, need_id: needId, organisation_id: organisationId, joined_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await dropRequest(done, zoneId, needId, organisationId)
  await putNeed(done, zoneId, row, {})
  tell(done, needId, 'sponsor_joined', { from: null, to: organisationId })
  await tellOfStep(done, caller, { need_id: needId, sponsor_ids: [...row.sponsor_ids, organisationId] }, 'let_in')
  return { id: needId, organisationId, state: 'joined' }
}

/** A sponsor leaves, or an officer takes it off; one that asks takes its word back, or is turned down. */
export async function removeSponsor(done: Command, caller: Caller, needId: string, organisation: string) {
  const { tx } = done
  const { zoneId } = caller
  const organisationId = organisation.toLowerCase()
  const today = await todayIn(tx, zoneId, done.at)
  const seen = await seenNeed(tx, caller, needId, today)
  const standing = standingOf(seen)
  const own = speaksFor(caller, organisationId)
  if (!standing.sponsorIds.includes(organisationId)) {
    if (!own && !isOfficer(caller) && !isSponsor(caller, standing)) throw notYours()
    if (!(await dropRequest(done, zoneId, needId, organisationId)))
      throw new Fault('not_found', 'This organisation does not sponsor the need.', { rule: 'need.sponsor_unknown' })
    tell(done, needId, 'sponsor_request_ended', { from: organisationId, to: null })
    return { id: needId }
  }
  if (!own && !isOfficer(caller)) throw notYours()
  const row = await heldNeed(done, caller, needId, today)
  refuseWhereOver(standingOf(row).state)
  if (row.sponsor_ids.length === 1)
    throw new Fault('conflict', 'The last sponsor stays with the need.', {
      rule: 'need.sponsor_last',
      tip: 'Let another organisation join first, or close the need.',
    })
  // The need is written before the sponsor leaves: afterwards it may not write it any more.
  await putNeed(done, zoneId, row, {})
  await tx
    .deleteFrom('need_sponsor')
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', needId)
    .where('organisation_id', '=', organisationId)
    .execute()
  tell(done, needId, 'sponsor_left', { from: organisationId, to: null })
  return { id: needId }
}

async function dropRequest({ tx }: Command, zoneId: string, needId: string, organisationId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('need_sponsor_request')
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', needId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function refuseWhereOver(state: NeedState): void {
  if (state === 'closed' || state === 'merged')
    throw new Fault('wrong_state', `The sponsors of a need in state ${state} stay as they are.`, {
      rule: 'need.sponsors_fixed',
    })
}

const tell = (done: Command, id: string, action: string, sponsor: { from: string | null; to: string | null }) =>
  done.changed({ subject: { kind: 'need', id }, action, changes: { sponsor } })
