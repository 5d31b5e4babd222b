import { useRouterState } from '@tanstack/react-router'
import { inZone } from '../lib/address.ts'
import { GROUPS, type NavEntry } from '../lib/stage.ts'
import { useWords } from '../lib/words.ts'
import { useZone } from '../lib/zone.ts'
import { Go } from '../ui/go.tsx'
import { Icon, type IconName } from '../ui/icons.tsx'
import classes from './shell.module.css'
import { STAGES } from './stages.ts'
import { appWords } from './words.ts'

const ENTRIES = STAGES.flatMap((stage) => stage.nav ?? [])

/** The way from the registry to the zone, with what waits at each place; below it the house. */
export function Spine() {
  const say = useWords(appWords)
  const { caller } = useZone()
  return (
    <nav className={classes.spine} aria-label={say('navigation')}>
      {GROUPS.map((group) => {
        const entries = ENTRIES.filter((entry) => entry.group === group && entry.may(caller))
        if (!entries.length) return null
        return (
          <section key={group} data-group={group}>
            <h2>{say(`group.${group}`)}</h2>
            <ul>
              {entries.map((entry) => (
                <li key={entry.path}>
                  <Entry entry={entry} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}

function Entry({ entry }: { entry: NavEntry }) {
  const say = useWords(appWords)
  const { slug } = useZone()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const own = inZone(slug, entry.path)
  const isHere = pathname === own || pathname.startsWith(`${own}/`)
  return (
    <Go to={entry.path} className={classes.entry!} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
      <Icon name={entry.icon as IconName} />
      <span className={classes.entryName}>{entry.title(say.language)}</span>
      {entry.useWaiting ? <Waiting useWaiting={entry.useWaiting} /> : null}
    </Go>
  )
}

function Waiting({ useWaiting }: { useWaiting: NonNullable<NavEntry['useWaiting']> }) {
  const say = useWords(appWords)
  const { caller } = useZone()
  const count = useWaiting(caller)
  if (!count) return null
  return (
    <span className={classes.waiting} title={say('waiting', { count })}>
      <span aria-hidden>{count}</span>
      <span className="unseen">{say('waiting', { count })}</span>
    </span>
  )
}
