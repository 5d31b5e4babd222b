import { defineRefusals } from '../../lib/refusal-words.ts'

defineRefusals({
  zh: {
    'industry.unknown': '没有这个产业，可能已被删除。',
    'industry.known': '这个短名已有产业在用，请换一个。',
    'one.unknown': '十个一里没有这一项。',
    'record.unknown': '没有这条记录，可能已被删除。',
  },
  en: {
    'industry.unknown': 'There is no such industry; it may have been removed.',
    'industry.known': 'Another industry has this short name. Choose another.',
    'one.unknown': 'This is none of the Ten Ones.',
    'record.unknown': 'There is no such record; it may have been removed.',
  },
})
