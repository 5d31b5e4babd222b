import { defineWords } from '../../lib/words.ts'

/** From where the registry was read that was ranked, and what its bilingual records taught. */
export const registryWords = defineWords({
  zh: {
    pair: '{{word}} ↔ {{says}}，由 {{count}} 条双语记录得知',
    across: '用另一种语言同样谈到{{pairs}}',
    pairs:
      '从 {{records}} 条双语记录中学到 {{terms}} 个词的对应说法，中文需求因此能找到英文记录，反之亦然。能力覆盖的级别不受其影响。',
    pairsNone: '名录中没有中英双语的记录，只能按原文的词语比对。',
    database: '名录读自数据库。',
    snapshot: '名录取自快照，此后的改动都已跟上。',
    refused: '名录读自数据库：快照不能用，{{why}}，已经重建。',
    'why.cut': '它不完整',
    'why.damaged': '它已损坏',
    'why.foreign': '它不是快照',
    'why.version': '它由别的版本写成',
    'why.zone': '它属于别的园区',
    'why.chain': '它与这个数据库的日志对不上',
    'why.unreadable': '它读不出来',
  },
  en: {
    pair: {
      one: '{{word}} ↔ {{says}}, learnt from {{count}} bilingual record',
      other: '{{word}} ↔ {{says}}, learnt from {{count}} bilingual records',
    },
    across: 'In the other language it speaks of {{pairs}}',
    pairs:
      'From {{records}} bilingual records it is known how {{terms}} terms are said in the other language, so that a Chinese need finds English records and the other way round. Levels of coverage do not go by it.',
    pairsNone: 'No record is in Chinese and English, so words are compared as they are written.',
    database: 'The registry was read from the database.',
    snapshot: 'The registry was taken up from its snapshot, and followed since.',
    refused: 'The registry was read from the database: its snapshot can’t be used, since {{why}}, and is made anew.',
    'why.cut': 'it is cut off',
    'why.damaged': 'it is damaged',
    'why.foreign': 'it is no snapshot',
    'why.version': 'another version wrote it',
    'why.zone': 'it is another zone’s',
    'why.chain': 'it does not belong to this database’s journal',
    'why.unreadable': 'it can’t be read',
  },
})
