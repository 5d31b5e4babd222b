import { type Selectable, sql } from 'kysely'
import { json, type Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { partyOf } from './consortium-store.ts'
import type { DeclineCode, InvitationState, InvitationStep, Move, StepSide, Terms, Told } from './invitation-model.ts'
import type { Before } from './invitation-rules.ts'
import type { Party, Role } from './model.ts'

export interface StoredInvitation {
  id: string
  consortiumId: string
  needId: string
  organisationId: string
  state: InvitationState
  terms: Terms
  message: string
  told: Told
  code: DeclineCode | null
  before: Before | null
  responseId: string | null
  hostIds: string[]
  accountId: string | null
  by: string | null
  expiresOn: string
  createdAt: Date
  movedAt: Date
  revision: number
}

const invitations = (tx: Tx, zoneId: string) =>
  tx
    .selectFrom('invitation as i')
    .selectAll('i')
    .select((of) =>
      of
        .selectFrom('membership as m')
        .select('m.name')
        .whereRef('m.zone_id', '=', 'i.zone_id')
        .whereRef('m.account_id', '=', 'i.account_id')
        .as('by'),
    )
    .where('i.zone_id', '=', zoneId)

type Row = Selectable<Tables['invitation']> & { by: string | null }

const stored = (row: Row): StoredInvitation => ({
  id: row.invitation_id,
  consortiumId: row.consortium_id,
  needId: row.need_id,
  organisationId: row.organisation_id,
  state: row.state as InvitationState,
  terms: { role: row.role as Role, shareHundredths: row.share_hundredths, effortTenths: row.effort_tenths },
  message: row.message,
  told: row.told as Told,
  code: row.code as DeclineCode | null,
  before: row.before as Before | null,
  responseId: row.response_id,
  hostIds: row.host_ids,
  accountId: row.account_id,
  by: row.by,
  expiresOn: row.expires_on,
  createdAt: row.created_at,
  movedAt: row.moved_at,
  revision: row.revision,
})

/** An invitation as far as the database shows it to the caller; held until the transaction ends where it is locked. */
export async function findInvitation(
  tx: Tx,
  zoneId: string,
  id: string,
  { lock = false } = {},
): Promise<StoredInvitation | undefined> {
  if (lock)
    await tx
      .selectFrom('invitation')
      .select('invitation_id')
      .where('zone_id', '=', zoneId)
      .where('invitation_id', '=', id)
      .forUpdate()
      .execute()
  const row = await invitations(tx, zoneId).where('i.invitation_id', '=', id).executeTakeFirst()
  return row && stored(row)
}

/** An organisation's invitation to lead a draft, where it has accepted that. */
export async function findLeading(
  tx: Tx,
  zoneId: string,
  organisationId: string,
  consortiumId: string,
): Promise<StoredInvitation | undefined> {
  const row = await invitations(tx, zoneId)
    .where('i.organisation_id', '=', organisationId)
    .where('i.consortium_id', '=', consortiumId)
    .where('i.state', '=', 'accepted')
    .where('i.role', '=', 'lead')
    .orderBy('i.invitation_id')
    .executeTakeFirst()
  return row && stored(row)
}

/** The invitations of a consortium, the first first. */
export async function listInvitations(tx: Tx, zoneId: string, consortiumId: string): Promise<StoredInvitation[]> {
  const rows = await invitations(tx, zoneId)
    .where('i.consortium_id', '=', consortiumId)
    .orderBy('i.created_at')
    .orderBy('i.invitation_id')
    .execute()
  return rows.map(stored)
}

const LISTED_MAX = 200

/** The invitations of an organisation, those that moved last first. */
export async function listInvitationsTo(tx: Tx, zoneId: string, organisationId: string): Promise<StoredInvitation[]> {
  const rows = await invitations(tx, zoneId)
    .where('i.organisation_id', '=', organisationId)
    .orderBy('i.moved_at', 'desc')
    .orderBy('i.invitation_id')
    .limit(LISTED_MAX)
    .execute()
  return rows.map(stored)
}

/** Invitations whose last day is over, by consortium. */
export async function listDue(tx: Tx, zoneId: string, today: string, limit: number): Promise<StoredInvitation[]> {
  const rows = await invitations(tx, zoneId)
    .where('i.state', 'in', ['offered', 'countered'])
    .where('i.expires_on', '<', today)
    .orderBy('i.consortium_id')
    .orderBy('i.invitation_id')
    .limit(limit)
    .execute()
  return rows.map(stored)
}

export type NewInvitation = Omit<
  StoredInvitation,
  'by' | 'code' | 'before' | 'responseId' | 'movedAt' | 'revision' | 'state'
>

export async function insertInvitation(tx: Tx, zoneId: string, one: NewInvitation): Promise<void> {
  await tx
    .insertInto('invitation')
    .values({
      zone_id: zoneId,
      invitation_id: one.id,
      consortium_id: one.consortiumId,
      need_id: one.needId,
      organisation_id: one.organisationId,
      state: 'offered',
      role: one.terms.role,
      share_hundredths: one.terms.shareHundredths,
      effort_tenths: one.terms.effortTenths,
      message: one.message,
      told: json(one.told),
      host_ids: one.hostIds,
      account_id: one.accountId,
      expires_on: one.expiresOn,
      created_at: one.createdAt,
      moved_at: one.createdAt,
    })
    .execute()
}

export interface InvitationChange {
  state: InvitationState
  terms: Terms
  code: DeclineCode | null
  before: Before | null
  responseId: string | null
  expiresOn: string
  at: Date
}

export async function putInvitation(tx: Tx, zoneId: string, id: string, change: InvitationChange): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({
      state: change.state,
      role: change.terms.role,
      share_hundredths: change.terms.shareHundredths,
      effort_tenths: change.terms.effortTenths,
      code: change.code,
      before: change.before ? json(change.before) : null,
      response_id: change.responseId,
      expires_on: change.expiresOn,
      moved_at: change.at,
      revision: sql<number>`revision + 1`,
    })
    .where('zone_id', '=', zoneId)
    .where('invitation_id', '=', id)
    .execute()
}

