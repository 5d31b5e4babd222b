import { sql } from 'kysely'
import type { Command } from '#db/command.ts'
import { json } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { listPersonsOf } from './board-service.ts'
import { readableConsortium } from './consortium-service.ts'
import { listMembers, type StoredConsortium } from './consortium-store.ts'
import type { PersonsInput, SeatInput, TakeOverInput } from './invitation-model.ts'
import {
  heldSeats,
  LIVE_STATES,
  refusePersons,
  refuseRoleTwice,
  rolesAfter,
  standingInvitations,
  stateOn,
} from './invitation-rules.ts'
import { todayIn } from './invitation-service.ts'
import { listInvitations, settleInvitations } from './invitation-store.ts'
import { unknownProposal } from './proposal-service.ts'
import { findProposal } from './proposal-store.ts'
import { packagesIn } from './role-rules.ts'

/** The draft, held, on the revision that was read. @throws Fault `changed_meanwhile` where somebody was first */
async function heldDraft({ tx }: Command, caller: Caller, id: string, revision: number): Promise<StoredConsortium> {
  const { row } = await readableConsortium(tx, caller, id, true)
  if (row.revision !== revision)
    throw new Fault('changed_meanwhile', 'Somebody has changed this draft since you opened it.', {
      rule: 'consortium.changed',
      now: { revision: row.revision },
      tip: 'Look at what it says now and make your change on that.',
    })
  return row
}

async function putDraft({ tx, at }: Command, zoneId: string, id: string, change: object = {}): Promise<void> {
  await tx
    .updateTable('consortium')
    .set({ ...change, revision: sql<number>`revision + 1`, updated_at: at })
    .where('zone_id', '=', zoneId)
    .where('consortium_id', '=', id)
    .execute()
}

/** A member's seat, and whether its invitation stands: then its terms are negotiated, and not written. */
async function heldSeat({ tx }: Command, { zoneId }: Caller, consortiumId: string, organisationId: string) {
  const members = await listMembers(tx, zoneId, consortiumId)
  const member = members.find(({ id }) => id === organisationId)
  if (!member) throw new Fault('not_found', 'There is no such seat.', { rule: 'invitation.seat_unknown' })
  const invitations = await listInvitations(tx, zoneId, consortiumId)
  const own = invitations.filter((one) => one.organisationId === organisationId)
  if (own.some(({ state }) => LIVE_STATES.includes(state)))
    throw new Fault('wrong_state', 'This seat is under negotiation, or agreed.', {
      rule: 'invitation.seat_invited',
      tip: 'Make another offer, or withdraw the invitation.',
    })
  return { members, member, own }
}

/** Writes a seat's role, share or effort, where nobody is invited to it. */
export async function changeSeat(
  done: Command,
  caller: Caller,
  { consortium: id, organisation }: { consortium: string; organisation: string },
  { role, shareHundredths, effortTenths, revision }: SeatInput,
) {
  await heldDraft(done, caller, id, revision)
  const { members, member } = await heldSeat(done, caller, id, organisation)
  if (role) refuseRoleTwice(members, organisation, role)
  const change = {
    ...(role ? { role } : {}),
    ...(shareHundredths === undefined ? {} : { share_hundredths: shareHundredths }),
    ...(effortTenths === undefined ? {} : { effort_tenths: effortTenths }),
  }
  if (Object.keys(change).length)
    await done.tx
      .updateTable('consortium_member')
      .set(change)
      .where('zone_id', '=', caller.zoneId)
      .where('consortium_id', '=', id)
      .where('organisation_id', '=', organisation)
      .execute()
  await putDraft(done, caller.zoneId, id)
  done.changed({
    subject: { kind: 'consortium', id },
    action: 'seat.changed',
    changes: { ...(role ? { role: { from: member.role, to: role } } : {}) },
  })
  return { id, revision: revision + 1 }
}

/** Takes a member out of the draft, where nothing stands between it and the hosts. */
export async function removeSeat(
  done: Command,
  caller: Caller,
  { consortium: id, organisation }: { consortium: string; organisation: string },
  revision: number,
) {
  await heldDraft(done, caller, id, revision)
  const { own } = await heldSeat(done, caller, id, organisation)
  await done.tx
    .deleteFrom('consortium_member')
    .where('zone_id', '=', caller.zoneId)
    .where('consortium_id', '=', id)
    .where('organisation_id', '=', organisation)
    .execute()
  await settleInvitations(
    done.tx,
    caller.zoneId,
    own.map((one) => one.id),
  )
  await putDraft(done, caller.zoneId, id)
  const subject = { kind: 'consortium', id }
  done.changed({ subject, action: 'seat.removed', changes: { member: { from: organisation, to: null } } })
  return { id, revision: revision + 1 }
}

