import { ActionIcon, Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { houseApi } from '#stages/house/api.ts'
import { useFormat } from '../lib/format.ts'
import { noticeInWords } from '../lib/notice-words.ts'
import { useRead, useWrite } from '../lib/query.tsx'
import { useWords } from '../lib/words.ts'
import { useZone } from '../lib/zone.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { Icon } from '../ui/icons.tsx'
import classes from './shell.module.css'
import { appWords } from './words.ts'

const EVERY_MS = 60_000

/** The bell: what the server has to tell me, newest first. */
export function Notices() {
  const say = useWords(appWords)
  const format = useFormat()
  const { caller, slug } = useZone()
  const [opened, setOpened] = useState(false)
  const mine = slug !== '' && caller.role !== 'stranger'
  const { data, error } = useRead(houseApi.notices, { enabled: mine, everyMs: EVERY_MS })
  const readAll = useWrite(houseApi.readNotices)
  if (!mine) return null
  const unread = data?.unread ?? 0
  const label = unread ? say('noticesUnread', { count: unread }) : say('notices')
  return (
    <Popover position="bottom-end" opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          title={label}
          onClick={() => setOpened(!opened)}
        >
          <Icon name="bell" />
          {unread ? <span className={classes.unread}>{unread}</span> : null}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('notices')} className={classes.notices}>
        <h2>{say('notices')}</h2>
        <ErrorNote error={error ?? readAll.refusal} />
        {data?.rows.length ? (
          <ul>
            {data.rows.map((notice) => {
              const subject = noticeInWords(notice.subject, say.language)
              return (
                <li key={notice.id} data-unread={notice.state !== 'read' || undefined}>
                  {notice.link ? <a href={notice.link}>{subject}</a> : <b>{subject}</b>}
                  {notice.body ? <p>{notice.body}</p> : null}
                  <p className="faint">{format.ago(notice.createdAt)}</p>
                </li>
              )
            })}
          </ul>
        ) : (
          <p className="soft">{say('noticesNone')}</p>
        )}
        {unread ? (
          <Button variant="default" size="compact-sm" loading={readAll.isRunning} onClick={() => void readAll.run()}>
            {say('markRead')}
          </Button>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}
