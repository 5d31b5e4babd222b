import { Button, CloseButton } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useWords } from '../lib/words.ts'
import { Icon } from './icons.tsx'
import classes from './toasts.module.css'
import { uiWords } from './words.ts'

const SHOWN_MS = 8_000
const TOASTS_MAX = 3

export interface ToastOptions {
  /** Takes back what was just done; instead of asking beforehand. */
  undo?: () => unknown
}

interface Toast extends ToastOptions {
  id: number
  text: string
}

let toasts: readonly Toast[] = []
let made = 0
const listeners = new Set<() => void>()

function keep(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says in a sentence what was done, and lets it be undone: `tell('Removed', { undo: () => … })`. */
export function tell(text: string, options: ToastOptions = {}): void {
  keep([...toasts, { id: ++made, text, ...options }].slice(-TOASTS_MAX))
}

const forget = (id: number) => keep(toasts.filter((toast) => toast.id !== id))

/** Stands once in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className={`${classes.stack} unprinted`} role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const say = useWords(uiWords)
  // It waits while somebody reads it or is about to press its button.
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => forget(toast.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held, toast.id])
  const undo = () => {
    forget(toast.id)
    void toast.undo?.()
  }
  return (
    <section
      className={classes.toast}
      aria-label={toast.text}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name="check" />
      <span className={classes.text}>{toast.text}</span>
      {toast.undo ? (
        <Button variant="subtle" size="compact-sm" onClick={undo}>
          {say('undo')}
        </Button>
      ) : null}
      <CloseButton size="sm" aria-label={say('close')} onClick={() => forget(toast.id)} />
    </section>
  )
}
