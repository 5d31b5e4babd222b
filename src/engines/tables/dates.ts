import { parseChinese } from './numbers.ts'
import { cellText, empty, foldWidth, refused, understood, unreadable } from './text.ts'
import type { CalendarDate, Cell, ColumnStyle, Reading, ReadingNote } from './types.ts'

const YEAR_MIN = 1600
const YEAR_MAX = 2200
const CENTURY_PIVOT = 70

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'januar', 'january', 'janvier', 'enero', 'gennaio', 'janeiro'],
  ['feb', 'februar', 'february', 'février', 'fevrier', 'febrero', 'febbraio', 'fevereiro'],
  ['mar', 'mär', 'märz', 'march', 'mars', 'marzo', 'março', 'mrz'],
  ['apr', 'april', 'avril', 'abril', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'maio'],
  ['jun', 'juni', 'june', 'juin', 'junio', 'giugno', 'junho'],
  ['jul', 'juli', 'july', 'juillet', 'julio', 'luglio', 'julho'],
  ['aug', 'august', 'août', 'aout', 'agosto'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'setembro'],
  ['oct', 'okt', 'october', 'oktober', 'octobre', 'octubre', 'ottobre', 'outubro'],
  ['nov', 'november', 'novembre', 'noviembre', 'novembro'],
  ['dec', 'dez', 'december', 'dezember', 'décembre', 'decembre', 'diciembre', 'dicembre', 'dezembro'],
]
const MONTH_NUMBERS = new Map(MONTHS.flatMap((names, at) => names.map((name) => [name, at + 1] as const)))

const OPEN_ENDED = /^(?:长期|永久|长期有效|无固定期限|至今|permanent|indefinite|ongoing|present)$/i

interface Parts {
  readonly year: number
  readonly month?: number
  readonly day?: number
  readonly note?: ReadingNote
}

/** Day and month of `05/03/2024`, `5-3-2024` or `5/3/24`, and the year; null for any other way of writing. */
function slashed(
  text: string,
): { first: number; second: number; year: number; dotted: boolean; short: boolean } | null {
  const found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T].*)?$/.exec(text)
  if (!found) return null
  const [, first = '', mark, second = '', year = ''] = found
  const short = year.length === 2
  const full = short ? Number(year) + (Number(year) < CENTURY_PIVOT ? 2000 : 1900) : Number(year)
  return { first: Number(first), second: Number(second), year: full, dotted: mark === '.', short }
}

/**
 * Whether a column writes day before month, judged by the values that can be read one way only; null where they
 * contradict one another or none tells.
 */
export function decideDateOrder(values: readonly (Cell | undefined)[]): 'dmy' | 'mdy' | null {
  let dayFirst = 0
  let monthFirst = 0
  for (const value of values) {
    if (typeof value !== 'string') continue
    const parts = slashed(foldWidth(value))
    if (!parts) continue
    if (parts.first > 12 && parts.second <= 12) dayFirst++
    if (parts.second > 12 && parts.first <= 12) monthFirst++
  }
  if (dayFirst > 0 && monthFirst === 0) return 'dmy'
  if (monthFirst > 0 && dayFirst === 0) return 'mdy'
  return null
}

/**
 * A calendar date in any usual way of writing it, in Chinese or a European language, as an Excel serial or a workbook's
 * date. `05/03/2024` follows the column's order; where the column does not tell, day first is assumed and noted.
 */
export function readDate(cell: Cell | undefined, style: ColumnStyle = {}): Reading<CalendarDate> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  if (cell instanceof Date) return dateOf(original, partsOfInstant(cell))
  if (typeof cell === 'boolean') return refused(original, 'value.not_a_date')
  const text = withoutTalk(foldWidth(original))
  if (OPEN_ENDED.test(text)) return empty(original, 'open_ended')
  const parts =
    partsOfDigits(text) ?? partsYearFirst(text) ?? partsSlashed(text, style) ?? partsInWords(text) ?? partsVague(text)
  if (parts) return dateOf(original, parts)
  const range = /^(.{4,20}?)\s*(?:至|到|—|–|~|～|-| to )\s*(?:\d{4}|\d{1,2}[/.]|今|长期|永久|present).*$/.exec(
    text,
  )?.[1]
  if (!range) return refused(original, 'value.not_a_date')
  const first = readDate(range, style)
  return first.value ? understood(original, first.value, 'lower_of_range') : refused(original, 'value.not_a_date')
}

/** A date without the words around it: `成立于2012年`, `est. 2012`, `2026年底到期`, `2012 (est.)`. */
function withoutTalk(text: string): string {
  return text
    .replace(/(?<=\d)、(?=\d)/g, '.')
    .replace(/^(?:成立于|始建于|创立于|自|于|约|est\.?|established|founded|since|in|c\.|ca\.?|circa)\s*(?=[\d二])/i, '')
    .replace(/(?<=[\d年月日底])\s*(?:到期|届满|之前|前|止|起|成立|设立|\([^()]*\))?[.。,，、;；]*$/, '')
}

function partsOfInstant(instant: Date): Parts {
  return { year: instant.getUTCFullYear(), month: instant.getUTCMonth() + 1, day: instant.getUTCDate() }
}

