import { defineWords } from '../../lib/words.ts'

export const needTitles = defineWords({
  zh: { needs: '需求', addNeed: '提出需求', editNeed: '修改需求', match: '匹配', compose: '组建联合体' },
  en: { needs: 'Needs', addNeed: 'Write a need', editNeed: 'Change the need', match: 'Match', compose: 'Compose' },
})
