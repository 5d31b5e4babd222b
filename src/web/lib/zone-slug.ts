import { useRouterState } from '@tanstack/react-router'
import { HOUSE_ADDRESSES } from '#stages/house/model.ts'

/** The zone that an address names: `/lanjiang/organisations` → `lanjiang`. */
export function slugOf(pathname: string): string | undefined {
  const first = pathname.split('/')[1]
  if (!first || (HOUSE_ADDRESSES as readonly string[]).includes(first)) return undefined
  return decodeURIComponent(first)
}

export function useSlug(): string | undefined {
  return useRouterState({ select: (state) => slugOf(state.location.pathname) })
}
