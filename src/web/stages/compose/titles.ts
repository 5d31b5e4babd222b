import { defineWords } from '../../lib/words.ts'

export const composeTitles = defineWords({
  zh: {
    compose: '组建联合体',
    bulk: '统筹组建',
    bulkRun: '统筹组建结果',
    consortia: '联合体',
    consortium: '联合体',
    shared: '联合体组建方案',
  },
  en: {
    compose: 'Compose',
    bulk: 'Compose for all',
    bulkRun: 'Teams for all needs',
    consortia: 'Consortia',
    consortium: 'Consortium',
    shared: 'Proposed consortium',
  },
})
