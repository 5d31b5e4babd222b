import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import type { AnyEndpoint } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Empty, ErrorNote } from '../error-note.tsx'
import { Icon } from '../icons.tsx'
import { usePageTitle } from '../page-title.ts'
import { uiWords } from '../words.ts'
import { Chips } from './chips.tsx'
import type { Column } from './filter.ts'
import classes from './list.module.css'
import { ColumnMenu, ExportMenu, shownColumns, ViewMenu } from './list-menus.tsx'
import { ListTable } from './list-table.tsx'
import type { List } from './use-list.ts'
import { WatchMenu } from './watch-menu.tsx'

const TYPING_MS = 250

export interface ListPageProps<Row> {
  /** Under which the reader's saved views are kept: `organisations`. */
  page: string
  title: string
  /** From `useList`. */
  list: List<Row>
  columns: readonly Column<Row>[]
  rowId: (row: Row) => string
  rowName: (row: Row) => string
  rowPath?: (row: Row) => string
  /** What the search box looks through, as its placeholder. */
  searchHint?: string
  /** The page's own buttons; the main one last. */
  actions?: ReactNode
  /** The endpoint that gives the list as a file. */
  exportAs?: AnyEndpoint
  /** What can be done with the selected rows; without it none can be selected. */
  bulk?: (selected: ReadonlySet<string>, clear: () => void) => ReactNode
  /** A chart or map of the same rows, beside the table. */
  picture?: ReactNode
  /** Stands above the table: a note, tabs. */
  above?: ReactNode
  /** What a zone with none of these is told: what they are, what to do first. */
  empty: { title: string; text: ReactNode; action?: ReactNode }
}

/** The pattern of every list. All of its state is in the address. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { page, title, list, columns, rowId, rowName, rowPath, actions, exportAs, bulk, picture, above, empty } = props
  const say = useWords(uiWords)
  const format = useFormat()
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  usePageTitle(title)
  const any = list as unknown as List<unknown>
  const isBare = !list.isLoading && !list.refusal && list.total === 0 && !list.isFiltered
  const clear = () => select(new Set())
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>
          {title}{' '}
          {list.isLoading || list.refusal ? null : (
            <span className={classes.count} role="status">
              {format.number(list.total)}
            </span>
          )}
        </h1>
        <div className={`${classes.actions} unprinted`}>
          {exportAs && list.total > 0 ? <ExportMenu endpoint={exportAs} list={any} /> : null}
          {actions}
        </div>
      </header>
      {above}
      {isBare && !list.hasUsual ? (
        <Empty title={empty.title} action={empty.action}>
          {empty.text}
        </Empty>
      ) : (
        <>
          <div className={`${classes.bar} unprinted`}>
            <SearchBox list={any} hint={props.searchHint ?? say('searchHere')} />
            <Chips list={any} />
            <div className={classes.menus}>
              <WatchMenu page={page} title={title} list={any} />
              <ViewMenu page={page} list={any} />
              <ColumnMenu columns={columns} list={list} />
            </div>
          </div>
          <ErrorNote error={list.refusal} retry={list.retry} />
          <div className={picture ? classes.split : undefined}>
            {picture ? <div className={classes.picture}>{picture}</div> : null}
            <div className={classes.frame}>
              {list.refusal ? null : (
                <ListTable
                  title={title}
                  list={list}
                  columns={shownColumns(columns, list.search.cols)}
                  rowId={rowId}
                  rowName={rowName}
                  {...(rowPath ? { rowPath } : {})}
                  {...(bulk ? { selected, select } : {})}
                />
              )}
              {list.isLoading || list.refusal || list.total > 0 ? null : isBare ? (
                <Empty title={empty.title} action={empty.action}>
                  {empty.text}
                </Empty>
              ) : (
                <Empty
                  title={say('nothingFits')}
                  action={
                    <Button variant="default" onClick={list.clear}>
                      {say('clearFilters')}
                    </Button>
                  }
                >
                  {say('nothingFitsTip')}
                </Empty>
              )}
            </div>
          </div>
          <Paging list={any} />
        </>
      )}
      {bulk && selected.size ? (
        <section className={`${classes.bulk} unprinted`} aria-label={say('selected', { count: selected.size })}>
          <span>{say('selected', { count: selected.size })}</span>
          {bulk(selected, clear)}
          <Button variant="subtle" color="gray" size="compact-sm" onClick={clear}>
            {say('clearSelection')}
          </Button>
        </section>
      ) : null}
    </div>
  )
}

function SearchBox({ list, hint }: { list: List<unknown>; hint: string }) {
  const said = list.search.q ?? ''
  const [text, setText] = useState(said)
  useEffect(() => setText(said), [said])
  const search = useDebouncedCallback((value: string) => list.set({ q: value.trim() }), TYPING_MS)
  const say = useWords(uiWords)
  const change = (value: string) => {
    setText(value)
    search(value)
  }
  return (
    <TextInput
      className={classes.search}
      type="search"
      size="xs"
      data-list-search
      aria-label={hint}
      placeholder={hint}
      title={say('listKeys')}
      leftSection={<Icon name="search" size={16} />}
      rightSection={text ? <CloseButton size="sm" aria-label={say('clearFilters')} onClick={() => change('')} /> : null}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function Paging({ list }: { list: List<unknown> }) {
  const say = useWords(uiWords)
  const format = useFormat()
  if (list.isLoading || list.total === 0) return null
  const from = (list.page - 1) * list.size + 1
  const to = Math.min(list.total, list.page * list.size)
  const pages = Math.ceil(list.total / list.size)
  const words = { from: format.number(from), to: format.number(to), total: format.number(list.total) }
  const turn = (page: number) => list.set({ page: page > 1 ? String(page) : undefined })
  return (
    <nav className={`${classes.paging} unprinted`} aria-label={say('pages')}>
      <span className="soft figures">{say('pageOf', words)}</span>
      {pages > 1 ? (
        <>
          <ActionIcon
            variant="default"
            disabled={list.page <= 1}
            aria-label={say('previousPage')}
            onClick={() => turn(list.page - 1)}
          >
            <Icon name="chevronLeft" />
          </ActionIcon>
          <ActionIcon
            variant="default"
            disabled={list.page >= pages}
            aria-label={say('nextPage')}
            onClick={() => turn(list.page + 1)}
          >
            <Icon name="chevronRight" />
          </ActionIcon>
        </>
      ) : null}
    </nav>
  )
}
