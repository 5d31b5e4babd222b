import { SIMPLIFIED, TRADITIONAL } from '#engines/text/traditional.ts'
import type { Cell, Empty, ReadingNote, Refused, Understood, ValueRule } from './types.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out here.
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g

/** A cell as trimmed text, without invisible marks and without the wrapping `="…"` that keeps codes from Excel. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return plainText(cell)
  if (typeof cell === 'number') return numberText(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (cell instanceof Date) return dateText(cell)
  return cell.error
}

function plainText(text: string): string {
  const bare = text
    .replace(INVISIBLE, '')
    .replace(/[\u00a0\u3000]/g, ' ')
    .trim()
  const wrapped = /^="([^"]*)"$/.exec(bare)?.[1] ?? /^'(\d[\dA-Za-z-]*)$/.exec(bare)?.[1]
  return wrapped === undefined ? bare : wrapped.trim()
}

function numberText(value: number): string {
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e+') ? value.toFixed(0) : text
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

/** Full-width digits, letters and signs made ordinary; runs of blanks made one. */
export function foldWidth(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim()
}

const SIMPLIFIED_CHARACTERS = [...SIMPLIFIED]
const SIMPLE = new Map([...TRADITIONAL].map((character, at) => [character, SIMPLIFIED_CHARACTERS[at] ?? character]))

/** Simplified characters for traditional ones. */
export function foldTraditional(text: string): string {
  return Array.from(text, (character) => SIMPLE.get(character) ?? character).join('')
}

/** What a longer cell says behind this is no part of a heading or of a note's beginning. */
const BEGINNING_CHARACTERS_MAX = 500

export const beginningOf = (text: string) => text.slice(0, BEGINNING_CHARACTERS_MAX)

/** A heading without what does not tell headings apart: width, case, blanks, punctuation, stars, traditional forms. */
export function foldHeading(text: string): string {
  return foldTraditional(foldWidth(beginningOf(text)).toLowerCase()).replace(/[^\p{L}\p{N}%#]+/gu, '')
}

const EMPTY_CHARACTERS_MAX = 100
const EMPTY_WORDS = new Set(
  '无 暂无 没有 空 未填 未填写 未知 不详 待定 待补充 待补 待填 待确认 不适用 无数据 暂缺 缺 n/a na none null nil tbd tbc unknown nan undefined #n/a notapplicable notavailable'.split(
    ' ',
  ),
)

/** Whether the text only says that there is nothing: dashes, slashes, 无, 暂无, N/A, 待定. `NA` counts unless told to keep it. */
export function isEmptyText(text: string, keep: { readonly na?: boolean; readonly no?: boolean } = {}): boolean {
  if (text.length > EMPTY_CHARACTERS_MAX) return false
  const folded = foldWidth(text)
    .toLowerCase()
    .replace(/[\s。.()[\]（）]+/g, '')
  if (/^[-–—_/\\*?~、,…·]*$/.test(folded)) return true
  if (keep.na && folded === 'na') return false
  if (keep.no && (folded === '无' || folded === '没有')) return false
  return EMPTY_WORDS.has(folded)
}

export function understood<T>(original: string, value: T, note?: ReadingNote): Understood<T> {
  return note === undefined ? { original, value } : { original, value, note }
}

export function refused(original: string, refusal: ValueRule): Refused {
  return { original, refusal }
}

export function empty(original: string, note?: ReadingNote): Empty {
  return note === undefined ? { original, empty: true } : { original, empty: true, note }
}

/** A number, a date or a word is never longer; what is longer would only cost time. */
const VALUE_CHARACTERS_MAX = 300

interface ReadingBounds {
  readonly na?: boolean
  readonly no?: boolean
  readonly charactersMax?: number
}

/** The refusal of an error cell or of one that is too long, or the emptiness of an empty one; null where there is something to read. */
export function unreadable(cell: Cell | undefined, bounds: ReadingBounds = {}): Refused | Empty | null {
  const original = cellText(cell)
  if (cell !== null && typeof cell === 'object' && 'error' in cell) return refused(original, 'value.error_cell')
  if (original.length > (bounds.charactersMax ?? VALUE_CHARACTERS_MAX)) return refused(original, 'value.too_long')
  return isEmptyText(original, bounds) ? empty(original) : null
}
