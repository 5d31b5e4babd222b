/**
 * Insertions, deletions, substitutions and swaps of neighbours that make one text of the other (optimal string
 * alignment), or `most + 1` as soon as there are more. O(length × most).
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i, ...new Array<number>(b.length).fill(most + 1)]
    const from = Math.max(1, i - most)
    const to = Math.min(b.length, i + most)
    let least = most + 1
    for (let j = from; j <= to; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (last[j] ?? most + 1) + 1,
        (row[j - 1] ?? most + 1) + 1,
        (last[j - 1] ?? most + 1) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? most + 1) + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (i <= most) least = Math.min(least, i)
    if (least > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? most + 1, most + 1)
}
