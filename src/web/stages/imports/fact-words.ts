import { defineWords } from '../../lib/words.ts'

/** Facts that only an import shows, beside those that the registry's own words name. */
export const factWords = defineWords({
  zh: {
    'fact.latitude': '纬度',
    'fact.longitude': '经度',
    'fact.acronym': '简称',
    'fact.startDate': '开始',
    'fact.endDate': '结束',
    'fact.currency': '币种',
    'fact.role': '角色',
    'fact.ended': '已退出项目',
    'fact.contribution': '资助金额',
    'fact.totalCost': '总经费',
    money: '{{short}}（{{exact}}）',
    yes: '是',
    no: '否',
    until: '{{right}}，至 {{date}}',
  },
  en: {
    'fact.latitude': 'Latitude',
    'fact.longitude': 'Longitude',
    'fact.acronym': 'Acronym',
    'fact.startDate': 'Begins',
    'fact.endDate': 'Ends',
    'fact.currency': 'Currency',
    'fact.role': 'Role',
    'fact.ended': 'Has left the project',
    'fact.contribution': 'Contribution',
    'fact.totalCost': 'Total cost',
    money: '{{short}} ({{exact}})',
    yes: 'yes',
    no: 'no',
    until: '{{right}}, until {{date}}',
  },
})
