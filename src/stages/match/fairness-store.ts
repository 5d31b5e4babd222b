import type { Tx } from '#db/db.ts'
import type { Arrangement } from './arrange.ts'
import type { Exposure, MatchSettings } from './fairness-model.ts'
import type { Order } from './model.ts'

export type StoredSettings = Omit<MatchSettings, 'mayChange'>
const UNSET: StoredSettings = { order: 'score', newcomerSeats: 0, exposureBound: null, revision: 0 }

export async function readSettings(tx: Tx, zoneId: string): Promise<StoredSettings> {
  const row = await tx.selectFrom('match_settings').selectAll().where('zone_id', '=', zoneId).executeTakeFirst()
  if (!row) return UNSET
  return {
    order: row.board_order as Order,
    newcomerSeats: row.newcomer_seats,
    exposureBound: row.exposure_bound,
    revision: row.revision,
  }
}

export type ArrangedBy = Arrangement & { exposureBound: number | null }

/** How a zone's boards are arranged now: the officer's choices, and the prices of the last count that was made for them. */
export async function readArrangement(tx: Tx, zoneId: string, order?: Order): Promise<ArrangedBy> {
  const settings = await readSettings(tx, zoneId)
  const { newcomerSeats, exposureBound } = settings
  const report =
    exposureBound === null
      ? undefined
      : await tx
          .selectFrom('exposure_report')
          .select(['prices', 'answer'])
          .where('zone_id', '=', zoneId)
          .where('settings_revision', '=', settings.revision)
          .executeTakeFirst()
  return {
    order: order ?? settings.order,
    newcomerSeats,
    prices: (report?.prices ?? {}) as Record<string, number>,
    // A bound that can't be reached is not claimed, though the order comes as near to it as it can.
    exposureBound: (report?.answer as Pick<Exposure, 'applied'> | undefined)?.applied.reached ? exposureBound : null,
  }
}
