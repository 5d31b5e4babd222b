import { Checkbox, Skeleton } from '@mantine/core'
import { useRef } from 'react'
import { useWords } from '../../lib/words.ts'
import { Go } from '../go.tsx'
import { Icon } from '../icons.tsx'
import { uiWords } from '../words.ts'
import type { Column } from './filter.ts'
import classes from './list.module.css'
import { useListKeys } from './list-keys.ts'
import type { List } from './use-list.ts'

const SKELETON_ROWS = 10

export interface TableProps<Row> {
  title: string
  list: List<Row>
  columns: readonly Column<Row>[]
  rowId: (row: Row) => string
  /** What the row is called: its link's text, and what a reader of the screen hears. */
  rowName: (row: Row) => string
  /** Where the row's page is, as a path of the zone. */
  rowPath?: (row: Row) => string
  selected?: ReadonlySet<string>
  select?: (ids: ReadonlySet<string>) => void
}

/** The narrow layout takes a table's own roles away, so they are said aloud. */
const as = (role: string) => ({ role })

/** The table of a list: sorted by its headings, walked by j and k, and a pile of cards on a narrow screen. */
export function ListTable<Row>({ title, list, columns, rowId, rowName, rowPath, selected, select }: TableProps<Row>) {
  const say = useWords(uiWords)
  const body = useRef<HTMLTableSectionElement>(null)
  useListKeys(body)
  const rows = list.rows ?? []
  const ids = rows.map(rowId)
  const allSelected = ids.length > 0 && ids.every((id) => selected?.has(id))
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    select?.(next)
  }
  const toggleAll = () => {
    const next = new Set(selected)
    for (const id of ids) allSelected ? next.delete(id) : next.add(id)
    select?.(next)
  }
  return (
    <table
      className={classes.table}
      {...as('table')}
      aria-label={say('list', { title })}
      aria-busy={list.isLoading || list.isStale}
    >
      <thead {...as('rowgroup')}>
        <tr {...as('row')}>
          {select ? (
            <th {...as('columnheader')} scope="col" className={classes.pick}>
              <Checkbox
                size="xs"
                aria-label={say('selectAll')}
                checked={allSelected}
                indeterminate={!allSelected && ids.some((id) => selected?.has(id))}
                onChange={toggleAll}
              />
            </th>
          ) : null}
          {columns.map((column) => (
            <Heading key={column.key} column={column as Column<unknown>} list={list as List<unknown>} />
          ))}
        </tr>
      </thead>
      <tbody {...as('rowgroup')} ref={body} data-stale={list.isStale || undefined}>
        {list.isLoading ? <SkeletonRows count={columns.length + (select ? 1 : 0)} /> : null}
        {rows.map((row) => {
          const id = rowId(row)
          const name = rowName(row)
          return (
            <tr key={id} {...as('row')} data-selected={selected?.has(id) || undefined}>
              {select ? (
                <td {...as('cell')} className={classes.pick}>
                  <Checkbox
                    size="xs"
                    data-row-pick
                    aria-label={say('select', { name })}
                    checked={selected?.has(id) ?? false}
                    onChange={() => toggle(id)}
                  />
                </td>
              ) : null}
              {columns.map((column, at) => (
                <td
                  key={column.key}
                  {...as('cell')}
                  data-label={column.label}
                  data-align={column.align}
                  data-main={at === 0 || undefined}
                  data-one-line={column.oneLine || column.align === 'end' || undefined}
                >
                  {at === 0 && rowPath ? (
                    <Go to={rowPath(row)} quiet data-row-link>
                      {column.cell(row)}
                    </Go>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Heading({ column, list }: { column: Column<unknown>; list: List<unknown> }) {
  const say = useWords(uiWords)
  const width = column.width ? { width: column.width } : {}
  const { sort } = column
  if (!sort)
    return (
      <th {...as('columnheader')} scope="col" data-align={column.align} style={width}>
        {column.label}
      </th>
    )
  const isSorted = list.sort === sort
  const next = isSorted && list.order === 'asc' ? 'desc' : 'asc'
  return (
    <th
      {...as('columnheader')}
      scope="col"
      data-align={column.align}
      style={width}
      aria-sort={isSorted ? (list.order === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        className={classes.sort}
        data-on={isSorted || undefined}
        title={say('sortBy', { label: column.label })}
        onClick={() => list.set({ sort, order: next })}
      >
        {column.label}
        <Icon name={isSorted ? (list.order === 'asc' ? 'arrowUp' : 'arrowDown') : 'sort'} size={14} />
      </button>
    </th>
  )
}

function SkeletonRows({ count }: { count: number }) {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows that stand for what is not there yet
    <tr key={row} {...as('row')} aria-hidden>
      {Array.from({ length: count }, (_, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <td key={cell} {...as('cell')}>
          <Skeleton height={12} width={cell === 0 ? '80%' : '50%'} />
        </td>
      ))}
    </tr>
  ))
}
