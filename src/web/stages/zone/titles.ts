import { defineWords } from '../../lib/words.ts'

export const zoneTitles = defineWords({
  zh: { plan: '园区规划', records: '规划台账', capital: '资金记录' },
  en: { plan: 'Zone plan', records: 'Plan records', capital: 'Capital' },
})
