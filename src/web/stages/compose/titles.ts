import { defineWords } from '../../lib/words.ts'

export const composeTitles = defineWords({
  zh: {
    compose: '组建联合体',
    bulk: '统筹组建',
    packs: '规则包',
    bulkRun: '统筹组建结果',
    consortia: '联合体',
    consortium: '联合体',
    shared: '联合体组建方案',
    invitations: '联合体邀请',
    invitation: '联合体邀请',
    versions: '方案版本对比',
  },
  en: {
    compose: 'Compose',
    bulk: 'Compose for all',
    packs: 'Rule packs',
    bulkRun: 'Teams for all needs',
    consortia: 'Consortia',
    consortium: 'Consortium',
    shared: 'Proposed consortium',
    invitations: 'Invitations',
    invitation: 'Invitation',
    versions: 'Versions side by side',
  },
})
