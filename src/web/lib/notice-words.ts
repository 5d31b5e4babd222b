import type { ReaderLanguage } from './words.ts'

const subjects: Record<ReaderLanguage, Record<string, string>> = { zh: {}, en: {} }

/** Words what notices are about, where the server sends a key: `{ zh: { 'notice.interest': '…' }, en: … }`. */
export function defineNotices<const Keys extends string>(words: {
  zh: Record<Keys, string>
  en: Record<NoInfer<Keys>, string>
}): void {
  Object.assign(subjects.zh, words.zh)
  Object.assign(subjects.en, words.en)
}

/** What a notice is about, in the reader's language; a subject that is no key stands for itself. */
export const noticeInWords = (subject: string, language: ReaderLanguage): string =>
  subjects[language][subject] ?? subject
