import { isKnownName, LEVEL_JOINT, soundsLikeHeading } from './names.ts'
import { isNoteText } from './notes.ts'
import { cellText, foldHeading, foldWidth } from './text.ts'
import type { Cell, Dictionary, Heading, Row } from './types.ts'
import { isUnitText } from './units.ts'

/** How far down a heading is looked for. */
export const HEADING_ROWS_MAX = 40
const LEVELS_MAX = 3
const HEADING_CHARACTERS_MAX = 60
const CONFIDENCE_MIN = 0.3
const NAME_CHARACTERS_MAX = 300
const NAMELIKE_MIN = 0.6
const NEARLY = 0.85
const NEARLY_FILLED = 0.6

interface Candidate {
  readonly at: number
  readonly score: number
  readonly known: number
  readonly filled: number
}

/**
 * Finds the heading of a table in its first rows (hand in `HEADING_ROWS_MAX` of them). Titles, notes and units above it
 * are normal, so are headings of two or three rows, which are joined by ` / `. `dictionary` lets known names count.
 */
export function chooseHeading(rows: readonly Row[], dictionary: Dictionary = {}): Heading {
  const head = rows.slice(0, HEADING_ROWS_MAX)
  const width = usualWidth(head)
  const candidates = head.map((_, at) => judge(head, at, width, dictionary)).filter((each) => each !== null)
  const best = pick(candidates)
  if (!best) return noHeading(head)
  const levels = levelsOf(head, best.at, width, dictionary)
  const first = levels[0] ?? best.at
  const last = levels.at(-1) ?? best.at
  const names = levels.filter((at) => !isNumbering(head[at]))
  return {
    row: head[last]?.number ?? 0,
    rows: levels.map((at) => head[at]?.number ?? 0),
    columns: joinLevels(names.map((at) => head[at]).filter((row) => row !== undefined)),
    confidence: Math.min(1, best.score),
    reason: reasonOf(best, levels.length),
    above: head.slice(0, first).flatMap((row) => textsOf(row)),
  }
}

/** The first of those that are nearly as good as the best: a heading that is repeated further down is one too. */
function pick(candidates: readonly Candidate[]): Candidate | null {
  const best = candidates.reduce<Candidate | null>((top, each) => (top && top.score >= each.score ? top : each), null)
  if (!best || best.score < CONFIDENCE_MIN) return null
  const near = (each: Candidate) => each.score >= best.score * NEARLY && each.filled >= best.filled * NEARLY_FILLED
  return candidates.find(near) ?? best
}

function reasonOf(best: Candidate, levels: number): string {
  const parts = [`${best.filled} names`]
  if (best.known > 0) parts.push(`${best.known} of them known`)
  if (levels > 1) parts.push(`over ${levels} rows`)
  return parts.join(', ')
}

/** The number of filled cells that the fuller rows reach. */
function usualWidth(rows: readonly Row[]): number {
  const widths = rows.map((row) => row.cells.filter((cell) => cellText(cell) !== '').length).toSorted((a, b) => a - b)
  return Math.max(1, widths[Math.floor(widths.length * 0.75)] ?? 1)
}

/** How much row `at` looks like the (upper) row of a heading, from 0 to about 1; null where it can't be one. */
function judge(rows: readonly Row[], at: number, width: number, dictionary: Dictionary): Candidate | null {
  const row = rows[at]
  if (!row) return null
  const texts = ownTexts(row)
  const filled = texts.length
  if (filled === 0 || (filled === 1 && width > 1)) return null
  if (isNoteText(texts[0] ?? '') && filled <= 2) return null
  const namelike = texts.filter(isNamelike).length / filled
  if (namelike < NAMELIKE_MIN) return null
  const distinct = new Set(texts.map(foldHeading)).size / filled
  const known = countKnown(texts, dictionary)
  const sounding = texts.filter(soundsLikeHeading).length
  const below = contrast(rows, at)
  const full = Math.min(1, filled / width)
  const score =
    0.3 * namelike * full +
    0.1 * distinct +
    0.35 * (known / filled) +
    0.15 * (sounding / filled) +
    0.15 * below -
    penalty(texts) -
    0.002 * at
  return { at, score, known, filled }
}

