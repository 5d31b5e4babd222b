import { cellText, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, ColumnStyle, Reading, ReadingNote } from './types.ts'

/** An exact decimal: `units` / 10^`places`. */
export interface Decimal {
  readonly units: bigint
  readonly places: number
}

const PLACES_MAX = 12
const DIGITS_MAX = 30

/**
 * Reads a number as written in digits: `1,234.5`, `1.234,56`, `1 234,5`, `１２３`, `(12)` for -12. `decimal` says which
 * mark parts the decimals where the text alone can't: `1,234` is 1234 unless the column writes its decimals with commas.
 */
export function parseDecimal(text: string, decimal?: '.' | ','): Decimal | null {
  const folded = foldWidth(text)
    .replace(/[\s'’_]/g, '')
    .replace(/，/g, ',')
  const bracketed = /^\((.+)\)$/.exec(folded)
  const signed = /^([-+−]?)(.*)$/.exec(bracketed?.[1] ?? folded)
  const body = signed?.[2] ?? ''
  const negative = bracketed !== null || signed?.[1] === '-' || signed?.[1] === '−'
  const scientific = /^(\d(?:\.\d+)?)e([+-]?\d{1,2})$/i.exec(body)
  if (scientific) return shift(partsOf(scientific[1] ?? '', '.'), Number(scientific[2]), negative)
  if (!/^\d[\d.,]*$/.test(body) || body.length > DIGITS_MAX) return null
  const mark = decimalMark(body, decimal)
  if (mark === null) return null
  const parts = partsOf(body, mark)
  return negative && parts ? { units: -parts.units, places: parts.places } : parts
}

/** The mark that parts decimals in this number, '' where there is none; null where the marks make no number. */
function decimalMark(body: string, known: '.' | ',' | undefined): '.' | ',' | '' | null {
  const dots = body.split('.').length - 1
  const commas = body.split(',').length - 1
  if (dots === 0 && commas === 0) return ''
  if (dots > 0 && commas > 0) {
    const last = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ','
    const thousands = last === '.' ? ',' : '.'
    const once = last === '.' ? dots === 1 : commas === 1
    return once && groupsOfThree(body.slice(0, body.lastIndexOf(last)), thousands) ? last : null
  }
  const mark = dots > 0 ? '.' : ','
  if (dots + commas > 1) return groupsOfThree(body, mark) || groupsOfFour(body, mark) ? '' : null
  const tail = body.length - body.indexOf(mark) - 1
  if (known !== undefined) return mark === known ? mark : tail === 3 ? '' : mark
  if (mark === '.') return '.'
  return tail === 3 && !body.startsWith('0') ? '' : ','
}

function groupsOfThree(body: string, mark: '.' | ','): boolean {
  const [first = '', ...rest] = body.split(mark)
  return first.length >= 1 && first.length <= 3 && rest.every((group) => group.length === 3)
}

/** Chinese and Indian habits group otherwise (`1,0000`, `12,34,567`); only the last group is then telling. */
function groupsOfFour(body: string, mark: '.' | ','): boolean {
  const [first = '', ...rest] = body.split(mark)
  const four = first.length <= 4 && rest.every((group) => group.length === 4)
  const indian = rest.slice(0, -1).every((group) => group.length === 2) && rest.at(-1)?.length === 3
  return mark === ',' && (four || indian)
}

function partsOf(body: string, mark: '.' | ',' | ''): Decimal | null {
  const at = mark === '' ? -1 : body.lastIndexOf(mark)
  const whole = (at < 0 ? body : body.slice(0, at)).replace(/[.,]/g, '')
  const fraction = at < 0 ? '' : body.slice(at + 1).slice(0, PLACES_MAX)
  if (!/^\d*$/.test(whole + fraction) || whole + fraction === '') return null
  return { units: BigInt(whole + fraction), places: fraction.length }
}

function shift(decimal: Decimal | null, by: number, negative: boolean): Decimal | null {
  if (!decimal || Math.abs(by) > 20) return null
  const units = negative ? -decimal.units : decimal.units
  const places = decimal.places - by
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 }
}

/** The decimal of a binary number, as people would write it. */
export function decimalOf(value: number): Decimal | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return null
  const text = Math.abs(value) < 1e-6 && value !== 0 ? value.toFixed(PLACES_MAX) : String(Number(value.toPrecision(15)))
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const units = BigInt(whole + fraction)
  return { units: sign ? -units : units, places: fraction.length }
}

