import type { ExportColumn, ExportLanguage } from '#http/export-file.ts'
import { toDecimal } from '#kit/money.ts'
import type { ExportedList } from '../registry/export-service.ts'
import { textIn } from '../texts.ts'
import type { NeedRow } from './model.ts'

type Words = Record<ExportLanguage, string>

const STATES: Record<NeedRow['state'], Words> = {
  draft: { zh: '草稿', en: 'Draft' },
  in_review: { zh: '待审核', en: 'In review' },
  returned: { zh: '已退回', en: 'Returned' },
  open: { zh: '征集中', en: 'Open' },
  matched: { zh: '已对接', en: 'Matched' },
  closed: { zh: '已结束', en: 'Closed' },
  expired: { zh: '已到期', en: 'Expired' },
  merged: { zh: '已并入联合需求', en: 'Merged' },
}
const CIRCLES: Record<NeedRow['circle'], Words> = {
  public: { zh: '完全公开', en: 'Everybody' },
  signed_in: { zh: '园区成员可见', en: 'Members of the zone' },
  invited: { zh: '受邀方可见', en: 'Who is invited' },
  members: { zh: '仅提出方可见', en: 'Sponsors only' },
}
const CRITICAL: Words = { zh: '（关键）', en: ' (critical)' }

const joined = (texts: readonly string[]) => texts.filter(Boolean).join('; ') || null

function capabilitiesOf({ capabilities }: NeedRow, language: ExportLanguage) {
  return joined(capabilities.map(({ name, critical }) => textIn(name, language) + (critical ? CRITICAL[language] : '')))
}

const COLUMNS: readonly ExportColumn<NeedRow>[] = [
  { heading: { zh: '需求名称', en: 'Need' }, width: 44, value: (row, language) => textIn(row.title, language) },
  { heading: { zh: '状态', en: 'State' }, width: 14, value: (row, language) => STATES[row.state][language] },
  {
    heading: { zh: '提出方', en: 'Sponsors' },
    width: 36,
    value: (row) => joined(row.sponsors.map((sponsor) => sponsor.name)),
  },
  { heading: { zh: '所需能力', en: 'Capabilities wanted' }, width: 60, value: capabilitiesOf },
  { heading: { zh: '起始 TRL', en: 'TRL from' }, width: 10, kind: 'number', value: (row) => row.trl?.from ?? null },
  { heading: { zh: '目标 TRL', en: 'TRL to' }, width: 10, kind: 'number', value: (row) => row.trl?.to ?? null },
  {
    heading: { zh: '预算', en: 'Budget' },
    width: 16,
    kind: 'number',
    value: ({ budget }) => budget && toDecimal(BigInt(budget.minor), budget.currency),
  },
  { heading: { zh: '币种', en: 'Currency' }, width: 8, value: ({ budget }) => budget?.currency ?? null },
  { heading: { zh: '截止日期', en: 'Deadline' }, width: 12, kind: 'date', value: (row) => row.deadline },
  { heading: { zh: '技术领域', en: 'Fields' }, width: 30, value: (row) => joined(row.fields) },
  { heading: { zh: '产业链环节', en: 'Segment' }, width: 18, value: (row) => row.segment },
  {
    heading: { zh: '公开范围', en: 'Who sees the public part' },
    width: 18,
    value: (row, language) => CIRCLES[row.circle][language],
  },
  { heading: { zh: '编号', en: 'Id' }, width: 38, value: (row) => row.id },
]

/** The list of needs as a file: what the page's rows show, never a private text. */
export const NEED_LIST: ExportedList<NeedRow> = { name: { zh: '需求', en: 'Needs' }, columns: COLUMNS }
