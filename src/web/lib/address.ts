import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useSlug } from './zone-slug.ts'

export type Search = Record<string, string>

/** Addresses hold plain words (`?kind=company&page=2`), not JSON. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString()
  // A comma between choices needs no escape, and addresses are read by people.
  return text ? `?${text.replaceAll('%2C', ',')}` : ''
}

/** The address behind a path of the zone at hand: `/organisations` → `/lanjiang/organisations`. */
export function inZone(slug: string | undefined, path: string): string {
  return `/${slug ?? ''}${path === '/' ? '' : path}`
}

export interface Address {
  pathname: string
  search: Search
  /** Changes some of the search parameters; an undefined or empty one goes. Replaces the history's entry unless told. */
  set(changes: Record<string, string | undefined>, options?: { push?: boolean }): void
}

export function useAddress(): Address {
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const search = useRouterState({ select: (state) => state.location.search as unknown as Search })
  const navigate = useNavigate()
  const set = useCallback(
    (changes: Record<string, string | undefined>, { push = false } = {}) => {
      void navigate({
        to: '.',
        replace: !push,
        resetScroll: false,
        search: ((before: Search) =>
          Object.fromEntries(
            Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined && value !== ''),
          )) as never,
      })
    },
    [navigate],
  )
  return { pathname, search, set }
}

/** Goes to a page of the zone at hand: `go('/organisations', { kind: 'company' })`. */
export function useGo(): (path: string, search?: Search, options?: { replace?: boolean }) => void {
  const slug = useSlug()
  const navigate = useNavigate()
  return (path, search = {}, { replace = false } = {}) =>
    void navigate({ to: inZone(slug, path), search: search as never, replace })
}
