import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { dateIn } from '#kit/clock.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import type { Level } from '../match/model.ts'
import { capabilityOf, type StoredNeed } from '../needs/need-row.ts'
import { listCapabilities } from '../needs/need-store.ts'
import { type Texts, textIn } from '../texts.ts'
import { listMembers, type StoredConsortium } from './consortium-store.ts'
import { tellOfMove } from './invitation-letter.ts'
import { INVITATION_DAYS_MAX, type InviteInput, type Told } from './invitation-model.ts'
import {
  isLeading,
  LIVE_STATES,
  movesOf,
  refuseDay,
  refuseRoleTwice,
  stateOn,
  tellReasons,
  turnOf,
} from './invitation-rules.ts'
import { withInvitation } from './invitation-sides.ts'
import {
  findInvitation,
  insertInvitation,
  insertStep,
  listInvitations,
  listInvitationsTo,
  listParties,
  listSteps,
  type StoredInvitation,
  settleInvitations,
} from './invitation-store.ts'
import { asHost, type Hosting } from './lead-service.ts'
import type { Consortium } from './model.ts'
import { timeZoneOf } from './proposal-service.ts'
import { refuseToCompose } from './rules.ts'

const DAY_MILLISECONDS = 86_400_000
const INVITATIONS_OF_A_CONSORTIUM_MAX = 500

export async function todayIn(tx: Tx, zoneId: string, at: Date): Promise<string> {
  return dateIn(await timeZoneOf(tx, zoneId), at)
}

/** The latest day on which an invitation made now may end. */
export async function lastDayIn(tx: Tx, zoneId: string, at: Date): Promise<string> {
  return dateIn(await timeZoneOf(tx, zoneId), new Date(at.getTime() + INVITATION_DAYS_MAX * DAY_MILLISECONDS))
}

/** Invites members of a draft to their seats. Either all of them are invited, or nobody. */
export async function invite(world: World, done: Command, caller: Caller, consortiumId: string, input: InviteInput) {
  const run = (hosting: Hosting) => inviteFor(world, done, hosting, input)
  return asHost(done.tx, caller, consortiumId, run, { lock: true })
}

async function inviteFor(world: World, done: Command, { row, need, hand: caller }: Hosting, input: InviteInput) {
  const { tx, at } = done
  const { consortium_id: consortiumId } = row
  refuseToCompose({ state: need.state, capabilities: [row] })
  refuseDay(input.expiresOn, await todayIn(tx, caller.zoneId, at), await lastDayIn(tx, caller.zoneId, at))
  const members = await listMembers(tx, caller.zoneId, consortiumId)
  const known = await listInvitations(tx, caller.zoneId, consortiumId)
  if (known.length + input.seats.length > INVITATIONS_OF_A_CONSORTIUM_MAX)
    throw new Fault('too_many', 'This consortium has invited too often.', {
      rule: 'invitation.too_many',
      limit: INVITATIONS_OF_A_CONSORTIUM_MAX,
    })
  const told = await tellOfConsortium(tx, caller.zoneId, { row, need, members })
  const invitations = []
  for (const [place, { organisationId, ...terms }] of input.seats.entries()) {
    const member = members.find(({ id }) => id === organisationId)
    refuseSeat({ place, need, member, known })
    refuseRoleTwice(members, organisationId, terms.role)
    const earlier = known.filter((one) => one.organisationId === organisationId)
    await settleInvitations(
      tx,
      caller.zoneId,
      earlier.map(({ id }) => id),
    )
    const invitation = {
      id: newId(at),
      consortiumId,
      needId: need.need_id,
      organisationId,
      terms,
      message: input.message,
      told: told(member!),
      hostIds: need.sponsor_ids,
      accountId: caller.accountId,
      expiresOn: input.expiresOn,
      createdAt: at,
    }
    await insertInvitation(tx, caller.zoneId, invitation)
    await insertStep(tx, caller.zoneId, invitation.id, {
      move: 'invite',
      side: 'host',
      terms,
      note: input.message,
      accountId: caller.accountId,
      at,
    })
    await putRole(tx, caller.zoneId, { consortiumId, organisationId, role: terms.role })
    member!.role = terms.role
    const kept = await findInvitation(tx, caller.zoneId, invitation.id)
    await tellOfMove(world, done, caller, kept!, 'invite', 'host')
    done.changed({ subject: { kind: 'consortium', id: consortiumId }, action: 'invitation.invite' })
    invitations.push({ id: invitation.id, organisationId })
  }
  return { invitations }
}

