import type { Kind } from '../registry/model.ts'

/** A zone's own pack as its editor words it: a few kinds of row, each with a threshold. */

export const DRAFT_KINDS = [
  'members_min',
  'members_max',
  'kinds_min',
  'smes_percent',
  'newcomers_min',
  'countries_min',
  'lead_revenue_min',
  'by_hand',
] as const
export type DraftKind = (typeof DRAFT_KINDS)[number]

export interface DraftRow {
  kind: DraftKind
  /** Members, per cent, countries, or ten thousand yuan. */
  threshold: number
  /** Of `kinds_min`. */
  kinds: readonly Kind[]
  /** Of `by_hand`. */
  words: { zh: string; en: string }
  /** The article; the pack's document where it is empty. */
  source: string
  /** Whether the text of the rule was seen; else it is always left to a person. */
  confirmed: boolean
}

export interface DraftPack {
  slug: string
  name: string
  version: string
  title: { zh: string; en: string }
  source: string
  url: string
  from: string
  rows: readonly DraftRow[]
}

export const KIND_NAMES: Record<Kind, { zh: string; en: string }> = {
  company: { zh: '企业', en: 'companies' },
  university: { zh: '高校', en: 'universities' },
  institute: { zh: '科研院所', en: 'research institutes' },
  fund: { zh: '基金', en: 'funds' },
  government: { zh: '政府部门', en: 'government bodies' },
  association: { zh: '协会', en: 'associations' },
  other: { zh: '其他机构', en: 'others' },
}

const MEMBERS = { zh: '家', en: 'members' }
const PERCENT = { zh: '%', en: '%' }
const KINDS = Object.keys(KIND_NAMES)
const SIZES = ['micro', 'small', 'medium', 'large']
const SMALL = ['micro', 'small', 'medium']

/** The pack in the engine's form. */
export function packForm(draft: DraftPack): Record<string, unknown> {
  const byHand = draft.rows.flatMap((row, at) => (row.kind === 'by_hand' ? [checkedFact(row, at)] : []))
  return {
    id: `local/${draft.slug}/${draft.name}`,
    version: draft.version,
    about: 'team',
    title: draft.title,
    source: { title: { zh: draft.source, en: draft.source }, ...(draft.url ? { url: draft.url } : {}) },
    effective: { from: draft.from },
    facts: [...FACTS, ...byHand],
    rows: draft.rows.map((row, at) => rowForm({ ...row, source: row.source.trim() || draft.source }, at)),
  }
}

/** What a row says, in both languages. */
export function rowWords({ kind, threshold, kinds, words }: DraftRow): { zh: string; en: string } {
  const named = {
    zh: kinds.map((one) => KIND_NAMES[one].zh).join('、'),
    en: kinds.map((one) => KIND_NAMES[one].en).join(' or '),
  }
  switch (kind) {
    case 'members_min':
      return { zh: `成员单位不少于${threshold}家`, en: `At least ${threshold} members` }
    case 'members_max':
      return { zh: `成员单位不超过${threshold}家`, en: `At most ${threshold} members` }
    case 'kinds_min':
      return { zh: `${named.zh}不少于${threshold}家`, en: `At least ${threshold} ${named.en}` }
    case 'smes_percent':
      return {
        zh: `中小企业不少于成员的${threshold}%`,
        en: `At least ${threshold} % small and medium-sized companies`,
      }
    case 'newcomers_min':
      return { zh: `新进入者不少于${threshold}家`, en: `At least ${threshold} newcomers` }
    case 'countries_min':
      return { zh: `来自不少于${threshold}个国家`, en: `From at least ${threshold} countries` }
    case 'lead_revenue_min':
      return {
        zh: `牵头单位年营收不少于${threshold}万元`,
        en: `The lead’s yearly revenue is at least ${threshold}0,000 yuan`,
      }
    case 'by_hand':
      return words
  }
}

function rowForm(row: DraftRow, at: number): Record<string, unknown> {
  const base = {
    id: `row_${at + 1}`,
    source: row.source,
    certainty: row.confirmed ? 'A' : 'B',
    basis: row.confirmed ? 'text' : 'recalled',
    words: rowWords(row),
  }
  const atLeast = { compare: 'at_least', threshold: row.threshold }
  switch (row.kind) {
    case 'members_min':
      return { ...base, of: 'team', form: 'count', members: [], ...atLeast, unit: MEMBERS }
    case 'members_max':
      return { ...base, of: 'team', form: 'count', members: [], ...atLeast, compare: 'at_most', unit: MEMBERS }
    case 'kinds_min':
      return { ...base, of: 'team', form: 'count', members: [is('kind', row.kinds)], ...atLeast, unit: MEMBERS }
    case 'smes_percent':
      return {
        ...{ ...base, of: 'team', form: 'ratio', members: [], ...atLeast, unit: PERCENT },
        part: [{ cases: [{ if: [is('kind', ['company']), is('size', SMALL)], points: 1 }], otherwise: 0 }],
        whole: [{ points: 1 }],
      }
    case 'newcomers_min':
      return {
        ...{ ...base, of: 'team', form: 'count', ...atLeast, unit: MEMBERS },
        members: [{ form: 'exists', fact: 'newcomer' }],
      }
    case 'countries_min':
      return {
        ...{ ...base, of: 'team', form: 'distinct', members: [], fact: 'country', threshold: row.threshold },
        unit: { zh: '个国家', en: 'countries' },
      }
    case 'lead_revenue_min':
      return {
        ...{ ...base, of: 'lead', form: 'sum', terms: [{ fact: 'revenue' }], ...atLeast },
        unit: { zh: '万元', en: '10,000 yuan' },
      }
    case 'by_hand':
      return { ...base, of: 'team', form: 'exists', fact: checkedName(at), unit: { zh: '是/否', en: 'yes or no' } }
  }
}

const is = (fact: string, values: readonly string[]) => ({ form: 'exists', fact, is: [...values] })
const checkedName = (at: number) => `checked_${at + 1}`
const checkedFact = ({ words }: DraftRow, at: number) => ({
  ...{ name: checkedName(at), of: 'team', type: 'boolean', words },
})

const FACTS = [
  { name: 'kind', of: 'member', type: 'choice', choices: KINDS, words: { zh: '单位类型', en: 'Kind of organisation' } },
  { name: 'size', of: 'member', type: 'choice', choices: SIZES, words: { zh: '企业规模', en: 'Size' } },
  { name: 'country', of: 'member', type: 'country', words: { zh: '国家', en: 'Country' } },
  { name: 'newcomer', of: 'member', type: 'boolean', words: { zh: '新进入者', en: 'Newcomer' } },
  {
    ...{ name: 'revenue', of: 'member', type: 'number', min: 0 },
    ...{ unit: { zh: '万元', en: '10,000 yuan' }, words: { zh: '年营业收入', en: 'Yearly revenue' } },
  },
]
