import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { Tables } from '#db/tables.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import { type Caller, isStaff } from '../caller.ts'
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
  const organisation = await findOrganisation(tx, caller.zoneId, input.organisationId)
  if (!organisation) throw unknownOrganisation()
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
  const about = { needId, title: need.display_title, organisation: organisation.display_name }
  if (before) await removeSaid(tx, caller, before, about)
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
  if (isTold) await tell(done, caller, hearers, { ...input, ...about })
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

type Said = Pick<Selectable<Tables['response']>, 'response_id' | 'side' | 'answer' | 'code' | 'at'>

/** What the same side has said of the same before. */
async function findSaid(tx: Tx, zoneId: string, needId: string, { organisationId, side, resultId }: Answer) {
  return tx
    .selectFrom('response')
    .select(['response_id', 'side', 'answer', 'code', 'at'])
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
async function removeSaid(tx: Tx, { zoneId }: Caller, said: Said, about: About): Promise<void> {
  await tx.deleteFrom('response').where('zone_id', '=', zoneId).where('response_id', '=', said.response_id).execute()
  const notice = noticeOf(await slugOf(tx, zoneId), { ...said, ...about })
  await takeBackNotices(tx, zoneId, { ...notice, postedAt: said.at })
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
  const about = { needId, title: need.display_title, organisation: said.organisationName }
  await removeSaid(tx, caller, { ...said, response_id: id, at: new Date(said.at) }, about)
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

/** By and to the caller's organisation; and for the staff, who may answer for anybody, in the whole zone. */
export async function readMyResponses(tx: Tx, caller: Caller) {
  const { organisationId } = caller
  return {
    rows: organisationId ? await listHeard(tx, caller, { organisationId }) : [],
    inZone: isStaff(caller) ? await listHeard(tx, caller, {}) : null,
  }
}

/** Of which need an answer is, and of which organisation. */
interface About {
  needId: string
  title: string
  organisation: string
}

/** Tells those who may see the need: to others its title is told by no notice either. */
async function tell(
  done: Command,
  { zoneId, accountId }: Caller,
  hearers: readonly { accountId: string }[],
  said: About & Pick<Answer, 'side' | 'answer' | 'code'>,
): Promise<void> {
  const notice = noticeOf(await slugOf(done.tx, zoneId), said)
  for (const hearer of hearers)
    if (hearer.accountId !== accountId) await postNotice(done, zoneId, { toAccount: hearer.accountId, ...notice })
}

/** A candidate is led to the need; its sponsors, who know that, to who has answered. */
function noticeOf(
  slug: string,
  {
    side,
    answer,
    code,
    needId,
    title,
    organisation,
  }: About & Pick<Said, 'side' | 'answer'> & { code?: string | null | undefined },
) {
  const subject = answer === 'refusal' ? `notice.refusal.${code}` : `notice.${answer}`
  return side === 'need'
    ? { subject, body: title, link: `/${slug}/needs/${needId}` }
    : { subject, body: `${organisation} · ${title}`, link: `/${slug}/responses` }
}

async function slugOf(tx: Tx, zoneId: string): Promise<string> {
  const { slug } = await tx.selectFrom('zone').select('slug').where('id', '=', zoneId).executeTakeFirstOrThrow()
  return slug
}
