import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import type { World } from '../../world.ts'
import { systemCaller } from '../caller.ts'
import { boardsVersion, MEASURE_EXPOSURE } from './fairness-service.ts'
import { readSettings } from './fairness-store.ts'

/** A count that something has changed since is taken again so soon, and any after a day: a busy day is not all counting. */
const CHANGED_MS_MIN = 900_000
const COUNT_MS_MAX = 86_400_000

/** What is known of a zone's count when it is asked whether one is due; times in milliseconds. */
export interface CountState {
  now: number
  openNeeds: number
  /** Ordered or running. */
  isCounting: boolean
  /** When the last was ordered or kept; null where none ever was. */
  last: number | null
  isStale: boolean
}

export function isCountDue({ now, openNeeds, isCounting, last, isStale }: CountState): boolean {
  if (isCounting) return false
  if (last === null) return openNeeds > 0
  return now - last >= (isStale ? CHANGED_MS_MIN : COUNT_MS_MAX) && (openNeeds > 0 || isStale)
}

/** Orders that a zone's exposure be counted anew where that is due; answers the work's id, or null. Two servers order one. */
export async function orderDueCount(world: World, zoneId: string): Promise<string | null> {
  const system = systemCaller(zoneId)
  const now = world.clock.now()
  const due = await readAs(world.database, system, (tx) => dueAt(tx, zoneId, now.getTime()))
  if (due === null) return null
  const order = { name: 'match.measure_exposure', input: {}, key: `exposure-${due}`, at: now }
  const { output, replayed } = await command(world.database, system, order, async ({ tx }) => ({
    workId: await world.jobs.enqueue(tx, system, { kind: MEASURE_EXPOSURE }),
  }))
  return replayed ? null : output.workId
}

/** Names the count that is due, alike on every server; null where none is. */
async function dueAt(tx: Tx, zoneId: string, now: number): Promise<string | null> {
  const work = await tx
    .selectFrom('work')
    .select(['state', 'created_at'])
    .where('zone_id', '=', zoneId)
    .where('kind', '=', MEASURE_EXPOSURE)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const report = await tx
    .selectFrom('exposure_report')
    .select(['at', 'seen_seq', 'settings_revision'])
    .where('zone_id', '=', zoneId)
    .executeTakeFirst()
  const { count } = await tx
    .selectFrom('need')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('zone_id', '=', zoneId)
    .where('state', 'in', ['open', 'matched'])
    .executeTakeFirstOrThrow()
  const times = [report?.at, work?.created_at].flatMap((at) => (at ? [at.getTime()] : []))
  const last = times.length ? Math.max(...times) : null
  const version = await boardsVersion(tx, zoneId)
  const { revision } = await readSettings(tx, zoneId)
  const isDue = isCountDue({
    now,
    last,
    openNeeds: Number(count),
    isCounting: work?.state === 'queued' || work?.state === 'running',
    isStale: !report || String(report.seen_seq) !== version || report.settings_revision !== revision,
  })
  return isDue ? `${version}-${revision}-${last ?? 0}` : null
}
