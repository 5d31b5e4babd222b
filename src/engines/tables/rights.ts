import { cellText, foldTraditional, foldWidth, refused, understood, unreadable } from './text.ts'
import type { Cell, Reading } from './types.ts'

const KINDS = [
  ['invention', /发明|invention|utility patent|\bpatents?\b|pct|(?<!实用新型|外观设计|外观)专利/i],
  ['utility_model', /实用新型|utility model|gebrauchsmuster/i],
  ['design', /外观|工业设计|industrial design|design patent|registered design|^design$/i],
  ['software', /软著|软件|计算机|copyright|software|著作权/i],
  ['layout', /布图|layout|topograph|mask work/i],
  ['plant_variety', /植物|新品种|plant variet/i],
  ['trademark', /商标|trade ?mark|brand/i],
  ['trade_secret', /技术秘密|商业秘密|专有技术|know-?how|trade secret|未申请专利/i],
  ['standard', /标准|standard/i],
] as const
export type RightKind = (typeof KINDS)[number][0] | 'other'

/** The kinds of rights that a cell names, in the order of the register: `发明专利2项、软著1项`, `Patent, know-how`. */
export function readRightKinds(cell: Cell | undefined): Reading<readonly RightKind[]> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldTraditional(foldWidth(original))
  const named = KINDS.filter(([kind, pattern]) =>
    pattern.test(kind === 'invention' ? withoutOtherPatents(text) : text),
  ).map(([kind]) => kind)
  if (named.length > 0) return understood(original, named)
  return /其他|其它|other/i.test(text) ? understood(original, ['other']) : refused(original, 'value.unknown_right')
}

/** `实用新型专利` and `外观设计专利` are patents of their own kind, not inventions. */
function withoutOtherPatents(text: string): string {
  return text.replace(/(?:实用新型|外观设计|外观|植物新品种)(?:专利)?|design patents?|utility models?/gi, ' ')
}

const STATUSES = [
  ['withdrawn', /撤回|放弃|驳回|撤销|无效|withdrawn|abandoned|rejected|refused|revoked/i],
  ['expired', /失效|终止|届满|过期|到期|未缴|expired|lapsed|ceased|terminated/i],
  [
    'pending',
    /申请|受理|实审|实质审查|审查|公开|公布|初审|待授权|未授权|在审|pending|appli|filed|examin|published|submitted/i,
  ],
  [
    'granted',
    /授权|有效|维持|已登记|登记|已获|已取得|拥有|granted|active|in force|registered|issued|valid|maintained|alive/i,
  ],
] as const
export type RightStatus = (typeof STATUSES)[number][0]

/** The state of a right: `已授权`, `有效`, `实质审查`, `granted`, `pending`, `失效`. */
export function readRightStatus(cell: Cell | undefined): Reading<RightStatus> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldTraditional(foldWidth(original)).replace(/授权公告|授权公布/g, '授权')
  const granted = /^(?:专利)?(?:已|权利)?(?:授权|有效|获权)/.test(text)
  const status = granted ? 'granted' : STATUSES.find(([, pattern]) => pattern.test(text))?.[0]
  return status ? understood(original, status) : refused(original, 'value.unknown_right_status')
}

const DEALS = [
  ['use_first_pay_later', /先使用后付费|先用后付|先试用|use first|pay later/i],
  ['exclusive_licence', /独占|排他|exclusive/i],
  ['licence', /许可|licen[cs]/i],
  ['transfer', /转让|出让|买断|出售|assign|transfer|sale\b|sell|buy-?out/i],
  ['equity', /入股|作价|股权|参股|投资|融资|合资|创业|equity|spin-?off|spin-?out|joint venture|invest|shares/i],
  [
    'joint_development',
    /合作开发|联合开发|共同开发|合作研发|联合研发|合作研究|产学研|技术合作|合作$|^合作|共建|joint|co-?develop|collaborat|co-?operat|r&d partner|research partner|partnership/i,
  ],
  ['service', /技术服务|技术咨询|委托开发|技术开发|咨询|服务|代工|service|consult|contract research|testing/i],
] as const
export type Deal = (typeof DEALS)[number][0]

const PLAIN_LICENCE = /非独占(?:性|实施)*(?:许可)?|普通(?:实施)?许可|non-?\s?exclusive(?:\s+licen[cs]\w*)?/gi
const EXCLUSIVE_LICENCE = /(?:独占|排他)(?:性|实施)*(?:许可)?|exclusive\s+licen[cs]\w*/gi

/** The deals that a cell names: `技术转让、许可或作价入股`, `licensing / co-development`. */
export function readDeals(cell: Cell | undefined): Reading<readonly Deal[]> {
  const nothing = unreadable(cell)
  if (nothing) return nothing
  const original = cellText(cell)
  const text = foldTraditional(foldWidth(original))
  if (/^(?:面议|待议|协商|均可|不限|皆可|都可以?|any|open|negotiable)$/i.test(text))
    return { original, empty: true, note: 'negotiable' }
  const plain = text.replace(PLAIN_LICENCE, ' 许可 ').replace(EXCLUSIVE_LICENCE, ' 独占 ')
  const kept: Deal[] = DEALS.filter(([, pattern]) => pattern.test(plain)).map(([deal]) => deal)
  return kept.length > 0 ? understood(original, kept) : refused(original, 'value.unknown_deal')
}
