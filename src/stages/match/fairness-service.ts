import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import type { Work } from '#db/jobs.ts'
import type { World } from '../../world.ts'
import { type Caller, isOfficer, systemCaller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { askedNeed } from './asking.ts'
import type { Board } from './exposure.ts'
import { type Known, measure } from './exposure-report.ts'
import type { Exposure, ExposureAnswer, MatchSettings, MatchSettingsInput } from './fairness-model.ts'
import { readSettings } from './fairness-store.ts'
import { askByMeaning, askFor, briefFor } from './service.ts'

export const MEASURE_EXPOSURE = 'match.exposure'
/** More open needs than this are counted by a sample in the order of their ids. */
const NEEDS_MAX = 500
const BOARD_COMMANDS = '^(registry|imports|demo|needs|match)\\.'
export async function tellSettings(tx: Tx, caller: Caller): Promise<MatchSettings> {
  return { ...(await readSettings(tx, caller.zoneId)), mayChange: isOfficer(caller) }
}

/** Changes what is said and leaves the rest; who is shown how often is then counted anew. */
export async function changeSettings(
  world: World,
  { tx, at, changed }: Command,
  caller: Caller,
  input: z.output<typeof MatchSettingsInput>,
) {
  const { zoneId } = caller
  const before = await readSettings(tx, zoneId)
  const after = { ...before, ...input }
  const values = {
    board_order: after.order,
    newcomer_seats: after.newcomerSeats,
    exposure_bound: after.exposureBound,
    revision: before.revision + 1,
    account_id: caller.accountId,
    updated_at: at,
  }
  await tx
    .insertInto('match_settings')
    .values({ zone_id: zoneId, ...values })
    .onConflict((conflict) => conflict.column('zone_id').doUpdateSet(values))
    .execute()
  const keys = ['order', 'newcomerSeats', 'exposureBound'] as const
  const told = keys
    .filter((key) => before[key] !== after[key])
    .map((key) => [key, { from: before[key], to: after[key] }])
  changed({ subject: { kind: 'zone', id: zoneId }, action: 'match.settings', changes: Object.fromEntries(told) })
  return { workId: await world.jobs.enqueue(tx, caller, { kind: MEASURE_EXPOSURE }) }
}

export async function orderExposure(world: World, { tx }: Command, caller: Caller) {
  return { workId: await world.jobs.enqueue(tx, caller, { kind: MEASURE_EXPOSURE }) }
}

/** The last count, whether it still stands, and the work that is counting anew if any is. */
export async function readExposure(tx: Tx, { zoneId }: Caller): Promise<z.output<typeof ExposureAnswer>> {
  const row = await tx.selectFrom('exposure_report').selectAll().where('zone_id', '=', zoneId).executeTakeFirst()
  const work = await tx
    .selectFrom('work')
    .select('id')
    .where('zone_id', '=', zoneId)
    .where('kind', '=', MEASURE_EXPOSURE)
    .where('state', 'in', ['queued', 'running'])
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  const workId = work?.id ?? null
  if (!row) return { report: null, workId }
  const { revision } = await readSettings(tx, zoneId)
  const current = String(row.seen_seq) === (await boardsVersion(tx, zoneId)) && row.settings_revision === revision
  return { report: { ...(row.answer as Exposure), at: row.at.toISOString(), stale: !current }, workId }
}

/** What boards depend on: the registry's records, the needs, and what was said of them. */
export async function boardsVersion(tx: Tx, zoneId: string): Promise<string> {
  const { seq } = await tx
    .selectFrom('journal')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('zone_id', '=', zoneId)
    .where('command', '~', BOARD_COMMANDS)
    .where('command', 'not in', [
      'match.keep_run',
      'match.order_vectors',
      'match.keep_exposure',
      'match.measure_exposure',
      'match.change_settings',
    ])
    .executeTakeFirstOrThrow()
  return String(seq ?? 0)
}

/** Counts who is shown how often over all open needs, finds the prices that keep the bound, and keeps both. */
export const runExposure = (world: World) => async (work: Work) => {
  const { zoneId, signal, progress } = work
  const system = systemCaller(zoneId)
  const { needs, settings, version, organisations } = await readAs(world.database, system, async (tx) => ({
    needs: await openNeeds(tx, zoneId),
    settings: await readSettings(tx, zoneId),
    version: await boardsVersion(tx, zoneId),
    organisations: await namesOf(tx, zoneId),
  }))
  const boards: Board[] = []
  for (const needId of needs) {
    if (signal.aborted) return null
    progress('match.counting', boards.length, needs.length)
    const plain = await askFor(world, system, (tx) => askedNeed(tx, system, needId))
    const asked = await askByMeaning(world, system, plain)
    boards.push({ needId, candidates: await briefFor(world, system, asked) })
  }
  const { answer, prices, turns } = measure(boards, settings, organisations)
  const order = { name: 'match.keep_exposure', input: { work: work.workId }, at: world.clock.now() }
  await command(world.database, system, order, async ({ tx, at }) => {
    const values = {
      settings_revision: settings.revision,
      seen_seq: BigInt(version),
      answer: json(answer),
      prices: json(prices),
      turns: turns && json(turns),
      at,
    }
    await tx
      .insertInto('exposure_report')
      .values({ zone_id: zoneId, ...values })
      .onConflict((conflict) => conflict.column('zone_id').doUpdateSet(values))
      .execute()
    return {}
  })
  return { needs: needs.length }
}

async function openNeeds(tx: Tx, zoneId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('need')
    .select('need_id')
    .where('zone_id', '=', zoneId)
    .where('state', 'in', ['open', 'matched'])
    .orderBy('need_id')
    .limit(NEEDS_MAX)
    .execute()
  return rows.map(({ need_id }) => need_id)
}

async function namesOf(tx: Tx, zoneId: string): Promise<Known[]> {
  const rows = await tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name', 'names'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .orderBy('organisation_id')
    .execute()
  return rows.map((row) => ({ ...row, names: row.names as Texts }))
}
