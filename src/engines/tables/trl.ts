import { parseChinese } from './numbers.ts'
import { cellText, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, Reading, TrlReading } from './types.ts'

/**
 * Words that stand for a level, the furthest stage first, so that `小批量试产，准备量产` reads as what it has reached only
 * where no earlier pattern takes it. After the scale of Horizon Europe's General Annexes and GB/T 22900.
 */
const WORDS: readonly (readonly [RegExp, number])[] = [
  [
    /(?:可|待|即将|准备|拟|具备)(?:量产|产业化|规模化|批量生产|商业化)(?:条件)?|可(?:推广|直接应用|应用)|ready for (?:production|market)/i,
    8,
  ],
  [/小批量|小批试|试生产|试产|批试|low[- ]rate|pilot production|first batch|pre-?series|qualified|8级/i, 8],
  [/中试|样机|试制|原型|工程化样品|pilot(?!\s*study)|prototype|demonstrator/i, 6],
  [
    /示范|试运行|试用|试点|工程验证|现场验证|现场试验|field (?:test|trial)|demonstration|demonstrated in operational/i,
    7,
  ],
  [/概念验证|原理验证|可行性验证|proof[- ]of[- ]concept|poc\b/i, 3],
  [/实验室|小试|lab(?:oratory)?\b|bench[- ]?(?:scale|top)/i, 4],
  [/相关环境|模拟环境|环境验证|relevant environment|validated prototype/i, 5],
  [
    /量产|产业化|规模化|批量生产|已上市|上市销售|商业化|商用|^(?:技术|产品)?(?:已|较为)?成熟(?:应用|产品|技术|阶段)?$|已应用|推广|市场化|批量应用|mass production|in production|serial production|commercial|on the market|market[- ]ready|in operation|full production|industriali[sz]ed/i,
    9,
  ],
  [/基础研究|理论研究|基本原理|原理发现|basic (?:research|principles?)/i, 1],
  [/概念|构思|方案设计|技术方案|concept|idea/i, 2],
  [/production\b/i, 9],
]

/** Words by which a further stage is only hoped for: `待产业化` has not been industrialised. */
const HOPED = /(?:待|拟|准备|计划|即将|未|尚未|可|将|预计|寻求|not yet|planned|seeking|ready for)\s*$/i

/**
 * A technology readiness level: `5`, `TRL5`, `TRL 5-6`, `五级`, `第5级`, and words such as 小试, 中试, 量产 or `lab`, which
 * are noted as read from a word. A workbook that took `5-6` for a date is read back.
 */
export function readTrl(cell: Cell | undefined): Reading<TrlReading> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  if (typeof cell === 'boolean') return refused(original, 'value.not_a_trl')
  if (cell instanceof Date) return ofDate(original, cell)
  const text = foldTraditional(foldWidth(original))
  const figures = inFigures(text)
  if (figures) return levels(original, figures.from, figures.to)
  const word = inWords(text)
  return word === null
    ? refused(original, 'value.not_a_trl')
    : understood(original, { from: word, to: word }, 'from_word')
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, II: 2, III: 3, IV: 4, V: 5, VI: 6, VII: 7, VIII: 8, IX: 9 }

const DIGIT = '[0-9一二三四五六七八九十]+'
const RANGE = `(${DIGIT})(?:\\.0)?\\s*级?\\s*(?:(?:-|–|—|~|～|至|到|/|或|、|to)\\s*(?:TRL)?\\s*-?(${DIGIT}))?`
const MARKED = new RegExp(`(?:TRL|成熟度|等级|level|第)\\s*(?:等?级)?\\s*[-:：=_]?\\s*${RANGE}`, 'i')
const GRADED = new RegExp(`${RANGE}\\s*(?:级|等级|level)`, 'i')
const BARE = new RegExp(`^${RANGE}\\s*级?(?:\\s*[（(].*[)）])?$`)

function inFigures(text: string): { from: number; to: number } | null {
  const led = /^([1-9])\s*(?:[-–—:.、]\s*|\s)(?=\p{L})(?!TRL|年|to\b)/iu.exec(text)?.[1]
  if (led) return { from: Number(led), to: Number(led) }
  const roman = /^(?:TRL|第)?\s*(I{1,3}|IV|VI{0,3}|IX)\s*(?:级|level)?$/.exec(text)?.[1]
  if (roman) return { from: ROMAN[roman] ?? 0, to: ROMAN[roman] ?? 0 }
  const found = MARKED.exec(text) ?? BARE.exec(text) ?? GRADED.exec(text)
  if (!found) return null
  const from = figure(found[1] ?? '')
  const to = found[2] === undefined ? from : figure(found[2])
  return from === null || to === null ? null : { from, to }
}

function figure(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : parseChinese(text)
}

function inWords(text: string): number | null {
  for (const [pattern, level] of WORDS) {
    const found = pattern.exec(text)
    if (found && !HOPED.test(text.slice(0, found.index))) return level
  }
  return null
}

function ofDate(original: string, date: Date): Reading<TrlReading> {
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()]
  if (month > 9 || day > 9 || month >= day) return refused(original, 'value.not_a_trl')
  return understood(original, { from: month, to: day }, 'from_date')
}

function levels(original: string, from: number, to: number): Reading<TrlReading> {
  const [low, high] = from <= to ? [from, to] : [to, from]
  return low < 1 || high > 9
    ? refused(original, 'value.trl_out_of_range')
    : understood(original, { from: low, to: high })
}
