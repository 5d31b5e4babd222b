/** Amounts of money as whole minor units (cents, 分), exact at any size. No binary fractions anywhere. */

/** Digits behind the point by ISO 4217 (active list): two, but for these. */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
])

/** Codes that are no money to pay with: metals, drawing rights, test codes. */
const UNPAYABLE = new Set('XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '))

const MINOR_DIGITS_USUAL = 2
/** What a PostgreSQL `bigint` holds. */
export const MINOR_UNITS_MAX = 9_223_372_036_854_775_807n
const SIGNS_MAX = 64

export type MoneyRule = 'format' | 'currency' | 'precision' | 'size'
export type ParsedMoney = { minor: bigint } | { rule: MoneyRule; limit?: number | string }

/** How many digits stand behind the point, or nothing where the code is no currency to pay with. */
export function minorDigits(currency: string): number | undefined {
  if (!/^[A-Z]{3}$/.test(currency) || UNPAYABLE.has(currency)) return undefined
  return MINOR_DIGITS.get(currency) ?? MINOR_DIGITS_USUAL
}

/** How currencies are written beside an amount. A sign that several share agrees with each of them. */
const SIGNS: readonly (readonly [sign: string, currencies: readonly string[]])[] = [
  ['RMB', ['CNY']],
  ['人民币', ['CNY']],
  ['美元', ['USD']],
  ['欧元', ['EUR']],
  ['港元', ['HKD']],
  ['日元', ['JPY']],
  ['英镑', ['GBP']],
  ['US$', ['USD']],
  ['HK$', ['HKD']],
  ['¥', ['CNY', 'JPY']],
  ['€', ['EUR']],
  ['£', ['GBP']],
]

const POWERS: Readonly<Record<string, number>> = {
  百: 2,
  千: 3,
  万: 4,
  十万: 5,
  百万: 6,
  千万: 7,
  亿: 8,
  十亿: 9,
  百亿: 10,
  千亿: 11,
}

/**
 * Reads an amount as people and files write it: `1,234.5`, `1.234,50`, `1 234,5`, `￥１２３４`, `300万元`, `1.2亿`, `(50)`.
 * What can be read in two ways, such as `1.234` euros, is refused and not guessed.
 * @param currency ISO 4217; a currency that is written beside the amount must agree
 * @param power the power of ten of the column's unit, 4 for 万元; a unit in the text itself replaces it
 */
export function parseMoney(text: string, currency: string, power = 0): ParsedMoney {
  const digits = minorDigits(currency)
  if (digits === undefined) return { rule: 'currency' }
  if (text.length > SIGNS_MAX) return { rule: 'format' }
  const bare = removeCurrency(
    text
      .normalize('NFKC')
      .replace(/[\u2212\u2010-\u2014]/g, '-')
      .trim(),
    currency,
  )
  if (bare === undefined) return { rule: 'currency' }
  const parts = /^(?<open>\()?(?<minus>[-+])?(?<amount>\d[\d\s.,'’]*?)\s*(?<unit>[十百千万亿]*)元?(?<close>\))?$/u.exec(
    bare,
  )?.groups
  if (parts === undefined || Boolean(parts.open) !== Boolean(parts.close)) return { rule: 'format' }
  const amount = unifyDecimal(parts.amount ?? '')
  const unit = parts.unit === '' ? power : POWERS[parts.unit ?? '']
  if (amount === undefined || unit === undefined) return { rule: 'format' }
  const minor = shiftPoint(amount, digits + unit)
  if (minor === undefined) return { rule: 'precision', limit: digits }
  if (minor > MINOR_UNITS_MAX) return { rule: 'size', limit: MINOR_UNITS_MAX.toString() }
  return { minor: parts.minus === '-' || parts.open ? -minor : minor }
}

/** The amount as plain decimal text, for files and the wire: `123450n` CNY → `1234.50`. */
export function toDecimal(minor: bigint, currency: string): string {
  const digits = minorDigits(currency)
  if (digits === undefined) throw new RangeError(`${currency} is not a currency to pay with.`)
  const sign = minor < 0n ? '-' : ''
  const all = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`
}

/** The amount as a reader of a language expects it, with the currency: `¥1,234.50`. */
export function formatMoney(minor: bigint, currency: string, locale: string): string {
  const digits = minorDigits(currency) ?? MINOR_DIGITS_USUAL
  const style = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(locale, style).format(toDecimal(minor, currency) as `${number}`)
}

export interface Share {
  id: string
  /** Any whole number from zero up; only the proportions matter. */
  weight: bigint
}

/**
 * Splits an amount in proportion to weights so that the parts add up to it exactly: each gets its share rounded down,
 * and the units left go to the largest remainders, ties to the smaller id (Hamilton's method). A negative amount is
 * split as its opposite. Answers the parts in the order of the shares.
 * @throws RangeError where no weight is above zero, or one is below
 */
export function splitMoney(total: bigint, shares: readonly Share[]): bigint[] {
  if (total < 0n) return splitMoney(-total, shares).map((part) => -part)
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0n)
  if (whole <= 0n || shares.some(({ weight }) => weight < 0n))
    throw new RangeError('The weights must add up to something.')
  const parts = shares.map(({ weight }) => (total * weight) / whole)
  let left = total - parts.reduce((sum, part) => sum + part, 0n)
  const byRemainder = shares
    .map(({ id, weight }, place) => ({ id, place, remainder: (total * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? compareText(a.id, b.id) : a.remainder > b.remainder ? -1 : 1))
  for (const { place } of byRemainder) {
    if (left === 0n) break
    parts[place]! += 1n
    left -= 1n
  }
  return parts
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The amount without its currency, or nothing where another currency is written. */
function removeCurrency(text: string, currency: string): string | undefined {
  for (const [sign, currencies] of SIGNS) {
    if (text.toUpperCase().includes(sign)) return currencies.includes(currency) ? cut(text, sign) : undefined
  }
  const written = /(?<![A-Z])[A-Z]{3}(?![A-Z])/i.exec(text)?.[0]
  if (written === undefined) return text.replace('$', '').trim()
  return written.toUpperCase() === currency ? cut(text, written.toUpperCase()) : undefined
}

function cut(text: string, sign: string): string {
  const at = text.toUpperCase().indexOf(sign)
  return (text.slice(0, at) + text.slice(at + sign.length)).trim()
}

/** `1,234.5`, `1.234,5`, `1 234,5` and `1234,5` as `1234.5`; nothing where the marks contradict each other. */
function unifyDecimal(text: string): string | undefined {
  const grouped = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '')
  if (/^\d+(\.\d+)?$/.test(grouped)) return grouped
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(grouped)) return grouped.replaceAll(',', '')
  if (/^\d{1,3}(,\d{4})+(\.\d+)?$/.test(grouped)) return grouped.replaceAll(',', '')
  if (/^\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})$/.test(grouped)) return grouped.replaceAll('.', '').replace(',', '.')
  if (/^\d+,\d{1,2}$/.test(grouped)) return grouped.replace(',', '.')
  return undefined
}

/** The decimal times a power of ten, or nothing where something other than zero would stay behind the point. */
function shiftPoint(decimal: string, places: number): bigint | undefined {
  const [whole = '', fraction = ''] = decimal.split('.')
  if (/[1-9]/.test(fraction.slice(places))) return undefined
  return BigInt(whole + fraction.slice(0, places).padEnd(places, '0'))
}
