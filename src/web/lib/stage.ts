import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Caller } from '#stages/caller.ts'
import type { ReaderLanguage } from './words.ts'

/** A name in the reader's language: `titleOf(titles, 'organisations')` makes one. */
export type Title = (language: ReaderLanguage) => string

export interface PageEntry {
  /** Below the zone, as the router writes it: `organisations/$organisation`. With `house`, from the root: `sign-in`. */
  path: string
  title: Title
  /** Its chunk is fetched when the page is opened: `page(() => import('./organisations.tsx'), 'Organisations')`. */
  component: ReturnType<typeof lazyRouteComponent>
  /** A page outside of any zone. */
  house?: boolean
  /** Strangers may see it too. */
  open?: boolean
}

/** Where in the left navigation an entry stands; the groups follow the spine. */
export const GROUPS = ['registry', 'needs', 'match', 'compose', 'zone', 'house'] as const
export type Group = (typeof GROUPS)[number]

export interface NavEntry {
  path: string
  title: Title
  icon: string
  group: Group
  /** Left out for those to whom it would answer no; a stage's own `access.ts` decides. */
  may: (caller: Caller) => boolean
  /** A hook: how many things wait here for the reader. Shown beside the entry when above zero. */
  useWaiting?: (caller: Caller) => number
}

export interface Found {
  id: string
  title: string
  hint?: string
  icon: string
  /** A path of the zone. */
  path: string
}

/** What Ctrl-K finds through the API. */
export interface Finder {
  key: string
  title: Title
  may: (caller: Caller) => boolean
  find: (slug: string, words: string, signal: AbortSignal) => Promise<Found[]>
}

/** A first step that the home page offers: what it is good for, in a sentence. */
export interface StartEntry {
  path: string
  icon: string
  title: Title
  text: Title
  may: (caller: Caller) => boolean
}

/** What a stage gives to the web. Registered by one line in `app/stages.ts`. */
export interface StagePages {
  pages: readonly PageEntry[]
  nav?: readonly NavEntry[]
  finders?: readonly Finder[]
  starts?: readonly StartEntry[]
}

/** A page whose code is fetched when it is opened. */
export function page<Module extends Record<string, unknown>>(
  load: () => Promise<Module>,
  name: keyof Module & string,
): PageEntry['component'] {
  return lazyRouteComponent(load as () => Promise<Record<string, ComponentType>>, name)
}
