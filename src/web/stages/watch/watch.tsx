import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { watchApi } from '#stages/watch/api.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { Hits } from './hits.tsx'
import classes from './watch.module.css'
import { watchWords } from './words.ts'

/** All that one watch has found. */
export function WatchPage() {
  const say = useWords(watchWords)
  const { watch } = useParams({ strict: false }) as { watch: string }
  const { data, error, isPending, refetch } = useRead(watchApi.watchHits, { params: { watch } })
  usePageTitle(data?.watch.name)
  if (isPending) return <Skeleton height={240} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{data.watch.name}</h1>
        <p className="soft">{say(`kind.${data.watch.kind}`)}</p>
      </header>
      {data.rows.length ? <Hits of={data.rows} /> : <Empty title={say('hitsNone')}>{say('hitsNoneTell')}</Empty>}
      <p>
        <Go to="/watches">{say('back')}</Go>
      </p>
    </div>
  )
}
