import { ActionIcon, Menu, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { LANGUAGES, type Language } from '#stages/texts.ts'
import { formatWords } from '../../lib/format-words.ts'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../words.ts'
import classes from './form.module.css'
import type { FieldProps } from './use-form.ts'

/** A text by language as the API takes it: `{ zh: '…', en: '…' }`. */
export type TextsByLanguage = Partial<Record<Language, string>>

/** What the API answers (`Texts`, with origins) as what a form edits. */
export function textsToEdit(
  texts: Partial<Record<Language, { text: string } | undefined>> | null | undefined,
): TextsByLanguage {
  return Object.fromEntries(Object.entries(texts ?? {}).map(([language, entry]) => [language, entry?.text ?? '']))
}

interface TextsFieldProps extends FieldProps<TextsByLanguage> {
  label: string
  hint?: string
  required?: boolean
  /** A single line, or a text area of at least so many. */
  lines?: number
  placeholder?: string
}

/** A text in several languages: Chinese and English at hand, others to add. One of them is enough. */
export function TextsField({
  label,
  hint,
  required,
  lines = 1,
  placeholder,
  value,
  onChange,
  error,
  name,
}: TextsFieldProps) {
  const say = useWords(uiWords)
  const sayFormat = useWords(formatWords)
  const id = useId()
  const own = say.language
  const [chosen, choose] = useState<Language | null>(null)
  const at = chosen ?? (value[own] || !Object.values(value).some(Boolean) ? own : firstFilled(value))
  const [added, setAdded] = useState<readonly Language[]>([])
  const first: Language[] = own === 'zh' ? ['zh', 'en'] : ['en', 'zh']
  const shown = LANGUAGES.filter(
    (language) => first.includes(language) || value[language] || added.includes(language),
  ).sort((a, b) => rank(first, a) - rank(first, b))
  const rest = LANGUAGES.filter((language) => !shown.includes(language))
  const nameOf = (language: Language) => sayFormat(`language.${language}`)
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const next = shown[(shown.indexOf(at) + step + shown.length) % shown.length]!
    choose(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  const input = {
    id,
    name,
    error,
    placeholder,
    value: value[at] ?? '',
    lang: at,
    required: required ?? false,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...value, [at]: event.currentTarget.value }),
  }
  return (
    <div className={classes.texts}>
      <div className={classes.textsHead}>
        <label htmlFor={id} className={classes.label}>
          {label}{' '}
          <span className={classes.hint}>
            {nameOf(at)}
            {required ? ` · ${say('required')}` : ''}
          </span>
        </label>
        <div className={classes.languages}>
          <div
            className={classes.languageTabs}
            role="tablist"
            aria-label={`${label}: ${say('texts')}`}
            onKeyDown={onKey}
          >
            {shown.map((language) => (
              <button
                key={language}
                id={`${id}-${language}`}
                type="button"
                role="tab"
                className={classes.language}
                aria-selected={language === at}
                aria-controls={id}
                tabIndex={language === at ? 0 : -1}
                data-filled={value[language] ? true : undefined}
                onClick={() => choose(language)}
              >
                {nameOf(language)}
              </button>
            ))}
          </div>
          {rest.length ? (
            <Menu>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`${label}: ${say('addLanguage')}`}>
                  <Icon name="plus" size={14} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {rest.map((language) => (
                  <Menu.Item
                    key={language}
                    onClick={() => {
                      setAdded([...added, language])
                      choose(language)
                    }}
                  >
                    {nameOf(language)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </div>
      </div>
      {lines > 1 ? <Textarea {...input} minRows={lines} maxRows={20} /> : <TextInput {...input} />}
      {hint ? <p className={classes.hint}>{hint}</p> : null}
    </div>
  )
}

const firstFilled = (value: TextsByLanguage): Language => LANGUAGES.find((language) => value[language]) ?? 'zh'
const rank = (first: readonly Language[], language: Language) => {
  const place = first.indexOf(language)
  return place < 0 ? first.length + LANGUAGES.indexOf(language) : place
}
