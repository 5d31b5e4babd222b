import { minorDigits } from '#kit/money.ts'
import { decimalOf, roundTo, splitQuantity, times } from './numbers.ts'
import { cellText, empty, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, ColumnStyle, Money, Reading, ReadingNote, Unit } from './types.ts'

/** Currencies by what people write for them; longer marks come first. */
const CURRENCIES: readonly (readonly [string, RegExp])[] = [
  ['HKD', /港元|港币|港幣|HK\$|HKD/i],
  ['MOP', /澳门元|澳元币|MOP\$?|澳门币/i],
  ['TWD', /新台币|台币|NT\$|TWD/i],
  ['SGD', /新加坡元|新元|S\$|SGD/i],
  ['AUD', /澳元|A\$|AUD/i],
  ['CAD', /加元|C\$|CAD/i],
  ['USD', /美元|美金|US\$|USD|dollars?|\$/i],
  ['EUR', /欧元|EUR|euros?|€/i],
  ['GBP', /英镑|GBP|pounds?|£/i],
  ['JPY', /日元|日圆|JPY|yen/i],
  ['KRW', /韩元|KRW|₩/i],
  ['CHF', /瑞士法郎|瑞郎|CHF/i],
  ['SEK', /瑞典克朗|SEK/i],
  ['NOK', /挪威克朗|NOK/i],
  ['DKK', /丹麦克朗|DKK/i],
  ['PLN', /兹罗提|PLN|zł/i],
  ['CZK', /捷克克朗|CZK|Kč/i],
  ['HUF', /福林|HUF/i],
  ['INR', /卢比|INR|₹/i],
  ['RUB', /卢布|RUB|₽/i],
  ['CNY', /人民币|人民幣|RMB|CNY|元|圆|¥|￥|yuan/i],
]

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/万亿/, 1e12],
  [/百亿/, 1e10],
  [/十亿/, 1e9],
  [/千万/, 1e7],
  [/百万/, 1e6],
  [/十万/, 1e5],
  [/亿/, 1e8],
  [/万/, 1e4],
  [/千/, 1e3],
  [/百/, 1e2],
  [/billions?|bn|Mrd\.?|milliards?|\bB\b/i, 1e9],
  [/millions?|mln|mio\.?|Mill\.?|\bMM?\b|(?<=[€$£]\s?)M\b|M(?=[€$£])|\bm\b/, 1e6],
  [/thousands?|tsd\.?|\bk\b|k(?=[€$£])|(?<=[€$£])k\b|[''’]000|000s?\b/i, 1e3],
]

const NEGOTIABLE = /面议|协商|洽谈|面谈|议定|negotiable|to be agreed|on request/i

function currencyIn(text: string): { code: string; text: string } | null {
  for (const [code, pattern] of CURRENCIES) {
    const found = pattern.exec(text)
    if (found) return { code, text: found[0] }
  }
  return null
}

function scaleIn(text: string): number | null {
  for (const [pattern, scale] of SCALES) if (pattern.test(text)) return scale
  return null
}

/**
 * The unit a heading or note names: `注册资本（万元）`, `单位：亿元`, `Revenue (k€)`, `占比(%)`, `Turnover, EUR million`,
 * null where it names none. Only what stands in brackets or after a mark counts, unless the whole text is the unit.
 */
export function unitIn(heading: string): Unit | null {
  const folded = foldTraditional(foldWidth(heading))
  const places = [
    ...folded.matchAll(
      /[([【]\s*([^()[\]【】]{1,24}?)\s*[)\]】]|(?:单位|unit)s?\s*[:：]?\s*([^\s,，;；()]{1,16})|[,/／:：-]\s*([^,/／:：-]{1,16})$/gi,
    ),
  ]
  const candidates = [...places.map((place) => place[1] ?? place[2] ?? place[3] ?? ''), folded]
  for (const text of candidates) {
    const unit = unitOf(text.replace(/^(?:单位|unit|in)\s*[:：]?\s*/i, '').trim())
    if (unit) return unit
  }
  const ending = /(?:亿|千万|百万|万|千)(?:美元|欧元|元)$/.exec(folded)?.[0]
  return ending ? unitOf(ending) : null
}

function unitOf(text: string): Unit | null {
  if (/^(%|％|percent|百分比)$/i.test(text)) return { text, scale: 1, percent: true }
  const currency = currencyIn(text)
  const rest = (currency ? text.replace(currency.text, ' ') : text).trim()
  const scale = scaleIn(rest === '' ? '' : text)
  const leftover = SCALES.reduce((left, [pattern]) => left.replace(pattern, ''), rest).replace(/[\s.:：'’]/g, '')
  const counted = /^(人|名|家|个|项|件|台|套|吨|亩|天|月|年|平方米)$/.test(leftover)
  if (leftover !== '' && !counted && !(currency && /^(rmb|cny|人民币)$/i.test(leftover))) return null
  if (!currency && scale === null) return null
  return { text, scale: scale ?? 1, ...(currency ? { currency: currency.code } : {}) }
}

export interface MoneyStyle extends ColumnStyle {
  /** What an amount is in where neither it nor its heading says; CNY where not given. */
  readonly currency?: string
}

/**
 * An amount in minor units. The cell's own unit beats the heading's: `500万元` is five million yuan under any heading,
 * and so is `500` under `（万元）`. `€`, `RMB` or `¥` before the figure names the currency only, not the scale.
 */
export function readMoney(cell: Cell | undefined, style: MoneyStyle = {}): Reading<Money> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  if (typeof cell === 'boolean' || cell instanceof Date) return refused(original, 'value.not_money')
  const folded = foldTraditional(foldWidth(original))
  const quantity = typeof cell === 'number' ? wholeNumber(cell) : splitQuantity(folded, style.decimal)
  if (!quantity) return NEGOTIABLE.test(folded) ? empty(original, 'negotiable') : refused(original, 'value.not_money')
  if (!understandable(quantity.rest)) return refused(original, 'value.not_money')
  const own = currencyIn(quantity.rest)
  const ownScale = scaleIn(quantity.rest)
  const currency = own?.code ?? style.unit?.currency ?? style.currency ?? 'CNY'
  const bareUnit = ownScale === null && own !== null && /元|圆|yuan|dollars?|euros?|pounds?|yen/i.test(own.text)
  const scale = ownScale ?? (bareUnit ? 1 : (style.unit?.scale ?? 1))
  const minor = roundTo(times(quantity.decimal, scale), minorDigits(currency) ?? 2)
  const assumed: ReadingNote | undefined = own || ownScale || style.unit ? undefined : 'assumed_unit'
  return understood(original, { minor, currency }, quantity.note ?? assumed)
}

function wholeNumber(
  cell: number,
): { decimal: NonNullable<ReturnType<typeof decimalOf>>; rest: string; note?: ReadingNote } | null {
  const decimal = decimalOf(cell)
  return decimal ? { decimal, rest: '' } : null
}

/** Whether what stands around the figure is only units, hedges and taxes, and no other talk. */
function understandable(rest: string): boolean {
  let left = rest
  for (const [, pattern] of CURRENCIES) left = left.replace(new RegExp(pattern.source, 'gi'), '')
  for (const [pattern] of SCALES) left = left.replace(pattern, '')
  return (
    left.replace(
      /[\s.,:：()（）/整左右以上下含税不起人民币每年净毛-]|p\.?a\.?|net|gross|excl|incl|vat|per year|约/gi,
      '',
    ) === ''
  )
}
