import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { isRefusal } from '../lib/refusal.ts'
import { useWords } from '../lib/words.ts'
import { Empty, ErrorNote } from '../ui/error-note.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { appWords } from './words.ts'

/** An address at which there is nothing. */
export function NotFound() {
  const say = useWords(appWords)
  usePageTitle(say('notFound'))
  return (
    <Empty
      title={say('notFound')}
      action={
        <Button component="a" href="/">
          {say('toHome')}
        </Button>
      }
    >
      {say('notFoundTell')}
    </Empty>
  )
}

/** A chunk that is no longer on the server: the pages were built anew while this one was open. */
const isRenewed = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|importing a module/i.test(error.message)

/** What is shown instead of a page that broke. */
export function Broken({ error }: ErrorComponentProps) {
  const say = useWords(appWords)
  const renewed = isRenewed(error)
  return (
    <Empty
      title={say(renewed ? 'renewed' : 'broken')}
      action={<Button onClick={() => location.reload()}>{say('reload')}</Button>}
    >
      <p>{say(renewed ? 'renewedTell' : 'brokenTell')}</p>
      {renewed ? null : isRefusal(error) ? <ErrorNote error={error} /> : <p className="faint">{String(error)}</p>}
    </Empty>
  )
}
