import type { Cell } from './types.ts'

/** What a workbook's number format makes of a number. */
export type NumberFormat =
  | { readonly kind: 'plain' | 'date' | 'time' | 'percent' }
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'unit'; readonly before: string; readonly after: string }

const PLAIN: NumberFormat = { kind: 'plain' }
const DATE: NumberFormat = { kind: 'date' }
const TIME: NumberFormat = { kind: 'time' }
const PERCENT: NumberFormat = { kind: 'percent' }

/** The format of one of Excel's built-in numbers (ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are East Asian dates). */
export function builtInFormat(id: number): NumberFormat {
  if (id === 9 || id === 10) return PERCENT
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36) return DATE
  if ((id >= 50 && id <= 54) || id === 57 || id === 58) return DATE
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47 || id === 55 || id === 56) return TIME
  return PLAIN
}

/** Reads a format code such as `yyyy"年"m"月"`, `0.0%`, `#,##0"万元"` or `000000`. Only its first section counts. */
export function readFormatCode(code: string): NumberFormat {
  const { bare, before, after } = splitLiterals(firstSection(code))
  if (/%/.test(bare)) return PERCENT
  const letters = bare
    .replace(/e[+-]/gi, '')
    .replace(/general|am\/pm|a\/p/gi, '')
    .toLowerCase()
  if (/\[(h+|m+|s+)\]/.test(letters)) return PLAIN
  if (/[yd]|e{1,4}(?![a-z])|mmm/.test(letters) || (letters.includes('m') && !/[hs]/.test(letters))) return DATE
  if (/[hs]/.test(letters)) return TIME
  const digits = bare.replace(/\s/g, '')
  if (/^0{2,}$/.test(digits) && before === '' && after === '') return { kind: 'padded', digits: digits.length }
  const scaled = /[0#?],+(?![0#?])/.test(bare) || /[!\\]\./.test(code)
  if (scaled || !/[0#?]/.test(bare) || !/[\p{L}\p{Sc}]/u.test(before + after)) return PLAIN
  return { kind: 'unit', before, after }
}

function firstSection(code: string): string {
  let quoted = false
  for (let at = 0; at < code.length; at++) {
    if (code[at] === '"') quoted = !quoted
    else if (code[at] === '\\' || code[at] === '!') at++
    else if (code[at] === ';' && !quoted) return code.slice(0, at)
  }
  return code
}

/** Parts the code into its placeholders and the text it shows before and after the number. */
function splitLiterals(section: string): { bare: string; before: string; after: string } {
  let bare = ''
  let before = ''
  let after = ''
  const pattern =
    /"([^"]*)"|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[(h+|m+|s+)\]|\[[^\]]*\]|[\\!](.)|[_*]([\s\S])|(\p{Sc})|([\s\S])/giu
  for (const [, quoted, currency, elapsed, escaped, , sign, other] of section.matchAll(pattern)) {
    const literal = quoted ?? currency ?? escaped ?? sign
    if (literal !== undefined) {
      if (/[0#?]/.test(bare)) after += literal
      else before += literal
    } else if (elapsed !== undefined) bare += `[${elapsed}]`
    else bare += other ?? ''
  }
  return { bare, before: before.trim(), after: after.trim() }
}

const DAY_MILLISECONDS = 86_400_000
const UNIX_EPOCH_SERIAL = 25_569
const SERIAL_MAX = 2_958_465
/** Days between the beginnings of the 1904 and the 1900 date systems. */
const SERIAL_1904_SHIFT = 1_462
/** Excel believes in 29 February 1900; serials before it are one day off. */
const SERIAL_OF_FALSE_LEAP_DAY = 60

/** The instant a serial day number stands for, in UTC, or null where it stands for none. */
export function dateOfSerial(serial: number, since1904: boolean): Date | null {
  const days = since1904 ? serial + SERIAL_1904_SHIFT : serial
  if (!(days >= 1 && days < SERIAL_MAX + 1)) return null
  const corrected = days < SERIAL_OF_FALSE_LEAP_DAY ? days + 1 : days
  return new Date(Math.round((corrected - UNIX_EPOCH_SERIAL) * 86_400) * 1_000)
}

/**
 * A number as the reader of the sheet sees it: a date as a Date; a percentage, a padded code and a number with a unit
 * as text (`15%`, `000123`, `500万元`), so that what the format says is not lost; any other as the number.
 */
export function formatNumber(value: number, format: NumberFormat, since1904: boolean): Cell {
  switch (format.kind) {
    case 'date':
      return dateOfSerial(value, since1904) ?? value
    case 'time':
      return value >= 0 && value < 1 ? clockText(value) : (dateOfSerial(value, since1904) ?? value)
    case 'percent':
      return `${decimalText(value * 100)}%`
    case 'padded':
      return Number.isInteger(value) && value >= 0 ? String(value).padStart(format.digits, '0') : value
    case 'unit':
      return `${value < 0 ? '-' : ''}${format.before}${decimalText(Math.abs(value))}${format.after}`
    default:
      return value
  }
}

function clockText(part: number): string {
  return new Date(Math.round((part * DAY_MILLISECONDS) / 1_000) * 1_000).toISOString().slice(11, 19)
}

/** Decimal text without the dust of binary fractions and without an exponent. */
function decimalText(value: number): string {
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  return text.includes('e') ? rounded.toFixed(Math.abs(rounded) < 1 ? 15 : 0) : text
}
