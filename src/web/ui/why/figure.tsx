import type { ReactNode } from 'react'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'
import classes from './why.module.css'
import { useWhy } from './why-panel.tsx'

/** A computed figure. Pressing it opens the why panel at its key. */
export function Figure({ why, label, children }: { why: string; label: string; children: ReactNode }) {
  const say = useWords(uiWords)
  const { open, show } = useWhy()
  return (
    <button
      type="button"
      className={classes.figure}
      data-why={why}
      aria-expanded={open === why}
      aria-label={say('whyOpen', { value: label })}
      onClick={() => show(open === why ? undefined : why)}
    >
      {children}
    </button>
  )
}
