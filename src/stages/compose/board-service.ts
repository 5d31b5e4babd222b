import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import type { StoredNeed } from '../needs/need-row.ts'
import type { Texts } from '../texts.ts'
import { listMembers, type StoredConsortium } from './consortium-store.ts'
import type { BoardSeat, Compared, HostInvitation, InvitationBoard, NamedPerson } from './invitation-model.ts'
import { heldSeats, isProfessor, LIVE_STATES, OPEN_STATES, standingInvitations, stateOn } from './invitation-rules.ts'
import { describeInvitation, todayIn } from './invitation-service.ts'
import { listInvitations, listLinks, listParties, listSteps, type StoredInvitation } from './invitation-store.ts'
import { asHost, type Hosting } from './lead-service.ts'
import type { Consortium } from './model.ts'
import { timeZoneOf } from './proposal-service.ts'
import { findProposal, type StoredProposal } from './proposal-store.ts'
import { packagesIn } from './role-rules.ts'
import { FILL_SEATS } from './search-service.ts'
import { isUndoable } from './take-over-service.ts'

const PERSONS_MAX = 500

/** Everything that the hosts of a draft negotiate about: its seats with their invitations, persons, and the next version. */
export async function readBoard(tx: Tx, caller: Caller, consortiumId: string, at: Date): Promise<InvitationBoard> {
  return asHost(tx, caller, consortiumId, async (hosting) => {
    const board = await readFor(tx, hosting, at)
    return hosting.leading ? boardForLead(board, hosting.leading) : board
  })
}

/** What the hosts compare and prefer, and to which addresses they wrote, is not for the lead; nor is its own seat. */
const boardForLead = (board: InvitationBoard, { id, told }: StoredInvitation): InvitationBoard => ({
  ...board,
  as: 'lead',
  seats: board.seats.map(({ invitation, packages, ...seat }) => ({
    ...seat,
    packages: packages.filter((one) => told.capabilities.some((capability) => capability.id === one)),
    invitation: invitation && {
      ...withoutAddress(invitation),
      moves: invitation.id === id ? [] : invitation.moves,
    },
  })),
  former: board.former.map((one) => ({ ...one, invitation: withoutAddress(one.invitation) })),
  persons: { ...board.persons, operatorReason: '', known: [] },
  next: null,
  undoable: false,
  work: null,
})

const withoutAddress = (invitation: HostInvitation): HostInvitation => ({
  ...invitation,
  link: invitation.link && { ...invitation.link, address: null },
})

async function readFor(tx: Tx, { row, need, hand: caller }: Hosting, at: Date): Promise<InvitationBoard> {
  const { zoneId } = caller
  const { consortium_id: consortiumId } = row
  const today = await todayIn(tx, zoneId, at)
  const members = await listMembers(tx, zoneId, consortiumId)
  const all = await listInvitations(tx, zoneId, consortiumId)
  const hosted = await describeAll(tx, zoneId, all, today)
  const standing = standingInvitations(all.map((one) => ({ ...one, state: stateOn(one, today) })))
  const own = await listOwnTerms(tx, zoneId, consortiumId)
  const seats = members.map((member) => seatOf(member, { need, own, invitation: standing.get(member.id), hosted }))
  const gone = [...standing.values()].filter(({ organisationId }) => !members.some(({ id }) => id === organisationId))
  const parties = await listParties(
    tx,
    zoneId,
    gone.map(({ organisationId }) => organisationId),
  )
  return {
    consortiumId,
    as: 'host',
    revision: row.revision,
    seats,
    former: gone.flatMap(({ id, organisationId }) => {
      const party = parties.get(organisationId)
      return party ? [{ party, invitation: hosted.get(id)! }] : []
    }),
    persons: await readPersons(tx, zoneId, row, members),
    next: await readNext(tx, zoneId, row, heldSeats(standing)),
    undoable: await isUndoable(tx, zoneId, row),
    free: seats.filter(({ invitation }) => invitation && isEnded(invitation)).length,
    work: await latestSearch(tx, zoneId, consortiumId),
    timeZone: await timeZoneOf(tx, zoneId),
    today,
  }
}

const isEnded = ({ state }: { state: HostInvitation['state'] }) => !LIVE_STATES.includes(state)

function seatOf(
  member: Consortium['members'][number],
  {
    need,
    own,
    invitation,
    hosted,
  }: {
    need: StoredNeed
    own: ReadonlyMap<string, Pick<BoardSeat['terms'], 'shareHundredths' | 'effortTenths'>>
    invitation: StoredInvitation | undefined
    hosted: ReadonlyMap<string, HostInvitation>
  },
): BoardSeat {
  const { covers: _, reasons, role, ...party } = member
  const written = own.get(member.id) ?? { shareHundredths: null, effortTenths: null }
  const live = invitation && LIVE_STATES.includes(invitation.state) ? invitation.terms : undefined
  return {
    ...party,
    role,
    sponsor: need.sponsor_ids.includes(member.id),
    terms: live ?? { role, ...written },
    packages: packagesIn(reasons),
    invitation: invitation ? (hosted.get(invitation.id) ?? null) : null,
  }
}