/** Values that data has and headings do not. */
function penalty(texts: readonly string[]): number {
  const valuelike = texts.filter((text) => VALUELIKE.test(foldWidth(text)))
  return 0.5 * (valuelike.length / texts.length)
}

const VALUELIKE = /^[\d.,%/:-]+$|@|^https?:|^www\.|\d{6}/i

function isNamelike(text: string): boolean {
  return text.length <= HEADING_CHARACTERS_MAX && /\p{L}/u.test(text) && !/^[\d.,]+$/.test(text)
}

function countKnown(texts: readonly string[], dictionary: Dictionary): number {
  return texts.filter((text) => isNamelike(text) && isKnownName(text, dictionary)).length
}

/** Share of columns whose values below are of another kind (numbers, dates, long texts) than this row's text. */
function contrast(rows: readonly Row[], at: number): number {
  const below = rows.slice(at + 1, at + 12)
  const columns = (rows[at]?.cells ?? []).flatMap((cell, column) => (cellText(cell) === '' ? [] : [column]))
  if (below.length === 0 || columns.length === 0) return 0
  const differing = columns.filter((column) => {
    const values = below.map((row) => row.cells[column]).filter((cell) => cellText(cell) !== '')
    const other = values.filter((value) => isOtherKind(value, cellText(rows[at]?.cells[column])))
    return values.length > 0 && other.length * 2 >= values.length
  })
  return differing.length / columns.length
}

function isOtherKind(value: Cell | undefined, heading: string): boolean {
  if (typeof value === 'number' || value instanceof Date || typeof value === 'boolean') return true
  const text = cellText(value)
  return /^[\d.,%/:+-]+$/.test(foldWidth(text)) || text.length > Math.max(24, heading.length * 3)
}

/** The rows of the heading that begins at `at`: further levels, a row of units, a row of running numbers. */
function levelsOf(rows: readonly Row[], at: number, width: number, dictionary: Dictionary): number[] {
  const levels = [at]
  const above = rows[at - 1]
  if (above && isUpperLevel(above, rows[at])) levels.unshift(at - 1)
  while (levels.length < LEVELS_MAX) {
    const next = (levels.at(-1) ?? at) + 1
    const row = rows[next]
    if (!row || !isLowerLevel(rows, levels.at(-1) ?? at, next, width, dictionary)) break
    levels.push(next)
  }
  const after = (levels.at(-1) ?? at) + 1
  if (isNumbering(rows[after])) levels.push(after)
  return levels
}

/** A row that stands over the one with the names, with at least one text spread over several of its columns. */
function isUpperLevel(upper: Row, lower: Row | undefined): boolean {
  const texts = ownTexts(upper)
  if (!lower || texts.length < 2 || !texts.every(isNamelike) || texts.some((text) => /[:：]/.test(text))) return false
  if (upper.spans === undefined && lower.carried === undefined) return standsOver(upper, lower)
  const spans = upper.spans?.filter((span) => span.to - span.from < lower.cells.length - 1) ?? []
  return spans.length > 0 || (lower.carried?.length ?? 0) > 0
}

/** Without merged cells: short texts with gaps between them, all of which the row below fills. */
function standsOver(upper: Row, lower: Row): boolean {
  const filled = (row: Row, column: number) => cellText(row.cells[column]) !== ''
  const columns = lower.cells.map((_, column) => column)
  const over = columns.filter((column) => filled(upper, column))
  const gaps = columns.filter((column) => column > (over[0] ?? 0) && !filled(upper, column) && filled(lower, column))
  const covered = over.some((column) => filled(lower, column))
  const short = over.every((column) => /^[^\d]{1,20}$/.test(cellText(upper.cells[column])))
  return covered && short && gaps.length > 0 && upper.cells.length <= lower.cells.length
}

