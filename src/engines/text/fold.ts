import { SIMPLIFIED, TRADITIONAL } from './traditional.ts'

/** A folded text and, for each of its UTF-16 units, where the original of that unit begins; one more entry ends it. */
export interface FoldedText {
  text: string
  /** `null` where the folded text lies unit on unit over the original. */
  starts: Uint32Array | null
  lengthBefore: number
}

/** Folding stops here: compatibility forms can grow eighteenfold. */
const FOLDED_UNITS_MAX = 4_000_000
const SLOW = 0
const NOTHING = 1
const ASCII_ONLY = /^[\0-\x7f]*$/
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

/**
 * One spelling for what readers take as the same: compatibility forms and full width (NFKC), lower case, Latin and
 * Greek letters without accents, hyphens and quotes as ASCII, traditional Chinese characters as simplified ones.
 * Invisible marks fall away; a lone surrogate becomes U+FFFD.
 */
export function foldText(text: string): string {
  return foldWithOffsets(text).text
}

/** `foldText`, with the way back: see `originalRange`. Linear in the length of the text. */
export function foldWithOffsets(text: string): FoldedText {
  if (ASCII_ONLY.test(text)) return { text: text.toLowerCase(), starts: null, lengthBefore: text.length }
  unitTable ??= buildUnitTable()
  const folded = new UnitBuffer(text.length + 16)
  let at = 0
  while (at < text.length && folded.length < FOLDED_UNITS_MAX) {
    const unit = text.charCodeAt(at)
    const simple = unitTable[unit]!
    const next = at + 1 < text.length ? unitTable[text.charCodeAt(at + 1)]! : NOTHING + 1
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
  return folded.finish(text.length)
}

/** Where the folded units from `start` to `end` (not included) stand in the original text. */
export function originalRange(folded: FoldedText, start: number, end: number): [number, number] {
  if (folded.starts === null) return [start, end]
  const from = folded.starts[start] ?? folded.lengthBefore
  let after = end
  // Units of one cluster share a start: the cluster belongs to the range as a whole.
  while (after < folded.text.length && folded.starts[after] === folded.starts[end - 1]) after += 1
  return [from, folded.starts[after] ?? folded.lengthBefore]
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
  private units: Uint16Array<ArrayBuffer>
  private starts: Uint32Array<ArrayBuffer>
  length = 0

  constructor(capacity: number) {
    this.units = new Uint16Array(capacity)
    this.starts = new Uint32Array(capacity + 1)
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

  finish(lengthBefore: number): FoldedText {
    const pieces: string[] = []
    for (let at = 0; at < this.length; at += PIECE_UNITS)
      pieces.push(String.fromCharCode(...this.units.subarray(at, Math.min(at + PIECE_UNITS, this.length))))
    const starts = this.starts.slice(0, this.length + 1)
    starts[this.length] = lengthBefore
    return { text: pieces.join(''), starts, lengthBefore }
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

const PIECE_UNITS = 4096
