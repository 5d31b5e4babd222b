import { defineWords } from '../../lib/words.ts'

export const zoneTitles = defineWords({
  zh: {
    plan: '园区规划',
    records: '规划台账',
    capital: '资金记录',
    startText: '十个一逐项由名录中的记录算出，四链断在哪里一目了然。',
  },
  en: {
    plan: 'Zone plan',
    records: 'Plan records',
    capital: 'Capital',
    startText: 'The Ten Ones, each measured from the records, and where the four chains are broken.',
  },
})
