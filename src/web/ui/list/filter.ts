import type { ReactNode } from 'react'
import type { Search } from '../../lib/address.ts'

export interface Option {
  value: string
  label: string
}

interface Named {
  /** The search parameter, the same in the address and in the API's query. */
  key: string
  label: string
}

/** One of a list's filters; each is shown as a chip that reads as a part of a sentence. */
export type Filter =
  /** Some of a few known values: `kind=company,fund`. */
  | (Named & { kind: 'choice'; options: readonly Option[]; single?: boolean })
  /** Free words, with those to offer: `region=浙江,江苏`. */
  | (Named & { kind: 'words'; offers?: readonly string[]; name?: (value: string) => string })
  /** `true` or `false`, each said in its own words. */
  | (Named & { kind: 'flag'; yes: string; no?: string })
  /** Two parameters, from and to; either may be open. */
  | (Named & { kind: 'range'; from: string; to: string; least: number; most: number })
  /** A value that comes with a link, such as an import's id: it can be removed but not chosen. */
  | (Named & { kind: 'given'; name: (value: string) => string })

export interface Column<Row> {
  key: string
  label: string
  cell: (row: Row) => ReactNode
  /** The API's name for sorting by it, where it can. */
  sort?: string
  align?: 'end'
  /** Shown only when chosen. */
  spare?: boolean
  /** A CSS width that the column prefers. */
  width?: string
  /** Its short text stays in one line: a state, a date. */
  oneLine?: boolean
}

/** The search parameters that a filter owns. */
export const keysOf = (filter: Filter): string[] => (filter.kind === 'range' ? [filter.from, filter.to] : [filter.key])

export const isSet = (filter: Filter, search: Search) => keysOf(filter).some((key) => Boolean(search[key]))

export const valuesOf = (search: Search, key: string): string[] => (search[key] ?? '').split(',').filter(Boolean)
