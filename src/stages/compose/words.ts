import type { EVIDENCE_KINDS, Level } from '../match/model.ts'
import type { Kind } from '../registry/model.ts'
import type { Language } from '../texts.ts'
import type { COST_BASES, Condition, PRESETS, Role, STATUSES } from './model.ts'

/** The languages that documents and letters are worded in; content stays in its own. */
export type Worded = 'zh' | 'en'
export const wordedIn = (language: Language): Worded => (language.startsWith('zh') ? 'zh' : 'en')

type Words<Key extends string> = Record<Key, Record<Worded, string>>

export const ROLE_WORDS: Words<Role> = {
  lead: { zh: '牵头单位', en: 'Lead' },
  chief_scientist: { zh: '首席科学家单位', en: 'Chief scientist’s seat' },
  operator: { zh: '产业运营人', en: 'Operator' },
  package_lead: { zh: '工作包牵头单位', en: 'Work package lead' },
  first_user: { zh: '首用单位', en: 'First user' },
  investor: { zh: '投资方', en: 'Investor' },
  intermediary: { zh: '中介机构', en: 'Intermediary' },
  member: { zh: '成员单位', en: 'Member' },
}

export const KIND_WORDS: Words<Kind> = {
  company: { zh: '企业', en: 'Company' },
  university: { zh: '高校', en: 'University' },
  institute: { zh: '科研院所', en: 'Research institute' },
  fund: { zh: '基金', en: 'Fund' },
  government: { zh: '政府部门', en: 'Government' },
  association: { zh: '协会', en: 'Association' },
  other: { zh: '其他', en: 'Other' },
}

export const CONDITION_WORDS: Words<Condition> = {
  minMembers: { zh: '成员下限', en: 'least number of members' },
  maxMembers: { zh: '成员上限', en: 'greatest number of members' },
  budget: { zh: '预算', en: 'budget' },
  kinds: { zh: '成员类型', en: 'kinds of member' },
  regions: { zh: '地区', en: 'regions' },
  lead: { zh: '企业牵头', en: 'a company leads' },
  critical: { zh: '关键能力必须覆盖', en: 'critical capabilities covered' },
  sponsors: { zh: '发起单位必须入选', en: 'sponsors are members' },
  pinned: { zh: '指定入选的单位', en: 'organisations asked for by name' },
  banned: { zh: '排除的单位', en: 'organisations left out' },
  newcomers: { zh: '新进入者席位', en: 'seats for newcomers' },
  smes: { zh: '中小企业占比', en: 'share of small and medium-sized companies' },
  apart: { zh: '不能同队的单位', en: 'organisations that can’t sit together' },
  rules: { zh: '规则包', en: 'rules of the call' },
}

export const LEVEL_WORDS: Record<Level, Record<Worded, string>> = {
  0: { zh: '无', en: 'none' },
  1: { zh: '相邻领域', en: 'neighbouring field' },
  2: { zh: '有佐证', en: 'good evidence' },
  3: { zh: '强佐证', en: 'strong evidence' },
}

export const EVIDENCE_WORDS: Words<(typeof EVIDENCE_KINDS)[number]> = {
  result: { zh: '成果', en: 'Result' },
  project: { zh: '项目', en: 'Project' },
  profile: { zh: '单位简介', en: 'Profile' },
  document: { zh: '材料', en: 'Document' },
  part: { zh: '计划专题', en: 'Programme part' },
}

export const BASIS_WORDS: Words<(typeof COST_BASES)[number]> = {
  own: { zh: '按本单位以往项目的下四分位数', en: 'lower quartile of its own past projects' },
  kind: { zh: '按同类单位以往项目的下四分位数', en: 'lower quartile of its kind’s past projects' },
  unknown: { zh: '无记录，按零计', en: 'no record, counted as nothing' },
}

export const STATUS_WORDS: Words<(typeof STATUSES)[number]> = {
  optimal: { zh: '已证明最优', en: 'proven best' },
  feasible: { zh: '可行，未证明最优', en: 'holds, not proven best' },
  infeasible: { zh: '无解', en: 'no team keeps the conditions' },
}

export const PRESET_WORDS: Words<(typeof PRESETS)[number]> = {
  balanced: { zh: '均衡', en: 'balanced' },
  lean: { zh: '精简', en: 'lean' },
  deep: { zh: '双保险', en: 'deep' },
  likely: { zh: '参照以往合作', en: 'as past consortia formed' },
}

/** What else the documents say. */
export const DOCUMENT_WORDS = {
  heading: { zh: '联合体组建方案', en: 'Proposed consortium' },
  need: { zh: '技术需求', en: 'Technology need' },
  answer: { zh: '结论', en: 'Answer' },
  members: { zh: '成员', en: 'Members' },
  coverage: { zh: '能力覆盖', en: 'Coverage' },
  gaps: { zh: '缺口', en: 'Gaps' },
  noGaps: { zh: '没有缺口：各项能力均达到所需水平。', en: 'None: every capability reaches the level wanted.' },
  evidence: { zh: '佐证', en: 'Evidence' },
  conflict: { zh: '无法同时满足的条件', en: 'Conditions that can’t hold together' },
  conditions: { zh: '组建条件', en: 'Conditions' },
  method: { zh: '计算说明', en: 'How this was computed' },
  organisation: { zh: '单位', en: 'Organisation' },
  kind: { zh: '类型', en: 'Kind' },
  place: { zh: '所在地', en: 'Place' },
  role: { zh: '角色', en: 'Role' },
  reason: { zh: '理由', en: 'Reason' },
  cost: { zh: '席位费用估计', en: 'Estimated cost of the seat' },
  basis: { zh: '估计依据', en: 'Basis of the estimate' },
  capability: { zh: '能力', en: 'Capability' },
  weight: { zh: '权重', en: 'Weight' },
  critical: { zh: '关键', en: 'Critical' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  level: { zh: '水平', en: 'Level' },
  levelWanted: { zh: '所需水平', en: 'Level wanted' },
  levelReached: { zh: '达到水平', en: 'Level reached' },
  by: { zh: '由谁覆盖', en: 'Covered by' },
  nearest: { zh: '最接近的单位', en: 'Nearest organisation' },
  whyNot: { zh: '差在哪里', en: 'Why it falls short' },
  nobody: { zh: '名录中没有接近的单位', en: 'nobody in the registry is near' },
  title: { zh: '标题', en: 'Title' },
  quote: { zh: '摘录', en: 'Quote' },
  engine: { zh: '求解器', en: 'Engine' },
  seed: { zh: '随机种子', en: 'Seed' },
  hash: { zh: '输入指纹', en: 'Hash of the inputs' },
  date: { zh: '日期', en: 'Date' },
  preset: { zh: '偏好', en: 'Preference' },
  result: { zh: '求解结果', en: 'Result' },
  objective: { zh: '目标值 / 上界', en: 'Objective / bound' },
  stale: {
    zh: '注意：本方案形成后，需求或名录已有变化。',
    en: 'Note: the need or the registry has changed since this was made.',
  },
  estimates: {
    zh: '席位费用是由名录中的以往项目推算的估计，不是报价。',
    en: 'Costs of seats are estimates from past projects in the registry, not offers.',
  },
  sponsorsCount: {
    zh: '地区条件对发起单位同样适用。',
    en: 'The condition on regions holds for sponsors too.',
  },
  madeBy: { zh: '由 Consortia 生成', en: 'Made by Consortia' },
} as const satisfies Record<string, Record<Worded, string>>