async function describeAll(
  tx: Tx,
  zoneId: string,
  all: readonly StoredInvitation[],
  today: string,
): Promise<Map<string, HostInvitation>> {
  const ids = all.map(({ id }) => id)
  const [steps, links] = [await listSteps(tx, zoneId, ids), await listLinks(tx, zoneId, ids)]
  return new Map(
    all.map((invitation) => {
      const described = describeInvitation(invitation, { sides: ['host'], today, steps })
      const link = links.get(invitation.id)
      const state = link?.used_at
        ? ('used' as const)
        : link?.revoked_at || !OPEN_STATES.includes(described.state)
          ? ('ended' as const)
          : ('open' as const)
      const shown = link && { address: link.to_address, createdAt: link.created_at.toISOString(), state }
      return [invitation.id, { ...described, by: invitation.by, link: shown ?? null }]
    }),
  )
}

async function listOwnTerms(tx: Tx, zoneId: string, consortiumId: string) {
  const rows = await tx
    .selectFrom('consortium_member')
    .select(['organisation_id', 'share_hundredths', 'effort_tenths'])
    .where('zone_id', '=', zoneId)
    .where('consortium_id', '=', consortiumId)
    .execute()
  return new Map(
    rows.map((row) => [
      row.organisation_id,
      { shareHundredths: row.share_hundredths, effortTenths: row.effort_tenths },
    ]),
  )
}

/** The persons of organisations, as far as the registry knows them. */
export async function listPersonsOf(tx: Tx, zoneId: string, organisations: readonly string[]): Promise<NamedPerson[]> {
  if (!organisations.length) return []
  const rows = await tx
    .selectFrom('person as p')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'p.zone_id').onRef('o.organisation_id', '=', 'p.organisation_id'),
    )
    .select(['p.person_id', 'p.display_name', 'p.names', 'p.post', 'o.organisation_id', 'o.kind'])
    .where('p.zone_id', '=', zoneId)
    .where('p.organisation_id', 'in', [...organisations])
    .orderBy('p.sort_key')
    .orderBy('p.person_id')
    .limit(PERSONS_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.person_id,
    name: row.display_name,
    names: row.names as Texts,
    post: row.post,
    organisationId: row.organisation_id,
    professor: isProfessor(row),
  }))
}

async function readPersons(tx: Tx, zoneId: string, row: StoredConsortium, members: Consortium['members']) {
  const known = await listPersonsOf(
    tx,
    zoneId,
    members.map(({ id }) => id),
  )
  const named = (id: string | null) => known.find((person) => person.id === id) ?? null
  return {
    chief: named(row.chief_person_id),
    operator: named(row.operator_person_id),
    operatorReason: row.operator_reason,
    known,
  }
}

/** The version beside the draft, as long as it still keeps those who are in and none of those who are out. */
async function readNext(
  tx: Tx,
  zoneId: string,
  row: StoredConsortium,
  { accepted, out }: { accepted: readonly string[]; out: readonly string[] },
): Promise<InvitationBoard['next']> {
  const found = row.next_proposal_id ? await findProposal(tx, zoneId, row.next_proposal_id) : undefined
  if (!found) return null
  const { kept } = found.proposal
  const members = new Set(kept.members.map(({ id }) => id))
  const isFeasible = kept.status !== 'infeasible'
  if (isFeasible && (out.some((id) => members.has(id)) || accepted.some((id) => !members.has(id)))) return null
  const before = row.proposal_id ? await findProposal(tx, zoneId, row.proposal_id) : undefined
  return {
    before: before ? comparedOf(before.proposal) : null,
    after: comparedOf(found.proposal),
    options: kept.options,
  }
}

function comparedOf({ id, at, by, kept }: StoredProposal): Compared {
  const { status, objective, parts, coverage, members, capabilities, conditions, solved, likelihood } = kept
  const told = { status, objective, parts, coverage, members, capabilities, conditions, solved, likelihood }
  return { id, at: at.toISOString(), by, ...told }
}

async function latestSearch(tx: Tx, zoneId: string, consortiumId: string): Promise<InvitationBoard['work']> {
  const row = await tx
    .selectFrom('work')
    .select(['id', 'state', 'fault'])
    .where('zone_id', '=', zoneId)
    .where('kind', '=', FILL_SEATS)
    .where('subject_id', '=', consortiumId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const fault = row.fault as { rule?: string } | null
  return { id: row.id, state: row.state, rule: fault?.rule ?? null }
}
