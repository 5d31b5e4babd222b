import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { Caller } from '../caller.ts'
import { postNotice } from '../house/outbox.ts'
import { maySeeNeed } from '../needs/access.ts'
import { standingOf } from '../needs/need-row.ts'
import { findNeed } from '../needs/need-store.ts'
import { findOrganisation } from '../registry/organisation-store.ts'
import { mayRespondAs } from './access.ts'
import { unknownNeed, unknownOrganisation } from './asking.ts'
import type { ResponseInput } from './model.ts'
import { listResponses, listSpeakers } from './store.ts'

/**
 * One side's answer; a later one of the same side takes its place, and the other side is told, unless it hears of it
 * otherwise.
 */
export async function respond(
  done: Command,
  caller: Caller,
  needId: string,
  input: z.output<typeof ResponseInput>,
  { tells = true } = {},
) {
  const { tx, at, changed } = done
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  if (!(await findOrganisation(tx, caller.zoneId, input.organisationId))) throw unknownOrganisation()
  if (!mayRespondAs(caller, input.side, standingOf(need), input.organisationId))
    throw new Fault('forbidden', 'You can answer for your own side alone.', { rule: 'response.side' })
  if (need.state !== 'open' && need.state !== 'matched')
    throw new Fault('wrong_state', 'The need is not open for answers.', { rule: 'response.need_not_open' })

  const id = newId(at)
  await tx
    .deleteFrom('response')
    .where('zone_id', '=', caller.zoneId)
    .where('need_id', '=', needId)
    .where('organisation_id', '=', input.organisationId)
    .where('side', '=', input.side)
    .where('result_id', input.resultId ? '=' : 'is', input.resultId ?? null)
    .execute()
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
  if (tells && input.answer !== 'later')
    await tellOtherSide(done, caller, { id: needId, title: need.display_title, sponsors: need.sponsor_ids }, input)
  changed({ subject: { kind: 'need', id: needId }, action: `response.${input.answer}` })
  return { id }
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
  const said = (await listResponses(tx, caller.zoneId, { needId })).find((one) => one.id === id)
  if (!said) throw new Fault('not_found', 'There is no such answer.', { rule: 'response.unknown' })
  if (!mayRespondAs(caller, said.side, standingOf(need), said.organisationId))
    throw new Fault('forbidden', 'You can answer for your own side alone.', { rule: 'response.side' })
  await tx.deleteFrom('response').where('zone_id', '=', caller.zoneId).where('response_id', '=', id).execute()
  changed({ subject: { kind: 'need', id: needId }, action: 'response.withdrawn' })
  return { id }
}

/** What was said on a need, as far as the database shows it to the caller. */
export async function readResponses(tx: Tx, caller: Caller, needId: string) {
  const need = await findNeed(tx, caller.zoneId, needId)
  if (!need || !maySeeNeed(caller, standingOf(need))) throw unknownNeed()
  return { rows: await listResponses(tx, caller.zoneId, { needId }) }
}

export async function readMyResponses(tx: Tx, caller: Caller) {
  return {
    rows: caller.organisationId
      ? await listResponses(tx, caller.zoneId, { organisationId: caller.organisationId })
      : [],
  }
}

async function tellOtherSide(
  done: Command,
  caller: Caller,
  need: { id: string; title: string; sponsors: readonly string[] },
  input: z.output<typeof ResponseInput>,
) {
  const told = input.side === 'need' ? [input.organisationId] : need.sponsors
  const zone = await done.tx.selectFrom('zone').select('slug').where('id', '=', caller.zoneId).executeTakeFirstOrThrow()
  for (const account of await listSpeakers(done.tx, caller.zoneId, told)) {
    if (account === caller.accountId) continue
    const subject = input.answer === 'interest' ? 'notice.interest' : `notice.refusal.${input.code}`
    await postNotice(done, caller.zoneId, {
      toAccount: account,
      subject,
      body: need.title,
      link: `/${zone.slug}/needs/${need.id}`,
    })
  }
}
