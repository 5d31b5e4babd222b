import { foldHeading, foldTraditional, foldWidth } from './text.ts'
import type { Dictionary } from './types.ts'
import { isUnitText } from './units.ts'

/** What joins the levels of a heading of several rows. */
export const LEVEL_JOINT = ' / '

/** How well a heading names a field: 1 the same, down to 0. */
export interface NameFit {
  readonly field: string
  readonly fit: number
  /** The name that it was taken for. */
  readonly name: string
}

interface KnownName {
  readonly field: string
  readonly name: string
  readonly folded: string
}

interface Index {
  readonly exact: ReadonlyMap<string, readonly KnownName[]>
  /** Names by the letter pairs in them, so that only names with something in common are compared. */
  readonly byPair: ReadonlyMap<string, readonly KnownName[]>
}

const indexes = new WeakMap<Dictionary, Index>()

function indexOf(dictionary: Dictionary): Index {
  const known = indexes.get(dictionary)
  if (known) return known
  const exact = new Map<string, KnownName[]>()
  const byPair = new Map<string, KnownName[]>()
  for (const [field, hint] of Object.entries(dictionary))
    for (const name of hint.names) {
      const each = { field, name, folded: foldHeading(name) }
      push(exact, each.folded, each)
      for (const pair of new Set(pairsOf(each.folded))) push(byPair, pair, each)
    }
  const made = { exact, byPair }
  indexes.set(dictionary, made)
  return made
}

function push(map: Map<string, KnownName[]>, key: string, each: KnownName): void {
  const list = map.get(key)
  if (list) list.push(each)
  else map.set(key, [each])
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}

/** Every field that the heading may name, each at its best fit, best first. */
export function fitNames(heading: string, dictionary: Dictionary): NameFit[] {
  const best = new Map<string, NameFit>()
  for (const { text, weight } of spellings(heading)) {
    for (const fit of fitSpelling(text, dictionary)) {
      const weighted = { ...fit, fit: fit.fit * weight }
      if (weighted.fit > (best.get(fit.field)?.fit ?? 0)) best.set(fit.field, weighted)
    }
  }
  return [...best.values()].toSorted((a, b) => b.fit - a.fit)
}

/**
 * The ways a heading may be meant: as it stands, without its brackets, what stands in them, its lower level alone, its
 * levels joined, and each language of `名称 Name`.
 */
function spellings(heading: string): { text: string; weight: number }[] {
  const plain = foldWidth(heading).replace(/^[*＊※\d.、\s]+(?=\p{L})/u, '')
  const outside = plain.replace(/[([【][^)\]】]*[)\]】]/g, ' ')
  const inside = [...plain.matchAll(/[([【]([^)\]】]*)[)\]】]/g)].map((found) => found[1] ?? '')
  const levels = outside
    .split(LEVEL_JOINT)
    .map((level) => level.trim())
    .filter((level) => level !== '' && !isUnitText(level))
  const found = [
    { text: plain, weight: 1 },
    { text: outside, weight: inside.some((text) => !isUnitText(text)) ? 0.97 : 1 },
    ...inside.map((text) => ({ text, weight: 0.85 })),
  ]
  if (levels.length > 1) {
    found.push({ text: levels.join(''), weight: 1 }, { text: `${levels.at(-2)}${levels.at(-1)}`, weight: 1 })
    found.push({ text: levels.at(-1) ?? '', weight: 0.95 }, { text: levels[0] ?? '', weight: 0.6 })
  }
  const last = levels.at(-1) ?? ''
  const han = last.replace(/[^\p{Script=Han}]+/gu, ' ').trim()
  const latin = last.replace(/[\p{Script=Han}]+/gu, ' ').trim()
  if (han && /[a-z]{3}/i.test(latin)) found.push({ text: han, weight: 0.95 }, { text: latin, weight: 0.95 })
  return found.map(({ text, weight }) => ({ text: foldHeading(text), weight })).filter(({ text }) => text !== '')
}

const CONTAINED_CHARACTERS_MIN = 2
const COMPARED_CHARACTERS_MAX = 60
const NEARNESS_MIN = 0.5

function fitSpelling(text: string, dictionary: Dictionary): NameFit[] {
  const { exact, byPair } = indexOf(dictionary)
  const fits: NameFit[] = (exact.get(text) ?? []).map(({ field, name }) => ({ field, name, fit: 1 }))
  const common = new Map<KnownName, number>()
  for (const pair of new Set(pairsOf(text.slice(0, COMPARED_CHARACTERS_MAX))))
    for (const known of byPair.get(pair) ?? []) common.set(known, (common.get(known) ?? 0) + 1)
  for (const [known, pairs] of common) {
    if (known.folded === text || pairs * 2 < Math.min(text.length, known.folded.length) - 1) continue
    const fit = nearness(text, known.folded)
    if (fit >= NEARNESS_MIN) fits.push({ field: known.field, name: known.name, fit })
  }
  return fits
}

/** Whether the heading is a known name, or begins or ends with one that makes up half of it. */
export function isKnownName(heading: string, dictionary: Dictionary): boolean {
  const { exact } = indexOf(dictionary)
  return spellings(heading).some(({ text }) => {
    if (exact.has(text)) return true
    const half = Math.ceil(text.length / 2)
    for (let length = text.length - 1; length >= Math.max(half, CONTAINED_CHARACTERS_MIN); length--)
      if (exact.has(text.slice(-length)) || exact.has(text.slice(0, length))) return true
    return false
  })
}

/** How much of the longer text the shorter makes up where it stands at an end of it; or how alike the two are spelt. */
function nearness(text: string, name: string): number {
  const [short, long] = text.length <= name.length ? [text, name] : [name, text]
  const han = /\p{Script=Han}/u.test(short)
  if (short.length >= (han ? CONTAINED_CHARACTERS_MIN : 4) && long.includes(short)) {
    const share = short.length / long.length
    const ending = long.endsWith(short) ? 0.5 : long.startsWith(short) ? 0.44 : 0.34
    return Math.min(0.92, ending + share * 0.5)
  }
  const alike = dice(short, long)
  return alike >= 0.7 ? alike * 0.9 : 0
}

/** Share of letter pairs that two texts have in common (Dice's coefficient). */
function dice(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0
  const pairs = new Map<string, number>()
  for (let at = 0; at < a.length - 1; at++) pairs.set(a.slice(at, at + 2), (pairs.get(a.slice(at, at + 2)) ?? 0) + 1)
  let common = 0
  for (let at = 0; at < b.length - 1; at++) {
    const left = pairs.get(b.slice(at, at + 2)) ?? 0
    if (left === 0) continue
    common++
    pairs.set(b.slice(at, at + 2), left - 1)
  }
  return (2 * common) / (a.length + b.length - 2)
}

/** Words that headings are made of, where no dictionary is at hand. */
const HEADING_WORDS =
  /名称|序号|编号|代码|类型|性质|类别|规模|人数|地址|地区|区域|省|市|联系|电话|手机|邮箱|网址|网站|日期|时间|年份|金额|资本|收入|投入|产品|领域|行业|产业|成果|项目|技术|专利|状态|负责|备注|说明|简介|摘要|等级|阶段|\b(?:no|id|name|title|type|kind|size|country|region|city|address|phone|email|e-mail|website|url|date|year|status|amount|budget|contact|notes?|description|summary|sector|field|owner|patent|trl|staff|employees|revenue|turnover|code)\b/i

export function soundsLikeHeading(text: string): boolean {
  return HEADING_WORDS.test(foldTraditional(foldWidth(text)))
}
