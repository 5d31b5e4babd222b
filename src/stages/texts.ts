import { z } from 'zod'

/** Languages that a text may be in. The interface speaks the first two; content may be in any. */
export const LANGUAGES = ['zh', 'en', 'zh-Hant', 'pt', 'de', 'fr', 'es', 'it', 'ja', 'ko'] as const
export const Language = z.enum(LANGUAGES)
export type Language = z.infer<typeof Language>

export const ORIGINS = ['typed', 'imported', 'translated'] as const
const TEXT_LENGTH_MAX = 20_000

/** A text by language, each with where it came from. */
export const Texts = z.partialRecord(
  Language,
  z.object({ text: z.string().max(TEXT_LENGTH_MAX), origin: z.enum(ORIGINS) }),
)
export type Texts = z.infer<typeof Texts>

/** A text as people and need files give it: a string, or a map by language. */
export const TextsInput = z.union([
  z.string().trim().max(TEXT_LENGTH_MAX),
  z.partialRecord(Language, z.string().trim().max(TEXT_LENGTH_MAX)),
])
export type TextsInput = z.infer<typeof TextsInput>

const HAN = /\p{Script=Han}/u

/** A plain text with Han characters is taken for Chinese, any other for English. */
export function toTexts(input: TextsInput | null | undefined, origin: (typeof ORIGINS)[number]): Texts {
  if (input === null || input === undefined) return {}
  const byLanguage = typeof input === 'string' ? { [HAN.test(input) ? 'zh' : 'en']: input } : input
  return Object.fromEntries(
    Object.entries(byLanguage)
      .filter(([, text]) => text?.trim())
      .map(([language, text]) => [language, { text: text!.trim(), origin }]),
  )
}

/** The text in the reader's language, or in the next best that there is; empty when there is none. */
export function textIn(texts: Texts, language: Language): string {
  return (texts[language] ?? texts.zh ?? texts.en ?? Object.values(texts)[0])?.text ?? ''
}

export function hasText(texts: Texts): boolean {
  return Object.values(texts).some((entry) => entry.text !== '')
}

/** Every language's text, for search. */
export function allText(texts: Texts): string {
  return Object.values(texts)
    .map((entry) => entry.text)
    .join('\n')
}

/** A required text: at least one language says something. */
export const SomeText = TextsInput.refine((input) => hasText(toTexts(input, 'typed')), 'text.missing')
