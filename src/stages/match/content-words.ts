import { WEAK_TERMS } from '#engines/coverage/weak.ts'
import { termsOf } from '#engines/text/tokens.ts'

/** Words that stop no query and yet say nothing where they are marked in a quote. Terms as the tokeniser gives them. */
const PALE_TERMS: ReadonlySet<string> = new Set([
  ...termsOf(
    'out open well one two three per via good better best make made need must take give work time part way set get ' +
      'run keep much many first last next within across day year month like line end start show name kind type base ' +
      'past cover volume customer client market price cost sale order company firm plant team week hour minute ' +
      'second people staff ton unit area region local tool component control improve ' +
      'above below wide state sample high low about size number amount case side full whole less over under ' +
      'provide include allow enable support current exist different various further present total aim goal project',
  ),
  ...'客户 用户 市场 价格 成本 面积 体积 户外 公司 企业 团队 小时 分钟 不 可 需 已 我 我们 目前 现有 要求 需要 采用 实现 提供 具有 达到 满足 解决 提高 项目 情况 问题 目标 以上 以下 之间 方面 相关'.split(
    ' ',
  ),
])
const LATIN = /^[a-z]+$/u
const LATIN_LENGTH_MIN = 3
const BARE_NUMBER = /^[\d.,]+%?$/u
/** Units by themselves: that two texts both measure in µm says nothing. */
const UNITS: ReadonlySet<string> = new Set(
  'nm µm μm um mm cm km m² mpa kpa gpa pa kv mv kw mw gw kwh mwh wh ma ah mah hz khz mhz ghz ms µs μs us ns kg mg °c ppm wt vol rpm nmi'.split(
    ' ',
  ),
)

/** Whether a term, marked in a quote, tells a reader anything of the subject. */
export function isContentTerm(term: string): boolean {
  if (PALE_TERMS.has(term) || UNITS.has(term) || WEAK_TERMS.has(term) || BARE_NUMBER.test(term)) return false
  return LATIN.test(term) ? term.length >= LATIN_LENGTH_MIN : term.length > 1
}

/** The terms of a text that a quote marks: all of them where none tells anything. */
export function contentTermsOf(text: string): string[] {
  const terms = termsOf(text)
  const telling = terms.filter(isContentTerm)
  return telling.length ? telling : terms
}
