import { defineWords } from '../../lib/words.ts'

export const preferenceWords = defineWords({
  zh: { otherLanguage: 'English', light: '换成浅色', dark: '换成深色' },
  en: { otherLanguage: '中文', light: 'Change to light', dark: 'Change to dark' },
})
