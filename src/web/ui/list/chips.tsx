import { Button, Menu, Popover, Skeleton } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../icons.tsx'
import { uiWords } from '../words.ts'
import { type Filter, isSet, valuesOf } from './filter.ts'
import classes from './list.module.css'
import type { List } from './use-list.ts'

type AnyList = List<unknown>
/** The inputs of filters are fetched when the first filter is opened. */
const Editor = lazy(() => import('./filter-editor.tsx'))

/** The filters that are set, each as a part of a sentence, and one button for those that are not. */
export function Chips({ list }: { list: AnyList }) {
  const say = useWords(uiWords)
  // A filter just chosen stands open before it has a value.
  const [opened, setOpened] = useState<string | null>(null)
  const shown = list.filters.filter((filter) => isSet(filter, list.search) || filter.key === opened)
  const rest = list.filters.filter((filter) => filter.kind !== 'given' && !shown.includes(filter))
  return (
    <div className={classes.chips}>
      {shown.map((filter) => (
        <Chip
          key={filter.key}
          filter={filter}
          list={list}
          opened={opened === filter.key}
          setOpened={(open) => setOpened(open ? filter.key : null)}
        />
      ))}
      {rest.length ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<Icon name="filter" size={16} />}>
              {say(shown.length ? 'addFilter' : 'filter')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((filter) => (
              <Menu.Item key={filter.key} onClick={() => setOpened(filter.key)}>
                {filter.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {list.isFiltered ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={list.clear}>
          {say('clearFilters')}
        </Button>
      ) : null}
    </div>
  )
}

interface ChipProps {
  filter: Filter
  list: AnyList
  opened: boolean
  setOpened: (open: boolean) => void
}

function Chip({ filter, list, opened, setOpened }: ChipProps) {
  const say = useWords(uiWords)
  const sentence = useSentence()(filter, list.search)
  const keys = filter.kind === 'range' ? [filter.from, filter.to] : [filter.key]
  const remove = () => {
    setOpened(false)
    list.set(Object.fromEntries(keys.map((key) => [key, undefined])))
  }
  return (
    <span className={classes.chip}>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        trapFocus
        returnFocus
        disabled={filter.kind === 'given'}
      >
        <Popover.Target>
          <button type="button" className={classes.chipText} onClick={() => setOpened(!opened)}>
            {sentence}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={filter.label}>
          <Suspense fallback={<Skeleton height={36} width={240} />}>
            <Editor filter={filter} list={list} close={() => setOpened(false)} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={classes.chipRemove}
        onClick={remove}
        aria-label={say('removeFilter', { label: filter.label })}
      >
        <Icon name="close" size={14} />
      </button>
    </span>
  )
}

/** `kind is company or fund`; only the label while nothing is chosen yet. */
function useSentence(): (filter: Filter, search: Record<string, string>) => ReactNode {
  const say = useWords(uiWords)
  const format = useFormat()
  return (filter, search) => {
    if (filter.kind === 'flag') {
      const value = search[filter.key]
      if (!value) return filter.label
      return <b>{value === 'true' ? filter.yes : (filter.no ?? `${filter.label} ${say('no')}`)}</b>
    }
    if (filter.kind === 'range') {
      const from = search[filter.from]
      const to = search[filter.to]
      const bounds =
        from && to
          ? say('between', { from, to })
          : from
            ? say('atLeast', { from })
            : to
              ? say('atMost', { to })
              : undefined
      return bounds ? (
        <>
          {filter.label} <b>{bounds}</b>
        </>
      ) : (
        filter.label
      )
    }
    const names = valuesOf(search, filter.key).map((value) => nameOf(filter, value))
    return names.length ? (
      <>
        {filter.label} {say('is')} <b>{format.list(names, 'or')}</b>
      </>
    ) : (
      filter.label
    )
  }
}

function nameOf(filter: Filter, value: string): string {
  if (filter.kind === 'choice') return filter.options.find((option) => option.value === value)?.label ?? value
  if (filter.kind === 'given' || filter.kind === 'words') return filter.name?.(value) ?? value
  return value
}
