import { useEffect, useRef } from 'react'
import { areKeysOn, isTyping } from './list/list-keys.ts'

/** What each letter does on this page. It answers false where there is nothing to do, and the key keeps its own meaning. */
export type Keys = Readonly<Record<string, () => boolean | undefined>>

/** Letters as shortcuts of a page: not while somebody types or a dialog is open, and only for those who want them. */
export function usePageKeys(keys: Keys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areKeysOn()) return
      if (document.querySelector('[role=dialog]')) return
      if (current.current[event.key]?.() ?? false) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
