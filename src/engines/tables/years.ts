import { LEVEL_JOINT } from './names.ts'
import { foldTraditional, foldWidth } from './text.ts'

/** What a heading says of time. */
export type HeadingTime =
  /** It is of one year; `rest` is the heading without it. */
  | { kind: 'year'; year: number; rest: string }
  /** A mean, a sum or a span of several years. */
  | { kind: 'several'; rest: string }

const YEAR = /(?:截[至止]\s*)?(?:\bFY\s?)?(?<!\d)(199\d|20\d\d)(?!\d)\s*(?:会计年度|财年|年度|年)?\s*[末底]?/gi
const SEVERAL =
  /(?:最?近|前|过去)\s*[一二两三四五六七八九十\d]+\s*个?(?:会计)?年度?|[两三四五2-5]\s*个?年度?(?=平均|均值|合计|累计|总)|年均|平均值?|均值|合计|累计|\b(?:over|of|in)?\s*(?:the\s)?(?:last|past|previous)\s+(?:\d|two|three|four|five)\s+years?|\b(?:\d|two|three|four|five)[- ]years?\b|\baverage(?:\s+of)?|\bmean\b|\bcumulative\b/gi
/** Years between which a heading spans. */
const SPAN = /(?<!\d)(?:199\d|20\d\d)\s*年?度?\s*(?:-|–|—|~|～|至|到|to)\s*(?:199\d|20\d\d)(?!\d)\s*年?度?/gi
/** What is beside a year no figure of it: shares, growth, plans. */
const NO_FIGURE =
  /增长|增速|增幅|同比|环比|占比|比重|比例|强度|率(?!先)|预计|预测|预算|预期|计划|规划|目标|%|\b(?:growth|share|ratio|intensity|rate|forecast|expected|planned|plan|target|budget|percent(?:age)?)\b/i
const LAST_YEAR = /上一?(?:会计)?年度?|去年|\b(?:last|previous|prior)\s+(?:financial\s+|fiscal\s+)?year(?:['’]s)?\b/gi
const THIS_YEAR = /本年度?|当年度?|\b(?:this|current)\s+(?:financial\s+|fiscal\s+)?year(?:['’]s)?\b/gi

/**
 * The time that a heading names: `2024年研发投入（万元）`, `R&D spending 2024 (k€)`. 上年度 is a year only where the text above the
 * table tells which (`2025年度企业台账`). Null where it names none, or no figure of it (a growth rate, a plan).
 */
export function timeOf(heading: string, above: readonly string[] = []): HeadingTime | null {
  const text = foldTraditional(foldWidth(heading))
  if (NO_FIGURE.test(text)) return null
  const years = yearsIn(text)
  if (matches(SPAN, text) || years.length > 1 || matches(SEVERAL, text))
    return { kind: 'several', rest: tidy(text.replace(SPAN, ' ').replace(YEAR, ' ').replace(SEVERAL, ' ')) }
  if (years.length === 1) return { kind: 'year', year: years[0]!, rest: tidy(text.replace(YEAR, ' ')) }
  const told = yearsIn(above.map((line) => foldWidth(line)).join(' '))
  if (told.length !== 1) return null
  if (matches(LAST_YEAR, text)) return { kind: 'year', year: told[0]! - 1, rest: tidy(text.replace(LAST_YEAR, ' ')) }
  if (matches(THIS_YEAR, text)) return { kind: 'year', year: told[0]!, rest: tidy(text.replace(THIS_YEAR, ' ')) }
  return null
}

const yearsIn = (text: string) => [...new Set([...text.matchAll(YEAR)].map(([, year]) => Number(year)))]

/** Whether a pattern with the flag `g` is met, without the place at which it was met last. */
const matches = (pattern: RegExp, text: string) => text.search(pattern) >= 0

/** Without the marks and blanks that stood beside what was taken out. */
const tidy = (text: string) =>
  text
    .split(LEVEL_JOINT)
    .map((level) => level.replace(/\s+/g, ' ').replace(/^[\s,，、:：_/-]+|[\s,，、:：_/-]+$/g, ''))
    .filter(Boolean)
    .join(LEVEL_JOINT)
