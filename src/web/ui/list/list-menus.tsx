import { ActionIcon, Button, Checkbox, Menu, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isMember } from '#stages/caller.ts'
import { houseApi } from '#stages/house/api.ts'
import { parseSearch, stringifySearch } from '../../lib/address.ts'
import { type AnyEndpoint, downloadAddress } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../error-note.tsx'
import { Icon } from '../icons.tsx'
import { tell } from '../toasts.tsx'
import { uiWords } from '../words.ts'
import type { Column } from './filter.ts'
import classes from './list.module.css'
import type { List } from './use-list.ts'

/** Which columns the address asks for, or those that stand there at first. */
export function shownColumns<Row>(columns: readonly Column<Row>[], chosen: string | undefined): Column<Row>[] {
  if (!chosen) return columns.filter((column) => !column.spare)
  const keys = chosen.split(',')
  return columns.filter((column, at) => at === 0 || keys.includes(column.key))
}

export function ColumnMenu<Row>({ columns, list }: { columns: readonly Column<Row>[]; list: List<Row> }) {
  const say = useWords(uiWords)
  const shown = shownColumns(columns, list.search.cols).map((column) => column.key)
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={say('columns')} title={say('columns')}>
          <Icon name="columns" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('columns')}>
        <Checkbox.Group value={shown} onChange={(keys) => list.set({ cols: keys.join(','), page: list.search.page })}>
          <div className={classes.options}>
            {columns.slice(1).map((column) => (
              <Checkbox key={column.key} value={column.key} label={column.label} />
            ))}
          </div>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The whole of what the filters leave, as a file. */
export function ExportMenu({ endpoint, list }: { endpoint: AnyEndpoint; list: List<unknown> }) {
  const say = useWords(uiWords)
  const format = useFormat()
  const { slug } = useZone()
  const address = (as: 'xlsx' | 'csv') =>
    downloadAddress(endpoint, { params: { zone: slug }, query: { ...list.query, format: as, language: say.language } })
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="export" size={16} />}>
          {say('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('exportAll', { count: format.number(list.total) })}</Menu.Label>
        <Menu.Item component="a" href={address('xlsx')} download>
          {say('exportXlsx')}
        </Menu.Item>
        <Menu.Item component="a" href={address('csv')} download>
          {say('exportCsv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const isOfView = (key: string) => key !== 'page' && key !== 'why' && key !== 'lang'

/** Filters, sort and columns that the reader keeps under a name. */
export function ViewMenu({ page, list }: { page: string; list: List<unknown> }) {
  const say = useWords(uiWords)
  const here = useZone()
  const [name, setName] = useState('')
  const [opened, setOpened] = useState(false)
  const views = useRead(houseApi.views, { enabled: opened && isMember(here.caller) })
  const saveView = useWrite(houseApi.saveView)
  const removeView = useWrite(houseApi.removeView)
  if (!isMember(here.caller)) return null
  const mine = (views.data?.rows ?? []).filter((view) => view.page === page)
  const search = stringifySearch(Object.fromEntries(Object.entries(list.search).filter(([key]) => isOfView(key))))
  const open = (text: string) => {
    const gone = Object.fromEntries(Object.keys(list.search).map((key) => [key, undefined]))
    list.set({ ...gone, ...parseSearch(text) })
    setOpened(false)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    await saveView.run({ body: { page, name, search } })
    setName('')
  }
  const remove = async (view: { id: string; name: string; search: string }) => {
    await removeView.run({ params: { view: view.id } })
    tell(say('viewRemoved', { name: view.name }), {
      undo: () => saveView.run({ body: { page, name: view.name, search: view.search } }),
    })
  }
  return (
    <Popover position="bottom-end" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Icon name="view" size={16} />}
          onClick={() => setOpened(!opened)}
        >
          {say('views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('views')} className={classes.views}>
        {mine.length ? (
          <ul>
            {mine.map((view) => (
              <li key={view.id}>
                <button type="button" className={classes.viewName} onClick={() => open(view.search)}>
                  {view.name}
                </button>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={say('removeView', { name: view.name })}
                  onClick={() => void remove(view)}
                >
                  <Icon name="trash" size={16} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        ) : (
          <p className="soft">{say('noViews')}</p>
        )}
        <form onSubmit={(event) => void save(event)} className={classes.saveView}>
          <TextInput
            size="xs"
            required
            maxLength={80}
            aria-label={say('viewName')}
            placeholder={say('viewName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" loading={saveView.isRunning}>
            {say('saveView')}
          </Button>
        </form>
        <ErrorNote error={views.error ?? saveView.refusal ?? removeView.refusal} />
      </Popover.Dropdown>
    </Popover>
  )
}
