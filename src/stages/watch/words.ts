import type { RecordKind } from './model.ts'

/** The languages of letters and feeds. */
export type Worded = 'zh' | 'en'

export const KIND_WORDS: Record<RecordKind, Record<Worded, string>> = {
  organisation: { zh: '机构', en: 'Organisation' },
  result: { zh: '成果', en: 'Result' },
  need: { zh: '需求', en: 'Need' },
  project: { zh: '项目', en: 'Past project' },
}

interface LetterWords {
  feedTitle: (zone: string) => string
  feedTell: string
  subject: (zone: string, count: number) => string
  hello: (name: string) => string
  opening: (zone: string) => string
  wants: string
  more: (count: number) => string
  all: string
  end: string
}

export const LETTER_WORDS: Record<Worded, LetterWords> = {
  zh: {
    feedTitle: (zone) => `${zone} · 订阅 · 联合体 Consortia`,
    feedTell: '您订阅的搜索中新出现的记录。',
    subject: (zone, count) => `${zone}本周有 ${count} 条新内容`,
    hello: (name) => `${name}，您好：`,
    opening: (zone) => `${zone}自上期周报以来，与您有关的新内容如下。`,
    wants: '需要贵机构的需求',
    more: (count) => `另有 ${count} 条，请在订阅页查看。`,
    all: '全部订阅：',
    end: '不再接收周报，请打开：',
  },
  en: {
    feedTitle: (zone) => `${zone} · saved searches · Consortia`,
    feedTell: 'What your saved searches newly found.',
    subject: (zone, count) => `${zone}: ${count} new this week`,
    hello: (name) => `Hello ${name},`,
    opening: (zone) => `This is new in ${zone} since your last letter.`,
    wants: 'Needs that want your organisation',
    more: (count) => `And ${count} more, on the page of your saved searches.`,
    all: 'All your saved searches: ',
    end: 'To end these letters, open:',
  },
}
