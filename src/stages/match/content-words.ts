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
/**
 * General words that may well stand in a name, and are no common ground of two texts by themselves. Terms as the tokeniser
 * gives them.
 */
const GENERAL_TERMS: ReadonlySet<string> = new Set([
  ...termsOf(
    'free single double common general special certain possible available main major minor average typical normal usual ' +
      'whole entire empty new old early late young next same other long short large small big great little heavy ' +
      'fast slow quick easy hard simple strong weak wide narrow near far left right top bottom front back ' +
      'inside outside before after while until during between among along against toward once twice again ever never ' +
      'place point step stage level degree rate range group set pair list piece item thing part matter fact ' +
      'cut fall rise drop react serve hold bring put raise lower reduce increase decrease change move reach ' +
      'follow grow begin open close leave stay carry pass meet join add remove replace ' +
      'select find seek ask say tell know think see look hear call write read try fail succeed win lose buy ' +
      'sell pay spend save send receive return accept withstand depend require apply adopt employ exceed remain become ' +
      'seem appear show prove check verify confirm compare expect plan prepare arrange handle deal cause effect ' +
      'result reason way method means manner form example instance data information experience knowledge cooperation ' +
      'partner member office bureau department province city county country nation world people man woman child name ' +
      'number standard document report paper book page word question answer month quarter',
  ),
  ...'合作 全部 代替 一次 每年 开放 场景 数据 经验 单个 单一 平均 用于 降到 降低 提升 增加 减少 面向 部件 地方 位置 方法 方式 过程 阶段 程度 范围 水平 能力 标准 团体 城市 省内 省外 国内 国外 之前 之后 以前 以后 同时 其他 部分 整体 主要 重要 一般 普通 特殊 简单 复杂 快速 选择 使用 应用 进行 完成 开展 开始 结束 保持 保证 影响 变化 结果 原因 作用 效果 需 购买 购入 承担 负责 参与 联合 单位 人员 专家 领域 行业 产业 国家 地区 世界 时间 季度 文件 报告 资料 信息 知识 名称 数量'.split(
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

/** Whether two texts that both hold the term have something in common by it: a piece of grammar such as 量的 is no word. */
export const isCommonGround = (term: string): boolean =>
  isContentTerm(term) && !GENERAL_TERMS.has(term) && !term.includes('的')

/** The terms of a text that a quote marks: all of them where none tells anything. */
export function contentTermsOf(text: string): string[] {
  const terms = termsOf(text)
  const telling = terms.filter(isContentTerm)
  return telling.length ? telling : terms
}
