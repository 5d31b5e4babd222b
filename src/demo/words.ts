import { type Texts, toTexts } from '#stages/texts.ts'
import type { Both } from './files.ts'

/** The zone's own words as the files have them, so that a tag is kept once and shown in the reader's language. */
export interface Words {
  /** The text under which a word is kept. */
  keep(both: Both | string | undefined | null): string | null
  keepAll(list: readonly Both[] | undefined): string[]
  terms(): { text: string; names: Record<string, string> }[]
}

export function collectWords(): Words {
  const names = new Map<string, Record<string, string>>()
  const keep = (both: Both | string | undefined | null): string | null => {
    if (!both) return null
    if (typeof both === 'string') return both
    const text = both.zh ?? both.en
    if (!text) return null
    if (both.zh && both.en) names.set(text, { zh: both.zh, en: both.en })
    return text
  }
  return {
    keep,
    keepAll: (list) => (list ?? []).flatMap((both) => keep(both) ?? []),
    terms: () => [...names].map(([text, byLanguage]) => ({ text, names: byLanguage })),
  }
}

export const textsOf = (both: Both | undefined): Texts => toTexts(both ?? {}, 'typed')
