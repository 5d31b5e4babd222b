import type { CalendarDate, Cell, Reading } from '#engines/tables/types.ts'
import {
  cellText,
  foldWidth,
  isEmptyText,
  type MoneyStyle,
  readCountry,
  readDate,
  readEmail,
  readList,
  readMoney,
  readNumber,
  readOrganisationKind,
  readPhone,
  readSize,
  readTrl,
  readUrl,
  readYesNo,
} from '#engines/tables/values.ts'
import type { RowNote, RowRefusal } from './model.ts'

/** How a column is read: under which heading it stands, as which field, in which style. */
export interface ColumnPlan {
  column: number
  heading: string
  field: string
  style: MoneyStyle
}

/** A cell with the plan of its column. */
export interface Planned {
  plan: ColumnPlan
  cell: Cell | undefined
}

const VALUE_CHARACTERS_SHOWN_MAX = 200
const STAFF_MAX = 10_000_000

/** Gathers what is wrong with a row and what should be known of it, while its values are read. */
export class RowReport {
  readonly refusals: RowRefusal[] = []
  readonly notes: RowNote[] = []

  /** The value, or nothing where there is none. A value that can't be understood refuses the row. */
  take<T>({ plan, cell }: Planned, reading: Reading<T>): T | undefined {
    if (reading.refusal) this.refuse(plan, cell, reading.refusal)
    return this.valueOf(plan, reading)
  }

  /** The same for what a record can do without: it is left out, the row stands, and a note says so. */
  takeLoosely<T>({ plan, cell }: Planned, reading: Reading<T>): T | undefined {
    if (reading.refusal === 'value.error_cell') this.refuse(plan, cell, reading.refusal)
    else if (reading.refusal) this.leaveOut(plan, cell, reading.refusal)
    return this.valueOf(plan, reading)
  }

  private valueOf<T>(plan: ColumnPlan, reading: Reading<T>): T | undefined {
    if ('note' in reading && reading.note)
      this.notes.push({ note: reading.note, column: plan.heading, value: cut(reading.original) })
    return reading.value
  }

  refuse(plan: Pick<ColumnPlan, 'heading'>, cell: Cell | undefined, rule: string): void {
    this.refusals.push({ column: plan.heading, value: cut(cellText(cell)), rule })
  }

  leaveOut(plan: Pick<ColumnPlan, 'heading'>, cell: Cell | undefined, rule: string): void {
    this.notes.push({ note: 'left_out', column: plan.heading, value: cut(cellText(cell)), rule })
  }
}

const cut = (text: string) => text.slice(0, VALUE_CHARACTERS_SHOWN_MAX).toWellFormed()

/** A text of at most `lengthMax` characters. */
export function readText(cell: Cell | undefined, lengthMax: number): Reading<string> {
  const original = cellText(cell)
  if (cell !== null && typeof cell === 'object' && 'error' in cell) return { original, refusal: 'value.error_cell' }
  if (isEmptyText(original)) return { original, empty: true }
  if (original.length > lengthMax) return { original, refusal: 'value.too_long' }
  return { original, value: original.toWellFormed() }
}

/** A date as far as it was written: `2024`, `2024-03`, `2024-03-05`. */
export function readPartialDate({ cell, plan }: Planned): Reading<string> {
  const reading: Reading<CalendarDate> = readDate(cell, plan.style)
  if (!reading.value) return reading
  const { date, precision } = reading.value
  return { ...reading, value: date.slice(0, { year: 4, month: 7, day: 10 }[precision]) }
}

/** A head count: whole, from zero up. */
export function readStaff({ cell, plan }: Planned): Reading<number> {
  const { unit: _unit, ...style } = plan.style
  const reading = readNumber(cell, style)
  if (reading.value === undefined) return reading
  const staff = Math.round(reading.value)
  const { original } = reading
  if (staff < 0 || staff > STAFF_MAX) return { original, refusal: 'value.number_out_of_range' }
  return staff === reading.value ? { ...reading, value: staff } : { original, value: staff, note: 'approximate' }
}

/** An amount, from zero up, in minor units as text. */
export function readAmount({ cell, plan }: Planned): Reading<{ minor: string; currency: string }> {
  const reading = readMoney(cell, plan.style)
  if (reading.value === undefined) return reading
  const { minor, currency } = reading.value
  const { original } = reading
  if (minor < 0n || minor > 10n ** 18n - 1n) return { original, refusal: 'value.number_out_of_range' }
  return { ...reading, value: { minor: minor.toString(), currency } }
}

/**
 * Titles such as 高新技术企业: a list, or under a heading that asks (是否高新技术企业) the heading itself where the
 * answer is yes.
 */
export function readTitles({ cell, plan }: Planned): Reading<readonly string[]> {
  const asked = foldWidth(plan.heading)
    .replace(/^.*\/ /, '')
    .replace(/^是否(?:为|属于|是)?|[?？]$|^is (?:an? )?/gi, '')
    .trim()
  const answer = readYesNo(cell)
  const original = cellText(cell)
  const isAnswer = answer.value !== undefined && original.length <= ANSWER_CHARACTERS_MAX
  if (isAnswer) return answer.value && asked ? { original, value: [asked] } : { original, empty: true }
  return readList(cell)
}

const ANSWER_CHARACTERS_MAX = 4

const KINDS_OF_NAMES: readonly (readonly [string, RegExp])[] = [
  ['fund', /基金|创业投资|创投|venture capital|\bfund\b/i],
  [
    'company',
    /公司$|集团$|厂$|合作社$|公司[（(].*[)）]$|\b(?:ltd|limited|gmbh|inc|corp|corporation|llc|plc|co|ag|bv|b\.v|oy|ab|sa|s\.a|s\.r\.l|s\.p\.a|srl|spa|kft|a\/s|aps|as|nv|sas|sarl)\.?$/i,
  ],
  ['university', /大学|学院|学校|universit|college|hochschule|polytechni|école/i],
  ['institute', /研究院|研究所|科学院|实验室|研究中心|institut|laborator|research cent|fraunhofer|max-planck/i],
  ['association', /协会|学会|联盟|商会|促进会|association|society|alliance|chamber/i],
  ['government', /管委会|委员会|人民政府|局$|厅$|ministry|municipality|government/i],
]

/** What kind of organisation a name speaks of, where it does. */
export function kindOfName(name: string): string | undefined {
  return KINDS_OF_NAMES.find(([, pattern]) => pattern.test(foldWidth(name)))?.[0]
}

/** The owners in a cell. Commas part them beside Chinese characters only: `Acme Co., Ltd.` is one. */
export function splitOwners(cell: Cell | undefined): string[] {
  const text = cellText(cell)
  if (isEmptyText(text)) return []
  const marks = /\p{Script=Han}/u.test(text)
    ? /[;；、\n|｜,，]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|(?<=\p{Script=Han})\s*\/\s*(?=\p{Script=Han})/u
    : /[;；\n|]|\s+\/\s+/
  const pieces = text.split(marks).map((piece) => piece.replace(/^\s*(?:\d{1,2}[.、)）]|[①-⑳])\s*/, '').trim())
  return [...new Set(pieces.filter((piece) => !isEmptyText(piece)))]
}

export { readCountry, readEmail, readList, readOrganisationKind, readPhone, readSize, readTrl, readUrl }
