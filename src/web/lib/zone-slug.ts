import { useRouterState } from '@tanstack/react-router'

/** First parts of an address that are pages of the house and not the short names of zones. */
export const HOUSE_ADDRESSES = ['sign-in', 'welcome', 'start', 's', 'api', 'assets', 'open-needs'] as const

/** The zone that an address names: `/lanjiang/organisations` → `lanjiang`. */
export function slugOf(pathname: string): string | undefined {
  const first = pathname.split('/')[1]
  if (!first || (HOUSE_ADDRESSES as readonly string[]).includes(first)) return undefined
  return decodeURIComponent(first)
}

export function useSlug(): string | undefined {
  return useRouterState({ select: (state) => slugOf(state.location.pathname) })
}
