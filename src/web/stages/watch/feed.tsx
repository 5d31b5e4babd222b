import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { watchApi } from '#stages/watch/api.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './watch.module.css'
import { watchWords } from './words.ts'

/** The secret address for feed readers: made, shown once, renewed, ended. */
export function FeedSection() {
  const say = useWords(watchWords)
  const format = useFormat()
  const { data, error } = useRead(watchApi.feed)
  const renew = useWrite(watchApi.renewFeed)
  const revoke = useWrite(watchApi.revokeFeed)
  const [url, setUrl] = useState<string | null>(null)
  const make = () =>
    renew.run().then(
      (made) => setUrl(made.url && `${made.url}?language=${say.language}`),
      () => undefined,
    )
  const end = () =>
    revoke.run().then(
      () => {
        setUrl(null)
        tell(say('feedRevoked'))
      },
      () => undefined,
    )
  const copy = async () => {
    await navigator.clipboard?.writeText(url ?? '')
    tell(say('copied'))
  }
  const since = data?.openSince
  return (
    <Section title={say('feed')}>
      <p className="soft">{say('feedTell')}</p>
      <ErrorNote error={error ?? renew.refusal ?? revoke.refusal} />
      {url ? (
        <Note>
          <p>{say('feedOnce')}</p>
          <div className={classes.address}>
            <TextInput
              readOnly
              aria-label={say('feedAddress')}
              value={url}
              data-feed
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button leftSection={<Icon name="copy" size={16} />} onClick={() => void copy().catch(() => undefined)}>
              {say('copy')}
            </Button>
          </div>
        </Note>
      ) : null}
      {since && !url ? <p>{say('feedOpen', { when: format.instant(since) })}</p> : null}
      <div className={`${classes.buttons} unprinted`}>
        <Button variant="default" loading={renew.isRunning} onClick={() => void make()}>
          {say(since ? 'feedRenew' : 'feedMake')}
        </Button>
        {since ? (
          <Button variant="subtle" color="gray" loading={revoke.isRunning} onClick={() => void end()}>
            {say('feedRevoke')}
          </Button>
        ) : null}
      </div>
    </Section>
  )
}
