import { Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { minorDigits, parseMoney, toDecimal } from '#kit/money.ts'
import { type MoneyOnWire, useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'
import classes from './form.module.css'
import type { FieldProps } from './use-form.ts'

interface Labelled {
  label: string
  hint?: string | undefined
  required?: boolean
  placeholder?: string
}

/** A line of text. Empty is `''`, or `null` where the field may be null. */
export function TextField<T extends string | null>(
  props: Labelled & FieldProps<T> & { lines?: number; type?: string; autoComplete?: string },
) {
  const { label, hint, required, placeholder, value, onChange, error, name, lines = 1, type, autoComplete } = props
  const shared = {
    label,
    name,
    error,
    placeholder,
    description: hint,
    required: required ?? false,
    withAsterisk: false,
    value: value ?? '',
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value as T),
  }
  if (lines > 1) return <Textarea {...shared} minRows={lines} maxRows={20} />
  return <TextInput {...shared} {...(type ? { type } : {})} {...(autoComplete ? { autoComplete } : {})} />
}

/** One of a few known values. */
export function ChoiceField<T extends string>(
  props: Labelled & FieldProps<T | null> & { options: readonly { value: T; label: string }[]; clearable?: boolean },
) {
  const { label, hint, required, placeholder, value, onChange, error, name, options, clearable = false } = props
  return (
    <Select
      label={label}
      name={name}
      error={error}
      placeholder={placeholder}
      description={hint}
      required={required ?? false}
      withAsterisk={false}
      clearable={clearable}
      allowDeselect={false}
      data={[...options]}
      value={value}
      onChange={(chosen) => onChange(chosen as T | null)}
    />
  )
}

/** Short free words, one after another. */
export function TagsField(props: Labelled & FieldProps<string[]> & { offers?: readonly string[] }) {
  const say = useWords(uiWords)
  const { label, hint, value, onChange, error, name, offers = [] } = props
  return (
    <TagsInput
      label={label}
      name={name}
      error={error}
      description={hint ?? say('tagsTip')}
      data={[...offers]}
      value={value}
      onChange={onChange}
    />
  )
}

/** A whole number. */
export function NumberField(
  props: Labelled & FieldProps<number | null> & { least?: number; most?: number; suffix?: string },
) {
  const { label, hint, value, onChange, error, name, suffix } = props
  const [text, setText] = useState(value === null ? '' : String(value))
  const change = (next: string) => {
    setText(next)
    const plain = next.normalize('NFKC').replaceAll(/[\s,，]/g, '')
    if (!plain) onChange(null)
    else if (/^-?\d+(\.\d+)?$/.test(plain)) onChange(Number(plain))
  }
  return (
    <TextInput
      label={label}
      name={name}
      error={error}
      description={hint}
      inputMode="numeric"
      rightSection={suffix ? <span className="faint">{suffix}</span> : undefined}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

const CURRENCIES = ['CNY', 'EUR', 'USD', 'HKD', 'MOP', 'GBP', 'JPY']

/** A currency: the usual ones, and the one that stands. */
export function CurrencyField({ value, onChange }: { value: string; onChange: (currency: string) => void }) {
  const say = useWords(uiWords)
  return (
    <Select
      label={say('currency')}
      data={CURRENCIES.includes(value) ? CURRENCIES : [value, ...CURRENCIES]}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  )
}

/** An amount as people write it (`300万`, `3,000,000`), read at once and shown as it was understood. */
export function MoneyField(props: Labelled & FieldProps<MoneyOnWire | null> & { currency: string }) {
  const say = useWords(uiWords)
  const format = useFormat()
  const { label, hint, value, onChange, error, name } = props
  const [currency, setCurrency] = useState(value?.currency ?? props.currency)
  const [text, setText] = useState(value ? toDecimal(BigInt(value.minor), value.currency) : '')
  const [wrong, setWrong] = useState<string | undefined>()
  const read = (next: string, of: string) => {
    setText(next)
    if (!next.trim()) {
      setWrong(undefined)
      return onChange(null)
    }
    const parsed = parseMoney(next, of)
    if ('minor' in parsed) {
      setWrong(undefined)
      return onChange({ minor: parsed.minor.toString(), currency: of })
    }
    setWrong(parsed.rule === 'precision' ? say('moneyFine', { digits: minorDigits(of) ?? 2 }) : say('moneyBad'))
  }
  return (
    <div className={classes.money}>
      <TextInput
        label={label}
        name={name}
        inputMode="text"
        error={wrong ?? error}
        description={value && !wrong ? `= ${format.moneyExact(value)}` : (hint ?? say('moneyTip'))}
        value={text}
        onChange={(event) => read(event.currentTarget.value, currency)}
      />
      <CurrencyField
        value={currency}
        onChange={(chosen) => {
          setCurrency(chosen)
          read(text, chosen)
        }}
      />
    </div>
  )
}

/** A day. With `partial` it may be known only to its year or month. */
export function DateField(props: Labelled & FieldProps<string | null> & { partial?: boolean }) {
  const say = useWords(uiWords)
  const { label, hint, required, value, onChange, error, name, partial = false } = props
  return (
    <TextInput
      label={label}
      name={name}
      error={error}
      description={hint ?? (partial ? say('dateTip') : undefined)}
      required={required ?? false}
      withAsterisk={false}
      type={partial ? 'text' : 'date'}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** A readiness level, each of the nine by its name. */
export function TrlField(props: Labelled & FieldProps<number | null> & { least?: number }) {
  const say = useWords(uiWords)
  const format = useFormat()
  const { label, hint, value, onChange, error, name, least = 1 } = props
  return (
    <Select
      label={label}
      name={name}
      error={error}
      description={hint}
      clearable
      placeholder={say('trlNone')}
      data={LEVELS.filter((level) => level >= least).map((level) => ({
        value: String(level),
        label: format.trl(level),
      }))}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
      maxDropdownHeight={360}
    />
  )
}
