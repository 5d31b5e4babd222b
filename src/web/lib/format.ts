import { formatMoney, minorDigits, toDecimal } from '#kit/money.ts'
import { formatWords } from './format-words.ts'
import { type ReaderLanguage, sayIn, useLanguage } from './words.ts'

const LOCALES: Record<ReaderLanguage, string> = { zh: 'zh-Hans-CN', en: 'en-GB' }
const DAY_MS = 86_400_000
const DAYS_TOLD_MAX = 60
const YEARS_FROM_DAYS = 730
const DAYS_OVER_TOLD_MAX = 365
const AGO_DAYS_MAX = 7

export interface MoneyOnWire {
  minor: string
  currency: string
}

/** How a reader of a language sees figures, amounts and dates. */
export interface Format {
  language: ReaderLanguage
  /** `1,234.5`; digits behind the point at most two unless said. */
  number(value: number, digits?: number): string
  /** `0.123` → `12.3 %`. */
  percent(share: number, digits?: number): string
  /** `1.23 亿元`, `¥123M`. */
  money(money: MoneyOnWire): string
  /** To the last unit, for the tooltip. */
  moneyExact(money: MoneyOnWire): string
  bytes(count: number): string
  /** A day that may be known only to its year or month. */
  date(text: string): string
  /** An instant, to the minute, in the reader's own time zone. */
  instant(iso: string): string
  /** How long ago an instant was, up to a week; then its date. */
  ago(iso: string, now?: Date): string
  /** How long a deadline leaves. */
  deadline(day: string, timeZone: string, now?: Date): Deadline
  /** `about 3 minutes`. */
  duration(seconds: number): string
  /** `TRL 5, validated in a relevant environment`. */
  trl(level: number): string
  list(items: readonly string[], kind?: 'and' | 'or'): string
  country(code: string): string
}

export interface Deadline {
  text: string
  days: number
  tone: 'calm' | 'soon' | 'over'
}

const SOON_DAYS = 14
const made = new Map<ReaderLanguage, Format>()

export function useFormat(): Format {
  return formatIn(useLanguage())
}

export function formatIn(language: ReaderLanguage): Format {
  const known = made.get(language)
  if (known) return known
  const format = makeFormat(language)
  made.set(language, format)
  return format
}

function makeFormat(language: ReaderLanguage): Format {
  const locale = LOCALES[language]
  const say = sayIn(formatWords, language)
  const number = (value: number, digits = 2) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  const countries = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' })
  const instantStyle = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    language,
    number,
    percent: (share, digits = 1) => `${number(share * 100, digits)} %`,
    money: (money) => shortMoney(money, language, number),
    moneyExact: ({ minor, currency }) => formatMoney(BigInt(minor), currency, locale),
    bytes: (count) => shortBytes(count, number),
    date: (text) => formatDay(text, locale),
    instant: (iso) => instantStyle.format(new Date(iso)),
    ago(iso, now = new Date()) {
      const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000)
      if (minutes < 1) return say('justNow')
      if (minutes < 60) return say('minutesAgo', { count: minutes })
      if (minutes < 24 * 60) return say('hoursAgo', { count: Math.floor(minutes / 60) })
      const days = Math.floor(minutes / 60 / 24)
      return days <= AGO_DAYS_MAX ? say('daysAgo', { count: days }) : formatDay(iso.slice(0, 10), locale)
    },
    deadline(day, timeZone, now = new Date()) {
      const days = daysUntil(day, timeZone, now)
      const tone = days < 0 ? 'over' : days <= SOON_DAYS ? 'soon' : 'calm'
      if (days === 0) return { days, tone, text: say('today') }
      if (days < -DAYS_OVER_TOLD_MAX) return { days, tone, text: say('overLong') }
      if (days < 0) return { days, tone, text: say('daysOver', { count: -days }) }
      if (days <= DAYS_TOLD_MAX) return { days, tone, text: say('daysLeft', { count: days }) }
      if (days <= YEARS_FROM_DAYS) return { days, tone, text: say('monthsLeft', { count: Math.round(days / 30.4) }) }
      return { days, tone, text: say('yearsLeft', { count: Math.round(days / 365.25) }) }
    },
    duration: (seconds) =>
      seconds < 90
        ? say('secondsLong', { count: Math.max(1, Math.round(seconds)) })
        : say('minutesLong', { count: Math.round(seconds / 60) }),
    trl: (level) => `TRL ${level}${language === 'zh' ? '，' : ', '}${say(`trl.${level}` as 'trl.1')}`,
    list: (items, kind = 'and') =>
      new Intl.ListFormat(locale, { type: kind === 'and' ? 'conjunction' : 'disjunction' }).format(items),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  }
}

/** Whole days from today until the day, both in the given time zone; negative when it is over. */
export function daysUntil(day: string, timeZone: string, now: Date): number {
  const full = day.length === 4 ? `${day}-12-31` : day.length === 7 ? lastDayOf(day) : day
  return Math.round((Date.parse(full) - Date.parse(dayIn(timeZone, now))) / DAY_MS)
}

/** The day that it is there, as `YYYY-MM-DD`. */
export function dayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)
}

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

function formatDay(text: string, locale: string): string {
  const day = new Date(`${text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return text
  const style: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    ...(text.length > 4 ? { month: locale.startsWith('zh') ? 'long' : 'short' } : {}),
    ...(text.length > 7 ? { day: 'numeric' } : {}),
  }
  return new Intl.DateTimeFormat(locale, style).format(day)
}

const STEPS: Record<ReaderLanguage, readonly (readonly [from: number, unit: string])[]> = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, 'bn'],
    [1e6, 'M'],
    [1e3, 'k'],
  ],
}
const YUAN: Record<string, string> = {
  CNY: '元',
  EUR: '欧元',
  USD: '美元',
  HKD: '港元',
  MOP: '澳门元',
  GBP: '英镑',
  JPY: '日元',
}
const SIGNS: Record<string, string> = { CNY: '¥', EUR: '€', USD: '$', HKD: 'HK$', GBP: '£', JPY: 'JP¥' }

function shortMoney(
  { minor, currency }: MoneyOnWire,
  language: ReaderLanguage,
  number: (value: number, digits?: number) => string,
): string {
  const amount = minorDigits(currency) === undefined ? Number(minor) / 100 : Number(toDecimal(BigInt(minor), currency))
  const [from, unit] = STEPS[language].find(([least]) => Math.abs(amount) >= least) ?? [1, '']
  const scaled = amount / from
  const digits = from === 1 || Math.abs(scaled) < 10 ? 2 : Math.abs(scaled) < 100 ? 1 : 0
  const text = number(Math.abs(scaled), digits)
  const minus = amount < 0 ? '−' : ''
  if (language === 'zh') return `${minus}${text} ${unit}${YUAN[currency] ?? `${unit && ' '}${currency}`}`
  return `${minus}${SIGNS[currency] ?? `${currency} `}${text}${unit === 'bn' ? ' bn' : unit}`
}

function shortBytes(count: number, number: (value: number, digits?: number) => string): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const step = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3))
  return `${number(count / 1000 ** step, step === 0 ? 0 : 1)} ${units[step]}`
}