/** What was answered stands for good: the seat has gone to others, or is offered or written anew. */
export async function settleInvitations(tx: Tx, zoneId: string, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  await tx
    .updateTable('invitation')
    .set({ before: null, revision: sql<number>`revision + 1` })
    .where('zone_id', '=', zoneId)
    .where('invitation_id', 'in', [...ids])
    .execute()
}

/** What was settled can be taken back again: the seat is as it was. */
export async function reopenInvitations(
  tx: Tx,
  zoneId: string,
  settled: readonly { id: string; before: Before | null }[],
): Promise<void> {
  for (const { id, before } of settled)
    await tx
      .updateTable('invitation')
      .set({ before: before ? json(before) : null, revision: sql<number>`revision + 1` })
      .where('zone_id', '=', zoneId)
      .where('invitation_id', '=', id)
      .execute()
}

export interface NewStep {
  move: Move
  side: StepSide
  terms: Terms
  code?: DeclineCode | null
  note?: string
  byLink?: boolean
  accountId: string | null
  at: Date
}

export async function insertStep(tx: Tx, zoneId: string, invitationId: string, step: NewStep): Promise<void> {
  await tx
    .insertInto('invitation_step')
    .values({
      zone_id: zoneId,
      invitation_id: invitationId,
      ordinal: sql<number>`(select count(*)::int from invitation_step s
        where s.zone_id = ${zoneId} and s.invitation_id = ${invitationId})`,
      move: step.move,
      side: step.side,
      role: step.terms.role,
      share_hundredths: step.terms.shareHundredths,
      effort_tenths: step.terms.effortTenths,
      code: step.code ?? null,
      note: step.note ?? '',
      by_link: step.byLink ?? false,
      account_id: step.accountId,
      at: step.at,
    })
    .execute()
}

/** The steps of invitations in their order, by invitation. */
export async function listSteps(
  tx: Tx,
  zoneId: string,
  ids: readonly string[],
): Promise<Map<string, InvitationStep[]>> {
  if (!ids.length) return new Map()
  const rows = await tx
    .selectFrom('invitation_step as s')
    .leftJoin('membership as m', (join) =>
      join.onRef('m.zone_id', '=', 's.zone_id').onRef('m.account_id', '=', 's.account_id'),
    )
    .selectAll('s')
    .select('m.name')
    .where('s.zone_id', '=', zoneId)
    .where('s.invitation_id', 'in', [...ids])
    .orderBy('s.ordinal')
    .execute()
  const steps = Map.groupBy(rows, (row) => row.invitation_id)
  return new Map(
    [...steps].map(([id, of]) => [
      id,
      of.map((row) => ({
        move: row.move as Move,
        side: row.side as StepSide,
        role: row.role as Role,
        shareHundredths: row.share_hundredths,
        effortTenths: row.effort_tenths,
        code: row.code as DeclineCode | null,
        note: row.note,
        byLink: row.by_link,
        by: row.name,
        at: row.at.toISOString(),
      })),
    ]),
  )
}

/** Each invitation's latest link. */
export async function listLinks(tx: Tx, zoneId: string, ids: readonly string[]) {
  if (!ids.length) return new Map<string, Selectable<Tables['invitation_link']>>()
  const rows = await tx
    .selectFrom('invitation_link')
    .selectAll()
    .where('zone_id', '=', zoneId)
    .where('invitation_id', 'in', [...ids])
    .orderBy('created_at')
    .orderBy('token_hash')
    .execute()
  return new Map(rows.map((row) => [row.invitation_id, row]))
}

/** Organisations as they are now, by id. */
export async function listParties(tx: Tx, zoneId: string, ids: readonly string[]): Promise<Map<string, Party>> {
  if (!ids.length) return new Map()
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id', 'display_name', 'names', 'kind', 'size', 'country', 'region', 'city'])
    .where('zone_id', '=', zoneId)
    .where('organisation_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.organisation_id, partyOf(row)]))
}
