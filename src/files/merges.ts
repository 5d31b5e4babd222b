import { fileFault } from './source.ts'
import type { Cell, Span } from './types.ts'
import { xmlText } from './xml.ts'

const MERGES_MAX = 200_000
/** Longer than any `mergeCell` tag, so that none is lost between two pieces. */
const OVERLAP_CHARACTERS = 512

/** A block of merged cells: rows from 1, columns from 0, ends included. */
export interface Merge extends Span {
  readonly first: number
  readonly last: number
}

/** The merged blocks of a sheet, in order of their first row. They stand after the rows, hence a reading of its own. */
export async function readMerges(bytes: AsyncIterable<Uint8Array>): Promise<Merge[]> {
  const merges: Merge[] = []
  let kept = ''
  for await (const piece of xmlText(bytes)) {
    const text = kept + piece
    kept = text.slice(collect(text, merges))
    if (kept.length > OVERLAP_CHARACTERS) kept = kept.slice(-OVERLAP_CHARACTERS)
  }
  return merges.toSorted((a, b) => a.first - b.first || a.from - b.from)
}

/** Adds the blocks found in the text; answers where the last of them ended. */
function collect(text: string, merges: Merge[]): number {
  if (!text.includes('mergeCell')) return 0
  const pattern =
    /<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["'][^<>]*>/g
  let end = 0
  for (const found of text.matchAll(pattern)) {
    const [whole, left = '', top = '', right = '', bottom = ''] = found
    merges.push({ from: columnOf(left), to: columnOf(right), first: Number(top), last: Number(bottom) })
    end = found.index + whole.length
    if (merges.length > MERGES_MAX)
      throw fileFault('too_large', 'file.entries', 'The sheet has too many merged cells.', { limit: MERGES_MAX })
  }
  return end
}

/** `A` is 0, `AA` is 26. */
export function columnOf(letters: string): number {
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + (letters.charCodeAt(at) - 64)
  return column - 1
}

interface ActiveMerge {
  readonly merge: Merge
  value: Cell
}

/** Carries the values of merged cells down while rows go by in order. */
export class MergeCarrier {
  private next = 0
  private active: ActiveMerge[] = []
  private readonly merges: readonly Merge[]

  constructor(merges: readonly Merge[]) {
    this.merges = merges
  }

  /** Fills `cells` of the row from merges begun above; answers the columns filled and the merges across columns. */
  apply(row: number, cells: Cell[]): { carried: number[]; spans: Span[] } {
    this.active = this.active.filter(({ merge }) => merge.last >= row)
    const carried: number[] = []
    for (const { merge, value } of this.active) {
      if (value === null) continue
      cells[merge.from] = value
      carried.push(merge.from)
    }
    this.begin(row, cells)
    for (let at = 0; at < cells.length; at++) cells[at] ??= null
    const spans = this.active
      .filter(({ merge }) => merge.to > merge.from)
      .map(({ merge }) => ({ from: merge.from, to: merge.to }))
    return { carried, spans }
  }

  private begin(row: number, cells: readonly Cell[]): void {
    for (let merge = this.merges[this.next]; merge && merge.first <= row; merge = this.merges[++this.next]) {
      if (merge.last < row || this.overlaps(merge)) continue
      this.active.push({ merge, value: merge.first === row ? (cells[merge.from] ?? null) : null })
    }
  }

  /** Excel never writes blocks that overlap; a file that does so must not cost more than one that doesn't. */
  private overlaps(merge: Merge): boolean {
    return this.active.some((each) => each.merge.from <= merge.to && merge.from <= each.merge.to)
  }
}
