import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from '../lib/address.ts'
import { FirstPage } from './first-page.tsx'
import { Broken, NotFound } from './last-resorts.tsx'
import { Shell } from './shell.tsx'
import { STAGES } from './stages.ts'

/** All pages of all stages. Each page's code is a chunk of its own. */
export function makeRouter() {
  const pages = STAGES.flatMap((stage) => stage.pages)
  const root = createRootRoute({ component: Outlet })
  const first = createRoute({ getParentRoute: () => root, path: '/', component: FirstPage })
  const zone = createRoute({ getParentRoute: () => root, path: '$zone', component: Shell })
  const home = createRoute({
    getParentRoute: () => zone,
    path: '/',
    component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
  })
  const inHouse = pages
    .filter(({ house }) => house)
    .map(({ path, component }) => createRoute({ getParentRoute: () => root, path, component }))
  const inZone = pages
    .filter(({ house }) => !house)
    .map(({ path, component }) => createRoute({ getParentRoute: () => zone, path, component }))
  return createRouter({
    routeTree: root.addChildren([first, ...inHouse, zone.addChildren([home, ...inZone])]),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    defaultPendingMs: 300,
  })
}