export function times(decimal: Decimal, scale: number): Decimal {
  const factor = decimalOf(scale) ?? { units: 1n, places: 0 }
  return { units: decimal.units * factor.units, places: decimal.places + factor.places }
}

export function toNumber(decimal: Decimal): number {
  const negative = decimal.units < 0n
  const digits = (negative ? -decimal.units : decimal.units).toString().padStart(decimal.places + 1, '0')
  const at = digits.length - decimal.places
  return Number(`${negative ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`)
}

/** The decimal with exactly `places` places, halves away from zero, as a whole number of the last place. */
export function roundTo(decimal: Decimal, places: number): bigint {
  if (decimal.places <= places) return decimal.units * 10n ** BigInt(places - decimal.places)
  const factor = 10n ** BigInt(decimal.places - places)
  const half = decimal.units < 0n ? -factor / 2n : factor / 2n
  return (decimal.units + half) / factor
}

const CHINESE_DIGITS: Readonly<Record<string, number>> = Object.fromEntries(
  [...'零〇一二三四五六七八九'].map((character, at) => [character, at < 2 ? 0 : at - 1]),
)
const FORMAL: Readonly<Record<string, string>> = Object.fromEntries(
  [...'壹贰叁肆伍陆柒捌玖拾佰仟两俩兩貳參陸萬億'].map((character, at) => [
    character,
    [...'一二三四五六七八九十百千二二二二三六万亿'][at] ?? character,
  ]),
)
const CHINESE_SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 }

/** A number in Chinese numerals: `三百二十`, `一千万`, `二〇二四`, `壹佰`; null where it is none. Below 10^16. */
export function parseChinese(text: string): number | null {
  const plain = Array.from(text, (character) => FORMAL[character] ?? character).join('')
  if (!/^[零〇一二三四五六七八九十百千万亿]+$/.test(plain) || plain.length > 24) return null
  if (/^[零〇一二三四五六七八九]+$/.test(plain))
    return Number(Array.from(plain, (character) => CHINESE_DIGITS[character]).join(''))
  let total = 0
  let section = 0
  let digit: number | null = null
  for (const character of plain) {
    const value = CHINESE_DIGITS[character]
    const scale = CHINESE_SCALES[character]
    if (value !== undefined) digit = value
    else if (scale !== undefined) {
      section += (digit ?? 1) * scale
      digit = null
    } else {
      section += digit ?? 0
      digit = null
      if (character === '亿') total = (total + section) * 1e8
      else total += section * 1e4
      section = 0
    }
  }
  return total + section + (digit ?? 0)
}

/** A number with the words around it: how it was hedged and what it scales by. */
export interface Quantity {
  readonly decimal: Decimal
  readonly rest: string
  readonly note?: ReadingNote
}

