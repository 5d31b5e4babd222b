import { minorDigits } from '#kit/money.ts'
import { decimalOf, roundTo, splitQuantity, times } from './numbers.ts'
import { cellText, empty, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, ColumnStyle, Money, Reading, ReadingNote } from './types.ts'
import { currencyIn, scaleIn, withoutUnits } from './units.ts'

const FREE = /^(?:免费|无偿|免费许可|无偿许可|free|free of charge|royalty-free)$/i
const NEGOTIABLE = /面议|协商|洽谈|面谈|议定|negotiable|to be agreed|on request/i

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
  if (!quantity && FREE.test(folded))
    return understood(original, { minor: 0n, currency: style.currency ?? 'CNY' }, 'from_word')
  if (!quantity) return NEGOTIABLE.test(folded) ? empty(original, 'negotiable') : refused(original, 'value.not_money')
  if (!understandable(quantity.rest)) {
    const amount = amountAmidWords(folded)
    const read = amount === null || amount === folded ? null : readMoney(amount, style)
    return read?.value ? understood(original, read.value, 'amid_words') : refused(original, 'value.not_money')
  }
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
  const talk = /[\s.,:：()（）/整左右以上以下含税不起人民币每年净毛约-]|p\.?a\.?|net|gross|excl|incl|vat|per year/gi
  return withoutUnits(rest).replace(talk, '') === ''
}

const FIGURE = '[\\d零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟][\\d,.]*'
const SCALED = '(?:万亿|千万|百万|十万|亿|万|千|million|billion|mio\\.?|mln|[mk]\\b)'
const CURRENCY = '(?:美元|欧元|港元|港币|英镑|日元|元|人民币|rmb|cny|usd|eur|gbp|€|\\$|£|¥)'
const AMOUNTS = new RegExp(
  `(?:${CURRENCY}\\s*${FIGURE}\\s*${SCALED}?|${FIGURE}\\s*(?:${SCALED}\\s*${CURRENCY}?|${CURRENCY}))`,
  'gi',
)

/** The one amount with a unit amid other words (`一次性转让50万元`); null where there is none or more than one. */
function amountAmidWords(text: string): string | null {
  const amounts = text.match(AMOUNTS) ?? []
  return amounts.length === 1 ? (amounts[0] ?? null) : null
}
