import type { BulkAnswer } from '#engines/cover/bulk-model.ts'
import type { StandingTeams } from './bulk-again-service.ts'
import type { BulkRun, BulkSeat } from './bulk-model.ts'

/** The seats that are taken before anything is sought: in consortia, and in the teams that stand. */
export function seatsWith(elsewhere: ReadonlyMap<string, number>, { needs }: StandingTeams): Map<string, number> {
  const taken = new Map(elsewhere)
  for (const { members } of needs) for (const { id } of members) taken.set(id, (taken.get(id) ?? 0) + 1)
  return taken
}

/** The seats of what was sought anew with those of the teams that stand. */
export function mergeSeats(
  found: readonly BulkSeat[],
  { needs, seats }: StandingTeams,
  {
    elsewhere,
    sponsors,
    capacity,
  }: {
    elsewhere: ReadonlyMap<string, number>
    sponsors: ReadonlyMap<string, readonly string[]>
    capacity: number
  },
): BulkSeat[] {
  const stays = new Set(needs.map(({ id }) => id))
  const merged = new Map(found.map((seat) => [seat.id, seat]))
  for (const before of seats) {
    const [askedBy, takenBy] = [before.askedBy, before.takenBy].map((ids) => ids.filter((id) => stays.has(id)))
    if (!askedBy?.length && !takenBy?.length) continue
    const now = merged.get(before.id)
    const taken = [...(takenBy ?? []), ...(now?.takenBy ?? [])]
    merged.set(before.id, {
      ...before,
      ...now,
      elsewhere: elsewhere.get(before.id) ?? 0,
      capacity,
      askedBy: [...(askedBy ?? []), ...(now?.askedBy ?? [])],
      takenBy: taken,
      // Whose seats are taken by teams that stand has no price now: that of before holds.
      price: now?.price ?? before.price,
      own: taken.filter((need) => sponsors.get(need)?.includes(before.id)).length,
    })
  }
  return [...merged.values()]
}

/** The points of both. The bound is that of what was sought anew, as long as the other teams stand. */
export function totalsWith(answer: BulkAnswer, { needs }: StandingTeams): BulkRun['totals'] {
  const { total, bound, gap, aloneTotal, inTurnTotal } = answer
  const sum = (pointsOf: (need: StandingTeams['needs'][number]) => number | null) =>
    needs.reduce((points, need) => points + (pointsOf(need) ?? 0), 0)
  const stands = sum(({ objective }) => objective)
  const together = total + stands
  return {
    together,
    bound: bound + stands,
    gap: needs.length && together > 0 ? (bound - total) / together : gap,
    alone: aloneTotal + sum(({ alone }) => alone),
    // One after another was not tried with those that stand.
    inTurn: needs.length ? null : inTurnTotal,
  }
}
