import { foldTraditional, foldWidth } from './text.ts'
import type { Unit } from './types.ts'

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
  [/\bw\b|w(?=元)/i, 1e4],
  [/billions?|bn|Mrd\.?|milliards?|\bB\b/i, 1e9],
  [/millions?|mln|mio\b\.?|mill\b\.?|\bmm?\b|m(?=[€$£])|(?<=[€$£])m\b/i, 1e6],
  [/thousands?|tsd\.?|\bk\b|k(?=[€$£])|(?<=[€$£])k\b|[''’]000|\b000s?\b/i, 1e3],
]

/** The currency that a text names, and how it names it. */
export function currencyIn(text: string): { code: string; text: string } | null {
  for (const [code, pattern] of CURRENCIES) {
    const found = pattern.exec(text)
    if (found) return { code, text: found[0] }
  }
  return null
}

/** What a text's words multiply by (`万`, `million`, `k`), or null. */
export function scaleIn(text: string): number | null {
  for (const [pattern, scale] of SCALES) if (pattern.test(text)) return scale
  return null
}

/** Where a unit stands in a heading: in brackets, after `单位`, or at the end behind a mark. */
const UNIT_PLACES = [
  /[([【]\s*([^()[\]【】]{1,24}?)\s*[)\]】]/g,
  /(?:单位|unit)s?\s*[:：]?\s*([^\s,，;；()]{1,16})/gi,
  /(?:[,/／:：-]|\bin\s)\s*([^,/／:：-]{1,16})$/gi,
]

/**
 * The unit a heading or note names: `注册资本（万元）`, `单位：亿元`, `Revenue (k€)`, `占比(%)`, `Turnover, EUR million`,
 * null where it names none. Only what stands in brackets or after a mark counts, unless the whole text is the unit.
 */
export function unitIn(heading: string): Unit | null {
  const folded = foldTraditional(foldWidth(heading))
  const places = UNIT_PLACES.flatMap((pattern) => [...folded.matchAll(pattern)].map((found) => found[1] ?? ''))
  const candidates = [...places, folded]
  for (const text of candidates) {
    const unit = unitOf(
      text
        .replace(/^(?:单位|unit|in)\s*[:：]?\s*/i, '')
        .replace(/(?:[/／]|\bper\s|\ba\s)\s*(?:年|月|year|month)$|p\.?a\.?$/i, '')
        .trim(),
    )
    if (unit) return unit
  }
  const ending =
    /(?:亿|千万|百万|万|千)(?:美元|欧元|元)$/.exec(folded)?.[0] ??
    /(?<=\s)(?:[€$£]\s?(?:bn|m|k)|(?:bn|m|k)\s?(?:[€$£]|eur|usd|gbp)|[€$£])$/i.exec(folded)?.[0]
  return ending ? unitOf(ending) : null
}

function unitOf(text: string): Unit | null {
  if (/^(%|％|percent|百分比)$/i.test(text)) return { text, scale: 1, percent: true }
  const currency = currencyIn(text)
  const rest = (currency ? text.replace(currency.text, ' ') : text).trim()
  // Beside its currency a letter is a scale: `kEUR`, `MUSD`, and `T€` for the thousand that German offices write.
  if (currency && /^t$/i.test(rest)) return { text, scale: 1000, currency: currency.code }
  const scale = rest === '' ? null : (scaleIn(text) ?? scaleIn(rest))
  const leftover = SCALES.reduce((left, [pattern]) => left.replace(pattern, ''), rest).replace(/[\s.:：'’]/g, '')
  const counted = /^(人|名|家|个|项|件|台|套|吨|亩|天|月|年|平方米)$/.test(leftover)
  if (leftover !== '' && !counted && !(currency && /^(rmb|cny|人民币)$/i.test(leftover))) return null
  if (!currency && scale === null) return null
  return { text, scale: scale ?? 1, ...(currency ? { currency: currency.code } : {}) }
}

const COUNTING =
  /^(?:人|名|家|个|项|件|台|套|吨|亩|天|月|年|平方米|㎡|m2|年月|年月日|yyyy-mm-dd|人次|万人|persons?|people|pcs|number|count|years?|days?|months?|-|\/)$/i

/** Whether a text is a unit and nothing else, as in a row of units under a heading. */
export function isUnitText(text: string): boolean {
  const bare = foldTraditional(foldWidth(text))
    .replace(/^[([（]|[)\]）]$/g, '')
    .trim()
  return COUNTING.test(bare) || unitOf(bare) !== null
}

/** What is left of a text without its currencies and scales. */
export function withoutUnits(text: string): string {
  let left = text
  for (const [, pattern] of CURRENCIES) left = left.replace(new RegExp(pattern.source, 'gi'), '')
  for (const [pattern] of SCALES) left = left.replace(pattern, '')
  return left
}