/** `20240305`, `202403`, `2024`, and Excel serials. */
function partsOfDigits(text: string): Parts | null {
  const digits = /^(\d+)(?:\.\d+)?$/.exec(text)?.[1]
  if (!digits) return null
  const value = Number(digits)
  if (digits.length === 8)
    return { year: Math.trunc(value / 10_000), month: Math.trunc(value / 100) % 100, day: value % 100 }
  if (digits.length === 6 && value % 100 >= 1 && value % 100 <= 12 && inYears(Math.trunc(value / 100)))
    return { year: Math.trunc(value / 100), month: value % 100 }
  if (text.includes('.') && /^\d{4}\.\d{1,2}$/.test(text)) return null
  if (digits.length === 4 && inYears(value) && !text.includes('.')) return { year: value }
  if (digits.length === 5) return { ...partsOfInstant(new Date((value - 25_569) * 86_400_000)), note: 'from_serial' }
  return null
}

function partsYearFirst(text: string): Parts | null {
  const numeric = chineseToDigits(text)
  const found =
    /^(\d{4})\s*[-/.年\s]\s*(\d{1,2})(?:\s*[-/.月\s]\s*(\d{1,2})\s*[日号]?)?\s*月?(?:[日号]?[\sT]+(?:上午|下午)?\s*\d{1,2}:.*|\s*[（(].*[）)])?$/.exec(
      numeric,
    ) ??
    /^(\d{4})\s*年?$/.exec(numeric) ??
    monthFirst(numeric)
  if (!found) return null
  const [, year = '', month, day] = found
  return {
    year: Number(year),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
  }
}

/** `03/2024`, in the order of the other ways of writing. */
function monthFirst(text: string): [string, string, string] | null {
  const found = /^(\d{1,2})[/.-](\d{4})$/.exec(text)
  return found ? [text, found[2] ?? '', found[1] ?? ''] : null
}

/** `二〇二四年三月五日` with digits. */
function chineseToDigits(text: string): string {
  if (!/[年月]/.test(text)) return text
  return text.replace(/[零〇○一二三四五六七八九十]+(?=[年月日号])/g, (numerals) =>
    String(parseChinese(numerals.replaceAll('○', '〇')) ?? numerals),
  )
}

function partsSlashed(text: string, style: ColumnStyle): Parts | null {
  const found = slashed(text)
  if (!found) return null
  const { first, second, year, dotted, short } = found
  const told = first > 12 ? 'dmy' : second > 12 ? 'mdy' : first === second || dotted ? 'dmy' : style.dateOrder
  const [day, month] = told === 'mdy' ? [second, first] : [first, second]
  const note = told === undefined ? 'assumed_order' : short ? 'assumed_century' : undefined
  return note ? { year, month, day, note } : { year, month, day }
}

/** `5 March 2024`, `March 5, 2024`, `05-Mar-2024`, `Mar 2024`, `5. März 2024`. */
function partsInWords(text: string): Parts | null {
  const words = text
    .toLowerCase()
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
    .replace(/\bde[l]?\b/g, ' ')
    .split(/[\s,./-]+/)
    .filter(Boolean)
  if (words.length < 2 || words.length > 3) return null
  const month = words.map((word) => MONTH_NUMBERS.get(word)).find((number) => number !== undefined)
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number)
  if (month === undefined || numbers.length !== words.length - 1) return null
  const year = numbers.findLast((number) => number >= 100)
  if (year === undefined) {
    const short = numbers.at(-1) ?? 0
    const full = short + (short < CENTURY_PIVOT ? 2000 : 1900)
    return numbers.length === 2
      ? { year: full, month, day: numbers[0] ?? 1, note: 'assumed_century' }
      : { year: full, month, note: 'assumed_century' }
  }
  const day = numbers.find((number) => number !== year)
  return day === undefined ? { year, month } : { year, month, day }
}

/** `2023年底`, `2024年上半年`, `2024Q1`, `Q3 2024`, `2024年第二季度`: as far as they go. */
function partsVague(text: string): Parts | null {
  const quarter =
    /^(\d{4})\s*年?\s*(?:q|第)?\s*([1-4一二三四])\s*(?:季度|季)?$/i.exec(text) ??
    /^q([1-4])\s*[-/ ]?\s*(\d{4})$/i.exec(text)
  if (quarter && /q|季/i.test(text)) {
    const [year = '', number = ''] = /^q/i.test(text) ? [quarter[2], quarter[1]] : [quarter[1], quarter[2]]
    return { year: Number(year), month: (parseChinese(number) ?? Number(number)) * 3 - 2, note: 'approximate' }
  }
  const year = /^(?:约|大约|预计)?\s*(\d{4})\s*年?\s*(?:度|初|底|末|中|上半年|下半年|前后|左右|以前|之前)$/.exec(
    text,
  )?.[1]
  return year === undefined ? null : { year: Number(year), note: 'approximate' }
}

function dateOf(original: string, parts: Parts): Reading<CalendarDate> {
  const { year, month, day, note } = parts
  if (!inYears(year)) return refused(original, 'value.date_out_of_range')
  const days = new Date(Date.UTC(year, month ?? 1, 0)).getUTCDate()
  if (month !== undefined && (month < 1 || month > 12)) return refused(original, 'value.not_a_date')
  if (day !== undefined && (day < 1 || day > days)) return refused(original, 'value.not_a_date')
  const date = `${year}-${pad(month ?? 1)}-${pad(day ?? 1)}`
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year'
  return understood(original, { date, precision }, note)
}

function inYears(year: number): boolean {
  return year >= YEAR_MIN && year <= YEAR_MAX
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
