import { defineWords } from '../../lib/words.ts'

export const composeTitles = defineWords({
  zh: { compose: '组建联合体', consortia: '联合体', consortium: '联合体', shared: '联合体组建方案' },
  en: { compose: 'Compose', consortia: 'Consortia', consortium: 'Consortium', shared: 'Proposed consortium' },
})
