import { defineWords } from '../../lib/words.ts'

export const watchTitles = defineWords({
  zh: { watches: '我的订阅', watch: '订阅', end: '停止周报' },
  en: { watches: 'Saved searches', watch: 'A saved search', end: 'End the weekly letter' },
})
