import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import { isSameOrder, keepUnchanged } from './bulk-again-rules.ts'
import type { BulkOptions, BulkSeat } from './bulk-model.ts'
import {
  BULK_ENGINE,
  type BulkNeedStanding,
  findKept,
  inputsSeq,
  type KeptNeed,
  listRuns,
  pulseNow,
  type StoredRun,
} from './bulk-store.ts'

/** The last run, and the needs for which nothing has changed since. */
export interface LastRun {
  run: StoredRun
  same: ReadonlySet<string>
}

/** Null where there was none, or it was stopped on its way, or another version of the engine made it. */
export async function readLastRun(tx: Tx, caller: Caller): Promise<LastRun | null> {
  const [run] = (await listRuns(tx, caller.zoneId, { page: 1, size: 1 })).rows
  if (!run || run.kept.stopped || run.kept.engine !== BULK_ENGINE) return null
  const proposals = run.kept.needs.flatMap(({ proposalId }) => proposalId ?? [])
  const kept = await findKept(tx, caller.zoneId, proposals)
  const isSame = (await inputsSeq(tx, caller.zoneId)) === run.kept.seenSeq
  const same = new Set<string>()
  for (const { id, proposalId, pulse } of run.kept.needs)
    if ((proposalId === null || kept.has(proposalId)) && (isSame || pulse === (await pulseNow(tx, caller, id))))
      same.add(id)
  return { run, same }
}

/** What stands of the last run, with the seats that it takes. */
export interface StandingTeams {
  needs: KeptNeed[]
  seats: BulkSeat[]
}

/** The outcomes that stand for an order; none where all is sought anew, or the order is another than the last. */
export async function readStanding(
  tx: Tx,
  caller: Caller,
  {
    options,
    planned,
    elsewhere,
  }: { options: BulkOptions; planned: readonly BulkNeedStanding[]; elsewhere: ReadonlyMap<string, number> },
): Promise<StandingTeams> {
  const last = options.again === 'all' ? null : await readLastRun(tx, caller)
  if (!last || !isSameOrder(last.run.kept.options, options)) return { needs: [], seats: [] }
  const { needs, seats } = last.run.kept
  const { capacity, sponsorsIn } = options
  const kept = keepUnchanged(planned, { before: needs, same: last.same, elsewhere, capacity, sponsorsIn })
  return { needs: needs.filter(({ id }) => kept.has(id)).map((need) => ({ ...need, kept: true })), seats }
}
