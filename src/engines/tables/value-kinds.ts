import { checkLei, checkOrcid, checkPic, checkRor, checkUscc } from '#kit/identifiers.ts'
import { checkPatent } from '#kit/patents.ts'
import { checkVat } from '#kit/vat.ts'
import { countryCode } from './countries.ts'
import { readDate } from './dates.ts'
import { readEmail, readPhone, readUrl } from './links.ts'
import { readMoney } from './money.ts'
import { readNumber, readPercent } from './numbers.ts'
import { cellText, foldWidth, isEmptyText } from './text.ts'
import { readTrl } from './trl.ts'
import type { Cell, ValueKind } from './types.ts'
import { readYesNo } from './words.ts'

const ORGANISATION_WORDS =
  /公司|集团|企业|厂|大学|学院|研究[院所]|中心|医院|协会|学会|联盟|基金|合作社|\b(?:ltd|limited|gmbh|inc|corp|llc|s\.?a\.?|s\.?r\.?l|s\.?p\.?a|b\.?v|ag|oy|ab|as|kft|plc|co|company|university|universit\w+|institute?|institut\w*|college|centre|center|foundation|fondazione|school|hochschule|labs?|technolog\w+)\b/i

const TESTS: Readonly<Record<ValueKind, (cell: Cell, text: string) => boolean>> = {
  text: (_cell, text) => text.length > 0,
  name: (_cell, text) => text.length <= 120 && ORGANISATION_WORDS.test(text),
  list: (_cell, text) => /[、;；,，/|\n]/.test(text),
  number: (cell) => readNumber(cell).value !== undefined,
  money: (cell) => readMoney(cell).value !== undefined,
  percent: (cell) => readPercent(cell).value !== undefined,
  date: (cell) => readDate(cell).value !== undefined,
  yesNo: (cell) => readYesNo(cell).value !== undefined,
  trl: (cell) => readTrl(cell).value !== undefined,
  url: (_cell, text) => /\.|^https?:/i.test(text) && !text.includes('@') && readUrl(text).value !== undefined,
  email: (_cell, text) => readEmail(text).value !== undefined,
  phone: (_cell, text) => readPhone(text).value !== undefined && !/\p{L}{3,}/u.test(text),
  country: (_cell, text) => countryCode(text) !== null,
  uscc: (_cell, text) => 'value' in checkUscc(text),
  ror: (_cell, text) => 'value' in checkRor(text),
  lei: (_cell, text) => 'value' in checkLei(text),
  pic: (_cell, text) => 'value' in checkPic(text),
  vat: (_cell, text) => /\d/.test(text) && 'value' in checkVat(text),
  orcid: (_cell, text) => 'value' in checkOrcid(text),
  patent: (_cell, text) =>
    /\d{6}/.test(text) && text.split(/[、;；,，\s]+/).some((piece) => 'office' in checkPatent(piece)),
  ordinal: (cell, text) => typeof cell === 'number' || /^\d{1,5}$/.test(foldWidth(text)),
}

/** Kinds that hardly anything else can pass for, so that they name a column whatever its heading says. */
export const TELLING_KINDS: ReadonlySet<ValueKind> = new Set(['uscc', 'ror', 'lei', 'orcid', 'url', 'email'])

/** Cells with something in them that are tested. */
const FILLED_MAX = 60
/** A longer cell is text; to take it apart for numbers and codes would only cost time. */
const TESTED_CHARACTERS_MAX = 1_000

/** The share of the cells that say anything which look like the kind, and how many say anything. */
export function kindShare(kind: ValueKind, cells: readonly (Cell | undefined)[]): { share: number; filled: number } {
  let filled = 0
  let fitting = 0
  for (const cell of cells) {
    if (filled >= FILLED_MAX) break
    if (cell === null || cell === undefined) continue
    const text = cellText(cell)
    if (isEmptyText(text, { na: kind === 'country', no: kind === 'yesNo' })) continue
    filled++
    if ((text.length <= TESTED_CHARACTERS_MAX || kind === 'text') && TESTS[kind](cell, text)) fitting++
  }
  if (kind === 'ordinal' && !counts(cells)) return { share: 0, filled }
  return { share: filled === 0 ? 0 : fitting / filled, filled }
}

/** Whether the numbers go up one by one, as a running number does, merged cells and new beginnings apart. */
function counts(cells: readonly (Cell | undefined)[]): boolean {
  const numbers = cells.map((cell) => Number(foldWidth(cellText(cell)))).filter((number) => number > 0)
  const steps = numbers.slice(1).filter((number, at) => {
    const before = numbers[at] ?? 0
    return number === before + 1 || number === before || number === 1
  })
  return numbers.length >= 2 && steps.length >= (numbers.length - 1) * COUNTING_SHARE_MIN
}

const COUNTING_SHARE_MIN = 0.6
