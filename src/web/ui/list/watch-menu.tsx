import { Button, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { mayWatch } from '#stages/watch/access.ts'
import { watchApi } from '#stages/watch/api.ts'
import { LISTS, NAME_LENGTH_MAX } from '#stages/watch/model.ts'
import { stringifySearch } from '../../lib/address.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../error-note.tsx'
import { Go } from '../go.tsx'
import { Icon } from '../icons.tsx'
import { tell } from '../toasts.tsx'
import { uiWords } from '../words.ts'
import classes from './list.module.css'
import type { List } from './use-list.ts'

const OF_THE_PAGE = ['page', 'why', 'lang']
const OF_THE_ORDER = ['sort', 'order']

/** Keeps the search as it stands under a name, and tells the reader of whatever newly fits it. */
export function WatchMenu({ page, title, list }: { page: string; title: string; list: List<unknown> }) {
  const say = useWords(uiWords)
  const { caller } = useZone()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const add = useWrite(watchApi.addWatch)
  const kind = LISTS.find((one) => one === page)
  if (!kind || !mayWatch(caller)) return null
  const open = () => {
    setName([list.query.q, title].filter(Boolean).join(' · '))
    add.clear()
    setOpened(true)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const query = Object.fromEntries(Object.entries(list.query).filter(([key]) => !OF_THE_ORDER.includes(key)))
    const kept = Object.entries(list.search).filter(([key]) => !OF_THE_PAGE.includes(key))
    await add.run({ body: { kind, name, query, search: stringifySearch(Object.fromEntries(kept)) } })
    setOpened(false)
    tell(say('watched', { name }))
  }
  return (
    <Popover position="bottom-end" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Icon name="bell" size={16} />}
          onClick={() => (opened ? setOpened(false) : open())}
        >
          {say('watch')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('watch')} className={classes.views}>
        <p className="soft">{say('watchTell')}</p>
        <form onSubmit={(event) => void save(event).catch(() => undefined)} className={classes.saveView}>
          <TextInput
            size="xs"
            required
            maxLength={NAME_LENGTH_MAX}
            aria-label={say('watchName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" loading={add.isRunning}>
            {say('watchSave')}
          </Button>
        </form>
        <ErrorNote error={add.refusal} />
        <p className={classes.watches}>
          <Go to="/watches">{say('watchAll')}</Go>
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}
