import type { NavEntry } from '../lib/stage.ts'
import { useText } from '../lib/texts.ts'
import { useWords } from '../lib/words.ts'
import { useMe, useZone } from '../lib/zone.ts'
import { WantedAtHome } from '../stages/watch/wanted.tsx'
import { Section } from '../ui/detail/detail-page.tsx'
import { Go } from '../ui/go.tsx'
import { Icon, type IconName } from '../ui/icons.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import classes from './home.module.css'
import { STAGES } from './stages.ts'
import { appWords } from './words.ts'

const STARTS = STAGES.flatMap((stage) => stage.starts ?? [])
const WAITING = STAGES.flatMap((stage) => stage.nav ?? []).filter((entry) => entry.useWaiting)

/** A zone's first page: what waits for the reader, and where to begin. */
export function Home() {
  const say = useWords(appWords)
  const text = useText()
  const me = useMe()
  const { zone, caller } = useZone()
  const starts = STARTS.filter((start) => start.may(caller))
  usePageTitle(zone ? text(zone.name) : undefined)
  return (
    <div className={classes.page}>
      <header>
        <h1>{zone ? text(zone.name) : ''}</h1>
        {me?.account ? <p className="soft">{say('hello', { name: me.account.name })}</p> : null}
      </header>
      <Waits />
      <WantedAtHome />
      {starts.length ? (
        <Section title={say('starts')}>
          <div className={classes.tiles}>
            {starts.map((start) => (
              <Go key={start.path} to={start.path} className={classes.tile!}>
                <b>
                  <Icon name={start.icon as IconName} />
                  {start.title(say.language)}
                </b>
                <span className="soft">{start.text(say.language)}</span>
              </Go>
            ))}
          </div>
        </Section>
      ) : null}
    </div>
  )
}

function Waits() {
  const say = useWords(appWords)
  const { caller } = useZone()
  return (
    <Section title={say('waitsTitle')}>
      <ul className={classes.waits}>
        {WAITING.filter((entry) => entry.may(caller)).map((entry) => (
          <Wait key={entry.path} entry={entry} />
        ))}
      </ul>
      <p className={classes.none}>{say('nothingWaits')}</p>
    </Section>
  )
}

function Wait({ entry: { useWaiting = none, path, title } }: { entry: NavEntry }) {
  const say = useWords(appWords)
  const { caller } = useZone()
  const count = useWaiting(caller)
  if (!count) return null
  return (
    <li>
      <Go to={path}>{title(say.language)}</Go> <span className="soft">{say('waiting', { count })}</span>
    </li>
  )
}

const none = () => 0
