import { Button, Menu, Skeleton, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { watchApi } from '#stages/watch/api.ts'
import type { Watch } from '#stages/watch/model.ts'
import { isList } from '#stages/watch/rules.ts'
import { parseSearch, useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { tell } from '../../ui/toasts.tsx'
import { DigestSection } from './digest.tsx'
import { FeedSection } from './feed.tsx'
import { Hits } from './hits.tsx'
import { watchTitles } from './titles.ts'
import classes from './watch.module.css'
import { watchWords } from './words.ts'

/** What the reader watches, with what each search found last; the feed and the weekly letter below. */
export function WatchesPage() {
  const say = useWords(watchWords)
  const title = useWords(watchTitles)('watches')
  const go = useGo()
  const { data, error, isPending, refetch } = useRead(watchApi.watches)
  usePageTitle(title)
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{title}</h1>
        <p className="soft">{say('tell')}</p>
      </header>
      <ErrorNote error={error} retry={() => void refetch()} />
      {isPending ? <Skeleton height={160} /> : null}
      {data && !data.rows.length ? (
        <Empty title={say('empty')} action={<Button onClick={() => go('/needs')}>{say('toNeeds')}</Button>}>
          {say('emptyTell')}
        </Empty>
      ) : null}
      {data?.rows.length ? (
        <ul className={classes.cards}>
          {data.rows.map((watch) => (
            <WatchCard key={watch.id} watch={watch} />
          ))}
        </ul>
      ) : null}
      <DigestSection />
      <FeedSection />
    </div>
  )
}

/** Where what a watch looks through is seen: the list with its search, or the record whose needs are watched. */
function pathOf({ kind, subjectId, search }: Watch): { path: string; search: Record<string, string> } {
  if (isList(kind)) return { path: `/${kind}`, search: parseSearch(search) }
  const path = kind === 'wanted_result' ? 'results' : 'organisations'
  return { path: `/${path}/${subjectId}`, search: { tab: 'wanted' } }
}

function WatchCard({ watch }: { watch: Watch }) {
  const say = useWords(watchWords)
  const format = useFormat()
  const change = useWrite(watchApi.changeWatch)
  const remove = useWrite(watchApi.removeWatch)
  const restore = useWrite(watchApi.restoreWatch)
  const [renames, setRenames] = useState(false)
  const params = { watch: watch.id }
  const { path, search } = pathOf(watch)
  const pause = (paused: boolean) =>
    change.run({ params, body: { paused } }).then(
      () => tell(say(paused ? 'pausedToast' : 'resumedToast')),
      () => undefined,
    )
  const end = () =>
    remove.run({ params }).then(
      () => tell(say('removedToast', { name: watch.name }), { undo: () => restore.run({ params }) }),
      () => undefined,
    )
  return (
    <li className={classes.card} data-watch={watch.id}>
      <div className={classes.cardHead}>
        {renames ? (
          <Rename watch={watch} close={() => setRenames(false)} />
        ) : (
          <div className={classes.naming}>
            <h3>
              <Go to={path} search={search} quiet>
                {watch.name}
              </Go>
            </h3>
            <p className={classes.facts}>
              {watch.paused ? <Badge tone="look">{say('paused')}</Badge> : null}
              <span>{say(`kind.${watch.kind}`)}</span>
              <span>{say('since', { when: format.ago(watch.createdAt) })}</span>
              {watch.found ? <span>{say('found', { count: watch.found })}</span> : null}
            </p>
          </div>
        )}
        <div className={`${classes.buttons} unprinted`}>
          <Button
            variant="default"
            size="compact-sm"
            loading={change.isRunning}
            onClick={() => void pause(!watch.paused)}
          >
            {say(watch.paused ? 'resume' : 'pause')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" color="gray" size="compact-sm" aria-label={say('more', { name: watch.name })}>
                <Icon name="more" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setRenames(true)}>{say('rename')}</Menu.Item>
              <Menu.Item onClick={() => void end()}>{say('remove')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      <ErrorNote error={change.refusal ?? remove.refusal ?? restore.refusal} />
      {watch.last.length ? <Hits of={watch.last} /> : <p className="soft">{say('nothingYet')}</p>}
      <p className={classes.links}>
        <Go to={path} search={search}>
          {say(isList(watch.kind) ? 'open' : 'openWanted')}
        </Go>
        {watch.found > watch.last.length ? <Go to={`/watches/${watch.id}`}>{say('allHits')}</Go> : null}
      </p>
    </li>
  )
}

function Rename({ watch, close }: { watch: Watch; close: () => void }) {
  const say = useWords(watchWords)
  const [name, setName] = useState(watch.name)
  const change = useWrite(watchApi.changeWatch)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    await change.run({ params: { watch: watch.id }, body: { name } })
    close()
  }
  return (
    <form className={classes.rename} onSubmit={(event) => void save(event).catch(() => undefined)}>
      <TextInput
        size="xs"
        required
        maxLength={80}
        aria-label={say('name')}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" loading={change.isRunning}>
        {say('save')}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={close}>
        {say('cancel')}
      </Button>
      <ErrorNote error={change.refusal} />
    </form>
  )
}
