import { actAs, actingAs, readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { Work } from '#db/jobs.ts'
import { assert } from '#kit/assert.ts'
import { canonicalJson } from '#kit/canonical.ts'
import { dateIn } from '#kit/clock.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { endWhatIsOver } from '../house/rounds.ts'
import { findNeed } from '../needs/need-store.ts'
import { composeNeed } from './compose-service.ts'
import { readableConsortium } from './consortium-service.ts'
import { findConsortium } from './consortium-store.ts'
import { tellOfMove } from './invitation-letter.ts'
import { heldSeats, OPEN_STATES, standingInvitations, stateOn } from './invitation-rules.ts'
import {
  findInvitation,
  insertStep,
  listDue,
  listInvitations,
  putInvitation,
  type StoredInvitation,
} from './invitation-store.ts'
import { standingOfHost } from './lead-service.ts'
import { ComposeOptions } from './model.ts'
import { timeZoneOf } from './proposal-service.ts'
import { findProposal } from './proposal-store.ts'
import { optionsHolding } from './search-rules.ts'
import { orderedBy } from './work.ts'

/** Looks for others where seats of a draft have fallen free. */
export const FILL_SEATS = 'fill_seats'
const ATTEMPTS_MAX = 3
const DUE_AT_ONCE_MAX = 100

/** What a search for others starts from, and what must still be so when it ends. */
export interface Held {
  needId: string
  options: ComposeOptions
  sponsors: string[]
  kept: string[]
  accepted: string[]
  out: string[]
}

export async function heldBy(tx: Tx, zoneId: string, consortiumId: string, at: Date): Promise<Held | undefined> {
  const consortium = await findConsortium(tx, zoneId, consortiumId)
  const need = consortium && (await findNeed(tx, zoneId, consortium.need_id))
  if (!consortium || !need) return undefined
  const today = dateIn(await timeZoneOf(tx, zoneId), at)
  const all = (await listInvitations(tx, zoneId, consortiumId)).map((one) => ({ ...one, state: stateOn(one, today) }))
  const saved = consortium.proposal_id ? await findProposal(tx, zoneId, consortium.proposal_id) : undefined
  return {
    needId: need.need_id,
    options: ComposeOptions.parse(saved?.proposal.kept.options ?? {}),
    sponsors: need.sponsor_ids,
    ...heldSeats(standingInvitations(all)),
  }
}

/**
 * Orders a search under the name of whoever invited: it is that person's consortium, whoever has just said no. A lead may
 * not compose, and a host may have left: then the name is that of whoever saved the draft.
 */
export async function orderSearch(
  world: World,
  { tx }: Command,
  caller: Caller,
  { consortiumId, accountId: inviter }: Pick<StoredInvitation, 'consortiumId' | 'accountId'>,
): Promise<string> {
  const isHost = (await standingOfHost(tx, caller, { consortiumId, accountId: inviter })) === 'host'
  const accountId = isHost || inviter === null ? inviter : await saverOf(tx, caller, consortiumId)
  const order = { kind: FILL_SEATS, subjectId: consortiumId }
  const workId = await world.jobs.enqueue(tx, { ...caller, accountId }, order)
  await actAs(tx, caller)
  return workId
}

async function saverOf(tx: Tx, caller: Caller, consortiumId: string): Promise<string | null> {
  const { zoneId } = caller
  const row = await actingAs(tx, caller, systemCaller(zoneId), () => findConsortium(tx, zoneId, consortiumId))
  return row?.account_id ?? null
}

/** Orders a search by hand, where one failed or a seat was taken from somebody. */
export async function searchAgain(world: World, done: Command, caller: Caller, consortiumId: string) {
  await readableConsortium(done.tx, caller, consortiumId, true)
  const held = await heldBy(done.tx, caller.zoneId, consortiumId, done.at)
  if (!held?.out.length) throw new Fault('wrong_state', 'No seat has fallen free.', { rule: 'invitation.no_free_seat' })
  return { workId: await orderSearch(world, done, caller, { consortiumId, accountId: caller.accountId }) }
}

/**
 * Composes again: who has accepted or may still answer stays, who said no or nothing is left out. The new version of the
 * need's proposal is laid beside the draft, for a person to take over.
 */
export const runFillSeats = (world: World) => async (work: Work) => {
  const { subjectId: consortiumId, zoneId, signal, progress } = work
  assert(consortiumId !== null, 'Others are sought for a consortium.')
  const caller = await orderedBy(world, work)
  const read = () => readAs(world.database, caller, (tx) => heldBy(tx, zoneId, consortiumId, world.clock.now()))
  progress('compose.matching', 0, 100)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const held = await read()
    if (!held?.out.length) return { proposalId: null }
    const proposalId = await composeHolding(world, caller, held, { signal, progress })
    if (await propose(world, caller, { consortiumId, proposalId, held })) return { proposalId }
  }
  throw new Fault('changed_meanwhile', 'Answers came in while others were sought.', { rule: 'compose.inputs_changed' })
}

