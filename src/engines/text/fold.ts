import { SIMPLIFIED, TRADITIONAL } from './traditional.ts'

/** A text as readers take it, and the way back to how it was written. */
export class FoldedText {
  readonly units: Uint16Array
  /** For each unit, where the original of it begins, and one more entry; `null` where unit lies on unit. */
  readonly starts: Uint32Array | null
  readonly original: string
  private whole: string | undefined

  constructor(original: string, units: Uint16Array, starts: Uint32Array | null) {
    this.original = original
    this.units = units
    this.starts = starts
  }

  get length(): number {
    return this.units.length
  }

  get text(): string {
    this.whole ??= stringOf(this.units)
    return this.whole
  }

  slice(start: number, end: number): string {
    return end - start > PIECE_UNITS ? this.text.slice(start, end) : stringOf(this.units.subarray(start, end))
  }

  /** Where the folded units from `start` to `end` (not included) stand in the original text. */
  originalRange(start: number, end: number): [number, number] {
    const { starts, length } = this
    if (starts === null) return [start, end]
    const from = starts[start] ?? this.original.length
    let after = end
    // Units of one cluster share a start: the cluster belongs to the range as a whole.
    while (after < length && starts[after] === starts[end - 1]) after += 1
    return [from, starts[after] ?? this.original.length]
  }

  /** What was written where the folded units from `start` to `end` (not included) stand. */
  originalOf(start: number, end: number): string {
    return this.original.slice(...this.originalRange(start, end))
  }
}

function stringOf(units: Uint16Array): string {
  // Spreading would walk an iterator: four times as slow.
  const pieceOf = (piece: Uint16Array) => String.fromCharCode.apply(null, piece as unknown as number[])
  if (units.length <= PIECE_UNITS) return pieceOf(units)
  const pieces: string[] = []
  for (let at = 0; at < units.length; at += PIECE_UNITS) pieces.push(pieceOf(units.subarray(at, at + PIECE_UNITS)))
  return pieces.join('')
}

