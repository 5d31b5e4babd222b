import { useEffect, useState } from 'react'
import { sameValue } from '../../lib/compare.ts'
import type { Refusal } from '../../lib/refusal.ts'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useLanguage } from '../../lib/words.ts'

/** What an input is given for one field. */
export interface FieldProps<T> {
  value: T
  onChange: (value: T) => void
  error: string | undefined
  name: string
}

/** A field that has parts of its own knows which of them is wrong. */
export interface PartedFieldProps<T> extends FieldProps<T> {
  errorOf: (part: string) => string | undefined
}

export interface Form<V extends object> {
  values: V
  /** The fields that differ from how they began. */
  changed: (keyof V & string)[]
  isDirty: boolean
  set<K extends keyof V>(field: K, value: V[K]): void
  /** `<NameInput {...form.field('name')} />`; `error` is what the server says of this field, until it is edited. */
  field<K extends keyof V & string>(name: K): FieldProps<V[K]>
  /** The same for a field of several inputs. */
  parted<K extends keyof V & string>(name: K): PartedFieldProps<V[K]>
  /** Begins anew from other values. */
  begin(values: V): void
  initial: V
}

/**
 * The values of a form, and what a refusal says of each. The server checks; its issues come back to the fields that they
 * name (`identifiers.uscc` to `identifiers`).
 */
export function useForm<V extends object>(initial: V, refusal: Refusal | null = null): Form<V> {
  const language = useLanguage()
  const [state, setState] = useState({ initial, values: initial })
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    setEdited(new Set())
    if (refusal?.issues.length) focusFirstWrong()
  }, [refusal])
  const { values } = state
  const set = <K extends keyof V>(field: K, value: V[K]) => {
    setState((before) => ({ ...before, values: { ...before.values, [field]: value } }))
    setEdited((before) => new Set(before).add(String(field)))
  }
  const errorOf = (name: string, owner = name) => {
    if (edited.has(owner)) return undefined
    const found = refusal?.issues.filter(({ path }) => path === name || path.startsWith(`${name}.`)) ?? []
    return found.length ? found.map((issue) => issueInWords(issue, language)).join('; ') : undefined
  }
  const changed = (Object.keys(values) as (keyof V & string)[]).filter(
    (field) => !sameValue(values[field], state.initial[field]),
  )
  const field = <K extends keyof V & string>(name: K): FieldProps<V[K]> => ({
    name,
    value: values[name],
    onChange: (value) => set(name, value),
    error: errorOf(name),
  })
  return {
    values,
    changed,
    isDirty: changed.length > 0,
    set,
    field,
    parted: (name) => ({ ...field(name), errorOf: (part) => errorOf(`${name}.${part}`, name) }),
    begin: (next) => setState({ initial: next, values: next }),
    initial: state.initial,
  }
}

function focusFirstWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus())
}
