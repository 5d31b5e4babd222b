import { cellText } from '#engines/tables/text.ts'
import { foldWidth, isEmptyText } from '#engines/tables/values.ts'
import { checkPatent } from '#kit/patents.ts'
import type { Ip, IpInput, IpKind } from '../registry/result-model.ts'
import { keepIp } from '../registry/result-rules.ts'
import { type Planned, type RowReport, readPartialDate } from './table-values.ts'

const RIGHTS_MAX = 50
const NUMBER_LENGTH_MAX = 120

const KINDS: readonly (readonly [IpKind, RegExp])[] = [
  ['utility_model', /实用新型|utility/i],
  ['design', /外观|design/i],
  ['software', /软件|软著|著作权|copyright|software/i],
  ['layout', /布图|集成电路|layout|topograph/i],
  ['plant_variety', /植物新品种|plant variet/i],
  ['trademark', /商标|trademark/i],
  ['trade_secret', /秘密|专有技术|know-?how|secret/i],
  ['standard', /标准|standard/i],
  ['invention', /发明|专利|invention|patent/i],
  ['other', /其他|其它|other/i],
]
const STATUSES: readonly (readonly [NonNullable<IpInput['status']>, RegExp])[] = [
  ['withdrawn', /撤回|驳回|放弃|视撤|withdrawn|rejected|refused|abandoned/i],
  ['expired', /失效|过期|届满|终止|expired|lapsed|ceased/i],
  ['pending', /未授权|申请|受理|审查|实审|实质|公开|公布|待批|pending|filed|application|published|examin/i],
  ['granted', /授权|有效|已获|登记|注册|维持|granted|in force|registered|active|valid/i],
]
const RIGHT_KINDS = { invention: 'invention', utility: 'utility_model', design: 'design' } as const

/** The rights in a result: what its columns for kind, number, status and expiry say together. */
export function readRights(report: RowReport, columns: ReadonlyMap<string, readonly Planned[]>): Ip[] {
  const [kind, status, expires] = ['ipKind', 'ipStatus', 'ipExpiry'].map((field) => columns.get(`result.${field}`)?.[0])
  const said = (planned: Planned | undefined) => (planned ? foldWidth(cellText(planned.cell)) : '')
  const kindSaid = KINDS.find(([, pattern]) => pattern.test(said(kind)))?.[0]
  const statusSaid = STATUSES.find(([, pattern]) => pattern.test(said(status)))?.[0]
  if (status && !statusSaid && !isEmptyText(said(status)))
    report.leaveOut(status.plan, status.cell, 'value.unknown_status')
  const day = expires ? report.take(expires, readPartialDate(expires)) : undefined
  const shared = { ...(statusSaid ? { status: statusSaid } : {}), ...(day ? { expires: day } : {}) }
  const rights = (columns.get('result.ipNumber') ?? []).flatMap((planned) =>
    numbersIn(cellText(planned.cell)).map((number) => rightOf(report, planned, number, kindSaid, shared)),
  )
  if (rights.length) return rights.slice(0, RIGHTS_MAX)
  return kindSaid ? [keepIp({ kind: kindSaid, ...shared })] : []
}

function rightOf(
  report: RowReport,
  planned: Planned,
  { number, beside }: { number: string; beside: string },
  kindSaid: IpKind | undefined,
  shared: Partial<IpInput>,
): Ip {
  const checked = checkPatent(number)
  const spoken = KINDS.find(([, pattern]) => pattern.test(beside))?.[0]
  const own = 'right' in checked && checked.right ? RIGHT_KINDS[checked.right] : undefined
  const isSoftware = /SR\d|软/i.test(number)
  const kind = spoken ?? kindSaid ?? own ?? (isSoftware ? 'software' : 'value' in checked ? 'invention' : 'other')
  const granted =
    'stage' in checked && checked.stage === 'grant' && !shared.status ? { status: 'granted' as const } : {}
  const right = keepIp({ kind, number: number.slice(0, NUMBER_LENGTH_MAX), ...shared, ...granted })
  if (right.note)
    report.notes.push({ note: 'odd_number', column: planned.plan.heading, value: number, rule: `patent.${right.note}` })
  return right
}

/** Numbers in a cell, each with the words in brackets beside it: `ZL201710601862.3（发明）、CN2020…`. */
function numbersIn(text: string): { number: string; beside: string }[] {
  if (isEmptyText(text)) return []
  return foldWidth(text.replaceAll(/[\n；、，]/g, ';'))
    .split(/[;,|]|\s+(?=(?:ZL|CN|US|EP|WO|PCT|\d{4}SR))/i)
    .flatMap((piece) => {
      const beside = /\(([^)]*)\)/.exec(piece)?.[1] ?? ''
      const number = piece
        .replace(/\([^)]*\)/g, '')
        .replace(/^[\p{Script=Han}A-Za-z\s]*[:：]\s*/u, '')
        .trim()
      return /\d{4}/.test(number) ? [{ number, beside: beside || piece.replace(number, '') }] : []
    })
}
