import type { ReactNode } from 'react'

export type MarkedRange = readonly [from: number, to: number]

/** A quotation with the words that count marked. Ranges are character offsets, end excluded; they may overlap. */
export function MarkedText({ text, ranges }: { text: string; ranges: readonly MarkedRange[] }) {
  const pieces: ReactNode[] = []
  let at = 0
  for (const [from, to] of joinRanges(ranges, text.length)) {
    if (from > at) pieces.push(text.slice(at, from))
    pieces.push(<mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  pieces.push(text.slice(at))
  return <>{pieces}</>
}

/** Ranges in order, cut to the text, with those that touch made one. */
export function joinRanges(ranges: readonly MarkedRange[], length: number): MarkedRange[] {
  const joined: [number, number][] = []
  const inside = ranges
    .map(([from, to]) => [Math.max(0, from), Math.min(length, to)] as [number, number])
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b)
  for (const [from, to] of inside) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}