/**
 * With those still undecided if that can be, else with those who accepted alone; and where the one who is out was the only
 * one at something critical, without demanding it: the gap is then named.
 */
async function composeHolding(
  world: World,
  caller: Caller,
  held: Held,
  watch: Parameters<typeof composeNeed>[3],
): Promise<string> {
  const { options, kept, accepted } = held
  const eased = { ...held, options: { ...options, criticalRequired: false } }
  const tries = [
    optionsHolding(held, kept),
    ...(kept.length > accepted.length ? [optionsHolding(held, accepted)] : []),
    ...(options.criticalRequired ? [optionsHolding(eased, kept)] : []),
  ]
  let last = ''
  for (const tried of tries) {
    last = await composeNeed(world, caller, { needId: held.needId, options: tried }, watch)
    if (await hasTeam(world, caller, last)) return last
  }
  return last
}

async function hasTeam(world: World, caller: Caller, proposalId: string): Promise<boolean> {
  const found = await readAs(world.database, caller, (tx) => findProposal(tx, caller.zoneId, proposalId))
  return found !== undefined && found.proposal.kept.status !== 'infeasible'
}

interface Proposed {
  consortiumId: string
  proposalId: string
  held: Held
}

/** Lays the version beside the draft if the answers are still the same. */
async function propose(world: World, caller: Caller, { consortiumId, proposalId, held }: Proposed): Promise<boolean> {
  const order = {
    name: 'compose.propose_others',
    input: { consortium: consortiumId, proposal: proposalId },
    at: world.clock.now(),
  }
  const { output } = await command(world.database, caller, order, async ({ tx, at, changed }) => {
    const row = await findConsortium(tx, caller.zoneId, consortiumId, true)
    const now = row && (await heldBy(tx, caller.zoneId, consortiumId, at))
    if (!now) return true
    if (canonicalJson(now) !== canonicalJson(held)) return false
    await tx
      .updateTable('consortium')
      .set({ next_proposal_id: proposalId })
      .where('zone_id', '=', caller.zoneId)
      .where('consortium_id', '=', consortiumId)
      .execute()
    changed({
      subject: { kind: 'consortium', id: consortiumId },
      action: 'others.proposed',
      changes: { next: { from: row.next_proposal_id, to: proposalId } },
    })
    return true
  })
  return output
}

/**
 * Ends invitations whose last day is over, by each zone's calendar, tells both sides, and orders a search for others where
 * seats fall free. Readers see such an invitation as expired without it. Answers how many were ended.
 */
export async function expireInvitations(world: World): Promise<number> {
  return endWhatIsOver(world, {
    command: 'compose.expire_invitations',
    listDue: (tx, zoneId, today) => listDue(tx, zoneId, today, DUE_AT_ONCE_MAX),
    inputOf: (due) => ({ invitations: due.map(({ id }) => id) }),
    end: async (done, caller, _, today) => {
      // Read anew: an answer of the last minute may have been first, and who answers holds the row.
      const still = await listDue(done.tx, caller.zoneId, today, DUE_AT_ONCE_MAX)
      for (const invitation of still) await expire(world, done, caller, invitation)
      const consortia = new Map(still.map((one) => [one.consortiumId, one]))
      for (const invitation of consortia.values()) await orderSearch(world, done, caller, invitation)
    },
  })
}

async function expire(world: World, done: Command, caller: Caller, due: StoredInvitation): Promise<void> {
  const { tx, at } = done
  const invitation = await findInvitation(tx, caller.zoneId, due.id, { lock: true })
  if (!invitation || !OPEN_STATES.includes(invitation.state) || invitation.expiresOn !== due.expiresOn) return
  const { id, terms, responseId, expiresOn, consortiumId, state } = invitation
  const change = { state: 'expired' as const, terms, code: null, before: null, responseId, expiresOn, at }
  await putInvitation(tx, caller.zoneId, id, change)
  await insertStep(tx, caller.zoneId, id, { move: 'expire', side: 'time', terms, accountId: null, at })
  await tellOfMove(world, done, caller, invitation, 'expire', 'time')
  const changes = { state: { from: state, to: 'expired' } }
  done.changed({ subject: { kind: 'consortium', id: consortiumId }, action: 'invitation.expire', changes })
}
