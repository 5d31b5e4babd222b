import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { useGo } from '../lib/address.ts'
import type { Found } from '../lib/stage.ts'
import { useTerm } from '../lib/terms.ts'
import { useWords } from '../lib/words.ts'
import { useZone } from '../lib/zone.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import classes from './finder.module.css'
import { STAGES } from './stages.ts'
import { appWords } from './words.ts'

const NAV = STAGES.flatMap((stage) => stage.nav ?? [])
const FINDERS = STAGES.flatMap((stage) => stage.finders ?? [])
const TYPING_MS = 150

/** Finds pages by their name, and records through the API; the arrows choose, Enter goes. */
export function FinderDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const say = useWords(appWords)
  return (
    <Modal opened={opened} onClose={close} title={say('findHint')} yOffset="12vh" size={640} centered={false}>
      <FinderBody close={close} />
    </Modal>
  )
}

function FinderBody({ close }: { close: () => void }) {
  const say = useWords(appWords)
  const go = useGo()
  const term = useTerm()
  const id = useId()
  const [words, setWords] = useState('')
  const [chosen, choose] = useState(0)
  const groups = useFound(words)
  const rows = groups.flatMap((group) => group.rows)
  const at = Math.min(chosen, Math.max(0, rows.length - 1))
  const open = (row: Found) => {
    close()
    go(row.path)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step && rows.length) {
      choose((at + step + rows.length) % rows.length)
      event.preventDefault()
    }
    const row = rows[at]
    if (event.key === 'Enter' && row) open(row)
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={rows[at] ? `${id}-${at}` : undefined}
        aria-label={say('findHint')}
        placeholder={say('findHint')}
        leftSection={<Icon name="search" size={16} />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          choose(0)
        }}
        onKeyDown={onKey}
      />
      <div id={id} role="listbox" aria-label={say('find')} className={classes.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a list box is divided by groups, not by fieldsets
          <div key={group.key} role="group" aria-label={group.title}>
            <p className={classes.group}>{group.title}</p>
            {group.rows.map((row) => {
              const place = rows.indexOf(row)
              return (
                <div
                  key={row.id}
                  id={`${id}-${place}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={place === at}
                  className={classes.row}
                  onMouseMove={() => choose(place)}
                  onClick={() => open(row)}
                  onKeyDown={onKey}
                >
                  <Icon name={row.icon as IconName} size={16} />
                  <span className={classes.title}>{term(row.title)}</span>
                  {row.hint ? <span className={classes.hint}>{term(row.hint)}</span> : null}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {rows.length ? null : (
        <p className="soft" role="status">
          {words.trim() ? say('findNothing', { words }) : say('findStart')}
        </p>
      )}
    </>
  )
}

function useFound(words: string) {
  const say = useWords(appWords)
  const { slug, caller } = useZone()
  const [settled] = useDebouncedValue(words.trim(), TYPING_MS)
  const finders = FINDERS.filter((finder) => finder.may(caller))
  const answers = useQueries({
    queries: finders.map((finder) => ({
      queryKey: ['finder', slug, finder.key, settled],
      queryFn: ({ signal }: { signal: AbortSignal }) => finder.find(slug, settled, signal),
      enabled: settled !== '',
      placeholderData: keepPreviousData,
    })),
  })
  const folded = words.trim().toLowerCase()
  const pages: Found[] = NAV.filter((entry) => entry.may(caller))
    .map((entry) => ({ id: entry.path, title: entry.title(say.language), path: entry.path, icon: entry.icon }))
    .filter((row) => row.title.toLowerCase().includes(folded) || row.path.includes(folded))
  const found = finders.map((finder, at) => ({
    key: finder.key,
    title: finder.title(say.language),
    rows: settled ? (answers[at]?.data ?? []) : [],
  }))
  return [...found, { key: 'pages', title: say('pages'), rows: pages }].filter((group) => group.rows.length)
}
