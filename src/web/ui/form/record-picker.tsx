import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'

const TYPING_MS = 200

/** A record as a picker knows it. */
export interface Picked {
  id: string
  name: string
  /** A second, quieter line: place, kind. */
  hint?: string
}

interface PickerProps {
  label: string
  hint?: string
  error?: string | undefined
  required?: boolean
  /** Under which the found records are kept: `organisations`. */
  what: string
  /** Asks the server for records by name. */
  find: (words: string, signal: AbortSignal) => Promise<Picked[]>
}

function useFound({ what, find }: PickerProps, chosen: readonly Picked[]) {
  const [words, setWords] = useState('')
  const [settled] = useDebouncedValue(words, TYPING_MS)
  const { data = [], isFetching } = useQuery({
    queryKey: ['picker', what, settled],
    queryFn: ({ signal }) => find(settled, signal),
    placeholderData: keepPreviousData,
  })
  const known = new Map([...chosen, ...data].map((record) => [record.id, record]))
  const options = [...known.values()].map(({ id, name, hint }) => ({
    value: id,
    label: hint ? `${name} · ${hint}` : name,
  }))
  return { words, setWords, known, options, isFetching }
}

/** Several records, found by name. */
export function RecordsField(
  props: PickerProps & { value: readonly Picked[]; onChange: (value: Picked[]) => void; most?: number },
) {
  const { label, hint, error, required, value, onChange, most } = props
  const say = useWords(uiWords)
  const { words, setWords, known, options } = useFound(props, value)
  return (
    <MultiSelect
      label={label}
      description={hint}
      error={error}
      required={required ?? false}
      withAsterisk={false}
      placeholder={value.length ? '' : say('pickSearch')}
      data={options}
      filter={({ options: all }) => all}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      nothingFoundMessage={say('pickNone')}
      {...(most ? { maxValues: most } : {})}
      value={value.map(({ id }) => id)}
      onChange={(ids) => onChange(ids.map((id) => known.get(id)).filter((record) => record !== undefined))}
    />
  )
}

/** One record, found by name. */
export function RecordField(props: PickerProps & { value: Picked | null; onChange: (value: Picked | null) => void }) {
  const { label, hint, error, required, value, onChange } = props
  const say = useWords(uiWords)
  const { setWords, known, options } = useFound(props, value ? [value] : [])
  return (
    <Select
      label={label}
      description={hint}
      error={error}
      required={required ?? false}
      withAsterisk={false}
      placeholder={say('pickSearch')}
      data={options}
      filter={({ options: all }) => all}
      searchable
      clearable
      onSearchChange={setWords}
      nothingFoundMessage={say('pickNone')}
      value={value?.id ?? null}
      onChange={(id) => onChange(id ? (known.get(id) ?? null) : null)}
    />
  )
}
