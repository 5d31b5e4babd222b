import { Button, Input, TextInput } from '@mantine/core'
import { useState } from 'react'
import { parseMoney, toDecimal } from '#kit/money.ts'
import { COUNT_FIGURES, MONEY_FIGURES } from '#stages/registry/year-model.ts'
import { type MoneyOnWire, useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { CurrencyField } from '../../ui/form/fields.tsx'
import type { PartedFieldProps } from '../../ui/form/use-form.ts'
import { Icon } from '../../ui/icons.tsx'
import { blankYear, nextYear, type YearDraft } from './year-draft.ts'
import { yearWords } from './year-words.ts'
import classes from './years.module.css'

/** Figures by year: each year is a row of its own, which can be added and removed. */
export function YearsField({
  value,
  onChange,
  errorOf,
  error,
  currency,
}: PartedFieldProps<YearDraft[]> & { currency: string }) {
  const say = useWords(yearWords)
  // A row keeps what is being typed in it when one above it goes.
  const [keys, setKeys] = useState(() => value.map((_, at) => at))
  const add = () => {
    setKeys([...keys, Math.max(-1, ...keys) + 1])
    onChange([...value, blankYear(nextYear(value, new Date()))])
  }
  const remove = (at: number) => {
    setKeys(keys.filter((_, place) => place !== at))
    onChange(value.filter((_, place) => place !== at))
  }
  return (
    <>
      {value.map((year, at) => (
        <YearRow
          key={keys[at]}
          value={year}
          currency={currency}
          errorOf={(part) => errorOf(`${at}.${part}`)}
          onChange={(next) => onChange(value.map((one, place) => (place === at ? next : one)))}
          onRemove={() => remove(at)}
        />
      ))}
      {error && value.every((_, at) => !errorOf(String(at))) ? <Input.Error>{error}</Input.Error> : null}
      <div>
        <Button variant="default" leftSection={<Icon name="plus" size={16} />} onClick={add}>
          {say('add')}
        </Button>
      </div>
    </>
  )
}

interface RowProps {
  value: YearDraft
  currency: string
  errorOf: (part: string) => string | undefined
  onChange: (value: YearDraft) => void
  onRemove: () => void
}

function YearRow({ value, currency: usual, errorOf, onChange, onRemove }: RowProps) {
  const say = useWords(yearWords)
  const said = MONEY_FIGURES.flatMap((figure) => value[figure]?.currency ?? [])[0]
  const [currency, setCurrency] = useState(said ?? usual)
  const { year } = value
  return (
    <fieldset className={classes.year}>
      <legend className="unseen">{year ?? say('year')}</legend>
      <div className={classes.inputs}>
        <CountInput
          label={say('year')}
          value={year}
          error={errorOf('year')}
          onChange={(next) => onChange({ ...value, year: next })}
        />
        {MONEY_FIGURES.map((figure) => (
          <AmountInput
            key={`${figure} ${currency}`}
            label={say(`figure.${figure}`)}
            value={value[figure]}
            currency={currency}
            error={errorOf(figure)}
            onChange={(next) => onChange({ ...value, [figure]: next })}
          />
        ))}
        <CurrencyField
          value={currency}
          onChange={(chosen) => {
            setCurrency(chosen)
            onChange({ ...value, ...inCurrency(value, chosen) })
          }}
        />
        {COUNT_FIGURES.map((figure) => (
          <CountInput
            key={figure}
            label={say(`figure.${figure}`)}
            value={value[figure]}
            error={errorOf(figure)}
            onChange={(next) => onChange({ ...value, [figure]: next })}
          />
        ))}
        <Button
          className={classes.remove}
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={onRemove}
          aria-label={year ? say('remove', { year }) : say('removeBlank')}
        >
          {year ? say('remove', { year }) : say('removeBlank')}
        </Button>
      </div>
    </fieldset>
  )
}

/** The same figures in another currency, as they are written: nothing is converted. */
function inCurrency(value: YearDraft, currency: string): Partial<YearDraft> {
  return Object.fromEntries(
    MONEY_FIGURES.map((figure) => {
      const money = value[figure]
      const parsed = money && parseMoney(toDecimal(BigInt(money.minor), money.currency), currency)
      return [figure, parsed && 'minor' in parsed ? { minor: String(parsed.minor), currency } : null]
    }),
  )
}

interface InputProps<T> {
  label: string
  value: T | null
  error: string | undefined
  onChange: (value: T | null) => void
}

function AmountInput({ label, value, currency, error, onChange }: InputProps<MoneyOnWire> & { currency: string }) {
  const say = useWords(yearWords)
  const format = useFormat()
  const [text, setText] = useState(value ? toDecimal(BigInt(value.minor), value.currency) : '')
  const [wrong, setWrong] = useState(false)
  const read = (next: string) => {
    setText(next)
    const parsed = next.trim() ? parseMoney(next, currency) : null
    setWrong(parsed !== null && !('minor' in parsed))
    if (parsed === null) onChange(null)
    else if ('minor' in parsed) onChange({ minor: String(parsed.minor), currency })
  }
  return (
    <TextInput
      label={label}
      value={text}
      error={wrong ? say('badAmount') : error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={value && !wrong && text !== '' ? `= ${format.money(value)}` : undefined}
      onChange={(event) => read(event.currentTarget.value)}
    />
  )
}

function CountInput({ label, value, error, onChange }: InputProps<number>) {
  const say = useWords(yearWords)
  const [text, setText] = useState(value === null ? '' : String(value))
  const [wrong, setWrong] = useState(false)
  const read = (next: string) => {
    setText(next)
    const plain = next.normalize('NFKC').replaceAll(/[\s,\p{Script=Han}]/gu, '')
    setWrong(plain !== '' && !/^\d+$/.test(plain))
    if (plain === '') onChange(null)
    else if (/^\d+$/.test(plain)) onChange(Number(plain))
  }
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      value={text}
      error={wrong ? say('badNumber') : error}
      onChange={(event) => read(event.currentTarget.value)}
    />
  )
}
