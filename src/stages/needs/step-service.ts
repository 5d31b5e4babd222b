import { sql } from 'kysely'
import type { Command } from '#db/command.ts'
import { json } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import { todayIn } from '../registry/list-store.ts'
import { toTexts } from '../texts.ts'
import { isSponsorOrStaff } from './access.ts'
import type { NeedFile, NeedInput, NeedMove, NeedSaved, NeedState, ReturnReason } from './model.ts'
import { type StoredNeed, standingOf } from './need-row.ts'
import { addNeed, changedMeanwhile } from './need-service.ts'
import { fullContent, heldNeed, keepExpired, putNeed } from './need-standing.ts'
import { tellOfStep } from './notices.ts'
import { admitStep, lacksFor, ROADS, refuseLacks, type Step, stepOf } from './rules.ts'

/** Moves a need one step on. Throws `wrong_state`, `forbidden`, or `invalid` with what the step lacks. */
export async function moveNeed(done: Command, caller: Caller, id: string, move: NeedMove): Promise<NeedSaved> {
  const today = await todayIn(done.tx, caller.zoneId, done.at)
  const row = await heldNeed(done, caller, id, today, isSponsorOrStaff)
  if (move.revision !== undefined && move.revision !== row.revision) throw await changedMeanwhile(done, caller, id)
  const saved = await takeStep(done, caller, row, { move, today })
  await tellOfStep(done, caller, row, move.action)
  return saved
}

async function takeStep(
  done: Command,
  caller: Caller,
  row: StoredNeed,
  { move, today }: { move: NeedMove; today: string },
): Promise<NeedSaved> {
  const step = stepOf(move.action)
  admitStep(step, caller, standingOf(row))
  refuseLacks(lacksFor(step, await fullContent(done.tx, caller.zoneId, row), move, today))
  const state = step.to as NeedState
  const revision = await putNeed(done, caller.zoneId, row, { state, ...columnsFor(step, move, done.at) })
  done.changed({
    subject: { kind: 'need', id: row.need_id },
    action: move.action,
    changes: {
      state: { from: row.state, to: state },
      ...(move.deadline ? { deadline: { from: row.deadline, to: move.deadline } } : {}),
    },
  })
  return { id: row.need_id, revision, state }
}

/** What a step writes besides the state. Reasons of a return stay until the need is opened. */
function columnsFor(step: Step, { reasons, deadline }: NeedMove, at: Date) {
  const renewing = step.requires.includes('deadline_new') || step.action === 'reopen'
  return {
    ...(renewing && deadline ? { deadline } : {}),
    ...(step.action === 'return' ? { return_reasons: json((reasons ?? []).map(reasonOf)) } : {}),
    ...(step.action === 'open' ? { return_reasons: json([]), opened_at: sql<Date>`coalesce(opened_at, ${at})` } : {}),
  }
}

const reasonOf = ({ code, text }: NonNullable<NeedMove['reasons']>[number]): ReturnReason => ({
  code,
  text: toTexts(text, 'typed'),
})

/** Posts a need file in one step: an officer's need is open at once, anybody else's waits for its review. */
export async function postNeed(done: Command, caller: Caller, file: NeedFile): Promise<NeedSaved> {
  let saved = await addNeed(done, caller, inputOf(file))
  for (const action of ['submit', 'open'] as const) {
    if (action === 'open' && !stepOf('open').who(caller, { state: 'in_review', circle: 'signed_in', sponsorIds: [] }))
      break
    saved = await moveNeed(done, caller, saved.id, { action })
  }
  return saved
}

function inputOf({ tried, conditions, summary, ...file }: NeedFile): NeedInput {
  return {
    ...file,
    ...(tried ? { tried } : {}),
    ...(summary ? { summary } : {}),
    ...(conditions ? { conditions } : {}),
  }
}

/**
 * Brings in a need as it stands elsewhere, by all the steps of its road. For the server alone; days that are over are
 * taken as history.
 */
export async function plantNeed(
  done: Command,
  caller: Caller,
  input: NeedInput,
  { state = 'open', reasons, id }: { state?: keyof typeof ROADS; reasons?: NeedMove['reasons']; id?: string } = {},
): Promise<NeedSaved> {
  let saved = await addNeed(done, caller, input, id ? { id } : {})
  for (const action of ROADS[state]) {
    const row = await heldNeed(done, caller, saved.id, BEFORE_ALL_DAYS)
    if (action === 'expire') {
      await keepExpired(done, caller.zoneId, row)
      return { ...saved, state: 'expired' }
    }
    const move = action === 'return' ? { action, reasons } : { action }
    saved = await takeStep(done, caller, row, { move, today: BEFORE_ALL_DAYS })
  }
  return saved
}

const BEFORE_ALL_DAYS = '0000-01-01'
