import { createInstance } from 'i18next'
import { type ReactNode, useSyncExternalStore } from 'react'

/** The languages in which the interface speaks. Content may be in more (#stages/texts.ts). */
export const READER_LANGUAGES = ['zh', 'en'] as const
export type ReaderLanguage = (typeof READER_LANGUAGES)[number]

/** A sentence, or one for each number: Chinese needs only `other`. `{{name}}` stands for a value. */
export type Word = string | { one?: string; other: string }
type WordTable = Readonly<Record<string, Word>>

type Names<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never
type NamesOf<W> = W extends string
  ? Names<W>
  : W extends { other: infer Other extends string }
    ? Names<Other> | 'count'
    : never
type Values<W> = [NamesOf<W>] extends [never] ? [] : [values: { [Name in NamesOf<W>]: string | number }]
type Parts<W> = [NamesOf<W>] extends [never] ? [] : [parts: { [Name in NamesOf<W>]: ReactNode }]

/** A stage's words in both languages, each known to the other's type. */
export interface Words<Table extends WordTable = WordTable> {
  /** Its place among i18next's namespaces. */
  readonly space: string
  readonly keys: readonly (keyof Table & string)[]
  /** Only its type is used: it gives the keys and their values. */
  readonly table: Table
}

export interface Say<Table extends WordTable> {
  /** The sentence in the reader's language: `say('found', { count: 3 })`. */
  <K extends keyof Table & string>(key: K, ...values: Values<Table[K]>): string
  /** The same with links or marks in it, as a list of nodes. */
  rich<K extends keyof Table & string>(key: K, ...parts: Parts<Table[K]>): ReactNode[]
  language: ReaderLanguage
}

const KEPT_AS = 'consortia.language'
const speech = createInstance()
speech.init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: {},
})
applyToPage(currentLanguage())

let spaces = 0

/**
 * The words of a stage or a part, in both languages. A key that one of them lacks does not compile; a test finds keys
 * that nobody says.
 */
export function defineWords<
  const Zh extends WordTable,
  const En extends { readonly [K in keyof Zh]: Word } & WordTable,
>(words: { zh: Zh & { readonly [K in Exclude<keyof En, keyof Zh>]: Word }; en: En }): Words<En> {
  const space = `words${++spaces}`
  for (const language of READER_LANGUAGES) speech.addResourceBundle(language, space, flatten(words[language]))
  return { space, keys: Object.keys(words.en), table: words.en }
}

function flatten(table: WordTable): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, word]) =>
      typeof word === 'string' ? [[key, word]] : Object.entries(word).map(([form, text]) => [`${key}_${form}`, text]),
    ),
  )
}

/** The words in the reader's language; the component speaks anew when the reader changes it. */
export function useWords<Table extends WordTable>(words: Words<Table>): Say<Table> {
  return sayIn(words, useLanguage())
}

const spoken = new Map<string, Say<WordTable>>()

/** The words outside of a component. */
export function sayIn<Table extends WordTable>(words: Words<Table>, language: ReaderLanguage): Say<Table> {
  const kept = `${words.space}.${language}`
  const known = spoken.get(kept)
  if (known) return known as unknown as Say<Table>
  const fixed = speech.getFixedT(language, words.space)
  const say = (key: string, values: Record<string, string | number> = {}) => fixed(key, { ...values, lng: language })
  const rich = (key: string, parts: Record<string, ReactNode>) => {
    const count = typeof parts.count === 'number' ? { count: parts.count } : {}
    const text = fixed(key, { ...count, lng: language, skipInterpolation: true })
    return text.split(/\{\{(\w+)\}\}/).map((piece, at) => (at % 2 ? parts[piece] : piece))
  }
  const made = Object.assign(say, { rich, language }) as unknown as Say<WordTable>
  spoken.set(kept, made)
  return made as unknown as Say<Table>
}

export function currentLanguage(): ReaderLanguage {
  return speech.language === 'zh' ? 'zh' : 'en'
}

export function useLanguage(): ReaderLanguage {
  return useSyncExternalStore(subscribe, currentLanguage)
}

function subscribe(tell: () => void): () => void {
  speech.on('languageChanged', tell)
  return () => speech.off('languageChanged', tell)
}

export function speak(language: ReaderLanguage): void {
  keepLanguage(language)
  applyToPage(language)
  void speech.changeLanguage(language)
}

/** By `?lang=`, then what was chosen before, then what the browser asks for. */
function firstLanguage(): ReaderLanguage {
  if (typeof window === 'undefined') return 'en'
  const asked = new URLSearchParams(location.search).get('lang')
  if (asked === 'zh' || asked === 'en') {
    keepLanguage(asked)
    return asked
  }
  const kept = readKept()
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

function keepLanguage(language: ReaderLanguage): void {
  try {
    localStorage.setItem(KEPT_AS, language)
  } catch {
    // A browser that keeps nothing still speaks it until the page is left.
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS)
  } catch {
    return null
  }
}

function applyToPage(language: ReaderLanguage): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en'
}

/** One word as a function of the language: for titles that the shell asks for. */
export function titleOf<Table extends WordTable>(words: Words<Table>, key: keyof Table & string) {
  return (language: ReaderLanguage): string => (sayIn(words, language) as unknown as (key: string) => string)(key)
}
