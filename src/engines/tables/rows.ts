import { isNumbering } from './heading.ts'
import { isNoteText } from './notes.ts'
import { beginningOf, cellText, foldHeading, foldTraditional, foldWidth, isEmptyText } from './text.ts'
import type { AsideReason, Cell, Heading, Row, SortedRow } from './types.ts'

const NOTE_CELLS_MAX = 2
const SECTION_CHARACTERS_MAX = 60
const ASIDE_TEXT_CHARACTERS_MAX = 200

const TOTAL =
  /^(?:[一二三四五六七八九十\d、.\s]*)(?:合计|小计|总计|共计|累计|总和|汇总|平均|平均值|本页合计|本页小计|grand total|sub-?total|totals?|sum|average|overall)(?:\s*[（(:：].*|\s*\d+.*|数|[:：]?)$/i
const TOTAL_ENDING = /(?:合计|小计|总计|sub-?total|\btotal)\s*[:：]?$/i

/** Sorts the rows of a table into data and what is set aside, with the reason; nothing goes silently. */
export interface RowSorter {
  sort(row: Row): SortedRow
  /** How many rows were set aside, by reason, and how many are data. */
  counts(): Readonly<Record<AsideReason | 'data', number>>
}

/**
 * Sorts rows under a heading, in their order. A row with one text across the table (`一、生物医药企业`) is a section:
 * its text goes with the data rows that follow it, until the next. `tableWidth` is the number of named columns.
 */
export function sortRows(heading: Heading): RowSorter {
  const names = heading.columns.map(foldHeading)
  const tableWidth = names.filter((name) => name !== '').length || heading.columns.length
  const counts: Record<AsideReason | 'data', number> = {
    data: 0,
    empty: 0,
    above_heading: 0,
    heading: 0,
    repeated_heading: 0,
    total: 0,
    section: 0,
    note: 0,
  }
  let section: string | null = null
  const aside = (row: Row, reason: AsideReason): SortedRow => {
    counts[reason]++
    const text = ownCells(row)
      .map((each) => each.text)
      .join(' ')
      .slice(0, ASIDE_TEXT_CHARACTERS_MAX)
    return { kind: 'aside', row, reason, text }
  }
  return {
    sort(row) {
      const reason = reasonAside(row, heading, names, tableWidth)
      if (reason === 'section') section = sectionText(row)
      if (reason !== null) return aside(row, reason)
      counts.data++
      return { kind: 'data', row, section }
    },
    counts: () => ({ ...counts }),
  }
}

function reasonAside(row: Row, heading: Heading, names: readonly string[], tableWidth: number): AsideReason | null {
  if (heading.rows.includes(row.number)) return 'heading'
  if (row.number < heading.row) return 'above_heading'
  const own = ownCells(row)
  if (own.every((each) => isRunningNumber(each, names))) return 'empty'
  if (isTotal(own)) return 'total'
  if (repeatsHeading(row, heading, names)) return 'repeated_heading'
  if (isNote(own, tableWidth)) return 'note'
  if (isSection(row, own, tableWidth, names)) return 'section'
  return own.every((each) => isEmptyText(each.text)) ? 'empty' : null
}

interface OwnCell {
  readonly column: number
  readonly text: string
  readonly isText: boolean
  readonly isError: boolean
}

/** The cells that the row itself fills, without those carried down from above. */
function ownCells(row: Row): OwnCell[] {
  const carried = new Set(row.carried)
  return row.cells.flatMap((cell, column) => {
    const text = cellText(cell)
    return text === '' || carried.has(column)
      ? []
      : [{ column, text, isText: typeof cell === 'string', isError: isErrorCell(cell) }]
  })
}

function isErrorCell(cell: Cell): boolean {
  return cell !== null && typeof cell === 'object' && 'error' in cell
}

/** A total says so in its first text; everything else in it is figures. */
function isTotal(own: readonly OwnCell[]): boolean {
  const texts = own.filter((each) => each.isText && !isFigure(each.text))
  const first = texts[0]
  if (!first) return false
  const folded = foldTraditional(foldWidth(beginningOf(first.text))).replace(/\s+/g, ' ')
  const spaced = folded.replace(/\s/g, '')
  const says = TOTAL.test(folded) || TOTAL.test(spaced) || (folded.length <= 20 && TOTAL_ENDING.test(folded))
  return says && texts.length <= 3
}

const ORDINAL_NAMES = new Set(['序号', '编号', '序', '行号', 'no', 'nr', '#', 'sn', 'id', 'number', 'row'])

/** A form's numbers are printed before its rows are filled in, so a number alone is no data. */
function isRunningNumber(cell: OwnCell, names: readonly string[]): boolean {
  const running = cell.isError || /^[\d.、()（）]+$/.test(foldWidth(cell.text))
  return running && ORDINAL_NAMES.has(names[cell.column] ?? '')
}

function isFigure(text: string): boolean {
  return /^[-+¥$€£]?[\d.,\s]+%?(?:亿|万|千)?(?:元|家|项|个|人)?$/.test(foldWidth(text))
}

function repeatsHeading(row: Row, heading: Heading, names: readonly string[]): boolean {
  if (isNumbering(row) && row.number <= heading.row + 1) return true
  let same = 0
  let filled = 0
  row.cells.forEach((cell, column) => {
    const text = foldHeading(cellText(cell))
    if (text === '') return
    filled++
    const name = names[column] ?? ''
    if (text === name || (name !== '' && name.endsWith(text) && text.length >= 2)) same++
  })
  return filled >= 2 && same * 3 >= filled * 2
}

/** `联系人：张三` and the like stand below a table, never in it. */
const LABEL = /^\p{Script=Han}{2,10}:/u

function isNote(own: readonly OwnCell[], tableWidth: number): boolean {
  const first = own[0]
  if (!first) return false
  if (/^(?:例|示例|样例|举例|填写示例|example|e\.g\.)\s*[：:]?\d*$/i.test(foldWidth(first.text))) return true
  if (tableWidth < 3) return own.length === 1 && isNoteText(first.text) && /[:：]/.test(first.text)
  if (own.length <= NOTE_CELLS_MAX && isNoteText(first.text)) return true
  if (own.length <= NOTE_CELLS_MAX && tableWidth > 3 && LABEL.test(foldWidth(first.text))) return true
  const pairs =
    own.length <= 6 && own.length < tableWidth && own.every((each) => isNoteText(each.text) || /[:：]/.test(each.text))
  return pairs && isNoteText(first.text)
}

/** One text alone, merged across the table or standing at its left edge, and worded like a title. */
function isSection(row: Row, own: readonly OwnCell[], tableWidth: number, names: readonly string[]): boolean {
  const only = own[0]
  if (own.length !== 1 || !only?.isText || tableWidth < 3) return false
  if ((row.carried?.length ?? 0) > 0) return false
  const across =
    row.spans?.some((span) => span.from <= only.column && span.to - span.from + 1 >= tableWidth / 2) ?? false
  if (across || ORDINAL_NAMES.has(names[only.column] ?? '')) return true
  if (only.text.length > SECTION_CHARACTERS_MAX) return false
  return /^(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*[、.．:：]|第[一二三四五六七八九十\d]+[类部章批]|[IVX]{1,4}[.、]\s|\d{1,2}[、．])/.test(
    foldWidth(only.text),
  )
}

function sectionText(row: Row): string {
  const text = ownCells(row)[0]?.text ?? ''
  return text
    .replace(/^[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*[、.．:：]\s*/, '')
    .replace(/^\d{1,2}[、．]\s*/, '')
    .trim()
}

/**
 * Fills the blanks that a merged cell leaves when a sheet is saved as CSV: where all of `columns` are blank in a row that
 * says something else, they take the values of the row before, and are listed as carried. Give it data rows, in order.
 */
export function fillDown(columns: readonly number[]): (row: Row) => Row {
  let above: Row | null = null
  return (row) => {
    const blank = columns.every((column) => cellText(row.cells[column]) === '')
    const says = row.cells.some((cell, column) => !columns.includes(column) && !isEmptyText(cellText(cell)))
    if (!blank || !says || !above) {
      above = blank ? above : row
      return row
    }
    const cells = [...row.cells]
    for (const column of columns) cells[column] = above.cells[column] ?? null
    for (let at = 0; at < cells.length; at++) cells[at] ??= null
    return { ...row, cells, carried: [...(row.carried ?? []), ...columns] }
  }
}
