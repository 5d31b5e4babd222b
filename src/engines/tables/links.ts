import { cellText, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, Reading } from './types.ts'

const ITEMS_MAX = 200
const ITEM_CHARACTERS_MAX = 2_000
const LIST_CHARACTERS_MAX = 20_000
const LINK_CHARACTERS_MAX = 2_000

/**
 * The items of a cell that lists several: parted by 、；; or newlines, by commas where no semicolon parts them, by `/`
 * beside Chinese characters or blanks, and by blanks between Chinese names. Brackets hold together; numbering goes.
 */
export function readList(cell: Cell | undefined): Reading<readonly string[]> {
  const nothing = unreadable(cell, { charactersMax: LIST_CHARACTERS_MAX })
  if (nothing) return nothing
  const original = cellText(cell)
  const text = original
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\n\s+/g, '\n')
    .replace(/(^|[;；\n、，,\s])\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳])\s*/g, '$1\n')
    .replace(/[①-⑳]/g, '\n')
  const strong = /[;；\n|｜]/.test(text.trim())
  const pieces = splitOutside(text, strong ? /[;；\n|｜、]/ : /[、,，\n]/).flatMap((piece) => splitSlashes(piece))
  const items = pieces
    .flatMap(splitNames)
    .map((item) => item.trim().replace(/[。.；;，,、]+$/u, ''))
    .filter((item) => item !== '')
  const unique = [...new Set(items)]
  if (unique.length > ITEMS_MAX || unique.some((item) => item.length > ITEM_CHARACTERS_MAX))
    return refused(original, 'value.too_long')
  return understood(original, unique)
}

/** Splits at marks that stand outside brackets and quotes. */
function splitOutside(text: string, marks: RegExp): string[] {
  const pieces: string[] = []
  let piece = ''
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (/[(（【《“[]/.test(character)) depth++
    else if (/[)）】》”\]]/.test(character)) depth = Math.max(0, depth - 1)
    if ((depth === 0 || character === '\n') && marks.test(character) && !partsDigits(text, at)) {
      pieces.push(piece)
      piece = ''
      if (character === '\n') depth = 0
    } else piece += character
  }
  return [...pieces, piece]
}

/** The comma in `2,4-D` or `1,000` is part of the word. */
function partsDigits(text: string, at: number): boolean {
  return text[at] === ',' && /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at + 1] ?? '')
}

function splitSlashes(piece: string): string[] {
  if (/^https?:/i.test(piece.trim())) return [piece]
  return piece.split(/(?<=[\p{Script=Han}\s)）])\s*[/／]\s*|\s*[/／]\s*(?=[\p{Script=Han}\s(（])/u)
}

/** `张三 李四 王五`: blanks part names where every piece is a Chinese name. */
function splitNames(piece: string): string[] {
  const words = piece.trim().split(/\s+/)
  return words.length > 1 && words.every((word) => /^\p{Script=Han}{2,4}$/u.test(word)) ? words : [piece]
}

/** A web address with its scheme; `www.x.cn` is taken for https. Only http and https are links. */
export function readUrl(cell: Cell | undefined): Reading<string> {
  const nothing = unreadable(cell, { charactersMax: LINK_CHARACTERS_MAX })
  if (nothing) return nothing
  const original = cellText(cell)
  const pieces = foldWidth(original)
    .replace(/^(?:网址|官网|website|url|web)\s*[:：]\s*/i, '')
    .split(/[\s;；,，、]+/)
    .filter(Boolean)
  const first = pieces[0] ?? ''
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(first) ? first : `https://${first.replace(/^\/+/, '')}`
  if (!URL.canParse(address)) return refused(original, 'value.not_a_link')
  const url = new URL(address)
  const host = /^([a-z0-9-]+\.)+([a-z]{2,24}|xn--[a-z0-9-]+)\.?$/i.test(url.hostname)
  if (!host || !/^https?:$/.test(url.protocol) || url.username !== '') return refused(original, 'value.not_a_link')
  const link = url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : url.href
  return pieces.length > 1 ? understood(original, link, 'first_of_several') : understood(original, link)
}

/** An email address in lower case; the first where there are several. */
export function readEmail(cell: Cell | undefined): Reading<string> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const pieces = foldWidth(original)
    .replace(/mailto:|[。.]+$/gi, '')
    .replace(/\s*(?:\(at\)|\[at\])\s*/gi, '@')
    .split(/[\s;；,，、/<>()]+/)
    .filter((piece) => piece.includes('@'))
  const first = (pieces[0] ?? '').toLowerCase()
  if (first.length > 254 || !/^[^\s@"]{1,64}@([a-z0-9\p{L}-]+\.)+[a-z\p{L}]{2,24}$/u.test(first))
    return refused(original, 'value.not_an_email')
  return pieces.length > 1 ? understood(original, first, 'first_of_several') : understood(original, first)
}

/** A telephone number as digits with its leading +, hyphen-joined parts kept; the first where there are several. */
export function readPhone(cell: Cell | undefined): Reading<string> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldWidth(original).replace(/[−–—]/g, '-')
  const found = [...text.matchAll(/\+?[\d(][\d\s().-]{4,}\d(?:\s*(?:转|ext\.?|x)\s*\d{1,6})?/gi)].map(
    (match) => match[0],
  )
  const first = found[0]
  if (first === undefined) return refused(original, 'value.not_a_phone')
  const phone = first
    .replace(/\s*(?:转|ext\.?|x)\s*(\d+)$/i, ' ext $1')
    .replace(/\(0\)/, ' ')
    .replace(/[().]/g, ' ')
    .replace(/\s*-\s*/g, '-')
    .trim()
    .replace(/\s+/g, ' ')
  const digits = phone.replace(/ ext.*$/, '').replace(/\D/g, '').length
  if (digits < 7 || digits > 15) return refused(original, 'value.not_a_phone')
  return found.length > 1 ? understood(original, phone, 'first_of_several') : understood(original, phone)
}

/** Who to turn to, as far as one cell says. */
export interface Contact {
  readonly name?: string
  readonly phone?: string
  readonly email?: string
}

const CONTACT_NAME_CHARACTERS_MAX = 60

/** A cell that holds a person with a telephone number or an address: `张三 13800000000`, `Anna Weiß, anna@lumen.de`. */
export function readContact(cell: Cell | undefined): Reading<Contact> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const phone = readPhone(cell).value
  const email = readEmail(cell).value
  const name = foldWidth(original)
    .replace(/(?:mailto:)?[^\s,;，；、/<>()]+@[^\s,;，；、/<>()]+/gi, ' ')
    .replace(/\+?[\d(][\d\s().-]{4,}\d(?:\s*(?:转|ext\.?|x)\s*\d{1,6})?/gi, ' ')
    .replace(/(?:联系人|姓名|电话|手机|联系方式|邮箱|tel|phone|mobile|e-?mail|name)\s*[:：]?/gi, ' ')
    .replace(/[\s,;，；、/:：()（）<>|]+/g, ' ')
    .trim()
  if (!phone && !email && (name === '' || /\d/.test(name))) return refused(original, 'value.not_a_contact')
  if (name.length > CONTACT_NAME_CHARACTERS_MAX) return refused(original, 'value.too_long')
  return understood(original, { ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(email ? { email } : {}) })
}
