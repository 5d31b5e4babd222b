import type { Tx } from '#db/db.ts'
import { type Arrangement, ringOf } from './arrange.ts'
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
/** The same for any need of the zone. */
export type StoredArrangement = Omit<ArrangedBy, 'turn'> & { turns: Readonly<Record<string, number>> | null }

/** How a zone's boards are arranged now: the officer's choices, and what the last count that was made for them found. */
export async function readArrangement(tx: Tx, zoneId: string, order?: Order): Promise<StoredArrangement> {
  const settings = await readSettings(tx, zoneId)
  const { newcomerSeats, exposureBound } = settings
  const report =
    exposureBound === null
      ? undefined
      : await tx
          .selectFrom('exposure_report')
          .select(['prices', 'turns', 'answer'])
          .where('zone_id', '=', zoneId)
          .where('settings_revision', '=', settings.revision)
          .executeTakeFirst()
  return {
    order: order ?? settings.order,
    newcomerSeats,
    prices: (report?.prices ?? {}) as Record<string, number>,
    turns: (report?.turns ?? null) as Record<string, number> | null,
    // A bound that can't be reached is not claimed, though the order comes as near to it as it can.
    exposureBound: (report?.answer as Pick<Exposure, 'applied'> | undefined)?.applied.reached ? exposureBound : null,
  }
}

/** For one need; one that was not counted yet draws its turn by its id. */
export function arrangementFor({ turns, ...stored }: StoredArrangement, needId: string): ArrangedBy {
  return { ...stored, turn: turns && (turns[needId] ?? ringOf(needId)) }
}
