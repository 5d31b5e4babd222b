import type { AnswerOf, QuerySent } from '#http/contract.ts'
import { type Search, useAddress } from '../../lib/address.ts'
import type { AnyEndpoint } from '../../lib/client.ts'
import { type ReadArgs, useRead } from '../../lib/query.tsx'
import type { Refusal } from '../../lib/refusal.ts'
import { type Filter, isSet, keysOf } from './filter.ts'

/** In the address where the reader has taken a usual filter away. */
const ANY = 'any'

/** A row of the list that an endpoint answers. */
export type RowOf<E> = AnswerOf<E> extends { rows: (infer Row)[] } ? Row : never

export interface List<Row> {
  rows: Row[] | undefined
  total: number
  page: number
  size: number
  isLoading: boolean
  /** The rows are of the former filters, until the new ones are there. */
  isStale: boolean
  refusal: Refusal | null
  retry: () => void
  search: Search
  filters: readonly Filter[]
  isFiltered: boolean
  /** Some filters are on by themselves, so an empty list may still hide rows. */
  hasUsual: boolean
  sort: string
  order: 'asc' | 'desc'
  /** The endpoint's query without page and size: for an export of all that the filters leave. */
  query: Record<string, string>
  /** Changes the address; back to page 1 unless it is the page that changes. */
  set: (changes: Record<string, string | undefined>) => void
  clear: () => void
}

export interface ListOptions<E> {
  filters: readonly Filter[]
  /** What is sorted by at first. */
  sort: NonNullable<QuerySent<E> extends { sort?: infer Sort } ? Sort : string>
  order?: 'asc' | 'desc'
  params?: Record<string, string>
  /** Parts of the query that do not stand in the address. */
  fixed?: Record<string, string>
  /** Filters that are on until the reader sets them otherwise: what waits comes first. */
  usual?: Record<string, string>
}

/** A list whose whole state is in the address: search, filters, sort, page. For `ListPage`. */
export function useList<E extends AnyEndpoint>(endpoint: E, options: ListOptions<E>): List<RowOf<E>> {
  const { filters, fixed, params } = options
  const { search: said, set } = useAddress()
  const { usual = {} } = options
  const search: Search = Object.fromEntries(
    Object.entries({ ...usual, ...said }).filter(([key, value]) => !(key in usual && value === ANY)),
  )
  const sort = search.sort ?? String(options.sort)
  const order = search.order === 'asc' || search.order === 'desc' ? search.order : (options.order ?? 'asc')
  const query: Record<string, string> = { ...fixed, sort, order }
  for (const key of ['q', ...filters.flatMap(keysOf)]) if (search[key]) query[key] = search[key]
  const asked = { ...query, ...(search.page ? { page: search.page } : {}) }
  const { data, isPending, isPlaceholderData, error, refetch } = useRead(endpoint, {
    params,
    query: asked,
    keep: true,
  } as unknown as ReadArgs<E>)
  const answer = data as { rows: RowOf<E>[]; total: number; page: number; size: number } | undefined
  const none = Object.fromEntries(['q', 'page', ...filters.flatMap(keysOf)].map((key) => [key, undefined]))
  return {
    rows: answer?.rows,
    total: answer?.total ?? 0,
    page: answer?.page ?? 1,
    size: answer?.size ?? 50,
    isLoading: isPending,
    isStale: isPlaceholderData,
    refusal: error,
    retry: () => void refetch(),
    search,
    filters,
    isFiltered: Boolean(said.q) || filters.some((filter) => isSet(filter, said)),
    hasUsual: Object.keys(usual).length > 0,
    sort,
    order,
    query,
    set: (changes) => {
      const told = Object.entries(changes).map(([key, value]) => [key, key in usual && !value ? ANY : value])
      set({ page: undefined, ...Object.fromEntries(told) })
    },
    clear: () => set(none),
  }
}
