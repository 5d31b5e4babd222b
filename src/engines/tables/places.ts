import { cellText, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, Reading } from './types.ts'

/** Where something is, as far as the text says; names as they are written in full, without what follows them. */
export interface Place {
  /** 省级: `安徽省`, `上海市`, `广西壮族自治区`. */
  readonly region?: string
  /** 地级, and of the four municipalities the municipality itself: `合肥市`, `上海市`. */
  readonly city?: string
  /** 县级, or a zone: `蜀山区`, `肥西县`, `高新区`. */
  readonly district?: string
  /** What follows. */
  readonly rest?: string
}

const MUNICIPALITIES = ['北京', '天津', '上海', '重庆']
const PROVINCES =
  '河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾'.split(
    ' ',
  )
const AUTONOMOUS: Readonly<Record<string, string>> = {
  内蒙古: '内蒙古自治区',
  广西: '广西壮族自治区',
  西藏: '西藏自治区',
  宁夏: '宁夏回族自治区',
  新疆: '新疆维吾尔自治区',
}
const SPECIAL: Readonly<Record<string, string>> = { 香港: '香港特别行政区', 澳门: '澳门特别行政区' }

const FULL_NAMES = new Map([
  ...MUNICIPALITIES.map((name) => [name, `${name}市`] as const),
  ...PROVINCES.map((name) => [name, `${name}省`] as const),
  ...Object.entries({ ...AUTONOMOUS, ...SPECIAL }),
])

/**
 * A Chinese place in its levels: `安徽省合肥市蜀山区望江西路1号`, `安徽合肥`, `上海市浦东新区`, `中国-广东-深圳`. Refused where
 * the text begins with no province or city that ends in 市, so that places elsewhere are left as they are.
 */
export function readPlace(cell: Cell | undefined): Reading<Place> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldTraditional(foldWidth(original))
    .replace(/^(?:中国|中华人民共和国)[\s\-—/,，、]*/, '')
    .replace(/[\s\-—/,，、>·]+/g, '')
  const region = regionOf(text)
  const afterRegion = region ? text.slice(region.length) : text
  const municipality = region && MUNICIPALITIES.includes(region.name.slice(0, 2)) ? region.name : null
  const city = municipality ? null : cityOf(afterRegion, region !== null)
  if (!region && !city) return refused(original, 'value.unknown_place')
  const afterCity = city ? afterRegion.slice(city.length) : afterRegion.replace(/^(?:市辖区|县)(?=.)/, '')
  const district = city || municipality ? DISTRICT.exec(afterCity)?.[0] : undefined
  const rest = afterCity.slice(district?.length ?? 0)
  return understood(original, {
    ...(region ? { region: region.name } : {}),
    ...(municipality ? { city: municipality } : city ? { city: city.name } : {}),
    ...(district ? { district } : {}),
    ...(rest ? { rest } : {}),
  })
}

const DISTRICT = /^(?:\p{Script=Han}{1,8}?(?:新区|开发区|高新区|园区|自治县|区|县|旗)|\p{Script=Han}{1,6}?市)/u

function regionOf(text: string): { name: string; length: number } | null {
  for (const [short, full] of FULL_NAMES) {
    if (!text.startsWith(short)) continue
    if (text.startsWith(full)) return { name: full, length: full.length }
    const suffix = /^(?:省|市|自治区|特别行政区|特区)/.exec(text.slice(short.length))?.[0] ?? ''
    return { name: full, length: short.length + suffix.length }
  }
  return null
}

/** A city with its suffix; after a province also a bare name that takes the whole of the rest (`安徽合肥`). */
function cityOf(text: string, afterRegion: boolean): { name: string; length: number } | null {
  const full = /^(\p{Script=Han}{2,10}?(?:自治州|地区|盟)|\p{Script=Han}{2,7}?市)/u.exec(text)?.[0]
  if (full) return { name: full, length: full.length }
  if (afterRegion && /^\p{Script=Han}{2,4}$/u.test(text)) return { name: `${text}市`, length: text.length }
  return null
}
