import { defineWords } from '../../lib/words.ts'

export const importTitles = defineWords({
  zh: {
    imports: '导入',
    start: '导入台账',
    startText: '放入手头的 Excel、CSV 或 CORDIS 压缩包，看过识别结果再写入名录。',
  },
  en: {
    imports: 'Imports',
    start: 'Import a ledger',
    startText:
      'Bring the Excel, CSV or CORDIS file you have, see how it was understood, then take it into the registry.',
  },
})
