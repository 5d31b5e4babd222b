import { Button, Skeleton } from '@mantine/core'
import { houseApi } from '#stages/house/api.ts'
import { useFormat } from '../../lib/format.ts'
import { noticeInWords } from '../../lib/notice-words.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Empty, ErrorNote, Note } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { tell } from '../../ui/toasts.tsx'
import classes from './house.module.css'
import { houseTitles } from './titles.ts'
import { houseWords } from './words.ts'

const STATES = ['waiting', 'sent', 'failed'] as const

export function Outbox() {
  const say = useWords(houseWords)
  const title = useWords(houseTitles)('outbox')
  const format = useFormat()
  const { data, error, isPending, refetch } = useRead(houseApi.outbox)
  usePageTitle(title)
  const stateOf = (state: string) => {
    const known = STATES.find((one) => one === state)
    return known ? say(`letter.${known}`) : say('letter.other', { state })
  }
  const copy = async (link: string) => {
    await navigator.clipboard.writeText(link)
    tell(say('linkCopied'))
  }
  return (
    <div className={classes.page}>
      <header>
        <h1>{title}</h1>
        <p className="soft">{say('outboxTell')}</p>
      </header>
      {data && !data.mailServer && data.rows.length ? <Note>{say('noMailServer')}</Note> : null}
      <ErrorNote error={error} retry={() => void refetch()} />
      {isPending ? <Skeleton height={200} /> : null}
      {data && !data.rows.length ? <Empty title={say('emptyOutbox')}>{say('emptyOutboxTell')}</Empty> : null}
      {data?.rows.length ? (
        <div className={classes.frame}>
          <table aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{say('to')}</th>
                <th scope="col">{say('subject')}</th>
                <th scope="col">{say('state')}</th>
                <th scope="col">{say('written')}</th>
                <th scope="col">
                  <span className="unseen">{say('copyLink')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((letter) => (
                <tr key={letter.id}>
                  <td>{letter.to}</td>
                  <td>
                    <b>{noticeInWords(letter.subject, say.language)}</b>
                    <p className="soft">{letter.body}</p>
                  </td>
                  <td>
                    <Badge tone={letter.state === 'sent' ? 'good' : letter.state === 'failed' ? 'loss' : 'plain'}>
                      {stateOf(letter.state)}
                    </Badge>
                  </td>
                  <td className="nowrap">{format.instant(letter.createdAt)}</td>
                  <td className="end">
                    {letter.link ? (
                      <Button
                        variant="default"
                        size="compact-sm"
                        leftSection={<Icon name="copy" size={16} />}
                        onClick={() => void copy(letter.link ?? '')}
                      >
                        {say('copyLink')}
                      </Button>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </div>
  )
}