function isLowerLevel(
  rows: readonly Row[],
  upperAt: number,
  at: number,
  width: number,
  dictionary: Dictionary,
): boolean {
  const [upper, row] = [rows[upperAt], rows[at]]
  if (!upper || !row) return false
  const texts = ownTexts(row)
  if (texts.length === 0 || !texts.every((text) => isNamelike(text) || isUnitText(text))) return false
  if (texts.every(isUnitText)) return true
  if ((row.carried?.length ?? 0) > 0 && spreads(upper) && texts.length < upper.cells.length) return true
  const known = countKnown(texts, dictionary)
  const fillsGaps = row.cells.some((cell, column) => cellText(cell) !== '' && cellText(upper.cells[column]) === '')
  if (spreads(upper) && fillsGaps && !looksLikeData(row)) return true
  if (fillsGaps && known * 2 >= texts.length && known >= 2) return true
  return known >= 3 && known * 3 >= texts.length * 2 && texts.length * 2 >= width && !looksLikeData(row)
}

function spreads(row: Row): boolean {
  return row.spans?.some((span) => cellText(row.cells[span.from]) !== '') ?? false
}

function looksLikeData(row: Row): boolean {
  return row.cells.some((cell) => typeof cell === 'number' || cell instanceof Date || /\d{4}/.test(cellText(cell)))
}

/** `1 2 3 4`, `(1) (2) (3)` or `甲 1 2 3` under a heading. */
export function isNumbering(row: Row | undefined): boolean {
  const texts = row ? ownTexts(row).map((text) => foldWidth(text).replace(/[()（）栏列]/g, '')) : []
  if (texts.length < 3) return false
  const numbers = texts.filter((text) => !/^[甲乙丙丁戊]$/.test(text)).map(Number)
  return (
    numbers.length >= 2 && numbers.every((number, at) => number === at + (numbers[0] ?? 1)) && (numbers[0] ?? 9) <= 2
  )
}

/** One name a column: levels from the top down, spread texts repeated under their span, equal ones said once. */
function joinLevels(levels: readonly Row[]): string[] {
  const width = Math.max(
    0,
    ...levels.map((row) => Math.max(row.cells.length, ...(row.spans ?? []).map((span) => span.to + 1))),
  )
  return Array.from({ length: width }, (_, column) => {
    const parts: string[] = []
    for (const [level, row] of levels.entries()) {
      const text =
        levels.length > 1 && level < levels.length - 1 ? spreadText(levels, level, column) : cellText(row.cells[column])
      const clean = text.replace(/\s+/g, ' ').trim()
      if (clean !== '' && parts.at(-1) !== clean) parts.push(clean)
    }
    return parts.join(LEVEL_JOINT).slice(0, NAME_CHARACTERS_MAX)
  })
}

/** The text of an upper level over a column: its own, its span's, or, without spans, the nearest to the left. */
function spreadText(levels: readonly Row[], level: number, column: number): string {
  const row = levels[level]
  const own = cellText(row?.cells[column])
  if (own !== '') return own
  const span = row?.spans?.find((each) => each.from <= column && column <= each.to)
  if (span) return cellText(row?.cells[span.from])
  const merged = levels.some((each) => each.spans !== undefined || each.carried !== undefined)
  const below = cellText(levels[level + 1]?.cells[column])
  if (merged || below === '') return ''
  for (let left = column - 1; left >= 0; left--) {
    const text = cellText(row?.cells[left])
    if (text !== '') return cellText(levels[level + 1]?.cells[left]) === '' ? '' : text
  }
  return ''
}

function ownTexts(row: Row): string[] {
  const carried = new Set(row.carried)
  return row.cells.flatMap((cell, column) => (carried.has(column) || cellText(cell) === '' ? [] : [cellText(cell)]))
}

function textsOf(row: Row): string[] {
  const text = ownTexts(row).join(' ')
  return text === '' ? [] : [text]
}

function noHeading(rows: readonly Row[]): Heading {
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, () => '')
  return { row: 0, rows: [], columns, confidence: 0, reason: 'no row reads like a heading', above: [] }
}