const PIECE_UNITS = 4096
/** Folding stops here: compatibility forms can grow eighteenfold. */
const FOLDED_UNITS_MAX = 4_000_000
const SLOW = 0
const NOTHING = 1
const COMBINING = /\p{M}/u
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/u
const ACCENTED_BASE = /([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu
/** Letters that Unicode does not take apart, and the signs that stand for a hyphen, a quote or micro. */
const SPELLED_OUT: ReadonlyMap<string, string> = new Map([
  ...['øo', 'đd', 'łl', 'ħh', 'ıi', 'ŧt', 'ðd', 'ßss', 'æae', 'œoe', 'þth', 'ςσ'].map(splitFirst),
  ...['‐-', '‑-', '‒-', '–-', '—-', '―-', '−-', "‘'", "’'", "ʼ'", '⁄/'].map(splitFirst),
])
const SIMPLIFIED_OF: ReadonlyMap<string, string> = new Map(
  [...TRADITIONAL].map((character, at) => [character, SIMPLIFIED[at] ?? character]),
)

let unitTable: Uint16Array | undefined

/** `fold`, where nobody needs the way back. */
export function foldText(text: string): string {
  return fold(text).text
}

/**
 * One spelling for what readers take as the same: compatibility forms and full width (NFKC), lower case, Latin and
 * Greek letters without accents, hyphens and quotes as ASCII, traditional Chinese characters as simplified ones.
 * Invisible marks fall away; a lone surrogate becomes U+FFFD. Linear in the length of the text. `room` is written over
 * where it is large enough: the folded text then serves until it is used again.
 */
export function fold(text: string, room?: Uint16Array): FoldedText {
  unitTable ??= buildUnitTable()
  const table = unitTable
  const { length } = text
  const units = room && room.length >= length ? room.subarray(0, length) : new Uint16Array(length)
  for (let at = 0; at < length; at += 1) {
    const simple = table[text.charCodeAt(at)]!
    // What cannot be folded by itself may belong to the unit before it.
    if (simple <= NOTHING) return foldByClusters(text, units, Math.max(0, at - 1), table)
    units[at] = simple
  }
  return new FoldedText(text, units, null)
}

/** `fold` from `at` on, the units before which are folded already, each by itself. */
function foldByClusters(text: string, units: Uint16Array, from: number, table: Uint16Array): FoldedText {
  const folded = new UnitBuffer(units, from)
  let at = from
  while (at < text.length && folded.length < FOLDED_UNITS_MAX) {
    const simple = table[text.charCodeAt(at)]!
    const next = at + 1 < text.length ? table[text.charCodeAt(at + 1)]! : NOTHING + 1
    if (simple > NOTHING && next !== SLOW) {
      folded.push(simple, at)
      at += 1
    } else if (simple === NOTHING) {
      at += 1
    } else {
      const end = clusterEnd(text, at)
      folded.pushText(foldCluster(text.slice(at, end)), at)
      at = end
    }
  }
  return folded.finish(text)
}

function foldCluster(cluster: string): string {
  const plain = cluster.toLowerCase().normalize('NFKD').toLowerCase().replace(ACCENTED_BASE, '$1').normalize('NFKC')
  let spelled = ''
  for (const character of plain) {
    if (INVISIBLE.test(character)) continue
    spelled += SPELLED_OUT.get(character) ?? SIMPLIFIED_OF.get(character) ?? character
  }
  return spelled.toWellFormed()
}

/** The end of the character at `at` with the combining marks that follow it, at most `MARKS_MAX` of them. */
function clusterEnd(text: string, at: number): number {
  let end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1)
  for (let marks = 0; marks < MARKS_MAX && end < text.length; marks += 1) {
    const code = text.codePointAt(end)!
    if (code < 0x300 || !COMBINING.test(String.fromCodePoint(code))) break
    end += code > 0xffff ? 2 : 1
  }
  return end
}

const MARKS_MAX = 16

/** For each UTF-16 unit what it folds to, where that is one unit: most text passes here. Surrogates and marks are slow. */
function buildUnitTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  for (let unit = 2; unit < 0x10000; unit += 1) {
    if (unit >= 0xd800 && unit <= 0xdfff) continue
    const character = String.fromCharCode(unit)
    if (INVISIBLE.test(character)) table[unit] = NOTHING
    else if (!COMBINING.test(character)) {
      const folded = foldCluster(character)
      if (folded.length === 1 && !COMBINING.test(folded)) table[unit] = folded.charCodeAt(0)
    }
  }
  return table
}

function splitFirst(pair: string): [string, string] {
  return [pair.slice(0, 1), pair.slice(1)]
}

/** A growing run of UTF-16 units with the place each came from. */
class UnitBuffer {
  private units: Uint16Array
  private starts: Uint32Array
  length: number

  /** Begins with the first units of those given, each from its own place. */
  constructor(units: Uint16Array, length: number) {
    this.units = units
    this.starts = new Uint32Array(units.length + 1)
    for (let at = 0; at < length; at += 1) this.starts[at] = at
    this.length = length
  }

  push(unit: number, start: number): void {
    if (this.length === this.units.length) this.grow()
    this.units[this.length] = unit
    this.starts[this.length] = start
    this.length += 1
  }

  pushText(text: string, start: number): void {
    for (let at = 0; at < text.length; at += 1) this.push(text.charCodeAt(at), start)
  }

  finish(text: string): FoldedText {
    const starts = this.starts.subarray(0, this.length + 1)
    starts[this.length] = text.length
    return new FoldedText(text, this.units.subarray(0, this.length), starts)
  }

  private grow(): void {
    const units = new Uint16Array(this.units.length * 2)
    units.set(this.units)
    this.units = units
    const starts = new Uint32Array(units.length + 1)
    starts.set(this.starts)
    this.starts = starts
  }
}
