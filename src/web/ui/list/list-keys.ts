import { type RefObject, useEffect } from 'react'

const KEPT_AS = 'consortia.keys'

/** Letters alone are shortcuts only for those who want them: the settings page turns them off. */
export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off'
  } catch {
    return true
  }
}

export function turnKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEPT_AS)
    else localStorage.setItem(KEPT_AS, 'off')
  } catch {
    // Nothing is kept: the keys stay as they are.
  }
}

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))

/**
 * j and k move the focus along the rows' links, so that Enter opens and the place is seen and heard; x selects the row;
 * / goes to the search.
 */
export function useListKeys(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areKeysOn()) return
      if (document.querySelector('[role=dialog]')) return
      if (event.key === 'j' || event.key === 'k') move(body.current, event.key === 'j' ? 1 : -1)
      else if (event.key === 'x') rowAt()?.querySelector<HTMLInputElement>('[data-row-pick]')?.click()
      else if (event.key === '/') document.querySelector<HTMLInputElement>('[data-list-search]')?.focus()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [body])
}

const rowAt = () => document.activeElement?.closest<HTMLElement>('tbody tr')

function move(body: HTMLElement | null, by: number): void {
  const links = [...(body?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])]
  const at = links.findIndex((link) => rowAt()?.contains(link))
  const next = at < 0 ? links[0] : links[Math.min(links.length - 1, Math.max(0, at + by))]
  next?.focus()
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' })
}
