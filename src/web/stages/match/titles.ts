import { defineWords } from '../../lib/words.ts'

export const matchTitles = defineWords({
  zh: { match: '匹配', responses: '意向与答复', exposure: '排序与曝光' },
  en: { match: 'Match', responses: 'Interest and answers', exposure: 'Order and exposure' },
})
