import { toDecimal } from '#kit/money.ts'
import { type Language, textIn } from '../texts.ts'
import type { NeedRow } from './model.ts'

type Said = Record<'zh' | 'en', string>
const inLanguage = (said: Said, language: Language) => said[language === 'zh' || language === 'zh-Hant' ? 'zh' : 'en']

const STATES: Record<NeedRow['state'], Said> = {
  draft: { zh: '草稿', en: 'Draft' },
  in_review: { zh: '待审核', en: 'In review' },
  returned: { zh: '已退回', en: 'Returned' },
  open: { zh: '征集中', en: 'Open' },
  matched: { zh: '已对接', en: 'Matched' },
  closed: { zh: '已结束', en: 'Closed' },
  expired: { zh: '已到期', en: 'Expired' },
  merged: { zh: '已并入联合需求', en: 'Merged' },
}
const CIRCLES: Record<NeedRow['circle'], Said> = {
  public: { zh: '完全公开', en: 'Everybody' },
  signed_in: { zh: '园区成员可见', en: 'Members of the zone' },
  invited: { zh: '受邀方可见', en: 'Who is invited' },
  members: { zh: '仅提出方可见', en: 'Sponsors only' },
}

interface Column {
  heading: Said
  cell: (need: NeedRow, language: Language) => string | number | null
}

const COLUMNS: readonly Column[] = [
  { heading: { zh: '需求名称', en: 'Need' }, cell: (need, language) => textIn(need.title, language) },
  { heading: { zh: '状态', en: 'State' }, cell: (need, language) => inLanguage(STATES[need.state], language) },
  { heading: { zh: '提出方', en: 'Sponsors' }, cell: (need) => need.sponsors.map(({ name }) => name).join('; ') },
  {
    heading: { zh: '所需能力', en: 'Capabilities wanted' },
    cell: (need, language) => need.capabilities.map(({ name }) => textIn(name, language)).join('; '),
  },
  { heading: { zh: '起始 TRL', en: 'TRL from' }, cell: (need) => need.trl?.from ?? null },
  { heading: { zh: '目标 TRL', en: 'TRL to' }, cell: (need) => need.trl?.to ?? null },
  {
    heading: { zh: '预算', en: 'Budget' },
    cell: ({ budget }) => (budget ? toDecimal(BigInt(budget.minor), budget.currency) : null),
  },
  { heading: { zh: '币种', en: 'Currency' }, cell: ({ budget }) => budget?.currency ?? null },
  { heading: { zh: '截止日期', en: 'Deadline' }, cell: ({ deadline }) => deadline },
  { heading: { zh: '技术领域', en: 'Fields' }, cell: ({ fields }) => fields.join('; ') },
  { heading: { zh: '产业环节', en: 'Segment' }, cell: ({ segment }) => segment },
  {
    heading: { zh: '谁能看到公开部分', en: 'Who sees the public part' },
    cell: (need, language) => inLanguage(CIRCLES[need.circle], language),
  },
  { heading: { zh: '编号', en: 'Id' }, cell: ({ id }) => id },
]

/** The list of needs as a sheet: headings in the reader's language, then a row a need. Amounts are decimal text, exact. */
export function sheetOfNeeds(needs: readonly NeedRow[], language: Language) {
  return {
    name: inLanguage({ zh: '需求', en: 'Needs' }, language),
    headings: COLUMNS.map(({ heading }) => inLanguage(heading, language)),
    rows: needs.map((need) => COLUMNS.map(({ cell }) => cell(need, language))),
  }
}
