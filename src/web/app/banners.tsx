import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { mayStartZone } from '#stages/house/access.ts'
import { useWords } from '../lib/words.ts'
import { useZone } from '../lib/zone.ts'
import { Go } from '../ui/go.tsx'
import { Icon } from '../ui/icons.tsx'
import classes from './shell.module.css'
import { appWords } from './words.ts'

/** Says that a demo's data are invented, on every page. */
export function DemoBanner() {
  const say = useWords(appWords)
  const { zone, caller } = useZone()
  if (!zone?.demo && !zone?.invented) return null
  return (
    <p className={classes.demo}>
      <Icon name="info" size={16} /> {say('demo')}{' '}
      {zone.demo && mayStartZone(caller) ? <Go to="/settings/own-zone">{say('demoEnd')}</Go> : null}
    </p>
  )
}

export function OfflineNote() {
  const say = useWords(appWords)
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  )
  return (
    <div role="status">
      {online ? null : (
        <p className={classes.offline}>
          <Icon name="warning" size={16} /> {say('offline')}
        </p>
      )}
    </div>
  )
}
