import type { z } from 'zod'
import type { Command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { exportList } from '../registry/export-service.ts'
import type { Language } from '../texts.ts'
import { keepUnchanged } from './bulk-again-rules.ts'
import { type LastRun, readLastRun, readStanding } from './bulk-again-service.ts'
import { NEED_LIST, SEAT_LIST } from './bulk-columns.ts'
import type { BulkInput, BulkNeed, BulkOrdered, BulkPlan, BulkRun, BulkRuns } from './bulk-model.ts'
import { planNeeds } from './bulk-plan.ts'
import {
  BULK_WORK,
  type BulkNeedStanding,
  findBulkWork,
  findKept,
  findRun,
  inputsSeq,
  type KeptNeed,
  listNeeds,
  listRuns,
  pulseNow,
  type StoredRun,
  seatsTaken,
} from './bulk-store.ts'
import { countOrganisations } from './inputs-store.ts'

export const unknownRun = () => new Fault('not_found', 'There is no such run.', { rule: 'bulk_run.unknown' })

export async function readBulkPlan(tx: Tx, caller: Caller): Promise<BulkPlan> {
  const { zoneId } = caller
  const needs = planNeeds(await listNeeds(tx, zoneId))
  const elsewhere = await seatsTaken(tx, zoneId)
  const last = await readLastRun(tx, caller)
  const { rows } = await listRuns(tx, zoneId, { page: 1, size: 1 })
  return {
    needs: needs.map(({ id, name, title, capabilities, skip }) => ({ id, name, title, capabilities, skip })),
    organisations: await countOrganisations(tx, zoneId),
    seated: elsewhere.size,
    workId: await findBulkWork(tx, zoneId),
    runId: rows[0]?.id ?? null,
    last: last && tellLast(last, needs, elsewhere),
  }
}

function tellLast(
  { run, same }: LastRun,
  needs: ReturnType<typeof planNeeds<BulkNeedStanding>>,
  elsewhere: ReadonlyMap<string, number>,
) {
  const { options, needs: before } = run.kept
  const ready = needs.filter(({ skip }) => skip === null)
  const { capacity, sponsorsIn } = options
  const unchanged = [...keepUnchanged(ready, { before, same, elsewhere, capacity, sponsorsIn })]
  return { at: run.at.toISOString(), options, unchanged }
}

/**
 * Orders the work.
 * @throws Fault `invalid` for needs that the zone does not have; `wrong_state` where no need is left to compose for, none
 *   has changed since the last run of the same order, or another run is under way
 */
export async function orderBulk(
  world: World,
  { tx, changed }: Command,
  caller: Caller,
  { options }: z.output<typeof BulkInput>,
): Promise<z.infer<typeof BulkOrdered>> {
  const { zoneId } = caller
  if (await findBulkWork(tx, zoneId))
    throw new Fault('wrong_state', 'Teams for many needs are being sought already.', {
      rule: 'bulk.running',
      tip: 'Wait until that run has ended, or cancel it.',
    })
  const found = await listNeeds(tx, zoneId, options.needs)
  const known = new Set(found.map(({ id }) => id))
  const issues = (options.needs ?? []).flatMap((id, at) =>
    known.has(id) ? [] : [{ path: `options.needs.${at}`, rule: 'need.unknown' }],
  )
  if (issues.length)
    throw new Fault('invalid', 'The zone does not have a need that was chosen.', { rule: 'body.form', issues })
  const planned = planNeeds(found)
  const needs = planned.filter(({ skip }) => skip === null)
  if (needs.length === 0)
    throw new Fault('wrong_state', 'There is no need to compose for.', {
      rule: 'bulk.no_needs',
      tip: 'Open a need that names capabilities and has no consortium yet.',
    })
  const elsewhere = await seatsTaken(tx, zoneId)
  const { needs: kept } = await readStanding(tx, caller, { options, planned: needs, elsewhere })
  if (kept.length === needs.length)
    throw new Fault('wrong_state', 'Nothing has changed since the last run of this order.', {
      rule: 'bulk.nothing_changed',
      tip: 'Ask for all anew to seek every team again.',
    })
  const workId = await world.jobs.enqueue(tx, caller, { kind: BULK_WORK, input: { options } })
  changed({
    subject: { kind: 'zone', id: zoneId },
    action: 'bulk.ordered',
    changes: { work: { from: null, to: workId }, needs: { from: null, to: needs.length } },
  })
  return { workId, needs: needs.length, skipped: planned.length - needs.length, kept: kept.length }
}

export async function readBulkRuns(
  tx: Tx,
  { zoneId }: Caller,
  query: { page: number; size: number },
): Promise<z.infer<typeof BulkRuns>> {
  const { rows, total } = await listRuns(tx, zoneId, query)
  const told = rows.map(({ id, at, by, kept }) => ({
    id,
    at: at.toISOString(),
    by,
    needs: kept.needs.length,
    teams: kept.needs.filter(({ members }) => members.length > 0).length,
    capacity: kept.options.capacity,
    totals: kept.totals,
    stopped: kept.stopped,
  }))
  return { rows: told, total, ...query }
}

/** @throws Fault `not_found` */
export async function readBulkRun(tx: Tx, caller: Caller, id: string): Promise<BulkRun> {
  const run = await findRun(tx, caller.zoneId, id)
  if (!run) throw unknownRun()
  const { seenSeq: _, needs, ...kept } = run.kept
  return {
    ...kept,
    id,
    at: run.at.toISOString(),
    by: run.by,
    needs: await tellNeeds(tx, caller, run, needs),
  }
}

/** Where nothing has changed in the zone since, nothing is stale; else each need is looked at. */
async function tellNeeds(tx: Tx, caller: Caller, run: StoredRun, needs: readonly KeptNeed[]): Promise<BulkNeed[]> {
  const isSame = (await inputsSeq(tx, caller.zoneId)) === run.kept.seenSeq
  const proposals = needs.flatMap(({ proposalId }) => proposalId ?? [])
  const kept = await findKept(tx, caller.zoneId, proposals)
  const told: BulkNeed[] = []
  for (const { pulse, ...need } of needs) {
    const { proposalId } = need
    told.push({
      ...need,
      proposalId: proposalId !== null && kept.has(proposalId) ? proposalId : null,
      stale: !isSame && pulse !== (await pulseNow(tx, caller, need.id)),
      consortiumId: (proposalId !== null && kept.get(proposalId)) || null,
    })
  }
  return told
}

export async function exportBulkRun(
  world: World,
  caller: Caller,
  id: string,
  query: { format: 'xlsx' | 'csv'; language: Language; list: 'needs' | 'seats' },
): Promise<Response> {
  if (query.list === 'needs')
    return exportList(world, caller, query, NEED_LIST, async (tx) => listed((await readBulkRun(tx, caller, id)).needs))
  return exportList(world, caller, query, SEAT_LIST, async (tx) => {
    const { seats, needs } = await readBulkRun(tx, caller, id)
    return listed(seats.map((seat) => ({ ...seat, needs })))
  })
}

const listed = <Row>(rows: Row[]) => ({ rows, total: rows.length })
