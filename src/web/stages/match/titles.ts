import { defineWords } from '../../lib/words.ts'

export const matchTitles = defineWords({
  zh: { match: '匹配', responses: '意向与答复' },
  en: { match: 'Match', responses: 'Interest and answers' },
})
