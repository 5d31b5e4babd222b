import { defineWords } from '../../lib/words.ts'

export const needTitles = defineWords({
  zh: {
    needs: '需求',
    addNeed: '提出需求',
    editNeed: '修改需求',
    startText: '写清要解决什么、要到什么指标，几分钟后看到能覆盖它的联合体。',
  },
  en: {
    needs: 'Needs',
    addNeed: 'Write a need',
    editNeed: 'Change the need',
    startText: 'Say what is to be solved and to which figures; minutes later see a consortium that covers it.',
  },
})
