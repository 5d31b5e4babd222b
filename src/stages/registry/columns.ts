import type { ExportColumn, ExportLanguage } from '#http/export-file.ts'
import { toDecimal } from '#kit/money.ts'
import { type Texts, textIn } from '../texts.ts'
import type { Money } from './model.ts'
import type { OrganisationExportRow } from './organisation-store.ts'
import type { ProjectRow } from './project-model.ts'
import type { Ip, ResultRow } from './result-model.ts'
import type { ResultExportRow } from './result-store.ts'

/** The words of the registry's lists when they leave as a file. Its headings are understood again by the import. */
type Words = Readonly<Record<string, Record<ExportLanguage, string>>>

export const KIND_WORDS: Words = {
  company: { zh: '企业', en: 'Company' },
  university: { zh: '高校', en: 'University' },
  institute: { zh: '科研院所', en: 'Institute' },
  fund: { zh: '投资机构', en: 'Fund' },
  government: { zh: '政府机构', en: 'Government' },
  association: { zh: '协会', en: 'Association' },
  other: { zh: '其他', en: 'Other' },
}
export const SIZE_WORDS: Words = {
  micro: { zh: '微型', en: 'Micro' },
  small: { zh: '小型', en: 'Small' },
  medium: { zh: '中型', en: 'Medium' },
  large: { zh: '大型', en: 'Large' },
}
export const IP_KIND_WORDS: Words = {
  invention: { zh: '发明专利', en: 'Invention patent' },
  utility_model: { zh: '实用新型', en: 'Utility model' },
  design: { zh: '外观设计', en: 'Design' },
  software: { zh: '软件著作权', en: 'Software copyright' },
  layout: { zh: '集成电路布图设计', en: 'Layout design' },
  plant_variety: { zh: '植物新品种', en: 'Plant variety' },
  trademark: { zh: '商标', en: 'Trade mark' },
  trade_secret: { zh: '技术秘密', en: 'Trade secret' },
  standard: { zh: '标准', en: 'Standard' },
  other: { zh: '其他', en: 'Other' },
}
export const IP_STATUS_WORDS: Words = {
  pending: { zh: '申请中', en: 'Pending' },
  granted: { zh: '已授权', en: 'Granted' },
  expired: { zh: '已失效', en: 'Expired' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}
export const DEAL_WORDS: Words = {
  licence: { zh: '许可', en: 'Licence' },
  exclusive_licence: { zh: '独占许可', en: 'Exclusive licence' },
  transfer: { zh: '转让', en: 'Transfer' },
  joint_development: { zh: '联合开发', en: 'Joint development' },
  service: { zh: '技术服务', en: 'Service' },
  equity: { zh: '作价入股', en: 'Equity' },
  use_first_pay_later: { zh: '先使用后付费', en: 'Use first, pay later' },
}

const word = (words: Words, key: string | null, language: ExportLanguage) =>
  key === null ? null : (words[key]?.[language] ?? key)
const joined = (values: readonly (string | null)[]) => values.filter(Boolean).join('; ') || null
const only = (texts: Texts, language: 'zh' | 'en') => texts[language]?.text ?? null
const amount = (money: Money | null) => money && toDecimal(BigInt(money.minor), money.currency)

type Organisation = ExportColumn<OrganisationExportRow>
const identifier = (
  scheme: keyof OrganisationExportRow['identifiers'],
  heading: Record<ExportLanguage, string>,
): Organisation => ({
  heading,
  width: 22,
  value: (row) => row.identifiers[scheme] ?? null,
})

export const ORGANISATION_EXPORT: readonly Organisation[] = [
  { heading: { zh: '名称', en: 'Name' }, width: 36, value: (row) => row.name },
  { heading: { zh: '英文名称', en: 'English name' }, width: 36, value: (row) => only(row.names, 'en') },
  { heading: { zh: '简称', en: 'Short name' }, width: 16, value: (row) => row.shortName },
  identifier('uscc', { zh: '统一社会信用代码', en: 'USCC' }),
  identifier('ror', { zh: 'ROR', en: 'ROR' }),
  identifier('lei', { zh: 'LEI', en: 'LEI' }),
  identifier('pic', { zh: 'PIC', en: 'PIC' }),
  identifier('vat', { zh: '增值税号', en: 'VAT number' }),
  {
    heading: { zh: '机构类型', en: 'Type' },
    width: 14,
    value: (row, language) => word(KIND_WORDS, row.kind, language),
  },
  { heading: { zh: '规模', en: 'Size' }, width: 10, value: (row, language) => word(SIZE_WORDS, row.size, language) },
  { heading: { zh: '员工人数', en: 'Employees' }, width: 10, kind: 'number', value: (row) => row.staff },
  { heading: { zh: '成立日期', en: 'Founded' }, width: 12, kind: 'date', value: (row) => row.founded },
  { heading: { zh: '国家', en: 'Country' }, width: 8, value: (row) => row.country },
  { heading: { zh: '省份', en: 'Region' }, width: 14, value: (row) => row.region },
  { heading: { zh: '城市', en: 'City' }, width: 14, value: (row) => row.city },
  { heading: { zh: '地址', en: 'Address' }, width: 30, value: (row) => row.address },
  { heading: { zh: '网址', en: 'Website' }, width: 28, value: (row) => row.url },
  { heading: { zh: '产业链环节', en: 'Segment' }, width: 18, value: (row) => row.segment },
  { heading: { zh: '技术领域', en: 'Fields' }, width: 30, value: (row) => joined(row.fields) },
  { heading: { zh: '资质称号', en: 'Titles' }, width: 24, value: (row) => joined(row.titles) },
  {
    heading: { zh: '主要产品', en: 'Products' },
    width: 40,
    value: (row, language) => textIn(row.products, language) || null,
  },
  {
    heading: { zh: '简介', en: 'Summary' },
    width: 60,
    value: (row, language) => textIn(row.summary, language) || null,
  },
  { heading: { zh: '成果数', en: 'Number of results' }, width: 10, kind: 'number', value: (row) => row.results },
  {
    heading: { zh: '参与项目数', en: 'Number of past projects' },
    width: 12,
    kind: 'number',
    value: (row) => row.projects,
  },
]

const rights = (row: ResultRow, show: (right: Ip) => string | null) => joined(row.ip.map(show))

export const RESULT_EXPORT: readonly ExportColumn<ResultExportRow>[] = [
  { heading: { zh: '成果名称', en: 'Result' }, width: 44, value: (row) => row.title },
  { heading: { zh: '成果英文名称', en: 'Title in English' }, width: 44, value: (row) => only(row.titles, 'en') },
  {
    heading: { zh: '成果简介', en: 'Summary' },
    width: 60,
    value: (row, language) => textIn(row.summary, language) || null,
  },
  { heading: { zh: '技术领域', en: 'Fields' }, width: 30, value: (row) => joined(row.fields) },
  { heading: { zh: '产业链环节', en: 'Segment' }, width: 18, value: (row) => row.segment },
  { heading: { zh: '技术成熟度', en: 'TRL' }, width: 8, kind: 'number', value: (row) => row.trl },
  { heading: { zh: '成熟度依据', en: 'TRL as it was said' }, width: 30, value: (row) => row.trlSaid },
  {
    heading: { zh: '知识产权类型', en: 'IP type' },
    width: 20,
    value: (row, language) => rights(row, (right) => word(IP_KIND_WORDS, right.kind, language)),
  },
  { heading: { zh: '专利号', en: 'IP number' }, width: 24, value: (row) => rights(row, (right) => right.number) },
  {
    heading: { zh: '知识产权状态', en: 'IP status' },
    width: 14,
    value: (row, language) => rights(row, (right) => word(IP_STATUS_WORDS, right.status, language)),
  },
  {
    heading: { zh: '到期日', en: 'IP expiry' },
    width: 12,
    kind: 'date',
    value: (row) => rights(row, (right) => right.expires),
  },
  {
    heading: { zh: '成果持有单位', en: 'Owners' },
    width: 36,
    value: (row) => joined(row.owners.map((owner) => owner.name)),
  },
  { heading: { zh: '发明人', en: 'Inventors' }, width: 24, value: (row) => joined(row.inventors) },
  {
    heading: { zh: '合作方式', en: 'Wanted deal' },
    width: 24,
    value: (row, language) => joined(row.wantedDeal.map((deal) => word(DEAL_WORDS, deal, language))),
  },
  { heading: { zh: '完成日期', en: 'Date' }, width: 12, kind: 'date', value: (row) => row.dated },
]

export const PROJECT_EXPORT: readonly ExportColumn<ProjectRow>[] = [
  { heading: { zh: '项目名称', en: 'Project' }, width: 50, value: (row) => row.title },
  { heading: { zh: '缩写', en: 'Acronym' }, width: 16, value: (row) => row.acronym },
  { heading: { zh: '记录号', en: 'RCN' }, width: 12, value: (row) => row.rcn },
  { heading: { zh: '合同号', en: 'Grant number' }, width: 14, value: (row) => row.grantNumber },
  { heading: { zh: '开始日期', en: 'Start' }, width: 12, kind: 'date', value: (row) => row.startDate },
  { heading: { zh: '结束日期', en: 'End' }, width: 12, kind: 'date', value: (row) => row.endDate },
  { heading: { zh: '计划', en: 'Programme' }, width: 20, value: (row) => row.framework },
  { heading: { zh: '计划部分', en: 'Programme part' }, width: 20, value: (row) => joined(row.parts) },
  { heading: { zh: '技术领域', en: 'Fields' }, width: 30, value: (row) => joined(row.fields) },
  { heading: { zh: '总费用', en: 'Total cost' }, width: 16, kind: 'number', value: (row) => amount(row.totalCost) },
  {
    heading: { zh: '资助额', en: 'Contribution' },
    width: 16,
    kind: 'number',
    value: (row) => amount(row.contribution),
  },
  {
    heading: { zh: '币种', en: 'Currency' },
    width: 8,
    value: (row) => (row.totalCost ?? row.contribution)?.currency ?? null,
  },
  { heading: { zh: '参与单位数', en: 'Participants' }, width: 12, kind: 'number', value: (row) => row.members },
]
