import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { watchApi } from '#stages/watch/api.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { FrontPage } from '../house/front-page.tsx'
import { watchTitles } from './titles.ts'
import { watchWords } from './words.ts'

/** Behind the link at the end of a weekly letter. A look alone ends nothing: mail servers look at links too. */
export function EndLetters() {
  const say = useWords(watchWords)
  const title = useWords(watchTitles)('end')
  const text = useText()
  const { token } = useParams({ strict: false }) as { token: string }
  const { data, error } = useRead(watchApi.digestEnd, { params: { digest: token } })
  const end = useWrite(watchApi.endDigest)
  const [ended, setEnded] = useState(false)
  const stop = () =>
    end.run({ params: { digest: token } }).then(
      () => setEnded(true),
      () => undefined,
    )
  return (
    <FrontPage title={title}>
      <ErrorNote error={error ?? end.refusal} />
      {data?.on ? (
        <>
          <p>{say('endTell', { zone: text(data.zone.name) })}</p>
          <Button loading={end.isRunning} onClick={() => void stop()}>
            {say('endDo')}
          </Button>
        </>
      ) : null}
      {data && !data.on ? <Note>{say(ended ? 'endDone' : 'endOff')}</Note> : null}
    </FrontPage>
  )
}
