import type { Command } from '#db/command.ts'
import { Fault } from '#kit/fault.ts'
import type { Caller } from '../caller.ts'
import { listPersonsOf } from './board-service.ts'
import { listMembers } from './consortium-store.ts'
import { heldDraft, putDraft } from './draft-service.ts'
import type { PersonsInput, SeatInput } from './invitation-model.ts'
import { LIVE_STATES, refusePersons, refuseRoleTwice } from './invitation-rules.ts'
import { listInvitations, settleInvitations } from './invitation-store.ts'

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
  return { members, member, own: own.map(({ id }) => id) }
}

/** Writes a seat's role, share or effort, where nobody is invited to it; whoever has said no can't take that back any more. */
export async function changeSeat(
  done: Command,
  caller: Caller,
  { consortium: id, organisation }: { consortium: string; organisation: string },
  { role, shareHundredths, effortTenths, revision }: SeatInput,
) {
  await heldDraft(done, caller, id, revision)
  const { members, member, own } = await heldSeat(done, caller, id, organisation)
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
  await settleInvitations(done.tx, caller.zoneId, own)
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
  await settleInvitations(done.tx, caller.zoneId, own)
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