/** Names who is chief scientist and who runs the business, of the persons that the registry knows of the members. */
export async function namePersons(done: Command, caller: Caller, id: string, input: PersonsInput) {
  const row = await heldDraft(done, caller, id, input.revision)
  const members = await listMembers(done.tx, caller.zoneId, id)
  const known = await listPersonsOf(
    done.tx,
    caller.zoneId,
    members.map((member) => member.id),
  )
  const [chief, operator] = (['chief', 'operator'] as const).map((field) => {
    const wanted = input[field]
    const person = wanted === null ? null : known.find((one) => one.id === wanted.toLowerCase())
    if (person === undefined)
      throw new Fault('invalid', 'This person belongs to no member.', {
        rule: 'body.form',
        issues: [{ path: field, rule: 'roles.no_member' }],
      })
    return person
  })
  refusePersons(chief ?? null, operator ?? null, input.operatorReason)
  await putDraft(done, caller.zoneId, id, {
    chief_person_id: chief?.id ?? null,
    operator_person_id: operator?.id ?? null,
    operator_reason: operator?.professor ? input.operatorReason : '',
  })
  done.changed({
    subject: { kind: 'consortium', id },
    action: 'persons.named',
    changes: {
      chief: { from: row.chief_person_id, to: chief?.id ?? null },
      operator: { from: row.operator_person_id, to: operator?.id ?? null },
    },
  })
  return { id, revision: input.revision + 1 }
}

/**
 * Puts the proposed version in the place of the draft's team. Who stays keeps seat and invitation; who goes had none that
 * stood, and can't take the answer back any more.
 * @throws Fault `changed_meanwhile` where an answer that came in since does not go with it
 */
export async function takeOver(done: Command, caller: Caller, id: string, { proposalId, revision }: TakeOverInput) {
  const { tx } = done
  const { zoneId } = caller
  const row = await heldDraft(done, caller, id, revision)
  const found =
    row.next_proposal_id === proposalId.toLowerCase() ? await findProposal(tx, zoneId, proposalId) : undefined
  if (!found) throw unknownProposal()
  const { kept } = found.proposal
  if (kept.status === 'infeasible')
    throw new Fault('wrong_state', 'This proposal has no team that could be taken over.', { rule: 'compose.no_team' })
  const today = await todayIn(tx, zoneId, done.at)
  const invitations = (await listInvitations(tx, zoneId, id)).map((one) => ({ ...one, state: stateOn(one, today) }))
  const standing = standingInvitations(invitations)
  const held = heldSeats(standing)
  const joining = new Set(kept.members.map((member) => member.id))
  if (held.out.some((one) => joining.has(one)) || held.kept.some((one) => !joining.has(one)))
    throw new Fault('changed_meanwhile', 'Answers came in that do not go with this version.', {
      rule: 'invitation.seats_changed',
      tip: 'Look for others again.',
    })
  const before = await listMembers(tx, zoneId, id)
  const roles = rolesAfter(
    before.map((member) => ({ id: member.id, role: member.role, live: held.kept.includes(member.id) })),
    kept.members.map((member) => ({
      id: member.id,
      role: member.role,
      leads: packagesIn(member.reasons).length > 0,
    })),
  )
  await replaceMembers(done, zoneId, id, { before, after: kept.members, roles })
  await settleInvitations(
    tx,
    zoneId,
    invitations.filter((one) => !joining.has(one.organisationId)).map((one) => one.id),
  )
  await putDraft(done, zoneId, id, { proposal_id: proposalId, next_proposal_id: null })
  const changes = { proposal: { from: row.proposal_id, to: proposalId } }
  done.changed({ subject: { kind: 'consortium', id }, action: 'others.taken_over', changes })
  return { id, revision: revision + 1 }
}

type Members = Awaited<ReturnType<typeof listMembers>>

async function replaceMembers(
  { tx }: Command,
  zoneId: string,
  id: string,
  { before, after, roles }: { before: Members; after: Members; roles: ReadonlyMap<string, string> },
): Promise<void> {
  const stays = new Set(after.map((member) => member.id))
  const goes = before.filter((member) => !stays.has(member.id)).map((member) => member.id)
  if (goes.length)
    await tx
      .deleteFrom('consortium_member')
      .where('zone_id', '=', zoneId)
      .where('consortium_id', '=', id)
      .where('organisation_id', 'in', goes)
      .execute()
  for (const [ordinal, { id: organisationId, covers, reasons }] of after.entries()) {
    const seat = { role: roles.get(organisationId)!, covers: json(covers), reason: json(reasons), ordinal }
    await tx
      .insertInto('consortium_member')
      .values({ zone_id: zoneId, consortium_id: id, organisation_id: organisationId, ...seat })
      .onConflict((conflict) => conflict.columns(['zone_id', 'consortium_id', 'organisation_id']).doUpdateSet(seat))
      .execute()
  }
}