/** `一亿二千万` as a whole; of `三百万` only `三百`, since the last scale belongs to the unit. */
const CHINESE_NUMBER =
  /[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:[万亿][零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+万?)*/

const HEDGES =
  /^(?:约|大约|近|超过|超|逾|不低于|不少于|至少|最多|不超过|预计|预估|估|拟|ca\.?|circa|about|approx\.?|around|over|up to|至|>=?|<=?|≥|≤|～|~|≈)\s*/i

/** Splits `约1.2亿元`, `500-800万`, `100余人` into the number, what stands around it, and how exact it is. */
export function splitQuantity(text: string, decimal?: '.' | ','): Quantity | null {
  const folded = foldWidth(text)
  const accounted = /^\(\s*[\d.,\s]+\)$/.test(folded) ? parseDecimal(folded, decimal) : null
  if (accounted) return { decimal: accounted, rest: '' }
  const hedged = HEDGES.test(folded)
  const bare = folded.replace(HEDGES, '')
  const found = /[-−+]?\d(?:[\d.,'’ ]*\d)?(?:e[+-]?\d{1,2})?/i.exec(bare) ?? CHINESE_NUMBER.exec(bare)
  if (!found) return null
  const before = bare.slice(0, found.index)
  let after = bare.slice(found.index + found[0].length)
  const number = /\d/.test(found[0]) ? parseDecimal(found[0], decimal) : decimalOf(parseChinese(found[0]) ?? Number.NaN)
  if (!number) return null
  const range = /^\s*[^\d\s~～至到—–-]{0,3}\s*(?:-|–|—|~|～|至|到|to)\s*[^\d]{0,3}\d[\d.,]*/i.exec(after)
  if (range) after = after.slice(range[0].length)
  const vague = /^\s*(?:余|多|几|\+|以上|以下|以内|左右|上下)|(?:以上|以下|以内|左右|上下|\+)$/.test(after)
  const rest =
    `${before} ${after.replace(/^\s*(?:余|多|几|\+)/, '').replace(/(?:以上|以下|以内|左右|上下|\+)$/, '')}`.trim()
  const note = range ? 'lower_of_range' : hedged || vague ? 'approximate' : undefined
  return note ? { decimal: number, rest, note } : { decimal: number, rest }
}

const COUNTERS =
  /^(?:人|名|位|家|个|项|件|台|套|篇|部|款|年|月|天|次|处|间|吨|亩|㎡|m2|平方米|people|persons?|employees?|staff|ftes?|pcs|items?|units?|岁)?(?:[（(][^()（）]*[)）])?$/i

/** A number, with scales as words (`1.2万`) and counters (`35人`) heeded. */
export function readNumber(cell: Cell | undefined, style: ColumnStyle = {}): Reading<number> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  if (typeof cell === 'number') return understood(original, cell * (style.unit?.scale ?? 1))
  if (typeof cell === 'boolean' || cell instanceof Date) return refused(original, 'value.not_a_number')
  const quantity = splitQuantity(original, style.decimal)
  if (!quantity) return refused(original, 'value.not_a_number')
  const scaled = /^(亿|万|千|百|k(?![a-z]))?(?:余|多)?\s*(.*)$/i.exec(quantity.rest)
  const scale = scaled?.[1] ? SCALE_WORDS[scaled[1].toLowerCase()] : undefined
  const percent = quantity.rest === '%' ? 0.01 : undefined
  if (percent === undefined && !COUNTERS.test(scaled?.[2] ?? '')) return refused(original, 'value.not_a_number')
  const value = toNumber(times(quantity.decimal, percent ?? scale ?? style.unit?.scale ?? 1))
  return understood(original, value, quantity.note)
}

export const SCALE_WORDS: Readonly<Record<string, number>> = {
  百: 100,
  千: 1_000,
  万: 10_000,
  百万: 1_000_000,
  千万: 10_000_000,
  亿: 100_000_000,
  k: 1_000,
}

/** A share as a fraction of 1: `15%`, `百分之五`, `15` under a heading with %, `0.15` without one. */
export function readPercent(cell: Cell | undefined, style: ColumnStyle = {}): Reading<number> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const inWords = /^百分之(.+)$/.exec(foldWidth(original))?.[1]
  const text = inWords ?? original
  const quantity = splitQuantity(text, style.decimal)
  const parsed = quantity ?? (inWords ? { decimal: decimalOf(parseChinese(inWords) ?? Number.NaN), rest: '' } : null)
  if (!parsed?.decimal || !/^(%|percent|pct)?$/i.test(parsed.rest)) return refused(original, 'value.not_a_percentage')
  const marked = inWords !== undefined || parsed.rest !== ''
  const plain = toNumber(parsed.decimal)
  const hundredths = marked || style.unit?.percent === true || Math.abs(plain) > 1
  const value = hundredths ? toNumber(times(parsed.decimal, 0.01)) : plain
  if (Math.abs(value) > 100) return refused(original, 'value.number_out_of_range')
  return understood(
    original,
    value,
    quantity?.note ?? (hundredths && !marked && !style.unit?.percent ? 'assumed_unit' : undefined),
  )
}
