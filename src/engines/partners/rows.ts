/** Lists of numbers behind each other: row `r` is `items[starts[r]]` up to `items[starts[r + 1]]`. */
export interface Rows {
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

/** Gathers pairs (row, item) by row; items keep the order in which their pairs come. */
export function gatherRows(rowsCount: number, rowOf: ArrayLike<number>, itemOf: ArrayLike<number>): Rows {
  const starts = new Uint32Array(rowsCount + 1)
  for (let at = 0; at < rowOf.length; at += 1) starts[rowOf[at]! + 1]! += 1
  for (let row = 0; row < rowsCount; row += 1) starts[row + 1]! += starts[row]!
  const next = starts.slice()
  const items = new Uint32Array(rowOf.length)
  for (let at = 0; at < rowOf.length; at += 1) {
    const row = rowOf[at]!
    items[next[row]!] = itemOf[at]!
    next[row]! += 1
  }
  return { starts, items }
}

export function rowOf({ starts, items }: Rows, row: number): Uint32Array {
  return items.subarray(starts[row]!, starts[row + 1]!)
}

/** Compares texts by code unit: the same order on every machine. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Ids as numbers, in the order of the ids. */
export class Interned {
  readonly ids: readonly string[]
  private readonly numbers: ReadonlyMap<string, number>

  constructor(ids: Iterable<string>) {
    this.ids = [...new Set(ids)].sort(compareIds)
    this.numbers = new Map(this.ids.map((id, number) => [id, number]))
  }

  get size(): number {
    return this.ids.length
  }

  find(id: string): number | undefined {
    return this.numbers.get(id)
  }
}

/** The greatest by score, equal ones by number; those with 0 or less are left out. */
export function strongest(
  from: Iterable<number>,
  score: (one: number) => number,
  limit: number,
  keep: (one: number) => boolean = () => true,
): number[] {
  let held: [number, number][] = []
  let least = 0
  const trim = () => {
    held = held.sort(([a, x], [b, y]) => y - x || a - b).slice(0, limit)
    if (held.length === limit) least = held[limit - 1]![1]
  }
  for (const one of from) {
    const value = score(one)
    if (value <= 0 || value < least || !keep(one)) continue
    held.push([one, value])
    if (held.length >= 4 * limit) trim()
  }
  trim()
  return held.map(([one]) => one)
}
