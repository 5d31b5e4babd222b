import { compareIds } from '#engines/cover/model.ts'
import { canonicalJson } from '#kit/canonical.ts'
import type { BulkNeed, BulkOptions, BulkStatus } from './bulk-model.ts'

/** Outcomes that hang on what the others took: once anything is sought anew, so are these. */
const HANGING: readonly BulkStatus[] = ['crowded_out', 'not_worth', 'unknown']

/** Whether two orders ask for the same but for which needs, how long, and whether anew. */
export function isSameOrder(one: BulkOptions, other: BulkOptions): boolean {
  const asked = ({ needs: _, seconds: __, again: ___, ...rest }: BulkOptions) => canonicalJson(rest)
  return asked(one) === asked(other)
}

type Before = Pick<BulkNeed, 'id' | 'status' | 'members' | 'objective'>

interface Standing {
  /** The needs of the last run. */
  before: readonly Before[]
  /** Of them those for which nothing has changed since, their proposal still there. */
  same: ReadonlySet<string>
  /** Seats in consortia that exist. */
  elsewhere: ReadonlyMap<string, number>
  capacity: number
  /** Whether sponsors sit in the teams of their own needs. */
  sponsorsIn: boolean
}

/**
 * The needs whose outcome of the last run stands, where only what has changed is sought: nothing has changed for them, and
 * their teams leave seats enough for the consortia that exist and for the sponsors of what is sought anew. Where they do
 * not, the team that is worth least gives way; ties by id.
 */
export function keepUnchanged(
  planned: readonly { id: string; sponsors: readonly string[] }[],
  { before, same, elsewhere, capacity, sponsorsIn }: Standing,
): Set<string> {
  const rows = new Map(before.filter(({ id }) => same.has(id)).map((row) => [row.id, row]))
  const all = planned.filter(({ id }) => rows.has(id))
  const kept = new Map(all.flatMap((need) => (HANGING.includes(rows.get(need.id)!.status) ? [] : [[need.id, need]])))
  const seatsOf = (organisation: string) =>
    (elsewhere.get(organisation) ?? 0) +
    [...kept.keys()].filter((id) => isIn(rows.get(id)!, organisation)).length +
    (sponsorsIn
      ? planned.filter(({ id, sponsors }) => !kept.has(id) && !hangs(id) && sponsors.includes(organisation)).length
      : 0)
  const hangs = (id: string) =>
    all.some((need) => need.id === id) && !kept.has(id) && HANGING.includes(rows.get(id)!.status)
  for (;;) {
    const over = new Set(
      [...kept.keys()]
        .flatMap((id) => rows.get(id)!.members.map((member) => member.id))
        .filter((id) => seatsOf(id) > capacity),
    )
    const giving = [...kept.values()]
      .filter(({ id, sponsors }) => rows.get(id)!.members.some((one) => over.has(one.id) && !sponsors.includes(one.id)))
      .sort((a, b) => (rows.get(a.id)!.objective ?? 0) - (rows.get(b.id)!.objective ?? 0) || compareIds(a.id, b.id))[0]
    if (!giving) break
    kept.delete(giving.id)
  }
  // Where nothing is sought anew and no team has gone, what hangs on the others stands with them.
  const isGone = before.some(({ id, members }) => members.length > 0 && !planned.some((need) => need.id === id))
  const isAll = !isGone && planned.every(({ id }) => kept.has(id) || (hangs(id) && rows.get(id)!.status !== 'unknown'))
  return new Set(isAll ? planned.map(({ id }) => id) : kept.keys())
}

const isIn = ({ members }: Before, organisation: string) => members.some(({ id }) => id === organisation)
