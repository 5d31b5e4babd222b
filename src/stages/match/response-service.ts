import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { postNotice, takeBackNotices } from '../house/outbox.ts'
import { maySeeNeed } from '../needs/access.ts'
import { standingOf } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import { findOrganisation } from '../registry/organisation-store.ts'
import { listOwners } from '../registry/result-store.ts'
import { mayHear, mayRespondAs } from './access.ts'
import { unknownNeed, unknownOrganisation } from './asking.ts'
import type { ResponseInput, Told } from './model.ts'
import { listResponses, listSpeakers } from './store.ts'

type Answer = z.output<typeof ResponseInput>

/**
 * One side's answer; a later one of the same side takes its place, and the other side is told once, unless it hears of it
 * otherwise. The same answer again only keeps the new note.
 */
export async function respond(
  done: Command,
  caller: Caller,
  needId: string,
  input: Answer,
  { tells = true } = {},
): Promise<{ id: string; told: Told }> {
  const { tx, at, changed } = done
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  if (!(await findOrganisation(tx, caller.zoneId, input.organisationId))) throw unknownOrganisation()
  if (!mayRespondAs(caller, input.side, standingOf(need), input.organisationId))
    throw new Fault('forbidden', 'You can answer for your own side alone.', { rule: 'response.side' })
  if (need.state !== 'open' && need.state !== 'matched')
    throw new Fault('wrong_state', 'The need is not open for answers.', { rule: 'response.need_not_open' })
  if (input.resultId) await refuseOthersResult(tx, caller, input.organisationId, input.resultId)

  const speakers = await listSpeakers(tx, caller.zoneId, otherSide(input, need.sponsor_ids))
  const hearers = speakers.filter((speaker) => maySeeNeed(speaker, standingOf(need)))
  const isTold = tells && input.answer !== 'later'
  const told = !isTold ? null : hearers.length ? 'told' : speakers.length ? 'unseen' : 'no_account'
  const before = await findSaid(tx, caller.zoneId, needId, input)
  if (before?.answer === input.answer && before.code === (input.code ?? null)) {
    await changeNote(tx, caller, before.response_id, input.note)
    return { id: before.response_id, told }
  }
  if (before) await removeSaid(tx, caller, needId, before)
  const id = newId(at)
  await tx
    .insertInto('response')
    .values({
      zone_id: caller.zoneId,
      response_id: id,
      need_id: needId,
      organisation_id: input.organisationId,
      result_id: input.resultId ?? null,
      side: input.side,
      answer: input.answer,
      code: input.code ?? null,
      note: input.note,
      account_id: caller.accountId,
      at,
    })
    .execute()
  if (isTold) await tell(done, caller, { id: needId, title: need.display_title }, { ...input, hearers })
  changed({ subject: { kind: 'need', id: needId }, action: `response.${input.answer}` })
  return { id, told }
}

const otherSide = ({ side, organisationId }: Answer, sponsors: readonly string[]) =>
  side === 'need' ? [organisationId] : sponsors

async function refuseOthersResult(tx: Tx, { zoneId }: Caller, organisationId: string, resultId: string): Promise<void> {
  const owners = await listOwners(tx, zoneId, resultId)
  if (!owners.some(({ id }) => id === organisationId))
    throw new Fault('not_found', 'The organisation has no such result.', { rule: 'result.unknown' })
}

type Said = Pick<Selectable<Tables['response']>, 'response_id' | 'answer' | 'code' | 'at'>

/** What the same side has said of the same before. */
async function findSaid(tx: Tx, zoneId: string, needId: string, { organisationId, side, resultId }: Answer) {
  return tx
    .selectFrom('response')
    .select(['response_id', 'answer', 'code', 'at'])
    .where('zone_id', '=', zoneId)
    .where('need_id', '=', needId)
    .where('organisation_id', '=', organisationId)
    .where('side', '=', side)
    .where('result_id', resultId ? '=' : 'is', resultId ?? null)
    .executeTakeFirst()
}

async function changeNote(tx: Tx, { zoneId }: Caller, id: string, note: string): Promise<void> {
  await tx.updateTable('response').set({ note }).where('zone_id', '=', zoneId).where('response_id', '=', id).execute()
}

/** Removes an answer, and its notices as far as nobody has read them. */
async function removeSaid(tx: Tx, { zoneId }: Caller, needId: string, said: Said): Promise<void> {
  await tx.deleteFrom('response').where('zone_id', '=', zoneId).where('response_id', '=', said.response_id).execute()
  const link = await linkOf(tx, zoneId, needId)
  await takeBackNotices(tx, zoneId, { subject: subjectOf(said), link, postedAt: said.at })
}

/**
 * Takes an answer back, as if it had never been said: what it lowered stands again. Whoever may answer for that side may.
 * An answer that the caller can't see is not found.
 */
export async function withdrawResponse(
  done: Command,
  caller: Caller,
  { need: needId, response: id }: { need: string; response: string },
) {
  const { tx, changed } = done
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  const said = (await listHeard(tx, caller, { needId })).find((one) => one.id === id)
  if (!said) throw new Fault('not_found', 'There is no such answer.', { rule: 'response.unknown' })
  if (!mayRespondAs(caller, said.side, standingOf(need), said.organisationId))
    throw new Fault('forbidden', 'You can answer for your own side alone.', { rule: 'response.side' })
  await removeSaid(tx, caller, needId, { ...said, response_id: id, at: new Date(said.at) })
  changed({ subject: { kind: 'need', id: needId }, action: 'response.withdrawn' })
  return { id }
}

/** What was said, as far as the database shows it to the caller and the caller is meant to hear it. */
export async function listHeard(tx: Tx, caller: Caller, only: Parameters<typeof listResponses>[2]) {
  return (await listResponses(tx, caller.zoneId, only)).filter((said) => mayHear(caller, said))
}

export async function readResponses(tx: Tx, caller: Caller, needId: string) {
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  return { rows: await listHeard(tx, caller, { needId }) }
}

export async function readMyResponses(tx: Tx, caller: Caller) {
  return { rows: caller.organisationId ? await listHeard(tx, caller, { organisationId: caller.organisationId }) : [] }
}

/** Tells those who may see the need: to others its title is told by no notice either. */
async function tell(
  done: Command,
  { zoneId, accountId }: Caller,
  need: { id: string; title: string },
  said: Pick<Answer, 'answer' | 'code'> & { hearers: readonly { accountId: string }[] },
): Promise<void> {
  const link = await linkOf(done.tx, zoneId, need.id)
  for (const hearer of said.hearers) {
    if (hearer.accountId === accountId) continue
    const notice = { toAccount: hearer.accountId, subject: subjectOf(said), body: need.title, link }
    await postNotice(done, zoneId, notice)
  }
}

const subjectOf = ({ answer, code }: { answer: string; code?: string | null | undefined }) =>
  answer === 'refusal' ? `notice.refusal.${code}` : `notice.${answer}`

async function linkOf(tx: Tx, zoneId: string, needId: string): Promise<string> {
  const { slug } = await tx.selectFrom('zone').select('slug').where('id', '=', zoneId).executeTakeFirstOrThrow()
  return `/${slug}/needs/${needId}`
}
