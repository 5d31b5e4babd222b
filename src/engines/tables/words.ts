import { splitQuantity, times, toNumber } from './numbers.ts'
import { cellText, foldHeading, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, OrganisationKind, Reading, SizeReading } from './types.ts'

const YES = new Set('是 有 对 已 真 y yes true t 1 √ ✓ ✔ ☑ ● oui ja si sí'.split(' '))
const NO = new Set('否 无 没有 不 未 非 假 n no false f 0 × ✗ ✘ ☐ x non nein'.split(' '))

/** Yes or no: 是/否, 有/无, √/×, yes/no, 1/0. 无 means no here, not that nothing is known. */
export function readYesNo(cell: Cell | undefined): Reading<boolean> {
  if (typeof cell === 'boolean') return understood(cellText(cell), cell)
  const nothing = unreadable(cell, { no: true })
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldWidth(original).toLowerCase()
  const first = text.replace(/[（(,，;；:：].*$/, '').trim()
  if (YES.has(first) || /^(是|有|已)/.test(first)) return understood(original, true)
  if (NO.has(first) || /^(否|无|未|没有|不|非)/.test(first)) return understood(original, false)
  return refused(original, 'value.not_yes_or_no')
}

const KINDS: readonly (readonly [OrganisationKind, RegExp])[] = [
  ['fund', /基金|投资公司|投资机构|创投|风投|资本|银行|金融|venture|fund\b|bank\b|investor/i],
  ['other', /医院|医疗机构|hospital|clinic/i],
  ['institute', /科学院|工程院|中科院|农科院|研究[院所]/],
  ['university', /高校|大学|学院|院校|高等|university|college|higher|hes\b|école|hochschule|academia/i],
  [
    'institute',
    /研究所|研究院|科研|院所|实验室|研究中心|新型研发|研发机构|工程中心|创新中心|\brec\b|research|institute|laborator|rto\b|fraunhofer/i,
  ],
  [
    'association',
    /协会|学会|社会团体|联盟|商会|促进会|社团|社会组织|民办非|association|society|alliance|ngo|non-?profit|chamber/i,
  ],
  [
    'other',
    /服务机构|中介|孵化器|加速器|众创|平台|技术转移|律师|事务所|检测|认证|incubator|accelerator|consult|service provider|agency/i,
  ],
  [
    'government',
    /政府|机关|管委会|事业单位|行政|局$|委员会|pub\b|public (?:body|authority)|government|municipal|ministry|authority/i,
  ],
  [
    'company',
    /企业|公司|民营|民企|国企|国有|央企|私营|外资|合资|独资|股份|有限|上市|个体|集团|厂$|工厂|小巨人|专精特新|prc\b|company|companies|enterprise|firm|ltd|gmbh|inc\b|corp|llc|sme\b|private|industry|startup|start-up|business/i,
  ],
  ['other', /其他|其它|oth\b|other/i],
]

/** What kind of organisation a word names: 高校, 民营企业, 科研院所, `HES`, `PRC`, `university`. */
export function readOrganisationKind(cell: Cell | undefined): Reading<OrganisationKind> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldTraditional(foldWidth(original))
  for (const [kind, pattern] of KINDS) if (pattern.test(text)) return understood(original, kind)
  return refused(original, 'value.unknown_kind')
}

const SIZES: readonly (readonly [SizeReading['size'], RegExp])[] = [
  ['small', /小微/],
  ['micro', /微型|微企|micro/],
  ['small', /小型|小企|小规模|small/],
  ['medium', /中型|中小|中企|medium|mid-?size|^sme/],
  ['large', /大型|特大|大企|龙头|large|big/],
]
const EXACT_SIZES: Readonly<Record<string, SizeReading['size']>> = {
  微: 'micro',
  小: 'small',
  中: 'medium',
  大: 'large',
  xs: 'micro',
  s: 'small',
  m: 'medium',
  l: 'large',
}

/** The class a head count falls into (2003/361/EC, staff alone). */
export function sizeOfStaff(staff: number): SizeReading['size'] {
  return staff < 10 ? 'micro' : staff < 50 ? 'small' : staff < 250 ? 'medium' : 'large'
}

const STAFF_MAX = 10_000_000

/** A size by class (小微企业, `Large`) or by head count (`120`, `50-99人`, `500人以上`, `<10`). */
export function readSize(cell: Cell | undefined): Reading<SizeReading> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldTraditional(foldWidth(original)).toLowerCase()
  const exact = EXACT_SIZES[foldHeading(text)]
  if (exact) return understood(original, { size: exact })
  const word = SIZES.find(([, pattern]) => pattern.test(text))?.[0]
  const staff = staffIn(text)
  if (staff === 'too_many') return refused(original, 'value.number_out_of_range')
  if (staff) return understood(original, { size: word ?? sizeOfStaff(staff.from), staff })
  if (!word) return refused(original, 'value.not_a_size')
  return /中小|^sme/.test(text)
    ? understood(original, { size: word }, 'approximate')
    : understood(original, { size: word })
}

function staffIn(text: string): { from: number; to: number | null } | 'too_many' | null {
  const range = /(\d[\d,]*)\s*(?:人|名)?\s*(?:-|–|—|~|～|至|到|to)\s*(\d[\d,]*)/.exec(text)
  if (range) return bounded(Number(range[1]?.replaceAll(',', '')), Number(range[2]?.replaceAll(',', '')))
  const quantity = splitQuantity(text)
  if (!quantity) return null
  const scale = quantity.rest.startsWith('万') ? 10_000 : quantity.rest.startsWith('千') ? 1_000 : 1
  if (
    !/^(?:万|千)?\s*(?:人|名|员工|职工|多?人?|people|persons?|employees?|staff|ftes?)?(?:以[上下内])?\s*$/.test(
      quantity.rest,
    )
  )
    return null
  const count = Math.round(toNumber(times(quantity.decimal, scale)))
  if (/以下|以内|不足|<|≤|少于|under|fewer|less|up to|不超过/.test(text)) return bounded(0, count)
  if (/以上|\+|>|≥|超过|over|more than|多于/.test(text)) return bounded(count, null)
  return bounded(count, count)
}

function bounded(from: number, to: number | null): { from: number; to: number | null } | 'too_many' | null {
  if (!(from >= 0)) return null
  return Math.max(from, to ?? 0) > STAFF_MAX ? 'too_many' : { from, to }
}
