import { type SqlBool, sql } from 'kysely'
import type { Command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { listMembers, type StoredConsortium } from './consortium-store.ts'
import { heldDraft, putDraft } from './draft-service.ts'
import type { TakeOverInput } from './invitation-model.ts'
import { makeMove } from './invitation-move.ts'
import { heldSeats, OPEN_STATES, rolesAfter, standingInvitations, stateOn } from './invitation-rules.ts'
import { todayIn } from './invitation-service.ts'
import { listInvitations, listSteps, reopenInvitations, settleInvitations } from './invitation-store.ts'
import { unknownProposal } from './proposal-service.ts'
import { findProposal } from './proposal-store.ts'
import { packagesIn } from './role-rules.ts'
import { hasActed, type TeamBefore, type TeamTaken, whyNotUndone } from './take-over-rules.ts'

/** What the history calls it, from which the earlier team is read again. */
const TAKEN_OVER = 'others.taken_over'
const UNDONE = 'others.taken_over_undone'

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
  const team = await readTeam(tx, zoneId, row)
  await replaceMembers(done, zoneId, id, { before, after: kept.members, roles })
  const settled = invitations.filter((one) => !joining.has(one.organisationId))
  await settleInvitations(
    tx,
    zoneId,
    settled.map((one) => one.id),
  )
  await putDraft(done, zoneId, id, { proposal_id: proposalId, next_proposal_id: null })
  const known = await listInvitations(tx, zoneId, id)
  const to: TeamTaken = {
    revision: revision + 1,
    joined: kept.members.map((member) => member.id).filter((one) => !before.some((member) => member.id === one)),
    invitations: Object.fromEntries(known.map((one) => [one.id, one.revision])),
  }
  const from: TeamBefore = { ...team, settled: settled.map((one) => ({ id: one.id, before: one.before })) }
  const changes = { proposal: { from: row.proposal_id, to: proposalId }, team: { from, to } }
  done.changed({ subject: { kind: 'consortium', id }, action: TAKEN_OVER, changes })
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

/** The team as it stands, in the words of its rows, so that it can stand again. */
async function readTeam(tx: Tx, zoneId: string, row: StoredConsortium): Promise<Omit<TeamBefore, 'settled'>> {
  const members = await tx
    .selectFrom('consortium_member')
    .select(['organisation_id', 'role', 'covers', 'reason', 'ordinal', 'share_hundredths', 'effort_tenths'])
    .where('zone_id', '=', zoneId)
    .where('consortium_id', '=', row.consortium_id)
    .orderBy('ordinal')
    .execute()
  return { members, proposal: row.proposal_id, next: row.next_proposal_id }
}

interface Taken {
  from: TeamBefore
  to: TeamTaken
}

/** The take-over that was the last of its kind, unless it was undone. */
async function findTaken(tx: Tx, zoneId: string, id: string): Promise<Taken | null> {
  const row = await tx
    .selectFrom('record_change')
    .select(['action', 'changes'])
    .where('zone_id', '=', zoneId)
    .where('subject_kind', '=', 'consortium')
    .where('subject_id', '=', id)
    .where('action', 'in', [TAKEN_OVER, UNDONE])
    .orderBy('seq', 'desc')
    .orderBy('part', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row?.action !== TAKEN_OVER) return null
  return (row.changes as { team?: Taken }).team ?? null
}

async function readSince(tx: Tx, zoneId: string, row: StoredConsortium, { from }: Taken) {
  const invitations = await listInvitations(tx, zoneId, row.consortium_id)
  const steps = await listSteps(
    tx,
    zoneId,
    invitations.map(({ id }) => id),
  )
  const ids = from.members.map((member) => member.organisation_id)
  const known = await tx
    .selectFrom('zone_organisation')
    .select('organisation_id')
    .where('zone_id', '=', zoneId)
    .where((of) => (ids.length ? of('organisation_id', 'in', ids) : sql<SqlBool>`false`))
    .execute()
  return {
    revision: row.revision,
    invitations: invitations.map((one) => ({
      ...one,
      acted: hasActed(steps.get(one.id) ?? []),
    })),
    gone: ids.length - known.length,
  }
}

/** Whether the last take-over can still be undone. */
export async function isUndoable(tx: Tx, zoneId: string, row: StoredConsortium): Promise<boolean> {
  const taken = await findTaken(tx, zoneId, row.consortium_id)
  return taken !== null && whyNotUndone(taken.to, await readSince(tx, zoneId, row, taken)) === null
}

/**
 * Undoes the last take-over as long as nobody has acted since: the earlier members stand again with their seats and the
 * answers that they may take back, and the version lies beside the draft again. A newcomer's unanswered invitation is
 * withdrawn, and it is told; the version that wants it is then no longer proposed.
 * @throws Fault `wrong_state` where it is too late, with the reason
 */
export async function undoTakeOver(world: World, done: Command, caller: Caller, id: string, revision: number) {
  const { tx } = done
  const { zoneId } = caller
  const row = await heldDraft(done, caller, id, revision)
  const taken = await findTaken(tx, zoneId, id)
  if (!taken)
    throw new Fault('wrong_state', 'No other version was taken over, or that was undone.', { rule: 'take_over.none' })
  const since = await readSince(tx, zoneId, row, taken)
  const why = whyNotUndone(taken.to, since)
  if (why)
    throw new Fault('wrong_state', 'It is too late to undo this: somebody has acted since.', {
      rule: why,
      tip: 'Change the seats one by one.',
    })
  for (const { acted: _, ...invitation } of since.invitations) {
    if (invitation.id in taken.to.invitations || !OPEN_STATES.includes(invitation.state)) continue
    const input = { move: 'withdraw' as const, note: '', revision: invitation.revision }
    await makeMove(world, done, caller, { invitation, input, side: 'host', byLink: false })
  }
  await putTeam(tx, zoneId, id, taken.from)
  await reopenInvitations(tx, zoneId, taken.from.settled)
  const { next } = taken.from
  // Of a need's many proposals the oldest go when no draft has come to them.
  const proposal =
    taken.from.proposal && (await findProposal(tx, zoneId, taken.from.proposal)) ? taken.from.proposal : null
  await putDraft(done, zoneId, id, { proposal_id: proposal, next_proposal_id: next })
  const changes = { proposal: { from: row.proposal_id, to: proposal } }
  done.changed({ subject: { kind: 'consortium', id }, action: UNDONE, changes })
  return { id, revision: revision + 1 }
}

/** Members with nothing between them and the draft but their rows: put back as they were. */
async function putTeam(tx: Tx, zoneId: string, consortiumId: string, { members }: TeamBefore): Promise<void> {
  await tx
    .deleteFrom('consortium_member')
    .where('zone_id', '=', zoneId)
    .where('consortium_id', '=', consortiumId)
    .execute()
  if (!members.length) return
  await tx
    .insertInto('consortium_member')
    .values(
      members.map(({ covers, reason, ...seat }) => ({
        ...seat,
        zone_id: zoneId,
        consortium_id: consortiumId,
        covers: json(covers),
        reason: json(reason),
      })),
    )
    .execute()
}