function refuseSeat({
  place,
  need,
  member,
  known,
}: {
  place: number
  need: StoredNeed
  member: Consortium['members'][number] | undefined
  known: readonly StoredInvitation[]
}): void {
  const rule = !member
    ? 'invitation.no_member'
    : need.sponsor_ids.includes(member.id)
      ? 'invitation.sponsor'
      : known.some(({ organisationId, state }) => organisationId === member.id && LIVE_STATES.includes(state))
        ? 'invitation.known'
        : null
  if (rule)
    throw new Fault('invalid', 'A seat can’t be invited to.', {
      rule: 'body.form',
      issues: [{ path: `seats.${place}.organisationId`, rule }],
    })
}

export async function putRole(
  tx: Tx,
  zoneId: string,
  { consortiumId, organisationId, role }: { consortiumId: string; organisationId: string; role: string },
): Promise<void> {
  await tx
    .updateTable('consortium_member')
    .set({ role })
    .where('zone_id', '=', zoneId)
    .where('consortium_id', '=', consortiumId)
    .where('organisation_id', '=', organisationId)
    .execute()
}

/** What each invited member is told of the consortium: public texts, its own seat, and reasons without the hosts' wishes. */
async function tellOfConsortium(
  tx: Tx,
  zoneId: string,
  { row, need, members }: { row: StoredConsortium; need: StoredNeed; members: Consortium['members'] },
): Promise<(member: Consortium['members'][number]) => Told> {
  const capabilities = (await listCapabilities(tx, zoneId, [need.need_id])).map(capabilityOf)
  const sponsors = await listParties(tx, zoneId, need.sponsor_ids)
  const named = ({ name, names }: { name: string; names: Texts }) => ({ name, names })
  const lead = members.find(({ role }) => role === 'lead')
  return (member) => ({
    consortium: { name: row.display_name, names: row.names as Texts },
    need: { title: need.title as Texts, summary: need.summary as Texts },
    organisation: named(member),
    lead: lead ? named(lead) : null,
    hosts: need.sponsor_ids.flatMap((id) => {
      const sponsor = sponsors.get(id)
      return sponsor ? [named(sponsor)] : []
    }),
    members: members.length,
    capabilities: capabilities.map((capability) => ({
      ...capability,
      name: textIn(capability.name, 'zh'),
      names: capability.name,
      levelWanted: capability.levelWanted as Level,
    })),
    covers: member.covers.map(({ capability, level }) => ({ capability, level })),
    reasons: tellReasons(member.reasons),
  })
}

/** An invitation as its reader sees it today; `sides` say for whom the reader acts. */
export function describeInvitation(
  invitation: StoredInvitation,
  { sides, today, steps }: { sides: readonly ('host' | 'invited')[]; today: string; steps: Told2Steps },
) {
  const state = stateOn(invitation, today)
  return {
    id: invitation.id,
    state,
    terms: invitation.terms,
    message: invitation.message,
    code: invitation.code,
    expiresOn: invitation.expiresOn,
    turn: turnOf(state),
    since: invitation.movedAt.toISOString(),
    steps: steps.get(invitation.id) ?? [],
    moves: sides.flatMap((side) => movesOf(invitation, side, today)),
    revision: invitation.revision,
  }
}
type Told2Steps = Awaited<ReturnType<typeof listSteps>>

/** The invitations of the organisation that the caller speaks for, those that moved last first. */
export async function readInvitations(tx: Tx, caller: Caller, at: Date) {
  if (!caller.organisationId) return { rows: [], waiting: 0 }
  const today = await todayIn(tx, caller.zoneId, at)
  const all = await listInvitationsTo(tx, caller.zoneId, caller.organisationId)
  const rows = all.map((invitation) => {
    const { steps: _, moves: __, ...row } = describeInvitation(invitation, { sides: [], today, steps: new Map() })
    return { ...row, told: invitation.told }
  })
  return { rows, waiting: rows.filter(({ turn }) => turn === 'invited').length }
}

/** One of them, with every step. @throws Fault `not_found` for whom it does not concern */
export async function readInvitation(tx: Tx, caller: Caller, id: string, at: Date) {
  return withInvitation(tx, caller, id, async ({ invitation, sides }) => {
    const today = await todayIn(tx, caller.zoneId, at)
    const steps = await listSteps(tx, caller.zoneId, [id])
    const leads = sides.includes('invited') && isLeading(invitation) ? invitation.consortiumId : null
    return { ...describeInvitation(invitation, { sides, today, steps }), told: invitation.told, leads }
  })
}
