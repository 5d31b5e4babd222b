import type { Language, Texts } from '#stages/texts.ts'
import { formatWords } from './format-words.ts'
import { type ReaderLanguage, sayIn, useLanguage } from './words.ts'

export interface ReadText {
  text: string
  /** The language it is in: for the `lang` attribute. */
  language: Language
  /** Said where the reader's own language is missing: `in Chinese only`. */
  otherLanguage: string | undefined
  origin: 'typed' | 'imported' | 'translated'
}

/** A text in the reader's language, or in the next best, saying so. Nothing where there is no text at all. */
export function readTexts(texts: Texts | null | undefined, reader: ReaderLanguage): ReadText | undefined {
  const order: Language[] = reader === 'zh' ? ['zh', 'zh-Hant', 'en'] : ['en', 'zh']
  const rest = Object.keys(texts ?? {}) as Language[]
  for (const language of [...order, ...rest]) {
    const entry = texts?.[language]
    if (!entry?.text) continue
    const own = language === reader || (reader === 'zh' && language === 'zh-Hant')
    const otherLanguage = own
      ? undefined
      : sayIn(formatWords, reader)('otherLanguage', {
          language: sayIn(formatWords, reader)(`language.${language}` as 'language.zh'),
        })
    return { text: entry.text, language, otherLanguage, origin: entry.origin }
  }
  return undefined
}

/** Reads texts for the reader at hand: `text(organisation.summary)?.text`. */
export function useTexts(): (texts: Texts | null | undefined) => ReadText | undefined {
  const language = useLanguage()
  return (texts) => readTexts(texts, language)
}

/** The plain text for the reader, empty where there is none. */
export function useText(): (texts: Texts | null | undefined) => string {
  const language = useLanguage()
  return (texts) => readTexts(texts, language)?.text ?? ''
}
