import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

import { isRefusal, Refusal } from '../lib/refusal.ts'
import { refusalInWords } from '../lib/refusal-words.ts'
import { useWords } from '../lib/words.ts'
import { Icon } from './icons.tsx'
import classes from './note.module.css'
import { uiWords } from './words.ts'

/** What went wrong, why and what to do: a Refusal in the reader's language. Read aloud at once. */
export function ErrorNote({ error, retry, children }: { error: unknown; retry?: () => void; children?: ReactNode }) {
  const say = useWords(uiWords)
  if (!error) return null
  const refusal = isRefusal(error) ? error : new Refusal('internal', 0)
  const tells = refusal.code === 'internal' && refusal.requestId
  return (
    <div className={classes.loss} role="alert">
      <Icon name="warning" />
      <div className={classes.body}>
        <p>{refusalInWords(refusal, say.language)}</p>
        {tells ? <p className="faint">{say('requestId', { id: refusal.requestId ?? '' })}</p> : null}
        {children}
      </div>
      {retry ? (
        <Button variant="default" size="compact-sm" onClick={retry}>
          {say('retry')}
        </Button>
      ) : null}
    </div>
  )
}

/** Something to know (`info`) or to look at (`look`). */
export function Note({ tone = 'info', children }: { tone?: 'info' | 'look'; children: ReactNode }) {
  return (
    <div className={tone === 'look' ? classes.look : classes.info}>
      <Icon name={tone === 'look' ? 'warning' : 'info'} />
      <div className={classes.body}>{children}</div>
    </div>
  )
}

/** A page or part with nothing in it yet: what it is for and what to do first. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h2>{title}</h2>
      {children ? <div className="soft">{children}</div> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  )
}
